"""Spaces: venues with facts about access."""

from django.apps import AppConfig


class SpacesConfig(AppConfig):
    """Spaces: venues with facts about access."""

    name = "miteinander.encounters.spaces"
    label = "spaces"
    verbose_name = "spaces"
