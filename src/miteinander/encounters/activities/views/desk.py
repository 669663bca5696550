"""The front desk without network: what phones send afterwards, and the page they keep meanwhile."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from miteinander.encounters.activities.door_codes import CHANGES_EVERY, room_address
from miteinander.encounters.activities.enums import Presence
from miteinander.encounters.activities.forms.desk import (
    HELPER,
    MARK,
    WALK_IN,
    DeskEntryForm,
)
from miteinander.encounters.activities.models import ActivityDate, DeskEntry, Participation
from miteinander.encounters.activities.queries.door import door_list
from miteinander.encounters.activities.queries.planning import title_of
from miteinander.encounters.activities.services import arrival, desk, presence
from miteinander.encounters.activities.views.front_desk import (
    date_at_door,
    page_until,
    row_context,
)
from miteinander.foundation.core import clock
from miteinander.foundation.ui.paper import qr_drawing

Answer = dict[str, Any]


@login_required
@sensitive_post_parameters()
@require_POST
def front_desk_sync(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one press of a button; always answer in words what became of it."""
    date = date_at_door(request, pk)
    form = DeskEntryForm(request.POST)
    if not form.is_valid():
        return JsonResponse(_refused(_("This could not be read. It was not saved.")))
    try:
        answer = TAKING[form.cleaned_data["kind"]](request, date, form)
    except presence.NoSeatLeft:
        answer = {"state": "full", "words": _("No seat is left for this person:")}
    except Participation.DoesNotExist:
        answer = _refused(_("This person is not on this list."))
    except ValidationError as error:
        answer = _refused(" ".join(error.messages))
    return JsonResponse(answer)


def _refused(words: str) -> Answer:
    return {"state": "refused", "words": words}


def _mark(request: HttpRequest, date: ActivityDate, form: DeskEntryForm) -> Answer:
    typed = form.cleaned_data
    made = desk.take_mark(
        actor=request.user, date_id=date.pk, participation_id=typed["participation"] or 0,
        mark=typed["mark"], entry=form.entry,
    )  # fmt: skip
    return _row(request, date, made.participation_id) | {"words": _told(made)}


def _mark_helper(request: HttpRequest, date: ActivityDate, form: DeskEntryForm) -> Answer:
    typed = form.cleaned_data
    made = desk.take_helper_mark(
        actor=request.user, date_id=date.pk, offer_id=typed["participation"] or 0,
        mark=typed["mark"], entry=form.entry,
    )  # fmt: skip
    return _row(request, date, made.participation_id) | {"words": _told(made)}


def _told(made: DeskEntry) -> str:
    """Say that somebody else marked the same person differently, and which mark counts."""
    if not made.told:
        return ""
    other = {
        Presence.PRESENT: pgettext("mark", "here"),
        Presence.ABSENT: pgettext("mark", "did not come"),
        Presence.UNKNOWN: pgettext("mark", "not marked"),
    }[Presence(made.told)]
    if made.outcome == DeskEntry.Outcome.OLDER:
        words = _("Somebody else marked this person later: %(mark)s. That counts.")
    else:
        words = _("Somebody else had marked this person: %(mark)s. Your later mark counts.")
    return words % {"mark": other}


def _walk_in(request: HttpRequest, date: ActivityDate, form: DeskEntryForm) -> Answer:
    added = desk.take_walk_in(
        actor=request.user, date_id=date.pk, name=form.cleaned_data["name"], entry=form.entry,
        beyond_seats=form.cleaned_data["beyond_seats"],
    )  # fmt: skip
    return _row(request, date, added.pk)


TAKING = {MARK: _mark, HELPER: _mark_helper, WALK_IN: _walk_in}


def _row(request: HttpRequest, date: ActivityDate, pk: int) -> Answer:
    """Return the line of one person as the list shows it, and how many are here."""
    people = door_list(request.user, date)
    row = next((row for row in people if row.pk == pk), None)
    context = row_context() | {"row": row, "people": people}
    html = render_to_string("activities/front_desk/_row.html", context, request) if row else ""
    return {
        "state": "done", "words": "", "row": html, "pk": pk,
        "present": people.present, "expected": people.expected,
    }  # fmt: skip


@login_required
@require_GET
def front_desk_worker(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the script that keeps the page of this one date while there is no network."""
    date = date_at_door(request, pk)
    context = {"date": date, "page_until": page_until(date)}
    kind = "text/javascript; charset=utf-8"
    return render(request, "activities/front_desk/worker.js", context, content_type=kind)


@never_cache
@login_required
@require_GET
def front_desk_room(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the code of the room, for a projector or a tablet; it is another one every time."""
    date, now = date_at_door(request, pk), clock.now()
    is_open = arrival.is_room_open(date, now)
    context = {
        "date": date,
        "title": title_of(date.activity),
        "is_open": is_open,
        "opens_at": date.starts_at - arrival.ROOM_OPENS_BEFORE,
        "is_over": date.is_cancelled or date.has_ended(now),
        "code": qr_drawing(room_address(date.pk, now)) if is_open else "",
        "seconds": int(CHANGES_EVERY.total_seconds()),
    }
    return render(request, "activities/front_desk/room.html", context)
