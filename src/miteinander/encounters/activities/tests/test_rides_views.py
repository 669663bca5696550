"""The pages of rides: as a guest by the link of the seat, and signed in."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django.fixtures import DjangoAssertNumQueries

from miteinander.community.organisations.tests.factories import MembershipFactory
from miteinander.community.people.tests.factories import (
    GuestFactory,
    PersonFactory,
    SpokenLanguageFactory,
)
from miteinander.community.regions.tests.factories import RegionFactory
from miteinander.encounters.activities.enums import MatchStatus, RideKind, Setting
from miteinander.encounters.activities.models import ActivityDate, Ride, RideMatch
from miteinander.encounters.activities.queries.rides import board_of, ride_counts
from miteinander.encounters.activities.tests.factories import (
    DateFactory,
    ParticipationFactory,
    RideFactory,
    RideMatchFactory,
)
from miteinander.foundation.audit.models import AuditEntry

pytestmark = pytest.mark.django_db
NAME, EMAIL, PHONE = "Kanarienvogel Amal", "kanarie@example.org", "+49561987654"


def page(client: Client, name: str, *args: object, data: dict[str, Any] | None = None) -> str:
    address = reverse(f"activities:{name}", args=args)
    answer = client.get(address) if data is None else client.post(address, data, follow=True)
    assert answer.status_code == 200
    assert b"Traceback" not in answer.content
    return answer.content.decode()


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def date() -> ActivityDate:
    row: ActivityDate = DateFactory.create()
    return row


@pytest.fixture
def driver(date: ActivityDate) -> Ride:
    person = GuestFactory.create(name=NAME, email=EMAIL, phone=PHONE)
    ParticipationFactory.create(date=date, person=person)
    ride: Ride = RideFactory.create(
        date=date, person=person, municipality=RegionFactory.create(name="Baunatal"),
        leaves_at="17:30", meeting_point="Rathausplatz, Haltestelle",
    )  # fmt: skip
    SpokenLanguageFactory.create(person=person, language="uk")
    return ride


def test_a_guest_and_a_driver_with_an_account_come_together(client: Client) -> None:
    date = DateFactory.create()
    account = PersonFactory.create(name=NAME, email=EMAIL, phone=PHONE)
    ParticipationFactory.create(date=date, person=account)
    seat = ParticipationFactory.create(date=date, person__name="Gast Beispiel")
    place = RegionFactory.create(name="Baunatal")
    driver = signed_in(account)
    page(driver, "ride_new", date.pk, "offer", data={
        "municipality": place.pk, "seats": 2, "direction": "both", "leaves_at": "17.30",
        "meeting_point": "Bahnhof",
    })  # fmt: skip
    offer = Ride.objects.get()

    found = page(client, "seat_ride_new", seat.token, "look", data={
        "municipality": place.pk, "seats": 2, "direction": "both",
    })  # fmt: skip
    wanted = Ride.objects.get(kind=RideKind.WANTED)
    assert reverse("activities:ride_ask", args=[wanted.token, offer.pk]) in found
    asking = page(client, "ride_ask", wanted.token, offer.pk)
    told = page(client, "ride_ask", wanted.token, offer.pk, data={"shares": "email"})
    for words in (found, asking, told):
        assert not any(word in words for word in (NAME, EMAIL, "987654", "Bahnhof"))
    match = RideMatch.objects.get()
    board = page(driver, "rides", date.pk)
    assert reverse("activities:ride_answer", args=[offer.token, match.pk]) in board
    asked = page(driver, "ride_answer", offer.token, match.pk)
    assert "Gast Beispiel" not in board + asked
    page(driver, "ride_answer", offer.token, match.pk, data={"shares": "phone"})

    seen = page(client, "ride_contact", wanted.token, match.pk, data={})
    assert NAME in seen
    assert "987654" in seen.replace(" ", "")
    assert "Bahnhof" in seen
    assert EMAIL not in seen
    assert "Gast Beispiel" in page(driver, "ride_contact", offer.token, match.pk, data={})
    looks = AuditEntry.objects.filter(verb="activities.open_ride_contact")
    assert list(looks.order_by("pk").values_list("actor", flat=True)) == [None, account.pk]
    assert not any(NAME in page(client, "seat_rides", seat.token) for _number in range(2))


def test_without_an_own_ride_the_list_shows_no_name_and_no_question(
    client: Client, date: ActivityDate, driver: Ride
) -> None:
    seat = ParticipationFactory.create(date=date)

    shown = page(client, "seat_rides", seat.token)

    assert "Baunatal" in shown
    assert "Ukrainisch" in shown
    assert "17:30" in shown
    assert not any(word in shown for word in (NAME, EMAIL, "987654", "Rathausplatz", driver.token))


def test_a_stranger_and_a_seat_given_back_see_no_rides(client: Client, date: ActivityDate) -> None:
    gone = ParticipationFactory.create(date=date, status="given_back")

    assert signed_in(PersonFactory.create()).get(
        reverse("activities:rides", args=[date.pk])
    ).status_code == 404  # fmt: skip
    assert client.get(reverse("activities:seat_rides", args=[gone.token])).status_code == 404
    assert client.get(reverse("activities:seat_rides", args=["unknown"])).status_code == 404


@pytest.mark.parametrize("status", [MatchStatus.ASKED, MatchStatus.DECLINED, MatchStatus.ENDED])
def test_before_both_agreed_nobody_opens_a_contact(client: Client, status: str) -> None:
    match = RideMatchFactory.create(status=status)

    for ride in (match.offer, match.wanted):
        address = reverse("activities:ride_contact", args=[ride.token, match.pk])
        assert client.post(address).status_code == 404
        assert client.get(address).status_code == 405

    assert not AuditEntry.objects.filter(verb="activities.open_ride_contact").exists()


def test_the_ride_of_others_opens_no_contact_of_two_who_agreed(client: Client) -> None:
    match = RideMatchFactory.create(
        status=MatchStatus.AGREED, driver_shares="email", rider_shares="email"
    )
    other = RideFactory.create(date=match.offer.date)

    address = reverse("activities:ride_contact", args=[other.token, match.pk])

    assert client.post(address).status_code == 404


def test_a_no_needs_no_contact_and_a_yes_does(client: Client) -> None:
    match = RideMatchFactory.create()
    answer = reverse("activities:ride_answer", args=[match.offer.token, match.pk])

    assert client.post(answer, {}).status_code == 200
    match.refresh_from_db()
    assert match.status == MatchStatus.ASKED
    assert client.post(answer, {"no": "1"}).status_code == 302
    match.refresh_from_db()
    assert match.status == MatchStatus.DECLINED
    assert client.get(answer).status_code == 302


def test_undoing_and_taking_back_are_buttons(client: Client) -> None:
    match = RideMatchFactory.create(
        status=MatchStatus.AGREED, driver_shares="email", rider_shares="email"
    )
    Ride.objects.filter(pk=match.offer_id).update(taken_there=1, taken_back=1)

    page(client, "ride_undo", match.wanted.token, match.pk, data={})
    page(client, "ride_end", match.wanted.token, data={})

    match.refresh_from_db()
    match.offer.refresh_from_db()
    match.wanted.refresh_from_db()
    assert (match.status, match.offer.taken_there, match.wanted.is_open) == ("ended", 0, False)


def test_a_phone_number_as_meeting_point_is_refused_at_its_field(
    client: Client, date: ActivityDate
) -> None:
    seat, place = ParticipationFactory.create(date=date), RegionFactory.create()

    shown = page(client, "seat_ride_new", seat.token, "offer", data={
        "municipality": place.pk, "seats": 1, "direction": "both", "meeting_point": "0561 123456",
    })  # fmt: skip

    assert 'aria-invalid="true"' in shown
    assert not Ride.objects.exists()


def test_everybody_sees_counts_by_place_only(
    client: Client, date: ActivityDate, driver: Ride
) -> None:
    RideFactory.create(date=date, kind=RideKind.WANTED, seats=2, municipality=driver.municipality)

    with translation.override("en"):
        shown = page(client, "detail", date.pk)

    assert [(c.place, c.offered, c.wanted) for c in ride_counts(date)] == [("Baunatal", 3, 2)]
    assert "Some people look for a ride from <bdi>Baunatal</bdi>" in shown
    assert "2 people look" not in shown
    assert not any(word in shown for word in (NAME, EMAIL, "17:30", "Rathausplatz", driver.token))


def test_from_five_on_everybody_reads_how_many_look_for_a_ride(
    client: Client, date: ActivityDate, driver: Ride
) -> None:
    RideFactory.create(date=date, kind=RideKind.WANTED, seats=3, municipality=driver.municipality)
    RideFactory.create(date=date, kind=RideKind.WANTED, seats=2, municipality=driver.municipality)

    with translation.override("en"):
        shown = page(client, "detail", date.pk)

    assert "5 people look for a ride from <bdi>Baunatal</bdi>" in shown


def test_protected_settings_show_no_counts_to_the_public(
    client: Client, date: ActivityDate, driver: Ride
) -> None:
    date.activity.setting = Setting.WOMEN
    date.activity.save()

    assert driver.municipality.name not in page(client, "detail", date.pk)


def test_organisers_see_counts_and_no_contacts(date: ActivityDate, driver: Ride) -> None:
    RideFactory.create(date=date, kind=RideKind.WANTED, seats=2, municipality=driver.municipality)
    member = MembershipFactory.create(organisation=date.activity.organisation).person

    with translation.override("en"):
        shown = page(signed_in(member), "date_rides", date.pk)

    assert "2 people look for a ride" in shown
    assert driver.municipality.name in shown
    assert not any(word in shown for word in (EMAIL, "987654", "Rathausplatz", driver.token))


def test_the_seat_says_when_somebody_waits_for_an_answer(client: Client) -> None:
    match = RideMatchFactory.create()
    seat = match.offer.date.participations.get(person=match.offer.person)

    shown = page(client, "seat", seat.token)

    assert reverse("activities:seat_rides", args=[seat.token]) in shown
    assert "notice-warning" in shown or "notice" in shown


@pytest.mark.parametrize("count", [10, 50])
def test_the_list_takes_the_same_number_of_queries(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    wanted = RideFactory.create(kind=RideKind.WANTED, seats=1, date__capacity=100)
    for number in range(count):
        offer = RideFactory.create(date=wanted.date)
        SpokenLanguageFactory.create(person=offer.person)
        if number % 2:
            RideMatchFactory.create(offer=offer, wanted=wanted)

    with django_assert_num_queries(5):
        board = board_of(date=wanted.date, person_id=wanted.person_id)

    assert len(board.own[0].candidates) == len(board.own[0].to_answer + board.own[0].asked)
    with django_assert_num_queries(1):
        ride_counts(wanted.date)
