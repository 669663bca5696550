"""From "I want to become a guide" to the certificate, an assignment, hours, and the statement."""

import json
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Walker, walker_for
from tests.browser.guide_steps import (
    ask_for_guide,
    confirm,
    is_verified_elsewhere,
    report,
    say_yes,
    suggest,
    take_in,
)
from tests.browser.test_journeys import fresh, link_in, sign_in
from tests.serving import Platform

pytestmark = [pytest.mark.browser, pytest.mark.process]
CURRICULUM = """
from miteinander.cooperation.guides.models import Curriculum
print(Curriculum.objects.earliest("pk").pk)
"""
# Eight weeks pass: the evenings were in the last days, so that their lists are still open. In
# another course of the same modules the second one is taught again.
LET_WEEKS_GO = """
import json
from datetime import timedelta
from miteinander.cooperation.guides.models import Course
from miteinander.cooperation.guides.tests.factories import CourseFactory
from miteinander.encounters.activities.models import ActivityDate
from miteinander.foundation.core import clock
course = Course.objects.get(pk={course})
dates = []
for number, session in enumerate(course.sessions.order_by("module__position")):
    starts_at = clock.now() - timedelta(hours=140 - 16 * number)
    ActivityDate.objects.filter(pk=session.date_id).update(
        starts_at=starts_at, ends_at=starts_at + timedelta(hours=2)
    )
    dates.append(session.date_id)
other = CourseFactory.create(curriculum=course.curriculum)
again = other.sessions.get(module__position=2)
starts_at = clock.now() + timedelta(hours=20)
ActivityDate.objects.filter(pk=again.date_id).update(
    starts_at=starts_at, ends_at=starts_at + timedelta(hours=2)
)
print(json.dumps([dates, again.pk, again.date_id]))
"""


def be_interested(guest: Walker) -> tuple[str, str]:
    """Want to become a guide without an account; return the address of the mail and the place."""
    address, page = fresh(guest, "oksana"), guest.page
    guest.open("guides/")
    guest.press(page.locator("main a.button[href$='/guides/interest/']"))
    guest.expect_sound()
    page.locator("[name=name]").fill("Oksana Leleka")
    page.locator("[name=email]").fill(address)
    (municipality,) = page.locator("[name=municipality]").select_option(index=1)
    guest.submit()
    guest.expect_sound()
    assert page.url.endswith("/guides/interest/noted/")
    page.goto(link_in(guest.latest_mail(address), "/guides/interest/"))
    guest.expect_sound()
    return address, municipality


def talk(coordinator: Walker) -> None:
    """Find the person, invite to a talk, and record what came of it."""
    page, day = coordinator.page, date.today() + timedelta(days=2)  # noqa: DTZ011
    coordinator.open("guides/coordination/interested/")
    assert coordinator.axe() == []
    coordinator.press(page.locator("main a", has_text="Oksana Leleka"))
    coordinator.expect_sound()
    assert coordinator.axe() == []
    page.locator("[name=day]").fill(day.isoformat())
    page.locator("[name=start]").fill("17:30")
    page.locator("[name=way][value=person]").check()
    page.locator("[name=place]").fill("Rathaus, Zimmer 3")
    coordinator.submit()
    coordinator.press(page.locator("button[name=status][value=suitable]"))
    coordinator.expect_sound()


def plan(coordinator: Walker, curriculum: int) -> int:
    """Plan a course of eight evenings from tomorrow on and take the person in."""
    page, day = coordinator.page, date.today() + timedelta(days=1)  # noqa: DTZ011
    coordinator.open(f"guides/coordination/curricula/{curriculum}/course/")
    assert coordinator.axe() == []
    page.locator("[name=first_day]").fill(day.isoformat())
    page.locator("[name=start]").fill("18:00")
    page.locator("[name=end]").fill("20:30")
    page.locator("[name=venue]").select_option(index=1)
    page.locator("[name=share]").fill("100")
    page.locator("[name=contact_name]").fill("Petra Vorlage")
    page.locator("[name=contact_phone]").fill("0561 123456")
    coordinator.submit()
    coordinator.expect_sound()
    course = int(page.url.rstrip("/").rpartition("/")[2])
    page.locator("[name=interest]").select_option(
        value=page.locator("option", has_text="Oksana Leleka").get_attribute("value")
    )
    coordinator.submit("form[action$='/enrol/']")
    coordinator.expect_sound()
    assert coordinator.axe() == []
    return course


def mark(desk: Walker, day: int, word: str) -> None:
    """Mark on the list of a date whether the person came, or take the mark back."""
    desk.open(f"activities/door/{day}/")
    row = desk.page.locator("li", has_text="Oksana Leleka").last
    desk.press(row.locator(f"button[name=mark][value={word}]"))


def check(reader: Walker, number: str) -> str:
    """Check a certificate by the address behind its QR code."""
    reader.page.goto(f"{reader.base}/c/{number}/")
    reader.page.goto(f"{reader.base}/{reader.language}/guides/check/{number}/")
    reader.expect_sound()
    return str(reader.page.locator("main").inner_text())


def test_from_interest_to_certificate_assignment_and_statement(
    chromium: Browser, district: Platform
) -> None:
    coordinator, desk, oksana, reader, school = (
        walker_for(chromium, district, language=language, width=width, has_script=has_script)
        for language, width, has_script in (
            ("de", 1280, True), ("de", 360, False), ("uk", 360, False), ("ar", 360, False),
            ("de", 1280, False),
        )
    )  # fmt: skip
    inbox, municipality = be_interested(oksana)
    coordinator.become("coordinator")
    desk.become("coordinator")
    talk(coordinator)
    course = plan(coordinator, int(district.python(CURRICULUM)))
    evenings, again, again_date = json.loads(district.python(LET_WEEKS_GO.format(course=course)))
    for day in evenings:
        mark(desk, day, "absent" if day == evenings[1] else "present")

    coordinator.open(f"guides/coordination/courses/{course}/")
    coordinator.press(coordinator.page.locator("main a", has_text="Oksana Leleka"))
    trainee = coordinator.page.url
    assert coordinator.page.locator("form[action$='/certificate/']").count() == 0
    coordinator.page.locator("[name=session]").select_option(value=str(again))
    coordinator.submit()
    mark(desk, again_date, "present")
    coordinator.page.goto(trainee)
    assert coordinator.axe() == []
    coordinator.page.locator("[name=language]").select_option(value="uk")
    coordinator.submit("form[action$='/certificate/']")
    coordinator.expect_sound()
    shown = coordinator.page.locator("h2 .ltr, h2 bdi").first.inner_text()
    number = shown.replace("-", "").strip()

    assert "Oksana" not in check(reader, number)
    sign_in(oksana, inbox)
    oksana.open("guides/mine/")
    oksana.press(oksana.page.locator("form[action$='/name/'] button"))
    oksana.expect_sound()
    assert "Oksana Leleka" in check(reader, number)
    link = oksana.page.locator("a[href*='/certificates/']").first.get_attribute("href")
    paper = oksana.context.request.get(f"{oksana.base}{link}")
    assert paper.body().startswith(b"%PDF")
    assert is_verified_elsewhere(oksana)

    guide = take_in(coordinator, "Oksana Leleka")
    ask_for_guide(school, municipality)
    suggest(coordinator, "Oksana Leleka")
    assignment = say_yes(oksana, inbox)
    school.page.reload()
    assert "Oksana Leleka" in school.page.locator("main").inner_text()
    report(oksana, assignment)
    assert confirm(coordinator, guide, "Oksana Leleka").startswith(b"%PDF")

    mark(desk, evenings[2], "unknown")
    assert "Oksana" not in check(reader, number)
    assert reader.page.locator(".notice-error").count() == 1
    assert reader.page.goto(f"{reader.base}/ar/guides/check/2A3B4C5D6E7F/").status == 404  # type: ignore[union-attr]
    for walker in (coordinator, desk, oksana, reader, school):
        walker.context.close()
        assert not walker.complaints
