"""Addresses of the feedback after a date, and of the picture it goes into."""

from django.urls import URLPattern, path

from miteinander.encounters.activities.views import feedback, picture

feedback_patterns: list[URLPattern] = [
    path("feedback/<int:date_id>/<slug:token>/", feedback.activity_feedback, name="feedback"),
    path(
        "feedback/<int:date_id>/<slug:token>/words/",
        feedback.activity_feedback_words,
        name="feedback_words",
    ),
    path("plan/<int:pk>/feedback/", feedback.plan_feedback, name="feedback_results"),
    path("picture/", picture.picture_page, name="picture"),
    path("picture/table.csv", picture.picture_csv, name="picture_csv"),
    path("picture/table.xlsx", picture.picture_xlsx, name="picture_xlsx"),
]
