"""What organisers see of the feedback: counts and words, from five answers on, never a name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from miteinander.encounters.activities.enums import Answer, DateStatus, Question
from miteinander.encounters.activities.models import Activity, ActivityDate, Feedback
from miteinander.foundation.ui.components import Table

ENOUGH = 5
SHOWN = 60


@dataclass(frozen=True)
class Said:
    """Words somebody wrote, and in which language the page was they wrote them on."""

    words: str
    language: str


@dataclass(frozen=True)
class Results:
    """What was said about one date. Below five answers only that there are too few.

    ``questions`` holds for each question how many said yes, no and rather not.
    """

    date: ActivityDate
    is_enough: bool
    count: int = 0
    questions: tuple[tuple[str, tuple[int, int, int]], ...] = ()
    words: tuple[Said, ...] = ()

    @property
    def table(self) -> Table:
        """Show the counts of each question."""
        return Table(
            caption=_("How many answered what"),
            head=[_("Question"), *(answer.label for answer in Answer)],
            rows=[[question, *counts] for question, counts in self.questions],
        )


def results_of(activity: Activity, now: datetime) -> list[Results]:
    """Sum up the feedback on each past date of ``activity``, the latest first.

    Two queries, however many dates. Words come in the order of their keys, which are drawn from
    secrets: the order tells neither who nor when.
    """
    dates: QuerySet[ActivityDate] = (
        activity.dates.filter(status=DateStatus.SCHEDULED, ends_at__lte=now)
        .prefetch_related(Prefetch("feedback", Feedback.objects.order_by("key")))
        .order_by("-starts_at", "-pk")
    )
    return [_results(date) for date in dates[:SHOWN]]


def _results(date: ActivityDate) -> Results:
    given = list(date.feedback.all())
    if len(given) < ENOUGH:
        return Results(date=date, is_enough=False)
    return Results(
        date=date,
        is_enough=True,
        count=len(given),
        questions=tuple(_counted(given)),
        words=tuple(Said(row.words, row.language) for row in given if row.words),
    )


def _counted(given: list[Feedback]) -> Iterable[tuple[str, tuple[int, int, int]]]:
    for question in Question:
        said = [getattr(row, question.value) for row in given]
        counts = said.count(Answer.YES), said.count(Answer.NO), said.count(Answer.UNSAID)
        yield str(question.label), counts
