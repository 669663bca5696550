"""Exchange: calendars and imports."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from miteinander.foundation.audit import verbs
from miteinander.foundation.core.privacy import register_exporter
from miteinander.foundation.ui import slots
from miteinander.foundation.ui.navigation import FooterItem, register_footer

HERE = "miteinander.outward.exchange"


class ExchangeConfig(AppConfig):
    """Exchange: calendars and imports."""

    name = HERE
    label = "exchange"
    verbose_name = "exchange"

    def ready(self) -> None:
        """Take part in the bus, the record, the pages of others and the personal export."""
        for module in ("permissions", "handlers"):
            import_module(f"{HERE}.{module}")
        page_parts = import_module(f"{HERE}.page_parts")
        slots.register("activities.detail.head", page_parts.machine_facts)
        slots.register("activities.detail.calendar", page_parts.calendar_link)
        slots.register("activities.standing.head", page_parts.offer_facts)
        slots.register("activities.standing.calendar", page_parts.offer_calendar_link)
        slots.register("organisations.detail", page_parts.calendars_of_organisation)
        slots.register("regions.detail", page_parts.calendar_of_region)
        slots.register("planning.begin", page_parts.calendar_to_bring_in)
        slots.register("person", page_parts.calendar_of_person)
        register_footer(FooterItem(1, _("Calendars to subscribe to"), "exchange:feeds"))
        register_exporter("calendar", import_module(f"{HERE}.queries").exported_key)
        verbs.register_all(
            {
                "exchange.create_key": _("made the address of their own calendar"),
                "exchange.revoke_key": _("withdrew the address of their own calendar"),
                "exchange.import_calendar": _("brought in a calendar"),
            }
        )
