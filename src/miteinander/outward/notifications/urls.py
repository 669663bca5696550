"""Addresses under /messages/."""

from django.urls import path

from miteinander.outward.notifications import views

app_name = "notifications"
urlpatterns = [
    path("dates/<int:pk>/", views.words_write, name="write"),
    path("reminders/<str:key>/", views.reminder_choice, name="reminders"),
    path("reminders/<str:key>/on/", views.reminder_resume, name="resume"),
]
