"""The front door: home, static pages, setup."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The front door: home, static pages, setup."""

    name = "miteinander.web"
    label = "web"
    verbose_name = "web"
