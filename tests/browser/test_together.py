"""Two organisations invite together; a guest from a phone in Arabic offers to interpret there."""

import json
import time

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Walker, walker_for
from tests.browser.test_journeys import fresh, link_in, sign_in
from tests.serving import Platform

pytestmark = [pytest.mark.browser, pytest.mark.process]
TIGRINYA = "ትግርኛ"
MAKE_MEETING = """
import json
from datetime import timedelta
from miteinander.community.organisations.models import Membership
from miteinander.community.people.models import Person
from miteinander.encounters.activities.tests.factories import ActivityFactory, DateFactory
from miteinander.encounters.spaces.models import Venue
from miteinander.foundation.core import clock
karl = Person.objects.get(email="karl.muster@demo.example")
own = karl.memberships.earliest("pk").organisation
demo = Person.objects.filter(memberships__organisation__in=karl.memberships.values("organisation"))
others = Membership.objects.filter(organisation__status="active", person__email__isnull=False)
member = others.exclude(person__in=demo).exclude(organisation=own).earliest("pk")
venue = Venue.objects.filter(organisation=own).earliest("pk")
activity = ActivityFactory.create(
    organisation=own, municipality=venue.municipality, venue=venue, created_by=karl
)
date = DateFactory.create(activity=activity, starts_at=clock.now() + timedelta(days=15))
print(json.dumps({
    "activity": activity.pk, "date": date.pk, "own": own.name, "member": member.person.email,
    "other": member.organisation.name, "other_key": str(member.organisation_id),
}))
"""


def ask_other(organiser: Walker, made: dict[str, str]) -> None:
    """Ask the other organisation as the one that plans; nothing is shown yet."""
    organiser.open(f"activities/plan/{made['activity']}/together/")
    assert organiser.axe() == []
    organiser.page.locator("select[name=organisation]").select_option(made["other_key"])
    organiser.submit()
    organiser.expect_sound()
    assert organiser.axe() == []
    assert organiser.page.locator("form[action$='/end/']").count() == 1


def agree(member: Walker, made: dict[str, str]) -> None:
    """Answer with yes as a member of the other organisation."""
    sign_in(member, made["member"])
    member.open("activities/plan/")
    assert member.axe() == []
    question = member.page.locator("li.task", has_text=made["own"]).filter(
        has=member.page.locator(f"a[href$='/plan/{made['activity']}/preview/']")
    )
    member.press(question.locator("form[action$='/agree/'] button"))
    member.expect_sound()


def look_for_interpreter(organiser: Walker, made: dict[str, str]) -> None:
    """Say that somebody is wanted who interprets between Tigrinya and German."""
    page = organiser.page
    organiser.open(f"activities/plan/{made['activity']}/roles/")
    assert organiser.axe() == []
    page.locator("[name=interpreters_1]").fill("1")
    page.locator("[name=language_a_1]").select_option("ti")
    page.locator("[name=language_b_1]").select_option("de")
    organiser.submit()
    organiser.expect_sound()


def offer(guest: Walker, made: dict[str, str]) -> str:
    """Offer to interpret, from the public page; return the address of the mail."""
    address, page = fresh(guest, "interpreter"), guest.page
    guest.press(page.locator("main a[href$='/help/']"))
    guest.expect_sound()
    page.locator("input[name=name]").fill("Selam Walker")
    page.locator("input[name=email]").fill(address)
    guest.submit()
    guest.expect_sound()
    assert "/helped/" in page.url, page.locator("main").inner_text()
    return address


def read_with(guest: Walker, public: str, words: str, within: float = 3) -> str:
    """Read the public page once it says ``words``: a new state may take a second to be served."""
    deadline = time.monotonic() + within
    while True:
        guest.open(public)
        page = guest.page.locator("main").inner_text()
        if words in page:
            return page
        assert time.monotonic() < deadline, page


def test_two_organisations_invite_and_a_guest_brings_a_language(
    chromium: Browser, district: Platform
) -> None:
    organiser = walker_for(chromium, district, language="de", width=1280, has_script=True)
    member = walker_for(chromium, district, language="de", width=360, has_script=True)
    guest = walker_for(chromium, district, language="ar", width=360, has_script=False)
    made = json.loads(district.python(MAKE_MEETING))
    public = f"activities/{made['date']}/"
    organiser.become("member")
    ask_other(organiser, made)
    guest.open(public)
    assert made["other"] not in guest.page.locator("main").inner_text()

    agree(member, made)
    look_for_interpreter(organiser, made)
    words = read_with(guest, public, made["other"])
    assert made["own"] in words
    assert TIGRINYA not in words

    inbox = offer(guest, made)
    guest.page.goto(link_in(guest.latest_mail(inbox), "/helper/"))
    guest.expect_sound()
    assert guest.page.locator("form[action$='/withdraw/']").count() == 1
    organiser.open(f"activities/plan/dates/{made['date']}/helpers/")
    assert organiser.axe() == []
    organiser.press(organiser.page.locator("form[action$='/yes/'] button"))
    organiser.expect_sound()
    assert "Selam Walker" in organiser.page.locator("main").inner_text()

    assert "Selam Walker" not in read_with(guest, public, TIGRINYA)
    member.open(public)
    assert member.axe() == []
    assert made["other"] in member.page.locator("main").inner_text()
    for walker in (organiser, member, guest):
        walker.context.close()
        assert not walker.complaints
