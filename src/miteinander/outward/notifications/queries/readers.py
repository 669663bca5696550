"""To whom of a date an organiser can write, and how often it was done today."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from miteinander.community.people.models import Person
from miteinander.encounters.activities.enums import HOPING, INVOLVED, ParticipationStatus
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.foundation.core import clock
from miteinander.outward.notifications.enums import LetterKind, Readers
from miteinander.outward.notifications.models import PeopleMessage
from miteinander.outward.notifications.queries.letters import OVERDUE_AFTER

STATES = {
    Readers.SIGNED_UP: (ParticipationStatus.SIGNED_UP,),
    Readers.WAITING: (ParticipationStatus.OFFERED, *HOPING),
    Readers.ALL: INVOLVED,
}
NO_ADDRESS = Q(person__email__isnull=True) | Q(person__email="")


@dataclass(frozen=True)
class Reach:
    """How many people a message goes to, and how many have no address."""

    reached: int
    unreached: int

    @property
    def is_anybody(self) -> bool:
        """Whether there is anybody at all."""
        return bool(self.reached or self.unreached)


def readers_of(date_id: int, readers: Readers) -> QuerySet[Participation]:
    """Everybody in the wanted state who can be reached by mail."""
    chosen = Participation.objects.filter(date_id=date_id, status__in=STATES[readers])
    return chosen.exclude(NO_ADDRESS).select_related("person").order_by("pk")


def reach_by_state(date: ActivityDate) -> dict[Readers, Reach]:
    """Count for each choice who gets a message and who cannot be reached; one query."""
    counts = Participation.objects.filter(date=date).aggregate(
        **{
            f"{readers}_{name}": Count("pk", filter=Q(status__in=states) & address)
            for readers, states in STATES.items()
            for name, address in (("reached", ~NO_ADDRESS), ("unreached", NO_ADDRESS))
        }
    )
    return {
        readers: Reach(counts[f"{readers}_reached"], counts[f"{readers}_unreached"])
        for readers in STATES
    }


def words_key(date_id: int, entry: str, participation_id: int) -> str:
    """Name the letter of one message to one person; ``entry`` marks one filled-in form."""
    return f"{LetterKind.ORGANISER_WORDS}:{date_id}:{entry}:{participation_id}"


def messages_today(date_id: int, now: datetime) -> dict[str, int]:
    """Map each message written today to the people of a date to how many get it."""
    today = clock.start_of_day(clock.local(now).date())
    rows = PeopleMessage.objects.filter(date_id=date_id, created_at__gte=today)
    return dict(rows.values_list("entry", "count"))


def is_being_written(date: ActivityDate) -> bool:
    """Whether letters are still being made of what somebody wrote to the people of a date."""
    return PeopleMessage.objects.filter(date=date, done_at=None).exists()


def overdue_words(now: datetime) -> QuerySet[PeopleMessage]:
    """Messages of which letters should have been made by now."""
    return PeopleMessage.objects.filter(done_at=None, created_at__lte=now - OVERDUE_AFTER)


def exported_words(person: Person) -> list[dict[str, Any]]:
    """What ``person`` wrote to the people of dates; the words as long as they are kept."""
    rows = PeopleMessage.objects.filter(author=person).order_by("created_at", "pk")
    return [
        {
            "date": row.date_id,
            "written_at": row.created_at.isoformat(),
            "readers": row.readers,
            "language": row.language,
            "words": row.words,
        }
        for row in rows
    ]
