"""Screens anybody may open: the list of meetings and the page of a date."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from miteinander.community.regions import queries as regions
from miteinander.encounters.activities.cards import card_of, cards_of
from miteinander.encounters.activities.forms.search import SearchForm
from miteinander.encounters.activities.insiders import group_of
from miteinander.encounters.activities.permissions import is_open_to, is_public, is_published
from miteinander.encounters.activities.queries import own_seats, public
from miteinander.foundation.content.queries import read
from miteinander.foundation.core import clock
from miteinander.foundation.core.pagination import page_of
from miteinander.foundation.core.public import public_page


def reader_language() -> str:
    """Return the language of the page."""
    return get_language() or "de"


@require_GET
@public_page
def activity_list(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    form = SearchForm(request.GET, places=list(regions.municipalities()))
    dates = public.upcoming_dates(actor=request.user, now=now, criteria=form.criteria())
    links = page_of(list(dates.values_list("pk", flat=True)), request.GET)
    on_page = public.dates_with_keys(list(links.page.object_list))
    cards = cards_of(on_page, language=reader_language(), now=now)
    context = {
        "form": form,
        "chips": form.chips(),
        "problems": form.problems(),
        "links": links,
        "cards": cards,
        "count": links.page.paginator.count,
    }
    return render(request, "activities/activity_list.html", context)


@require_GET
@public_page
def activity_detail(request: HttpRequest, date_id: int) -> HttpResponse:
    now = clock.now()
    date = get_object_or_404(public.visible_dates(actor=request.user), pk=date_id)
    seat = own_seats.seat_of(actor=request.user, date=date)
    wants_original = request.GET.get("original") == "1"
    reading = read(date.activity, reader_language(), original=wants_original)
    context = {
        "card": card_of(date, language=reader_language(), now=now, seat=seat),
        "date": date,
        "activity": date.activity,
        "venue": date.activity.venue,
        "reading": reading,
        "others": public.other_dates(of=date, now=now),
        "is_public": is_public(date.activity),
        "is_open": is_open_to(request.user, date.activity),
        "insiders": group_of(date.activity.only_for) if is_published(date.activity) else None,
        "address": request.build_absolute_uri(date.get_absolute_url()),
    }
    return render(request, "activities/activity_detail.html", context)
