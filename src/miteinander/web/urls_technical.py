"""Addresses that have no language: health, metrics, the bare front door."""

from django.urls import path

from miteinander.web.views import technical as views

app_name = "technical"
urlpatterns = [
    path("", views.front_door, name="front_door"),
    path("healthz", views.alive, name="alive"),
    path("readyz", views.ready, name="ready"),
    path("metrics", views.metrics, name="metrics"),
    path("robots.txt", views.robots, name="robots"),
]
