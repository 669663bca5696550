"""Several dates at once, as browsers use the page: show the dates, untick, add."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from miteinander.encounters.activities.models import Activity, ActivityDate, SchoolHoliday
from miteinander.encounters.activities.services.dates import MOST_DATES
from miteinander.encounters.activities.tests.factories import DateFactory
from miteinander.encounters.activities.tests.pages import Node
from miteinander.encounters.activities.tests.pages import page as parts_of
from miteinander.encounters.activities.tests.planners import (
    NOW,
    coordinator,
    planner_of,
    ready_draft,
)
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.core import clock

pytestmark = pytest.mark.django_db
WEEKLY = {
    "rhythm": "weekly", "week_of_month": "", "first_day": "2026-06-09",
    "start": "18:00", "end": "20:00", "count": "5", "last_day": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _held_clock() -> Iterator[None]:
    with clock.held_at(NOW):
        yield


def begun(**facts: Any) -> tuple[Activity, Client]:
    activity = ready_draft(**facts)
    activity.dates.all().delete()
    client = Client()
    client.force_login(planner_of(activity.organisation))
    return activity, client


def at(activity: Activity, name: str = "series") -> str:
    return reverse(f"activities:{name}", args=[activity.pk])


def shown(client: Client, activity: Activity, **changes: str) -> Any:
    return client.post(at(activity), {**WEEKLY, **changes, "show": "1"})


def ticks(page: Node) -> list[str]:
    return [box["value"] for box in page.all("input[name=day]") if "checked" in box]


def filled(page: Node) -> dict[str, Any]:
    """What a browser would send of the page as it stands, without pressing a button."""
    form = page.one("form#page-form")
    values: dict[str, Any] = {"day": ticks(page)}
    for box in form.all("input"):
        kind = box.attributes.get("type", "text")
        if box["name"] == "day" or (kind in {"radio", "checkbox"} and "checked" not in box):
            continue
        values[box["name"]] = box.attributes.get("value", "")
    for select in form.all("select"):
        chosen = [option for option in select.all("option") if "selected" in option]
        values[select["name"]] = chosen[0]["value"] if chosen else ""
    return values


def test_five_weekly_dates_take_three_steps_and_each_has_its_own_page() -> None:
    activity, client = begun()
    assert client.get(at(activity)).status_code == 200

    page = parts_of(shown(client, activity))
    assert ticks(page) == ["2026-06-09", "2026-06-16", "2026-06-23", "2026-06-30", "2026-07-07"]
    answer = client.post(at(activity), {**filled(page), "add": "1"})

    assert answer.status_code == 302
    assert answer["Location"] == at(activity, "tasks")
    rows = list(activity.dates.all())
    assert len(rows) == len({row.get_absolute_url() for row in rows}) == 5
    assert {row.capacity for row in rows} == {12}
    assert AuditEntry.objects.filter(verb="activities.set_dates").count() == 1


def test_showing_the_dates_writes_nothing() -> None:
    activity, client = begun()

    shown(client, activity)
    client.get(at(activity))

    assert not activity.dates.exists()


def test_an_unticked_date_is_not_added() -> None:
    activity, client = begun()
    values = filled(parts_of(shown(client, activity)))
    values["day"].remove("2026-06-23")

    client.post(at(activity), {**values, "add": "1"})

    assert "2026-06-23" not in {str(row.starts_at.date()) for row in activity.dates.all()}
    assert activity.dates.count() == 4


def test_a_change_above_shows_the_dates_again_before_they_are_added() -> None:
    activity, client = begun()
    values = filled(parts_of(shown(client, activity)))

    answer = client.post(at(activity), {**values, "first_day": "2026-06-10", "add": "1"})

    assert answer.status_code == 200
    assert not activity.dates.exists()
    page = parts_of(answer)
    assert ticks(page)[0] == "2026-06-10"
    client.post(at(activity), {**filled(page), "add": "1"})
    assert activity.dates.count() == 5


def test_ticking_nothing_is_told_and_nothing_typed_is_lost() -> None:
    activity, client = begun()
    values = filled(parts_of(shown(client, activity)))

    answer = client.post(at(activity), {**values, "day": [], "add": "1"})

    page = parts_of(answer)
    assert page.all("div.error-summary")
    assert page.one("input[name=start]")["value"] == "18:00"
    assert len(page.all("input[name=day]")) == 5
    assert ticks(page) == []
    assert not activity.dates.exists()


def test_days_that_are_none_of_the_series_are_never_added() -> None:
    activity, client = begun()
    values = filled(parts_of(shown(client, activity)))
    values["day"] = ["2026-06-16", "2026-06-17", "x", "", "9999-99-99", "2026-06-16"]

    client.post(at(activity), {**values, "add": "1"})

    assert [str(row.starts_at.date()) for row in activity.dates.all()] == ["2026-06-16"]


def test_adding_twice_adds_once() -> None:
    activity, client = begun()
    values = {**filled(parts_of(shown(client, activity))), "add": "1"}

    client.post(at(activity), values)
    again = client.post(at(activity), values)

    assert activity.dates.count() == 5
    assert parts_of(again).all("input[name=day]") == []


def test_without_a_place_the_page_for_it_comes_next() -> None:
    activity, client = begun(venue=None)
    values = filled(parts_of(shown(client, activity)))

    answer = client.post(at(activity), {**values, "add": "1"})

    assert answer["Location"] == at(activity, "edit_dates")
    assert activity.dates.count() == 5


def test_more_than_an_occasion_has_is_told_and_nothing_is_added() -> None:
    activity, client = begun()
    for number in range(MOST_DATES - 2):
        DateFactory.create(activity=activity, starts_at=NOW + clock_hours(number))
    values = filled(parts_of(shown(client, activity)))

    answer = client.post(at(activity), {**values, "add": "1"})

    assert answer.status_code == 200
    assert activity.dates.count() == MOST_DATES - 2
    assert parts_of(answer).all("div.error-summary")
    assert ticks(parts_of(answer)) == values["day"]


def clock_hours(number: int) -> Any:
    return (NOW.replace(year=2027) - NOW) * 2 + (NOW - NOW.replace(day=1, hour=1)) * number


def test_school_holidays_are_left_out_by_name() -> None:
    activity, client = begun()
    SchoolHoliday.objects.create(
        title="Ostern", first_day=date(2026, 3, 30), last_day=date(2026, 4, 10)
    )
    SchoolHoliday.objects.create(
        title="Sommer", first_day=date(2026, 6, 29), last_day=date(2026, 8, 7)
    )

    page = parts_of(shown(client, activity, only_school_weeks="on", count="3"))

    assert ticks(page) == ["2026-06-09", "2026-06-16", "2026-06-23"]
    page = parts_of(shown(client, activity, only_school_weeks="on", count="4"))
    assert ticks(page)[3] == "2026-08-11"
    assert page.one("section#series-days").text.count("Sommer") == 6


def test_where_holidays_are_not_known_the_page_says_so() -> None:
    activity, client = begun()

    page = parts_of(shown(client, activity, only_school_weeks="on"))

    assert page.all("section#series-days div.notice-warning")
    assert len(ticks(page)) == 5
    assert not parts_of(shown(client, activity)).all("section#series-days div.notice-warning")


def test_another_language_keeps_what_was_typed_and_what_was_unticked() -> None:
    activity, client = begun()
    values = filled(parts_of(shown(client, activity)))
    values["day"].remove("2026-06-16")

    page = parts_of(client.post(at(activity), {**values, "_switch": "1", "add": "1"}))

    assert "2026-06-16" not in ticks(page)
    assert len(ticks(page)) == 4
    assert page.one("input[name=count]")["value"] == "5"
    assert not activity.dates.exists()
    empty = {**WEEKLY, "first_day": "", "_switch": "1"}
    assert not parts_of(client.post(at(activity), empty)).all("section#series-days")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first_day", "2026-05-31"),
        ("first_day", "9999-12-31"),
        ("first_day", "31.02.2027"),
        ("last_day", "2026-06-01"),
        ("last_day", "9999-12-31"),
        ("last_day", "2098-12-31"),
        ("count", "0"),
        ("count", "61"),
        ("count", "-5"),
        ("count", "1" * 400),
        ("count", ""),
        ("end", "18:00"),
        ("start", "25:00"),
        ("rhythm", "secondly"),
        ("week_of_month", "9"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_nothing_is_added(field: str, value: str) -> None:
    activity, client = begun()
    changes = {field: value}
    if field == "last_day":
        changes["count"] = ""

    answer = shown(client, activity, **changes)

    page = parts_of(answer)
    assert answer.status_code == 200
    assert page.all("div.error-summary")
    assert not page.all("section#series-days")
    assert not activity.dates.exists()


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    values=st.fixed_dictionaries(
        {
            name: st.one_of(st.just(good), st.text(max_size=20))
            for name, good in {**WEEKLY, "day": "2026-06-09", "shown": ""}.items()
        }
    )
)
def test_whatever_is_sent_the_page_answers(values: dict[str, str]) -> None:
    activity, client = begun()

    for button in ("show", "add", "_switch"):
        answer = client.post(at(activity), {**values, button: "1"})
        assert answer.status_code == 200

    assert not ActivityDate.objects.exists()


def test_who_may_not_change_it_does_not_find_the_page() -> None:
    activity, _client = begun()
    template = ready_draft()
    template.dates.all().delete()
    Activity.objects.filter(pk=template.pk).update(is_template=True)
    stranger = Client()
    stranger.force_login(planner_of(template.organisation))

    assert stranger.get(at(activity)).status_code == 404
    assert shown(stranger, activity).status_code == 404
    assert stranger.get(at(template)).status_code == 404


def test_a_published_meeting_gets_more_dates_too() -> None:
    activity, _client = begun()
    client = Client()
    client.force_login(coordinator())
    Activity.objects.filter(pk=activity.pk).update(status="published", published_at=NOW)

    values = filled(parts_of(shown(client, activity, rhythm="monthly", count="2")))
    client.post(at(activity), {**values, "add": "1"})

    assert [str(row.starts_at.date()) for row in activity.dates.all()] == [
        "2026-06-09", "2026-07-14",
    ]  # fmt: skip


def test_the_hours_of_the_last_date_are_offered_again() -> None:
    activity, client = begun()
    DateFactory.create(activity=activity, starts_at=NOW)

    page = parts_of(client.get(at(activity)))

    assert page.one("input[name=start]")["value"] == "11:00"
    assert page.one("input[name=end]")["value"] == "13:00"


def test_showing_the_dates_asks_the_same_number_of_questions_however_many_there_are(
    django_assert_max_num_queries: Any,
) -> None:
    activity, client = begun()
    shown(client, activity)
    with django_assert_max_num_queries(14) as few:
        shown(client, activity, count="1")
    with django_assert_max_num_queries(len(few)):
        shown(client, activity, count="50")


def test_many_dates_are_a_line_each_until_one_is_opened_and_all_are_sent() -> None:
    activity, client = begun()
    values = filled(parts_of(shown(client, activity, count="20")))
    client.post(at(activity), {**values, "add": "1"})

    page = parts_of(client.get(at(activity, "edit_dates")))

    folded = page.all("form#page-form details.plan-more")
    lines = [row.one("summary").text for row in folded if row.all("input[name^=day_]")]
    assert len(lines) == 20
    assert "18:00" in lines[0]
    sent = {box["name"]: box["value"] for box in page.all("input") if "value" in box}
    answer = client.post(
        at(activity, "edit_dates"), {**sent, "place": activity.venue_id, "day_3": "2026-06-24"}
    )
    assert answer.status_code == 302
    assert activity.dates.count() == 20
    assert str(activity.dates.order_by("starts_at")[2].starts_at.date()) == "2026-06-24"


def test_a_wrong_row_among_many_is_open() -> None:
    activity, client = begun()
    values = filled(parts_of(shown(client, activity, count="20")))
    client.post(at(activity), {**values, "add": "1"})
    page = parts_of(client.get(at(activity, "edit_dates")))
    sent = {box["name"]: box["value"] for box in page.all("input") if "value" in box}

    answer = client.post(
        at(activity, "edit_dates"), {**sent, "place": activity.venue_id, "day_3": ""}
    )

    page = parts_of(answer)
    assert page.all("div.error-summary")
    assert not page.all("details.plan-more input[name=day_3]")
