from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from miteinander.community.organisations.tests.factories import MembershipFactory
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.encounters.activities.enums import ActivityStatus
from miteinander.encounters.activities.models import ActivityDate
from miteinander.encounters.activities.tests.factories import (
    ActivityFactory,
    DateFactory,
    ParticipationFactory,
)
from miteinander.foundation.core import clock
from miteinander.foundation.core.public import MARK
from miteinander.outward.exchange.models import CalendarKey
from miteinander.outward.exchange.tests.reading_back import events

pytestmark = pytest.mark.django_db
JOIN_LINK = "https://meet.example.org/canary-room"
GUEST = "Canary Guest"


@pytest.fixture
def date() -> ActivityDate:
    activity = ActivityFactory.create(
        is_online=True, online_url=JOIN_LINK, languages=("de", "ar"), status="published"
    )
    seat = ParticipationFactory.create(
        date=DateFactory.create(activity=activity), person__name=GUEST
    )
    return seat.date


def public_addresses(date: ActivityDate) -> list[str]:
    activity = date.activity
    assert activity.municipality
    return [
        reverse("exchange:feed"),
        reverse("exchange:date_ics", args=[date.pk]),
        reverse("exchange:municipality_feed", args=[activity.municipality.slug]),
        reverse("exchange:organisation_feed", args=[activity.organisation.slug]),
        reverse("exchange:language_feed", args=["ar"]),
    ]


def test_every_public_calendar_holds_the_date_and_may_be_kept(
    client: Client, date: ActivityDate
) -> None:
    for address in public_addresses(date):
        response = client.get(address)
        assert response.status_code == 200
        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        assert response[MARK] == "1"
        assert not response.cookies
        (event,) = events(response.content)
        assert str(event["UID"]).startswith(f"date-{date.pk}@")


def test_no_public_calendar_tells_who_comes_or_how_to_join(
    client: Client, date: ActivityDate
) -> None:
    for address in [*public_addresses(date), reverse("exchange:feeds")]:
        content = client.get(address).content.replace(b"\r\n ", b"")
        assert JOIN_LINK.encode() not in content
        assert GUEST.encode() not in content


@pytest.mark.parametrize(
    "path",
    ["dates/0.ics", "places/nowhere.ics", "organisations/nobody.ics", "languages/xx.ics",
     "languages/de-simple.ics"],
)  # fmt: skip
def test_unknown_calendars_are_not_found(client: Client, path: str) -> None:
    assert client.get(f"/de/calendar/{path}").status_code == 404


@pytest.mark.parametrize("status", [ActivityStatus.DRAFT, ActivityStatus.HIDDEN])
def test_what_is_not_public_has_no_calendar_file(client: Client, status: str) -> None:
    date = DateFactory.create(activity__status=status)
    assert client.get(reverse("exchange:date_ics", args=[date.pk])).status_code == 404


def test_a_date_that_is_over_keeps_its_file(client: Client) -> None:
    date = DateFactory.create(starts_at=clock.now() - timedelta(days=60))
    assert client.get(reverse("exchange:date_ics", args=[date.pk])).status_code == 200


def test_the_list_of_feeds_shows_addresses_to_copy(client: Client, date: ActivityDate) -> None:
    page = client.get(reverse("exchange:feeds"))
    assert page.status_code == 200
    assert page[MARK] == "1"
    text = page.content.decode()
    for address in public_addresses(date)[2:]:
        assert f"http://127.0.0.1:8000{address}" in text
        assert f"webcal://127.0.0.1:8000{address}" in text


def test_pages_of_places_and_clubs_offer_their_calendar(client: Client, date: ActivityDate) -> None:
    activity = date.activity
    assert activity.municipality
    for owner in (activity.municipality, activity.organisation):
        page = client.get(owner.get_absolute_url()).content.decode()
        assert f"/{owner.slug}.ics" in page
        assert "/calendar/import/" not in page


def test_who_plans_for_a_club_finds_the_import_on_its_page(client: Client) -> None:
    membership = MembershipFactory.create()
    client.force_login(membership.person)
    page = client.get(membership.organisation.get_absolute_url()).content.decode()
    assert reverse("exchange:import_calendar", args=[membership.organisation.slug]) in page


def test_the_account_leads_to_the_own_calendar(client: Client) -> None:
    client.force_login(PersonFactory.create())
    page = client.get(reverse("people:account")).content.decode()
    assert reverse("exchange:my_calendar") in page


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    for name in ("my_calendar", "create_key", "revoke_key"):
        address = reverse(f"exchange:{name}")
        response = client.get(address) if name == "my_calendar" else client.post(address)
        assert response.status_code == 302
    assert not CalendarKey.objects.exists()


def test_keys_are_never_made_by_looking(client: Client) -> None:
    client.force_login(PersonFactory.create())
    assert client.get(reverse("exchange:my_calendar")).status_code == 200
    assert client.get(reverse("exchange:create_key")).status_code == 405
    assert not CalendarKey.objects.exists()


def test_a_person_makes_subscribes_to_and_withdraws_a_calendar(
    client: Client, date: ActivityDate
) -> None:
    person = PersonFactory.create(language="de")
    ParticipationFactory.create(date=date, person=person)
    DateFactory.create()
    client.force_login(person)
    client.post(reverse("exchange:create_key"))
    token = CalendarKey.objects.get(person=person).token
    page = client.get(reverse("exchange:my_calendar"))
    assert page["Cache-Control"] == "no-store, private"
    address = reverse("keyed:personal_feed", args=[token])
    assert f"webcal://127.0.0.1:8000{address}" in page.content.decode()

    feed = Client().get(address)
    assert feed.status_code == 200
    assert feed["Cache-Control"] == "no-store, private"
    assert MARK not in feed
    (event,) = events(feed.content)
    assert JOIN_LINK in str(event["DESCRIPTION"])
    assert GUEST not in feed.content.decode()

    client.post(reverse("exchange:revoke_key"))
    assert Client().get(address).status_code == 404


def test_the_feed_of_somebody_kept_out_is_unknown(client: Client) -> None:
    person = PersonFactory.create()
    client.force_login(person)
    client.post(reverse("exchange:create_key"))
    address = reverse("keyed:personal_feed", args=[CalendarKey.objects.get().token])
    person.is_active = False
    person.save()
    assert Client().get(address).status_code == 404
