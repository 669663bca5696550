"""What a ride says to others in words: no name, and no contact before both agreed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from miteinander.encounters.activities.enums import INVOLVED, ON_LIST
from miteinander.encounters.activities.models import Participation, Ride
from miteinander.encounters.activities.queries.rides import Candidate
from miteinander.foundation.core.languages import NAMES


@dataclass(frozen=True)
class RideLine:
    """One ride in words."""

    ride: Ride
    place: str
    seats: str
    direction: str
    languages: str
    wishes: Sequence[str]
    distance: str = ""
    obstacle: str = ""
    may_ask: bool = False


def line_of(ride: Ride) -> RideLine:
    """Say of a ride what others of the same date may know."""
    return RideLine(
        ride=ride,
        place=ride.municipality.name,
        seats=_seats(ride),
        direction=ride.get_direction_display(),
        languages=languages_of(ride),
        wishes=_wishes(ride),
    )


def candidate_line(row: Candidate) -> RideLine:
    """Say of somebody else's ride how near it is, and whether it fits to one's own."""
    line = line_of(row.ride)
    return RideLine(
        **vars(line)
        | {
            "distance": _distance(row.km),
            "obstacle": obstacle_words(row.obstacle),
            "may_ask": not row.obstacle,
        }
    )


def _seats(ride: Ride) -> str:
    if ride.is_offered:
        words = ngettext("%(count)s free seat", "%(count)s free seats", ride.seats_left)
        return words % {"count": ride.seats_left}
    words = ngettext("%(count)s person", "%(count)s people", ride.seats)
    return words % {"count": ride.seats}


def languages_of(ride: Ride) -> str:
    """Name what the person speaks; who said nothing of it reads this language at least."""
    codes = [row.language for row in ride.person.spoken_languages.all()]
    written = ride.language.split("-")[0]
    return ", ".join(str(NAMES[code]) for code in codes or [written] if code in NAMES)


def _wishes(ride: Ride) -> list[str]:
    if ride.is_offered:
        said = [
            (ride.fits_wheelchair, _("A wheelchair fits in")),
            (ride.has_child_seat, _("There is a child seat")),
        ]
    else:
        said = [
            (ride.fits_wheelchair, _("With a wheelchair")),
            (ride.has_child_seat, _("Needs a child seat")),
        ]
    return [words for applies, words in [*said, (ride.women_only, _("Only women"))] if applies]


def _distance(km: int | None) -> str:
    if km is None:
        return ""
    if km == 0:
        return _("The same place as you")
    return _("About %(km)s km from you") % {"km": km}


def obstacle_words(obstacle: str) -> str:
    """Say why two rides do not fit."""
    return {
        "": "",
        "ways": _("This is not for the same way."),
        "women": _("Only women in the car: this must be ticked in both rides."),
        "wheelchair": _("There is no room for the wheelchair."),
        "child_seat": _("There is no child seat."),
        "seats": _("There are not enough free seats."),
    }[obstacle]


def own_page(ride: Ride) -> str:
    """Return the address of the page of rides for the owner of ``ride``: behind the own link."""
    seat = Participation.objects.filter(
        date_id=ride.date_id, person_id=ride.person_id, status__in=(*INVOLVED, *ON_LIST)
    ).first()
    if seat is not None:
        return reverse("activities:seat_rides", args=[seat.token])
    return reverse("activities:rides", args=[ride.date_id])
