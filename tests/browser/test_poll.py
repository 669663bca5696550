"""A date poll from the first proposal to the seat: an organiser and two guests."""

import json
import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Walker, walker_for
from tests.browser.test_journeys import fresh, link_in
from tests.serving import Platform

pytestmark = [pytest.mark.browser, pytest.mark.process]
MAKE_MEETING = """
import json
from miteinander.community.people.models import Person
from miteinander.encounters.activities.tests.factories import ActivityFactory
from miteinander.encounters.spaces.models import Venue
karl = Person.objects.get(email="karl.muster@demo.example")
organisation = karl.memberships.earliest("pk").organisation
venue = Venue.objects.filter(organisation=organisation).earliest("pk")
activity = ActivityFactory.create(
    organisation=organisation, municipality=venue.municipality, venue=venue, created_by=karl
)
print(json.dumps(activity.pk))
"""


def propose(organiser: Walker, activity: int) -> str:
    """Propose three dates as an organiser; return the way to the page that is passed on."""
    page = organiser.page
    organiser.open(f"activities/plan/{activity}/dates/")
    organiser.press(page.locator("main a[href$='/poll/']"))
    organiser.expect_sound()
    for number in (1, 2, 3):
        day = date.today() + timedelta(days=8 + number)  # noqa: DTZ011
        page.locator(f"[name=day_{number}]").fill(day.isoformat())
        page.locator(f"[name=start_{number}]").fill("18:00")
        page.locator(f"[name=end_{number}]").fill("20:00")
    assert organiser.axe() == []
    organiser.submit()
    organiser.expect_sound()
    shared = page.locator(".share-address").inner_text().strip()
    return re.sub(r"^https?://[^/]+/", "", shared)


def answer(guest: Walker, path: str, name: str, choices: tuple[str, ...]) -> str:
    """Answer as somebody without an account; return the address of the mail."""
    address, page = fresh(guest, name), guest.page
    guest.open(path)
    if guest.has_script:
        assert guest.axe() == []
    for number, choice in enumerate(choices):
        page.locator("fieldset.poll-date").nth(number).locator(f"input[value={choice}]").check()
    page.locator("[name=name]").fill(name)
    page.locator("[name=email]").fill(address)
    guest.submit()
    guest.expect_sound()
    return address


def open_letter(guest: Walker, address: str, part: str, *, after: str = "") -> str:
    """Open the link of the newest mail, one that came ``after`` another; return that mail."""
    letter = guest.latest_mail(address)
    for _second in range(20):
        if letter != after:
            break
        guest.page.wait_for_timeout(1_000)
        letter = guest.latest_mail(address)
    assert letter != after
    link = link_in(letter, part)
    assert f"/{guest.language}/" in link
    guest.page.goto(link)
    guest.expect_sound()
    return letter


def test_three_dates_two_answers_one_decision_and_a_seat(
    chromium: Browser, district: Platform
) -> None:
    organiser, amal, uwe = (
        walker_for(chromium, district, language=language, width=width, has_script=has_script)
        for language, width, has_script in (
            ("de", 1280, True), ("ar", 360, False), ("de", 360, True),
        )
    )  # fmt: skip
    activity = json.loads(district.python(MAKE_MEETING))
    organiser.become("member")
    path = propose(organiser, activity)

    inbox = answer(amal, path, "amal", ("no", "yes", "maybe"))
    answer(uwe, path, "uwe", ("no", "yes", "no"))
    answered = open_letter(amal, inbox, "/polls/mine/")
    assert amal.page.locator("input[value=maybe]:checked").count() == 1

    organiser.open(f"activities/plan/{activity}/poll/")
    assert organiser.axe() == []
    assert organiser.page.locator("form[action$='/choose/'] input").nth(2).is_checked()
    organiser.press(organiser.page.locator("form[action$='/choose/'] button"))
    organiser.expect_sound()
    assert organiser.page.locator("form[action$='/choose/']").count() == 0

    told = open_letter(amal, inbox, "/polls/mine/", after=answered)
    amal.submit()
    amal.expect_sound()
    open_letter(amal, inbox, "/seat/", after=told)
    uwe.open(path)
    assert uwe.axe() == []
    assert uwe.page.locator("main a.button[href*='/activities/']").count() == 1
    for walker in (organiser, amal, uwe):
        walker.context.close()
        assert not walker.complaints
