"""Addresses of the planning side."""

from django.urls import URLPattern, path

from miteinander.encounters.activities.views import (
    asked,
    behalf,
    dates,
    front_desk,
    giving,
    planning,
    tasks,
    versions,
)

planning_patterns: list[URLPattern] = [
    path("plan/", planning.plan_list, name="plan"),
    path("plan/new/", planning.plan_create, name="create"),
    path("plan/<int:pk>/", planning.plan_tasks, name="tasks"),
    path("plan/<int:pk>/words/", tasks.plan_edit_words, name="edit_words"),
    path("plan/<int:pk>/dates/", dates.plan_edit_dates, name="edit_dates"),
    path("plan/<int:pk>/audience/", tasks.plan_edit_audience, name="edit_audience"),
    path("plan/<int:pk>/languages/", tasks.plan_edit_languages, name="edit_languages"),
    path("plan/<int:pk>/access/", tasks.plan_edit_access, name="edit_access"),
    path("plan/<int:pk>/contact/", tasks.plan_edit_contact, name="edit_contact"),
    path("plan/<int:pk>/seats/", tasks.plan_edit_seats, name="edit_seats"),
    path("plan/<int:pk>/giving/", giving.plan_edit_giving, name="edit_giving"),
    path("plan/<int:pk>/preview/", planning.plan_preview, name="preview"),
    path("plan/<int:pk>/publish/", planning.plan_publish, name="publish"),
    path("plan/<int:pk>/approve/", planning.plan_approve, name="approve"),
    path("plan/<int:pk>/ask-back/", planning.plan_ask_back, name="ask_back"),
    path("plan/<int:pk>/discard/", planning.plan_discard, name="discard"),
    path("plan/<int:pk>/hide/", planning.plan_hide, name="hide"),
    path("plan/<int:pk>/show/", planning.plan_show, name="show"),
    path("plan/<int:pk>/versions/", versions.version_list, name="versions"),
    path("plan/<int:pk>/versions/<slug:language>/", versions.version_edit, name="version"),
    path("plan/dates/<int:pk>/cancel/", dates.plan_cancel_date, name="cancel_date"),
    path("plan/dates/<int:pk>/people/", asked.date_asked, name="asked"),
    path("plan/dates/<int:pk>/sign-up/", behalf.date_sign_up_behalf, name="sign_up_behalf"),
    path("plan/people/<int:pk>/yes/", asked.date_approve, name="approve_request"),
    path("plan/people/<int:pk>/no/", asked.date_refuse, name="refuse_request"),
    path("plan/people/<int:pk>/offer/", asked.date_offer, name="offer_seat"),
    path("plan/people/<int:pk>/accept/", asked.date_accept, name="accept_behalf"),
    path("plan/people/<int:pk>/give-back/", asked.date_give_back, name="give_back_behalf"),
    path("door/<int:pk>/", front_desk.front_desk, name="front_desk"),
    path("door/<int:pk>/new/", front_desk.front_desk_walk_in, name="walk_in"),
    path("door/people/<int:pk>/mark/", front_desk.front_desk_mark, name="mark"),
    path("door/people/<int:pk>/contact/", front_desk.front_desk_contact, name="contact"),
]
