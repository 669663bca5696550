"""To whom of a date an organiser can write, and how often it was done today."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from miteinander.encounters.activities.enums import HOPING, INVOLVED, ParticipationStatus
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.foundation.core import clock
from miteinander.outward.notifications.enums import LetterKind, Readers
from miteinander.outward.notifications.models import Letter

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


def readers_of(date: ActivityDate, readers: Readers) -> QuerySet[Participation]:
    """Everybody in the wanted state who can be reached by mail."""
    chosen = Participation.objects.filter(date=date, status__in=STATES[readers])
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
    """Map each message written today to the people of a date to how many got it."""
    begin = f"{LetterKind.ORGANISER_WORDS}:{date_id}:"
    today = clock.start_of_day(clock.local(now).date())
    keys = Letter.objects.filter(key__startswith=begin, created_at__gte=today)
    counts: dict[str, int] = {}
    for key in keys.values_list("key", flat=True):
        entry = key.split(":")[2]
        counts[entry] = counts.get(entry, 0) + 1
    return counts
