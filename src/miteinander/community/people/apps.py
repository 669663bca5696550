"""People: who they are, account or not."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from miteinander.foundation.core.privacy import RetentionRule, register_retention

_RULES = "miteinander.community.people.permissions"
_JOBS = "miteinander.community.people.jobs"


class PeopleConfig(AppConfig):
    """People: who they are, account or not."""

    name = "miteinander.community.people"
    label = "people"
    verbose_name = "people"

    def ready(self) -> None:
        """Load the rules and jobs of this app and say how long it keeps what."""
        import_module(_RULES)
        import_module(_JOBS)
        for rule in _RETENTION:
            register_retention(rule)


_RETENTION = (
    RetentionRule(
        key="people.unproven",
        label=_(
            "You asked for a code and never used it: we delete your address after this time."
        ),
        job=f"{_JOBS}.purge_unproven_people",
    ),
    RetentionRule(
        key="people.idle",
        label=_(
            "You did not sign in and did not take part in anything for this time:"
            " we erase your name, your contacts and your profile."
        ),
        job=f"{_JOBS}.erase_idle_people",
    ),
    RetentionRule(
        key="sessions",
        label=_(
            "You stay signed in on a device for this time. Then we delete the note about the device."
        ),
        job=f"{_JOBS}.clear_ended_sessions",
    ),
)
