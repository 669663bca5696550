"""A helper without a seat is marked on a phone while the network is gone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Walker, walker_for
from tests.browser.test_front_desk_gap import make_date, open_desk, stored, wait_until_sent
from tests.serving import Platform

pytestmark = [pytest.mark.browser, pytest.mark.process]
ADD_HELPER = """
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.encounters.activities.enums import OfferStatus, Role, SignUpWay
from miteinander.encounters.activities.models import RoleOffer, RoleWanted
from miteinander.foundation.core import clock
wanted = RoleWanted.objects.create(date_id={date}, role=Role.COOK, wanted=2, confirmed=1)
RoleOffer.objects.create(
    date_id={date}, wanted=wanted,
    person=PersonFactory.create(name="Helfer Amal", email="amal{date}@example.org"),
    token="helper of {date}", language="de", way=SignUpWay.ACCOUNT,
    status=OfferStatus.CONFIRMED, offered_at=clock.now(),
)
"""


@pytest.fixture(params=[("de", 1280), ("ar", 360)], ids=["de-1280", "ar-360"])
def organiser(
    request: pytest.FixtureRequest, chromium: Browser, district: Platform
) -> Iterator[Walker]:
    language, width = request.param
    walker = walker_for(chromium, district, language=language, width=width, has_script=True)
    yield walker
    walker.context.close()
    lost = [words for words in walker.complaints if "ERR_INTERNET_DISCONNECTED" not in words]
    assert not lost, "the browser complained (also about the security policy)"


def test_marks_of_a_helper_wait_for_the_network_and_the_last_one_counts(organiser: Walker) -> None:
    organiser.become("member")
    date, _token = make_date(organiser, 1)
    organiser.platform.python(ADD_HELPER.replace("{date}", str(date)))
    open_desk(organiser, date)
    helper = organiser.page.locator(".door-row", has_text="Helfer Amal")

    organiser.context.set_offline(True)
    for mark in ("absent", "unknown", "present"):
        helper.locator(f"button[name=mark][value={mark}]").click()
    assert helper.locator("[data-waits]").count() == 1
    assert not organiser.axe()
    organiser.context.set_offline(False)
    wait_until_sent(organiser)

    assert stored(organiser, date) == ([["Gast 00", "unknown"], ["Helfer Amal", "present"]], 3)
    assert helper.count() == 1
    assert "door-present" in (helper.get_attribute("class") or "")
    assert (helper.get_attribute("id") or "").startswith("p")
