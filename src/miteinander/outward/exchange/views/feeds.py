"""Calendar files: one date, the public feeds, and a person's own by its secret address."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from miteinander.community.organisations.enums import OrganisationStatus
from miteinander.community.organisations.models import Organisation
from miteinander.community.regions import queries as regions
from miteinander.encounters.activities.queries import standing
from miteinander.foundation.core import clock
from miteinander.foundation.core.languages import NAMES, SPOKEN
from miteinander.foundation.core.public import public_page
from miteinander.outward.exchange import calendars, open_doors, queries


@require_GET
@public_page
def date_calendar(_request: HttpRequest, date_id: int) -> HttpResponse:
    date = get_object_or_404(queries.public_dates(), pk=date_id)
    return _calendar([date], f"date-{date.pk}.ics")


@require_GET
@public_page
def offer_calendar(_request: HttpRequest, pk: int) -> HttpResponse:
    offers = standing.shown(standing.public_offers(today=clock.today()))
    offer = get_object_or_404(offers, pk=pk)
    written = open_doors.offer_calendar(
        offer=offer, language=get_language() or "de", now=clock.now()
    )
    return _file(written, f"open-{offer.pk}.ics")


@require_GET
@public_page
def all_feed(_request: HttpRequest) -> HttpResponse:
    dates = queries.feed_dates(clock.now())
    return _calendar(dates[: queries.MOST_DATES], "all.ics", _("Meetings"))


@require_GET
@public_page
def municipality_feed(_request: HttpRequest, slug: str) -> HttpResponse:
    region = get_object_or_404(regions.public_regions(), slug=slug)
    dates = queries.dates_at(region, clock.now())
    name = _("Meetings in %(place)s") % {"place": region.name}
    return _calendar(dates[: queries.MOST_DATES], f"{slug}.ics", name)


@require_GET
@public_page
def organisation_feed(_request: HttpRequest, slug: str) -> HttpResponse:
    organisation = get_object_or_404(Organisation, slug=slug, status=OrganisationStatus.ACTIVE)
    dates = queries.dates_of(organisation, clock.now())
    name = _("Meetings of %(organisation)s") % {"organisation": organisation.name}
    return _calendar(dates[: queries.MOST_DATES], f"{slug}.ics", name)


@require_GET
@public_page
def language_feed(_request: HttpRequest, language: str) -> HttpResponse:
    if language not in SPOKEN:
        raise Http404
    dates = queries.dates_spoken_in(language, clock.now())
    name = _("Meetings where this is spoken: %(language)s") % {"language": NAMES[language]}
    return _calendar(dates[: queries.MOST_DATES], f"{language}.ics", name)


@require_GET
@public_page
def feed_list(request: HttpRequest) -> HttpResponse:
    feeds = {
        "everything": queries.feed_of_all(),
        "places": queries.municipality_feeds(),
        "organisations": queries.organisation_feeds(),
        "languages": queries.language_feeds(clock.now()),
    }
    return render(request, "exchange/feed_list.html", feeds)


def _calendar(dates: calendars.Dates, filename: str, name: str = "") -> HttpResponse:
    written = calendars.date_calendar(dates=dates, language=get_language() or "de", name=name)
    return _file(written, filename)


def _file(written: bytes, filename: str) -> HttpResponse:
    response = HttpResponse(written, content_type=calendars.CONTENT_TYPE)
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    return response
