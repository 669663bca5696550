"""How seats are given: the mix, at once or by draw, who it is for, and how often one may come."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from miteinander.encounters.activities.enums import HOPING, DateStatus, ParticipationStatus
from miteinander.encounters.activities.models import Activity, ActivityDate, Participation
from miteinander.encounters.activities.queries.tasks import TaskKey, original_parts
from miteinander.encounters.activities.services import seats as seat_services
from miteinander.encounters.activities.services import words
from miteinander.encounters.activities.services.locking import (
    ChangedMeanwhile,
    announce_change,
    fingerprint,
    locked_activity,
)
from miteinander.encounters.activities.services.planning.facts import facts_of, mark_answered
from miteinander.encounters.activities.services.seats.holding import SHARED
from miteinander.encounters.activities.services.words import QUESTION
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor

GIVING_FACTS = (
    "giving", "local_share", "newcomer_share", "release_hours", "draw_hours",
    "has_offers_by_hand", "monthly_limit", "most_companions", "min_age", "max_age", "setting",
    "required_id", "signs_up_once",
)  # fmt: skip


@transaction.atomic
def set_giving(
    *,
    actor: Actor,
    activity_id: int,
    changes: Mapping[str, object],
    question: str | None = None,
    seen: str | None = None,
) -> Activity:
    """Say how the seats of all coming dates are given; nobody loses a seat by it.

    ``changes`` holds any of ``GIVING_FACTS``; ``question`` is put to whoever asks for a seat.
    ``seen`` is the fingerprint of :func:`giving_of`. Seats that become free for somebody who
    waits are offered at once.

    Raises:
        ChangedMeanwhile: the values are no longer those of ``seen``.
        ValidationError: a value does not fit, or people wait for an answer or a draw.
    """
    activity = locked_activity(actor, activity_id)
    if unknown := set(changes) - set(GIVING_FACTS):
        raise ValueError(f"No such facts: {sorted(unknown)}")
    wanted = dict(changes) if question is None else {**changes, QUESTION: question}
    before = {name: value for name, value in giving_of(activity).items() if name in wanted}
    changed = {name: value for name, value in wanted.items() if value != before[name]}
    if changed and seen is not None and seen != fingerprint(before):
        raise ChangedMeanwhile
    if "giving" in changed:
        _refuse_while_people_wait(activity)
    if QUESTION in changed:
        asked = {QUESTION: str(changed.pop(QUESTION))}
        words.write_words(actor=actor, activity_id=activity_id, parts=asked)
    for name, value in changed.items():
        setattr(activity, name, value)
    if changed:
        _check(activity)
        activity.save(update_fields=list(changed))
        _seat_anew(activity)
        audit.record(
            actor=actor, verb="activities.set_giving", obj=activity,
            details={"fields": sorted(changed)},
        )  # fmt: skip
        announce_change(activity)
    mark_answered(activity, {TaskKey.GIVING})
    return activity


def giving_of(activity: Activity) -> dict[str, object]:
    """Return how seats are given now, with the question to people, for a form."""
    question = original_parts(activity).get(QUESTION, "")
    return {**facts_of(activity, list(GIVING_FACTS)), QUESTION: question}


def _check(activity: Activity) -> None:
    activity.clean_fields()
    activity.validate_constraints()
    if activity.min_age and activity.max_age and activity.min_age > activity.max_age:
        raise ValidationError(_("The first age must not be above the second."), code="ages")
    required = activity.required
    if required is not None and (
        required.pk == activity.pk
        or required.is_template
        or required.organisation_id != activity.organisation_id
    ):
        raise ValidationError(_("Choose another meeting of yours."), code="required")


def _refuse_while_people_wait(activity: Activity) -> None:
    """Hold the dates first, so that nobody asks between this look and the change."""
    list(_coming(activity).values_list("pk"))
    asking = [status for status in HOPING if status != ParticipationStatus.WAITING]
    waiting = Participation.objects.filter(
        date__activity=activity, date__starts_at__gt=clock.now(),
        date__status=DateStatus.SCHEDULED, status__in=asking,
    )  # fmt: skip
    if waiting.exists():
        raise ValidationError(
            _("People have asked for a seat already. Answer them first, or wait for the draw."),
            code="people_wait",
        )


def _coming(activity: Activity) -> QuerySet[ActivityDate]:
    coming = activity.dates.filter(status=DateStatus.SCHEDULED, starts_at__gt=clock.now())
    return coming.select_for_update().order_by("pk")


def _seat_anew(activity: Activity) -> None:
    """Keep the shares on every coming date and let people move up."""
    for date in _coming(activity):
        date.activity = activity
        seat_services.keep_shares(date)
        date.save(update_fields=SHARED)
        seat_services.move_up(date)
