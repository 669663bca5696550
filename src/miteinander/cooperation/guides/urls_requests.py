"""Addresses of requests for guides."""

from django.urls import path

from miteinander.cooperation.guides.views import request_desk, requests

R = "coordination/requests/"
request_patterns = [
    path("ask/", requests.request_ask, name="request"),
    path("ask/<slug:token>/", requests.request_mine, name="request_mine"),
    path("ask/<slug:token>/withdraw/", requests.request_withdraw, name="request_withdraw"),
    path(R, request_desk.request_list, name="requests"),
    path(R + "<int:pk>/", request_desk.request_detail, name="request_detail"),
    path(R + "<int:pk>/end/", request_desk.request_end, name="request_end"),
    path(R + "<int:pk>/contact/", request_desk.request_contact, name="request_contact"),
]
