"""Addresses that have no language: feeds by secret key."""

from django.urls import path

from miteinander.outward.exchange.views import mine

app_name = "keyed"
urlpatterns = [
    path("my-calendar/<slug:token>.ics", mine.personal_feed, name="personal_feed"),
]
