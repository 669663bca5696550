"""The passkey in a real browser, with the browser's own virtual device."""

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.test import override_settings

from miteinander.community.people.tests.factories import PersonFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright runs a loop in this thread
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        opened = browser.new_page(viewport={"width": 360, "height": 740})
        devices = opened.context.new_cdp_session(opened)
        devices.send("WebAuthn.enable")
        devices.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        yield opened
        browser.close()


@pytest.mark.parametrize("language", ["de", "ar"])
def test_a_passkey_is_made_and_used_in_a_browser(
    page: Any, live_server: Any, language: str
) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    person, base = PersonFactory.create(), f"{live_server.url}/{language}/account"

    with override_settings(LOGIN_REDIRECT_URL="people:account"):
        page.goto(f"{base}/sign-in/")
        page.fill("[name=email]", person.email)
        page.click("#page-form button")
        page.wait_for_url("**/code/")
        code = re.search(r"^\d{4} \d{4}$", str(mail.outbox[-1].body), re.MULTILINE)
        assert code
        page.fill("[name=code]", code[0])
        page.click("#page-form button")
        page.wait_for_url("**/account/")

        page.goto(f"{base}/passkeys/")
        page.fill("[name=name]", "Schlüssel 7")
        page.click("form[data-passkey] button[type=submit]")
        page.wait_for_selector("text=Schlüssel 7")

        page.goto(f"{base}/sign-out/")
        page.click("#page-form button")
        page.wait_for_url("**/sign-in/")
        page.click("form[data-passkey] button[type=submit]")
        page.wait_for_url("**/account/")

    assert page.locator("html").get_attribute("lang") == language
    assert faults == []


def test_without_scripts_the_code_is_offered_and_the_passkey_is_not(
    page: Any, live_server: Any
) -> None:
    plain = page.context.browser.new_context(java_script_enabled=False).new_page()

    plain.goto(f"{live_server.url}/de/account/sign-in/")

    assert plain.locator("#page-form button[type=submit]").is_visible()
    assert not plain.locator("form[data-passkey]").is_visible()
