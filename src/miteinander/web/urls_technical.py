"""Addresses that have no language: health, metrics, the bare front door."""

from django.urls import URLPattern

app_name = "technical"
urlpatterns: list[URLPattern] = []
