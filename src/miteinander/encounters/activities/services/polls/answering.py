"""Saying which dates suit. Whoever answers holds the row of the poll, after their own."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from miteinander.community.people import services as people
from miteinander.encounters.activities.enums import PollChoice
from miteinander.encounters.activities.messages import PollAnswered
from miteinander.encounters.activities.models import DatePoll, PollAnswer, PollVote
from miteinander.encounters.activities.services.polls.holding import (
    check_takes_answers,
    locked_poll,
)
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import Actor, require

Choices = Mapping[int, str]


@dataclass(frozen=True)
class Answered:
    """An answer, and whether whoever sent it may see it: a stranger's stays as it was."""

    answer: PollAnswer
    is_own: bool


@transaction.atomic
def answer_poll(
    *, actor: Actor, poll_id: int, person_id: int, language: str, side: str, choices: Choices
) -> PollAnswer:
    """Note which dates suit a person, or change it; ``choices`` maps proposed dates to answers.

    Raises:
        PollIsClosed: it takes no answers any more.
        ValidationError: a coming date is left out, or the answer is none.
    """
    poll = locked_poll(poll_id)
    require(actor, "activities.answer_poll", (poll.activity, person_id))
    check_takes_answers(poll)
    known = PollAnswer.objects.filter(poll=poll, person_id=person_id).first()
    answer = known or PollAnswer(
        poll=poll, person_id=person_id, token=secrets.token_urlsafe(24)
    )  # fmt: skip
    answer.language, answer.side = language, side
    return _write(poll, answer, choices)


@transaction.atomic
def answer_poll_guest(
    *, actor: Actor, poll_id: int, contact: people.Contact, choices: Choices, entry: str = ""
) -> Answered:
    """Note which dates suit somebody without an account, known by a name and one contact.

    A contact that has answered already keeps that answer: whoever typed it has proven nothing,
    and only the mail tells. The same filled-in form (``entry``) is known again. Publishes
    ``PollAnswered``.

    Raises:
        PollIsClosed: it takes no answers any more.
        ValidationError: the contact is none, a coming date is left out, or the answer is none.
    """
    guest = people.meet_guest(actor=actor, contact=contact)
    person = guest.person
    poll = locked_poll(poll_id)
    require(actor, "activities.answer_poll_guest", poll.activity)
    check_takes_answers(poll)
    token = _token(entry, poll, person.pk)
    known = PollAnswer.objects.filter(poll=poll, person=person).first()
    if known is not None and known.token != token:
        _checked(poll, choices)
        bus.publish(PollAnswered(answer_id=known.pk, is_again=True))
        return Answered(known, is_own=False)
    answer = known or PollAnswer(poll=poll, person=person, token=token)
    answer.language, answer.side = contact.language, contact.background
    _write(poll, answer, choices)
    if known is None:
        bus.publish(PollAnswered(answer_id=answer.pk))
    return Answered(answer, is_own=guest.is_who(contact))


@transaction.atomic
def change_answer(*, actor: Actor, answer_id: int, choices: Choices) -> PollAnswer:
    """Change what was answered, by the private link (then the system acts) or signed in.

    Raises:
        PollIsClosed: it takes no answers any more.
        ValidationError: a coming date is left out, or the answer is none.
    """
    poll_id = PollAnswer.objects.values_list("poll_id", flat=True).get(pk=answer_id)
    poll = locked_poll(poll_id)
    answer = PollAnswer.objects.get(pk=answer_id)
    require(actor, "activities.answer_poll", (poll.activity, answer.person_id))
    check_takes_answers(poll)
    return _write(poll, answer, choices)


def _token(entry: str, poll: DatePoll, person_id: int) -> str:
    """Make the secret of an answer, the same again for the same filled-in form."""
    if not entry:
        return secrets.token_urlsafe(24)
    return salted_hmac("activities.poll", f"{entry}:{poll.pk}:{person_id}").hexdigest()[:32]


def _checked(poll: DatePoll, choices: Choices) -> dict[int, str]:
    """Return the answers that count: one for each proposed date still to come."""
    now = clock.now()
    coming = [date.pk for date in poll.dates.all() if not date.has_passed(now)]
    if any(choices.get(pk) not in PollChoice.values for pk in coming):
        raise ValidationError(_("Please choose an answer for each date."), code="incomplete")
    return {pk: choices[pk] for pk in coming}


def _write(poll: DatePoll, answer: PollAnswer, choices: Choices) -> PollAnswer:
    counted = _checked(poll, choices)
    answer.answered_at = clock.now()
    answer.save()
    PollVote.objects.filter(answer=answer, date__in=counted).delete()
    PollVote.objects.bulk_create(
        [PollVote(answer=answer, date_id=pk, choice=choice) for pk, choice in counted.items()]
    )
    return answer
