"""Settings: everything an operator sets comes from the environment, with safe defaults."""

from datetime import timedelta
from importlib.util import find_spec
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.conf import locale

from miteinander.config import environment
from miteinander.config.logs import logging_config
from miteinander.foundation.core.languages import INTERFACE_CHOICES, OWN_NAMES

DEMO = environment.flag("DEMO")
DEBUG = False
SECRET_KEY = environment.secret_key(demo=DEMO)
SECRET_KEY_FALLBACKS = environment.names("SECRET_KEY_FALLBACKS")
DATA_DIR = environment.data_dir()

# Addresses
HOST = environment.text("HOST", "127.0.0.1")
PORT = environment.number("PORT", 8000)
SITE_URL = environment.text("SITE_URL", f"http://{HOST}:{PORT}").rstrip("/")
ALLOWED_HOSTS = environment.names("ALLOWED_HOSTS") or [
    urlsplit(SITE_URL).hostname or "localhost", "localhost", "127.0.0.1", "[::1]",
]  # fmt: skip
IS_HTTPS = SITE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "miteinander.foundation.ui.views.stale_form_page"
if environment.flag("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("TRUSTED_PROXY_COUNT", 0)
WEB_WORKERS = environment.number("WEB_WORKERS", 1)
METRICS_TOKEN = environment.text("METRICS_TOKEN")
PUBLIC_PAGES_BYTES = environment.number("PUBLIC_PAGES_MEGABYTES", 12) * 1_000_000

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "django_prometheus",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "miteinander.foundation.core",
    "miteinander.foundation.audit",
    "miteinander.foundation.ui",
    "miteinander.foundation.content",
    "miteinander.community.regions",
    "miteinander.community.people",
    "miteinander.community.organisations",
    "miteinander.encounters.spaces",
    "miteinander.encounters.activities",
    "miteinander.cooperation.guides",
    "miteinander.cooperation.tandems",
    "miteinander.outward.exchange",
    "miteinander.outward.notifications",
    "miteinander.web",
]
if find_spec("django_linear_migrations"):  # a tool of developers, not part of the product
    INSTALLED_APPS.append("django_linear_migrations")

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "miteinander.foundation.core.middleware.log_request",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "miteinander.community.people.middleware.note_device",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "miteinander.foundation.core.middleware.keep_personal_pages_private",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "miteinander.config.urls"
WSGI_APPLICATION = "miteinander.config.wsgi.application"
ASGI_APPLICATION = "miteinander.config.asgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "miteinander.foundation.ui.context.page_context",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# Data
DATABASES = {
    "default": environment.database(
        environment.text("DATABASE_URL", f"sqlite:///{DATA_DIR / 'miteinander.sqlite3'}")
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = environment.text("REDIS_URL")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
    )
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
RETENTION_DAYS = {
    "people.unproven": 1,
    "people.idle": 730,
    "organisations.invitations": 90,
    "activities.participations": 365,
    "activities.desk_entries": 3,
    "activities.contacts": 730,
    "activities.feedback_words": 365,
    "activities.poll_answers": 30,
    "activities.rides": 7,
    "guides.interests": 365,
    "guides.trainees": 1825,
    "guides.certificates": 3650,
    "guides.network": 1095,
    "guides.requests": 1825,
    "guides.contacts": 30,
    "guides.accounts": 100,
    "guides.hours": 3288,
    "tandems.seekers": 365,
    "tandems.tandems": 90,
    "notifications.letters": 30,
    "notifications.devices": 365,
    "notifications.follow_requests": 7,
    "audit.entries": 1095,
    "web.feedback": 365,
    "sessions": 30,
}
CALENDAR_IMPORT_LIMITS = {
    "octets": 1_000_000, "events": 500, "dates": 400, "days": 400, "line": 10_240, "nesting": 4,
    "seconds": 5, "memory": 256 * 1024 * 1024,
}  # fmt: skip
FORMAT_LIMITS = {"title": 120, "summary": 300, "text": 10_000}

# Languages
locale.LANG_INFO["de-simple"] = {
    "bidi": False, "code": "de-simple", "name": "German (plain)",
    "name_local": OWN_NAMES["de-simple"],
}  # fmt: skip
LANGUAGE_CODE = "de"
LANGUAGES = INTERFACE_CHOICES
LOCALE_PATHS = [environment.PROJECT_DIR / "locale"]
USE_I18N = True
TIME_ZONE = "Europe/Berlin"
USE_TZ = True

# Static files
STATIC_URL = "/static/"
STATIC_ROOT = environment.PROJECT_DIR / "build" / "static"
STORAGES = {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# People and sign-in
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, str]] = []
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "activities:mine"
ACCOUNT_ADAPTER = "miteinander.community.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "60/m/ip,5/5m/key",
    "login": "60/m/ip",
    "passkey_options": "120/m/ip",
    "sign_up": "60/m/ip,6/10m/key",
    "come_in": "30/h/ip,10/10m/key",
    "follow": "30/m/ip,4/h/key",
    "feedback": "20/h/ip",
    "certificate": "30/m/ip",
}
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS
USERSESSIONS_TRACK_ACTIVITY = False  # our middleware notes a device once a day
SESSION_COOKIE_AGE = int(timedelta(days=RETENTION_DAYS["sessions"]).total_seconds())
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_NAME = "language"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Browser rules
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if IS_HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "camera": [], "geolocation": [], "microphone": [], "payment": [], "usb": [],
    "publickey-credentials-get": ["self"],
}  # fmt: skip
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400

# Mail
FONT_DIR = environment.text("FONT_DIR", "/usr/share/fonts/truetype/noto")  # for printing
EMAIL_URL = environment.text("EMAIL_URL", f"file://{DATA_DIR / 'mail'}")
globals().update(environment.email(EMAIL_URL))
DEFAULT_FROM_EMAIL = environment.text(
    "MAIL_FROM", f"miteinander@{urlsplit(SITE_URL).hostname or 'localhost'}"
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Notes on devices, over the push services of the browsers' makers; off unless switched on
PUSH = environment.flag("PUSH") and not DEMO
VAPID_PRIVATE_KEY = environment.text("VAPID_PRIVATE_KEY")
OUTSIDE_LOCAL = ""  # a service beside the test run; never read from the environment

LOGGING = logging_config(level=environment.text("LOG_LEVEL", "INFO"))
LOGGING_CONFIG = "miteinander.config.logs.configure"
PROMETHEUS_EXPORT_MIGRATIONS = False
SILENCED_SYSTEM_CHECKS = ["security.W008"]  # TLS ends at the proxy, which redirects
