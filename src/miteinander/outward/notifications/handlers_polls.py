"""What is told of date polls becomes letters."""

from miteinander.community.organisations.queries import managers_of
from miteinander.encounters.activities.messages import (
    PollAnswered,
    PollClosed,
    PollDecided,
    PollGuestsWanted,
    PollStopped,
)
from miteinander.encounters.activities.models import DatePoll, PollAnswer
from miteinander.foundation.core import clock
from miteinander.foundation.core.bus import subscribe
from miteinander.foundation.core.permissions import SystemActor
from miteinander.outward.notifications import jobs, services
from miteinander.outward.notifications.enums import LetterKind

_SYSTEM = SystemActor("notifications")


@subscribe(PollAnswered)
def confirm_answer(message: PollAnswered) -> None:
    """Send a guest the private link of the answer; once more at most once an hour."""
    answer = PollAnswer.objects.select_related("person").get(pk=message.answer_id)
    mark = f":{clock.now():%Y-%m-%dT%H}" if message.is_again else ""
    services.write_letter(
        actor=_SYSTEM,
        key=f"{answer.pk}{mark}",
        kind=LetterKind.POLL_ANSWERED,
        address=answer.person.email or "",
        language=answer.language,
        context={
            "answer": answer.pk, "person": answer.person_id, "is_again": message.is_again,
        },
    )  # fmt: skip


@subscribe(PollGuestsWanted)
def ask_people_of_before(message: PollGuestsWanted) -> None:
    """Ask people who came before, in a job: there may be many."""
    jobs.ask_poll_guests.enqueue(message.poll_id, message.whom)


@subscribe(PollDecided)
def tell_of_decision(message: PollDecided) -> None:
    """Tell everybody who answered which date it became."""
    jobs.tell_of_poll.enqueue(message.poll_id)


@subscribe(PollStopped)
def tell_of_no_date(message: PollStopped) -> None:
    """Tell everybody who answered that no date was found."""
    jobs.tell_of_poll.enqueue(message.poll_id)


@subscribe(PollClosed)
def tell_organiser(message: PollClosed) -> None:
    """Tell whoever planned the meeting that it is time to choose, or that nobody answered."""
    poll = DatePoll.objects.select_related(
        "activity__organisation", "activity__created_by"
    ).get(pk=message.poll_id)  # fmt: skip
    author = poll.activity.created_by
    is_known = author is not None and author.email and author.is_active
    for person in [author] if author and is_known else managers_of(poll.activity.organisation):
        services.write_letter(
            actor=_SYSTEM,
            key=f"{poll.pk}:{person.pk}",
            kind=LetterKind.POLL_CLOSED,
            address=person.email or "",
            language=person.language,
            context={"poll": poll.pk, "person": person.pk},
        )
