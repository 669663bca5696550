"""Addresses around a course: grant, presence, leaving, materials, and the badge."""

from django.urls import path

from miteinander.cooperation.guides.views import badges, leaving, materials, subsidy

COURSE = "coordination/courses/<int:pk>/"
MODULE = "coordination/modules/<int:pk>/"
training_patterns = [
    path(COURSE + "grant/", subsidy.subsidy_detail, name="subsidy"),
    path(COURSE + "grant.pdf", subsidy.subsidy_pdf, name="subsidy_pdf"),
    path(COURSE + "grant.xlsx", subsidy.subsidy_xlsx, name="subsidy_xlsx"),
    path(COURSE + "presence/", subsidy.presence_print, name="presence"),
    path("trainees/<int:pk>/leave/", leaving.course_leave, name="leave_course"),
    path("certificates/<int:pk>/badge/", badges.badge_take, name="badge"),
    path("materials/<int:pk>/", materials.material_list, name="materials"),
    path("materials/<int:pk>/all.zip", materials.material_archive, name="materials_zip"),
    path("files/<int:pk>/", materials.material_file, name="material"),
    path("files/<int:pk>/delete/", materials.material_delete, name="material_delete"),
    path("questions/<int:pk>/delete/", materials.question_delete, name="question_delete"),
    path(MODULE + "file/", materials.material_add, name="material_add"),
    path(MODULE + "question/", materials.question_add, name="question_add"),
]
