"""Letters about date polls: asking people who came before, and telling which date it became."""

from django.db import transaction

from miteinander.encounters.activities.enums import PollStatus
from miteinander.encounters.activities.models import DatePoll, PollAnswer
from miteinander.encounters.activities.permissions import is_askable
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor, require
from miteinander.outward.notifications.enums import LetterKind
from miteinander.outward.notifications.queries import poll_guests
from miteinander.outward.notifications.services.letters import write_letter

BATCH = 200


def ask_poll_guests(*, actor: Actor, poll_id: int, whom: str) -> int:
    """Write to everybody who may be asked; return to how many.

    In batches, each in the language of the reader. May run again: nobody gets a second one.
    """
    require(actor, "notifications.send")
    poll = DatePoll.objects.select_related("activity__organisation").filter(pk=poll_id).first()
    if poll is None or not poll.takes_answers(clock.now()) or not is_askable(poll.activity):
        return 0
    people = list(poll_guests(poll, whom))
    for begin in range(0, len(people), BATCH):
        with transaction.atomic():
            for person in people[begin : begin + BATCH]:
                write_letter(
                    actor=actor,
                    key=f"{poll.pk}:{person.pk}",
                    kind=LetterKind.POLL_INVITED,
                    address=person.email or "",
                    language=person.language,
                    context={"poll": poll.pk, "person": person.pk},
                )
    return len(people)


def tell_of_poll(*, actor: Actor, poll_id: int) -> int:
    """Write to everybody who answered which date it became, or that none did; return to how many.

    May run again: nobody gets a second one.
    """
    require(actor, "notifications.send")
    answers = PollAnswer.objects.filter(poll_id=poll_id, person__email__isnull=False)
    is_stopped = DatePoll.objects.filter(pk=poll_id, status=PollStatus.STOPPED).exists()
    rows = list(answers.select_related("person").order_by("pk"))
    for begin in range(0, len(rows), BATCH):
        with transaction.atomic():
            for answer in rows[begin : begin + BATCH]:
                write_letter(
                    actor=actor,
                    key=str(answer.pk),
                    kind=LetterKind.POLL_STOPPED if is_stopped else LetterKind.POLL_DECIDED,
                    address=answer.person.email or "",
                    language=answer.language,
                    context={"answer": answer.pk, "person": answer.person_id},
                )
    return len(rows)
