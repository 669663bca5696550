"""Public places where people of a tandem may meet first."""

from collections.abc import Sequence

from miteinander.community.regions.queries import distance_km
from miteinander.cooperation.tandems.models import Seeker
from miteinander.encounters.activities.models import Activity
from miteinander.encounters.activities.permissions import public
from miteinander.encounters.spaces.models import Venue

MOST = 12
FAR_AWAY = 9_999.0


def venues_near(seekers: Sequence[Seeker]) -> list[Venue]:
    """List public places, the one whose longest way is shortest for these people first.

    Places at which a meeting everybody sees takes or took place: others know them anyway.
    """
    homes = [seeker.municipality for seeker in seekers if seeker.municipality is not None]
    known = Activity.objects.filter(public(), setting="", venue__isnull=False)
    shown = Venue.objects.filter(pk__in=known.order_by().values("venue"))
    venues = list(shown.select_related("municipality").defer("municipality__boundary"))

    def longest(venue: Venue) -> float:
        ways = [distance_km(home, venue.municipality) for home in homes]
        return max((FAR_AWAY if way is None else way for way in ways), default=FAR_AWAY)

    return sorted(venues, key=lambda venue: (longest(venue), venue.name, venue.pk))[:MOST]
