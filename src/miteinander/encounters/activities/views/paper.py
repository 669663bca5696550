"""Printing: posters, lists, badges, and the slip somebody takes along."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from miteinander.encounters.activities import sheets
from miteinander.encounters.activities.cards import card_of, place_of
from miteinander.encounters.activities.door_codes import check_in_address
from miteinander.encounters.activities.enums import ON_LIST
from miteinander.encounters.activities.forms.paper import PosterForm
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.permissions import can_see_participants
from miteinander.encounters.activities.queries import public
from miteinander.encounters.activities.queries.door import door_list
from miteinander.encounters.activities.queries.planning import (
    planned_dates,
    title_of,
)
from miteinander.encounters.activities.queries.roles import helpers_at
from miteinander.encounters.activities.services import presence, printing
from miteinander.encounters.activities.views.public import reader_language
from miteinander.foundation.core import clock
from miteinander.foundation.core.languages import OWN_NAMES, direction
from miteinander.foundation.core.short_codes import decode
from miteinander.foundation.ui.context import read_instance
from miteinander.foundation.ui.paper import missing_parts, qr_code, render_pdf


def _date(request: HttpRequest, pk: int) -> ActivityDate:
    date = get_object_or_404(public.shown(planned_dates(request.user)), pk=pk)
    if not can_see_participants(request.user, date.activity):
        raise Http404
    return date


def _pdf(template: str, context: dict[str, Any], name: str) -> HttpResponse:
    language = reader_language()
    reader = {"language": language.partition("-")[0], "direction": direction(language)}
    if missing_parts():
        raise Http404  # the page that leads here says what is missing
    pdf = render_pdf(template, reader | context | {"instance": read_instance()})
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


@require_GET
def short_address(request: HttpRequest, code: str) -> HttpResponse:
    """Lead from a poster to the date, in the reader's language."""
    return redirect(get_object_or_404(public.public_dates(), pk=decode(code)))


@login_required
@require_GET
def print_choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose what to print; the poster's own form leads to the PDF."""
    date = _date(request, pk)
    form = PosterForm(request.GET if "size" in request.GET else None)
    if form.is_bound and form.is_valid() and not missing_parts():
        chosen = form.cleaned_data
        context = sheets.poster(date, chosen["languages"], is_large=chosen["size"] == "a3")
        return _pdf("activities/paper/poster.html", context, f"poster-{date.pk}")
    context = {
        "date": date,
        "activity": date.activity,
        "title": title_of(date.activity),
        "form": form,
        "missing": missing_parts(),
        "is_open": presence.is_desk_open(date, clock.now()),
        "opens_at": date.starts_at - presence.OPENS_BEFORE,
        "is_public": public.public_dates().filter(pk=pk).exists(),
    }
    return render(request, "activities/paper/choose.html", context)


@never_cache
@login_required
@require_POST
def print_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Print who comes and who helps, with a column to sign; that it was printed is recorded."""
    date = _date(request, pk)
    if not presence.is_desk_open(date, clock.now()):
        return redirect("activities:print", pk)
    people = door_list(request.user, date)
    printing.note_printed_list(actor=request.user, date_id=pk)
    seated = {row.person_id for row in people}
    context = {
        "date": date,
        "title": title_of(date.activity),
        "helpers": [row for row in helpers_at(date) if row.person_id not in seated],
        "place": place_of(date),
        "organisation": date.activity.organisation,
        "people": people,
        "blanks": range(len(people.rows) + 1, len(people.rows) + 1 + sheets.BLANK_LINES),
    }
    return _pdf("activities/paper/list.html", context, f"list-{pk}")


@never_cache
@login_required
@require_POST
def print_badges(request: HttpRequest, pk: int) -> HttpResponse:
    """Print badges with names and the languages people speak; that it was done is recorded."""
    date = _date(request, pk)
    if not presence.is_desk_open(date, clock.now()):
        return redirect("activities:print", pk)
    helpers, guests = helpers_at(date), door_list(request.user, date).rows
    printing.note_printed_list(actor=request.user, date_id=pk)
    names = {row.person_id: row.person for row in helpers}
    names |= {row.person_id: row.person for row in guests}
    people = list(names.values())
    spoken = printing.languages_of([person.pk for person in people])
    badges = [
        {"name": person.name, "languages": [OWN_NAMES[code] for code in spoken[person.pk]]}
        for person in people
    ]
    context = {"badges": badges, "title": title_of(date.activity)}
    return _pdf("activities/paper/badges.html", context, f"badges-{pk}")


@never_cache
@require_GET
def print_slip(request: HttpRequest, token: str) -> HttpResponse:
    """Print what one needs to come, behind the secret link of a seat."""
    seat = get_object_or_404(Participation, token=token)
    date = get_object_or_404(public.shown(ActivityDate.objects.all()), pk=seat.date_id)
    context = {
        "card": card_of(date, language=reader_language(), now=clock.now(), seat=seat),
        "date": date,
        "activity": date.activity,
        "code": qr_code(sheets.seat_address(token)),
        "door_code": qr_code(check_in_address(seat)) if seat.status in ON_LIST else "",
    }
    return _pdf("activities/paper/slip.html", context, "slip")
