from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from miteinander.community.organisations.enums import OrganisationStatus
from miteinander.community.organisations.tests.factories import OrganisationFactory
from miteinander.community.people import services as people
from miteinander.community.people.models import Person
from miteinander.community.people.services import Contact
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.encounters.activities import messages
from miteinander.encounters.activities.enums import ActivityStatus, PollGuests, PollStatus
from miteinander.encounters.activities.models import (
    Activity,
    ActivityDate,
    DatePoll,
    PollAnswer,
    PollVote,
)
from miteinander.encounters.activities.queries.polls import (
    best_of,
    choices_of,
    people_to_ask,
    results_of,
)
from miteinander.encounters.activities.services import planning, polls
from miteinander.encounters.activities.services.dates import PlannedDate
from miteinander.encounters.activities.tests.factories import (
    ActivityFactory,
    DateFactory,
    ParticipationFactory,
    PollAnswerFactory,
    PollFactory,
)
from miteinander.encounters.activities.tests.planners import planner_of, ready_draft, told
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
CLOCK = SystemActor("test")


def days(*numbers: float) -> list[PlannedDate]:
    starts = [clock.now() + timedelta(days=number) for number in numbers]
    return [PlannedDate(moment, moment + timedelta(hours=2)) for moment in starts]


def propose(activity: Activity, rows: list[PlannedDate], close: float = 3) -> DatePoll:
    return polls.propose_dates(
        actor=planner_of(activity.organisation), activity_id=activity.pk, rows=rows,
        closes_at=clock.now() + timedelta(days=close),
    )  # fmt: skip


def all_say(poll: DatePoll, choice: str) -> dict[int, str]:
    return dict.fromkeys(poll.dates.values_list("pk", flat=True), choice)


def answer(
    poll: DatePoll, choice: str = "yes", *, entry: str = "form", **who: str
) -> polls.Answered:
    contact = Contact(**({"name": "Amal", "email": "amal@example.org"} | who))
    return polls.answer_poll_guest(
        actor=CLOCK, poll_id=poll.pk, contact=contact, choices=all_say(poll, choice), entry=entry
    )


def test_dates_are_proposed_once_and_noted_in_the_record() -> None:
    with clock.held_at(clock.now()):
        activity, rows = ActivityFactory.create(), days(5, 6, 7)
        poll = propose(activity, rows)
        again = propose(activity, rows)

    assert again == poll
    assert poll.status == PollStatus.OPEN
    assert poll.dates.count() == 3
    assert AuditEntry.objects.filter(verb="activities.propose_dates").count() == 1
    with pytest.raises(ValidationError) as refused:
        propose(activity, days(8, 9))
    assert refused.value.code == "already_open"


@pytest.mark.parametrize(
    ("numbers", "close", "code"),
    [
        ((5,), 3, "count"),
        (tuple(range(5, 16)), 3, "count"),
        ((5, 5), 3, "twice"),
        ((-1, 5), 3, "past"),
        ((0.5, 5), 0.1, "too_soon"),
        ((5, 6), -1, "close_past"),
        ((5, 6), 4.5, "close_late"),
    ],
)
def test_dates_that_cannot_be_are_refused_and_nothing_is_asked(
    numbers: tuple[float, ...], close: float, code: str
) -> None:
    with clock.held_at(clock.now()), pytest.raises(ValidationError) as refused:
        propose(ActivityFactory.create(), days(*numbers), close)
    assert refused.value.code == code
    assert not DatePoll.objects.exists()


def test_a_stranger_asks_nobody_and_a_template_or_a_hidden_meeting_is_not_asked_about() -> None:
    activity = ActivityFactory.create()
    with pytest.raises(PermissionDenied):
        polls.propose_dates(
            actor=PersonFactory.create(), activity_id=activity.pk, rows=days(5, 6),
            closes_at=clock.now() + timedelta(days=2),
        )  # fmt: skip
    new = ActivityFactory.create(
        status=ActivityStatus.DRAFT, organisation=OrganisationFactory.create(trusted_since=None)
    )
    template = ActivityFactory.create(
        status=ActivityStatus.DRAFT, published_at=None, is_template=True
    )
    for closed in (new, template):
        with pytest.raises(ValidationError):
            propose(closed, days(5, 6))
    assert not DatePoll.objects.exists()


def test_the_same_person_twice_is_one_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    poll = PollFactory.create()
    with told(monkeypatch) as heard:
        first = answer(poll)
        sent_twice = answer(poll, "no")
        stranger = answer(poll, "maybe", entry="other", name="Somebody")

    assert first.is_own
    assert sent_twice.answer == first.answer
    assert not stranger.is_own
    assert PollAnswer.objects.get().person.name == "Amal"
    assert set(PollVote.objects.values_list("choice", flat=True)) == {"no"}
    assert heard == [
        messages.PollAnswered(first.answer.pk),
        messages.PollAnswered(first.answer.pk, is_again=True),
    ]


def test_somebody_signed_in_answers_and_changes_it_alone() -> None:
    poll, person = PollFactory.create(), PersonFactory.create()
    choices = all_say(poll, "yes")
    for choice in ("yes", "maybe"):
        polls.answer_poll(
            actor=person, poll_id=poll.pk, person_id=person.pk, language="ar", side="local",
            choices=all_say(poll, choice),
        )  # fmt: skip
    found = PollAnswer.objects.get()
    assert set(choices_of(found).values()) == {"maybe"}
    with pytest.raises(PermissionDenied):
        polls.change_answer(actor=PersonFactory.create(), answer_id=found.pk, choices=choices)
    assert set(choices_of(found).values()) == {"maybe"}


def test_each_coming_date_needs_an_answer() -> None:
    poll = PollFactory.create()
    for choices in ({}, all_say(poll, "perhaps")):
        with pytest.raises(ValidationError) as refused:
            polls.answer_poll_guest(
                actor=CLOCK, poll_id=poll.pk, contact=Contact(name="A", email="a@example.org"),
                choices=choices,
            )  # fmt: skip
        assert refused.value.code == "incomplete"
    assert not PollAnswer.objects.exists()


@pytest.mark.parametrize("how", ["late", "decided", "hidden", "hidden organisation"])
def test_a_poll_that_is_over_takes_no_answers(how: str) -> None:
    poll = PollFactory.create()
    given = answer(poll).answer
    if how == "late":
        poll.closes_at = clock.now()
    elif how == "decided":
        poll.status = PollStatus.DECIDED
    elif how == "hidden":
        Activity.objects.update(status=ActivityStatus.HIDDEN)
    else:
        poll.activity.organisation.status = OrganisationStatus.HIDDEN
        poll.activity.organisation.save()
    poll.save()

    with pytest.raises((polls.PollIsClosed, PermissionDenied)):
        answer(poll, email="late@example.org")
    with pytest.raises((polls.PollIsClosed, PermissionDenied)):
        polls.change_answer(actor=CLOCK, answer_id=given.pk, choices=all_say(poll, "no"))
    assert set(PollVote.objects.values_list("choice", flat=True)) == {"yes"}


@pytest.mark.parametrize(
    ("answers", "sides", "best"),
    [
        ([("no", "yes", "maybe"), ("no", "yes", "yes")], "", 1),
        ([("yes", "yes", "maybe"), ("no", "maybe", "yes")], "", 1),
        ([("yes", "yes", "no"), ("yes", "no", "yes"), ("no", "yes", "yes")], "", 0),
        ([("yes", "yes", "no"), ("yes", "no", "yes"), ("no", "yes", "yes")], "lln", 1),
    ],
)
def test_the_best_date_has_most_yes_then_if_need_be_then_both_sides_then_is_the_earliest(
    answers: list[tuple[str, ...]], sides: str, best: int
) -> None:
    poll = PollFactory.create()
    names = {"l": "local", "n": "newcomer"}
    for votes, side in zip(answers, sides or "u" * len(answers), strict=True):
        PollAnswerFactory.create(poll=poll, votes=votes, side=names.get(side, "undisclosed"))

    found = best_of(results_of(poll, clock.now()))

    assert found is not None
    assert found.date == list(poll.dates.all())[best]


@pytest.mark.parametrize("size", [1, 5])
def test_counting_takes_as_many_queries_for_one_answer_as_for_five(
    size: int, django_assert_num_queries: object
) -> None:
    poll = PollFactory.create()
    PollAnswerFactory.create_batch(size, poll=poll)
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert results_of(poll, clock.now())[0].yes == size


def test_only_who_came_before_and_can_be_reached_is_asked() -> None:
    poll = PollFactory.create()
    past = clock.now() - timedelta(days=5)
    here = DateFactory.create(activity=poll.activity, starts_at=past)
    other = DateFactory.create(
        activity=ActivityFactory.create(organisation=poll.activity.organisation), starts_at=past
    )
    guest = ParticipationFactory.create(date=here).person
    ParticipationFactory.create(date=here, presence="absent")
    ParticipationFactory.create(date=here, person__email=None, person__phone="+49561777")
    ParticipationFactory.create(date=here, status="given_back")
    ParticipationFactory.create(date=DateFactory.create(activity=poll.activity))
    ParticipationFactory.create(date=DateFactory.create(starts_at=past))
    answered = ParticipationFactory.create(date=here).person
    PollAnswerFactory.create(poll=poll, person=answered)
    elsewhere = ParticipationFactory.create(date=other, person=PersonFactory.create()).person
    ParticipationFactory.create(date=other)  # a guest gave the address for that meeting only

    def asked(whom: str) -> list[Person]:
        return list(people_to_ask(poll, whom, clock.now()))

    assert asked(PollGuests.ACTIVITY) == [guest]
    assert asked(PollGuests.ORGANISATION) == [guest, elsewhere]


def test_asking_people_publishes_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    poll = PollFactory.create()
    planner = planner_of(poll.activity.organisation)
    with told(monkeypatch) as heard:
        polls.ask_people_of_before(actor=planner, poll_id=poll.pk, whom="activity")
        with pytest.raises(ValidationError):
            polls.ask_people_of_before(actor=planner, poll_id=poll.pk, whom="everybody")
    assert heard == [messages.PollGuestsWanted(poll.pk, "activity")]


def test_an_erased_person_leaves_no_answer_and_the_counts_of_others_stay() -> None:
    poll = PollFactory.create()
    one, other = PollAnswerFactory.create_batch(2, poll=poll)

    people.erase_person(actor=CLOCK, person_id=one.person_id)

    assert PollAnswer.objects.get() == other
    assert PollVote.objects.count() == 3


def test_answers_are_deleted_thirty_days_after_the_decision() -> None:
    kept, gone = PollAnswerFactory.create_batch(2)
    now = clock.now()
    for row, age in ((kept, 29), (gone, 31)):
        row.poll.status, row.poll.ended_at = PollStatus.DECIDED, now - timedelta(days=age)
        row.poll.save()

    assert polls.forget_old_answers(actor=CLOCK, now=now) == 1
    assert PollAnswer.objects.get() == kept
    assert PollVote.objects.count() == 3
    with pytest.raises(PermissionDenied):
        polls.forget_old_answers(actor=PersonFactory.create(), now=now)


def test_a_discarded_draft_takes_its_poll_along() -> None:
    draft = ready_draft()
    poll = PollFactory.create(activity=draft)
    PollAnswerFactory.create(poll=poll)
    planning.discard_draft(actor=planner_of(draft.organisation), activity_id=draft.pk)
    assert not PollAnswer.objects.exists()
    assert not ActivityDate.objects.exists()
