"""Switching notes on in a real browser, and what its worker does with one; no push service."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.outward.notifications.models import Device
from miteinander.outward.notifications.push.keys import encoded, point_of
from miteinander.outward.notifications.tests.factories import BROWSER_KEY, BROWSER_SECRET

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
Open = Callable[..., Any]
KEYS = {"p256dh": encoded(point_of(BROWSER_KEY.public_key())), "auth": encoded(BROWSER_SECRET)}
# Instead of the makers' push services, which a test never calls: what their browsers would answer.
STAND_IN = """
window.asked = [];
const endpoint = "https://push.example.org/browser";
const kept = () => localStorage.getItem("subscribed");
const subscription = {
  endpoint,
  toJSON: () => ({ endpoint, keys: %(keys)s }),
  unsubscribe: async () => localStorage.removeItem("subscribed"),
};
PushManager.prototype.getSubscription = async () => (kept() ? subscription : null);
PushManager.prototype.subscribe = async (options) => {
  window.asked.push(options);
  localStorage.setItem("subscribed", "1");
  return subscription;
};
Notification.requestPermission = async () => {
  window.asked.push("permission");
  return "%(answer)s";
};
"""


@pytest.fixture
def chromium(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright runs a loop in this thread
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def person() -> Person:
    return PersonFactory.create()


@pytest.fixture
def opened(chromium: Any, live_server: Any, client: Client, person: Person) -> Open:
    """Return how to open the page signed in; what goes wrong in it fails the test."""
    client.force_login(person, backend=BACKEND)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value

    def open_page(language: str = "en", answer: str = "granted", **options: Any) -> Any:
        context = chromium.new_context(viewport={"width": 360, "height": 740}, **options)
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}]
        )
        context.add_init_script(STAND_IN % {"keys": KEYS, "answer": answer})
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        page.goto(f"{live_server.url}/{language}/messages/devices/")
        return page

    return open_page


@pytest.mark.parametrize("language", ["de", "ar"])
def test_notes_are_switched_on_after_a_tap_and_off_again(opened: Open, language: str) -> None:
    page = opened(language)
    assert page.evaluate("window.asked") == []
    page.click("[data-push-form] button")
    page.wait_for_url("**/devices/")
    page.wait_for_selector("[data-push-device]")
    device = Device.objects.get()
    assert device.endpoint == "https://push.example.org/browser"
    assert "Chrome" in device.agent
    page.wait_for_selector("[data-push-here]:visible")
    assert not page.is_visible("[data-push-form]")
    width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(width) <= 0
    if shots := os.environ.get("SHOTS"):
        page.screenshot(path=f"{shots}/devices-{language}.png", full_page=True)
    page.click("[data-push-device] button")
    page.wait_for_selector("[data-push-form]:visible")
    assert not Device.objects.exists()
    assert page.evaluate("localStorage.getItem('subscribed')") is None


def test_whoever_does_not_allow_it_is_told_how(opened: Open) -> None:
    page = opened(answer="denied")
    page.click("[data-push-form] button")
    page.wait_for_selector("[data-push-status]:not(:empty)")
    assert "does not allow it" in page.inner_text("[data-push-status]")
    assert not Device.objects.exists()


def test_without_script_a_sentence_says_what_it_needs(opened: Open) -> None:
    page = opened(java_script_enabled=False)
    assert page.is_visible("[data-push-without]")
    assert not page.is_visible("[data-push-form]")


def test_the_worker_shows_a_note_in_its_own_corner(opened: Open, live_server: Any) -> None:
    page = opened(permissions=["notifications"])
    calls = page.context.new_cdp_session(page)
    found: list[Any] = []
    calls.on("ServiceWorker.workerRegistrationUpdated", lambda told: found.append(told))  # noqa: PLW0108
    calls.send("ServiceWorker.enable")
    page.evaluate(
        """async () => {
          const box = document.querySelector("[data-push]");
          await navigator.serviceWorker.register(box.dataset.pushWorker, { scope: "/push/" });
        }"""
    )
    page.wait_for_function(
        """async () => (await navigator.serviceWorker.getRegistration("/push/"))?.active"""
    )
    registrations = [one for told in found for one in told["registrations"]]
    assert {one["scopeURL"] for one in registrations} == {f"{live_server.url}/push/"}
    note = '{"title":"T","body":"B","address":"/en/","tag":"1","lang":"en","dir":"ltr"}'
    for data in ("nothing readable", note):
        calls.send(
            "ServiceWorker.deliverPushMessage",
            {
                "origin": live_server.url,
                "registrationId": registrations[0]["registrationId"],
                "data": data,
            },
        )
    page.wait_for_function(
        """async () => {
          const mine = await navigator.serviceWorker.getRegistration("/push/");
          const shown = await mine.getNotifications();
          return shown.some((one) => one.title === "T" && one.body === "B");
        }"""
    )
    assert page.evaluate("navigator.serviceWorker.controller") is None
    assert page.evaluate("caches.keys()") == []
