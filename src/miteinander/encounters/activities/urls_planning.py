"""Addresses of the planning side."""

from django.urls import URLPattern

planning_patterns: list[URLPattern] = []
