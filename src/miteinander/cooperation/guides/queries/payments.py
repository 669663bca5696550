"""What is paid to whom in a quarter, which account, and how much of a budget is used."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from miteinander.cooperation.guides.enums import HoursStatus
from miteinander.cooperation.guides.models import (
    BankAccount,
    Guide,
    Hours,
    PayerRole,
    TeamBudget,
)
from miteinander.cooperation.guides.models.sealed import Account
from miteinander.cooperation.guides.permissions import coordinated_regions
from miteinander.cooperation.guides.permissions_payments import paid_guides
from miteinander.cooperation.guides.queries.hours import HOUR, WARNED_AT, allowance_of, travel_of
from miteinander.foundation.core.permissions import Actor
from miteinander.foundation.core.sealing import CannotOpenError

SHOWN = 4


@dataclass
class Payment:
    """What one guide gets for a quarter, in euros; ``account`` only where it was opened."""

    guide: Guide
    minutes: int = 0
    allowance: Decimal = Decimal(0)
    travel: Decimal = Decimal(0)
    has_account: bool = False
    account: Account | None = None

    @property
    def euros(self) -> Decimal:
        """Everything together."""
        return self.allowance + self.travel


@dataclass(frozen=True)
class BudgetUse:
    """A budget of a team, and how many minutes of it are confirmed and paid."""

    budget: TeamBudget
    minutes: int

    @property
    def used_hours(self) -> int:
        """Whole hours used."""
        return self.minutes // HOUR

    @property
    def is_near(self) -> bool:
        """Whether eighty per cent are used."""
        return self.minutes >= self.budget.hours * HOUR * WARNED_AT


def payer_roles() -> QuerySet[PayerRole]:
    """Everybody who pays guides, and where; the caller has checked who may look."""
    rows = PayerRole.objects.select_related("person", "region").defer("region__boundary")
    return rows.order_by("person__name", "pk")


def payments_between(
    *, actor: Actor, begin: date, end: date, opens_accounts: bool = False
) -> list[Payment]:
    """Sum what ``actor`` pays for days from ``begin`` on, before ``end``, by name of the guide.

    Accounts are opened only with ``opens_accounts``; the caller has that recorded.
    """
    guides = Guide.objects.filter(paid_guides(actor)).order_by().values("pk")
    rows = Hours.objects.filter(
        guide__in=guides, status=HoursStatus.CONFIRMED, day__gte=begin, day__lt=end
    )
    found: dict[int, Payment] = {}
    for row in rows.select_related("guide__person").order_by("guide__person__name", "guide", "pk"):
        payment = found.setdefault(row.guide_id, Payment(row.guide))
        payment.minutes += row.minutes
        payment.allowance += allowance_of(row)
        payment.travel += travel_of(row)
    for kept in BankAccount.objects.filter(guide__in=list(found)):
        payment = found[kept.guide_id]
        payment.has_account = True
        payment.account = opened(kept) if opens_accounts else None
    return [payment for payment in found.values() if payment.euros]


def opened(kept: BankAccount) -> Account | None:
    """Open an account; None where its key is not known any more."""
    try:
        return Account.opened(kept.sealed)
    except CannotOpenError:
        return None


def masked_account(guide: Guide) -> tuple[str, str]:
    """Return holder and the last digits of a guide's own account; empty where there is none."""
    kept = BankAccount.objects.filter(guide=guide).first()
    account = opened(kept) if kept else None
    return (account.holder, f"… {account.iban[-SHOWN:]}") if account else ("", "")


def budgets() -> QuerySet[TeamBudget]:
    """All budgets, the latest year first."""
    rows = TeamBudget.objects.select_related("region").defer("region__boundary")
    return rows.order_by("-year", "region__name", "pk")


def budgets_for(*, municipality_id: int, year: int) -> QuerySet[TeamBudget]:
    """Budgets of a year that the hours of a municipality count for."""
    here = Q(region_id=municipality_id) | Q(region__municipalities=municipality_id)
    keys = TeamBudget.objects.filter(here, year=year).order_by().values("pk")
    return TeamBudget.objects.filter(pk__in=keys).order_by("pk")


def paid_of_team(budget: TeamBudget, *, but: int = 0) -> int:
    """Return the paid minutes of a team in the year of its budget, without those of row ``but``."""
    here = Q(guide__municipality=budget.region_id) | Q(guide__municipality__parent=budget.region_id)
    rows = Hours.objects.filter(
        here, day__year=budget.year, status=HoursStatus.CONFIRMED, rate_cents__gt=0
    ).exclude(pk=but)
    return rows.order_by().aggregate(sum=Sum("minutes"))["sum"] or 0


def budget_uses(*, actor: Actor, year: int) -> list[BudgetUse]:
    """How much of each budget of a year is used, of the places ``actor`` coordinates."""
    mine = coordinated_regions(actor).order_by()
    here = Q(region__in=mine.values("pk")) | Q(region__municipalities__in=mine.values("pk"))
    keys = TeamBudget.objects.filter(here, year=year).order_by().values("pk")
    return uses_of(budgets().filter(pk__in=keys))


def uses_of(rows: Iterable[TeamBudget]) -> list[BudgetUse]:
    """Tell how much of each budget is used; one query for each, and there are few."""
    return [BudgetUse(row, paid_of_team(row)) for row in rows]
