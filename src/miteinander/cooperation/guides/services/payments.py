"""Who pays guides, to which account, and how many hours a team may be paid in a year."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from stdnum import iban as iban_numbers
from stdnum.exceptions import ValidationError as WrongNumber

from miteinander.community.organisations.services.roles import account_at
from miteinander.community.regions.models import Region
from miteinander.cooperation.guides.models import BankAccount, Guide, PayerRole, TeamBudget
from miteinander.cooperation.guides.models.sealed import Account
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.privacy import kept_for
from miteinander.foundation.core.text import latin_digits, one_line

LONGEST_HOLDER = 70  # what a SEPA transfer holds (EPC rulebook, AT-21)
EARLIEST, LATEST = 2020, 2100
MOST_HOURS = 100_000
AT_ONCE = 500


def _at(field: str, text: str, code: str) -> ValidationError:
    """Return an error that stands at one field of the form."""
    return ValidationError({field: ValidationError(text, code=code)})


@transaction.atomic
def grant_payer(*, actor: Actor, email: str, region: Region | None = None) -> PayerRole:
    """Let the account at ``email`` pay guides of a region, or of all without one.

    Raises:
        ValidationError: no such account (``no_account``), or the role was there already.
    """
    require(actor, "guides.grant_payers")
    role = PayerRole(person=account_at(email), region=region, granted_at=clock.now())
    role.full_clean()
    role.save(force_insert=True)
    audit.record(actor=actor, verb="guides.grant_payer", obj=role)
    return role


@transaction.atomic
def revoke_payer(*, actor: Actor, role_id: int) -> None:
    """Take the role back; who is gone already is gone."""
    require(actor, "guides.grant_payers")
    role = PayerRole.objects.select_for_update().filter(pk=role_id).first()
    if role is not None:
        audit.record(actor=actor, verb="guides.revoke_payer", obj=role)
        role.delete()


@transaction.atomic
def keep_account(*, actor: Actor, guide_id: int, holder: str, iban: str) -> BankAccount:
    """Seal the account of a guide; what was there before is overwritten and not kept.

    Raises:
        ValidationError: no holder, or the IBAN is none (ISO 13616: length of the country, and
            check digits by mod 97).
    """
    guide = Guide.objects.select_for_update().get(pk=guide_id)
    require(actor, "guides.keep_account", guide)
    name = one_line(holder)
    if not name or len(name) > LONGEST_HOLDER:
        raise _at("holder", _("Enter whose account it is."), "no_holder")
    try:
        number = iban_numbers.validate(latin_digits(iban))
    except WrongNumber as fault:
        wrong = _("This IBAN is not right. Please check it digit by digit.")
        raise _at("iban", wrong, "wrong_iban") from fault
    sealed = Account(holder=name, iban=number).sealed()
    kept, _is_new = BankAccount.objects.update_or_create(
        guide=guide, defaults={"sealed": sealed, "changed_at": clock.now()}
    )
    audit.record(actor=actor, verb="guides.keep_account", obj=guide)
    return kept


@transaction.atomic
def delete_account(*, actor: Actor, guide_id: int) -> None:
    """Delete the account of a guide; where there is none nothing happens."""
    guide = Guide.objects.select_for_update().get(pk=guide_id)
    require(actor, "guides.keep_account", guide)
    if BankAccount.objects.filter(guide=guide).delete()[0]:
        audit.record(actor=actor, verb="guides.delete_account", obj=guide)


@transaction.atomic
def note_opened_accounts(*, actor: Actor) -> None:
    """Record that somebody who pays opened the accounts, on a page or as a table."""
    require(actor, "guides.open_payments")
    role = PayerRole.objects.filter(person_id=actor.pk).earliest("pk")
    audit.record(actor=actor, verb="guides.open_accounts", obj=role)


@transaction.atomic
def set_budget(*, actor: Actor, region: Region, year: int, hours: int) -> TeamBudget:
    """Enter how many hours the guides of a region may be paid in a year; a second time changes it.

    Raises:
        ValidationError: a year or a number of hours that cannot be.
    """
    require(actor, "guides.set_budget")
    if not EARLIEST <= year <= LATEST:
        raise _at("year", _("Check the year."), "wrong_year")
    if not 0 <= hours <= MOST_HOURS:
        raise _at("hours", _("Check the number of hours."), "wrong_hours")
    row, _is_new = TeamBudget.objects.update_or_create(
        region=region, year=year, defaults={"hours": hours}
    )
    audit.record(
        actor=actor, verb="guides.set_budget", obj=row, details={"year": year, "hours": hours}
    )
    return row


@transaction.atomic
def forget_old_accounts(*, actor: Actor, now: datetime) -> int:
    """Delete accounts of guides who left so long ago that the last quarter is paid; how many."""
    require(actor, "guides.forget")
    limit = (now - kept_for("guides.accounts")).date()
    old = BankAccount.objects.filter(guide__left_on__lt=limit).order_by("pk")
    keys = list(old.values_list("pk", flat=True)[:AT_ONCE])
    return BankAccount.objects.filter(pk__in=keys).delete()[0]
