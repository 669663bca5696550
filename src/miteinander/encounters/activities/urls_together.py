"""Addresses of what is done together: co-hosts, and people who help on a date."""

from django.urls import URLPattern, path

from miteinander.encounters.activities.views.together import co_hosts

together_patterns: list[URLPattern] = [
    path("plan/<int:pk>/together/", co_hosts.plan_edit_together, name="edit_together"),
    path("plan/together/<int:pk>/agree/", co_hosts.plan_agree, name="agree_together"),
    path("plan/together/<int:pk>/decline/", co_hosts.plan_decline, name="decline_together"),
    path("plan/together/<int:pk>/end/", co_hosts.plan_end_together, name="end_together"),
]
