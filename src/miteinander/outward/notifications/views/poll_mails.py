"""Whether organisers may ask somebody by mail which date suits."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from miteinander.community.people.models import Person
from miteinander.foundation.core.permissions import SystemActor
from miteinander.foundation.ui.forms import is_switch
from miteinander.outward.notifications import queries, services

BEARER = SystemActor("mail link")


def _reader(key: str) -> int:
    person_id = queries.person_of_poll_key(key)
    if person_id is None or not Person.objects.filter(pk=person_id, erased_at=None).exists():
        raise Http404
    return person_id


# Mail programs post here for their reader, without a cookie (RFC 8058). The key is the proof.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def poll_mails_choice(request: HttpRequest, key: str) -> HttpResponse:
    """Show whether such mails come; a POST turns them off, a GET changes nothing."""
    person_id = _reader(key)
    if request.method == "POST" and not is_switch(request):
        services.turn_poll_mails(actor=BEARER, person_id=person_id, wanted=False)
    context = {"key": key, "is_off": queries.has_turned_poll_mails_off(person_id)}
    return render(request, "notifications/poll_mails_choice.html", context)


@never_cache
@require_POST
def poll_mails_resume(request: HttpRequest, key: str) -> HttpResponse:
    """Turn these mails on again."""
    services.turn_poll_mails(actor=BEARER, person_id=_reader(key), wanted=True)
    return redirect("notifications:poll_mails", key)
