"""The network of guides: a list for coordinators, and one page they share with each guide."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from miteinander.community.regions import queries as regions
from miteinander.cooperation.guides.enums import AssignmentTopic, MeetingWay
from miteinander.cooperation.guides.forms.leaving import LeaveForm
from miteinander.cooperation.guides.forms.network import (
    DocumentsForm,
    NetworkFilterForm,
    PauseForm,
    ProfileForm,
    profile_of,
)
from miteinander.cooperation.guides.models import Guide
from miteinander.cooperation.guides.permissions import coordinated_regions
from miteinander.cooperation.guides.queries import network as guides
from miteinander.cooperation.guides.queries.circle import dates_for_guides
from miteinander.cooperation.guides.services import network
from miteinander.foundation.content.queries import read
from miteinander.foundation.core import clock, timetable
from miteinander.foundation.core.pagination import page_of
from miteinander.foundation.core.permissions import can
from miteinander.foundation.ui import week
from miteinander.foundation.ui.forms import bound
from miteinander.foundation.ui.steps import has_done, is_sent, key_of, only

DOCUMENTS = (
    "certificate_seen_on", "confidentiality_on", "duties_told_on", "police_inspected_on",
    "police_valid_until", "is_lead",
)  # fmt: skip


@never_cache
@login_required
@require_GET
def guide_list(request: HttpRequest) -> HttpResponse:
    """List guides by language, place and state."""
    only(request, "guides.open_overview")
    places = regions.municipalities().filter(pk__in=coordinated_regions(request.user).values("pk"))
    form = NetworkFilterForm(request.GET, places=places)
    found = guides.guides_seen(actor=request.user, day=clock.today(), wanted=form.wanted())
    context = {
        "links": page_of(found, request.GET), "form": form,
        "candidates": guides.future_guides(actor=request.user),
    }  # fmt: skip
    return render(request, "guides/network/list.html", context)


@login_required
@require_POST
def guide_add(request: HttpRequest) -> HttpResponse:
    only(request, "guides.open_overview")
    person_id = key_of(request.POST.get("person", ""))
    found = guides.future_guides(actor=request.user).filter(pk=person_id).exists()
    if not found:
        messages.error(request, _("Choose a person from the list."))
        return redirect("guides:network")
    guide = network.add_guide(actor=request.user, person_id=person_id)
    messages.success(request, _("Now say what this guide offers."))
    return redirect("guides:guide_edit", guide.pk)


def _guide(request: HttpRequest, pk: int) -> Guide:
    found = guides.guides_seen(
        actor=request.user, day=clock.today(), wanted=guides.Wanted(state="every")
    )
    return get_object_or_404(found.prefetch_related("areas"), pk=pk)


@never_cache
@login_required
@require_GET
def guide_mine(request: HttpRequest) -> HttpResponse:
    """Lead a guide to the own page."""
    guide = guides.guide_of(request.user.pk) if request.user.pk else None
    if guide is None:
        raise Http404
    return redirect("guides:guide", guide.pk)


@never_cache
@login_required
@require_GET
def guide_detail(request: HttpRequest, pk: int) -> HttpResponse:
    guide = _guide(request, pk)
    held = guides.valid_certificates(clock.today()).filter(trainee__person=guide.person_id)
    context = {
        "guide": guide,
        "is_own": guide.person_id == request.user.pk,
        "may_note": can(request.user, "guides.note_documents", guide),
        "certificate": held.first(),
        "topics": _labels(AssignmentTopic, guide.topics),
        "unwanted": _labels(AssignmentTopic, guide.unwanted),
        "ways": _labels(MeetingWay, guide.ways),
        "week": _week(guide.times),
        "pause_form": PauseForm(initial={"begins": clock.today()}),
        "dates": [
            (row, read(row.activity, get_language() or "de"))
            for row in dates_for_guides(actor=request.user, now=clock.now())
        ],
    }
    return render(request, "guides/network/guide.html", context)


def _labels(choices: Any, chosen: list[str]) -> list[str]:
    return [str(choice.label) for choice in choices if choice.value in chosen]


def _week(times: int) -> list[tuple[str, list[str]]]:
    """Return the days a guide has time on, with the parts of each."""
    found: dict[int, list[str]] = {}
    for day, part in timetable.slots(times):
        found.setdefault(day, []).append(str(week.PARTS[part]))
    return [(str(WEEKDAYS[day]), parts) for day, parts in found.items()]


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def guide_edit(request: HttpRequest, pk: int) -> HttpResponse:
    guide = _guide(request, pk)
    places = regions.municipalities()
    form = bound(ProfileForm, request, places=places, initial=profile_of(guide))

    def change() -> None:
        network.change_guide(actor=request.user, guide_id=pk, profile=form.profile())

    if is_sent(request, form) and has_done(form, change):
        messages.success(request, _("Saved."))
        return redirect("guides:guide", pk)
    return render(request, "guides/network/edit.html", {"guide": guide, "form": form})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def guide_documents(request: HttpRequest, pk: int) -> HttpResponse:
    """Note facts about papers; a guide reads them on the page and does not write them."""
    guide = _guide(request, pk)
    if not can(request.user, "guides.note_documents", guide):
        raise Http404
    form = bound(DocumentsForm, request, initial={name: getattr(guide, name) for name in DOCUMENTS})

    def note() -> None:
        network.note_documents(actor=request.user, guide_id=pk, documents=form.documents())

    if is_sent(request, form) and has_done(form, note):
        messages.success(request, _("Saved."))
        return redirect("guides:guide", pk)
    return render(request, "guides/network/documents.html", {"guide": guide, "form": form})


@login_required
@require_POST
def guide_pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a pause, or end it."""
    guide = _guide(request, pk)
    if "end" in request.POST:
        network.pause_guide(actor=request.user, guide_id=pk, begins=None)
        messages.success(request, pgettext("guide", "The pause is over."))
        return redirect("guides:guide", pk)
    form = PauseForm(request.POST)

    def pause() -> None:
        typed = form.cleaned_data
        network.pause_guide(
            actor=request.user, guide_id=pk, begins=typed["begins"], ends=typed["ends"]
        )

    if form.is_valid() and has_done(form, pause):
        messages.success(request, _("Saved."))
        return redirect("guides:guide", pk)
    return render(request, "guides/network/pause.html", {"guide": guide, "form": form})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def guide_leave(request: HttpRequest, pk: int) -> HttpResponse:
    guide = _guide(request, pk)
    form = bound(LeaveForm, request)

    def leave() -> None:
        network.leave_network(actor=request.user, guide_id=pk, reason=form.cleaned_data["reason"])

    if is_sent(request, form) and has_done(form, leave):
        messages.success(request, _("Saved."))
        return redirect("guides:guide", pk)
    return render(request, "guides/network/leave.html", {"guide": guide, "form": form})


@never_cache
@login_required
@require_POST
def guide_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how to reach one guide; that it was looked up is recorded."""
    guide = _guide(request, pk)
    if not can(request.user, "guides.open_guide_contact", guide):
        raise Http404
    opened = network.open_guide_contact(actor=request.user, guide_id=pk)
    return render(request, "guides/network/contact.html", {"guide": opened})
