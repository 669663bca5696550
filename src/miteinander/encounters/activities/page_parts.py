"""What the pages of places and organisations show of this app: coming dates."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from miteinander.community.organisations.models import Organisation
from miteinander.community.regions.enums import RegionKind
from miteinander.community.regions.models import Region
from miteinander.encounters.activities.queries import public
from miteinander.foundation.core import clock

SHOWN = 6


def dates_at_region(request: HttpRequest | None, region: Region) -> SafeString:
    """Show what is on in a place and in its neighbourhood."""
    now = clock.now()
    is_place = region.kind == RegionKind.MUNICIPALITY
    context = {
        "region": region,
        "is_place": is_place,
        "here": list(public.dates_at(region=region, now=now)[:SHOWN]),
        "near": list(public.dates_near(region=region, now=now)[:SHOWN]) if is_place else [],
    }
    return render_to_string("activities/_region_dates.html", context, request)


def dates_of_organisation(request: HttpRequest | None, organisation: Organisation) -> SafeString:
    """Show to what an organisation invites."""
    dates = public.dates_of(organisation=organisation, now=clock.now())[:SHOWN]
    context = {"dates": list(dates)}
    return render_to_string("activities/_organisation_dates.html", context, request)
