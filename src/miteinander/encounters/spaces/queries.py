"""Reading venues."""

from django.db.models import QuerySet

from miteinander.encounters.spaces.models import Venue
from miteinander.encounters.spaces.permissions import changeable_by
from miteinander.foundation.core.permissions import Actor


def venues_of(actor: Actor, organisation_id: int) -> QuerySet[Venue]:
    """List the places ``actor`` may choose when planning for an organisation, by name."""
    return (
        Venue.objects.filter(changeable_by(actor), organisation_id=organisation_id)
        .select_related("municipality")
        .order_by("name", "pk")
    )
