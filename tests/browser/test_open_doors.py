"""An open café from nothing to somebody who finds it; and a whole course with one form."""

import json
from itertools import count

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Walker, walker_for
from tests.browser.test_journeys import fresh, link_in
from tests.browser.test_series import Hand
from tests.serving import Platform

pytestmark = [pytest.mark.browser, pytest.mark.process]
NAMES = (f"Offenes Café Nummer {number}" for number in count(1))
MAKE_COURSE = """
import json
from datetime import timedelta
from miteinander.community.people.models import Person
from miteinander.encounters.activities.tests.factories import ActivityFactory, DateFactory
from miteinander.encounters.spaces.models import Venue
from miteinander.foundation.core import clock
karl = Person.objects.get(email="karl.muster@demo.example")
organisation = karl.memberships.earliest("pk").organisation
venue = Venue.objects.filter(organisation=organisation).earliest("pk")
activity = ActivityFactory.create(
    organisation=organisation, municipality=venue.municipality, venue=venue, created_by=karl,
    signs_up_once=True, most_companions=3,
)
dates = [
    DateFactory.create(activity=activity, starts_at=clock.now() + timedelta(days=9 + 7 * week))
    for week in (0, 1, 2)
]
print(json.dumps([date.pk for date in dates]))
"""
COUNT = """
import json
from miteinander.encounters.activities.models import ActivityDate
print(json.dumps([
    ActivityDate.objects.get(pk=key).seats_taken for key in KEYS
]))
"""


def publish_offer(organiser: Walker, title: str) -> None:
    """Begin, describe and publish an open café of every Tuesday."""
    hand, page = Hand(organiser), organiser.page
    organiser.open("activities/plan/")
    hand.follow("main a[href$='/plan/new/']")
    if page.locator("select[name=organisation]").count():
        hand.find("select[name=organisation]").select_option(index=1)
    hand.write("title", title)
    hand.find("input[name=kind][value=standing]").check()
    hand.save()
    hand.follow("main a[href$='/words/']")
    hand.find("select[name=topic]").select_option("language")
    hand.write("summary", "Kaffee, Tee und Zeit zum Reden.")
    hand.save()
    hand.follow("main a[href$='/opening/']")
    hand.find("[name=weekday_1]").select_option("1")
    hand.write("opens_1", "15:00")
    hand.write("closes_1", "18:00")
    hand.find("input[name=place]").check()
    assert organiser.axe() == []
    hand.save()
    hand.follow("main a[href$='/languages/']")
    hand.find("input[name=languages][value=ar]").check()
    hand.save()
    hand.follow("main a[href$='/access/']")
    hand.write("cost_cents", "0")
    hand.save()
    hand.follow("main a[href$='/contact/']")
    hand.write("contact_name", "Karl Muster")
    hand.write("contact_phone", "0561 123456")
    hand.save()
    assert organiser.axe() == []
    hand.follow("main form[action$='/publish/'] button")


def test_an_open_cafe_is_published_and_found_on_a_phone_without_script(
    chromium: Browser, district: Platform
) -> None:
    organiser = walker_for(chromium, district, language="de", width=1280, has_script=True)
    amal = walker_for(chromium, district, language="ar", width=360, has_script=False)
    looking = walker_for(chromium, district, language="ar", width=360, has_script=True)
    title = next(NAMES)
    organiser.become("member")
    publish_offer(organiser, title)

    for guest in (amal, looking):
        guest.open("activities/")
        guest.press(guest.page.locator("main a[href$='/activities/open-doors/']").first)
        guest.expect_sound()
        guest.page.locator("main select[name=weekday]").select_option("1")
        guest.press(guest.page.locator("main form[role=search] button[type=submit]"))
        guest.expect_sound()
        if guest.has_script:
            assert guest.axe() == []
        guest.press(guest.page.locator(".cards .card-title a", has_text=title))
        guest.expect_sound()
        assert guest.page.locator("main a[href*='/sign-up/']").count() == 0
        assert guest.page.locator("main a[href$='.ics']").count() == 1
    assert looking.axe() == []
    for walker in (organiser, amal, looking):
        walker.context.close()
        assert not walker.complaints


def test_a_course_is_taken_with_one_form_and_one_date_given_back(
    chromium: Browser, district: Platform
) -> None:
    amal = walker_for(chromium, district, language="ar", width=360, has_script=False)
    reader = walker_for(chromium, district, language="ar", width=360, has_script=True)
    keys, page = json.loads(district.python(MAKE_COURSE)), amal.page
    address = fresh(amal, "course")
    reader.open(f"activities/{keys[0]}/sign-up/")
    assert reader.axe() == []

    amal.open(f"activities/{keys[0]}/")
    amal.press(page.locator("main a[href$='/sign-up/']").first)
    assert page.locator("[name=dates]:checked").count() == 3
    page.locator("[name=name]").fill("Amal")
    page.locator("[name=email]").fill(address)
    page.locator("[name=companions]").select_option("1")
    amal.submit()
    amal.expect_sound()
    assert json.loads(district.python(f"KEYS = {keys}\n{COUNT}")) == [2, 2, 2]

    seat = link_in(amal.latest_mail(address), "/seat/")
    page.goto(seat)
    amal.expect_sound()
    others = page.locator("main li a[href*='/seat/']")
    assert others.count() == 2
    reader.page.goto(seat)
    assert reader.axe() == []
    amal.press(others.first)
    amal.press(page.locator("form[action$='/give-back/'] button"))
    amal.expect_sound()

    assert json.loads(district.python(f"KEYS = {keys}\n{COUNT}")) == [2, 0, 2]
    page.goto(seat)
    assert others.count() == 1
    for walker in (amal, reader):
        walker.context.close()
        assert not walker.complaints
