"""Many people answer, and two organisers choose, at the same moment."""

import pytest
from django.core.exceptions import ValidationError

from miteinander.community.people.services import Contact
from miteinander.encounters.activities.models import (
    ActivityDate,
    DatePoll,
    PollAnswer,
    PollDate,
    PollVote,
)
from miteinander.encounters.activities.services import polls
from miteinander.encounters.activities.tests.factories import PollFactory
from miteinander.encounters.activities.tests.planners import planner_of
from miteinander.encounters.activities.tests.test_seats_at_once import at_once
from miteinander.foundation.core.permissions import SystemActor

pytestmark = [
    pytest.mark.concurrency,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("database_for_threads"),
]
SYSTEM = SystemActor("test")


def say_yes(poll: DatePoll, number: int) -> str:
    polls.answer_poll_guest(
        actor=SYSTEM, poll_id=poll.pk, entry=f"form {number % 2}",
        contact=Contact(name="Amal", email="amal@example.org"),
        choices=dict.fromkeys(poll.dates.values_list("pk", flat=True), "yes"),
    )  # fmt: skip
    return "said"


def test_the_same_person_fifty_times_at_once_is_one_answer() -> None:
    poll = PollFactory.create()
    assert set(at_once(lambda number: say_yes(poll, number))) == {"said"}
    assert PollAnswer.objects.count() == 1
    assert PollVote.objects.count() == 3


def test_fifty_choices_at_once_make_one_date() -> None:
    poll = PollFactory.create()
    planner = planner_of(poll.activity.organisation)
    keys = list(poll.dates.values_list("pk", flat=True))

    def choose(number: int) -> str:
        try:
            polls.decide_poll(actor=planner, poll_id=poll.pk, poll_date_id=keys[number % 3])
        except ValidationError as error:
            return str(error.code)
        return "chosen"

    assert set(at_once(choose)) == {"chosen", "already_decided"}
    assert ActivityDate.objects.count() == 1
    assert PollDate.objects.filter(is_chosen=True).count() == 1
