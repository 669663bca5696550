"""Asking the people of a tandem, and their yes or no."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.cooperation.tandems.enums import Answer, SeekerStatus, TandemStatus
from miteinander.cooperation.tandems.messages import TandemAgreed, TandemProposed
from miteinander.cooperation.tandems.models import Tandem, TandemMember
from miteinander.cooperation.tandems.queries.parties import fit_together
from miteinander.cooperation.tandems.services.ending import close
from miteinander.cooperation.tandems.services.first_date import propose_first_date
from miteinander.cooperation.tandems.services.holding import (
    held_member,
    held_seekers,
    held_tandem,
)
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import clock
from miteinander.foundation.core.bus import publish
from miteinander.foundation.core.permissions import Actor, require

WEEK = timedelta(days=7)


@transaction.atomic
def propose(*, actor: Actor, tandem_id: int) -> Tandem:
    """Ask the people of a suggested tandem; asking again is nothing.

    They answer by the end of the seventh day. Publishes ``TandemProposed``.

    Raises:
        ValidationError: somebody is not in the pool any more or is asked already, or their
            answers have changed so that a rule is in the way.
    """
    tandem = held_tandem(tandem_id)
    require(actor, "tandems.propose", tandem)
    if tandem.status != TandemStatus.SUGGESTED:
        return tandem
    seekers = held_seekers(tandem)
    keys = [seeker.pk for seeker in seekers]
    is_busy = TandemMember.objects.filter(seeker__in=keys, is_live=True).exists()
    if is_busy or any(seeker.status != SeekerStatus.READY for seeker in seekers):
        raise ValidationError(
            _("Somebody of this suggestion is not waiting any more. Please match again."),
            code="not_waiting",
        )
    if not fit_together(keys):
        raise ValidationError(
            _("Somebody has changed their answers. Please match again."), code="changed"
        )
    tandem.status = TandemStatus.PROPOSED
    tandem.deadline = clock.end_of_day((clock.local(clock.now()) + WEEK).date())
    tandem.save(update_fields=["status", "deadline"])
    tandem.members.update(is_live=True)
    audit.record(actor=actor, verb="tandems.propose", obj=tandem)
    publish(TandemProposed(tandem_id=tandem.pk))
    return tandem


@transaction.atomic
def answer(*, actor: Actor, member_id: int, is_yes: bool) -> TandemMember:
    """Note a yes or a no; the same answer again is nothing, and no reason is asked.

    After the last yes the tandem begins, with a time proposed. After a no it is over and
    everybody waits on. Publishes ``TandemAgreed`` or ``TandemOff``.

    Raises:
        ValidationError: the week is over, or it does not work out any more.
    """
    member = held_member(member_id)
    require(actor, "tandems.answer", member)
    wanted = Answer.YES if is_yes else Answer.NO
    if member.answer == wanted:
        return member
    _must_be_open(member)
    member.answer, member.answered_at = wanted, clock.now()
    member.save(update_fields=["answer", "answered_at"])
    audit.record(actor=actor, verb="tandems.answer", obj=member.tandem)
    if not is_yes:
        close(member.tandem, TandemStatus.REFUSED, by_member=member.pk)
    elif not member.tandem.members.exclude(answer=Answer.YES).exists():
        _agree(member.tandem)
    return member


def _must_be_open(member: TandemMember) -> None:
    tandem = member.tandem
    if tandem.status in {TandemStatus.ACTIVE, TandemStatus.PAUSED}:
        raise ValidationError(
            _("Everybody has said yes. You can end it on the page of your tandem."), code="agreed"
        )
    if tandem.status == TandemStatus.LAPSED or (
        tandem.status == TandemStatus.PROPOSED
        and tandem.deadline is not None
        and tandem.deadline <= clock.now()
    ):
        raise ValidationError(
            _("The week to answer is over. You can wait for the next proposal."), code="late"
        )
    if tandem.status != TandemStatus.PROPOSED:
        raise ValidationError(
            _("This time it does not work out. Thank you for your answer."), code="off"
        )


def _agree(tandem: Tandem) -> None:
    tandem.status, tandem.agreed_at = TandemStatus.ACTIVE, clock.now()
    tandem.save(update_fields=["status", "agreed_at"])
    propose_first_date(tandem)
    publish(TandemAgreed(tandem_id=tandem.pk))
