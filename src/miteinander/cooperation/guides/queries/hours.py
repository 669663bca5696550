"""Hours of guides: what waits, what was confirmed, and how near a limit is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from miteinander.cooperation.guides.enums import FigureKey, HoursStatus
from miteinander.cooperation.guides.models import Guide, Hours
from miteinander.cooperation.guides.permissions_hours import decidable_hours
from miteinander.cooperation.guides.queries.figures import figure_on
from miteinander.foundation.core.permissions import Actor

WARNED_AT = Decimal("0.8")
HOUR = 60
COUNTED = (HoursStatus.REPORTED, HoursStatus.CONFIRMED)


@dataclass(frozen=True)
class MonthSum:
    """What was confirmed in a month: minutes, kilometres, and the allowance in euros."""

    month: date
    minutes: int = 0
    kilometres: int = 0
    euros: Decimal = Decimal(0)


@dataclass(frozen=True)
class YearSum:
    """A year of a guide against the limit of hours and the amount that is free of tax."""

    year: int
    months: tuple[MonthSum, ...]
    cap: int | None
    paid: int
    allowance: Decimal
    tax_free: Decimal | None

    @property
    def is_near_cap(self) -> bool:
        """Whether eighty per cent of the limit are used."""
        return self.cap is not None and self.paid >= self.cap * WARNED_AT

    @property
    def is_above_tax_free(self) -> bool:
        """Whether the allowance of the year is above the amount that is free of tax."""
        return self.tax_free is not None and self.allowance > self.tax_free


def cap_minutes(guide: Guide, day: date) -> int | None:
    """Return how many minutes a guide may be paid in the year of ``day``, None without a limit."""
    key = FigureKey.CAP_LEAD if guide.is_lead else FigureKey.CAP_GUIDE
    hours = figure_on(key, day)
    return int(hours * HOUR) if hours is not None else None


def paid_minutes(*, guide_id: int, year: int, but: int = 0) -> int:
    """Return the confirmed minutes of a year that are paid, without those of row ``but``."""
    rows = Hours.objects.filter(
        guide_id=guide_id, day__year=year, status=HoursStatus.CONFIRMED, rate_cents__gt=0
    ).exclude(pk=but)
    return rows.order_by().aggregate(sum=Sum("minutes"))["sum"] or 0


def allowance_of(row: Hours) -> Decimal:
    """Return the allowance for the time of confirmed hours, in euros."""
    cents = Decimal(row.minutes * (row.rate_cents or 0)) / HOUR
    return (cents / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)


def travel_of(row: Hours) -> Decimal:
    """Return the travel costs of confirmed hours, in euros."""
    return Decimal(row.kilometres * (row.km_cents or 0)) / 100


def hours_of(*, guide_id: int) -> QuerySet[Hours]:
    """All hours of a guide, the newest first, with what was corrected."""
    rows = Hours.objects.filter(guide_id=guide_id).prefetch_related("corrections")
    return rows.order_by("-day", "-pk")


def hours_to_decide(
    *, actor: Actor, statuses: Collection[str] = (HoursStatus.REPORTED,)
) -> QuerySet[Hours]:
    """Hours ``actor`` decides about, the oldest first."""
    rows = Hours.objects.filter(decidable_hours(actor), status__in=statuses)
    return (
        rows.select_related("guide__person", "guide__municipality")
        .defer("guide__municipality__boundary")
        .prefetch_related("corrections")
        .order_by("day", "pk")
    )


def year_of(guide: Guide, day: date) -> YearSum:
    """Sum the confirmed hours of the year of ``day`` by month; a constant number of queries."""
    rows = Hours.objects.filter(
        guide=guide, day__year=day.year, status=HoursStatus.CONFIRMED
    ).order_by("day", "pk")
    sums: dict[int, dict[str, Any]] = {}
    paid, allowance = 0, Decimal(0)
    for row in rows:
        month = sums.setdefault(row.day.month, {"minutes": 0, "kilometres": 0, "euros": Decimal(0)})
        month["minutes"] += row.minutes
        month["kilometres"] += row.kilometres
        month["euros"] += allowance_of(row) + travel_of(row)
        paid += row.minutes if row.rate_cents else 0
        allowance += allowance_of(row)
    return YearSum(
        year=day.year,
        months=tuple(MonthSum(date(day.year, month, 1), **sums[month]) for month in sorted(sums)),
        cap=cap_minutes(guide, day),
        paid=paid,
        allowance=allowance,
        tax_free=figure_on(FigureKey.TAX_FREE, day),
    )


def confirmed_between(*, guide_id: int, begin: date, end: date) -> QuerySet[Hours]:
    """Confirmed hours of a guide from ``begin`` on, before ``end``, by day."""
    rows = Hours.objects.filter(guide_id=guide_id, status=HoursStatus.CONFIRMED)
    return rows.filter(day__gte=begin, day__lt=end).order_by("day", "pk")
