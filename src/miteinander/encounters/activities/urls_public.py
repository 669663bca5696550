"""Addresses of the public side."""

from django.urls import URLPattern, path

from miteinander.encounters.activities.views import mine, public, sign_up

public_patterns: list[URLPattern] = [
    path("", public.activity_list, name="list"),
    path("<int:date_id>/", public.activity_detail, name="detail"),
    path("<int:date_id>/sign-up/", sign_up.activity_sign_up, name="sign_up"),
    path("signed-up/<str:shown>/", sign_up.activity_signed_up, name="signed_up"),
    path("seat/<slug:token>/", sign_up.activity_seat, name="seat"),
    path("seat/<slug:token>/give-back/", sign_up.activity_give_back, name="give_back"),
    path("mine/", mine.activity_mine, name="mine"),
]
