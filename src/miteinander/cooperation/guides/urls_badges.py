"""Addresses under ``/badges/``, without a language: programs that check a badge read them."""

from django.urls import path

from miteinander.cooperation.guides.views import badges

app_name = "badges"
urlpatterns = [
    path("did.json", badges.badge_keys_document, name="keys"),
    path("issuer.json", badges.badge_issuer, name="issuer"),
    path("status.jwt", badges.badge_status, name="status"),
]
