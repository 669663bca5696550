"""The pages a person has about themselves: profile, languages, devices, data, closing."""

from allauth.account.adapter import get_adapter
from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from miteinander.community.people import services
from miteinander.community.people.agents import described
from miteinander.community.people.forms import ProfileForm, SpokenLanguageForm
from miteinander.community.people.queries import devices, export_of, passkeys, spoken_by
from miteinander.community.people.sign_in import signed_in_person
from miteinander.foundation.ui.forms import bound


@login_required
@require_GET
def account_overview(request: HttpRequest) -> HttpResponse:
    person = signed_in_person(request)
    context = {
        "person": person,
        "spoken": spoken_by(person),
        "passkey_count": len(passkeys(actor=person)),
    }
    return render(request, "people/account.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def profile_edit(request: HttpRequest) -> HttpResponse:
    person = signed_in_person(request)
    known = {field: getattr(person, field) or "" for field in ProfileForm.base_fields}
    form = bound(ProfileForm, request, initial=known)
    following = get_next_redirect_url(request) or ""
    if form.is_bound and form.is_valid():
        try:
            services.change_profile(
                actor=person, person_id=person.pk, profile=services.Profile(**form.cleaned_data)
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Your profile is saved."))
            return redirect(following or "people:account")
    context = {"form": form, "next": following, "is_new": not person.name}
    return render(request, "people/profile.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def language_list(request: HttpRequest) -> HttpResponse:
    person = signed_in_person(request)
    if "remove" in request.POST:
        services.remove_spoken_language(
            actor=person, person_id=person.pk, language=request.POST["remove"]
        )
        return redirect("people:languages")
    form = bound(SpokenLanguageForm, request)
    if form.is_bound and form.is_valid():
        services.add_spoken_language(actor=person, person_id=person.pk, **form.cleaned_data)
        return redirect("people:languages")
    return render(request, "people/languages.html", {"form": form, "spoken": spoken_by(person)})


@login_required
@require_GET
def device_list(request: HttpRequest) -> HttpResponse:
    current = request.session.session_key or ""
    rows = [
        {"device": device, "label": described(device.agent)}
        for device in devices(actor=signed_in_person(request), current=current)
    ]
    return render(request, "people/devices.html", {"rows": rows, "has_others": len(rows) > 1})


@login_required
@require_POST
def device_end(request: HttpRequest, device_id: int) -> HttpResponse:
    person = signed_in_person(request)
    services.end_session(actor=person, person_id=person.pk, session_id=device_id)
    return redirect("people:devices")


@login_required
@require_POST
def device_end_others(request: HttpRequest) -> HttpResponse:
    person, current = signed_in_person(request), request.session.session_key or ""
    services.end_sessions(actor=person, person_id=person.pk, keep=current)
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("people:devices")


@login_required
@require_GET
def data_download(request: HttpRequest) -> HttpResponse:
    person = signed_in_person(request)
    text = export_of(actor=person, person=person)
    headers = {"Content-Disposition": 'attachment; filename="my-data.json"'}
    return HttpResponse(text, content_type="application/json", headers=headers)


@login_required
@require_http_methods(["GET", "POST"])
def account_close(request: HttpRequest) -> HttpResponse:
    person, problem = signed_in_person(request), ""
    if request.method == "POST":
        try:
            services.erase_person(actor=person, person_id=person.pk)
        except ValidationError as error:
            problem = error.messages[0]
        else:
            get_adapter().logout(request)
            return redirect("people:closed")
    return render(request, "people/close.html", {"form": None, "problem": problem})


@require_GET
def account_closed(request: HttpRequest) -> HttpResponse:
    return render(request, "people/closed.html")
