"""Enter the figures of the network, with where they come from."""

from datetime import UTC, date, datetime
from decimal import Decimal

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

COURSE = "Kompetenzzentrum Vielfalt Hessen, Integrationslotsen, Qualifizierung"
PAY = "Kompetenzzentrum Vielfalt Hessen, Integrationslotsen, Fragen und Antworten (2022)"
FIGURES = (
    ("cert_years", date(2023, 1, 1), Decimal(0), "Voreinstellung: gilt ohne Ende"),
    ("police_years", date(2023, 1, 1), Decimal(5), "Üblich bei freien Trägern und Kirchen: alle 5 Jahre"),
    ("rate_unit", date(2023, 1, 1), Decimal("12.50"), COURSE),
    ("rate_hour", date(2022, 1, 1), Decimal(5), PAY),
    ("cap_guide", date(2022, 1, 1), Decimal(276), PAY),
    ("cap_lead", date(2022, 1, 1), Decimal(414), PAY),
    ("tax_free", date(2021, 1, 1), Decimal(840), "§ 3 Nr. 26a EStG bis 2025"),
    ("tax_free", date(2026, 1, 1), Decimal(960), "§ 3 Nr. 26a EStG ab 2026"),
    ("rate_km", date(2022, 1, 1), Decimal("0.30"), "Voreinstellung, § 5 Abs. 2 BRKG"),
)


def enter_figures(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Add the rows."""
    figure = apps.get_model("guides", "Figure")
    for key, since, value, source in FIGURES:
        figure.objects.get_or_create(
            key=key, valid_from=since,
            defaults={
                "value": value, "source": source,
                "entered_at": datetime(2023, 1, 1, tzinfo=UTC),
            },
        )  # fmt: skip


class Migration(migrations.Migration):
    """Figures of the network."""

    dependencies = [("guides", "0003_network_and_assignments")]

    operations = [migrations.RunPython(enter_figures, migrations.RunPython.noop, elidable=False)]
