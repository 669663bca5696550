"""On behalf: organisers ask for seats for people without mail or telephone, with their consent."""

import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from miteinander.community.people import services as people
from miteinander.community.people.models import Person
from miteinander.encounters.activities.enums import INVOLVED, SignUpWay
from miteinander.encounters.activities.models import Participation
from miteinander.encounters.activities.permissions import can_view
from miteinander.encounters.activities.services.seats.answers import accept_offer, give_back
from miteinander.encounters.activities.services.seats.asking import (
    SIMPLE,
    SignUp,
    _next_status,
    _write,
)
from miteinander.encounters.activities.services.seats.holding import check_asking, locked_date
from miteinander.encounters.activities.services.seats.wishes import Wish, check_wish
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core.permissions import Actor, SystemActor, require
from miteinander.foundation.core.text import one_line

BEHALF = SystemActor("behalf")


class NoConsent(ValidationError):
    """Nobody may be signed up without having said yes to it."""


@transaction.atomic
def sign_up_behalf(
    *,
    actor: Actor,
    date_id: int,
    contact: people.Contact,
    has_consent: bool,
    entry: str = "",
    wish: Wish = SIMPLE,
) -> SignUp:
    """Ask for a seat for somebody who cannot do so alone; the organiser noted the consent.

    A contact is welcome but not needed. Whoever has one is found by it before the date is held,
    as in every sign-up; whoever has none is always new, and added only once the form is known to
    be: the same ``entry``, the mark of one filled-in form, asks for nothing a second time. Who is
    on a list of the date already stays as is. Publishes ``SeatTaken`` or ``SeatAskedFor``.

    Raises:
        NoConsent: the person did not say yes.
        AllSeatsTaken, SignUpClosed, NotMeantFor: as in :func:`sign_up`.
        ValidationError: no name, the contact is none, or more people than may come along.
        PermissionDenied: the actor does not plan here, or the occasion is not public.
    """
    if not has_consent:
        raise NoConsent(_("Ask the person first, then tick the box."), code="no_consent")
    if not one_line(contact.name):
        raise ValidationError(_("Enter the name."), code="required")
    known_person = _known_person(actor, contact)
    date = locked_date(date_id)
    if not can_view(actor, date.activity):
        raise Participation.DoesNotExist
    require(actor, "activities.sign_up_behalf", date.activity)
    check_asking(date)
    token = _token(entry, date_id)
    if done := Participation.objects.filter(date=date, token=token).first():
        return SignUp(participation=done, is_new=False)
    person = known_person or people.find_or_add_guest(actor=actor, contact=contact)
    found = Participation.objects.filter(date=date, person=person).first()
    if found is not None and found.status in INVOLVED:
        return SignUp(participation=found, is_new=False, is_own=False)
    check_wish(date, wish, person.pk)
    status = _next_status(date, wish, person.pk)
    wanted = found or Participation(date=date, person=person)
    wanted.person, wanted.token, wanted.way = person, token, SignUpWay.BEHALF
    wanted.language = contact.language
    participation = _write(actor, date, wanted, wish, status)
    audit.record(
        actor=actor, verb="activities.sign_up_behalf", obj=participation,
        details={"consent": True},
    )  # fmt: skip
    return SignUp(participation=participation, is_new=True)


def _known_person(actor: Actor, contact: people.Contact) -> Person | None:
    if not (contact.email or contact.phone):
        return None
    return people.find_or_add_guest(actor=actor, contact=contact)


def _token(entry: str, date_id: int) -> str:
    if not entry:
        return secrets.token_urlsafe(24)
    return salted_hmac("activities.behalf", f"{entry}:{date_id}").hexdigest()[:32]


@transaction.atomic
def accept_behalf(*, actor: Actor, participation_id: int) -> Participation:
    """Take an offered seat for somebody who was signed up on behalf, as :func:`accept_offer`."""
    participation = _own(actor, participation_id)
    accept_offer(actor=BEHALF, participation_id=participation_id)
    audit.record(actor=actor, verb="activities.accept_behalf", obj=participation)
    return participation


@transaction.atomic
def give_back_behalf(*, actor: Actor, participation_id: int) -> Participation:
    """Give the seat back for somebody who was signed up on behalf, as :func:`give_back`."""
    participation = _own(actor, participation_id)
    give_back(actor=BEHALF, participation_id=participation_id)
    audit.record(actor=actor, verb="activities.give_back_behalf", obj=participation)
    return participation


def _own(actor: Actor, participation_id: int) -> Participation:
    """Fetch a seat that was taken on behalf, for those who may answer for it.

    Raises:
        ValidationError: the person signed up alone.
    """
    rows = Participation.objects.select_related("date__activity__organisation")
    participation = rows.get(pk=participation_id)
    activity = participation.date.activity
    if not can_view(actor, activity):
        raise Participation.DoesNotExist
    require(actor, "activities.sign_up_behalf", activity)
    if participation.way != SignUpWay.BEHALF:
        raise ValidationError(
            _("This person answers for the own seat alone."), code="not_on_behalf"
        )
    return participation
