"""Rides: entering one, asking each other, and agreeing."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from miteinander.community.organisations.tests.factories import MembershipFactory
from miteinander.community.people.tests.factories import GuestFactory, PersonFactory
from miteinander.community.regions.tests.factories import RegionFactory
from miteinander.encounters.activities.enums import (
    ContactWay,
    MatchStatus,
    RideDirection,
    RideKind,
)
from miteinander.encounters.activities.models import ActivityDate, Ride, RideMatch
from miteinander.encounters.activities.queries.ride_fit import obstacle
from miteinander.encounters.activities.services import rides
from miteinander.encounters.activities.services.rides import matching
from miteinander.encounters.activities.tests.factories import (
    DateFactory,
    ParticipationFactory,
    RideFactory,
    RideMatchFactory,
)
from miteinander.encounters.activities.tests.ride_pairs import agree, ask, pair
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")
EMAIL, PHONE = ContactWay.EMAIL, ContactWay.PHONE


def facts(**more: Any) -> rides.RideFacts:
    values: dict[str, Any] = {
        "kind": RideKind.OFFERED, "direction": RideDirection.BOTH, "seats": 3,
        "municipality_id": more.pop("place", None) or RegionFactory.create().pk,
    }  # fmt: skip
    return rides.RideFacts(**(values | more))


def add(date: ActivityDate, **more: Any) -> Ride:
    seat = ParticipationFactory.create(date=date)
    return rides.add_ride(
        actor=SYSTEM, date_id=date.pk, person_id=seat.person_id, language="de", facts=facts(**more)
    )


def test_whoever_takes_part_enters_a_ride_and_the_same_twice_is_one() -> None:
    date, place = DateFactory.create(), RegionFactory.create()
    seat = ParticipationFactory.create(date=date, person=PersonFactory.create())
    said = facts(place=place.pk, meeting_point="Bushaltestelle am Rathaus", women_only=True)

    first, ride = (
        rides.add_ride(
            actor=seat.person, date_id=date.pk, person_id=seat.person_id, language="ar", facts=said
        )
        for _number in range(2)
    )

    assert Ride.objects.get() == ride == first
    assert (ride.seats, ride.municipality, ride.language) == (3, place, "ar")
    assert ride.women_only
    assert AuditEntry.objects.filter(verb="activities.add_ride").count() == 1


def test_an_organiser_without_a_seat_enters_a_ride() -> None:
    date = DateFactory.create()
    member = MembershipFactory.create(organisation=date.activity.organisation).person

    ride = rides.add_ride(
        actor=member, date_id=date.pk, person_id=member.pk, language="de", facts=facts()
    )

    assert ride.person == member


def test_a_stranger_enters_nothing_and_nobody_enters_for_others() -> None:
    date, stranger = DateFactory.create(), PersonFactory.create()
    seat = ParticipationFactory.create(date=date)

    for person in (stranger, seat.person):
        with pytest.raises(PermissionDenied):
            rides.add_ride(
                actor=stranger, date_id=date.pk, person_id=person.pk, language="de", facts=facts()
            )

    assert not Ride.objects.exists()


def test_there_are_no_rides_to_a_date_online_only() -> None:
    date = DateFactory.create(activity__venue=None, activity__is_online=True)

    with pytest.raises(PermissionDenied):
        add(date)


@pytest.mark.parametrize("shift", [-1, 0])
def test_a_date_that_has_begun_or_was_cancelled_takes_no_rides(shift: int) -> None:
    date = DateFactory.create()
    if shift:
        date.starts_at = clock.now() + timedelta(hours=shift)
    date.status = date.status if shift else "cancelled"
    date.save()

    with pytest.raises(rides.RideClosed):
        add(date)

    assert not Ride.objects.exists()


@pytest.mark.parametrize(
    "point",
    ["Ruf mich an: 0561 123456", "a@example.org", "www.example.org", "Lindenstraße 12", "٠٥٦١١٢٣٤"],
)
def test_a_meeting_point_tells_no_contact_and_no_house(point: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        add(DateFactory.create(), meeting_point=point)

    assert refusal.value.code == "meeting_point"
    assert not Ride.objects.exists()


@pytest.mark.parametrize(
    ("kind", "count"),
    [(RideKind.OFFERED, 9), (RideKind.OFFERED, 0), (RideKind.WANTED, 7)],
)
def test_more_seats_than_a_car_has_are_refused(kind: str, count: int) -> None:
    with pytest.raises(ValidationError):
        add(DateFactory.create(), kind=kind, seats=count)


def test_who_cannot_be_reached_enters_nothing() -> None:
    date = DateFactory.create()
    seat = ParticipationFactory.create(date=date, person=GuestFactory.create(email=None))

    with pytest.raises(ValidationError) as refusal:
        rides.add_ride(
            actor=SYSTEM, date_id=date.pk, person_id=seat.person_id, language="de", facts=facts()
        )

    assert refusal.value.code == "no_contact"


def test_one_ride_for_each_way() -> None:
    date = DateFactory.create()
    ride = add(date, direction=RideDirection.THERE)

    def more(**said: Any) -> Ride:
        return rides.add_ride(
            actor=SYSTEM, date_id=date.pk, person_id=ride.person_id, language="de",
            facts=facts(**said),
        )  # fmt: skip

    for said in ({"direction": RideDirection.BOTH}, {"kind": RideKind.WANTED, "direction": "back"}):
        with pytest.raises(ValidationError) as refusal:
            more(**said)
        assert refusal.value.code == "second"
    assert more(direction=RideDirection.BACK).pk != ride.pk


@pytest.mark.parametrize("by_driver", [True, False])
def test_after_both_agreed_each_may_know_the_chosen_contact(by_driver: bool) -> None:  # noqa: FBT001
    offer, wanted = pair(2)
    asker, asked = (offer, wanted) if by_driver else (wanted, offer)
    match = ask(asker, asked)
    assert match.asked_by_driver is by_driver
    for ride in (offer, wanted):
        with pytest.raises(RideMatch.DoesNotExist):
            rides.open_ride_contact(actor=SYSTEM, ride_id=ride.pk, match_id=match.pk)

    agree(match)
    again = agree(match)

    offer.refresh_from_db()
    assert again.status == MatchStatus.AGREED
    assert (offer.taken_there, offer.taken_back) == (2, 2)
    seen = rides.open_ride_contact(actor=SYSTEM, ride_id=wanted.pk, match_id=match.pk)
    assert (seen.name, seen.email, seen.phone) == (offer.person.name, offer.person.email, "")
    assert AuditEntry.objects.filter(verb="activities.open_ride_contact").count() == 1
    assert AuditEntry.objects.filter(verb="activities.agree_ride").count() == 1


def test_only_who_was_asked_answers() -> None:
    match = RideMatchFactory.create()
    account = PersonFactory.create()

    with pytest.raises(PermissionDenied):
        rides.agree_ride(actor=account, match_id=match.pk, shares=EMAIL)
    with pytest.raises(PermissionDenied):
        rides.decline_ride(actor=account, match_id=match.pk)

    match.refresh_from_db()
    assert match.status == MatchStatus.ASKED


def test_a_contact_one_does_not_have_cannot_be_shared() -> None:
    offer, wanted = pair()

    with pytest.raises(ValidationError) as refusal:
        rides.ask_for_ride(actor=SYSTEM, ride_id=wanted.pk, other_id=offer.pk, shares=PHONE)

    assert refusal.value.code == "shares"
    assert not RideMatch.objects.exists()


def test_a_no_ends_it_for_these_two_and_leaves_no_trace_in_the_record() -> None:
    offer, wanted = pair()
    match = ask(wanted, offer)

    rides.decline_ride(actor=SYSTEM, match_id=match.pk)

    assert ask(wanted, offer).status == MatchStatus.DECLINED
    assert RideMatch.objects.count() == 1
    assert not AuditEntry.objects.filter(verb__contains="decline").exists()
    with pytest.raises(rides.RideClosed):
        agree(match)


@pytest.mark.parametrize(
    ("offered", "wanted", "found"),
    [
        ({}, {}, ""),
        ({"direction": "there"}, {"direction": "both"}, "ways"),
        ({"direction": "both"}, {"direction": "back"}, ""),
        ({"women_only": True}, {}, "women"),
        ({}, {"women_only": True}, "women"),
        ({"women_only": True}, {"women_only": True}, ""),
        ({}, {"fits_wheelchair": True}, "wheelchair"),
        ({}, {"has_child_seat": True}, "child_seat"),
        ({"seats": 3, "taken_there": 2}, {"seats": 2, "direction": "there"}, "seats"),
        ({"seats": 3, "taken_there": 2}, {"seats": 2, "direction": "back"}, ""),
    ],
)
def test_what_fits_is_asked_and_nothing_else(
    offered: dict[str, Any], wanted: dict[str, Any], found: str
) -> None:
    offer = RideFactory.create(**offered)
    seeker = RideFactory.create(
        **({"date": offer.date, "kind": RideKind.WANTED, "seats": 1} | wanted)
    )

    assert obstacle(offer, seeker) == found
    if found:
        with pytest.raises(rides.RideClosed):
            ask(seeker, offer)
        assert not RideMatch.objects.exists()
    else:
        agree(ask(seeker, offer))


def test_rides_of_other_dates_and_ones_own_cannot_be_asked() -> None:
    offer, other = RideFactory.create(), RideFactory.create(kind=RideKind.WANTED)
    own = RideFactory.create(date=offer.date, person=offer.person, kind=RideKind.WANTED,
                             direction=RideDirection.BACK)  # fmt: skip

    with pytest.raises(Ride.DoesNotExist):
        ask(other, offer)
    with pytest.raises(rides.RideClosed):
        ask(own, offer)

    assert not RideMatch.objects.exists()


def test_nobody_asks_more_people_than_one_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "MOST_OPEN_ASKS", 2)
    monkeypatch.setattr(matching, "MOST_ASKS_A_DAY", 3)
    offer, wanted = pair()
    others = [RideFactory.create(date=offer.date) for _number in range(3)]
    first = ask(wanted, offer)
    ask(wanted, others[0])

    with pytest.raises(rides.TooManyAsks):
        ask(wanted, others[1])
    rides.undo_ride(actor=SYSTEM, ride_id=wanted.pk, match_id=first.pk)
    ask(wanted, others[1])
    rides.undo_ride(actor=SYSTEM, ride_id=wanted.pk, match_id=RideMatch.objects.last().pk)  # type: ignore[union-attr]
    with pytest.raises(rides.TooManyAsks):
        ask(wanted, others[2])

    assert RideMatch.objects.count() == 3


def test_other_questions_end_once_they_cannot_come_true() -> None:
    offer, wanted = pair(2, seats=2)
    second = RideFactory.create(date=offer.date)
    rival = RideFactory.create(date=offer.date, kind=RideKind.WANTED, seats=1)
    match, moot, too_late = ask(wanted, offer), ask(wanted, second), ask(rival, offer)

    agree(match)

    for row in (moot, too_late):
        row.refresh_from_db()
        assert row.status == MatchStatus.ENDED
    with pytest.raises(rides.RideClosed):
        agree(too_late)
