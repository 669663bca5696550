"""Addresses that have no language: feeds by secret key."""

from django.urls import URLPattern

app_name = "keyed"
urlpatterns: list[URLPattern] = []
