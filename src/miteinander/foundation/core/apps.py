"""The core: bus, permissions, jobs, clock, pagination, text. Knows no domain."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Core of the foundation."""

    name = "miteinander.foundation.core"
    label = "core"
