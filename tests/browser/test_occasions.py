"""Journeys around seats for both sides: company, waiting and offers, a draw.

Each is walked by a phone in Arabic without script and by a wide German screen with script.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Walker, walker_for
from tests.browser.test_journeys import fresh, link_in
from tests.serving import Platform

pytestmark = [pytest.mark.browser, pytest.mark.process]
MAKE_DATE = """
import json
from datetime import timedelta
from miteinander.encounters.activities.tests.factories import ActivityFactory, DateFactory
from miteinander.encounters.spaces.models import Venue
from miteinander.foundation.core import clock
venue = Venue.objects.filter(organisation__status="active").order_by("pk").first()
place = {"organisation": venue.organisation, "municipality": venue.municipality, "venue": venue}
date = DateFactory.create(
    activity=ActivityFactory.create(**place, **{activity}),
    starts_at=clock.now() + timedelta(days=20), **{date},
)
print(json.dumps(date.pk))
"""
DRAW = """
from miteinander.encounters.activities.services.seats.draw import draw_seats
from miteinander.foundation.core.permissions import SystemActor
draw_seats(actor=SystemActor("test"), date_id={date})
print("null")
"""


@pytest.fixture(params=[("ar", 360, False), ("de", 1280, True)], ids=["ar-360-plain", "de-1280"])
def person(
    request: pytest.FixtureRequest, chromium: Browser, district: Platform
) -> Iterator[Walker]:
    language, width, has_script = request.param
    walker = walker_for(chromium, district, language=language, width=width, has_script=has_script)
    yield walker
    walker.context.close()
    assert not walker.complaints, "the browser complained (also about the security policy)"


def make_date(walker: Walker, activity: dict[str, Any], date: dict[str, Any]) -> int:
    """Make a published date of its own for a journey; return its key."""
    code = MAKE_DATE.replace("{activity}", repr(activity)).replace("{date}", repr(date))
    made: int = json.loads(walker.platform.python(code))
    return made


def ask_for_seat(walker: Walker, date: int, name: str, **more: str) -> str:
    """Ask for a seat as a guest; return the address of the page behind the link in the mail."""
    address = fresh(walker, name)
    walker.open(f"activities/{date}/sign-up/")
    walker.page.locator("input[name=name]").fill(f"{name} Walker")
    walker.page.locator("input[name=email]").fill(address)
    for field, value in more.items():
        walker.page.locator(f"select[name={field}]").select_option(value)
    walker.submit()
    walker.expect_sound()
    assert "/signed-up/" in walker.page.url, walker.page.locator("main").inner_text()
    return address


def open_seat(walker: Walker, address: str) -> str:
    walker.page.goto(link_in(walker.latest_mail(address), "/seat/"))
    walker.expect_sound()
    return walker.page.url


def test_two_adults_come_along_and_one_stays_at_home(person: Walker) -> None:
    date = make_date(person, {"most_companions": 3}, {"capacity": 4})
    address = ask_for_seat(person, date, "family", companions="2", children="1")
    person.open(f"activities/{date}/")
    assert person.page.locator("main .seats, main .seat-dots").count() >= 1

    open_seat(person, address)
    person.page.locator("select[name=companions], input[name=companions]").first.wait_for()
    fewer = person.page.locator("form[action$='/fewer/']")
    if fewer.locator("select[name=companions]").count():
        fewer.locator("select[name=companions]").select_option("1")
    else:
        fewer.locator("input[name=companions]").fill("1")
    person.press(fewer.locator("button[type=submit]"))
    person.expect_sound()
    ask_for_seat(person, date, "later")


def test_whoever_waits_is_offered_the_seat_that_is_given_back(person: Walker) -> None:
    date = make_date(person, {}, {"capacity": 1})
    holder = ask_for_seat(person, date, "holder")
    seat = open_seat(person, holder)
    waiting = ask_for_seat(person, date, "waiting")
    place = open_seat(person, waiting)
    assert person.page.locator("form[action$='/take/']").count() == 0

    person.page.goto(seat)
    person.press(person.page.locator("form[action$='/give-back/'] button"))
    person.expect_sound()

    person.page.goto(place)
    person.expect_sound()
    person.press(person.page.locator("form[action$='/take/'] button"))
    person.expect_sound()
    person.page.goto(place)
    assert person.page.locator("form[action$='/take/']").count() == 0
    assert person.page.locator("form[action$='/give-back/']").count() == 1
    person.open(f"activities/{date}/sign-up/")
    assert person.page.locator("input[name=may_wait]").count() == 1


def test_a_draw_is_explained_to_everybody(person: Walker) -> None:
    date = make_date(person, {"giving": "draw", "draw_hours": 48}, {"capacity": 1})
    addresses = [ask_for_seat(person, date, f"draw{number}") for number in range(2)]
    places = [open_seat(person, address) for address in addresses]
    assert person.page.locator("a[href$='/draw/']").count() == 0
    person.platform.python(DRAW.replace("{date}", str(date)))

    won = 0
    for place in places:
        person.page.goto(place)
        person.expect_sound()
        won += "/give-back/" in person.page.content() and bool(
            person.page.locator("form[action$='/give-back/'] button").count()
        )
        person.press(person.page.locator("a[href$='/draw/']"))
        person.expect_sound()
        words = person.page.locator("main").inner_text()
        assert re.search(r"\b[0-9a-f]{32}\b", words)
    assert won == 2
