"""Addresses of standing offers, where people just come."""

from django.urls import URLPattern, path

from miteinander.encounters.activities.views import standing

standing_patterns: list[URLPattern] = [
    path("open-doors/", standing.standing_list, name="standing"),
    path("open-doors/<int:pk>/", standing.standing_detail, name="standing_detail"),
    path("plan/<int:pk>/opening/", standing.plan_edit_opening, name="edit_opening"),
]
