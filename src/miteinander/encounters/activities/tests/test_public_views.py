from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from miteinander.community.people.tests.factories import PersonFactory
from miteinander.community.regions.tests.factories import RegionFactory
from miteinander.encounters.activities.enums import ActivityStatus, DateStatus
from miteinander.encounters.activities.models import ActivityDate
from miteinander.encounters.activities.services.search import index_activity
from miteinander.encounters.activities.tests.factories import (
    ActivityFactory,
    DateFactory,
    ParticipationFactory,
    write_words,
)
from miteinander.encounters.activities.tests.pages import page
from miteinander.encounters.spaces.enums import Access
from miteinander.foundation.content.enums import VersionState
from miteinander.foundation.core import clock

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def titles(client: Client) -> Callable[..., list[str]]:
    """Ask for the list and return the titles on it."""

    def ask(reader: str = "en", **query: str) -> list[str]:
        with clock.held_at(WEDNESDAY):
            response = client.get(f"/{reader}/activities/", query)
        assert response.status_code == 200
        return [link.text for link in page(response).all("main article.card h2 a")]

    return ask


def on(day: int, title: str = "Kochen", month: int = 11, **facts: Any) -> ActivityDate:
    """Make a date at noon of a day of November 2026."""
    capacity = facts.pop("capacity", 12)
    status = facts.pop("date_status", DateStatus.SCHEDULED)
    with clock.held_at(WEDNESDAY):
        activity = ActivityFactory.create(parts__title=title, **facts)
        return DateFactory.create(
            activity=activity,
            starts_at=datetime(2026, month, day, 13, tzinfo=UTC),
            capacity=capacity,
            status=status,
        )


def test_the_list_shows_what_is_to_come_soonest_first(titles: Callable[..., list[str]]) -> None:
    on(28, "Drittes")
    on(24, "Vorbei")
    on(26, "Zweites")
    on(25, "Heute")
    on(27, "Entwurf", status=ActivityStatus.DRAFT)

    assert titles() == ["Heute", "Zweites", "Drittes"]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("today", ["25.11."]),
        ("tomorrow", ["26.11."]),
        ("weekend", ["28.11.", "29.11."]),
        ("week", ["25.11.", "26.11.", "28.11.", "29.11."]),
        ("next_week", ["30.11.", "6.12."]),
        ("month", ["25.11.", "26.11.", "28.11.", "29.11.", "30.11."]),
    ],
)
def test_days_are_found_by_the_words_people_use(
    titles: Callable[..., list[str]], when: str, expected: list[str]
) -> None:
    for day, month in ((25, 11), (26, 11), (28, 11), (29, 11), (30, 11), (6, 12), (7, 12)):
        on(day, f"{day}.{month}.", month=month)

    assert titles(when=when) == expected


def test_a_span_of_days_is_found_in_every_way_of_writing_it(
    titles: Callable[..., list[str]],
) -> None:
    for day in (25, 26, 27, 28):
        on(day, str(day))

    assert titles(first="2026-11-26", last="2026-11-27") == ["26", "27"]
    assert titles(first="٢٦.١١.٢٠٢٦", last="27.11.2026") == ["26", "27"]


def test_a_place_is_found_with_its_neighbourhood_and_what_is_online(
    titles: Callable[..., list[str]],
) -> None:
    here = RegionFactory.create(slug="baunatal", latitude=51.25, longitude=9.41)
    near = RegionFactory.create(slug="near", latitude=51.31, longitude=9.41)
    far = RegionFactory.create(slug="far", latitude=51.60, longitude=9.41)
    for number, place in enumerate((here, near, far)):
        on(26 + number, place.slug, venue=None, municipality=place)
    on(29, "online", venue=None, municipality=far, is_online=True)

    assert titles(place="baunatal", km="5") == ["baunatal", "online"]
    assert titles(place="baunatal") == ["baunatal", "near", "online"]
    assert titles(place="baunatal", km="40") == ["baunatal", "near", "far", "online"]
    assert titles(place="baunatal", km="all") == ["baunatal", "near", "far", "online"]


@pytest.mark.parametrize(
    ("query", "facts", "others"),
    [
        ({"free": "on"}, {"cost_cents": 0}, {"cost_cents": 300}),
        ({"childcare": "on"}, {"has_childcare": True}, {}),
        ({"interpretation": "on"}, {"has_interpretation": True}, {}),
        ({"online": "on"}, {"is_online": True}, {}),
        ({"wheelchair": "on"}, {"venue__step_free": Access.YES}, {"venue__step_free": Access.NO}),
        ({"topic": "music"}, {"topic": "music"}, {}),
        ({"audience": "women"}, {"audience": "women"}, {}),
        ({"language": "ar"}, {"languages": ["de", "ar"]}, {"languages": ["de", "uk"]}),
    ],
)
def test_each_filter_keeps_what_fits(
    titles: Callable[..., list[str]],
    query: dict[str, str],
    facts: dict[str, Any],
    others: dict[str, Any],
) -> None:
    on(26, "Passt", **facts)
    on(26, "Anderes", **others)

    assert titles(**query) == ["Passt"]
    assert sorted(titles()) == ["Anderes", "Passt"]


def test_words_are_found_in_every_version_and_by_place_topic_and_organisation(
    titles: Callable[..., list[str]],
) -> None:
    date = on(26, "Reparaturabend", topic="craft", organisation__name="Heimatverein Erfunden")
    write_words(date.activity, "ar", VersionState.HUMAN, {"title": "ورشة تصليح"})
    index_activity(activity_id=date.activity_id)
    on(27, "Anderes")

    for words in ("reperaturabend", "ورشه", "erfunden", "making"):
        found = titles(q=words)
        assert "Reparaturabend" in found, words
    assert titles(q="gibtesnicht") == []


def test_the_list_is_the_same_in_every_language(titles: Callable[..., list[str]]) -> None:
    on(26, "Nur deutsch")
    ukrainian = on(27, "Deutsch auch")
    write_words(ukrainian.activity, "uk", VersionState.HUMAN, {"title": "Українською"})

    assert titles("uk") == ["Nur deutsch", "Українською"]
    assert titles("ar") == ["Nur deutsch", "Deutsch auch"]


@pytest.mark.parametrize(
    "query",
    [
        {"when": "someday"},
        {"place": "atlantis"},
        {"km": "-1"},
        {"language": "xx"},
        {"topic": "\u0000"},
        {"first": "2026-13-99"},
        {"first": "2026-11-30", "last": "2026-11-01"},
        {"last": "9" * 400},
        {"q": "x" * 5000},
        {"page": "x"},
        {"page": "99999999999999999999"},
        {"free": "maybe", "unknown": "1"},
    ],
)
def test_what_cannot_be_used_is_left_out_and_never_breaks_the_list(
    titles: Callable[..., list[str]], query: dict[str, str]
) -> None:
    on(30, "Da")

    assert titles(**query) == ["Da"]


def test_an_unusable_filter_is_said_and_the_others_hold(client: Client) -> None:
    with clock.held_at(WEDNESDAY):
        on(26, "Frei")
        on(26, "Teuer", cost_cents=500)
        seen = page(client.get("/en/activities/", {"topic": "xx", "free": "on"}))

    assert "We left out the filter" in seen.one("main .notice").text
    assert seen.one(".result-count").text == "1 meeting found"


def test_active_filters_are_chips_that_can_be_taken_off(client: Client) -> None:
    RegionFactory.create(slug="baunatal", name="Baunatal")
    query = {"q": "tee", "free": "on", "place": "baunatal", "km": "20", "page": "2", "topic": ""}

    seen = page(client.get("/en/activities/", query))

    chips = {chip.one("bdi").text: chip["href"] for chip in seen.all("main .chips a")}
    assert chips["“tee”"] == "?free=on&place=baunatal&km=20"
    assert chips["Free of charge"] == "?q=tee&place=baunatal&km=20"
    assert chips["Baunatal and up to 20 km around"] == "?q=tee&free=on"
    assert seen.one("input[name=q]")["value"] == "tee"
    assert len(seen.all("main form details[open]")) == 1


def test_a_card_says_how_many_seats_and_that_a_date_is_full_or_cancelled(client: Client) -> None:
    with clock.held_at(WEDNESDAY):
        on(26, "Offen", capacity=3)
        ParticipationFactory.create(date=on(27, "Voll", capacity=1))
        on(28, "Abgesagt", date_status=DateStatus.CANCELLED)
        cards = page(client.get("/en/activities/")).all("main article.card")

    words = [card.text for card in cards]
    assert "3 seats are free" in words[0]
    assert "All seats are taken" in words[1]
    assert "Cancelled" in words[2]


def test_user_text_carries_its_own_language_and_direction(client: Client) -> None:
    date = on(26, "Kochen")
    write_words(date.activity, "fa", VersionState.HUMAN, {"title": "آشپزی"})

    with clock.held_at(WEDNESDAY):
        title = page(client.get("/ar/activities/")).one("main h2 a bdi")

    assert (title["lang"], title["dir"], title.text) == ("de", "ltr", "Kochen")


def test_an_empty_list_invites(client: Client) -> None:
    seen = page(client.get("/en/activities/"))

    assert seen.one(".result-count").text == "0 meetings found"
    assert "Nothing here at the moment" in seen.text


@pytest.mark.parametrize("rows", [1, 5])
def test_the_list_needs_the_same_queries_for_any_length(
    client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        on(26, f"Nummer {number}", languages=["de", "ar"])
    client.get("/en/activities/")

    with clock.held_at(WEDNESDAY), django_assert_num_queries(8):
        client.get("/en/activities/", {"q": "", "free": "on"})


@pytest.mark.parametrize("rows", [1, 5])
def test_a_page_of_a_date_needs_the_same_queries_for_any_number_of_dates(
    client: Client, rows: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    date = on(26, "Kochen", languages=["de", "ar"])
    for _number in range(rows):
        DateFactory.create(activity=date.activity)
    client.get(f"/en/activities/{date.pk}/")

    with clock.held_at(WEDNESDAY), django_assert_max_num_queries(9):
        client.get(f"/en/activities/{date.pk}/")


def test_a_page_of_a_date_tells_every_fact(client: Client) -> None:
    date = on(
        26, "Kochen", cost_cents=250, has_childcare=True, has_interpretation=True,
        audience="families", languages=["de", "ar"], venue__bus_stop="Rathaus",
        venue__step_free=Access.YES, venue__accessible_toilet=Access.NO,
    )  # fmt: skip
    other = DateFactory.create(activity=date.activity, starts_at=WEDNESDAY + timedelta(days=9))

    with clock.held_at(WEDNESDAY):
        seen = page(client.get(f"/en/activities/{date.pk}/"))

    text = seen.one("main").text
    for fact in (
        "2.50", "Erika Beispiel", "+49 561 123456", "Yes, somebody looks after the children",
        "Der Eingang ist im Hof", "Rathaus", "Step-free entrance: Yes", "Accessible toilet: No",
        "Deutsch", "العربية", "Somebody interprets", "Families", "Am Anger 3",
    ):  # fmt: skip
        assert fact in text, fact
    links = {link["href"] for link in seen.all("main a")}
    assert f"/en/activities/{other.pk}/" in links
    assert f"/en/activities/{date.pk}/sign-up/" in links
    assert date.activity.organisation.get_absolute_url().replace("/de/", "/en/") in links
    assert len(seen.all("h1")) == 1


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: on(24, "x"), "This meeting is over"),
        (lambda: on(26, "x", date_status=DateStatus.CANCELLED), "This meeting was cancelled"),
    ],
)
def test_a_date_without_a_seat_to_take_says_why(
    client: Client, make: Callable[[], ActivityDate], words: str
) -> None:
    date = make()

    with clock.held_at(WEDNESDAY):
        seen = page(client.get(f"/en/activities/{date.pk}/"))

    assert words in seen.one("main").text
    assert not seen.all(f"a[href$='/{date.pk}/sign-up/']")


def test_a_full_date_leads_to_the_waiting_list(client: Client) -> None:
    date = ParticipationFactory.create(date=on(26, capacity=1)).date

    with clock.held_at(WEDNESDAY):
        seen = page(client.get(f"/en/activities/{date.pk}/"))

    assert "All seats are taken" in seen.one("main").text
    assert seen.one(f"a[href$='/{date.pk}/sign-up/']").text == "Join the waiting list"


def test_the_link_to_join_online_is_for_those_with_a_seat_only(client: Client) -> None:
    date = on(26, is_online=True, online_url="https://meet.example.org/secret-room")
    address = f"/en/activities/{date.pk}/"
    seat = ParticipationFactory.create(date=date, person=PersonFactory.create())

    with clock.held_at(WEDNESDAY):
        assert "secret-room" not in client.get(address).content.decode()
        client.force_login(PersonFactory.create())
        assert "secret-room" not in client.get(address).content.decode()
        client.force_login(seat.person)
        assert "secret-room" in client.get(address).content.decode()


@pytest.mark.parametrize("status", [ActivityStatus.DRAFT, ActivityStatus.HIDDEN])
def test_strangers_do_not_find_what_is_not_public(client: Client, status: str) -> None:
    date = on(26, status=status)

    assert client.get(f"/en/activities/{date.pk}/").status_code == 404
    client.force_login(PersonFactory.create())
    assert client.get(f"/en/activities/{date.pk}/").status_code == 404


@pytest.mark.parametrize("path", ["/en/activities/", "/en/activities/{pk}/"])
def test_public_pages_may_be_kept_and_hold_no_token_and_no_cookie(
    client: Client, path: str
) -> None:
    path = path.format(pk=on(26).pk)

    with clock.held_at(WEDNESDAY):
        response = client.get(path)

    assert response["X-Public-Page"] == "1"
    assert not response.cookies
    assert b"csrfmiddlewaretoken" not in response.content


def test_a_text_missing_in_the_readers_language_says_so_and_leads_to_the_original(
    client: Client,
) -> None:
    date = on(26, "Kochen")
    write_words(date.activity, "uk", VersionState.MACHINE, {"title": "Готуємо"})
    address = f"/uk/activities/{date.pk}/"

    with clock.held_at(WEDNESDAY):
        seen = page(client.get(address))
        original = page(client.get(address, {"original": "1"}))

    assert seen.one("h1").text == "Готуємо"
    assert len(seen.all("main a[href*='original=1']")) == 1
    assert original.one("h1").text == "Kochen"
