"""Django's request handler, called in threads by the layer in front."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "miteinander.config.settings")
application = get_wsgi_application()
