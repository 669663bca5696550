"""The whole house in one picture: every address, every role, and one world to walk through.

The world is made once for a module inside a transaction that is rolled back (``conftest.py``).
Each role keeps one browser; what a request changes is taken back at once.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation

from miteinander.community.organisations.enums import MembershipRole, OrganisationStatus
from miteinander.community.organisations.models import Organisation
from miteinander.community.organisations.tests.factories import (
    CoordinatorRoleFactory,
    InvitationFactory,
    MembershipFactory,
    OrganisationFactory,
)
from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import (
    AdministratorFactory,
    GuestFactory,
    PersonFactory,
)
from miteinander.community.regions.tests.factories import DistrictFactory, RegionFactory
from miteinander.encounters.activities.enums import ActivityStatus, SignUpWay
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.tests.factories import (
    ActivityFactory,
    DateFactory,
    ParticipationFactory,
)
from miteinander.encounters.spaces.tests.factories import VenueFactory
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor
from miteinander.outward.exchange.models import CalendarKey
from miteinander.outward.notifications.tests.factories import LetterFactory
from miteinander.web.models import Feedback

SIGN_IN_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"

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
    "people:change_address": Row(PEOPLE, "GET POST"),
    "people:confirm_address": Row(PEOPLE, "GET POST"),
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
    "accounts:list": Row(ADMINISTRATORS, "GET POST"),
    "accounts:detail": Row(ADMINISTRATORS, "GET POST", ("admin",)),
    "accounts:switch_on": Row(ADMINISTRATORS, "POST", ("admin",)),
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
    "activities:discard": Row(MEMBERS, "GET POST", ACTIVITY),
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


Arguments = dict[str, object]


class Browser(Client):
    """A browser that knows its own session, so that it can be given back after signing out."""

    session_kept: str = ""


@dataclass(frozen=True)
class World:
    """One organisation with an occasion, people in every role towards it, and others' things.

    ``arguments`` fill the addresses of the matrix; each of ``scenes`` does so for something that
    only some may know of.
    """

    arguments: Arguments
    people: dict[str, Person | None]
    clients: dict[str, Browser]
    scenes: dict[str, Arguments]
    date: ActivityDate
    guest_seat: Participation

    def address(self, name: str, arguments: Arguments | None = None) -> str:
        """Return the address of ``name``, of our organisation or of another scene."""
        parts = self.arguments | (arguments or {})
        return reverse(name, args=[parts[part] for part in MATRIX[name].path])

    def send(self, address: str, role: str, method: str = "GET", data: Any = None) -> HttpResponse:
        """Let ``role`` ask; whatever the request changes is taken back, also in its browser."""
        client = self.clients[role]
        cookies = client.cookies.output()
        with undone():
            answer: HttpResponse = getattr(client, method.lower())(address, data)
        if client.cookies.output() != cookies:
            self.clients[role] = browser_of(self.people[role], role, client.session_kept)
        translation.activate("de")
        return answer


def browser_of(person: Person | None, role: str, session: str = "") -> Browser:
    """Return a browser of ``person``: signed in anew, or with the session kept from before."""
    browser = Browser(REMOTE_ADDR=f"10.1.1.{len(role)}")
    if session:
        browser.cookies["sessionid"] = session
    elif person is not None:
        browser.force_login(person, backend=SIGN_IN_BACKEND)
        browser.get(reverse("web:imprint"))  # the device is noted once a day
        browser.session_kept = browser.cookies["sessionid"].value
    browser.session_kept = browser.session_kept or session
    return browser


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever a request changed, so that the next role meets the same world."""
    cache.clear()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def secret(what: str) -> str:
    """Return a word that stands nowhere but in the field called ``what``."""
    return f"kanarie-{what}"


def tomorrow() -> datetime:
    """Return a moment so near that the list at the door is open, and signing up still too."""
    return clock.now() + timedelta(hours=20)


def _private_activity(organisation: Organisation, status: ActivityStatus) -> Arguments:
    """Make an occasion nobody outside may know of, with a marked word in every field."""
    mark = f"{organisation.pk}-{status}"
    venue = VenueFactory.create(
        organisation=organisation, name=secret(f"{mark}-venue"), street=secret(f"{mark}-street")
    )
    activity = ActivityFactory.create(
        organisation=organisation, status=status, venue=venue, is_online=True,
        online_url=f"https://example.org/{secret(f'{mark}-join')}",
        contact_name=secret(f"{mark}-contact"), contact_phone="+49 561 700700",
        contact_email=f"{secret(f'{mark}-mail')}@example.org", question=secret(f"{mark}-question"),
        parts={
            part: secret(f"{mark}-{part}")
            for part in ("title", "summary", "description", "way_there")
        },
    )  # fmt: skip
    date = DateFactory.create(activity=activity, starts_at=tomorrow())
    seat = ParticipationFactory.create(
        date=date,
        person=GuestFactory.create(
            name=secret(f"{mark}-guest"), email=f"{secret(f'{mark}-inbox')}@example.org"
        ),
        token=secret(f"{mark}-token"),
    )
    return {
        "activity": activity.pk, "date": date.pk, "seat": seat.pk,
        "slug": organisation.slug, "mark": mark,
    }  # fmt: skip


def _own_date(organisation: Organisation) -> ActivityDate:
    """Make the published occasion, its contact public, its link for people with a seat."""
    date: ActivityDate = DateFactory.create(
        activity=ActivityFactory.create(
            organisation=organisation, is_online=True,
            online_url=f"https://example.org/{secret('own-join')}",
        ),
        starts_at=tomorrow(),
    )  # fmt: skip
    return date


def _marked_person(what: str, **more: object) -> Person:
    person: Person = PersonFactory.create(
        name=secret(f"{what}-name"), email=f"{secret(f'{what}-mail')}@example.org", **more
    )
    return person


def _leave_traces(organisation: Organisation, participant: Person) -> None:
    """Write what nobody sees, or only few: invitation, feedback, letter, key, device, record."""
    InvitationFactory.create(
        organisation=organisation,
        email=f"{secret('invited-mail')}@example.org",
        token_hash=secret("invitation-token"),
    )
    Feedback.objects.create(
        message=secret("feedback-message"),
        reply_to=f"{secret('feedback-mail')}@example.org",
        language="de",
    )
    LetterFactory.create(
        address=f"{secret('letter-mail')}@example.org", context={"message": secret("letter-text")}
    )
    CalendarKey.objects.create(person=participant, token=secret("calendar-key"))
    UserSession.objects.create(
        user=participant,
        ip="192.0.2.99",
        user_agent=secret("device"),
        session_key=secret("session"),
    )
    audit.record(
        actor=SystemActor(), verb="web.send_feedback", label=secret("audit-label"),
        details={"fields": secret("audit-details")},
    )  # fmt: skip


def build_world() -> World:
    """Make everything; call it inside a transaction that is rolled back."""
    district, elsewhere = DistrictFactory.create(), DistrictFactory.create()
    town = RegionFactory.create(parent=district)
    organisation = OrganisationFactory.create(municipality=town)
    other = OrganisationFactory.create(municipality=RegionFactory.create(parent=district))
    hidden = OrganisationFactory.create(
        municipality=town, status=OrganisationStatus.HIDDEN, name=secret("hidden-organisation")
    )
    date = _own_date(organisation)
    participant = _marked_person("participant", phone="+49561900900")
    seat = ParticipationFactory.create(
        date=date, person=participant, token=secret("own-token"), way=SignUpWay.ACCOUNT
    )
    guest_seat = ParticipationFactory.create(
        date=date,
        person=GuestFactory.create(
            name=secret("guest-name"), email=f"{secret('guest-mail')}@example.org",
            phone="+49561900911",
        ),
        token=secret("guest-token"),
    )  # fmt: skip
    membership = MembershipFactory.create(organisation=organisation, person=_marked_person("mate"))
    MembershipFactory.create(organisation=organisation, role=MembershipRole.MANAGER)
    manager = MembershipFactory.create(organisation=organisation, role=MembershipRole.MANAGER)
    role = CoordinatorRoleFactory.create(region=district)
    _leave_traces(organisation, participant)
    people: dict[str, Person | None] = {
        "anonymous": None,
        "deactivated": PersonFactory.create(is_active=False),
        "participant": participant,
        "other participant": PersonFactory.create(),
        "member": membership.person,
        "manager": manager.person,
        "coordinator": role.person,
        "coordinator elsewhere": CoordinatorRoleFactory.create(region=elsewhere).person,
        "administrator": AdministratorFactory.create(),
        "member of another": MembershipFactory.create(
            organisation=OrganisationFactory.create(municipality=town)
        ).person,
    }
    return World(
        arguments={
            "slug": organisation.slug, "region": town.slug, "activity": date.activity_id,
            "date": date.pk, "seat": seat.pk, "token": seat.token, "membership": membership.pk,
            "role": role.pk, "admin": AdministratorFactory.create().pk, "number": 987654321,
            "word": "unknown", "step": "contact", "language": "ar",
        },
        people=people,
        clients={name: browser_of(person, name) for name, person in people.items()},
        scenes={
            "own draft": _private_activity(organisation, ActivityStatus.DRAFT),
            "own pending": _private_activity(organisation, ActivityStatus.AWAITING_APPROVAL),
            "draft of another": _private_activity(other, ActivityStatus.DRAFT),
            "hidden of another": _private_activity(other, ActivityStatus.HIDDEN),
            "hidden organisation": _private_activity(hidden, ActivityStatus.PUBLISHED),
        },
        date=date,
        guest_seat=guest_seat,
    )  # fmt: skip
