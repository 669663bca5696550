"""What somebody hears and how: reminders, what they follow, and how often.

The key in the address is the proof; it stands in every mail to them, and on their own pages.
"""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from miteinander.community.people.models import Person
from miteinander.foundation.core.permissions import SystemActor
from miteinander.foundation.ui.forms import is_switch
from miteinander.outward.notifications import queries, services
from miteinander.outward.notifications.enums import Frequency
from miteinander.outward.notifications.forms.following import FrequencyForm
from miteinander.outward.notifications.interests import words_of

BEARER = SystemActor("mail link")


def _reader(key: str) -> Person:
    person_id = queries.person_of_key(key)
    person = Person.objects.filter(pk=person_id, erased_at=None).first() if person_id else None
    if person is None:
        raise Http404
    return person


def _page(request: HttpRequest, key: str, person: Person) -> HttpResponse:
    frequency = queries.frequency_of(person.pk)
    context = {
        "key": key,
        "person": person,
        "is_off": queries.has_turned_reminders_off(person.pk),
        "follows": [(row.pk, words_of(row)) for row in queries.followed_by(person.pk)],
        "frequency": frequency,
        "form": FrequencyForm(initial={"frequency": frequency.value}),
    }
    return render(request, "notifications/reminder_choice.html", context)


# Mail programs post here for their reader, without a cookie (RFC 8058). The key is the proof.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def reminder_choice(request: HttpRequest, key: str) -> HttpResponse:
    """Show what somebody hears and how; a POST turns reminders off, a GET changes nothing."""
    person = _reader(key)
    if request.method == "POST" and not is_switch(request):
        services.turn_reminders(actor=BEARER, person_id=person.pk, wanted=False)
    return _page(request, key, person)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def news_off(request: HttpRequest, key: str) -> HttpResponse:
    """End news of new meetings by one POST, as above; reminders of own seats go on."""
    person = _reader(key)
    if request.method == "POST" and not is_switch(request):
        services.set_frequency(actor=BEARER, person_id=person.pk, frequency=Frequency.NONE)
    return _page(request, key, person)


@never_cache
@require_POST
def reminder_resume(request: HttpRequest, key: str) -> HttpResponse:
    """Turn reminders on again."""
    services.turn_reminders(actor=BEARER, person_id=_reader(key).pk, wanted=True)
    return redirect("notifications:reminders", key)


@never_cache
@require_POST
def frequency_choose(request: HttpRequest, key: str) -> HttpResponse:
    """Say how often to hear of new meetings."""
    person, form = _reader(key), FrequencyForm(request.POST)
    if form.is_valid():
        chosen = Frequency(form.cleaned_data["frequency"])
        services.set_frequency(actor=BEARER, person_id=person.pk, frequency=chosen)
        messages.success(request, _("Saved."))
    return redirect("notifications:reminders", key)


@never_cache
@require_POST
def follow_remove(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """End one follow."""
    services.unfollow(actor=BEARER, person_id=_reader(key).pk, follow_id=pk)
    messages.success(request, _("You do not follow this any more."))
    return redirect("notifications:reminders", key)
