"""Addresses of closing the sign-up of a date."""

from django.urls import URLPattern, path

from miteinander.encounters.activities.views import closing

closing_patterns: list[URLPattern] = [
    path("plan/dates/<int:pk>/close/", closing.date_close_sign_up, name="close_sign_up"),
    path("plan/dates/<int:pk>/open/", closing.date_open_sign_up, name="open_sign_up"),
]
