"""The front door: home, static pages, setup."""

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
from miteinander.foundation.ui.navigation import FooterItem, register_footer


class WebConfig(AppConfig):
    """Front door."""

    name = "miteinander.web"
    label = "web"

    def ready(self) -> None:
        """Take part in the bus, the footer, the record and the privacy notice."""
        import_module("miteinander.web.handlers")
        import_module("miteinander.web.jobs")
        import_module("miteinander.web.permissions")
        page_parts = import_module("miteinander.web.page_parts")
        slots.register("coordination.links", page_parts.way_to_instance)
        exports = import_module("miteinander.web.exports")
        register_exporter("web", exports.export_person)
        register_retention(
            RetentionRule(
                key="web.feedback",
                label=_("Messages about barriers on this site:"),
                job="miteinander.web.jobs.forget_old_feedback",
            )
        )
        for order, (label, url_name) in enumerate(
            [
                (_("About us"), "web:about"),
                (_("How it works"), "web:how"),
                (_("Explained in plain German"), "web:plain"),
                (_("Accessibility"), "web:accessibility"),
                (_("Privacy"), "web:privacy"),
                (_("Imprint"), "web:imprint"),
                (_("Contact"), "web:contact"),
            ]
        ):
            register_footer(FooterItem(order=order, label=label, url_name=url_name))
        verbs.register_kinds(
            {
                "feedback": _("Message about a barrier"),
                "instance": _("This platform"),
            }
        )
        verbs.register("web.send_feedback", _("told about a barrier"))
        verbs.register("web.begin_setup", _("began the setup"))
        verbs.register("web.change_instance", _("changed the facts about the platform"))
        verbs.register("web.forget_feedback", _("deleted old messages about barriers"))
        verbs.register("web.finish_setup", _("finished the setup"))
