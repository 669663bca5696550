"""Addresses of what is done together: co-hosts, and people who help on a date."""

from django.urls import URLPattern, path

from miteinander.encounters.activities.views.together import co_hosts, offers, roles

together_patterns: list[URLPattern] = [
    path("plan/<int:pk>/together/", co_hosts.plan_edit_together, name="edit_together"),
    path("plan/together/<int:pk>/agree/", co_hosts.plan_agree, name="agree_together"),
    path("plan/together/<int:pk>/decline/", co_hosts.plan_decline, name="decline_together"),
    path("plan/together/<int:pk>/end/", co_hosts.plan_end_together, name="end_together"),
    path("plan/<int:pk>/roles/", roles.plan_edit_roles, name="edit_roles"),
    path("plan/dates/<int:pk>/helpers/", roles.date_helpers, name="helpers"),
    path("plan/helpers/<int:pk>/yes/", roles.role_confirm, name="confirm_role"),
    path("plan/helpers/<int:pk>/no/", roles.role_decline, name="decline_role"),
    path("<int:date_id>/help/", offers.activity_help, name="help"),
    path("helped/<str:shown>/", offers.activity_helped, name="helped"),
    path("helper/<slug:token>/", offers.activity_helper, name="helper"),
    path("helper/<slug:token>/withdraw/", offers.activity_withdraw, name="withdraw_role"),
]
