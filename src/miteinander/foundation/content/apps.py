"""Content: written items in several languages, and search."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from miteinander.foundation.audit import verbs


class ContentConfig(AppConfig):
    """Content: written items in several languages, and search."""

    name = "miteinander.foundation.content"
    label = "content"
    verbose_name = "content"

    def ready(self) -> None:
        """Put the job on the schedule and the acts into the vocabulary of the record."""
        import_module("miteinander.foundation.content.jobs")
        verbs.register_all(
            {
                "content.copy": _("copied a text"),
                "content.write": _("wrote a text"),
                "content.drop_version": _("removed a language from a text"),
            }
        )
