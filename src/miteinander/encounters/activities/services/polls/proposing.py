"""Asking people when: proposing dates, asking those who came before, and giving up."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.encounters.activities.enums import PollGuests, PollStatus
from miteinander.encounters.activities.messages import PollGuestsWanted, PollStopped
from miteinander.encounters.activities.models import Activity, DatePoll, PollDate
from miteinander.encounters.activities.permissions import is_askable
from miteinander.encounters.activities.services.dates import PlannedDate
from miteinander.encounters.activities.services.locking import locked_activity
from miteinander.encounters.activities.services.polls.holding import (
    check_takes_answers,
    check_undecided,
    locked_for_planner,
)
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import Actor

FEWEST, MOST = 2, 10
OPEN_FOR = timedelta(days=7)
AHEAD = timedelta(hours=24)


def usual_close(rows: Sequence[PlannedDate], now: datetime) -> datetime:
    """Return until when answers are taken if nobody says: a week, but a day before the first."""
    first = min((row.starts_at for row in rows), default=now + OPEN_FOR + AHEAD)
    return min(now + OPEN_FOR, first - AHEAD)


@transaction.atomic
def propose_dates(
    *, actor: Actor, activity_id: int, rows: Sequence[PlannedDate], closes_at: datetime
) -> DatePoll:
    """Propose dates for an occasion to whoever gets the link.

    Proposing the same dates again while they are asked about is the same poll.

    Raises:
        ValidationError: too few or too many dates, one in the past or there twice, too little
            time for answers, another poll is open, or nobody may be asked about this occasion.
    """
    activity = locked_activity(actor, activity_id)
    _check_askable(activity)
    known = DatePoll.objects.filter(activity=activity, status=PollStatus.OPEN).first()
    if known is not None and _spans(known.dates.all()) == _spans(rows):
        return known
    if known is not None:
        raise ValidationError(_("You are asking people already."), code="already_open")
    now = clock.now()
    _check_rows(rows, now)
    _check_time(rows, closes_at, now)
    poll = DatePoll.objects.create(
        activity=activity, token=secrets.token_urlsafe(12), closes_at=closes_at, created_at=now
    )
    PollDate.objects.bulk_create(
        [PollDate(poll=poll, starts_at=row.starts_at, ends_at=row.ends_at) for row in rows]
    )
    audit.record(actor=actor, verb="activities.propose_dates", obj=activity)
    return poll


def _spans(rows: Iterable[PlannedDate | PollDate]) -> list[tuple[datetime, datetime]]:
    return sorted((row.starts_at, row.ends_at) for row in rows)


def _check_askable(activity: Activity) -> None:
    if not is_askable(activity):
        raise ValidationError(
            _("People can be asked about a draft or a published meeting only."), code="not_askable"
        )


def _check_rows(rows: Sequence[PlannedDate], now: datetime) -> None:
    if not FEWEST <= len(rows) <= MOST:
        raise ValidationError(
            _("Propose at least %(fewest)s and at most %(most)s dates."),
            code="count",
            params={"fewest": FEWEST, "most": MOST},
        )
    if len(set(_spans(rows))) < len(rows):
        raise ValidationError(_("This date is there twice."), code="twice")
    if any(row.starts_at <= now for row in rows):
        raise ValidationError(_("This date is in the past. Enter a coming date."), code="past")
    if any(row.ends_at <= row.starts_at for row in rows):
        raise ValidationError(_("The end must be after the start."), code="end")


def _check_time(rows: Sequence[PlannedDate], closes_at: datetime, now: datetime) -> None:
    latest = min(row.starts_at for row in rows) - AHEAD
    if latest <= now:
        raise ValidationError(
            _("People need time to answer. Propose dates that begin tomorrow or later."),
            code="too_soon",
        )
    if closes_at <= now:
        raise ValidationError(_("This day is in the past. Choose a coming day."), code="close_past")
    if closes_at > latest:
        raise ValidationError(
            _("Choose an earlier day: answers end at least one day before the first date."),
            code="close_late",
        )


@transaction.atomic
def ask_people_of_before(*, actor: Actor, poll_id: int, whom: str) -> DatePoll:
    """Ask people who came before by mail which date suits them; nobody twice.

    Publishes ``PollGuestsWanted``.

    Raises:
        PollIsClosed: it takes no answers any more.
        ValidationError: no such choice.
    """
    poll = locked_for_planner(actor, poll_id)
    check_takes_answers(poll)
    if whom not in PollGuests.values:
        raise ValidationError(_("Please choose one of the answers."), code="unknown")
    audit.record(
        actor=actor, verb="activities.ask_people", obj=poll.activity, details={"whom": whom}
    )
    bus.publish(PollGuestsWanted(poll_id=poll.pk, whom=whom))
    return poll


@transaction.atomic
def stop_poll(*, actor: Actor, poll_id: int) -> DatePoll:
    """End a poll without a date; the organiser may ask again. Stopping twice changes nothing.

    Publishes ``PollStopped``.

    Raises:
        PollIsClosed: a date was chosen already.
    """
    poll = locked_for_planner(actor, poll_id)
    if poll.status in {PollStatus.STOPPED, PollStatus.EMPTY}:
        return poll
    check_undecided(poll)
    poll.status, poll.ended_at = PollStatus.STOPPED, clock.now()
    poll.save(update_fields=["status", "ended_at"])
    audit.record(actor=actor, verb="activities.stop_poll", obj=poll.activity)
    bus.publish(PollStopped(poll_id=poll.pk))
    return poll
