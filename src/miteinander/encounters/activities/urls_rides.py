"""Addresses of rides to a date: by the date when signed in, else by the link of the seat."""

from django.urls import URLPattern, path

from miteinander.encounters.activities.views import rides

ride_patterns: list[URLPattern] = [
    path("plan/dates/<int:pk>/rides/", rides.date_rides, name="date_rides"),
    path("<int:date_id>/rides/", rides.ride_board, name="rides"),
    path("<int:date_id>/rides/<slug:kind>/", rides.ride_new, name="ride_new"),
    path("seat/<slug:token>/rides/", rides.seat_ride_board, name="seat_rides"),
    path("seat/<slug:token>/rides/<slug:kind>/", rides.seat_ride_new, name="seat_ride_new"),
    path("ride/<slug:token>/ask/<int:pk>/", rides.ride_ask, name="ride_ask"),
    path("ride/<slug:token>/answer/<int:pk>/", rides.ride_answer, name="ride_answer"),
    path("ride/<slug:token>/undo/<int:pk>/", rides.ride_undo, name="ride_undo"),
    path("ride/<slug:token>/contact/<int:pk>/", rides.ride_contact, name="ride_contact"),
    path("ride/<slug:token>/end/", rides.ride_end, name="ride_end"),
]
