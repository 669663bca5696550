"""Addresses of series, copies and templates."""

from django.urls import URLPattern, path

from miteinander.encounters.activities.views import copying, series

series_patterns: list[URLPattern] = [
    path("plan/<int:pk>/dates/series/", series.plan_series, name="series"),
    path("plan/<int:pk>/copy/", copying.plan_copy, name="copy"),
    path("plan/<int:pk>/template/", copying.plan_keep_template, name="keep_template"),
]
