"""Standing offers: their hours, when next, the public list, and planning one."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from miteinander.community.people.tests.factories import PersonFactory
from miteinander.encounters.activities.enums import ActivityStatus
from miteinander.encounters.activities.models import Activity, ClosedDay, SchoolHoliday
from miteinander.encounters.activities.openings import openings
from miteinander.encounters.activities.queries.holidays import HolidayCalendar, school_holidays
from miteinander.encounters.activities.queries.standing import shown, standing_offers
from miteinander.encounters.activities.services import dates, planning
from miteinander.encounters.activities.services.standing import Hours, Opening, set_opening
from miteinander.encounters.activities.tests.factories import DateFactory, OfferFactory
from miteinander.encounters.activities.tests.pages import page
from miteinander.encounters.activities.tests.planners import NOW, planner_of
from miteinander.foundation.core import clock

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 6, 2)  # the day after NOW, a Monday
CAFE = [Hours(1, time(15), time(18))]


@pytest.fixture(autouse=True)
def _held_clock() -> Iterator[None]:
    with clock.held_at(NOW), translation.override("en"):
        yield


def at(name: str, *args: Any) -> str:
    return reverse(f"activities:{name}", args=args)


def planner(offer: Activity) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(planner_of(offer.organisation))
    return client


def visitor() -> Client:
    return Client(headers={"accept-language": "en"})


def next_days(offer: Activity, most: int, now: datetime = NOW) -> list[date]:
    (row,) = shown(Activity.objects.filter(pk=offer.pk))
    coming = openings(row, now=now, holidays=school_holidays())
    return [clock.local(one.starts_at).date() for one in islice(coming, most)]


def test_it_takes_place_every_week_but_not_on_closed_days_or_in_the_holidays() -> None:
    offer = OfferFactory.create(rests_in_holidays=True)
    ClosedDay.objects.create(activity=offer, day=TUESDAY + timedelta(days=7))
    SchoolHoliday.objects.create(
        title="Sommer",
        first_day=TUESDAY + timedelta(days=14),
        last_day=TUESDAY + timedelta(days=20),
    )

    assert next_days(offer, 2) == [TUESDAY, TUESDAY + timedelta(days=21)]


def test_what_goes_on_now_is_next_and_what_is_over_is_not() -> None:
    offer = OfferFactory.create()

    during = datetime(2026, 6, 2, 15, 59, tzinfo=UTC)  # 17:59 where people live
    assert next_days(offer, 1, during) == [TUESDAY]
    assert next_days(offer, 1, during + timedelta(minutes=1)) == [TUESDAY + timedelta(days=7)]


def test_the_clocks_show_the_same_hours_in_summer_and_winter() -> None:
    offer = OfferFactory.create()
    (row,) = shown(Activity.objects.filter(pk=offer.pk))

    coming = islice(openings(row, now=NOW, holidays=HolidayCalendar()), 40)

    assert {f"{clock.local(one.starts_at):%H:%M}" for one in coming} == {"15:00"}


def test_hours_are_written_all_or_nothing() -> None:
    offer = OfferFactory.create(hours=[])
    actor = planner_of(offer.organisation)

    set_opening(actor=actor, activity_id=offer.pk, opening=Opening(CAFE, closed_days=[TUESDAY]))

    assert [(row.weekday, row.opens) for row in offer.opening_hours.all()] == [(1, time(15))]
    for wrong, code in (
        (Opening([]), "no_hours"),
        (Opening([Hours(1, time(18), time(15))]), "end"),
        (Opening([*CAFE, Hours(1, time(17), time(19))]), "overlap"),
        (Opening(CAFE, last_day=NOW.date() - timedelta(days=1)), "past"),
        (Opening(CAFE, first_day=TUESDAY, last_day=NOW.date()), "order"),
    ):
        with pytest.raises(ValidationError) as refused:
            set_opening(actor=actor, activity_id=offer.pk, opening=wrong)
        assert refused.value.code == code
    assert offer.opening_hours.count() == offer.closed_days.count() == 1


def test_strangers_change_nothing_and_an_offer_gets_no_dates() -> None:
    offer = OfferFactory.create()
    with pytest.raises(PermissionDenied):
        set_opening(actor=PersonFactory.create(), activity_id=offer.pk, opening=Opening(CAFE))
    starts_at = NOW + timedelta(days=1)
    with pytest.raises(ValidationError) as refused:
        dates.set_dates(
            actor=planner_of(offer.organisation), activity_id=offer.pk,
            rows=[dates.PlannedDate(starts_at, starts_at + timedelta(hours=1))],
        )  # fmt: skip
    assert refused.value.code == "is_standing"
    activity = DateFactory.create().activity
    planning_it = planner_of(activity.organisation)
    with pytest.raises(ValidationError) as other:
        set_opening(actor=planning_it, activity_id=activity.pk, opening=Opening(CAFE))
    assert other.value.code == "not_standing"


def test_one_is_planned_from_the_title_to_the_public_list() -> None:
    offer = OfferFactory.create()
    client = planner(offer)
    client.post(at("create"), {"title": "Offenes Café", "language": "de", "kind": "standing"})
    begun = Activity.objects.latest("pk")
    assert begun.is_standing

    tasks = page(client.get(at("tasks", begun.pk))).text
    assert "Opening times and place" in tasks
    assert "How seats are given" not in tasks
    assert client.get(at("edit_dates", begun.pk)).headers["location"] == at(
        "edit_opening", begun.pk
    )
    typed = {
        "weekday_1": "1", "opens_1": "15:00", "closes_1": "18:00", "place": str(offer.venue_id),
        "closed_days": "02.06.2026", "seen": "",
    }  # fmt: skip
    assert client.post(at("edit_opening", begun.pk), typed).status_code == 302
    assert "Opening times" in page(client.get(at("tasks", begun.pk))).text
    shown_page = page(client.get(at("preview", begun.pk))).text
    assert "Every Tuesday 15:00–18:00" in shown_page
    assert "Next: Tuesday, 9 June" in shown_page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Enter at least one day with its hours."),
        ({"weekday_1": "1", "opens_1": "18:00", "closes_1": "15:00"}, "The end must be after"),
        ({"weekday_1": "1", "opens_1": "18:00"}, "Enter when it ends."),
        ({"opens_1": "18:00", "closes_1": "19:00"}, "Choose the day."),
        (
            {"weekday_1": "1", "opens_1": "15:00", "closes_1": "18:00", "weekday_2": "1",
             "opens_2": "17:00", "closes_2": "19:00"},
            "These hours overlap: Tuesday.",
        ),
        (
            {"weekday_1": "1", "opens_1": "15:00", "closes_1": "18:00", "last_day": "2026-05-01"},
            "This day has passed.",
        ),
        (
            {"weekday_1": "1", "opens_1": "15:00", "closes_1": "18:00", "closed_days": "gestern"},
            "We cannot read this day: gestern.",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_and_what_was_typed_stays(typed: dict[str, str], said: str) -> None:
    offer = OfferFactory.create()
    answer = planner(offer).post(
        at("edit_opening", offer.pk), typed | {"place": str(offer.venue_id), "seen": ""}
    )

    shown_page = page(answer)
    assert answer.status_code == 200
    assert said in shown_page.text
    if "opens_1" in typed:
        assert shown_page.one("input[name=opens_1]")["value"] == typed["opens_1"]
    assert offer.opening_hours.count() == 1


def test_the_list_shows_public_offers_that_are_not_over_and_filters_them() -> None:
    cafe = OfferFactory.create(parts__title="Café", languages=["ar"], has_childcare=True)
    sewing = OfferFactory.create(
        parts__title="Nähen", hours=[(4, time(16), time(19))], topic="craft"
    )
    OfferFactory.create(parts__title="Geheim", status=ActivityStatus.DRAFT)
    over = OfferFactory.create(parts__title="Vorbei")
    over.opening_hours.update(last_day=NOW.date() - timedelta(days=1))
    client = visitor()

    def titles(**query: str) -> set[str]:
        return {row.text for row in page(client.get(at("standing"), query)).all("article h3 a")}

    assert titles() == {"Café", "Nähen"}
    assert titles(weekday="4") == {"Nähen"}
    assert titles(weekday="today") == set()
    assert titles(language="ar") == {"Café"}
    assert titles(topic="craft") == {"Nähen"}
    assert titles(childcare="on") == {"Café"}
    assert sewing.municipality is not None
    assert titles(place=sewing.municipality.slug) >= {"Nähen"}
    assert titles(weekday="9") == {"Café", "Nähen"}
    assert client.get(at("standing_detail", over.pk)).status_code == 200
    assert page(client.get(at("standing_detail", cafe.pk))).all("a[href*='sign-up']") == []


def test_strangers_do_not_find_a_draft() -> None:
    draft = OfferFactory.create(status=ActivityStatus.DRAFT)

    assert visitor().get(at("standing_detail", draft.pk)).status_code == 404


def test_it_stands_on_the_pages_of_its_place_its_organisation_and_at_home() -> None:
    offer = OfferFactory.create(parts__title="Offenes Café")
    client = visitor()
    assert offer.municipality is not None

    for address in (
        offer.municipality.get_absolute_url(), offer.organisation.get_absolute_url(),
        reverse("web:home"),
    ):  # fmt: skip
        assert "Offenes Café" in page(client.get(address)).text
    assert "Offenes Café" not in page(client.get(at("list"))).text


def test_a_copy_and_a_template_keep_the_hours_not_the_closed_days() -> None:
    offer = OfferFactory.create()
    ClosedDay.objects.create(activity=offer, day=TUESDAY)
    actor = planner_of(offer.organisation)

    for made in (
        planning.copy_activity(actor=actor, activity_id=offer.pk),
        planning.keep_template(actor=actor, activity_id=offer.pk),
    ):
        assert made.is_standing
        assert made.opening_hours.get().opens == time(15)
        assert not made.closed_days.exists()


def test_the_list_asks_as_often_for_fifty_as_for_ten() -> None:
    organisation = OfferFactory.create().organisation
    client = visitor()
    counts = []
    for size in (9, 40):
        for _number in range(size):
            OfferFactory.create(organisation=organisation)
        client.get(at("standing"))
        with CaptureQueriesContext(connection) as asked:
            client.get(at("standing"))
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 15
    assert standing_offers(today=NOW.date()).count() == 50
