"""Who takes part in rides."""

from django.db.models import Q

from miteinander.community.organisations.models import Membership
from miteinander.community.people.permissions import is_person, is_system
from miteinander.encounters.activities.enums import (
    INVOLVED,
    ON_LIST,
    DateStatus,
)
from miteinander.encounters.activities.models import (
    Activity,
    ActivityDate,
    Participation,
    Ride,
)
from miteinander.encounters.activities.permissions.planning import is_public, public
from miteinander.foundation.core.permissions import Actor, rule


def has_a_place(activity: Activity) -> bool:
    """Somewhere to go to, so that a ride makes sense."""
    return activity.venue_id is not None or not activity.is_online


def with_a_place(prefix: str = "") -> Q:
    """The set twin of :func:`has_a_place`; ``prefix`` leads from a row to its occasion."""
    return Q(**{f"{prefix}venue__isnull": False}) | Q(**{f"{prefix}is_online": False})


def taking_part(person_id: int) -> Q:
    """Dates at which somebody has a seat, waits for one, or plans for the organisation."""
    involved = Participation.objects.filter(
        person_id=person_id, status__in=(*INVOLVED, *ON_LIST)
    ).values("date_id")
    joined = Membership.objects.filter(person_id=person_id).values("organisation_id")
    return Q(pk__in=involved) | Q(activity__organisation_id__in=joined)


def takes_part(person_id: int | None, date: ActivityDate) -> bool:
    """Somebody with a seat, waiting for one, or planning for the organisation."""
    if person_id is None:
        return False
    return ActivityDate.objects.filter(taking_part(person_id), pk=date.pk).exists()


@rule("activities.join_rides")
def can_join_rides(actor: Actor, place: tuple[ActivityDate, int]) -> bool:
    """Whoever takes part in a date sees its rides and enters one: signed in, or by the own link."""
    date, person_id = place
    may = is_system(actor) or (is_person(actor) and actor.pk == person_id)
    stands = is_public(date.activity) and not date.is_cancelled and has_a_place(date.activity)
    return may and stands and takes_part(person_id, date)


def with_rides_for(person_id: int) -> Q:
    """The set twin of :func:`can_join_rides`, over dates, for somebody who acts for themselves."""
    stands = Q(status=DateStatus.SCHEDULED) & with_a_place("activity__")
    return stands & public("activity__") & taking_part(person_id)


@rule("activities.use_ride")
def can_use_ride(actor: Actor, ride: Ride) -> bool:
    """You act for your own ride: signed in, or by the secret link (then the system acts)."""
    return is_system(actor) or (is_person(actor) and ride.person_id == actor.pk)


def rides_of(actor: Actor) -> Q:
    """The set twin of :func:`can_use_ride`, over rides that still stand or not."""
    if is_system(actor):
        return Q()
    return Q(person_id=actor.pk) if is_person(actor) else Q(pk__in=[])
