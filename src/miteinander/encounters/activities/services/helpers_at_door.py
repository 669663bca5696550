"""Helpers at the door: who has a role and no seat is marked like everybody else.

The first mark puts the helper on the list, without a seat (``EXTRA``): helpers never take one
from the people who come. From then on it is an ordinary line, so the rules for two organisers, for
phones without network, for the picture by side and for forgetting are those of every line, and
nobody counts twice, because a person has one line on a date.
"""

import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.encounters.activities.enums import (
    ON_LIST,
    OfferStatus,
    ParticipationStatus,
    Presence,
)
from miteinander.encounters.activities.models import ActivityDate, Participation, RoleOffer
from miteinander.encounters.activities.services.presence import mark_presence, open_desk
from miteinander.encounters.activities.services.seats.holding import free
from miteinander.encounters.activities.services.seats.queue import pass_on
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor


def find_line(date: ActivityDate, offer_id: int) -> Participation | None:
    """Return the line of a helper at a held date, made without a seat where there was none.

    Whoever waited for a seat comes as a helper instead. None when this is nobody with a role
    here any more.
    """
    offer = (
        RoleOffer.objects.select_related("person")
        .filter(pk=offer_id, date=date, status=OfferStatus.CONFIRMED)
        .first()
    )
    if offer is None:
        return None
    found = (
        Participation.objects.select_for_update(of=("self",))
        .filter(date=date, person_id=offer.person_id)
        .first()
    )
    if found is not None and found.status in ON_LIST:
        return found
    return _without_seat(
        date, offer, found or Participation(date=date, token=secrets.token_urlsafe(24))
    )


def _without_seat(date: ActivityDate, offer: RoleOffer, line: Participation) -> Participation:
    free(date, line)  # of an offer without an answer
    line.person, line.language, line.way = offer.person, offer.language, offer.way
    line.companions = line.children = 0
    line.status, line.presence = ParticipationStatus.EXTRA, Presence.UNKNOWN
    line.signed_up_at, line.given_back_at = clock.now(), None
    line.waiting_since = line.offered_until = None
    line.save()
    pass_on(date)
    return line


def line_of_helper(*, actor: Actor, date_id: int, offer_id: int) -> Participation:
    """Hold a date whose list is open, and return the line of a helper there.

    Raises:
        DeskClosed: too early or too late.
        ValidationError: this person has no role here (``not_on_list``).
    """
    line = find_line(open_desk(actor, date_id), offer_id)
    if line is None:
        raise ValidationError(_("This person is not on this list."), code="not_on_list")
    return line


@transaction.atomic
def mark_helper(*, actor: Actor, offer_id: int, mark: str) -> Participation:
    """Note that a helper came or did not come; the same mark again is none.

    Raises:
        DeskClosed: too early or too late.
        ValidationError: no such mark, or this person has no role here (``not_on_list``).
    """
    date_id = RoleOffer.objects.values_list("date_id", flat=True).get(pk=offer_id)
    line = line_of_helper(actor=actor, date_id=date_id, offer_id=offer_id)
    return mark_presence(actor=actor, participation_id=line.pk, presence=mark)
