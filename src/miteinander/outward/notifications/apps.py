"""Notifications: mail to people."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from miteinander.foundation.audit import verbs
from miteinander.foundation.core.privacy import (
    RetentionRule,
    register_exporter,
    register_retention,
)
from miteinander.foundation.ui import slots


class NotificationsConfig(AppConfig):
    """Notifications: mail to people."""

    name = "miteinander.outward.notifications"
    label = "notifications"
    verbose_name = "notifications"

    def ready(self) -> None:
        """Take part in the bus, the schedule, the privacy notice and what people take along."""
        import_module("miteinander.outward.notifications.permissions")
        import_module("miteinander.outward.notifications.handlers")
        import_module("miteinander.outward.notifications.handlers_together")
        import_module("miteinander.outward.notifications.handlers_polls")
        import_module("miteinander.outward.notifications.handlers_guides")
        import_module("miteinander.outward.notifications.handlers_assignments")
        import_module("miteinander.outward.notifications.handlers_tandems")
        import_module("miteinander.outward.notifications.ride_letters")
        import_module("miteinander.outward.notifications.jobs")
        queries = import_module("miteinander.outward.notifications.queries")
        page_parts = import_module("miteinander.outward.notifications.page_parts")
        slots.register("activities.date_actions", page_parts.link_to_write)
        slots.register("person", page_parts.reminders_of_person)
        slots.register("person", page_parts.devices_of_person)
        slots.register("notifications.channels", page_parts.channels_of_person)
        slots.register("person", page_parts.poll_mails_of_person)
        register_exporter("push_devices", queries.exported_devices)
        slots.register("regions.detail", page_parts.follow_region)
        slots.register("organisations.detail", page_parts.follow_organisation)
        slots.register("activities.list.after", page_parts.follow_list)
        register_exporter("mails", queries.export_person)
        register_exporter("messages_to_people", queries.exported_words)
        register_exporter("following", queries.export_following)
        import_module("miteinander.community.people.queries").register_trace(queries.heard_of)
        verbs.register_all(
            {
                "notifications.write_to_people": _("wrote to the people of a meeting"),
                "notifications.turn_poll_mails": _("turned questions about dates on or off"),
                "notifications.turn_reminders": _("turned reminders on or off"),
                "notifications.add_device": _("switched on notes on a device"),
                "notifications.remove_device": _("switched off notes on a device"),
                "notifications.follow": _("follows new meetings of a kind"),
                "notifications.unfollow": _("follows something no longer"),
                "notifications.set_frequency": _("chose how often to hear of new meetings"),
            }
        )
        register_retention(
            RetentionRule(
                key="notifications.devices",
                label=_("That you want notes on a device, after the last one it took:"),
                job="miteinander.outward.notifications.jobs.forget_idle_devices",
            )
        )
        register_retention(
            RetentionRule(
                key="notifications.follow_requests",
                label=_("An address that asked for news of meetings, until it is confirmed:"),
                job="miteinander.outward.notifications.jobs.forget_follow_requests",
            )
        )
        register_retention(
            RetentionRule(
                key="notifications.letters",
                label=_("A note that we sent you a mail:"),
                job="miteinander.outward.notifications.jobs.forget_old_letters",
            )
        )
