"""Devices: switched on and off by their owner alone, gone with the sign-in and the account."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django.fixtures import Settings

from miteinander.community.people.models import Person
from miteinander.community.people.services import (
    disable_person,
    end_session,
    end_sessions,
    erase_person,
)
from miteinander.community.people.tests.factories import AdministratorFactory, PersonFactory
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor
from miteinander.foundation.core.privacy import exported
from miteinander.outward.notifications.enums import ReminderWay
from miteinander.outward.notifications.models import Device, MailWishes
from miteinander.outward.notifications.push.keys import encoded, point_of
from miteinander.outward.notifications.queries import reminder_way
from miteinander.outward.notifications.services import (
    Subscription,
    add_device,
    forget_idle_devices,
    remove_device,
)
from miteinander.outward.notifications.tests.factories import (
    BROWSER_KEY,
    BROWSER_SECRET,
    DeviceFactory,
)

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SYSTEM = SystemActor()
ENDPOINT = "https://push.example.org/abc"
KEYS = {"p256dh": encoded(point_of(BROWSER_KEY.public_key())), "auth": encoded(BROWSER_SECRET)}


@pytest.fixture
def person() -> Person:
    return PersonFactory.create()


@pytest.fixture
def browser(client: Client, person: Person) -> Client:
    client.force_login(person, backend=BACKEND)
    client.get(reverse("web:imprint"))  # the device is noted once a day
    return client


def told(endpoint: str = ENDPOINT, session: str = "a session") -> Subscription:
    return Subscription(endpoint=endpoint, **KEYS, agent="Firefox Android", session_key=session)


def add(person: Person, endpoint: str = ENDPOINT) -> Device:
    return add_device(actor=person, person_id=person.pk, subscription=told(endpoint))


def path(name: str, *args: object) -> str:
    with translation.override("en"):
        return reverse(f"notifications:{name}", args=args)


def switch_on(browser: Client, endpoint: str = ENDPOINT) -> str:
    data = {"endpoint": endpoint, **KEYS}
    answer = browser.post(
        path("push_subscribe"), data, follow=True, headers={"user-agent": "Firefox Android"}
    )
    return answer.content.decode()


def test_a_device_is_switched_on_and_off_again(browser: Client, person: Person) -> None:
    page = browser.get(path("devices")).content.decode()
    assert "It needs a newer browser with JavaScript" in page
    assert "Firefox on Android" in switch_on(browser)
    device = Device.objects.get(person=person)
    answer = browser.post(path("push_unsubscribe", device.pk), follow=True)
    assert "No more notes come to this device." in answer.content.decode()
    assert not Device.objects.exists()
    verbs = AuditEntry.objects.filter(verb__startswith="notifications.").values_list("verb")
    assert {verb for (verb,) in verbs} == {
        "notifications.add_device", "notifications.remove_device",
    }  # fmt: skip


@pytest.mark.parametrize(
    "endpoint",
    ["", "http://push.example.org/x", "https://10.0.0.1/x", "https://localhost/x", "x" * 1200],
)
def test_an_address_we_do_not_call_is_refused(browser: Client, endpoint: str) -> None:
    assert "This browser cannot show notes of ours." in switch_on(browser, endpoint)
    assert not Device.objects.exists()


def test_keys_that_are_none_are_refused(person: Person) -> None:
    wrong = Subscription(ENDPOINT, p256dh="A" * 87, auth=KEYS["auth"], agent="", session_key="s")
    with pytest.raises(ValidationError) as error:
        add_device(actor=person, person_id=person.pk, subscription=wrong)
    assert error.value.code == "browser"
    assert not Device.objects.exists()


def test_the_same_device_is_one_row_and_belongs_to_whoever_was_there_last(person: Person) -> None:
    other = PersonFactory.create()
    add(person)
    add(person)
    assert Device.objects.count() == 1
    add(other)
    assert Device.objects.get().person == other


def test_of_too_many_devices_the_oldest_goes(person: Person) -> None:
    for number in range(11):
        with clock.held_at(clock.now() + timedelta(minutes=number)):
            add(person, f"{ENDPOINT}{number}")
    assert person.push_devices.count() == 10
    assert not person.push_devices.filter(endpoint=f"{ENDPOINT}0").exists()


def test_nobody_touches_the_devices_of_others(browser: Client, person: Person) -> None:
    other = DeviceFactory.create()
    browser.post(path("push_unsubscribe", other.pk))
    assert Device.objects.filter(pk=other.pk).exists()
    for act in (
        lambda: add_device(actor=person, person_id=other.person_id, subscription=told()),
        lambda: remove_device(actor=person, person_id=other.person_id, device_id=other.pk),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert Device.objects.count() == 1
    assert other.endpoint_mark not in browser.get(path("devices")).content.decode()


def test_signing_out_ends_the_device_and_no_other(browser: Client, person: Person) -> None:
    switch_on(browser)
    other = DeviceFactory.create(person=person)
    browser.post(reverse("account_logout"))
    assert list(Device.objects.all()) == [other]


def test_signing_a_device_out_from_afar_ends_its_notes(browser: Client, person: Person) -> None:
    switch_on(browser)
    session = UserSession.objects.get(user=person)
    assert end_session(actor=person, person_id=person.pk, session_id=session.pk) == 1
    assert not Device.objects.exists()


def test_signing_out_everywhere_else_keeps_this_one(browser: Client, person: Person) -> None:
    switch_on(browser)
    end_sessions(actor=person, person_id=person.pk, keep=browser.session.session_key or "")
    assert Device.objects.count() == 1


def test_switching_a_person_off_ends_their_notes(browser: Client, person: Person) -> None:
    switch_on(browser)
    disable_person(actor=AdministratorFactory.create(), person_id=person.pk, reason="taken")
    assert not Device.objects.exists()


def test_closing_the_account_deletes_every_device(browser: Client, person: Person) -> None:
    switch_on(browser)
    DeviceFactory.create(person=person)
    browser.post(reverse("people:close"))
    assert not Device.objects.exists()


def test_erasing_deletes_every_device(person: Person) -> None:
    DeviceFactory.create(person=person)
    erase_person(actor=SYSTEM, person_id=person.pk)
    assert not Device.objects.exists()


def test_people_take_along_which_devices_but_no_keys(person: Person) -> None:
    device = DeviceFactory.create(person=person)
    (row,) = exported(person)["push_devices"]
    assert row["device"] == device.agent
    whole = str(exported(person))
    assert device.endpoint not in whole
    assert device.p256dh not in whole
    assert device.auth not in whole


def test_a_device_nothing_came_through_to_for_a_year_is_forgotten() -> None:
    DeviceFactory.create()
    assert forget_idle_devices(actor=SYSTEM, now=clock.now() + timedelta(days=364)) == 0
    assert forget_idle_devices(actor=SYSTEM, now=clock.now() + timedelta(days=366)) == 1


@pytest.mark.parametrize("way", [*ReminderWay.values, "none"])
def test_the_way_of_reminders_is_chosen(browser: Client, person: Person, way: str) -> None:
    answer = browser.post(path("devices"), {"way": way}, follow=True)
    assert "Your choice is saved." in answer.content.decode()
    assert (reminder_way(person.pk) or "none") == way


def test_a_way_that_is_none_changes_nothing(browser: Client) -> None:
    answer = browser.post(path("devices"), {"way": "pigeon"})
    assert "Error:" in answer.content.decode()
    assert not MailWishes.objects.exists()


def test_without_the_switch_there_is_no_trace(browser: Client, settings: Settings) -> None:
    settings.PUSH = False
    for name in ("devices", "push_subscribe"):
        assert browser.get(path(name)).status_code == 404
        assert browser.post(path(name), {}).status_code == 404
    assert browser.get("/push-worker.js").status_code == 404
    assert "notes" not in browser.get("/en/account/").content.decode().lower()
    assert not Device.objects.exists()


def test_the_worker_shows_notes_and_touches_nothing_else(client: Client) -> None:
    answer = client.get("/push-worker.js")
    text = answer.content.decode()
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "no-cache" in answer.headers["Cache-Control"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert len(text) < 2000
    for word in ("fetch", "caches", "clients.claim", "skipWaiting", "{%", "{{"):
        assert word not in text


@pytest.mark.parametrize("count", [1, 10])
def test_the_page_takes_as_many_queries_for_ten_devices_as_for_one(
    browser: Client, person: Person, count: int, django_assert_max_num_queries: object
) -> None:
    DeviceFactory.create_batch(count, person=person)
    browser.get(path("devices"))
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        browser.get(path("devices"))
