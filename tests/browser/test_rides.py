"""A driver with an account and a guest from a phone in Arabic, without script, ride together."""

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Walker, walker_for
from tests.browser.test_journeys import link_in
from tests.browser.test_occasions import ask_for_seat, make_date
from tests.serving import Platform

pytestmark = [pytest.mark.browser, pytest.mark.process]


def place_in(walker: Walker, index: int) -> None:
    walker.page.locator("select[name=municipality]").select_option(index=index)


def test_a_driver_and_a_guest_agree_and_only_then_see_each_other(
    chromium: Browser, district: Platform
) -> None:
    driver = walker_for(chromium, district, language="de", width=1280, has_script=True)
    guest = walker_for(chromium, district, language="ar", width=360, has_script=False)
    date = make_date(driver, {"most_companions": 0}, {"capacity": 9})
    driver.become("participant")
    driver.open(f"activities/{date}/sign-up/")
    driver.submit()
    driver.open(f"activities/{date}/rides/offer/")
    place_in(driver, 3)
    driver.page.locator("select[name=seats]").select_option("2")
    driver.submit()
    driver.expect_sound()
    assert driver.axe() == []

    address = ask_for_seat(guest, date, "rider")
    guest.page.goto(link_in(guest.latest_mail(address), "/seat/"))
    guest.press(guest.page.locator("main a[href$='/rides/']"))
    guest.expect_sound()
    assert "Samira" not in guest.page.content()
    guest.press(guest.page.locator("main a[href$='/rides/look/']"))
    place_in(guest, 5)
    guest.submit()
    guest.expect_sound()
    guest.press(guest.page.locator("main a[href*='/ask/']"))
    guest.page.locator("input[name=shares]").first.check()
    guest.submit()
    guest.expect_sound()
    assert guest.page.locator("form[action*='/contact/']").count() == 0

    driver.open(f"activities/{date}/rides/")
    assert "rider Walker" not in driver.page.content()
    driver.press(driver.page.locator("main a[href*='/answer/']"))
    driver.expect_sound()
    assert driver.axe() == []
    driver.page.locator("input[name=shares]").first.check()
    driver.submit()
    driver.press(driver.page.locator("form[action*='/contact/'] button"))
    driver.expect_sound()
    assert driver.axe() == []
    words = driver.page.locator("main").inner_text()
    assert "rider Walker" in words
    assert address in words

    guest.page.reload()
    guest.press(guest.page.locator("form[action*='/contact/'] button"))
    guest.expect_sound()
    assert "samira.beispiel@demo.example" in guest.page.locator("main").inner_text()
    for walker in (driver, guest):
        walker.context.close()
        assert not walker.complaints
