"""Addresses at the door: a desk without network, and codes to show or to scan."""

from django.urls import URLPattern, path

from miteinander.encounters.activities.views import arrival, desk

door_patterns: list[URLPattern] = [
    path("door/<int:pk>/sync/", desk.front_desk_sync, name="desk_sync"),
    path("door/<int:pk>/worker.js", desk.front_desk_worker, name="desk_worker"),
    path("door/<int:pk>/room-code/", desk.front_desk_room, name="room_screen"),
    path("check-in/<str:code>/", arrival.seat_check_in, name="check_in"),
    path("room/<str:code>/", arrival.room_scan, name="room"),
    path("here/<int:date_id>/", arrival.room_arrive, name="arrive"),
]
