"""Moving an occasion to another place."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from miteinander.encounters.activities.models import Activity
from miteinander.encounters.activities.services.dates.wishes import Place
from miteinander.encounters.activities.services.search import index_activity
from miteinander.encounters.spaces import services as spaces
from miteinander.encounters.spaces.models import Venue
from miteinander.foundation.core.permissions import Actor


def is_other_place(activity: Activity, place: Place) -> bool:
    """Tell whether ``place`` is not where the occasion takes place now."""
    return place.new_venue is not None or (
        (place.venue_id, place.is_online, place.online_url)
        != (activity.venue_id, activity.is_online, activity.online_url)
    )


def move(actor: Actor, activity: Activity, place: Place) -> None:
    """Write where a locked occasion takes place, adding the venue when it is a new one.

    Raises:
        ValidationError: a venue of somebody else, no link for an online occasion, or a
            published one would be nowhere.
    """
    venue = _venue_of(actor, activity, place)
    if place.is_online and not place.online_url:
        raise ValidationError(_("Enter the link to join online."), code="no_link")
    if activity.published_at and not (venue or place.is_online):
        raise ValidationError(_("Say where it takes place."), code="no_place")
    activity.venue = venue
    activity.municipality_id = (
        venue.municipality_id if venue else activity.organisation.municipality_id
    )
    activity.is_online = place.is_online
    activity.online_url = place.online_url if place.is_online else ""
    activity.clean_fields()
    activity.save(update_fields=["venue", "municipality", "is_online", "online_url"])
    index_activity(activity_id=activity.pk)


def _venue_of(actor: Actor, activity: Activity, place: Place) -> Venue | None:
    venue_id = place.venue_id
    if place.new_venue is not None:
        venue_id = spaces.add_venue(
            actor=actor, organisation_id=activity.organisation_id, facts=place.new_venue
        ).pk
    venue = Venue.objects.filter(pk=venue_id).first() if venue_id else None
    if venue_id and (venue is None or venue.organisation_id != activity.organisation_id):
        raise ValidationError(_("Choose one of your places."), code="unknown_venue")
    return venue
