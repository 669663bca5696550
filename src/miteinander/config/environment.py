"""Reads the environment. Every setting an operator can make has its name and default here."""

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PACKAGE_DIR = Path(__file__).resolve().parent.parent
PROJECT_DIR = PACKAGE_DIR.parent.parent


def text(name: str, default: str = "") -> str:
    """Return the variable ``name``, or ``default`` where it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str) -> bool:
    """Tell whether the variable ``name`` says yes (1, true, yes, on)."""
    return text(name).lower() in {"1", "true", "yes", "on"}


def number(name: str, default: int) -> int:
    """Return the variable ``name`` as a whole number.

    Raises:
        ImproperlyConfigured: it is set to something else.
    """
    value = text(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def names(name: str) -> list[str]:
    """Return the comma-separated variable ``name`` as a list."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def data_dir() -> Path:
    """Return the folder for everything this instance writes, made if it is missing."""
    folder = Path(text("DATA_DIR", str(PROJECT_DIR / "var"))).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def secret_key(*, demo: bool) -> str:
    """Return SECRET_KEY; a demo makes its own once and keeps it beside its data.

    Raises:
        ImproperlyConfigured: it is missing, or shorter than 40 characters, in production.
    """
    key = text("SECRET_KEY")
    if not key and demo:
        kept = data_dir() / "secret_key"
        if not kept.exists():
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_urlsafe(50))
        return kept.read_text()
    if len(key) < 40:  # noqa: PLR2004
        raise ImproperlyConfigured(
            "SECRET_KEY must be set to at least 40 random characters. Make one with: "
            'python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
    return key


def email(url: str) -> dict[str, object]:
    """Turn EMAIL_URL (``smtp://user:password@host:587?tls=1&from=…``) into Django's settings."""
    parts = urlsplit(url)
    options = parse_qs(parts.query)
    if parts.scheme == "file":
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": unquote(parts.path),
        }
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured("EMAIL_URL must look like smtp://user:password@host:587?tls=1")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and options.get("tls", ["1"])[0] != "0",
        "EMAIL_TIMEOUT": 20,
    }


def database(url: str) -> dict[str, object]:
    """Turn DATABASE_URL into Django's settings, with what each engine needs under load.

    SQLite: write-ahead log and immediate transactions, or writers fail with "database is
    locked". PostgreSQL: a connection pool, or threads run out of connections. It is larger than
    the threads of a process, so nobody waits for it but while the database is away: then a
    request gives up after 3 seconds, and the pool knocks afresh for the next one.
    """
    parts = urlsplit(url)
    if parts.scheme in {"sqlite", "sqlite3"}:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]) or ":memory:",
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                    "PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;"
                ),
            },
        }
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:/// or postgres://")
    options = parse_qs(parts.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.get("host", [parts.hostname or ""])[0],
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 12, "timeout": 3, "reconnect_timeout": 4}},
    }
