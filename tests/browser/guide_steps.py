"""What happens after the certificate: the network, a request, a yes, the report, the hours."""

import time
from datetime import date, timedelta
from urllib.parse import urlsplit

from openbadgeslib.ob3.verifier import OB3Verifier

from tests.browser.conftest import Walker
from tests.browser.test_journeys import link_in

SCHOOL, SCHOOL_MAIL = "Sekretariat Waldschule", "waldschule-walk@demo.example"
# The appointment was an hour ago.
LET_TIME_GO = """
from datetime import timedelta
from miteinander.cooperation.guides.models import Assignment
from miteinander.foundation.core import clock
row = Assignment.objects.get(pk={assignment})
row.starts_at = clock.now() - timedelta(hours=2)
row.ends_at = clock.now() - timedelta(hours=1)
row.save()
"""


def is_verified_elsewhere(guide: Walker) -> bool:
    """Take the badge along and have another program check it by the pages of the site alone."""

    def fetch(address: str) -> bytes:
        answer = guide.context.request.get(f"{guide.base}{urlsplit(address).path}")
        assert answer.ok
        return bytes(answer.body())

    link = guide.page.locator("a[href*='/badge/']").first.get_attribute("href")
    badge = guide.context.request.get(f"{guide.base}{link}").text()
    keys = guide.context.request.get(f"{guide.base}/badges/did.json").json()
    verifier = OB3Verifier.for_issuer_did(keys["id"], download=fetch)
    read = verifier.verify(badge, check_status=True, download=fetch)
    return bool(read.issuer.id == keys["id"])


def take_in(coordinator: Walker, name: str) -> str:
    """Take somebody with a certificate into the network; return the key of the guide's page."""
    page = coordinator.page
    coordinator.open("guides/network/")
    key = page.locator("[name=person] option", has_text=name).get_attribute("value")
    page.locator("[name=person]").select_option(value=key)
    coordinator.press(page.locator("form[action$='/network/add/'] button"))
    coordinator.expect_sound()
    assert coordinator.axe() == []
    page.locator("[name=language_1]").select_option(value="uk")
    page.locator("[name=level_1]").select_option(value="native")
    coordinator.submit()
    guide = page.url.rstrip("/").rpartition("/")[2]
    coordinator.open(f"guides/network/{guide}/papers/")
    page.locator("[name=confidentiality_on]").fill(date.today().isoformat())  # noqa: DTZ011
    coordinator.submit()
    coordinator.expect_sound()
    return guide


def ask_for_guide(school: Walker, municipality: str) -> None:
    """Ask for somebody who speaks Ukrainian, as a school without an account."""
    page, day = school.page, date.today() + timedelta(days=5)  # noqa: DTZ011
    school.open("guides/ask/")
    for name, value in (
        ("requester", "school"), ("kind", "parents"), ("topic", "school"), ("tasks", "come"),
        ("way", "person"),
    ):  # fmt: skip
        page.locator(f"[name={name}][value={value}]").check()
    page.locator("[name=language]").select_option(value="uk")
    page.locator("[name=municipality]").select_option(value=municipality)
    for name, value in (
        ("day", day.isoformat()), ("start", "14:30"), ("minutes", "60"), ("name", SCHOOL),
        ("email", SCHOOL_MAIL), ("place", "Raum 12"),
    ):  # fmt: skip
        page.locator(f"[name={name}]").fill(value)
    school.submit()
    school.expect_sound()
    assert "/guides/ask/" in page.url


def suggest(coordinator: Walker, name: str) -> None:
    """Open the newest request, read why the guide is suggested, and ask."""
    page = coordinator.page
    coordinator.open("guides/coordination/requests/?status=open")
    links = page.locator("main li.task a[href*='/requests/']")
    addresses = [link.get_attribute("href") or "" for link in links.all()]
    newest = max(addresses, key=lambda address: int(address.rstrip("/").rpartition("/")[2]))
    page.goto(f"{coordinator.base}{newest}")
    coordinator.expect_sound()
    assert coordinator.axe() == []
    row = page.locator("li.task", has_text=name)
    assert "90" in row.inner_text()
    coordinator.press(row.locator("button[name=guide]"))
    coordinator.expect_sound()
    assert SCHOOL not in page.locator("main").inner_text()


def mail_with(walker: Walker, address: str, part: str) -> str:
    """Wait for a mail with a certain link, and return the link."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        mail = walker.latest_mail(address)
        if part in mail:
            return link_in(mail, part)
        time.sleep(0.3)
    raise AssertionError(f"no mail to {address} with {part}")


def say_yes(guide: Walker, inbox: str) -> str:
    """Say yes by the link of the mail, on a phone, and read whom to reach."""
    guide.page.goto(mail_with(guide, inbox, "/guides/asked/"))
    guide.expect_sound()
    assert SCHOOL not in guide.page.locator("main").inner_text()
    guide.press(guide.page.locator("button[name=yes]"))
    guide.expect_sound()
    guide.press(guide.page.locator("main a[href*='/guides/assignments/']"))
    guide.expect_sound()
    assignment = guide.page.url.rstrip("/").rpartition("/")[2]
    guide.press(guide.page.locator("form[action$='/contact/'] button"))
    guide.expect_sound()
    shown = guide.page.locator("main").inner_text()
    assert SCHOOL in shown
    assert "Raum 12" in shown
    return assignment


def report(guide: Walker, assignment: str) -> None:
    """Report in less than a minute."""
    guide.platform.python(LET_TIME_GO.format(assignment=assignment))
    guide.open(f"guides/assignments/{assignment}/")
    guide.press(guide.page.locator("main a[href$='/report/']"))
    guide.expect_sound()
    guide.page.locator("[name=minutes]").fill("45")
    guide.page.locator("[name=result][value=done]").check()
    guide.page.locator("[name=kilometres]").fill("6")
    guide.submit()
    guide.expect_sound()


def confirm(coordinator: Walker, guide: str, name: str) -> bytes:
    """Confirm the hours of the report, and print the statement of the quarter."""
    page = coordinator.page
    coordinator.open("guides/hours/")
    assert coordinator.axe() == []
    page.locator("li.task", has_text=name).locator("[name=hours]").check()
    coordinator.press(page.locator("button[name=confirm]"))
    coordinator.open(f"guides/hours/of/{guide}/")
    assert coordinator.axe() == []
    link = page.locator("a[href*='/paper/']").first.get_attribute("href")
    return bytes(coordinator.context.request.get(f"{coordinator.base}{link}").body())
