"""Exchange: calendars and imports."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Exchange: calendars and imports."""

    name = "miteinander.outward.exchange"
    label = "exchange"
    verbose_name = "exchange"
