"""Addresses of date polls."""

from django.urls import URLPattern, path

from miteinander.encounters.activities.views import poll_planning, polls

poll_patterns: list[URLPattern] = [
    path("polls/<slug:token>/", polls.poll_page, name="poll"),
    path("polls/<slug:token>/thanks/", polls.poll_thanks, name="poll_thanks"),
    path("polls/mine/<slug:token>/", polls.poll_mine, name="poll_mine"),
    path("polls/mine/<slug:token>/seat/", polls.poll_take_seat, name="poll_take_seat"),
    path("plan/<int:pk>/poll/", poll_planning.plan_poll, name="plan_poll"),
    path("plan/<int:pk>/poll/new/", poll_planning.plan_propose, name="propose"),
    path("plan/polls/<int:pk>/choose/", poll_planning.poll_decide, name="decide_poll"),
    path("plan/polls/<int:pk>/ask/", poll_planning.poll_ask, name="ask_people"),
    path("plan/polls/<int:pk>/stop/", poll_planning.poll_stop, name="stop_poll"),
]
