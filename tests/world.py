"""The whole house in one picture: people in every role, and one world to walk through.

The world is made once for a module inside a transaction that is rolled back (``conftest.py``).
Each role keeps one browser; what a request changes is taken back at once.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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
from miteinander.cooperation.guides.tests.network.factories import PayerRoleFactory
from miteinander.encounters.activities.door_codes import check_in_code
from miteinander.encounters.activities.enums import ActivityStatus, RideKind, SignUpWay
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services.feedback import link_token
from miteinander.encounters.activities.tests.factories import (
    ActivityFactory,
    DateFactory,
    OfferFactory,
    ParticipationFactory,
    PollAnswerFactory,
    PollFactory,
    RideFactory,
    RideMatchFactory,
)
from miteinander.encounters.spaces.tests.factories import VenueFactory
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor
from miteinander.outward.exchange.models import CalendarKey
from miteinander.outward.notifications.queries import poll_mails_key, reminder_key
from miteinander.outward.notifications.tests.factories import LetterFactory
from miteinander.web.models import Feedback
from tests.matrix import MATRIX
from tests.world_guides import build_guides, build_network
from tests.world_tandems import build_tandems

SIGN_IN_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"

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


def _private_activity(
    organisation: Organisation, status: ActivityStatus, only_for: str = ""
) -> Arguments:
    """Make an occasion nobody outside may know of, with a marked word in every field."""
    mark = f"{organisation.pk}-{status}{only_for}"
    venue = VenueFactory.create(
        organisation=organisation, name=secret(f"{mark}-venue"), street=secret(f"{mark}-street")
    )
    activity = ActivityFactory.create(
        organisation=organisation, status=status, only_for=only_for, venue=venue, is_online=True,
        online_url=f"https://example.org/{secret(f'{mark}-join')}",
        contact_name=secret(f"{mark}-contact"), contact_phone="+49 561 700700",
        contact_email=f"{secret(f'{mark}-mail')}@example.org", question=secret(f"{mark}-question"),
        parts={
            part: secret(f"{mark}-{part}")
            for part in ("title", "summary", "description", "way_there")
        },
    )  # fmt: skip
    date = DateFactory.create(activity=activity, starts_at=tomorrow())
    poll = PollFactory.create(activity=activity, token=secret(f"{mark}-poll"))
    seat = ParticipationFactory.create(
        date=date,
        person=GuestFactory.create(
            name=secret(f"{mark}-guest"), email=f"{secret(f'{mark}-inbox')}@example.org"
        ),
        token=secret(f"{mark}-token"),
    )
    return {
        "activity": activity.pk, "date": date.pk, "seat": seat.pk,
        "slug": organisation.slug, "mark": mark, "poll": poll.pk, "poll_token": "unknown",
        "answer_token": "unknown",
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


def _ride_together(date: ActivityDate, participant: Person) -> Arguments:
    """Let a driver ask the participant, and another be there to be asked; nobody agreed yet."""
    driver = GuestFactory.create(
        name=secret("driver-name"), email=f"{secret('driver-mail')}@example.org",
        phone="+49561900944",
    )  # fmt: skip
    ParticipationFactory.create(date=date, person=driver, token=secret("driver-token"))
    offer = RideFactory.create(
        date=date, person=driver, token=secret("driver-ride"), meeting_point=secret("driver-meets")
    )
    wanted = RideFactory.create(
        date=date, person=participant, token=secret("own-ride"), kind=RideKind.WANTED, seats=1
    )
    match = RideMatchFactory.create(offer=offer, wanted=wanted, asked_by_driver=True)
    other = RideFactory.create(date=date, person=ParticipationFactory.create(date=date).person)
    return {
        "ride": wanted.token, "match": match.pk, "other_ride": other.pk, "ride_kind": "look",
    }  # fmt: skip


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
    poll = PollFactory.create(activity=date.activity)
    answer = PollAnswerFactory.create(
        poll=poll, token=secret("poll-token"),
        person=GuestFactory.create(
            name=secret("poll-name"), email=f"{secret('poll-mail')}@example.org",
            phone="+49561900922",
        ),
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
        "guide": _marked_person("guide"),
        "other guide": PersonFactory.create(),
        "payer": PayerRoleFactory.create(region=district).person,
    }
    offer = OfferFactory.create(organisation=organisation)
    return World(
        arguments={
            "slug": organisation.slug, "region": town.slug, "activity": date.activity_id,
            "date": date.pk, "seat": seat.pk, "token": seat.token, "membership": membership.pk,
            "payer": PayerRoleFactory.create(region=district).pk,
            "role": role.pk, "admin": AdministratorFactory.create().pk, "number": 987654321,
            "word": "unknown", "feedback": link_token(seat), "step": "contact", "language": "ar",
            "reminder_key": reminder_key(participant.pk), "poll": poll.pk,
            "poll_token": poll.token, "answer_token": answer.token,
            "poll_key": poll_mails_key(participant.pk),
            "check_in": check_in_code(seat),
            "offer": offer.pk,
            **_ride_together(date, participant),
            **build_guides(organisation, participant, membership.person),
            **build_network(town, people["guide"], people["other guide"]),
            **build_tandems(town, participant, people["other participant"]),
        },
        people=people,
        clients={name: browser_of(person, name) for name, person in people.items()},
        scenes={
            "own draft": _private_activity(organisation, ActivityStatus.DRAFT),
            "own pending": _private_activity(organisation, ActivityStatus.AWAITING_APPROVAL),
            "own for guides": _private_activity(
                organisation, ActivityStatus.PUBLISHED, only_for="guides"
            ),
            "draft of another": _private_activity(other, ActivityStatus.DRAFT),
            "hidden of another": _private_activity(other, ActivityStatus.HIDDEN),
            "hidden organisation": _private_activity(hidden, ActivityStatus.PUBLISHED),
        },
        date=date,
        guest_seat=guest_seat,
    )  # fmt: skip
