"""Trying the demo district as somebody; these addresses exist in demo mode only."""

from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from miteinander.web.demo import ROLES, demo_person


@require_GET
def demo_page(request: HttpRequest) -> HttpResponse:
    return render(request, "web/demo.html", {"roles": ROLES})


@require_POST
def demo_enter(request: HttpRequest, role: str) -> HttpResponse:
    if role not in {known.slug for known in ROLES}:
        raise Http404
    logout(request)
    if role == "visitor":
        return redirect("web:home")
    person = demo_person(role)
    if person is None:
        raise Http404
    login(request, person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return redirect("web:home")
