"""The pages of people who help: wanted, offered, answered, taken back; and their letters."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from miteinander.community.people.tests.factories import PersonFactory, SpokenLanguageFactory
from miteinander.encounters.activities.enums import Role
from miteinander.encounters.activities.models import ActivityDate, RoleOffer, RoleWanted
from miteinander.encounters.activities.services import dates, together
from miteinander.encounters.activities.tests.factories import DateFactory, ParticipationFactory
from miteinander.encounters.activities.tests.planners import NOW, planner_of
from miteinander.encounters.activities.views import paper
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor
from miteinander.outward.notifications import jobs

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")
GUEST = {"name": "Amal", "email": "amal@example.org", "language": "ar", "entry": "mark"}


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.held_at(NOW):
        yield


@pytest.fixture
def date() -> ActivityDate:
    made: ActivityDate = DateFactory.create(starts_at=NOW + timedelta(days=3))
    return made


@pytest.fixture
def planner(date: ActivityDate, client: Client) -> Any:
    return planner_of(date.activity.organisation)


def wanted(date: ActivityDate, role: str = Role.COOK, count: int = 2, **pair: str) -> RoleWanted:
    return RoleWanted.objects.create(date=date, role=role, wanted=count, **pair)


def address(name: str, *args: object) -> str:
    return reverse(f"activities:{name}", args=args)


def test_the_organiser_says_whom_a_date_needs(
    date: ActivityDate, planner: Any, client: Client
) -> None:
    client.force_login(planner)
    typed = {"which": "all", "cook": "3", "interpreters_1": "1", "language_a_1": "ar"}

    refused = client.post(address("edit_roles", date.activity_id), typed)
    assert (refused.status_code, RoleWanted.objects.count()) == (200, 0)
    client.post(address("edit_roles", date.activity_id), {**typed, "language_b_1": "de"})

    page = Client().get(date.get_absolute_url()).content.decode()
    assert "0 von 3" in page or "0 of 3" in page
    assert address("help", date.pk) in page
    again = client.get(address("edit_roles", date.activity_id), {"date": date.pk})
    assert again.context["form"]["cook"].value() == 3


def test_a_guest_offers_and_the_public_sees_numbers_and_no_name(
    date: ActivityDate, planner: Any, client: Client, run_jobs: Callable[[], int]
) -> None:
    row = wanted(date, Role.INTERPRETER, 1, language_a="ar", language_b="de")
    thanks = client.post(address("help", date.pk), {**GUEST, "wanted": row.pk}, follow=True)
    offer = RoleOffer.objects.get()
    assert thanks.status_code == 200
    assert offer.token not in thanks.content.decode()

    client.force_login(planner)
    assert "Amal" in client.get(address("helpers", date.pk)).content.decode()
    client.post(address("confirm_role", offer.pk))
    client.logout()
    page = client.get(date.get_absolute_url()).content.decode()
    assert "العربية" in page
    assert "Amal" not in page
    run_jobs()
    letters = [letter for letter in mail.outbox if letter.to == ["amal@example.org"]]
    assert address("helper", offer.token).partition("/activities")[2] in str(letters[-1].body)


def test_a_guest_with_a_telephone_only_gets_no_link_and_the_link_takes_it_back(
    date: ActivityDate, client: Client
) -> None:
    typed = {**GUEST, "email": "", "phone": "0561 123456", "wanted": wanted(date).pk}
    thanks = client.post(address("help", date.pk), typed, follow=True)
    offer = RoleOffer.objects.get()
    assert offer.token not in thanks.content.decode()

    client.get(address("helper", offer.token))
    offer.refresh_from_db()
    assert offer.is_offered
    client.post(address("withdraw_role", offer.token))

    offer.refresh_from_db()
    assert offer.status == "withdrawn"


def test_somebody_signed_in_is_offered_the_languages_of_the_profile(
    date: ActivityDate, client: Client
) -> None:
    person = SpokenLanguageFactory.create(language="fa", level="c1").person
    SpokenLanguageFactory.create(person=person, language="tr", level="a1")
    client.force_login(person)
    row = wanted(date, Role.HOST)

    form = client.get(address("help", date.pk)).context["form"]
    assert [code for code, _label in form.fields["speaks"].choices] == ["fa"]
    client.post(address("help", date.pk), {"wanted": row.pk, "speaks": ["fa"]})

    assert RoleOffer.objects.get().speaks == ["fa"]
    assert (
        address("helper", RoleOffer.objects.get().token)
        in client.get(address("mine")).content.decode()
    )


def test_a_page_without_a_wanted_role_says_so(date: ActivityDate, client: Client) -> None:
    assert client.get(address("help", date.pk)).context["form"] is None
    assert client.post(address("help", date.pk), GUEST).status_code == 200
    assert not RoleOffer.objects.exists()


def test_offers_of_others_are_not_found(date: ActivityDate, client: Client) -> None:
    person = PersonFactory.create()
    offer = together.offer_role(
        actor=person, wanted_id=wanted(date).pk, person_id=person.pk, language="de"
    ).offer
    client.force_login(PersonFactory.create())

    for name in ("confirm_role", "decline_role"):
        assert client.post(address(name, offer.pk)).status_code == 404
    assert client.get(address("helpers", date.pk)).status_code == 404

    offer.refresh_from_db()
    assert offer.is_offered


def helped(date: ActivityDate, planner: Any) -> RoleOffer:
    person = PersonFactory.create(email="helper@example.org", name="Kanarie Helper")
    offer = together.offer_role(
        actor=person, wanted_id=wanted(date).pk, person_id=person.pk, language="de"
    ).offer
    return together.confirm_role(actor=planner, offer_id=offer.pk)


def subjects(run_jobs: Callable[[], int]) -> list[str]:
    mail.outbox.clear()
    run_jobs()
    return [str(one.subject) for one in mail.outbox if one.to == ["helper@example.org"]]


def test_who_helps_is_reminded_once_and_told_of_a_cancellation(
    date: ActivityDate, planner: Any, run_jobs: Callable[[], int]
) -> None:
    with clock.held_at(NOW - timedelta(days=2)):
        helped(date, planner)
        run_jobs()

    for ahead in (48, 4):
        with clock.held_at(date.starts_at - timedelta(hours=ahead)):
            jobs.remind_helpers.func()
            jobs.remind_helpers.func()
            assert len(subjects(run_jobs)) == 1
    dates.cancel_date(actor=planner, date_id=date.pk)
    assert len(subjects(run_jobs)) == 1


def test_who_helps_stands_at_the_door(date: ActivityDate, planner: Any, client: Client) -> None:
    helped(date, planner)
    client.force_login(planner)

    with clock.held_at(date.starts_at):
        page = client.get(address("front_desk", date.pk)).content.decode()

    assert "Kanarie Helper" in page


def test_a_yes_a_change_and_a_cancellation_carry_the_calendar_file(
    date: ActivityDate, planner: Any, run_jobs: Callable[[], int]
) -> None:
    offer = helped(date, planner)
    run_jobs()
    dates.cancel_date(actor=planner, date_id=date.pk)
    run_jobs()

    letters = [one for one in mail.outbox if one.to == ["helper@example.org"]]
    files = [str(one.attachments[0][1]) for one in letters if one.attachments]
    assert ["STATUS:CANCELLED" in file for file in files] == [False, True]
    assert all(f"UID:date-{date.pk}@" in file for file in files)
    assert not any(offer.token in file for file in files)


def test_who_helps_signs_the_printed_list_and_nobody_stands_there_twice(
    date: ActivityDate, planner: Any, client: Client, monkeypatch: Any
) -> None:
    seen: dict[str, Any] = {}

    def keep(_template: str, context: dict[str, Any]) -> bytes:
        seen.update(context)
        return b"%PDF"

    monkeypatch.setattr(paper, "missing_parts", list)
    monkeypatch.setattr(paper, "render_pdf", keep)
    offer = helped(date, planner)
    client.force_login(planner)

    with clock.held_at(date.starts_at):
        client.post(address("print_list", date.pk))
        assert [row.pk for row in seen["helpers"]] == [offer.pk]
        assert "Kanarie Helper" in render_to_string("activities/paper/list.html", seen)
        ParticipationFactory.create(date=date, person=offer.person)
        client.post(address("print_list", date.pk))

    assert seen["helpers"] == []
    assert render_to_string("activities/paper/list.html", seen).count("Kanarie Helper") == 1


@pytest.mark.parametrize("count", [10, 50])
def test_the_list_of_helpers_takes_the_same_number_of_queries(
    count: int, date: ActivityDate, planner: Any, client: Client,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    row = wanted(date, count=60)
    for _number in range(count):
        person = PersonFactory.create()
        together.offer_role(actor=person, wanted_id=row.pk, person_id=person.pk, language="de")
    client.force_login(planner)
    client.get(address("plan"))

    with django_assert_max_num_queries(20):
        client.get(address("helpers", date.pk))


def test_who_offers_and_takes_back_again_and_again_is_asked_to_wait(
    date: ActivityDate, client: Client
) -> None:
    row, person = wanted(date), PersonFactory.create()
    client.force_login(person)

    codes = []
    for _turn in range(8):
        codes.append(client.post(address("help", date.pk), {"wanted": str(row.pk)}).status_code)
        if codes[-1] == 302:
            client.post(address("withdraw_role", RoleOffer.objects.get().token))

    assert codes == [302] * 6 + [429] * 2
    assert not RoleOffer.objects.get().is_offered
