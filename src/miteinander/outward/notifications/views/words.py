"""A message of the organiser to the people of a date, and the choice of reminders."""

import secrets

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from miteinander.community.people.models import Person
from miteinander.encounters.activities.models import ActivityDate
from miteinander.encounters.activities.queries.planning import planned_dates, title_of
from miteinander.foundation.core.languages import SPOKEN
from miteinander.foundation.core.permissions import SystemActor, can
from miteinander.foundation.ui.forms import bound, is_switch
from miteinander.outward.notifications import queries, services
from miteinander.outward.notifications.enums import Readers
from miteinander.outward.notifications.forms.words import WordsForm

BEARER = SystemActor("mail link")


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
    }
    return render(request, "notifications/words_write.html", context)


def _sent(count: int) -> str:
    told = ngettext(
        "Your message goes to %(count)s person.", "Your message goes to %(count)s people.", count
    )
    return told % {"count": count}


def _reader(key: str) -> int:
    person_id = queries.person_of_key(key)
    if person_id is None or not Person.objects.filter(pk=person_id, erased_at=None).exists():
        raise Http404
    return person_id


# Mail programs post here for their reader, without a cookie (RFC 8058). The key is the proof.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def reminder_choice(request: HttpRequest, key: str) -> HttpResponse:
    """Show whether reminders come; a POST turns them off, a GET changes nothing."""
    person_id = _reader(key)
    if request.method == "POST" and not is_switch(request):
        services.turn_reminders(actor=BEARER, person_id=person_id, wanted=False)
    context = {"key": key, "is_off": queries.has_turned_reminders_off(person_id)}
    return render(request, "notifications/reminder_choice.html", context)


@never_cache
@require_POST
def reminder_resume(request: HttpRequest, key: str) -> HttpResponse:
    """Turn reminders on again."""
    services.turn_reminders(actor=BEARER, person_id=_reader(key), wanted=True)
    return redirect("notifications:reminders", key)
