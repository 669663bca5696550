"""A series of five dates from nothing to the public, as people click it."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator

from tests.browser.conftest import Walker

pytestmark = [pytest.mark.browser, pytest.mark.process]

THREE_MINUTES = 180
ONE_ACT = 6  # seconds to find a field or a button and use it, typing included


class Hand:
    """Uses a page and counts what it does."""

    def __init__(self, walker: Walker) -> None:
        self.walker, self.page = walker, walker.page
        self.acts = 0

    def find(self, path: str) -> Locator:
        """Find something to use, and count it as done."""
        self.acts += 1
        return self.page.locator(path).first

    def write(self, name: str, text: str) -> None:
        """Fill in the field of that name."""
        self.find(f"#page-form [name={name}]").fill(text)

    def follow(self, path: str) -> None:
        """Press what leads to another page."""
        self.walker.press(self.find(path))
        self.walker.expect_sound()

    def save(self) -> None:
        """Send the main form."""
        self.acts += 1
        self.walker.submit()


def test_five_dates_are_published_in_under_three_minutes_of_clicks(walker: Walker) -> None:
    walker.become("member")
    walker.open("activities/plan/")
    hand = Hand(walker)
    hand.follow("main a[href$='/plan/new/']")
    if walker.page.locator("select[name=organisation]").count():
        hand.find("select[name=organisation]").select_option(index=1)
    hand.write("title", "Sprachcafé am Dienstag")
    hand.save()

    hand.follow("main a[href$='/words/']")
    hand.find("select[name=topic]").select_option("language")
    hand.write("summary", "Wir reden bei Kaffee und Tee.")
    hand.save()

    hand.follow("main a[href$='/dates/']")
    hand.follow("main a[href$='/series/']")
    hand.write("first_day", (date.today() + timedelta(days=9)).isoformat())  # noqa: DTZ011
    hand.write("start", "18:00")
    hand.write("end", "20:00")
    hand.write("count", "5")
    hand.follow("button[name=show]")
    assert walker.page.locator("input[name=day]:checked").count() == 5
    if walker.has_script:
        assert walker.axe() == []
    hand.follow("button[name=add]")
    hand.find("input[name=place]").check()
    hand.save()

    hand.follow("main a[href$='/languages/']")
    hand.find("input[name=languages][value=de]").check()
    hand.save()
    hand.follow("main a[href$='/access/']")
    hand.write("cost_cents", "0")
    hand.save()
    hand.follow("main a[href$='/contact/']")
    hand.write("contact_name", "Karl Muster")
    hand.write("contact_phone", "0561 123456")
    hand.save()
    hand.follow("main form[action$='/publish/'] button")

    assert walker.page.locator("main a[href*='/door/']").count() == 5
    assert hand.acts * ONE_ACT < THREE_MINUTES
    hand.follow("main form[action$='/copy/'] button")
    assert walker.page.locator("main a[href$='/discard/']").count() == 1
