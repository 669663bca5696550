from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from miteinander.community.organisations.enums import OrganisationStatus
from miteinander.community.organisations.tests.factories import OrganisationFactory
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.encounters.activities import messages
from miteinander.encounters.activities.enums import ActivityStatus, PollStatus
from miteinander.encounters.activities.models import Activity, ActivityDate, DatePoll, PollDate
from miteinander.encounters.activities.permissions import askable, is_askable
from miteinander.encounters.activities.services import planning, polls
from miteinander.encounters.activities.tests.factories import (
    ActivityFactory,
    DateFactory,
    PollAnswerFactory,
    PollFactory,
)
from miteinander.encounters.activities.tests.planners import (
    coordinator,
    planner_of,
    ready_draft,
    told,
)
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
CLOCK = SystemActor("test")


def decide(poll: DatePoll, number: int = 0, actor: object = None) -> DatePoll:
    chosen = list(poll.dates.all())[number]
    planner = actor or planner_of(poll.activity.organisation)
    return polls.decide_poll(actor=planner, poll_id=poll.pk, poll_date_id=chosen.pk)  # type: ignore[arg-type]


def test_the_chosen_date_becomes_an_ordinary_one(monkeypatch: pytest.MonkeyPatch) -> None:
    poll = PollFactory.create()
    with told(monkeypatch) as heard:
        decided = decide(poll, 1)

    one = ActivityDate.objects.get()
    chosen = PollDate.objects.get(is_chosen=True)
    assert decided.status == PollStatus.DECIDED
    assert decided.date == one
    assert (one.starts_at, one.ends_at) == (chosen.starts_at, chosen.ends_at)
    assert messages.PollDecided(poll.pk) in heard
    assert decided.decided_told_at is not None


def test_two_organisers_choose_twice_and_there_is_one_date() -> None:
    poll = PollFactory.create()
    decide(poll, 1)
    again = decide(poll, 1)

    assert again.status == PollStatus.DECIDED
    with pytest.raises(polls.AlreadyDecided):
        decide(poll, 2)
    assert ActivityDate.objects.count() == 1
    assert PollDate.objects.filter(is_chosen=True).count() == 1


def test_a_date_there_is_already_is_that_date() -> None:
    poll = PollFactory.create()
    first = poll.dates.first()
    assert first is not None
    known = DateFactory.create(
        activity=poll.activity, starts_at=first.starts_at, ends_at=first.ends_at
    )
    assert decide(poll).date == known
    assert ActivityDate.objects.get() == known


def test_a_date_that_has_passed_cannot_be_chosen_and_it_is_said_why() -> None:
    poll = PollFactory.create(days=(2, 9))
    with clock.held_at(clock.now() + timedelta(days=3)), pytest.raises(ValidationError) as refused:
        decide(poll, 0)
    assert refused.value.code == "passed"
    assert not ActivityDate.objects.exists()
    assert DatePoll.objects.get().status == PollStatus.OPEN


def test_a_date_of_another_poll_is_none_of_the_proposed() -> None:
    poll, other = PollFactory.create_batch(2)
    foreign = PollDate.objects.filter(poll=other)[0]
    with pytest.raises(ValidationError):
        polls.decide_poll(
            actor=planner_of(poll.activity.organisation), poll_id=poll.pk,
            poll_date_id=foreign.pk,
        )  # fmt: skip
    assert not ActivityDate.objects.exists()


def test_a_stranger_chooses_nothing() -> None:
    poll = PollFactory.create()
    with pytest.raises(PermissionDenied):
        decide(poll, 0, PersonFactory.create())
    assert not ActivityDate.objects.exists()


def test_a_hidden_meeting_gets_no_date_by_a_poll() -> None:
    poll = PollFactory.create()
    Activity.objects.update(status=ActivityStatus.HIDDEN)
    with pytest.raises((polls.PollIsClosed, PermissionDenied)):
        decide(poll)
    assert not ActivityDate.objects.exists()


def test_who_answered_about_a_draft_is_told_when_it_is_published(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    draft = ready_draft()
    poll = PollFactory.create(activity=draft)
    with told(monkeypatch) as heard:
        decided = decide(poll)
    assert not [one for one in heard if isinstance(one, messages.PollDecided)]
    assert decided.decided_told_at is None

    DateFactory.create(activity=draft)
    planning.publish_activity(actor=planner_of(draft.organisation), activity_id=draft.pk)
    assert DatePoll.objects.get().decided_told_at is not None
    assert polls.tell_of_decisions(actor=CLOCK, activity_id=draft.pk) == 0


def test_the_clock_tells_the_organiser_once_when_the_time_is_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    poll = PollAnswerFactory.create().poll
    after = poll.closes_at + timedelta(minutes=1)
    with told(monkeypatch) as heard:
        assert polls.close_polls(actor=CLOCK, now=clock.now()) == 0
        assert polls.close_polls(actor=CLOCK, now=after) == 1
        assert polls.close_polls(actor=CLOCK, now=after) == 0
    assert heard == [messages.PollClosed(poll.pk)]
    assert DatePoll.objects.get().status == PollStatus.OPEN


def test_a_poll_without_any_answer_ends_empty_and_people_can_be_asked_again() -> None:
    poll = PollFactory.create(activity=ready_draft())
    assert polls.close_polls(actor=CLOCK, now=poll.closes_at) == 1

    poll.refresh_from_db()
    assert poll.status == PollStatus.EMPTY
    assert poll.activity.status == ActivityStatus.DRAFT
    with pytest.raises(polls.PollIsClosed):
        decide(poll)
    PollFactory.create(activity=poll.activity)
    assert DatePoll.objects.count() == 2


def test_a_poll_nobody_decides_ends_when_its_last_date_has_passed() -> None:
    poll = PollAnswerFactory.create().poll
    last = poll.dates.last()
    assert last is not None
    polls.close_polls(actor=CLOCK, now=poll.closes_at)
    polls.close_polls(actor=CLOCK, now=last.starts_at)
    assert DatePoll.objects.get().status == PollStatus.STOPPED


def test_an_organiser_stops_asking_once_and_not_after_the_choice() -> None:
    poll, decided = PollFactory.create_batch(2)
    planner = planner_of(poll.activity.organisation)
    polls.stop_poll(actor=planner, poll_id=poll.pk)
    assert polls.stop_poll(actor=planner, poll_id=poll.pk).status == PollStatus.STOPPED
    decide(decided)
    with pytest.raises(polls.PollIsClosed):
        polls.stop_poll(actor=planner_of(decided.activity.organisation), poll_id=decided.pk)


def test_only_the_clock_closes_polls() -> None:
    with pytest.raises(PermissionDenied):
        polls.close_polls(actor=coordinator(), now=clock.now())


class TestAskable(TestCase):
    @given(
        status=st.sampled_from(ActivityStatus.values),
        organisation=st.sampled_from(OrganisationStatus.values),
        is_trusted=st.booleans(),
        is_template=st.booleans(),
        is_standing=st.booleans(),
    )
    def test_the_rule_and_the_set_agree(
        self,
        *,
        status: str,
        organisation: str,
        is_trusted: bool,
        is_template: bool,
        is_standing: bool,
    ) -> None:
        is_template = is_template and status == ActivityStatus.DRAFT
        activity = ActivityFactory.create(
            status=status,
            is_template=is_template,
            is_standing=is_standing,
            published_at=None,
            organisation=OrganisationFactory.create(
                status=organisation, trusted_since=clock.now() if is_trusted else None
            ),
        )
        is_in = Activity.objects.filter(askable(), pk=activity.pk).exists()
        assert is_in == is_askable(activity)
