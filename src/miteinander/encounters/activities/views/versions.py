"""An occasion in other languages: what there is, and an editor beside the original."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from miteinander.encounters.activities.forms.versions import VersionForm
from miteinander.encounters.activities.queries.planning import title_of
from miteinander.encounters.activities.services import words
from miteinander.encounters.activities.views.tasks import changeable
from miteinander.foundation.content.enums import VersionState
from miteinander.foundation.content.readability import readability
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
    versions = {row.language: row for row in activity.versions.all()}
    original = next(row for row in versions.values() if row.state == VersionState.ORIGINAL)
    if language not in INTERFACE or language == original.language:
        raise Http404
    stored = versions.get(language)
    form = bound(VersionForm, request, language=language, initial=stored.parts if stored else {})
    differences = []
    if request.method == "POST" and not is_switch(request) and form.is_valid():
        try:
            words.write_version(
                actor=request.user,
                activity_id=pk,
                language=language,
                parts=form.parts,
                differences_confirmed=form.cleaned_data["differences_confirmed"],
            )
        except FactsDiffer as error:
            differences = error.differences
            form.ask_to_confirm()
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
        else:
            messages.success(request, _("Saved."))
            return redirect("activities:version", pk, language)
    shown = (
        form.parts if form.is_bound and form.is_valid() else dict(stored.parts if stored else {})
    )
    context = {
        "form": form,
        "activity": activity,
        "title": title_of(activity),
        "original": original,
        "original_direction": direction(original.language),
        "original_name": OWN_NAMES[original.language],
        "pairs": form.beside(original.parts),
        "differences": differences,
        "language": language,
        "direction": direction(language),
        "language_name": OWN_NAMES[language],
        "state": VersionState(stored.state).label if stored else "",
        "kind": stored.state if stored else "missing",
        "reading_ease": readability(f"{shown.get('summary', '')} {shown.get('description', '')}")
        if language.startswith("de")
        else None,
    }
    return render(request, "activities/plan/version_edit.html", context)
