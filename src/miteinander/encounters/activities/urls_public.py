"""Addresses of the public side."""

from django.urls import URLPattern

public_patterns: list[URLPattern] = []
