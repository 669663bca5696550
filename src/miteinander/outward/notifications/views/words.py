"""A message of the organiser to the people of a date."""

import secrets

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.views.decorators.http import require_http_methods

from miteinander.encounters.activities.models import ActivityDate
from miteinander.encounters.activities.queries.planning import planned_dates, title_of
from miteinander.foundation.core.languages import SPOKEN
from miteinander.foundation.core.permissions import can
from miteinander.foundation.ui.forms import bound, is_switch
from miteinander.outward.notifications import queries, services
from miteinander.outward.notifications.enums import Readers
from miteinander.outward.notifications.forms.words import WordsForm


def _date(request: HttpRequest, pk: int) -> ActivityDate:
    date = get_object_or_404(planned_dates(request.user), pk=pk)
    if not can(request.user, "notifications.write_to_people", date.activity):
        raise Http404
    return date


@login_required
@require_http_methods(["GET", "POST"])
def words_write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write to the people of a date; how many get it stands beside the choice."""
    date = _date(request, pk)
    reach = queries.reach_by_state(date)
    own = get_language() or "de"
    initial = {
        "entry": secrets.token_hex(12),
        "language": own if own in SPOKEN else "de",
    }
    form = bound(WordsForm, request, reach=reach, initial=initial)
    if request.method == "POST" and not is_switch(request) and form.is_valid():
        try:
            count = services.write_to_people(
                actor=request.user, date_id=pk,
                readers=Readers(form.cleaned_data["readers"]), words=form.own_words(),
            )  # fmt: skip
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
        else:
            messages.success(request, _sent(count))
            return redirect("notifications:write", pk)
    context = {
        "form": form,
        "date": date,
        "title": title_of(date.activity),
        "is_anybody": reach[Readers.ALL].is_anybody,
        "is_being_sent": queries.is_being_written(date),
    }
    return render(request, "notifications/words_write.html", context)


def _sent(count: int) -> str:
    told = ngettext(
        "Your message goes to %(count)s person.", "Your message goes to %(count)s people.", count
    )
    return told % {"count": count}
