"""Addresses of asking guides, and of what was agreed with them."""

from django.urls import path

from miteinander.cooperation.guides.views import asking, assignments, relay, request_desk, together

R, A = "coordination/requests/<int:pk>/", "assignments/"
asking_patterns = [
    path("asked/<slug:token>/", asking.asked, name="asked"),
    path("asked/<slug:token>/answer/", asking.answer, name="answer"),
    path("ask/<slug:token>/write/", relay.write_to_guide, name="write_to_guide"),
    path("ask/<slug:token>/other/", relay.other_guide, name="other_guide"),
    path("coordination/together/", together.assign_together, name="together"),
    path(R + "ask/", request_desk.request_ask_guide, name="ask_guide"),
    path(R + "again/", request_desk.request_again, name="request_again"),
    path(R + "stop/", request_desk.request_stop_asking, name="stop_asking"),
    path(R + "time/", request_desk.request_time, name="request_time"),
    path(A, assignments.assignment_list, name="assignments"),
    path(A + "<int:pk>/", assignments.assignment_detail, name="assignment"),
    path(A + "<int:pk>/contact/", assignments.assignment_contact, name="assignment_contact"),
    path(A + "<int:pk>/report/", assignments.assignment_report, name="report"),
    path(A + "<int:pk>/back/", assignments.assignment_give_back, name="give_assignment_back"),
    path(A + "<int:pk>/talk/", assignments.assignment_talk, name="call_for_talk"),
    path(A + "<int:pk>/talked/", assignments.assignment_talked, name="talked"),
    path(A + "<int:pk>/write/", relay.write_to_requester, name="write_to_requester"),
]
