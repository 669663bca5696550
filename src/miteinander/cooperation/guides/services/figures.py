"""Entering amounts and caps: rows are added, never changed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from miteinander.cooperation.guides.models import Figure
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.text import one_line


@dataclass(frozen=True)
class NewFigure:
    """A figure as somebody read it in a source."""

    key: str
    value: Decimal
    valid_from: date
    source: str


@transaction.atomic
def enter_figure(*, actor: Actor, figure: NewFigure) -> Figure:
    """Add a figure that holds from a day on; what was true before stays true for before.

    Raises:
        ValidationError: there is a value of this day, no source, or a share above 100.
    """
    require(actor, "guides.enter_figure")
    row = Figure(
        key=figure.key, value=figure.value, valid_from=figure.valid_from,
        source=one_line(figure.source), entered_by_id=actor.pk, entered_at=clock.now(),
    )  # fmt: skip
    row.full_clean(exclude=["entered_by"])
    row.save()
    audit.record(
        actor=actor, verb="guides.enter_figure", obj=row,
        details={"key": row.key, "value": str(row.value), "from": row.valid_from.isoformat()},
    )  # fmt: skip
    return row
