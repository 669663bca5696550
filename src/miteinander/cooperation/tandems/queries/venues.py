"""Public places where people of a tandem may meet first."""

from collections.abc import Sequence

from miteinander.community.organisations.enums import OrganisationStatus
from miteinander.community.regions.queries import distance_km
from miteinander.cooperation.tandems.models import Seeker
from miteinander.encounters.spaces.models import Venue

MOST = 12
FAR_AWAY = 9_999.0


def venues_near(seekers: Sequence[Seeker]) -> list[Venue]:
    """List public places, the one whose longest way is shortest for these people first.

    Places of organisations that everybody may see, which meetings take place at.
    """
    homes = [seeker.municipality for seeker in seekers if seeker.municipality is not None]
    shown = Venue.objects.filter(organisation__status=OrganisationStatus.ACTIVE)
    venues = list(shown.select_related("municipality").defer("municipality__boundary"))

    def longest(venue: Venue) -> float:
        ways = [distance_km(home, venue.municipality) for home in homes]
        return max((FAR_AWAY if way is None else way for way in ways), default=FAR_AWAY)

    return sorted(venues, key=lambda venue: (longest(venue), venue.name, venue.pk))[:MOST]
