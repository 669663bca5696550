"""Which amount or cap holds on a day."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from miteinander.cooperation.guides.enums import FigureKey
from miteinander.cooperation.guides.models import Figure


def figures() -> Sequence[Figure]:
    """Every row of the table, the newest of a key first."""
    return list(Figure.objects.order_by("key", "-valid_from", "-pk"))


def figure_on(key: FigureKey, day: date) -> Decimal | None:
    """Return the value that holds on ``day``, None where nobody entered one."""
    row = Figure.objects.filter(key=key, valid_from__lte=day).order_by("-valid_from").first()
    return row.value if row else None


def figures_on(day: date) -> dict[str, Figure]:
    """Return the rows that hold on ``day``, by their keys; one query."""
    rows = Figure.objects.filter(valid_from__lte=day).order_by("valid_from", "pk")
    return {row.key: row for row in rows}
