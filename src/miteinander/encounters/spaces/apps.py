"""Spaces: venues with facts about access."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from miteinander.foundation.audit import verbs


class SpacesConfig(AppConfig):
    """Spaces: venues with facts about access."""

    name = "miteinander.encounters.spaces"
    label = "spaces"
    verbose_name = "spaces"

    def ready(self) -> None:
        """Let the permission rules enter the vocabulary, and the acts the record."""
        import_module("miteinander.encounters.spaces.permissions")
        verbs.register_kinds({"venue": _("Place")})
        verbs.register_all(
            {"spaces.add": _("entered a place"), "spaces.change": _("changed a place")}
        )
