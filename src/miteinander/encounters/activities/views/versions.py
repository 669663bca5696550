"""An occasion in other languages: what there is, and an editor beside the original."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from miteinander.encounters.activities.forms.versions import VersionForm
from miteinander.encounters.activities.models import Activity
from miteinander.encounters.activities.queries.planning import title_of
from miteinander.encounters.activities.services import words
from miteinander.encounters.activities.views.tasks import changeable
from miteinander.foundation.content.enums import VersionState
from miteinander.foundation.content.facts import Difference
from miteinander.foundation.content.models import Version
from miteinander.foundation.content.readability import Readability, readability
from miteinander.foundation.content.services import FactsDiffer
from miteinander.foundation.core.languages import INTERFACE, NAMES, OWN_NAMES, direction
from miteinander.foundation.ui.forms import bound, is_switch


@login_required
@require_GET
def version_list(request: HttpRequest, pk: int) -> HttpResponse:
    activity = changeable(request, pk)
    states = {row.language: VersionState(row.state) for row in activity.versions.all()}
    rows = [
        {
            "code": code,
            "own_name": OWN_NAMES[code],
            "direction": direction(code),
            "name": NAMES[code],
            "state": states[code].label if code in states else _("Not there yet"),
            "kind": str(states.get(code, "missing")),
            "is_original": states.get(code) == VersionState.ORIGINAL,
        }
        for code in INTERFACE
    ]
    context = {"activity": activity, "title": title_of(activity), "rows": rows}
    return render(request, "activities/plan/version_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def version_edit(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    activity = changeable(request, pk)
    original, stored = _original_and_stored(activity, language)
    form = bound(VersionForm, request, language=language, initial=stored.parts if stored else {})
    differences: list[Difference] = []
    if request.method == "POST" and not is_switch(request) and form.is_valid():
        differences = _save(request, pk, language, form)
        if not form.errors:
            messages.success(request, _("Saved."))
            return redirect("activities:version", pk, language)
    context = {
        "form": form,
        "activity": activity,
        "title": title_of(activity),
        "differences": differences,
        **_original_side(original, form),
        **_version_side(stored, language, form),
    }
    return render(request, "activities/plan/version_edit.html", context)


def _original_and_stored(activity: Activity, language: str) -> tuple[Version, Version | None]:
    """Return the original and what there is in ``language``, a language to translate into."""
    versions = {row.language: row for row in activity.versions.all()}
    original = next(row for row in versions.values() if row.state == VersionState.ORIGINAL)
    if language not in INTERFACE or language == original.language:
        raise Http404
    return original, versions.get(language)


def _save(request: HttpRequest, pk: int, language: str, form: VersionForm) -> list[Difference]:
    """Save the version; return the facts that differ when the form must ask about them."""
    try:
        words.write_version(
            actor=request.user,
            activity_id=pk,
            language=language,
            parts=form.parts,
            differences_confirmed=form.cleaned_data["differences_confirmed"],
        )
    except FactsDiffer as error:
        form.ask_to_confirm()
        return error.differences
    except ValidationError as error:
        form.add_error(None, ValidationError(error.messages))
    return []


def _original_side(original: Version, form: VersionForm) -> dict[str, Any]:
    return {
        "original": original,
        "original_direction": direction(original.language),
        "original_name": OWN_NAMES[original.language],
        "pairs": form.beside(original.parts),
    }


def _version_side(stored: Version | None, language: str, form: VersionForm) -> dict[str, Any]:
    return {
        "language": language,
        "direction": direction(language),
        "language_name": OWN_NAMES[language],
        "state": VersionState(stored.state).label if stored else "",
        "kind": stored.state if stored else "missing",
        "reading_ease": _ease_of(stored, form) if language.startswith("de") else None,
    }


def _ease_of(stored: Version | None, form: VersionForm) -> Readability | None:
    """Measure the words that were typed, or those there are."""
    if form.is_bound and form.is_valid():
        shown = form.parts
    else:
        shown = dict(stored.parts) if stored else {}
    return readability(f"{shown.get('summary', '')} {shown.get('description', '')}")
