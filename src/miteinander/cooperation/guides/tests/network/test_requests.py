"""Asking for a guide: the form, the sealed contact, who could do it, and how it ends."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from miteinander.community.organisations.tests.factories import CoordinatorRoleFactory
from miteinander.community.people.models import Person
from miteinander.community.regions.tests.factories import RegionFactory
from miteinander.cooperation.guides.models import GuideRequest, RequestContact
from miteinander.cooperation.guides.queries.suggestions import able_guides
from miteinander.cooperation.guides.services import privacy, requests
from miteinander.cooperation.guides.services.requests import Wish
from miteinander.cooperation.guides.tests.network.factories import (
    CONTACTS,
    GuideFactory,
    RequestFactory,
)
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.core import clock, timetable
from miteinander.foundation.core.models import Instance
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")
SECRETS = ("Sekretariat Waldschule", "sekretariat@schule.example", "900100", "Familie Beispiel")


@pytest.fixture
def coordinator() -> Person:
    person: Person = CoordinatorRoleFactory.create(region=RegionFactory.create()).person
    return person


def town_of(coordinator: Person) -> Any:
    return coordinator.coordinator_roles.get().region


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def filled_in(**changes: object) -> dict[str, object]:
    return {
        "requester": "school", "kind": "parents", "topic": "school", "tasks": ["come", "explain"],
        "language": "uk", "way": "person", "municipality": RegionFactory.create().pk,
        "place": "Raum 12", "day": (clock.today() + timedelta(days=9)).isoformat(),
        "start": "14:30", "by_day": "", "minutes": "60", "name": "Sekretariat Waldschule",
        "email": "sekretariat@schule.example", "phone": "", "person_name": "Familie Beispiel",
        "person_phone": "", "note": "Eingang hinten", "entry": "one", **changes,
    }  # fmt: skip


def test_a_school_asks_without_an_account_and_gets_the_link_by_mail(
    client: Client, run_jobs: Callable[[], int]
) -> None:
    answer = client.post(reverse("guides:request"), filled_in())

    row = GuideRequest.objects.get()
    assert answer.headers["Location"] == reverse("guides:request_mine", args=[row.token])
    assert row.starts_at is not None
    assert clock.local(row.starts_at).hour == 14
    assert row.entered_by is None
    page = client.get(answer.headers["Location"]).content.decode()
    assert not any(word in page for word in SECRETS)
    run_jobs()
    (letter,) = mail.outbox
    assert letter.to == ["sekretariat@schule.example"]
    assert row.token in str(letter.body)


def test_the_same_form_sent_twice_asks_once(client: Client) -> None:
    typed = filled_in()
    first = client.post(reverse("guides:request"), typed)
    second = client.post(reverse("guides:request"), typed)

    assert first.headers["Location"] == second.headers["Location"]
    assert GuideRequest.objects.count() == 1


def test_no_table_and_no_record_shows_the_contact(client: Client) -> None:
    client.post(reverse("guides:request"), filled_in())

    stored = str(list(GuideRequest.objects.values())) + str(list(RequestContact.objects.values()))
    stored += str(list(AuditEntry.objects.values()))
    assert not any(word in stored for word in (*SECRETS, "Raum 12", "Eingang hinten"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"requester": "king"},
        {"kind": ""},
        {"topic": "illness"},
        {"tasks": []},
        {"tasks": ["interpret"]},
        {"language": "klingon"},
        {"municipality": "987654"},
        {"day": "2020-01-01"},
        {"day": "2098-01-01"},
        {"start": ""},
        {"day": ""},
        {"minutes": "0"},
        {"minutes": "9999"},
        {"name": ""},
        {"email": ""},
        {"email": "nobody"},
        {"phone": "12"},
        {"note": "x" * 121},
    ],
)
def test_what_cannot_be_is_said_at_the_form_and_nothing_is_lost(
    client: Client, wrong: dict[str, object]
) -> None:
    answer = client.post(reverse("guides:request"), filled_in(**wrong))

    assert answer.status_code == 200
    assert not GuideRequest.objects.exists()
    assert wrong.get("name") == "" or "Sekretariat Waldschule" in answer.content.decode()


def test_flexible_time_needs_no_day(client: Client) -> None:
    until = (clock.today() + timedelta(days=20)).isoformat()
    client.post(reverse("guides:request"), filled_in(day="", start="", by_day=until))

    row = GuideRequest.objects.get()
    assert row.starts_at is None
    assert str(row.by_day) == until


def test_who_asked_takes_it_back_once(client: Client) -> None:
    row = RequestFactory.create()
    for _time in range(2):
        client.post(reverse("guides:request_withdraw", args=[row.token]))

    row.refresh_from_db()
    assert row.status == "withdrawn"
    assert AuditEntry.objects.filter(verb="guides.withdraw_request").count() == 1


def test_a_request_by_telephone_notes_who_wrote_it_down(coordinator: Person) -> None:
    typed = filled_in(municipality=town_of(coordinator).pk, email="", phone="0561 900100")
    signed_in(coordinator).post(reverse("guides:request"), typed)

    assert GuideRequest.objects.get().entered_by == coordinator


def test_the_contact_opens_by_post_and_the_look_is_recorded(coordinator: Person) -> None:
    row = RequestFactory.create(municipality=town_of(coordinator))
    client = signed_in(coordinator)
    address = reverse("guides:request_contact", args=[row.pk])

    assert client.get(address).status_code == 405
    page = client.post(address).content.decode()

    assert CONTACTS.name in page
    assert CONTACTS.place in page
    assert AuditEntry.objects.filter(verb="guides.open_request_contact", object_id=row.pk).exists()
    other = CoordinatorRoleFactory.create(region=RegionFactory.create()).person
    assert signed_in(other).post(address).status_code == 404


def able(coordinator: Person, row: GuideRequest) -> Any:
    return able_guides(actor=coordinator, request=row, now=clock.now())


def test_only_who_meets_everything_is_suggested(coordinator: Person) -> None:
    town = town_of(coordinator)
    row = RequestFactory.create(municipality=town, has_minors=True)
    assert row.starts_at is not None
    good = {
        "municipality": town, "police_valid_until": clock.today() + timedelta(days=100),
        "times": timetable.bit_at(row.starts_at),
    }  # fmt: skip
    fits = GuideFactory.create(**good)
    elsewhere = RegionFactory.create()
    for wrong in (
        {"certified": False},
        {"confidentiality_on": None},
        {"paused_from": clock.today()},
        {"status": "left"},
        {"speaks": [("ar", "native")]},
        {"goes_to": [elsewhere]},
        {"times": timetable.EVERY_TIME & ~timetable.bit_at(row.starts_at)},
        {"police_valid_until": row.starts_at.date() - timedelta(days=1)},
        {"ways": ["phone"]},
        {"unwanted": ["school"]},
    ):
        GuideFactory.create(**(good | wrong))

    assert able(coordinator, row).guides == [fits]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"speaks": [("ar", "native")]}, "language"),
        ({"goes_to": "elsewhere"}, "area"),
        ({"times": "other"}, "time"),
        ({}, "documents"),
    ],
)
def test_why_nobody_can_is_told(coordinator: Person, wrong: dict[str, Any], reason: str) -> None:
    town = town_of(coordinator)
    row = RequestFactory.create(municipality=town, has_minors=True)
    assert row.starts_at is not None
    if "goes_to" in wrong:
        wrong = {"goes_to": [RegionFactory.create()]}
    if "times" in wrong:
        wrong = {"times": timetable.EVERY_TIME & ~timetable.bit_at(row.starts_at)}
    GuideFactory.create(municipality=town, **wrong)

    found = able(coordinator, row)
    assert (found.guides, found.missing) == ([], reason)


def test_a_certificate_that_ends_tomorrow_is_no_use_in_a_week(coordinator: Person) -> None:
    town = town_of(coordinator)
    guide = GuideFactory.create(municipality=town)
    row = RequestFactory.create(municipality=town)
    assert able(coordinator, row).guides == [guide]

    certificate = guide.person.trainings.get().certificates.get()
    certificate.valid_until = clock.today() + timedelta(days=1)
    certificate.save()

    assert able(coordinator, row).guides == []


def test_how_it_ended_is_recorded_once_and_told(
    coordinator: Person, run_jobs: Callable[[], int]
) -> None:
    row = RequestFactory.create(municipality=town_of(coordinator))
    client = signed_in(coordinator)
    address = reverse("guides:request_end", args=[row.pk])

    assert client.post(address, {"reason": "weather"}).status_code == 200
    client.post(address, {"reason": "language"})
    client.post(address, {"done": "1"})

    row.refresh_from_db()
    assert (row.status, row.unfilled_reason) == ("unfilled", "language")
    assert client.get(reverse("guides:request_detail", args=[row.pk])).status_code == 200
    run_jobs()
    assert [letter.to for letter in mail.outbox] == [["sekretariat@schule.example"]]


def test_a_request_taken_back_cannot_be_ended_again(coordinator: Person) -> None:
    row = RequestFactory.create(municipality=town_of(coordinator))
    requests.withdraw_request(actor=SYSTEM, request_id=row.pk)

    with pytest.raises(ValidationError):
        requests.end_request(actor=coordinator, request_id=row.pk)
    row.refresh_from_db()
    assert row.status == "withdrawn"


def test_contacts_go_thirty_days_after_the_end_and_the_rest_years_later() -> None:
    row = RequestFactory.create()
    requests.end_request(actor=SYSTEM, request_id=row.pk)
    open_one = RequestFactory.create()
    now = clock.now()

    def forget(days: int) -> tuple[int, int]:
        later = now + timedelta(days=days)
        return (
            privacy.forget_old_contacts(actor=SYSTEM, now=later),
            privacy.forget_old_requests(actor=SYSTEM, now=later),
        )

    assert forget(29) == (0, 0)
    assert forget(31) == (1, 0)
    assert requests.open_request_contact(actor=SYSTEM, request_id=row.pk) is None
    assert RequestContact.objects.get().request == open_one
    assert forget(400) == (1, 0)  # nobody ever ended it
    assert forget(1826) == (0, 1)
    assert GuideRequest.objects.get() == open_one


def test_lists_need_as_many_queries_for_ten_as_for_fifty(
    coordinator: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client, town = signed_in(coordinator), town_of(coordinator)
    row = RequestFactory.create(municipality=town)
    pages = (reverse("guides:requests"), reverse("guides:request_detail", args=[row.pk]))
    for page in pages:
        client.get(page)
    counts = []
    for number in (9, 40):
        RequestFactory.create_batch(number, municipality=town)
        GuideFactory.create_batch(number, municipality=town)
        for page in pages:
            with django_assert_max_num_queries(16) as asked:
                client.get(page)
            counts.append(len(asked))
    assert counts[:2] == counts[2:]


def test_a_wish_with_a_word_that_is_none_is_refused_by_the_service_too() -> None:
    town = RegionFactory.create()
    wish = Wish(town.pk, "school", "parents", "school", ("come",), "uk", way="pigeon")

    with pytest.raises(ValidationError):
        requests.ask_for_guide(actor=SYSTEM, wish=wish, contacts=CONTACTS, language="de")
    assert not GuideRequest.objects.exists()


def test_who_needs_an_interpreter_is_led_to_one(client: Client) -> None:
    address, contact = reverse("guides:request"), reverse("web:contact")
    before = client.get(address).content.decode()
    Instance.objects.create(interpreters="Ina <b>Dolm</b>\nina@dolmetschen.example")

    after = client.get(address).content.decode()

    assert f'<a href="{contact}">' in before.partition("<form")[0]
    assert f'<a href="{contact}">' not in after.partition("<form")[0]
    assert 'href="mailto:ina@dolmetschen.example"' in after
    assert "<b>Dolm" not in after
