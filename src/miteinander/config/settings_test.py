"""Settings of the test run: the product's own, in a folder that is thrown away."""

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("SECRET_KEY", "test-only-" + "x" * 40)
if "DATA_DIR" not in os.environ:
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="miteinander-test-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)

from miteinander.config.settings import *  # noqa: F403

PUSH = True
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True  # no collected folder in the test run
if DATABASES["default"]["ENGINE"].endswith("postgresql"):  # type: ignore[attr-defined] # noqa: F405
    DATABASES["default"]["OPTIONS"]["pool"]["timeout"] = 30  # type: ignore[index] # noqa: F405
