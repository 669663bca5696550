"""Notes on devices: switching them on and off, the way of reminders, and the browser's part."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from miteinander.community.people.agents import described
from miteinander.community.people.sign_in import signed_in_person
from miteinander.foundation.ui.forms import bound, is_switch
from miteinander.outward.notifications import queries, services
from miteinander.outward.notifications.forms.devices import DeviceForm, ReminderWayForm
from miteinander.outward.notifications.push.keys import public_key

View = Callable[..., HttpResponse]


def only_with_push(view: View) -> View:
    """Leave no trace of the page where the operator did not switch notes on."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not settings.PUSH:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@only_with_push
@login_required
@require_http_methods(["GET", "POST"])
def device_list(request: HttpRequest) -> HttpResponse:
    """Show which devices get notes, and choose how reminders come."""
    person = signed_in_person(request)
    way = queries.reminder_way(person.pk) or "none"
    form = bound(ReminderWayForm, request, initial={"way": way})
    if request.method == "POST" and not is_switch(request) and form.is_valid():
        services.choose_reminder_way(actor=person, person_id=person.pk, way=form.chosen())
        messages.success(request, _("Your choice is saved."))
        return redirect("notifications:devices")
    rows = [
        {"device": device, "label": described(device.agent)}
        for device in queries.devices_of(actor=person, person=person)
    ]
    context = {
        "form": form,
        "rows": rows,
        "device_form": DeviceForm(auto_id="push-%s"),
        "public_key": public_key(),
    }
    return render(request, "notifications/devices.html", context)


@only_with_push
@login_required
@require_POST
def push_subscribe(request: HttpRequest) -> HttpResponse:
    """Switch notes on in the browser that asks."""
    person, form = signed_in_person(request), DeviceForm(request.POST)
    agent, key = request.headers.get("User-Agent", ""), request.session.session_key or ""
    form.is_valid()
    told = {name: form.cleaned_data.get(name, "") for name in form.fields}
    try:
        subscription = services.Subscription(**told, agent=agent, session_key=key)
        services.add_device(actor=person, person_id=person.pk, subscription=subscription)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("Notes come to this device from now on."))
    return redirect("notifications:devices")


@only_with_push
@login_required
@require_POST
def push_unsubscribe(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch notes off on one device."""
    person = signed_in_person(request)
    services.remove_device(actor=person, person_id=person.pk, device_id=pk)
    messages.success(request, _("No more notes come to this device."))
    return redirect("notifications:devices")


@only_with_push
@require_GET
def push_worker(request: HttpRequest) -> HttpResponse:
    """Return the browser's part: it shows notes and opens their page, and keeps nothing."""
    answer = render(request, "notifications/worker.js", content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    return answer
