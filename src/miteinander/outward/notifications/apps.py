"""Notifications: mail to people."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from miteinander.foundation.core.privacy import (
    RetentionRule,
    register_exporter,
    register_retention,
)


class NotificationsConfig(AppConfig):
    """Notifications: mail to people."""

    name = "miteinander.outward.notifications"
    label = "notifications"
    verbose_name = "notifications"

    def ready(self) -> None:
        """Take part in the bus, the schedule, the privacy notice and what people take along."""
        import_module("miteinander.outward.notifications.permissions")
        import_module("miteinander.outward.notifications.handlers")
        import_module("miteinander.outward.notifications.jobs")
        queries = import_module("miteinander.outward.notifications.queries")
        register_exporter("mails", queries.export_person)
        register_retention(
            RetentionRule(
                key="notifications.letters",
                label=_("A note that we sent you a mail:"),
                job="miteinander.outward.notifications.jobs.forget_old_letters",
            )
        )
