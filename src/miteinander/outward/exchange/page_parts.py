"""What the pages of others show of this app: calendars, and facts for machines."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from miteinander.community.organisations.models import Organisation
from miteinander.community.organisations.permissions import can_plan
from miteinander.community.people.models import Person
from miteinander.community.regions.models import Region
from miteinander.encounters.activities.models import Activity, ActivityDate
from miteinander.encounters.activities.permissions import is_public
from miteinander.foundation.core import clock
from miteinander.outward.exchange import open_doors, queries, schema

Request = HttpRequest | None


def machine_facts(_request: Request, date: ActivityDate) -> SafeString:
    """Tell search engines and messengers of a public date; of others nothing."""
    return schema.head_of_date(date) if is_public(date.activity) else SafeString()


def calendar_link(request: Request, date: ActivityDate) -> SafeString:
    """Offer the calendar file of a public date."""
    if not is_public(date.activity):
        return SafeString()
    context = {"address": schema.calendar_address(date)}
    return render_to_string("exchange/_calendar_link.html", context, request)


def offer_facts(_request: Request, offer: Activity) -> SafeString:
    """Tell search engines and messengers of a public standing offer; of others nothing."""
    return open_doors.head_of_offer(offer) if is_public(offer) else SafeString()


def offer_calendar_link(request: Request, offer: Activity) -> SafeString:
    """Offer the calendar file of a public standing offer that opens again."""
    if not is_public(offer) or not open_doors.coming_openings(offer, now=clock.now()):
        return SafeString()
    context = {"address": reverse("exchange:standing_ics", args=[offer.pk])}
    return render_to_string("exchange/_calendar_link.html", context, request)


def calendars_of_organisation(request: Request, organisation: Organisation) -> SafeString:
    """Offer the feed of an organisation, and to who plans for it the way to bring one in."""
    may_import = request is not None and can_plan(request.user, organisation)
    context = {
        "feed": queries.organisation_feed(organisation),
        "organisation": organisation if may_import else None,
    }
    return render_to_string("exchange/_feed_link.html", context, request)


def calendar_to_bring_in(request: Request, planned: Sequence[Organisation]) -> SafeString:
    """Show who plans the way to bring in the calendar of each of their organisations."""
    context = {"organisations": planned, "is_only": len(planned) == 1}
    return render_to_string("exchange/_import_links.html", context, request)


def calendar_of_region(request: Request, region: Region) -> SafeString:
    """Offer the feed of a place."""
    context = {"feed": queries.municipality_feed(region), "organisation": None}
    return render_to_string("exchange/_feed_link.html", context, request)


def calendar_of_person(request: Request, _person: Person) -> SafeString:
    """Show the way to one's own calendar."""
    return render_to_string("exchange/_my_calendar_card.html", {}, request)
