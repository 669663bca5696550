"""The server's entry: the layer of public pages in front of Django."""

from miteinander.config.wsgi import application as django
from miteinander.web.public_pages import PublicPages
from miteinander.web.threads import DjangoInThreads

application = PublicPages(DjangoInThreads(django))
