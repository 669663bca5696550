"""A tandem goes on: breaks, and the question how it goes after 2, 6 and 12 weeks."""

import secrets
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.cooperation.tandems.enums import CheckAnswer, TandemStatus
from miteinander.cooperation.tandems.messages import CheckInAsked, HelpWanted
from miteinander.cooperation.tandems.models import CheckIn, Tandem, TandemMember
from miteinander.cooperation.tandems.services.holding import (
    held_member,
    held_tandem,
    must_be_meeting,
)
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import clock
from miteinander.foundation.core.bus import publish
from miteinander.foundation.core.permissions import Actor, require

CHECKED_AFTER = (2, 6, 12)
TOO_LATE = timedelta(weeks=3)
AT_ONCE = 200


@transaction.atomic
def pause_tandem(*, actor: Actor, member_id: int, is_paused: bool) -> Tandem:
    """Begin or end a break of a tandem; nobody is asked how it goes meanwhile.

    Raises:
        ValidationError: the tandem is over.
    """
    member = held_member(member_id)
    require(actor, "tandems.take_part_in_tandem", member)
    tandem = member.tandem
    must_be_meeting(tandem)
    tandem.status = TandemStatus.PAUSED if is_paused else TandemStatus.ACTIVE
    tandem.save(update_fields=["status"])
    audit.record(actor=actor, verb="tandems.pause", obj=tandem)
    return tandem


def ask_how_it_goes(*, actor: Actor, now: datetime) -> int:
    """Ask everybody in a tandem how it goes, once for each time; return how many were asked.

    What was missed for more than three weeks is not asked any more.
    """
    require(actor, "tandems.forget")
    asked = 0
    for weeks in CHECKED_AFTER:
        until = now - timedelta(weeks=weeks)
        due = Tandem.objects.filter(
            status=TandemStatus.ACTIVE, agreed_at__lte=until, agreed_at__gt=until - TOO_LATE
        ).exclude(members__checks__weeks=weeks)
        for key in due.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]:
            asked += _ask(key, weeks)
    return asked


@transaction.atomic
def _ask(tandem_id: int, weeks: int) -> int:
    tandem = held_tandem(tandem_id)
    if tandem.status != TandemStatus.ACTIVE:
        return 0
    asked = 0
    for member in tandem.members.exclude(checks__weeks=weeks):
        check = CheckIn.objects.create(
            member=member, weeks=weeks, token=secrets.token_urlsafe(24), asked_at=clock.now()
        )
        publish(CheckInAsked(check_id=check.pk))
        asked += 1
    return asked


@transaction.atomic
def answer_check(*, actor: Actor, check_id: int, answer: str) -> CheckIn:
    """Note how it goes; another answer replaces the first. Whoever is stuck is called.

    The others never learn the answer. Publishes ``HelpWanted`` where help is wanted.

    Raises:
        ValidationError: the answer is none of ours.
    """
    rows = CheckIn.objects.select_for_update(of=("self",))
    check = rows.select_related("member__seeker", "member__tandem").get(pk=check_id)
    require(actor, "tandems.answer_check", check)
    if answer not in CheckAnswer.values:
        raise ValidationError(_("Please choose an answer."), code="answer")
    if check.answer == answer:
        return check
    check.answer, check.answered_at, check.settled_at = answer, clock.now(), None
    check.save(update_fields=["answer", "answered_at", "settled_at"])
    audit.record(actor=actor, verb="tandems.answer_check", obj=check.member.tandem)
    if answer != CheckAnswer.WELL:
        publish(HelpWanted(check_id=check.pk))
    return check


@transaction.atomic
def settle_check(*, actor: Actor, check_id: int) -> CheckIn:
    """Note that a coordinator has talked with somebody who is stuck."""
    rows = CheckIn.objects.select_for_update(of=("self",))
    check = rows.select_related("member__tandem").get(pk=check_id)
    require(actor, "tandems.settle", check.member.tandem)
    if check.settled_at is None:
        check.settled_at = clock.now()
        check.save(update_fields=["settled_at"])
        audit.record(actor=actor, verb="tandems.settle_check", obj=check.member.tandem)
    return check


def member_of(tandem: Tandem, person_id: int) -> TandemMember | None:
    """The member of a tandem somebody is, or nothing."""
    return tandem.members.filter(seeker__person_id=person_id).first()
