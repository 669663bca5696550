"""When and where, calling off, and other languages, as browsers use them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from miteinander.community.organisations.tests.factories import (
    OrganisationFactory,
)
from miteinander.community.people.models import Person
from miteinander.community.regions.tests.factories import RegionFactory
from miteinander.encounters.activities.enums import DateStatus, ParticipationStatus
from miteinander.encounters.activities.models import Activity, ActivityDate
from miteinander.encounters.activities.tests.factories import (
    DateFactory,
    ParticipationFactory,
)
from miteinander.encounters.activities.tests.pages import page as parts_of
from miteinander.encounters.activities.tests.planners import (
    NOW,
    planner_of,
    ready_draft,
)
from miteinander.encounters.spaces.models import Venue
from miteinander.foundation.content.models import Version
from miteinander.foundation.core import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _held_clock() -> Iterator[None]:
    with clock.held_at(NOW):
        yield


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def at(name: str, *args: Any) -> str:
    return reverse(f"activities:{name}", args=args)


def as_shown(form: Any) -> dict[str, Any]:
    values = {field.html_name: field.value() for field in form}
    return {name: value for name, value in values.items() if value not in {None, False}}


def row(number: int, day: str, start: str = "18:00", end: str = "20:00") -> dict[str, str]:
    return {f"day_{number}": day, f"start_{number}": start, f"end_{number}": end}


def test_five_dates_and_a_new_place_are_entered_on_one_page() -> None:
    activity = ready_draft(venue=None)
    activity.dates.all().delete()
    town = RegionFactory.create()
    data = {"rows": "5", "place": "new", "venue_name": "Alte Schule", "venue_municipality": town.pk}
    for number in range(1, 6):
        data |= row(number, f"2026-07-0{number}", end="01:00")

    response = signed_in(planner_of(activity.organisation)).post(
        at("edit_dates", activity.pk), data
    )

    assert response.status_code == 302
    assert [date.ends_at.day for date in activity.dates.order_by("starts_at")] == [1, 2, 3, 4, 5]
    assert ActivityDate.objects.filter(ends_at__hour=1).count() == 5
    assert Activity.objects.get().venue == Venue.objects.get(name="Alte Schule")


def test_a_week_by_week_series_is_filled_in_to_be_looked_at_first() -> None:
    activity = ready_draft()
    activity.dates.all().delete()
    client = signed_in(planner_of(activity.organisation))

    page = client.post(
        at("edit_dates", activity.pk), {"rows": "5", "weekly": "1", **row(1, "2026-07-01")}
    )

    form = page.context["form"]
    assert [form[f"day_{number}"].value() for number in range(1, 6)] == [
        "2026-07-01", "2026-07-08", "2026-07-15", "2026-07-22", "2026-07-29",
    ]  # fmt: skip
    assert not activity.dates.exists()


def test_more_rows_keep_what_was_typed() -> None:
    activity = ready_draft()
    client = signed_in(planner_of(activity.organisation))

    page = client.post(
        at("edit_dates", activity.pk), {"rows": "6", "more": "1", **row(2, "2026-07-01")}
    )

    assert page.context["form"].row_count == 11
    assert page.context["form"]["day_2"].value() == "2026-07-01"
    assert activity.dates.count() == 1


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        (row(1, "2027-03-28", "02:30", "04:00"), {"start_1"}),
        (row(1, "2026-07-01", "18:00", "18:00"), {"end_1"}),
        (row(1, "2026-07-01", "", ""), {"start_1", "end_1"}),
        (row(1, "2026-02-30"), {"day_1"}),
        (row(1, "9999-12-31", "18:00", "01:00"), {"day_1"}),
        (row(1, "0001-01-01"), {"day_1"}),
        (row(1, "9999-12-31") | {"weekly": "1"}, set()),
        (row(1, "2020-01-01"), {"__all__"}),
        ({"place": "new"}, {"venue_name", "venue_municipality"}),
        ({"is_online": "on"}, {"online_url"}),
        ({"place": "online", "online_url": "javascript:alert(1)"}, {"online_url"}),
        ({"place": "999999"}, {"place"}),
        ({"place": ""}, {"place"}),
    ],
)
def test_wrong_dates_and_places_are_named_and_nothing_is_saved(
    data: dict[str, str], wrong: set[str]
) -> None:
    activity = ready_draft(venue=None)
    activity.dates.all().delete()

    page = signed_in(planner_of(activity.organisation)).post(
        at("edit_dates", activity.pk), {"rows": "5", "place": "later", **data}
    )

    assert set(page.context["form"].errors) == wrong
    assert not ActivityDate.objects.exists()
    assert not Venue.objects.exists()


def test_dates_typed_beside_somebody_elses_are_kept_and_may_be_saved_again() -> None:
    activity = ready_draft()
    client = signed_in(planner_of(activity.organisation))
    address = at("edit_dates", activity.pk)
    data = as_shown(client.get(address).context["form"])
    DateFactory.create(activity=activity, starts_at=NOW + timedelta(days=9))
    data |= row(2, "2026-07-01") | {"place": str(activity.venue_id)}

    warned = client.post(address, data)
    assert warned.context["has_conflict"]
    assert warned.context["form"]["day_2"].value() == "2026-07-01"
    assert activity.dates.count() == 2

    client.post(address, data | {"seen": warned.context["form"]["seen"].value()})
    assert activity.dates.count() == 3


def test_calling_off_asks_first_and_names_how_many_come() -> None:
    date = ParticipationFactory.create(date__starts_at=NOW + timedelta(days=2)).date
    client = signed_in(planner_of(date.activity.organisation))

    page = client.get(at("cancel_date", date.pk))
    assert page.status_code == 200
    date.refresh_from_db()
    assert date.status == DateStatus.SCHEDULED

    client.post(at("cancel_date", date.pk))
    date.refresh_from_db()
    assert date.status == DateStatus.CANCELLED
    stranger = signed_in(planner_of(OrganisationFactory.create()))
    assert stranger.get(at("cancel_date", date.pk)).status_code == 404


def test_before_cancelling_both_are_counted_who_gets_a_message_and_who_does_not() -> None:
    date = DateFactory.create(starts_at=NOW + timedelta(days=3))
    ParticipationFactory.create_batch(3, date=date)
    ParticipationFactory.create(date=date, status=ParticipationStatus.GIVEN_BACK)
    planner = signed_in(planner_of(date.activity.organisation))

    assert "cannot be reached" not in parts_of(planner.get(at("cancel_date", date.pk))).text
    phone = {"person__email": None, "person__phone": "+49561123456"}
    ParticipationFactory.create(date=date, **phone)

    with translation.override("en"):
        address = at("cancel_date", date.pk)
    words = parts_of(planner.get(address)).text
    assert "3 people get a message." in words
    assert "1 person cannot be reached by e-mail." in words


def test_before_cancelling_a_date_without_people_nobody_is_counted() -> None:
    date = DateFactory.create(starts_at=NOW + timedelta(days=3))

    with translation.override("en"):
        address = at("cancel_date", date.pk)
    shown = signed_in(planner_of(date.activity.organisation)).get(address)

    assert "Nobody has signed up yet." in parts_of(shown).text


def test_a_version_stands_beside_the_original_in_its_own_direction() -> None:
    activity = ready_draft()

    page = signed_in(planner_of(activity.organisation)).get(at("version", activity.pk, "ar"))

    html = page.content.decode()
    assert 'lang="ar" dir="rtl"' in html
    assert "Wir kochen zusammen." in html


@pytest.mark.parametrize("language", ["de", "xx"])
def test_there_is_no_editor_for_the_original_or_an_unknown_language(language: str) -> None:
    activity = ready_draft()

    page = signed_in(planner_of(activity.organisation)).get(at("version", activity.pk, language))

    assert page.status_code == 404


def test_facts_that_differ_are_shown_and_block_until_confirmed() -> None:
    activity = ready_draft(parts__summary="Um 18:00 Uhr im Hof.")
    client = signed_in(planner_of(activity.organisation))
    address = at("version", activity.pk, "en")
    data = {"title": "Cooking", "summary": "At 19:00 in the yard."}

    blocked = client.post(address, data)
    assert blocked.status_code == 200
    assert blocked.context["differences"]
    assert blocked.context["form"]["summary"].value() == "At 19:00 in the yard."
    assert not Version.objects.filter(language="en").exists()

    client.post(address, data | {"differences_confirmed": "on"})
    assert Version.objects.get(language="en").parts["title"] == "Cooking"
    states = {
        line["code"]: line["kind"]
        for line in client.get(at("versions", activity.pk)).context["rows"]
    }
    assert (states["de"], states["en"], states["ar"]) == ("original", "human", "missing")
