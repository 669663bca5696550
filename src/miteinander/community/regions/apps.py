"""Regions: districts and municipalities."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from miteinander.foundation.audit import verbs


class RegionsConfig(AppConfig):
    """Regions: districts and municipalities."""

    name = "miteinander.community.regions"
    label = "regions"
    verbose_name = "regions"

    def ready(self) -> None:
        """Register the rules, and give the acts on places their words in the record."""
        import_module("miteinander.community.regions.permissions")
        verbs.register_all(
            {
                "regions.import": _("imported boundaries"),
                "regions.load": _("loaded the places of a district"),
            }
        )
