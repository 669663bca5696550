"""Activities: occasions to meet."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """Activities: occasions to meet."""

    name = "miteinander.encounters.activities"
    label = "activities"
    verbose_name = "activities"
