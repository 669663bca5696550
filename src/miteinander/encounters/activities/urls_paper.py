"""Addresses of what is printed."""

from django.urls import URLPattern, path

from miteinander.encounters.activities.views import paper

paper_patterns: list[URLPattern] = [
    path("print/<int:pk>/", paper.print_choose, name="print"),
    path("print/<int:pk>/list/", paper.print_list, name="print_list"),
    path("print/<int:pk>/badges/", paper.print_badges, name="print_badges"),
    path("seat/<slug:token>/slip/", paper.print_slip, name="slip"),
]
