"""Several dates at once: a simple form, the list of days it makes, and adding the ticked ones."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from miteinander.encounters.activities.forms.dates import SeriesForm, initial_series
from miteinander.encounters.activities.models import Activity
from miteinander.encounters.activities.queries.holidays import school_holidays
from miteinander.encounters.activities.queries.planning import title_of
from miteinander.encounters.activities.services.dates import (
    SeriesDay,
    Standing,
    series_of,
    set_dates,
)
from miteinander.encounters.activities.views.tasks import changeable
from miteinander.foundation.core import clock
from miteinander.foundation.ui.forms import bound, is_switch

ADD, SHOWN, DAY = "add", "shown", "day"


@dataclass(frozen=True)
class Preview:
    """The days of a series as the page shows them; ``ticked`` are the ISO days to add.

    ``is_other`` tells that the form says something else than when the days were last shown.
    """

    days: list[SeriesDay]
    ticked: frozenset[str]
    mark: str
    is_other: bool = False

    @property
    def listed(self) -> list[tuple[SeriesDay, bool]]:
        """The days with a date, and whether each is ticked."""
        return [
            (row, row.day.isoformat() in self.ticked)
            for row in self.days
            if row.standing != Standing.HOLIDAY
        ]

    @property
    def left_out(self) -> list[SeriesDay]:
        """The days on which there are school holidays."""
        return [row for row in self.days if row.standing == Standing.HOLIDAY]

    @property
    def unknown_from(self) -> date | None:
        """The first day of which nobody told us whether there is school."""
        return next((row.day for row in self.days if row.is_unknown), None)

    @property
    def chosen(self) -> list[SeriesDay]:
        """The days to add."""
        return [row for row, is_ticked in self.listed if is_ticked and row.is_addable]


@login_required
@require_http_methods(["GET", "POST"])
def plan_series(request: HttpRequest, pk: int) -> HttpResponse:
    activity = changeable(request, pk)
    if activity.is_template:
        raise Http404
    form = bound(SeriesForm, request, initial=_initial(activity))
    preview = _preview(request, activity, form)
    wants_adding = ADD in request.POST and not is_switch(request)
    if preview is not None and wants_adding and not preview.is_other:
        count = _added(request, pk, form, preview)
        if count:
            return _onwards(request, activity, count)
    context = {
        "form": form,
        "activity": activity,
        "title": title_of(activity),
        "preview": preview,
        "has_changed": wants_adding and preview is not None and preview.is_other,
    }
    return render(request, "activities/plan/plan_series.html", context)


def _initial(activity: Activity) -> dict[str, Any]:
    dates = list(activity.dates.all())
    if not dates:
        return initial_series(None, None)
    return initial_series(localtime(dates[-1].starts_at), localtime(dates[-1].ends_at))


def _preview(request: HttpRequest, activity: Activity, form: SeriesForm) -> Preview | None:
    """Work the days out anew; what was unticked stays so as long as the form says the same.

    A change of language shows the days again only where they stood before.
    """
    if request.method != "POST" or (is_switch(request) and SHOWN not in request.POST):
        return None
    typed = SeriesForm(request.POST) if is_switch(request) else form
    if not typed.is_valid():
        return None
    try:
        days = _days(activity, typed, clock.now())
    except ValidationError as error:
        if typed is form:
            form.add_error("last_day", error)
        return None
    addable = frozenset(row.day.isoformat() for row in days if row.is_addable)
    is_other = request.POST.get(SHOWN) != typed.mark
    ticked = addable if is_other else addable & set(request.POST.getlist(DAY))
    return Preview(days, ticked, typed.mark, is_other)


def _days(activity: Activity, form: SeriesForm, now: datetime) -> list[SeriesDay]:
    return series_of(activity, form.wish, school_holidays(), now)


def _added(request: HttpRequest, pk: int, form: SeriesForm, preview: Preview) -> int:
    """Add the ticked days and return how many; 0 means that the form says why not."""
    rows = [row.planned for row in preview.chosen if row.planned is not None]
    if not rows:
        form.add_error(None, ValidationError(_("Tick at least one date."), code="required"))
        return 0
    try:
        set_dates(actor=request.user, activity_id=pk, rows=rows)
    except ValidationError as error:
        form.add_error(None, ValidationError(error.messages))
        return 0
    return len(rows)


def _onwards(request: HttpRequest, activity: Activity, count: int) -> HttpResponse:
    """Say what was added, and go on to the place where there is none yet."""
    added = ngettext("%(count)s date is added.", "%(count)s dates are added.", count)
    messages.success(request, added % {"count": count})
    if activity.venue_id or activity.is_online:
        return redirect("activities:tasks", activity.pk)
    messages.info(request, _("Now say where it takes place."))
    return redirect("activities:edit_dates", activity.pk)
