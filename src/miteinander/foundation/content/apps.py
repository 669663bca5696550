"""Content: written items in several languages, and search."""

from django.apps import AppConfig


class ContentConfig(AppConfig):
    """Content: written items in several languages, and search."""

    name = "miteinander.foundation.content"
    label = "content"
    verbose_name = "content"
