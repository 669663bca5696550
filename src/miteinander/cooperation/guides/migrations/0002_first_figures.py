"""Enter the figures the first release needs, with where they come from."""

from datetime import UTC, date, datetime
from decimal import Decimal

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SINCE = date(2023, 1, 1)
HESSE = "Kompetenzzentrum Vielfalt Hessen, Integrationslotsen, Qualifizierung"
FIGURES = (
    ("share", Decimal(80), "Voreinstellung, für jeden Kurs änderbar"),
    ("units_least", Decimal(20), HESSE),
    ("units_most", Decimal(36), HESSE),
)


def enter_figures(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Add the rows."""
    figure = apps.get_model("guides", "Figure")
    for key, value, source in FIGURES:
        figure.objects.get_or_create(
            key=key, valid_from=SINCE,
            defaults={
                "value": value, "source": source,
                "entered_at": datetime(2023, 1, 1, tzinfo=UTC),
            },
        )  # fmt: skip


class Migration(migrations.Migration):
    """Figures for the first release."""

    dependencies = [("guides", "0001_first_tables")]

    operations = [migrations.RunPython(enter_figures, migrations.RunPython.noop, elidable=False)]
