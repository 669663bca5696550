"""Who may open and send what: every address, every role, both methods, on one page.

A new address without a row fails. "Denied" is 404 for whoever may not know of the thing, or the
way to the sign-in for visitors; never a page. Only who plans for
the organisation anyway may be told with 403 that an act is the coordinators'.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from miteinander.community.organisations.enums import MembershipRole
from miteinander.community.organisations.tests.factories import (
    CoordinatorRoleFactory,
    MembershipFactory,
    OrganisationFactory,
)
from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import AdministratorFactory, PersonFactory
from miteinander.community.regions.tests.factories import DistrictFactory, RegionFactory
from miteinander.encounters.activities.tests.factories import (
    ActivityFactory,
    DateFactory,
    ParticipationFactory,
)

pytestmark = pytest.mark.django_db

VISITORS = {"anonymous", "deactivated"}
MEMBERS = {"member", "manager", "coordinator", "administrator"}
MANAGERS = {"manager", "coordinator", "administrator"}
COORDINATORS = {"coordinator", "administrator"}
ANY_COORDINATOR = {"coordinator", "coordinator elsewhere", "administrator"}
ADMINISTRATORS = {"administrator"}
PEOPLE = {
    "participant", "other participant", "member", "manager", "coordinator",
    "coordinator elsewhere", "administrator",
}  # fmt: skip
ROLES = VISITORS | PEOPLE
EVERYBODY = ROLES
NOBODY: set[str] = set()


@dataclass(frozen=True)
class Row:
    """Who gets in by which method; ``path`` names the arguments of the address."""

    who: set[str]
    methods: str = "GET"
    path: tuple[str, ...] = field(default=())


ORGANISATION, ACTIVITY, DATE, SEAT, TOKEN = (
    ("slug",),
    ("activity",),
    ("date",),
    ("seat",),
    ("token",),
)

MATRIX = {
    "technical:front_door": Row(EVERYBODY),
    "technical:alive": Row(EVERYBODY),
    "technical:ready": Row(EVERYBODY),
    "technical:metrics": Row(NOBODY),
    "technical:robots": Row(EVERYBODY),
    "keyed:personal_feed": Row(NOBODY, "GET", ("word",)),
    "web:home": Row(EVERYBODY),
    "web:about": Row(EVERYBODY),
    "web:how": Row(EVERYBODY),
    "web:plain": Row(EVERYBODY),
    "web:accessibility": Row(EVERYBODY),
    "web:feedback": Row(EVERYBODY, "GET POST"),
    "web:privacy": Row(EVERYBODY),
    "web:imprint": Row(EVERYBODY),
    "web:contact": Row(EVERYBODY),
    "web:setup": Row(EVERYBODY, "GET POST"),
    "web:setup_step": Row(EVERYBODY, "GET POST", ("step",)),
    "web:instance": Row(ADMINISTRATORS),
    "web:instance_edit": Row(ADMINISTRATORS, "GET POST", ("step",)),
    "account_login": Row(EVERYBODY, "GET POST"),
    "account_confirm_login_code": Row(EVERYBODY, "GET POST"),
    "mfa_login_webauthn": Row(EVERYBODY, "POST"),
    "mfa_login_webauthn_options": Row(EVERYBODY, "GET POST"),
    "account_logout": Row(EVERYBODY, "GET POST"),
    "people:account": Row(PEOPLE),
    "people:profile": Row(PEOPLE, "GET POST"),
    "people:languages": Row(PEOPLE, "GET POST"),
    "people:devices": Row(PEOPLE),
    "people:end_others": Row(PEOPLE, "POST"),
    "people:end_device": Row(PEOPLE, "POST", ("number",)),
    "people:passkeys": Row(PEOPLE),
    "people:passkey_options": Row(PEOPLE, "GET POST"),
    "people:add_passkey": Row(PEOPLE, "POST"),
    "people:remove_passkey": Row(PEOPLE, "POST", ("number",)),
    "people:download": Row(PEOPLE),
    "people:close": Row(PEOPLE, "GET POST"),
    "people:closed": Row(EVERYBODY),
    "regions:list": Row(EVERYBODY),
    "regions:detail": Row(EVERYBODY, "GET", ("region",)),
    "organisations:list": Row(EVERYBODY),
    "organisations:detail": Row(EVERYBODY, "GET", ORGANISATION),
    "organisations:coordination": Row(ANY_COORDINATOR),
    "organisations:invite": Row(ANY_COORDINATOR, "GET POST"),
    "organisations:roles": Row(ADMINISTRATORS, "GET POST"),
    "organisations:revoke_role": Row(ADMINISTRATORS, "POST", ("role",)),
    "organisations:dismiss_administrator": Row(ADMINISTRATORS, "POST", ("admin",)),
    "organisations:invitation": Row(NOBODY, "GET POST", ("word",)),
    "organisations:edit": Row(MANAGERS, "GET POST", ORGANISATION),
    "organisations:hide": Row(COORDINATORS, "POST", ORGANISATION),
    "organisations:show": Row(COORDINATORS, "POST", ORGANISATION),
    "organisations:members": Row(MANAGERS, "GET POST", ORGANISATION),
    "organisations:remove_member": Row(MANAGERS, "POST", ("slug", "membership")),
    "organisations:change_role": Row(MANAGERS, "POST", ("slug", "membership")),
    "organisations:withdraw_invitation": Row(NOBODY, "POST", ("slug", "number")),
    "activities:list": Row(EVERYBODY),
    "activities:detail": Row(EVERYBODY, "GET", DATE),
    "activities:sign_up": Row(EVERYBODY, "GET POST", DATE),
    "activities:signed_up": Row(NOBODY, "GET", ("word",)),
    "activities:seat": Row(EVERYBODY, "GET", TOKEN),
    "activities:give_back": Row(EVERYBODY, "POST", TOKEN),
    "activities:mine": Row(PEOPLE),
    "activities:plan": Row(PEOPLE),
    "activities:create": Row(PEOPLE, "GET POST"),
    "activities:tasks": Row(MEMBERS, "GET", ACTIVITY),
    "activities:edit_words": Row(MEMBERS, "GET POST", ACTIVITY),
    "activities:edit_dates": Row(MEMBERS, "GET POST", ACTIVITY),
    "activities:edit_audience": Row(MEMBERS, "GET POST", ACTIVITY),
    "activities:edit_languages": Row(MEMBERS, "GET POST", ACTIVITY),
    "activities:edit_access": Row(MEMBERS, "GET POST", ACTIVITY),
    "activities:edit_contact": Row(MEMBERS, "GET POST", ACTIVITY),
    "activities:edit_seats": Row(MEMBERS, "GET POST", ACTIVITY),
    "activities:preview": Row(MEMBERS, "GET", ACTIVITY),
    "activities:publish": Row(MEMBERS, "POST", ACTIVITY),
    "activities:approve": Row(COORDINATORS, "POST", ACTIVITY),
    "activities:ask_back": Row(COORDINATORS, "GET POST", ACTIVITY),
    "activities:hide": Row(COORDINATORS, "POST", ACTIVITY),
    "activities:show": Row(COORDINATORS, "POST", ACTIVITY),
    "activities:versions": Row(MEMBERS, "GET", ACTIVITY),
    "activities:version": Row(MEMBERS, "GET POST", ("activity", "language")),
    "activities:cancel_date": Row(MEMBERS, "GET POST", DATE),
    "activities:front_desk": Row(MEMBERS, "GET POST", DATE),
    "activities:walk_in": Row(MEMBERS, "GET POST", DATE),
    "activities:mark": Row(MEMBERS, "POST", SEAT),
    "activities:contact": Row(MEMBERS, "POST", SEAT),
    "exchange:feeds": Row(EVERYBODY),
    "exchange:feed": Row(EVERYBODY),
    "exchange:date_ics": Row(EVERYBODY, "GET", DATE),
    "exchange:municipality_feed": Row(EVERYBODY, "GET", ("region",)),
    "exchange:organisation_feed": Row(EVERYBODY, "GET", ORGANISATION),
    "exchange:language_feed": Row(EVERYBODY, "GET", ("language",)),
    "exchange:my_calendar": Row(PEOPLE),
    "exchange:create_key": Row(PEOPLE, "POST"),
    "exchange:revoke_key": Row(PEOPLE, "POST"),
    "exchange:import_calendar": Row(MEMBERS, "GET POST", ORGANISATION),
    "audit:record": Row(ADMINISTRATORS),
    "ui:gallery": Row(EVERYBODY),
}


@dataclass(frozen=True)
class World:
    """One organisation with an occasion, and people in every role towards it."""

    arguments: dict[str, object]
    people: dict[str, Person | None]


@pytest.fixture
def world() -> World:
    district, elsewhere = DistrictFactory.create(), DistrictFactory.create()
    town = RegionFactory.create(parent=district)
    organisation = OrganisationFactory.create(municipality=town)
    date = DateFactory.create(activity=ActivityFactory.create(organisation=organisation))
    seat = ParticipationFactory.create(date=date, person=PersonFactory.create())
    member = MembershipFactory.create(organisation=organisation)
    MembershipFactory.create(organisation=organisation, role=MembershipRole.MANAGER)
    manager = MembershipFactory.create(organisation=organisation, role=MembershipRole.MANAGER)
    role = CoordinatorRoleFactory.create(region=district)
    foreign = CoordinatorRoleFactory.create(region=elsewhere)
    second_administrator = AdministratorFactory.create()
    return World(
        arguments={
            "slug": organisation.slug, "region": town.slug, "activity": date.activity_id,
            "date": date.pk, "seat": seat.pk, "token": seat.token, "membership": member.pk,
            "role": role.pk, "admin": second_administrator.pk, "number": 987654321,
            "word": "unknown", "step": "contact", "language": "ar",
        },
        people={
            "anonymous": None,
            "deactivated": PersonFactory.create(is_active=False),
            "participant": seat.person,
            "other participant": PersonFactory.create(),
            "member": member.person,
            "manager": manager.person,
            "coordinator": role.person,
            "coordinator elsewhere": foreign.person,
            "administrator": AdministratorFactory.create(),
        },
    )  # fmt: skip


def url_names() -> set[str]:
    def walk(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                inner = f"{entry.namespace}:" if entry.namespace else ""
                yield from walk(entry, namespace + inner)
            else:
                yield f"{namespace}{entry.name}"

    return set(walk(get_resolver()))


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever a request changed, so that the next role meets the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def send(world: World, name: str, role: str, method: str) -> HttpResponse:
    address = reverse(name, args=[world.arguments[part] for part in MATRIX[name].path])
    client = Client(REMOTE_ADDR=f"10.1.1.{len(role)}")
    person = world.people[role]
    with undone():
        if person is not None:
            client.force_login(
                person, backend="allauth.account.auth_backends.AuthenticationBackend"
            )
        answer: HttpResponse = getattr(client, method.lower())(address)
    return answer


def is_denied(answer: HttpResponse, role: str) -> bool:
    """Refused: not found, expired, sent to the sign-in, or told so as somebody who plans there."""
    sends_to_sign_in = answer.status_code == 302 and reverse("account_login") in answer["Location"]
    is_told = answer.status_code == 403 and role in MEMBERS
    return answer.status_code in {404, 410} or sends_to_sign_in or is_told


def test_every_address_has_a_row() -> None:
    assert url_names() == set(MATRIX)


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_only_the_roles_in_the_row_get_in(world: World, name: str) -> None:
    row = MATRIX[name]
    wrong = []
    for method in row.methods.split():
        for role in sorted(ROLES):
            answer = send(world, name, role, method)
            let_in = not is_denied(answer, role)
            if name.startswith(("account_", "mfa_")):
                let_in = True  # the sign-in itself, which may send on to its own first page
            has_failed = answer.status_code >= 500 and name != "technical:ready"
            if let_in != (role in row.who) or has_failed:
                wrong.append(f"{method} as {role}: {answer.status_code}")
    assert not wrong


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_other_methods_are_refused(world: World, name: str) -> None:
    row = MATRIX[name]
    for method in {"GET", "POST"} - set(row.methods.split()):
        answer = send(world, name, "administrator", method)
        assert answer.status_code in {404, 405}
