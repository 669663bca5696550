"""Regions: districts and municipalities."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    """Regions: districts and municipalities."""

    name = "miteinander.community.regions"
    label = "regions"
    verbose_name = "regions"
