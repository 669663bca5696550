"""After a date: saying how it was by the private link, and the picture for coordinators."""

import csv
import io
import re
from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Walker, walker_for
from tests.browser.test_occasions import ask_for_seat, make_date
from tests.serving import Platform

pytestmark = [pytest.mark.browser, pytest.mark.process]
# The date is over since yesterday; on the evening after everybody is asked how it was.
IS_OVER = """
from datetime import timedelta
from miteinander.encounters.activities.models import ActivityDate
from miteinander.encounters.activities.services import feedback
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor
now = clock.now()
evening = clock.local(now).replace(hour=19, minute=0)
evening -= timedelta(days=1) if evening > now else timedelta()
ActivityDate.objects.filter(pk={date}).update(
    starts_at=evening - timedelta(days=1, hours=2), ends_at=evening - timedelta(days=1)
)
feedback.ask_for_feedback(actor=SystemActor("test"), now=evening)
print("null")
"""
SAID = """
import json
from miteinander.encounters.activities.models import Feedback
print(json.dumps(list(Feedback.objects.filter(date={date}).values_list("helpful", "met_new",
    "other_side", "words"))))
"""


@pytest.fixture
def phone(chromium: Browser, district: Platform) -> Iterator[Walker]:
    """An Arabic phone without script."""
    walker = walker_for(chromium, district, language="ar", width=360, has_script=False)
    yield walker
    walker.context.close()
    assert not walker.complaints


@pytest.fixture(params=[("de", 1280, True), ("ar", 360, False)], ids=["de-1280", "ar-360-plain"])
def desk(request: pytest.FixtureRequest, chromium: Browser, district: Platform) -> Iterator[Walker]:
    """A coordinator at a wide screen, and one with a phone without script."""
    language, width, has_script = request.param
    walker = walker_for(chromium, district, language=language, width=width, has_script=has_script)
    walker.become("coordinator")
    yield walker
    walker.context.close()
    assert not walker.complaints


def test_three_taps_by_the_private_link_say_how_it_was(phone: Walker) -> None:
    date = make_date(phone, {}, {"capacity": 4})
    address = ask_for_seat(phone, date, "feedback")
    phone.platform.python(IS_OVER.replace("{date}", str(date)))
    mail = phone.latest_mail(address)
    phone.page.goto(link_to_feedback(phone, address, mail))

    for answer in ("yes", "yes", "no"):
        phone.expect_sound()
        phone.press(phone.page.locator(f".taps button[value={answer}]"))
    phone.expect_sound()
    assert phone.page.locator(".taps").count() == 0
    phone.page.locator("textarea[name=words]").fill("كان اللقاء جميلاً")
    phone.submit()
    phone.expect_sound()

    said = phone.platform.python(SAID.replace("{date}", str(date)))
    assert said.strip().endswith(
        '[["yes", "yes", "no", "\\u0643\\u0627\\u0646 \\u0627\\u0644\\u0644'
        '\\u0642\\u0627\\u0621 \\u062c\\u0645\\u064a\\u0644\\u0627\\u064b"]]'
    )


def link_to_feedback(walker: Walker, address: str, mail: str) -> str:
    """Find the link in the newest mail; the one before may still be the confirmation."""
    for _attempt in range(40):
        found = re.search(r"https?://[\w./:%-]+/feedback/[\w./-]+", mail)
        if found:
            return found.group(0)
        walker.page.wait_for_timeout(250)
        mail = walker.latest_mail(address)
    raise AssertionError(mail)


def test_charts_table_and_file_tell_the_same_numbers(desk: Walker) -> None:
    desk.open("activities/picture/?by=month")
    page = desk.page
    words = page.locator(".picture-charts").nth(0).locator(".bar-words").all_inner_texts()
    heads = page.locator("table").nth(0).locator("thead th").all_inner_texts()
    rows = [
        row.locator("th, td").all_inner_texts()
        for row in page.locator("table").nth(0).locator("tbody tr").all()
    ]
    lines = len(rows) - 1  # the last is the total
    assert words == [row[3] for row in rows[:lines]] + [row[7] for row in rows[:lines]]
    assert page.locator("table").count() == 2

    link = page.locator("main a[href*='csv']").get_attribute("href") or ""
    response = page.request.get(urljoin(page.url, link))
    plain = list(csv.reader(io.StringIO(response.body().decode("utf-8-sig")), delimiter=";"))
    assert [head.strip() for head in heads] == plain[0][: len(heads)]
    assert [[cell.strip() for cell in row] for row in rows] == [
        line[: len(heads)] for line in plain[1:]
    ]
    ages = [
        row.locator("td").all_inner_texts()
        for row in page.locator("table").nth(1).locator("tbody tr").all()
    ]
    assert [[cell.strip() for cell in row] for row in ages] == [
        line[len(heads) :] for line in plain[1:]
    ]
    if desk.has_script:
        assert desk.axe() == []
        widths = (
            page.locator(".picture-charts")
            .nth(0)
            .locator("rect")
            .evaluate_all("all => all.map(one => Number(one.getAttribute('width')))")
        )
        assert widths
        assert max(widths) <= 100
