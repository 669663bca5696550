"""A tandem from the first question to two yes, a first date, how it goes, and an end."""

import time

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Walker, walker_for
from tests.browser.guide_steps import mail_with
from tests.browser.test_journeys import fresh, sign_in
from tests.serving import Platform

pytestmark = [pytest.mark.browser, pytest.mark.process]
# Only these two speak Tigrinya, so nobody else fits either of them.
CHOICES = {
    "wants": ["walk", "language"], "gives": ["walk", "cook"], "speaks": ["ti"],
    "practises": ["de"], "times": ["2-1", "5-1"], "ways": ["person"],
}  # fmt: skip
# Two weeks have passed since everybody said yes.
LET_WEEKS_GO = """
from datetime import timedelta
from miteinander.cooperation.tandems.jobs import ask_how_it_goes
from miteinander.cooperation.tandems.models import Tandem
from miteinander.foundation.core import clock
Tandem.objects.filter(pk={tandem}).update(agreed_at=clock.now() - timedelta(weeks=2, days=1))
ask_how_it_goes.enqueue()
"""


def answer_questions(walker: Walker, name: str, side: str, year: str) -> str:
    """Sign in and answer every question, one page each; return the address of the mails."""
    address, page = fresh(walker, name.lower()), walker.page
    sign_in(walker, address)
    walker.open("tandems/")
    walker.submit("main form")
    for key, values in CHOICES.items():
        walker.expect_sound()
        assert page.url.endswith(f"/questions/{key}/")
        if key == "wants":
            walker.submit()
            assert page.locator(".error-summary a").count() == 1
        for box in page.locator(f"[name={key}]").all():
            box.uncheck()
        for value in values:
            page.locator(f"[name={key}][value='{value}']").check()
        walker.submit()
    page.locator("[name=municipality]").select_option(label="Baunatal")
    page.locator("[name=reach_km][value='20']").check()
    walker.submit()
    page.locator("[name=name]").fill(name)
    page.locator("[name=birth_year]").fill(year)
    page.locator("[name=gender][value=woman]").check()
    walker.submit()
    page.locator("[name=gender_wish][value=women]").check()
    walker.submit()
    walker.submit()
    page.locator(f"[name=side][value={side}]").check()
    walker.submit()
    page.locator("[name=accepts]").check()
    walker.submit()
    walker.expect_sound()
    assert page.url.endswith("/tandems/mine/")
    return address


def talk(coordinator: Walker, name: str) -> None:
    """Note that a coordinator talked with somebody."""
    page = coordinator.page
    coordinator.open("tandems/coordination/?state=talk")
    assert coordinator.axe() == []
    coordinator.press(page.locator("main li.task a", has_text=name))
    coordinator.expect_sound()
    assert coordinator.axe() == []
    coordinator.submit()
    coordinator.expect_sound()


def match(coordinator: Walker, name: str) -> None:
    """Match the pool, and ask only the two this is about."""
    page = coordinator.page
    coordinator.open("tandems/coordination/matching/")
    coordinator.submit("main form:not([action])")
    deadline = time.monotonic() + 30
    while not page.locator("li.task", has_text=name).count():
        assert time.monotonic() < deadline, "the matching was not calculated"
        time.sleep(0.5)
        coordinator.open("tandems/coordination/matching/")
    coordinator.expect_sound()
    assert coordinator.axe() == []
    for box in page.locator("[name=tandem]").all():
        box.uncheck()
    row = page.locator("li.task", has_text=name)
    assert "Tandem" not in row.inner_text()
    row.locator("[name=tandem]").check()
    coordinator.submit("form[action$='/propose/']")
    coordinator.expect_sound()


def say_yes(walker: Walker, inbox: str, other: str) -> None:
    """Read why, without a name, and say yes by the link of the mail."""
    walker.page.goto(mail_with(walker, inbox, "/tandems/proposal/"))
    walker.expect_sound()
    told = walker.page.locator("main").inner_text()
    assert other not in told
    walker.press(walker.page.locator("button[name=yes]"))
    walker.expect_sound()


def test_a_tandem_from_the_questions_to_the_end(chromium: Browser, district: Platform) -> None:
    laleh, ilse, coordinator = (
        walker_for(chromium, district, language=language, width=width, has_script=has_script)
        for language, width, has_script in (
            ("fa", 360, False), ("de", 360, False), ("de", 1280, True),
        )
    )  # fmt: skip
    to_laleh = answer_questions(laleh, "Laleh", "newcomer", "1994")
    to_ilse = answer_questions(ilse, "Ilse", "local", "1950")
    coordinator.become("coordinator")
    for name in ("Laleh", "Ilse"):
        talk(coordinator, name)
    match(coordinator, "Laleh")

    say_yes(laleh, to_laleh, "Ilse")
    say_yes(ilse, to_ilse, "Laleh")
    ilse.press(ilse.page.locator("main a.button"))
    ilse.expect_sound()
    tandem = ilse.page.url.rstrip("/").rpartition("/")[2]
    assert "Laleh" in ilse.page.locator("main").inner_text()
    laleh.open(f"tandems/{tandem}/")
    assert "Ilse" in laleh.page.locator("main").inner_text()
    assert to_ilse not in laleh.page.content()
    for walker in (laleh, ilse):
        walker.open(f"tandems/{tandem}/")
        walker.submit("form[action$='/date/accept/']")
        walker.expect_sound()
    assert mail_with(ilse, to_ilse, f"/tandems/{tandem}/")
    laleh.page.locator("[name=words]").fill("سلام! Hallo!")
    laleh.submit()
    ilse.open(f"tandems/{tandem}/")
    assert "سلام" in ilse.page.locator("main").inner_text()

    district.python(LET_WEEKS_GO.format(tandem=tandem))
    laleh.page.goto(mail_with(laleh, to_laleh, "/tandems/check/"))
    laleh.expect_sound()
    laleh.page.locator("[name=answer][value=stuck]").check()
    laleh.submit()
    laleh.expect_sound()
    coordinator.open("tandems/coordination/")
    assert coordinator.axe() == []
    row = coordinator.page.locator("li.task", has_text="Laleh").first
    coordinator.press(row.locator("form[action*='/checks/'] button"))

    ilse.open(f"tandems/{tandem}/end/")
    ilse.page.locator("[name=reason][value=goal]").check()
    ilse.submit()
    ilse.expect_sound()
    ilse.submit("form[action$='/thank/']")
    laleh.open("tandems/mine/")
    laleh.submit("form[action$='/go-on/']")
    laleh.expect_sound()
    for walker in (laleh, ilse, coordinator):
        walker.context.close()
        assert not walker.complaints
