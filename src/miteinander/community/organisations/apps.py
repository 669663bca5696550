"""Organisations: who takes part as an organisation."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Organisations: who takes part as an organisation."""

    name = "miteinander.community.organisations"
    label = "organisations"
    verbose_name = "organisations"
