"""The look: base layout, components and their gallery."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The look: base layout, components and their gallery."""

    name = "miteinander.foundation.ui"
    label = "ui"
    verbose_name = "ui"
