"""Addresses around a course: figures for the grant and who was there."""

from django.urls import path

from miteinander.cooperation.guides.views import subsidy

COURSE = "coordination/courses/<int:pk>/"
training_patterns = [
    path(COURSE + "grant/", subsidy.subsidy_detail, name="subsidy"),
    path(COURSE + "grant.pdf", subsidy.subsidy_pdf, name="subsidy_pdf"),
    path(COURSE + "grant.xlsx", subsidy.subsidy_xlsx, name="subsidy_xlsx"),
    path(COURSE + "presence/", subsidy.presence_print, name="presence"),
]
