"""Seats this browser knows: whoever opened the link of a seat once is not asked for it again."""

from django.http import HttpRequest
from django.utils.safestring import SafeString

from miteinander.encounters.activities.door_codes import check_in_address
from miteinander.encounters.activities.enums import ON_LIST
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.queries import own_seats
from miteinander.foundation.core import clock
from miteinander.foundation.ui.paper import qr_drawing

KEY = "known_seats"
MOST = 20


def remember_seat(request: HttpRequest, seat: Participation) -> None:
    """Note in the session that the link of ``seat`` was opened here, until the date is over."""
    known = [pk for pk in request.session.get(KEY, []) if pk != seat.pk]
    if seat.status in ON_LIST and not seat.date.has_ended(clock.now()):
        request.session[KEY] = [*known, seat.pk][-MOST:]


def known_seat(request: HttpRequest, date: ActivityDate) -> Participation | None:
    """Return the seat at ``date`` of whoever is signed in, else one whose link was opened here."""
    own = own_seats.seat_of(actor=request.user, date=date)
    if own is not None:
        return own
    known = Participation.objects.filter(pk__in=request.session.get(KEY, []), date=date)
    return known.order_by("-pk").first()


def own_code(seat: Participation) -> SafeString | str:
    """Draw the code somebody shows at the door, while there is something to come to."""
    is_over = seat.date.is_cancelled or seat.date.has_ended(clock.now())
    if seat.status not in ON_LIST or is_over:
        return ""
    return qr_drawing(check_in_address(seat))
