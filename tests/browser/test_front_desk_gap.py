"""The front desk on a phone while the network is gone, and the codes at the door.

The gap is real for the browser: its network is switched off and on again.
"""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Browser, Error

from tests.browser.conftest import Walker, walker_for
from tests.serving import Platform

pytestmark = [pytest.mark.browser, pytest.mark.process]
MAKE_DATE = """
import json
import secrets
from datetime import timedelta
from miteinander.community.people.models import Person
from miteinander.encounters.activities.tests.factories import (
    ActivityFactory, DateFactory, ParticipationFactory,
)
from miteinander.foundation.core import clock
member = Person.objects.get(email="karl.muster@demo.example")
house = member.memberships.select_related("organisation").order_by("pk").first().organisation
venue = house.venues.order_by("pk").first()
date = DateFactory.create(
    activity=ActivityFactory.create(
        organisation=house, municipality=house.municipality, venue=venue
    ),
    starts_at=clock.now() + timedelta(minutes=20), capacity=30,
)
rows = [
    ParticipationFactory.create(
        date=date, token=secrets.token_hex(12), person__name=f"Gast {number:02}",
        person__email=f"{secrets.token_hex(6)}@example.org",
    )
    for number in range({count})
]
print(json.dumps([date.pk, rows[0].token]))
"""
LIST = """
import json
from miteinander.encounters.activities.models import DeskEntry, Participation
rows = Participation.objects.filter(date_id={date}).order_by("person__name")
found = list(rows.values_list("person__name", "presence"))
print(json.dumps([found, DeskEntry.objects.filter(participation__date_id={date}).count()]))
"""
KEPT = """async () => [
    await caches.keys().then((names) => names.filter((name) => name.startsWith("desk-"))),
    (await navigator.serviceWorker.getRegistrations())
        .map((one) => one.scope).filter((scope) => scope.includes("/door/")),
    Object.keys(localStorage).filter((name) => name.startsWith("desk:")),
]"""

IS_KEPT = "caches.match(location.pathname, {ignoreVary: true}).then((found) => !!found)"


@pytest.fixture(params=[("de", 1280), ("ar", 360)], ids=["de-1280", "ar-360"])
def organiser(
    request: pytest.FixtureRequest, chromium: Browser, district: Platform
) -> Iterator[Walker]:
    language, width = request.param
    walker = walker_for(chromium, district, language=language, width=width, has_script=True)
    yield walker
    walker.context.close()
    lost = [words for words in walker.complaints if "ERR_INTERNET_DISCONNECTED" not in words]
    assert not lost, "the browser complained (also about the security policy)"


def make_date(walker: Walker, count: int = 5) -> tuple[int, str]:
    date, token = json.loads(walker.platform.python(MAKE_DATE.replace("{count}", str(count))))
    return date, token


def stored(walker: Walker, date: int) -> tuple[list[list[str]], int]:
    rows, entries = json.loads(walker.platform.python(LIST.replace("{date}", str(date))))
    return rows, entries


def until(walker: Walker, expression: str, seconds: float = 15) -> None:
    """Ask the page again and again; the security policy forbids it to wait by itself."""
    for _time in range(int(seconds * 10)):
        if walker.page.evaluate(expression):
            return
        walker.page.wait_for_timeout(100)
    raise AssertionError(expression)


def open_desk(walker: Walker, date: int) -> None:
    """Open the page and wait until the browser keeps it."""
    walker.open(f"activities/door/{date}/")
    until(walker, "navigator.serviceWorker.controller !== null")
    until(walker, IS_KEPT)


def mark(walker: Walker, number: int, value: str) -> None:
    row = walker.page.locator(".door-row", has_text=f"Gast {number:02}")
    row.locator(f"button[name=mark][value={value}]").click()


def state(walker: Walker) -> str:
    return walker.page.locator("[data-desk-state]").inner_text()


def until_state(walker: Walker, pattern: str) -> None:
    """Wait until the line about the network says so: it follows the attempt to send."""
    for _time in range(100):
        if re.search(pattern, state(walker)):
            return
        walker.page.wait_for_timeout(100)
    raise AssertionError(state(walker))


def wait_until_sent(walker: Walker) -> None:
    until(walker, "!document.querySelector('[data-waits]')", seconds=60)


def kept(walker: Walker) -> Any:
    return walker.page.evaluate(KEPT)


def test_marks_and_a_walk_in_wait_for_the_network_and_count_once(organiser: Walker) -> None:
    organiser.become("member")
    date, _token = make_date(organiser)
    open_desk(organiser, date)

    organiser.context.set_offline(True)
    mark(organiser, 0, "present")
    mark(organiser, 1, "present")
    mark(organiser, 2, "absent")
    organiser.page.locator("#desk-name").fill("Spontan Walker")
    organiser.page.locator("[data-desk-walk-in] button").click()
    until_state(organiser, "[4٤]")
    assert organiser.page.locator("[data-waits]").count() == 4
    assert not organiser.axe()
    assert {presence for _name, presence in stored(organiser, date)[0]} == {"unknown"}

    organiser.page.reload()  # the page itself is there without network, with what waits
    organiser.expect_sound()
    assert organiser.page.locator("[data-waits]").count() == 4
    until_state(organiser, "[4٤]")

    organiser.context.set_offline(False)
    wait_until_sent(organiser)
    organiser.page.reload()
    organiser.expect_sound()
    marks = ["present", "present", "absent", "unknown", "unknown"]
    expected = [[f"Gast {number:02}", word] for number, word in enumerate(marks)]
    expected.append(["Spontan Walker", "present"])
    assert stored(organiser, date) == (expected, 3)
    assert organiser.page.locator(".door-row.door-present").count() == 3
    assert not organiser.axe()


def test_an_answer_that_got_lost_makes_no_double(organiser: Walker) -> None:
    organiser.become("member")
    date, _token = make_date(organiser)
    open_desk(organiser, date)

    def lose_answer(route: Any) -> None:
        with suppress(Error):  # on a slow machine one try may outlast the page
            route.fetch()
            route.abort("internetdisconnected")

    organiser.context.route("**/sync/", lose_answer)
    mark(organiser, 0, "present")
    organiser.page.locator("#desk-name").fill("Spontan Walker")
    organiser.page.locator("[data-desk-walk-in] button").click()
    organiser.page.wait_for_timeout(1500)
    assert organiser.page.locator("[data-waits]").count() == 2

    organiser.context.unroute_all(behavior="wait")
    wait_until_sent(organiser)
    rows, entries = stored(organiser, date)
    assert entries == 1
    assert [name for name, presence in rows if presence == "present"] == [
        "Gast 00", "Spontan Walker",
    ]  # fmt: skip
    assert len(rows) == 6


def test_nothing_is_left_after_signing_out(organiser: Walker) -> None:
    organiser.become("member")
    date, _token = make_date(organiser)
    open_desk(organiser, date)
    organiser.context.set_offline(True)
    mark(organiser, 0, "present")
    page, scope, box = kept(organiser)
    assert (len(page), len(scope), len(box)) == (1, 1, 1)

    organiser.context.set_offline(False)
    organiser.open("account/sign-out/")
    organiser.submit()
    organiser.page.wait_for_timeout(500)

    assert kept(organiser) == [[], [], []]
    organiser.context.set_offline(True)
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        organiser.page.goto(f"{organiser.base}/{organiser.language}/activities/door/{date}/")
    organiser.page.wait_for_timeout(1000)  # until the browser's own page about it stands
    assert "Gast 0" not in organiser.page.content()


def test_what_is_over_is_forgotten_on_the_next_page(organiser: Walker) -> None:
    organiser.become("member")
    organiser.page.evaluate("""async () => {
        await caches.open("desk-5-1000");
        localStorage.setItem("desk:old", JSON.stringify({until: 1000, entries: [{name: "Ali"}]}));
        localStorage.setItem("desk:broken", "{");
    }""")

    organiser.open("activities/")
    until(organiser, "caches.keys().then((names) => !names.includes('desk-5-1000'))")

    assert kept(organiser) == [[], [], []]


def test_twenty_people_are_marked_in_under_two_minutes(organiser: Walker) -> None:
    organiser.become("member")
    date, _token = make_date(organiser, 20)
    open_desk(organiser, date)

    began = organiser.page.evaluate("performance.now()")
    for number in range(20):
        mark(organiser, number, "present")
    wait_until_sent(organiser)
    took = organiser.page.evaluate("performance.now()") - began

    assert {presence for _name, presence in stored(organiser, date)[0]} == {"present"}
    assert took < 60_000


def test_somebody_scans_the_code_of_the_room_and_is_here(
    organiser: Walker, chromium: Browser
) -> None:
    organiser.become("member")
    date, token = make_date(organiser)
    organiser.open(f"activities/door/{date}/room-code/")
    assert organiser.page.locator("[data-room-picture] svg").bounding_box()["width"] > 200  # type: ignore[index]
    assert not organiser.axe()
    code = json.loads(organiser.platform.python(
        "import json\nfrom miteinander.encounters.activities.door_codes import room_code\n"
        "from miteinander.foundation.core import clock\n"
        f"print(json.dumps(room_code({date}, clock.now())))"
    ))  # fmt: skip
    guest = walker_for(
        chromium, organiser.platform, language=organiser.language, width=360, has_script=False
    )
    guest.open(f"activities/seat/{token}/")
    assert guest.page.locator("main svg.qr").count() == 1
    guest.open(f"activities/room/{code}/")
    guest.press(guest.page.locator("main button[name=step][value=here]"))
    guest.expect_sound()
    assert guest.page.locator("main button[name=step]").count() == 0
    guest.context.close()

    assert ["Gast 00", "present"] in stored(organiser, date)[0]
