"""Feedback after a date: asked for once, given by a private link, kept apart from the person.

The link holds a secret made from the secret of the seat. It opens the questions and nothing else:
the seat cannot be found from it. The answer is stored under a second such secret. Nothing here is
written into the record of changes: an entry would join the person and the answer.
"""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from miteinander.community.people.models import Person
from miteinander.encounters.activities.enums import (
    ON_LIST,
    Answer,
    DateStatus,
    Presence,
    Question,
)
from miteinander.encounters.activities.messages import FeedbackWanted
from miteinander.encounters.activities.models import ActivityDate, Feedback, Participation
from miteinander.encounters.activities.permissions import published
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.privacy import kept_for

OPEN_FOR = timedelta(days=14)
EVENING = (18, 21)
ASKED_UNTIL = timedelta(days=3)
AT_ONCE = 20
LONGEST_WORDS = 1000


class FeedbackClosed(ValidationError):
    """Feedback is taken from the end of a date until 14 days later."""


def link_token(participation: Participation) -> str:
    """Return the secret of the feedback link; the secret of the seat does not follow from it."""
    return salted_hmac("activities.feedback.link", participation.token).hexdigest()[:32]


def key_of(participation: Participation) -> str:
    """Return the key under which the answer of this person is stored."""
    digest = salted_hmac("activities.feedback.key", participation.token, algorithm="sha256")
    return digest.hexdigest()


def is_open(date: ActivityDate, now: datetime) -> bool:
    """Tell whether feedback on ``date`` is taken at ``now``."""
    return not date.is_cancelled and date.ends_at <= now < date.ends_at + OPEN_FOR


def those_who_came(date: ActivityDate) -> QuerySet[Participation]:
    """Give the seats of everybody who was on the list and was not seen missing."""
    on_list = Participation.objects.filter(date=date, status__in=ON_LIST)
    return on_list.exclude(presence=Presence.ABSENT).order_by("pk")


def find_by_link(date: ActivityDate, token: str) -> Participation | None:
    """Find the seat whose feedback link this is, among those of ``date``."""
    for participation in those_who_came(date):
        if constant_time_compare(link_token(participation), token):
            return participation
    return None


def feedback_of(participation: Participation) -> Feedback | None:
    """Return what was answered from this seat so far."""
    return Feedback.objects.filter(key=key_of(participation)).first()


def _locked_answer(actor: Actor, participation_id: int) -> Feedback:
    participation = Participation.objects.select_related("date").get(pk=participation_id)
    require(actor, "activities.give_feedback", participation)
    if not is_open(participation.date, clock.now()):
        raise FeedbackClosed(_("The time for answers is over."), code="feedback_closed")
    held: QuerySet[Feedback] = Feedback.objects.select_for_update()
    found, _is_new = held.get_or_create(
        key=key_of(participation), defaults={"date_id": participation.date_id}
    )
    return found


@transaction.atomic
def answer_question(*, actor: Actor, participation_id: int, question: str, answer: str) -> Feedback:
    """Note one answer, or change it; everybody counts once.

    Raises:
        FeedbackClosed: the date is not over yet, or too long ago.
        ValidationError: no such question or answer (``unknown``).
    """
    feedback = _locked_answer(actor, participation_id)
    if question not in Question.values or answer not in Answer.values:
        raise ValidationError(_("Please choose one of the answers."), code="unknown")
    setattr(feedback, question, answer)
    feedback.save(update_fields=[question])
    return feedback


@transaction.atomic
def write_feedback_words(
    *, actor: Actor, participation_id: int, words: str, language: str
) -> Feedback:
    """Keep what somebody wrote in their own words, in place of what was there; empty takes it back.

    Raises:
        FeedbackClosed: the date is not over yet, or too long ago.
        ValidationError: the words are too long (``too_long``).
    """
    feedback = _locked_answer(actor, participation_id)
    if len(words) > LONGEST_WORDS:
        raise ValidationError(_("Please write less."), code="too_long")
    feedback.words, feedback.language = words, language if words else ""
    feedback.save(update_fields=["words", "language"])
    return feedback


@transaction.atomic
def ask_for_feedback(*, actor: Actor, now: datetime) -> int:
    """Ask everybody who came, on the first evening after the end of a date; return how many dates.

    A date is marked in the same transaction, so that nobody is asked twice. An evening missed is
    made up on the next two.
    """
    require(actor, "activities.run_clock")
    first, last = EVENING
    local = clock.local(now)
    if not first <= local.hour < last:
        return 0
    evening = local.replace(hour=first, minute=0, second=0, microsecond=0)
    rows = Participation.objects.filter(date=OuterRef("pk"))
    over = ActivityDate.objects.select_for_update(of=("self",)).filter(
        published("activity__"), Exists(rows), status=DateStatus.SCHEDULED,
        feedback_asked_at__isnull=True, ends_at__lte=evening, ends_at__gt=now - ASKED_UNTIL,
    )  # fmt: skip
    asked = list(over.order_by("pk")[:AT_ONCE])
    for date in asked:
        date.feedback_asked_at = now
        date.save(update_fields=["feedback_asked_at"])
        for participation_id in those_who_came(date).values_list("pk", flat=True):
            bus.publish(FeedbackWanted(participation_id=participation_id))
    return len(asked)


@transaction.atomic
def forget_words_of(*, actor: Actor, person_id: int) -> int:
    """Delete the words of somebody who is erased; the bare answers belong to nobody and stay.

    To be called while the secrets of the seats are still there.
    """
    require(actor, "activities.forget")
    keys = [key_of(row) for row in Participation.objects.filter(person_id=person_id)]
    return Feedback.objects.filter(key__in=keys).update(words="", language="")


@transaction.atomic
def forget_old_words(*, actor: Actor, now: datetime) -> int:
    """Delete the words about dates of long ago; return how many."""
    require(actor, "activities.forget")
    limit = now - kept_for("activities.feedback_words")
    old = Feedback.objects.filter(date__ends_at__lt=limit).exclude(words="")
    return old.update(words="", language="")


def feedback_of_person(person: Person) -> QuerySet[Feedback]:
    """Give what ``person`` answered, found over their own seats."""
    rows = Participation.objects.filter(person=person)
    keys = [key_of(row) for row in rows]
    return Feedback.objects.filter(key__in=keys).select_related("date__activity")
