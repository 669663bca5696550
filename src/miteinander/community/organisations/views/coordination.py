"""Screens for coordinators and administrators."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from miteinander.community.organisations import queries, services
from miteinander.community.organisations.forms import (
    GrantRoleForm,
    InviteOrganisationForm,
    Scope,
    refuse,
)
from miteinander.community.organisations.models import CoordinatorRole
from miteinander.foundation.core.pagination import page_of
from miteinander.foundation.core.permissions import can
from miteinander.foundation.ui import forms as ui_forms


def _only(request: HttpRequest, rule: str) -> None:
    if not can(request.user, rule):
        raise Http404


@require_GET
def coordination_overview(request: HttpRequest) -> HttpResponse:
    _only(request, "organisations.coordination")
    context = {
        "counts": queries.organisation_counts(actor=request.user),
        "links": page_of(queries.coordinated_organisations(actor=request.user), request.GET),
        "may_invite": can(request.user, "organisations.invite_anywhere"),
        "may_grant": can(request.user, "organisations.grant_roles"),
        "may_read_record": can(request.user, "audit.read"),
    }
    return render(request, "organisations/coordination_overview.html", context)


@require_http_methods(["GET", "POST"])
def organisation_invite(request: HttpRequest) -> HttpResponse:
    _only(request, "organisations.invite_anywhere")
    form = ui_forms.bound(
        InviteOrganisationForm,
        request,
        regions=queries.regions_to_invite_in(actor=request.user),
        initial={"language": get_language()},
    )
    if request.method == "POST" and not ui_forms.is_switch(request) and form.is_valid():
        data = form.cleaned_data
        try:
            services.invite_organisation(
                actor=request.user,
                facts=form.facts(),
                email=data["email"],
                language=data["language"],
            )
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The invitation is on its way by mail."))
            return redirect("organisations:coordination")
    return render(request, "organisations/organisation_invite.html", {"form": form})


def _set_sight(request: HttpRequest, slug: str, service: Any, done: str) -> HttpResponse:
    _only(request, "organisations.coordination")
    mine = queries.coordinated_organisations(actor=request.user)
    organisation = get_object_or_404(mine, slug=slug)
    try:
        service(actor=request.user, organisation_id=organisation.pk)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, done % {"organisation": organisation.name})
    return redirect("organisations:coordination")


@require_POST
def organisation_hide(request: HttpRequest, slug: str) -> HttpResponse:
    done = _("%(organisation)s is hidden now. Its meetings are hidden, too.")
    return _set_sight(request, slug, services.hide_organisation, done)


@require_POST
def organisation_show(request: HttpRequest, slug: str) -> HttpResponse:
    done = _("%(organisation)s can be seen again.")
    return _set_sight(request, slug, services.show_organisation, done)


@require_http_methods(["GET", "POST"])
def role_list(request: HttpRequest) -> HttpResponse:
    _only(request, "organisations.grant_roles")
    form = ui_forms.bound(GrantRoleForm, request)
    if request.method == "POST" and not ui_forms.is_switch(request) and form.is_valid():
        try:
            _grant(request, form.cleaned_data)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The role was given."))
            return redirect("organisations:roles")
    context = {
        "form": form,
        "roles": queries.roles(),
        "administrators": queries.administrators(),
    }
    return render(request, "organisations/role_list.html", context)


def _grant(request: HttpRequest, data: dict[str, Any]) -> None:
    scope, email = data["scope"], data["email"]
    if scope == Scope.ADMINISTRATOR:
        services.make_administrator(actor=request.user, email=email)
        return
    services.grant_role(
        actor=request.user,
        email=email,
        region=data["region"] if scope == Scope.REGION else None,
        organisation=data["organisation"] if scope == Scope.ORGANISATION else None,
    )


@require_POST
def role_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    _only(request, "organisations.grant_roles")
    role = get_object_or_404(CoordinatorRole, pk=pk)
    services.revoke_role(actor=request.user, role_id=role.pk)
    messages.success(request, _("The role was taken back."))
    return redirect("organisations:roles")


@require_POST
def administrator_dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    _only(request, "organisations.grant_roles")
    person = get_object_or_404(queries.administrators(), pk=pk)
    try:
        services.unmake_administrator(actor=request.user, person_id=person.pk)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("The role was taken back."))
    if person.pk == request.user.pk:
        return redirect("organisations:list")
    return redirect("organisations:roles")
