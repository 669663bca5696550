from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from miteinander.community.people import services as people
from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.encounters.activities.enums import (
    ActivityStatus,
    DateStatus,
    ParticipationStatus,
    SignUpWay,
)
from miteinander.encounters.activities.messages import (
    SeatGivenBack,
    SeatTaken,
    SignedUpAgain,
)
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services import seats
from miteinander.encounters.activities.tests.factories import DateFactory, ParticipationFactory
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")
MARIA = people.Contact(name="Maria", email="maria@example.org", language="uk")


Told = list[object]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    messages: Told = []
    monkeypatch.setattr(bus, "publish", messages.append)
    return messages


def test_somebody_signed_in_takes_one_seat_and_it_is_told_once(told: Told) -> None:
    person, date = PersonFactory.create(), DateFactory.create()

    seat = seats.sign_up(
        actor=person, date_id=date.pk, person_id=person.pk, language="ar", way=SignUpWay.ACCOUNT
    )
    again = seats.sign_up(
        actor=person, date_id=date.pk, person_id=person.pk, language="ar", way=SignUpWay.ACCOUNT
    )

    date.refresh_from_db()
    assert (seat.is_new, again.is_new) == (True, False)
    assert again.participation == seat.participation
    assert date.seats_taken == 1
    assert told == [SeatTaken(seat.participation.pk)]
    assert AuditEntry.objects.filter(verb="activities.sign_up").count() == 1


def test_a_guest_takes_a_seat_and_twice_is_one_row(told: Told) -> None:
    date = DateFactory.create()

    first = seats.sign_up_guest(actor=SYSTEM, date_id=date.pk, contact=MARIA)
    second = seats.sign_up_guest(actor=SYSTEM, date_id=date.pk, contact=MARIA)

    assert first.is_new
    assert not second.is_new
    assert Participation.objects.count() == Person.objects.count() == 1
    assert first.participation.language == "uk"
    assert len(first.participation.token) == 32


def test_full_means_full_and_adds_nobody(told: Told) -> None:
    date = DateFactory.create(capacity=1)
    ParticipationFactory.create(date=date)

    with pytest.raises(seats.AllSeatsTaken) as refused:
        seats.sign_up_guest(actor=SYSTEM, date_id=date.pk, contact=MARIA)

    assert refused.value.code == "all_seats_taken"
    assert Participation.objects.count() == 1
    assert not Person.objects.filter(email=MARIA.email).exists()
    assert told == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"status": DateStatus.CANCELLED}, "cancelled"), ({"starts_at": "past"}, "begun")],
)
def test_a_cancelled_or_begun_date_takes_nobody(
    told: Told, changes: dict[str, Any], code: str
) -> None:
    date = DateFactory.create()
    if "starts_at" in changes:
        changes = {"starts_at": clock.now()}
    ActivityDate.objects.filter(pk=date.pk).update(**changes)

    with pytest.raises(seats.SignUpClosed) as refused:
        seats.sign_up_guest(actor=SYSTEM, date_id=date.pk, contact=MARIA)

    assert refused.value.code == code
    assert not Participation.objects.exists()
    assert not Person.objects.exists()
    assert told == []


@pytest.mark.parametrize("status", [ActivityStatus.DRAFT, ActivityStatus.HIDDEN])
def test_an_occasion_that_is_not_public_takes_nobody(told: Told, status: str) -> None:
    date = DateFactory.create(activity__status=status)

    with pytest.raises(PermissionDenied):
        seats.sign_up_guest(actor=SYSTEM, date_id=date.pk, contact=MARIA)

    assert not Participation.objects.exists()


def test_nobody_takes_a_seat_in_the_name_of_somebody_else(told: Told) -> None:
    date = DateFactory.create()

    with pytest.raises(PermissionDenied):
        seats.sign_up(
            actor=PersonFactory.create(), date_id=date.pk, person_id=PersonFactory.create().pk,
            language="de", way=SignUpWay.ACCOUNT,
        )  # fmt: skip

    assert not Participation.objects.exists()


def test_a_seat_given_back_is_free_and_can_be_taken_again(told: Told) -> None:
    date = DateFactory.create(capacity=1)
    seat = seats.sign_up_guest(actor=SYSTEM, date_id=date.pk, contact=MARIA).participation

    seats.give_back(actor=SYSTEM, participation_id=seat.pk)
    seats.give_back(actor=SYSTEM, participation_id=seat.pk)
    date.refresh_from_db()
    assert date.seats_taken == 0

    again = seats.sign_up_guest(actor=SYSTEM, date_id=date.pk, contact=MARIA)
    date.refresh_from_db()
    assert again.is_new
    assert again.participation == seat
    assert again.participation.given_back_at is None
    assert date.seats_taken == 1
    assert told == [SeatTaken(seat.pk), SeatGivenBack(seat.pk), SeatTaken(seat.pk)]


def test_nobody_gives_back_the_seat_of_somebody_else(told: Told) -> None:
    seat = ParticipationFactory.create()

    with pytest.raises(PermissionDenied):
        seats.give_back(actor=PersonFactory.create(), participation_id=seat.pk)

    seat.refresh_from_db()
    assert seat.holds_seat
    assert ActivityDate.objects.get().seats_taken == 1
    assert told == []


def test_after_the_start_no_seat_is_given_back(told: Told) -> None:
    seat = ParticipationFactory.create(date__starts_at=clock.now())

    with pytest.raises(seats.SignUpClosed):
        seats.give_back(actor=SYSTEM, participation_id=seat.pk)

    seat.refresh_from_db()
    assert seat.holds_seat
    assert told == []


def test_who_came_along_without_a_seat_frees_none_by_leaving(told: Told) -> None:
    seat = ParticipationFactory.create(status=ParticipationStatus.EXTRA)

    seats.give_back(actor=SYSTEM, participation_id=seat.pk)

    assert ActivityDate.objects.get().seats_taken == 0
    seat.refresh_from_db()
    assert seat.status == ParticipationStatus.GIVEN_BACK


def test_the_audit_record_of_a_seat_holds_no_personal_word(told: Told) -> None:
    date = DateFactory.create()

    seats.sign_up_guest(actor=SYSTEM, date_id=date.pk, contact=MARIA)

    text = str(AuditEntry.objects.filter(verb="activities.sign_up").values().get())
    assert "Maria" not in text
    assert MARIA.email not in text


def test_on_a_full_date_only_the_same_form_is_known_again(told: Told) -> None:
    date = DateFactory.create(capacity=1)
    first = seats.sign_up_guest(actor=SYSTEM, date_id=date.pk, contact=MARIA, entry="form-1")

    again = seats.sign_up_guest(actor=SYSTEM, date_id=date.pk, contact=MARIA, entry="form-1")
    with pytest.raises(seats.AllSeatsTaken):
        seats.sign_up_guest(actor=SYSTEM, date_id=date.pk, contact=MARIA, entry="form-2")

    assert again.participation == first.participation
    assert again.is_own
    assert Participation.objects.count() == 1


def test_who_types_the_contact_of_somebody_with_a_seat_is_told_nothing_of_it(told: Told) -> None:
    date = DateFactory.create()
    seats.sign_up_guest(actor=SYSTEM, date_id=date.pk, contact=MARIA, entry="form-1")

    other = seats.sign_up_guest(actor=SYSTEM, date_id=date.pk, contact=MARIA, entry="form-2")

    assert not other.is_own
    assert not other.is_new


def test_another_form_for_the_same_date_is_told_and_the_same_form_is_not(told: Told) -> None:
    date = DateFactory.create()
    seat = seats.sign_up_guest(actor=SYSTEM, date_id=date.pk, contact=MARIA, entry="form-1")
    seats.sign_up_guest(actor=SYSTEM, date_id=date.pk, contact=MARIA, entry="form-1")
    assert told == [SeatTaken(seat.participation.pk)]

    seats.sign_up_guest(actor=SYSTEM, date_id=date.pk, contact=MARIA, entry="form-2")

    assert told[1:] == [SignedUpAgain(seat.participation.pk)]


def test_one_form_for_two_people_gives_two_seats_with_two_secrets(told: Told) -> None:
    date = DateFactory.create()
    tokens = {
        seats.sign_up_guest(
            actor=SYSTEM,
            date_id=date.pk,
            contact=people.Contact(name=name, phone=phone),
            entry="same form",
        ).participation.token
        for name, phone in (("A", "+4956112345601"), ("B", "+4956112345602"))
    }

    assert len(tokens) == 2


@pytest.mark.parametrize(("name", "limit"), [("Nadia", 10), ("Maria", 12)])
def test_taking_a_seat_needs_few_statements(
    django_assert_max_num_queries: DjangoAssertNumQueries, name: str, limit: int
) -> None:
    seats.sign_up_guest(actor=SYSTEM, date_id=DateFactory.create().pk, contact=MARIA)
    date = DateFactory.create()
    contact = people.Contact(name=name, email=f"{name}@example.org")

    locks = int(connection.features.has_select_for_update)  # of the occasion and the date
    with django_assert_max_num_queries(limit + locks):
        seats.sign_up_guest(actor=SYSTEM, date_id=date.pk, contact=contact)
