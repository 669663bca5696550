"""Structured logs: one JSON line per event, on standard error, without personal data."""

import logging.config
import sys
from typing import Any, TextIO

import structlog

_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso"),
]


class StandardErrorHandler(logging.StreamHandler[TextIO]):
    """Writes to what is standard error now, not to what it was when logging was set up."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]
        """Where to write: whoever puts another stream in its place is followed."""
        return sys.stderr


def logging_config(*, level: str) -> dict[str, Any]:
    """Build the logging configuration: our events and the libraries', in one form."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": _SHARED,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    structlog.processors.JSONRenderer(),
                ],
            }
        },
        "handlers": {
            "stderr": {"()": "miteinander.config.logs.StandardErrorHandler", "formatter": "json"}
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # These print addresses, which may hold a secret link; our own line says the route.
            "uvicorn.access": {"level": "ERROR"},
            "django.request": {"level": "ERROR"},
            "django.server": {"level": "ERROR"},
            "fido2": {"level": "WARNING"},  # names the passkey of a person
        },
    }


def configure(config: dict[str, Any]) -> None:
    """Apply ``config`` and let structlog write through it (Django's LOGGING_CONFIG hook)."""
    logging.config.dictConfig(config)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
