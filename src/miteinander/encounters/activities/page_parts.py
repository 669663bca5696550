"""What the pages of places and organisations show of this app: coming dates."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from miteinander.community.organisations.models import Organisation
from miteinander.community.regions.enums import RegionKind
from miteinander.community.regions.models import Region
from miteinander.encounters.activities.models import Activity
from miteinander.encounters.activities.openings import offer_cards
from miteinander.encounters.activities.queries import public, standing
from miteinander.foundation.core import clock

SHOWN = 6
FEW_OFFERS = 3


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


def offers_at_region(request: HttpRequest | None, region: Region) -> SafeString:
    """Show at what people may just come in a place."""
    return _offers(request, standing.offers_at(region=region, today=clock.today()))


def offers_of_organisation(request: HttpRequest | None, organisation: Organisation) -> SafeString:
    """Show at what people may just come at an organisation."""
    return _offers(request, standing.offers_of(organisation=organisation, today=clock.today()))


def _offers(request: HttpRequest | None, offers: QuerySet[Activity]) -> SafeString:
    language = get_language() or "de"
    cards = offer_cards(offers[:FEW_OFFERS], language=language, now=clock.now())
    return render_to_string("activities/standing/_section.html", {"offers": cards}, request)


def dates_of_organisation(request: HttpRequest | None, organisation: Organisation) -> SafeString:
    """Show to what an organisation invites."""
    dates = public.dates_of(organisation=organisation, now=clock.now())[:SHOWN]
    context = {"dates": list(dates)}
    return render_to_string("activities/_organisation_dates.html", context, request)
