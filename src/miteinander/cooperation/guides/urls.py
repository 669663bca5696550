"""Addresses of this app."""

from django.urls import path

from miteinander.cooperation.guides.urls_asking import asking_patterns
from miteinander.cooperation.guides.urls_hours import hours_patterns
from miteinander.cooperation.guides.urls_network import network_patterns
from miteinander.cooperation.guides.urls_requests import request_patterns
from miteinander.cooperation.guides.urls_training import training_patterns
from miteinander.cooperation.guides.views import (
    checking,
    coordination,
    courses,
    interest,
    picture,
    trainees,
    training,
)

app_name = "guides"
C = "coordination/"
urlpatterns = [
    path("", interest.guide_become, name="become"),
    path("interest/", interest.interest_express, name="interest"),
    path("interest/noted/", interest.interest_noted, name="noted"),
    path("interest/<slug:token>/", interest.interest_mine, name="interest_mine"),
    path("interest/<slug:token>/withdraw/", interest.interest_withdraw, name="withdraw"),
    path("check/", checking.certificate_check, name="check"),
    path("check/<str:number>/", checking.certificate_checked, name="checked"),
    path("mine/", training.training_mine, name="mine"),
    path("certificates/<int:pk>/", training.certificate_paper, name="certificate"),
    path("certificates/<int:pk>/name/", training.certificate_show_name, name="show_name"),
    path("certificates/<int:pk>/revoke/", trainees.certificate_revoke, name="revoke"),
    path(C, coordination.guide_overview, name="overview"),
    path(C + "figures/", coordination.figure_list, name="figures"),
    path(C + "picture/", picture.guide_picture, name="picture"),
    path(C + "picture.xlsx", picture.guide_picture_xlsx, name="picture_xlsx"),
    path(C + "interested/", coordination.interest_list, name="interested"),
    path(C + "interested/<int:pk>/", coordination.interest_detail, name="interest_detail"),
    path(C + "interested/<int:pk>/decide/", coordination.interest_decide, name="decide"),
    path(C + "interested/<int:pk>/contact/", coordination.interest_contact, name="contact"),
    path(C + "curricula/", courses.curriculum_create, name="curriculum_create"),
    path(C + "curricula/<int:pk>/", courses.curriculum_detail, name="curriculum"),
    path(C + "curricula/<int:pk>/module/", courses.module_add, name="module_add"),
    path(C + "curricula/<int:pk>/course/", courses.course_create, name="course_create"),
    path(C + "modules/<int:pk>/", courses.module_edit, name="module_edit"),
    path(C + "modules/<int:pk>/delete/", courses.module_delete, name="module_delete"),
    path(C + "courses/<int:pk>/", courses.course_detail, name="course"),
    path(C + "courses/<int:pk>/enrol/", courses.course_enrol, name="enrol"),
    path(C + "sessions/<int:pk>/", courses.session_edit, name="session_edit"),
    path(C + "trainees/<int:pk>/", trainees.trainee_detail, name="trainee"),
    path(C + "trainees/<int:pk>/certificate/", trainees.certificate_issue, name="issue"),
    *training_patterns,
    *network_patterns,
    *request_patterns,
    *hours_patterns,
    *asking_patterns,
]
