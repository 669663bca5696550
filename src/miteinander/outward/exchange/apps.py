"""Exchange: calendars and imports."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from miteinander.foundation.audit import verbs


class ExchangeConfig(AppConfig):
    """Exchange: calendars and imports."""

    name = "miteinander.outward.exchange"
    label = "exchange"
    verbose_name = "exchange"

    def ready(self) -> None:
        """Take part in the bus, the record and the page of an occasion."""
        import_module("miteinander.outward.exchange.permissions")
        import_module("miteinander.outward.exchange.handlers")
        import_module("miteinander.outward.exchange.page_parts")
        verbs.register("exchange.create_key", _("made the address of their own calendar"))
        verbs.register("exchange.revoke_key", _("withdrew the address of their own calendar"))
        verbs.register("exchange.import_calendar", _("brought in a calendar"))
