"""Addresses around a course: figures for the grant, who was there, leaving it, and the badge."""

from django.urls import path

from miteinander.cooperation.guides.views import badges, leaving, subsidy

COURSE = "coordination/courses/<int:pk>/"
training_patterns = [
    path(COURSE + "grant/", subsidy.subsidy_detail, name="subsidy"),
    path(COURSE + "grant.pdf", subsidy.subsidy_pdf, name="subsidy_pdf"),
    path(COURSE + "grant.xlsx", subsidy.subsidy_xlsx, name="subsidy_xlsx"),
    path(COURSE + "presence/", subsidy.presence_print, name="presence"),
    path("trainees/<int:pk>/leave/", leaving.course_leave, name="leave_course"),
    path("certificates/<int:pk>/badge/", badges.badge_take, name="badge"),
]
