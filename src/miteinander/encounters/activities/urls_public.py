"""Addresses of the public side."""

from django.urls import URLPattern, path

from miteinander.encounters.activities.views import mine, public, seat, sign_up

public_patterns: list[URLPattern] = [
    path("", public.activity_list, name="list"),
    path("<int:date_id>/", public.activity_detail, name="detail"),
    path("<int:date_id>/sign-up/", sign_up.activity_sign_up, name="sign_up"),
    path("signed-up/<str:shown>/", sign_up.activity_signed_up, name="signed_up"),
    path("seat/<slug:token>/", seat.activity_seat, name="seat"),
    path("seat/<slug:token>/give-back/", seat.activity_give_back, name="give_back"),
    path(
        "seat/<slug:token>/give-back-all/", seat.activity_give_back_course, name="give_back_course"
    ),
    path("seat/<slug:token>/take/", seat.activity_take_offer, name="take_offer"),
    path("seat/<slug:token>/fewer/", seat.activity_bring_fewer, name="bring_fewer"),
    path("seat/<slug:token>/draw/", seat.activity_draw, name="draw"),
    path("mine/", mine.activity_mine, name="mine"),
]
