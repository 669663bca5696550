"""Trying the demo district as somebody; these addresses exist in demo mode only."""

from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from miteinander.web.demo import ROLES, demo_person
from miteinander.web.demo.stops import address_of, stops_of


@require_GET
def demo_page(request: HttpRequest) -> HttpResponse:
    roles = [(role, stops_of(role.slug, demo_person(role.slug))) for role in ROLES]
    return render(request, "web/demo.html", {"roles": roles})


@require_POST
def demo_enter(request: HttpRequest, role: str) -> HttpResponse:
    if role not in {known.slug for known in ROLES}:
        raise Http404
    logout(request)
    person = demo_person(role)
    if person is None and role != "visitor":
        raise Http404
    if person is not None:
        login(request, person, backend="allauth.account.auth_backends.AuthenticationBackend")
    stop = request.POST.get("stop", "")
    return redirect(address_of(role, stop, person) or "web:home")
