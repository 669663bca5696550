"""Coming in: the own code shown at the door, and the code of the room scanned by oneself."""

import secrets
from typing import NamedTuple

from allauth.core import ratelimit
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from miteinander.encounters.activities import door_codes
from miteinander.encounters.activities.enums import ON_LIST, Presence
from miteinander.encounters.activities.forms.desk import ComeInForm, SeatLinkForm
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.queries import public
from miteinander.encounters.activities.queries.door import participations_seen_by
from miteinander.encounters.activities.services import arrival, presence
from miteinander.encounters.activities.views.known_seats import known_seat, remember_seat
from miteinander.encounters.activities.views.sign_up import page_of
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor, can
from miteinander.foundation.ui.forms import bound, is_switch
from miteinander.foundation.ui.paper import qr_drawing

SCANNED = "scanned_rooms"
BROWSER = SystemActor("room code")


@require_GET
def address_of_code(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Lead from a scanned code to its page, in the language of whoever scanned it."""
    with translation.override(translation.get_language_from_request(request)):
        response = redirect(name, code)
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@never_cache
@require_GET
def seat_check_in(request: HttpRequest, code: str) -> HttpResponse:
    """Show an organiser of this date whom to mark, and everybody else the code itself.

    Nobody is ever asked to sign in here: whoever holds the code only needs to show it.
    """
    try:
        seat = door_codes.read_check_in(code)
    except door_codes.CodeForged:
        return render(request, "activities/door/not_valid.html", status=404)
    organised = participations_seen_by(request.user) if request.user.is_authenticated else None
    if organised is not None and organised.filter(pk=seat.pk).exists():
        return _mark_page(request, seat)
    context = {
        "code": qr_drawing(door_codes.check_in_address(seat)),
        "is_on_list": seat.status in ON_LIST,
    }
    return render(request, "activities/door/show_this.html", context)


def _mark_page(request: HttpRequest, seat: Participation) -> HttpResponse:
    date = ActivityDate.objects.select_related("activity__organisation").get(pk=seat.date_id)
    may = can(request.user, "activities.see_participants", date.activity)
    is_open = presence.is_desk_open(date, clock.now())
    context = page_of(_with_words(date)) | {
        "seat": seat,
        "is_open": is_open and may,
        "is_on_list": seat.status in ON_LIST,
        "is_present": seat.presence == Presence.PRESENT,
    }
    return render(request, "activities/door/mark.html", context)


def _with_words(date: ActivityDate) -> ActivityDate:
    return public.shown(ActivityDate.objects.all()).get(pk=date.pk)


@never_cache
@require_GET
def room_scan(request: HttpRequest, code: str) -> HttpResponse:
    """Keep for a while that the code of the room was scanned in time, and lead to what follows.

    A browser that scans again keeps its mark, so it never comes in a second time.
    """
    try:
        date_id = door_codes.read_room_code(code, clock.now())
    except door_codes.CodeForged:
        return render(request, "activities/door/not_valid.html", status=404)
    except door_codes.CodeChanged:
        return render(request, "activities/door/changed.html", status=410)
    scanned = request.session.get(SCANNED, {})
    _moment, mark, _code = scanned.get(str(date_id), (0, secrets.token_hex(12), ""))
    scanned[str(date_id)] = [clock.now().timestamp(), mark, code]
    request.session[SCANNED] = scanned
    return redirect("activities:arrive", date_id)


class Scan(NamedTuple):
    """The scan of this browser: its own mark, empty when there is none in time, and the code."""

    mark: str
    code: str


def _scan(request: HttpRequest, date_id: int) -> Scan:
    scanned = request.session.get(SCANNED, {})
    moment, mark, code = scanned.get(str(date_id), (0, "", ""))
    is_fresh = clock.now().timestamp() - moment <= arrival.SCAN_HOLDS.total_seconds()
    return Scan(mark if is_fresh else "", code)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def room_arrive(request: HttpRequest, date_id: int) -> HttpResponse:
    """After a scan: one button for whoever is known, ways to become known, or to come in so."""
    scan = _scan(request, date_id)
    if not scan.mark:
        return render(request, "activities/door/changed.html", status=410)
    date = get_object_or_404(public.shown(public.open_dates(actor=request.user)), pk=date_id)
    seat = known_seat(request, date)
    step = request.POST.get("step", "") if not is_switch(request) else ""
    link = bound(SeatLinkForm, request) if step == "link" else SeatLinkForm()
    come = bound(ComeInForm, request) if step == "come" else ComeInForm()
    problem = ""
    if step == "here" and seat is not None:
        problem = _arrive(seat)
    elif step == "come" and come.is_valid():
        is_known = seat is not None or request.user.is_authenticated
        problem = _come_in(request, date, come.cleaned_data["name"], scan, is_known=is_known)
    elif step == "link" and link.is_valid():
        _use_link(request, date, link)
    if step and not (problem or link.errors or come.errors):
        return redirect("activities:arrive", date_id)
    context = page_of(date, seat) | {
        "seat": seat,
        "is_here": seat is not None and seat.presence == Presence.PRESENT,
        "has_seat": seat is not None and seat.status in ON_LIST,
        "link_form": link,
        "come_form": come,
        "problem": problem,
        "sign_in": f"{reverse('account_login')}?next={request.path}",
    }
    return render(request, "activities/door/arrive.html", context)


def _arrive(seat: Participation) -> str:
    try:
        arrival.arrive(actor=BROWSER, participation_id=seat.pk)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _come_in(
    request: HttpRequest, date: ActivityDate, name: str, scan: Scan, *, is_known: bool
) -> str:
    """Let somebody in; of people nobody knows only so many by one code and from one network.

    Otherwise one person who sees the code could take every free seat with invented guests.
    """
    if not is_known and not ratelimit.consume(request, action="come_in", key=scan.code):
        return _(
            "Many people have come in this way just now. Please speak to the people at the door."
        )
    actor = request.user if request.user.is_authenticated else BROWSER
    try:
        row = arrival.come_in(actor=actor, date_id=date.pk, name=name, entry=scan.mark)
    except arrival.NoSeatLeft:
        return _("Every seat is taken. Please speak to the people at the door.")
    except ValidationError as error:
        return " ".join(error.messages)
    remember_seat(request, row)
    return ""


def _use_link(request: HttpRequest, date: ActivityDate, link: SeatLinkForm) -> None:
    """Find the seat behind what was pasted, and remember it in this browser."""
    code = link.code()
    seat = Participation.objects.filter(token=code, date=date).first()
    if seat is None:
        try:
            seat = door_codes.read_check_in(code)
        except door_codes.CodeForged:
            seat = None
    if seat is None or seat.date_id != date.pk:
        link.add_error("link", _("We do not find a seat with this link. Please check it."))
        return
    remember_seat(request, seat)
