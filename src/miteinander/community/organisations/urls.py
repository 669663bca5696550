"""Addresses under ``/organisations/``. Words used here are reserved in ``slugs``."""

from django.urls import path

from miteinander.community.organisations.views import coordination, members, public

app_name = "organisations"
urlpatterns = [
    path("", public.organisation_list, name="list"),
    path("coordination/", coordination.coordination_overview, name="coordination"),
    path("invite/", coordination.organisation_invite, name="invite"),
    path("roles/", coordination.role_list, name="roles"),
    path("roles/<int:pk>/revoke/", coordination.role_revoke, name="revoke_role"),
    path(
        "roles/administrators/<int:pk>/dismiss/",
        coordination.administrator_dismiss,
        name="dismiss_administrator",
    ),
    path("invitation/<str:token>/", members.invitation_detail, name="invitation"),
    path("<slug:slug>/", public.organisation_detail, name="detail"),
    path("<slug:slug>/edit/", members.organisation_edit, name="edit"),
    path("<slug:slug>/hide/", coordination.organisation_hide, name="hide"),
    path("<slug:slug>/show/", coordination.organisation_show, name="show"),
    path("<slug:slug>/members/", members.organisation_members, name="members"),
    path("<slug:slug>/members/<int:pk>/remove/", members.member_remove, name="remove_member"),
    path("<slug:slug>/members/<int:pk>/role/", members.member_role, name="change_role"),
    path(
        "<slug:slug>/invitations/<int:pk>/withdraw/",
        members.invitation_withdraw,
        name="withdraw_invitation",
    ),
]
