"""The small pages behind the lines of the task list."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from miteinander.encounters.activities.forms import planning as forms_
from miteinander.encounters.activities.forms.access import AccessForm
from miteinander.encounters.activities.forms.seats import SeatsForm
from miteinander.encounters.activities.insiders import Insiders, choosable_by
from miteinander.encounters.activities.models import Activity
from miteinander.encounters.activities.permissions import can_change
from miteinander.encounters.activities.queries.planning import planned_activity, title_of
from miteinander.encounters.activities.queries.tasks import LABELS, TaskKey, original_parts
from miteinander.encounters.activities.services import planning, words
from miteinander.encounters.activities.services.dates import (
    TooFewSeats,
    editable_dates,
    seats_of,
    set_seats,
)
from miteinander.encounters.activities.services.locking import ChangedMeanwhile, fingerprint
from miteinander.encounters.spaces.enums import Access
from miteinander.foundation.content.enums import VersionState
from miteinander.foundation.content.readability import Readability, readability
from miteinander.foundation.core import clock
from miteinander.foundation.core.languages import direction
from miteinander.foundation.ui.formats import day_words
from miteinander.foundation.ui.forms import bound, is_switch

ACCESS = ("step_free", "accessible_toilet")
NO_DEFAULT = {"cost_cents", "audience"}  # must be answered: "free" is a promise


@dataclass(frozen=True)
class TaskPage:
    """One page of the task list: how its form is made and what happens to the answers.

    ``values`` are what is stored now; their fingerprint travels with the form. ``places`` tells
    at which field a refusal with a certain code is shown.
    """

    key: TaskKey
    values: dict[str, Any]
    form: Callable[..., forms_.SeenForm]
    save: Callable[[forms_.SeenForm], object]
    template: str = "activities/plan/plan_edit.html"
    places: Mapping[str, str] = field(default_factory=dict)

    def answer(self, request: HttpRequest, activity: Activity, **extra: object) -> HttpResponse:
        """Show the page, or save what was typed and go back to the task list."""
        present = fingerprint(self.values)
        initial = {**self.values, "seen": present}
        if self.key not in activity.answered:
            initial |= dict.fromkeys(NO_DEFAULT & set(initial))
        form = bound(self.form, request, initial=initial)
        conflict: list[tuple[str, str]] = []
        if request.method == "POST" and not is_switch(request) and form.is_valid():
            try:
                self.save(form)
            except ChangedMeanwhile:
                refuse_conflict(form, present)
                conflict = stored_values(form)
            except TooFewSeats as error:
                form.add_error(f"seats_{error.date_id}", error)
            except ValidationError as error:
                place = self.places.get(getattr(error, "code", None) or "")
                form.add_error(place, ValidationError(error.messages))
            else:
                messages.success(request, _("Saved."))
                return redirect("activities:tasks", activity.pk)
        context = {
            "form": form,
            "activity": activity,
            "title": title_of(activity),
            "heading": LABELS[self.key],
            "conflict": conflict,
            **extra,
        }
        return render(request, self.template, context)


def changeable(request: HttpRequest, pk: int) -> Activity:
    """Fetch an occasion to change it; one that may only be looked at is not found."""
    activity = get_object_or_404(planned_activity(request.user), pk=pk)
    if not can_change(request.user, activity):
        raise Http404
    return activity


def seen_of(form: forms_.SeenForm) -> str | None:
    """Return the fingerprint the page showed; None when the sender is no page of ours."""
    return form.cleaned_data.get("seen") or None


def refuse_conflict(form: forms_.SeenForm, present: str) -> None:
    """Say that somebody else was faster; saving again then replaces what they wrote."""
    data = QueryDict(mutable=True)
    data.update(form.data)
    data["seen"] = present
    form.data = data
    form.add_error(
        None,
        ValidationError(
            _(
                "Somebody else has changed this in the meantime. Nothing of yours is saved yet,"
                " but it still stands below. Compare it with what is stored now. Save again to"
                " replace it."
            ),
            code="changed_meanwhile",
        ),
    )


def stored_values(form: forms.Form) -> list[tuple[str, str]]:
    """List what is stored now, in words, beside what somebody typed."""
    lines = []
    for part in form.visible_fields():
        value = form.initial.get(part.name, part.field.initial)
        choices = dict(getattr(part.field, "choices", None) or [])
        values = value if isinstance(value, list) else [value]
        if isinstance(value, bool):
            text = _("Yes") if value else _("No")
        else:
            shown = [choices.get(one, part.field.prepare_value(one)) for one in values]
            text = ", ".join(str(one) for one in shown if one not in (None, ""))
        lines.append((str(part.label), text or "–"))
    return lines


def _facts_page(
    request: HttpRequest,
    pk: int,
    key: TaskKey,
    form: Callable[..., forms_.SeenForm],
    names: Sequence[str] = (),
) -> HttpResponse:
    activity = changeable(request, pk)
    names = names or [name for name, task in planning.TASK_OF_FACT.items() if task == key]

    def save(form: forms_.SeenForm) -> None:
        changes = {name: form.cleaned_data[name] for name in names}
        planning.change_activity(
            actor=request.user, activity_id=pk, changes=changes, seen=seen_of(form)
        )

    page = TaskPage(key, planning.facts_of(activity, list(names)), form, save)
    return page.answer(request, activity)


@login_required
@require_http_methods(["GET", "POST"])
def plan_edit_words(request: HttpRequest, pk: int) -> HttpResponse:
    activity = changeable(request, pk)
    original = next(v for v in activity.versions.all() if v.state == VersionState.ORIGINAL)

    def save(form: forms_.SeenForm) -> None:
        values = form.cleaned_data
        words.write_words(
            actor=request.user,
            activity_id=pk,
            parts={name: values[name] for name in words.TOLD},
            topic=values["topic"],
            seen=seen_of(form),
        )

    def form(*args: Any, **kwargs: Any) -> forms_.WordsForm:
        made = forms_.WordsForm(*args, **kwargs)
        for name in words.TOLD:
            attrs = made.fields[name].widget.attrs
            attrs["lang"], attrs["dir"] = original.language, direction(original.language)
        return made

    page = TaskPage(TaskKey.WORDS, dict(words.words_of(activity)), form, save)
    return page.answer(request, activity, reading_ease=ease_of(activity))


def ease_of(activity: Activity) -> Readability | None:
    """Measure how easily the German words of the original read, where there are enough."""
    parts = original_parts(activity)
    original = next((v for v in activity.versions.all() if v.state == VersionState.ORIGINAL), None)
    if original is None or not original.language.startswith("de"):
        return None
    return readability(" ".join(parts.get(name, "") for name in ("summary", "description")))


@login_required
@require_http_methods(["GET", "POST"])
def plan_edit_audience(request: HttpRequest, pk: int) -> HttpResponse:
    """Say for whom it is, and who sees it where somebody may close it."""
    activity = changeable(request, pk)
    circles = _circles(request, activity)
    names = ["audience", "only_for"] if circles else ["audience"]

    def form(*args: Any, **kwargs: Any) -> forms_.AudienceForm:
        return forms_.AudienceForm(*args, circles=circles, **kwargs)

    return _facts_page(request, pk, TaskKey.AUDIENCE, form, names)


def _circles(request: HttpRequest, activity: Activity) -> list[Insiders]:
    """List for whom the asker may close an occasion; none of one that others closed."""
    mine = [] if activity.is_standing else choosable_by(request.user)
    is_theirs = activity.only_for in {"", *(group.key for group in mine)}
    return mine if is_theirs else []


@login_required
@require_http_methods(["GET", "POST"])
def plan_edit_languages(request: HttpRequest, pk: int) -> HttpResponse:
    return _facts_page(request, pk, TaskKey.LANGUAGES, forms_.LanguagesForm)


@login_required
@require_http_methods(["GET", "POST"])
def plan_edit_contact(request: HttpRequest, pk: int) -> HttpResponse:
    return _facts_page(request, pk, TaskKey.CONTACT, forms_.ContactForm)


@login_required
@require_http_methods(["GET", "POST"])
def plan_edit_access(request: HttpRequest, pk: int) -> HttpResponse:
    activity = changeable(request, pk)
    venue = activity.venue
    facts = planning.facts_of(activity, ["cost_cents", "has_childcare"])
    place = {name: getattr(venue, name) for name in ACCESS} if venue else {}

    def save(form: forms_.SeenForm) -> None:
        planning.change_access(
            actor=request.user,
            activity_id=pk,
            changes={name: form.cleaned_data[name] for name in facts},
            place={name: form.cleaned_data[name] or Access.UNKNOWN for name in place},
            seen=seen_of(form),
        )

    def form(*args: Any, **kwargs: Any) -> AccessForm:
        return AccessForm(*args, has_venue=bool(venue), **kwargs)

    page = TaskPage(TaskKey.ACCESS, {**facts, **place}, form, save)
    return page.answer(request, activity)


@login_required
@require_http_methods(["GET", "POST"])
def plan_edit_seats(request: HttpRequest, pk: int) -> HttpResponse:
    activity = changeable(request, pk)
    dates = editable_dates(activity, clock.now())
    labels = [f"{day_words(row.starts_at)}, {localtime(row.starts_at):%H:%M}" for row in dates]

    def save(form: forms_.SeenForm) -> None:
        assert isinstance(form, SeatsForm)  # noqa: S101 (tells the type)
        set_seats(
            actor=request.user, activity_id=pk, seats=form.seats, closing=form.closing,
            seen=seen_of(form),
        )  # fmt: skip

    def form(*args: Any, **kwargs: Any) -> SeatsForm:
        return SeatsForm(*args, dates=dates, labels=labels, **kwargs)

    page = TaskPage(
        TaskKey.SEATS, seats_of(dates), form, save, template="activities/plan/plan_seats.html"
    )
    return page.answer(request, activity, has_no_dates=not dates)
