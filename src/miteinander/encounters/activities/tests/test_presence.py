"""At the door: marking, walk-ins, looking up a contact."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from miteinander.community.organisations.tests.factories import OrganisationFactory
from miteinander.community.people.models import Person
from miteinander.community.people.services import Contact
from miteinander.encounters.activities.enums import (
    ActivityStatus,
    DateStatus,
    ParticipationStatus,
    Presence,
    SignUpWay,
)
from miteinander.encounters.activities.messages import ActivityChanged, PresenceMarked
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services.presence import (
    DeskClosed,
    NoSeatLeft,
    add_walk_in,
    mark_presence,
    open_contact,
)
from miteinander.encounters.activities.tests.factories import DateFactory, ParticipationFactory
from miteinander.encounters.activities.tests.planners import NOW, planner_of, told
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.core import clock

pytestmark = pytest.mark.django_db
START = NOW + timedelta(hours=3)
ANNA = Contact(name="Anna", email="anna@example.org")


@pytest.fixture(autouse=True)
def _held_clock() -> Iterator[None]:
    with clock.held_at(NOW):
        yield


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    with told(monkeypatch) as messages:
        yield messages


def planner(date: ActivityDate) -> Person:
    return planner_of(date.activity.organisation)


def test_a_mark_is_kept_and_told_once_and_can_be_taken_back(heard: list[object]) -> None:
    row = ParticipationFactory.create(date__starts_at=START)
    actor = planner(row.date)

    mark_presence(actor=actor, participation_id=row.pk, presence=Presence.PRESENT)
    mark_presence(actor=actor, participation_id=row.pk, presence=Presence.PRESENT)
    row.refresh_from_db()
    assert (row.presence, row.marked_by, row.marked_at) == (Presence.PRESENT, actor, NOW)
    assert heard == [PresenceMarked(participation_id=row.pk)]

    mark_presence(actor=actor, participation_id=row.pk, presence=Presence.UNKNOWN)
    row.refresh_from_db()
    assert (row.presence, row.marked_by, row.marked_at) == (Presence.UNKNOWN, None, None)


@pytest.mark.parametrize(
    ("presence", "status"),
    [("late", ParticipationStatus.SIGNED_UP), ("present", ParticipationStatus.GIVEN_BACK)],
)
def test_only_people_on_the_list_are_marked_and_only_as_here_or_not(
    presence: str, status: str, heard: list[object]
) -> None:
    row = ParticipationFactory.create(date__starts_at=START, status=status)

    with pytest.raises(ValidationError):
        mark_presence(actor=planner(row.date), participation_id=row.pk, presence=presence)

    row.refresh_from_db()
    assert row.presence == Presence.UNKNOWN
    assert heard == []


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (START - timedelta(hours=24, minutes=1), False),
        (START - timedelta(hours=24), True),
        (START + timedelta(hours=2, days=7), True),
        (START + timedelta(hours=2, days=7, minutes=1), False),
    ],
)
def test_the_desk_is_open_from_a_day_before_until_a_week_after(
    moment: datetime, *, is_open: bool
) -> None:
    row = ParticipationFactory.create(date__starts_at=START)
    actor = planner(row.date)

    with clock.held_at(moment):
        if is_open:
            mark_presence(actor=actor, participation_id=row.pk, presence="present")
        else:
            with pytest.raises(DeskClosed):
                mark_presence(actor=actor, participation_id=row.pk, presence="present")
            with pytest.raises(DeskClosed):
                add_walk_in(actor=actor, date_id=row.date_id, contact=ANNA)
            with pytest.raises(DeskClosed):
                open_contact(actor=actor, participation_id=row.pk)

    row.refresh_from_db()
    assert (row.presence == Presence.PRESENT) == is_open
    assert Participation.objects.count() == 1


def test_a_cancelled_date_has_no_desk() -> None:
    date = DateFactory.create(starts_at=START, status=DateStatus.CANCELLED)

    with pytest.raises(DeskClosed):
        add_walk_in(actor=planner(date), date_id=date.pk, contact=ANNA)

    assert not Participation.objects.exists()


def test_a_walk_in_takes_a_free_seat_and_is_present(heard: list[object]) -> None:
    date = DateFactory.create(starts_at=START, capacity=1)

    row = add_walk_in(actor=planner(date), date_id=date.pk, contact=ANNA)

    date.refresh_from_db()
    assert (row.way, row.status, row.presence) == (
        SignUpWay.WALK_IN, ParticipationStatus.SIGNED_UP, Presence.PRESENT,
    )  # fmt: skip
    assert date.seats_taken == 1
    assert heard == [
        ActivityChanged(activity_id=date.activity_id),
        PresenceMarked(participation_id=row.pk),
    ]


def test_the_same_form_sent_twice_adds_one_person() -> None:
    date = DateFactory.create(starts_at=START)
    actor = planner(date)

    first = add_walk_in(actor=actor, date_id=date.pk, contact=Contact(name="Ali"), entry="abc")
    second = add_walk_in(actor=actor, date_id=date.pk, contact=Contact(name="Ali"), entry="abc")
    other = add_walk_in(actor=actor, date_id=date.pk, contact=Contact(name="Ali"), entry="def")

    assert first == second != other
    assert Participation.objects.count() == 2
    assert "abc" not in first.token


def test_without_a_seat_somebody_is_added_only_on_express_word() -> None:
    date = ParticipationFactory.create(date__starts_at=START, date__capacity=1).date
    actor = planner(date)

    with pytest.raises(NoSeatLeft):
        add_walk_in(actor=actor, date_id=date.pk, contact=ANNA)
    assert Participation.objects.count() == 1
    assert not Person.objects.filter(email=ANNA.email).exists()

    row = add_walk_in(actor=actor, date_id=date.pk, contact=ANNA, beyond_seats=True)

    date.refresh_from_db()
    assert (row.status, row.presence) == (ParticipationStatus.EXTRA, Presence.PRESENT)
    assert date.seats_taken == 1


def test_somebody_on_the_list_already_is_marked_also_when_all_seats_are_taken() -> None:
    known = ParticipationFactory.create(
        date__starts_at=START, date__capacity=1, person__email=ANNA.email
    )

    row = add_walk_in(actor=planner(known.date), date_id=known.date_id, contact=ANNA)

    assert row == known
    assert row.presence == Presence.PRESENT
    assert Participation.objects.count() == 1


def test_somebody_who_gave_the_seat_back_gets_one_again() -> None:
    known = ParticipationFactory.create(
        date__starts_at=START,
        person__email=ANNA.email,
        status=ParticipationStatus.GIVEN_BACK,
        given_back_at=NOW,
    )

    row = add_walk_in(actor=planner(known.date), date_id=known.date_id, contact=ANNA)

    assert (row, row.status, row.given_back_at) == (known, ParticipationStatus.SIGNED_UP, None)
    assert ActivityDate.objects.get().seats_taken == 1


def test_a_walk_in_has_a_name() -> None:
    date = DateFactory.create(starts_at=START)

    with pytest.raises(ValidationError):
        add_walk_in(actor=planner(date), date_id=date.pk, contact=Contact(name=" "))

    assert not Participation.objects.exists()


def test_every_look_at_a_contact_is_recorded_without_the_contact() -> None:
    row = ParticipationFactory.create(date__starts_at=START, person__name="Canary")
    actor = planner(row.date)

    open_contact(actor=actor, participation_id=row.pk)
    open_contact(actor=actor, participation_id=row.pk)

    entries = AuditEntry.objects.filter(verb="activities.open_contact")
    assert [(entry.actor_id, entry.object_id) for entry in entries] == [(actor.pk, row.pk)] * 2
    assert not any("Canary" in f"{entry.label}{entry.details}" for entry in entries)


def test_somebody_else_marks_adds_and_looks_up_nobody(heard: list[object]) -> None:
    row = ParticipationFactory.create(date__starts_at=START)
    draft = ParticipationFactory.create(
        date__starts_at=START, date__activity__status=ActivityStatus.DRAFT
    )
    stranger = planner_of(OrganisationFactory.create())
    heard.clear()

    with pytest.raises(PermissionDenied):
        mark_presence(actor=stranger, participation_id=row.pk, presence="present")
    with pytest.raises(PermissionDenied):
        add_walk_in(actor=stranger, date_id=row.date_id, contact=ANNA)
    with pytest.raises(PermissionDenied):
        open_contact(actor=stranger, participation_id=row.pk)
    with pytest.raises(ActivityDate.DoesNotExist):
        mark_presence(actor=stranger, participation_id=draft.pk, presence="present")

    assert set(Participation.objects.values_list("presence", flat=True)) == {Presence.UNKNOWN}
    assert Participation.objects.count() == 2
    assert not AuditEntry.objects.filter(verb="activities.open_contact").exists()
    assert heard == []
