"""Hearing of new meetings: by an address confirmed from a mail, and with an account."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Walker, walker_for
from tests.browser.test_journeys import fresh, link_in
from tests.serving import Platform

pytestmark = [pytest.mark.browser, pytest.mark.process]


@pytest.fixture(params=[("ar", 360, False), ("de", 1280, True)], ids=["ar-360-plain", "de-1280"])
def person(
    request: pytest.FixtureRequest, chromium: Browser, district: Platform
) -> Iterator[Walker]:
    language, width, has_script = request.param
    walker = walker_for(chromium, district, language=language, width=width, has_script=has_script)
    yield walker
    walker.context.close()
    assert not walker.complaints, "the browser complained (also about the security policy)"


def expect_no_barrier(walker: Walker) -> None:
    if walker.has_script:
        assert walker.axe() == []


def test_a_visitor_follows_a_municipality_by_the_link_in_a_mail(person: Walker) -> None:
    address = fresh(person, "follower")
    person.open("places/baunatal/")
    person.press(person.page.locator("main a[href*='/messages/follow/?place=baunatal']"))
    person.expect_sound()
    expect_no_barrier(person)
    assert person.page.locator("select[name=place]").input_value() == "baunatal"
    person.page.locator("select[name=km]").select_option("20")
    person.page.locator("input[name=email]").fill(address)
    person.submit()
    person.expect_sound()
    expect_no_barrier(person)

    confirm = link_in(person.latest_mail(address), "/messages/follow/")
    for _number in range(2):
        person.page.goto(confirm)
        person.expect_sound()
    expect_no_barrier(person)
    assert person.page.locator("form[action$='/remove/']").count() == 0
    person.press(person.page.locator("main form button").last)
    person.expect_sound()
    assert re.search(r"/messages/reminders/[^/]+/$", person.page.url)
    expect_no_barrier(person)
    assert "20" in person.page.locator("main .cards").inner_text()

    person.press(person.page.locator("form[action$='/remove/'] button"))
    person.expect_sound()
    assert person.page.locator("form[action$='/remove/']").count() == 0


def test_an_account_changes_how_often_and_what(person: Walker) -> None:
    person.become("participant")
    person.open("account/")
    person.press(person.page.locator("main a[href*='/messages/reminders/']").first)
    person.expect_sound()
    place = person.page.url
    before = person.page.locator("form[action$='/remove/']").count()
    assert before >= 2

    person.page.locator("input[name=frequency][value=daily]").check()
    person.press(person.page.locator("form[action$='/how-often/'] button"))
    person.expect_sound()
    assert person.page.locator("input[name=frequency][value=daily]").is_checked()

    person.open("activities/?topic=craft&free=on")
    person.press(person.page.locator("main a[href*='/messages/follow/?']"))
    person.expect_sound()
    assert person.page.locator("input[name=email]").count() == 0
    assert person.page.locator("input[name=free]").is_checked()
    person.submit()
    person.expect_sound()
    assert person.page.url == place
    assert person.page.locator("form[action$='/remove/']").count() == before + 1

    person.press(person.page.locator("form[action$='/remove/'] button").last)
    person.page.locator("input[name=frequency][value=weekly]").check()
    person.press(person.page.locator("form[action$='/how-often/'] button"))
    assert person.page.locator("form[action$='/remove/']").count() == before
