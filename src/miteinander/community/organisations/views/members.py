"""Screens for those who manage an organisation, and for those they invite."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from miteinander.community.organisations import queries, services
from miteinander.community.organisations.forms import (
    InviteMemberForm,
    MemberRoleForm,
    OrganisationForm,
    refuse,
)
from miteinander.community.organisations.models import Organisation
from miteinander.community.regions.models import Region
from miteinander.foundation.content.queries import original_of
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import can
from miteinander.foundation.ui import forms as ui_forms


def _managed(request: HttpRequest, slug: str) -> Organisation:
    organisation = get_object_or_404(queries.organisations(actor=request.user), slug=slug)
    if not can(request.user, "organisations.change", organisation):
        raise Http404
    return organisation


@require_http_methods(["GET", "POST"])
def organisation_edit(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = _managed(request, slug)
    form = _organisation_form(request, organisation)
    if request.method == "POST" and not ui_forms.is_switch(request) and form.is_valid():
        try:
            _save(request, organisation, form)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("organisations:detail", slug)
    context = {"organisation": organisation, "form": form}
    return render(request, "organisations/organisation_edit.html", context)


def _organisation_form(request: HttpRequest, organisation: Organisation) -> OrganisationForm:
    original = original_of(organisation)
    allowed = queries.regions_to_invite_in(actor=request.user)
    own = Region.objects.filter(pk=organisation.municipality_id)
    return ui_forms.bound(
        OrganisationForm,
        request,
        regions=Region.objects.filter(pk__in=allowed.values("pk")) | own,
        initial={
            "name": organisation.name,
            "kind": organisation.kind,
            "municipality": organisation.municipality_id,
            "website": organisation.website,
            "email": organisation.email,
            "phone": organisation.phone,
            "description": original.parts.get("description", "") if original else "",
            "language": original.language if original else get_language(),
        },
    )


def _save(request: HttpRequest, organisation: Organisation, form: OrganisationForm) -> None:
    services.change_organisation(
        actor=request.user, organisation_id=organisation.pk, facts=form.facts()
    )
    original = original_of(organisation)
    text = form.cleaned_data["description"]
    if text or original is not None:
        services.describe_organisation(
            actor=request.user,
            organisation_id=organisation.pk,
            language=form.cleaned_data["language"] or get_language() or "de",
            text=text,
        )


@require_http_methods(["GET", "POST"])
def organisation_members(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = _managed(request, slug)
    form = ui_forms.bound(InviteMemberForm, request, initial={"language": get_language()})
    if request.method == "POST" and not ui_forms.is_switch(request) and form.is_valid():
        try:
            services.invite_member(
                actor=request.user, organisation_id=organisation.pk, invitee=form.invitee()
            )
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The invitation is on its way by mail."))
            return redirect("organisations:members", slug)
    context = {
        "organisation": organisation,
        "form": form,
        "members": queries.members(organisation=organisation),
        "invitations": queries.open_invitations(clock.now()).filter(organisation=organisation),
    }
    return render(request, "organisations/organisation_members.html", context)


@require_POST
def member_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    organisation = _managed(request, slug)
    membership = get_object_or_404(organisation.memberships, pk=pk)
    try:
        services.remove_member(actor=request.user, membership_id=membership.pk)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("The person is no longer a member."))
    is_self = membership.person_id == request.user.pk
    return redirect("organisations:detail" if is_self else "organisations:members", slug)


@require_POST
def member_role(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    organisation = _managed(request, slug)
    membership = get_object_or_404(organisation.memberships, pk=pk)
    form = MemberRoleForm(request.POST)
    try:
        if form.is_valid():
            role = form.cleaned_data["role"]
            services.change_role(actor=request.user, membership_id=membership.pk, role=role)
            messages.success(request, _("The role was changed."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("organisations:members", slug)


@require_POST
def invitation_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    organisation = _managed(request, slug)
    invitation = get_object_or_404(organisation.invitations.filter(accepted_at=None), pk=pk)
    services.withdraw_invitation(actor=request.user, invitation_id=invitation.pk)
    messages.success(request, _("The invitation was withdrawn. The link no longer works."))
    return redirect("organisations:members", slug)


@never_cache
@require_http_methods(["GET", "POST"])
def invitation_detail(request: HttpRequest, token: str) -> HttpResponse:
    invitation = queries.invitation_by_token(token=token, now=clock.now())
    if invitation is None:
        return render(request, "organisations/invitation_gone.html", status=404)
    if request.method == "POST" and request.user.is_authenticated:
        try:
            services.accept_invitation(actor=request.user, token=token)
        except services.InvitationExpired:
            return render(request, "organisations/invitation_gone.html", status=404)
        messages.success(request, _("Welcome! You can now plan meetings."))
        return redirect("organisations:detail", invitation.organisation.slug)
    context = {"invitation": invitation, "organisation": invitation.organisation}
    return render(request, "organisations/invitation_detail.html", context)
