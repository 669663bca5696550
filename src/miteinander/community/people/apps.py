"""People: who they are, account or not."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People: who they are, account or not."""

    name = "miteinander.community.people"
    label = "people"
    verbose_name = "people"
