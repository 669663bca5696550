"""What the pages of a date, of a seat and of an organiser show of rides."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.permissions import can_join_rides, has_a_place
from miteinander.encounters.activities.queries.rides import ride_counts, rides_to_answer
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor

BEARER = SystemActor("seat link")


def _is_coming(date: ActivityDate) -> bool:
    stands = not date.is_cancelled and not date.has_started(clock.now())
    return stands and has_a_place(date.activity)


def public_counts(request: HttpRequest | None, date: ActivityDate) -> SafeString:
    """Show everybody from where rides are offered and wanted, as counts; never where protected."""
    if not _is_coming(date) or date.activity.setting:
        return SafeString("")
    counts = ride_counts(date)
    if not counts:
        return SafeString("")
    return render_to_string("activities/rides/_public.html", {"counts": counts}, request)


def of_seat(request: HttpRequest | None, seat: Participation) -> SafeString:
    """Lead from a seat to the rides of its date, and say when somebody waits for an answer."""
    if not _is_coming(seat.date) or not can_join_rides(BEARER, (seat.date, seat.person_id)):
        return SafeString("")
    context = {"seat": seat, "questions": rides_to_answer(seat.person_id).get(seat.date_id, 0)}
    return render_to_string("activities/rides/_of_seat.html", context, request)


def of_organiser(request: HttpRequest | None, date: ActivityDate) -> SafeString:
    """Lead organisers to how many people look for a ride from where."""
    if not _is_coming(date):
        return SafeString("")
    return render_to_string("activities/rides/_of_organiser.html", {"date": date}, request)
