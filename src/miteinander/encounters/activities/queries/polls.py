"""Reading date polls: how many can come when, which date is best, and whom one may ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from miteinander.community.people.enums import Background
from miteinander.community.people.models import Person
from miteinander.encounters.activities.enums import (
    CAN_COME,
    ON_LIST,
    DateStatus,
    PollChoice,
    PollGuests,
    Presence,
)
from miteinander.encounters.activities.models import (
    Activity,
    DatePoll,
    Participation,
    PollAnswer,
    PollDate,
    PollVote,
)
from miteinander.encounters.activities.permissions import askable
from miteinander.encounters.activities.queries.planning import planned_by
from miteinander.foundation.core.permissions import Actor


@dataclass(frozen=True)
class DateCount:
    """How many people can come on one proposed date.

    ``both`` is how many there are at least of either side; it only helps to choose and is never
    shown.
    """

    date: PollDate
    yes: int = 0
    if_needed: int = 0
    both: int = 0
    has_passed: bool = False

    @property
    def can(self) -> int:
        """How many can come, gladly or if need be."""
        return self.yes + self.if_needed

    @property
    def rank(self) -> tuple[int, int, int, datetime]:
        """Sort the best first: most yes, then if need be, then both sides, then the earliest."""
        return (-self.yes, -self.if_needed, -self.both, self.date.starts_at)


def shown_polls() -> QuerySet[DatePoll]:
    """Give the narrowed fetch for the page of whoever has the link."""
    return (
        DatePoll.objects.filter(askable("activity__"))
        .select_related(
            "activity__organisation", "activity__venue__municipality", "activity__municipality",
            "date",
        )
        .prefetch_related("activity__versions")
    )  # fmt: skip


def planned_polls(actor: Actor) -> QuerySet[DatePoll]:
    """Give the narrowed fetch for those who plan."""
    activities = Activity.objects.filter(planned_by(actor))
    return DatePoll.objects.filter(activity__in=activities.values("pk")).select_related(
        "activity__organisation", "date"
    )


def polled_activity(actor: Actor) -> QuerySet[Activity]:
    """Give the narrowed fetch for the page on which people are asked about an occasion."""
    activities = Activity.objects.filter(planned_by(actor)).select_related("organisation")
    return activities.prefetch_related("versions")


def latest_poll(activity: Activity) -> DatePoll | None:
    """Return the poll of an occasion that was begun last."""
    return (
        DatePoll.objects.filter(activity=activity)
        .select_related("date")
        .order_by("-created_at", "-pk")
        .first()
    )


def results_of(poll: DatePoll, now: datetime) -> list[DateCount]:
    """Count the answers to each proposed date, in the order of the dates; two queries."""
    rows = (
        PollVote.objects.filter(date__poll=poll, choice__in=CAN_COME)
        .order_by()
        .values_list("date_id", "choice", "answer__side")
        .annotate(count=Count("pk"))
    )
    counts = {(date_id, choice, side): count for date_id, choice, side, count in rows}
    return [_counted(date, counts, now) for date in poll.dates.all()]


def _counted(date: PollDate, counts: dict[tuple[int, str, str], int], now: datetime) -> DateCount:
    def number(choices: Iterable[str], sides: Iterable[str] = Background.values) -> int:
        return sum(counts.get((date.pk, choice, side), 0) for choice in choices for side in sides)

    return DateCount(
        date=date,
        yes=number([PollChoice.YES]),
        if_needed=number([PollChoice.IF_NEEDED]),
        both=min(number(CAN_COME, [side]) for side in (Background.LOCAL, Background.NEWCOMER)),
        has_passed=date.has_passed(now),
    )


def best_of(results: Iterable[DateCount]) -> DateCount | None:
    """Pick the date that suits most people, of those still to come."""
    coming = [row for row in results if not row.has_passed]
    return min(coming, key=lambda row: row.rank, default=None)


def answer_of(poll: DatePoll, person: Person) -> PollAnswer | None:
    """Return what ``person`` answered."""
    return PollAnswer.objects.filter(poll=poll, person=person).first()


def choices_of(answer: PollAnswer | None) -> dict[int, str]:
    """Map proposed dates to what was answered; nothing where nobody answered yet."""
    if answer is None:
        return {}
    return dict(answer.votes.values_list("date_id", "choice"))


def people_to_ask(poll: DatePoll, whom: str, now: datetime) -> QuerySet[Person]:
    """List who may be asked by mail: came before, has an address, and has not answered yet.

    Guests gave their address for one meeting, so they are only asked about that one; people with
    an account also by the organisation they came to.
    """
    came = Participation.objects.filter(
        person=OuterRef("pk"),
        status__in=ON_LIST,
        date__ends_at__lt=now,
        date__status=DateStatus.SCHEDULED,
    ).exclude(presence=Presence.ABSENT)
    chosen = Q(Exists(came.filter(date__activity=poll.activity_id)))
    if whom == PollGuests.ORGANISATION:
        ours = came.filter(date__activity__organisation=poll.activity.organisation_id)
        chosen |= Q(Exists(ours), account_since__isnull=False)
    answered = PollAnswer.objects.filter(poll=poll, person=OuterRef("pk"))
    return (
        Person.objects.filter(chosen, is_active=True, erased_at__isnull=True)
        .exclude(Q(email__isnull=True) | Q(email=""))
        .exclude(Exists(answered))
        .order_by("pk")
    )
