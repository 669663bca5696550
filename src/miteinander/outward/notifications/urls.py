"""Addresses under /messages/."""

from django.urls import path

from miteinander.outward.notifications.views import devices, poll_mails
from miteinander.outward.notifications.views import words as views

app_name = "notifications"
urlpatterns = [
    path("dates/<int:pk>/", views.words_write, name="write"),
    path("reminders/<str:key>/", views.reminder_choice, name="reminders"),
    path("questions/<str:key>/", poll_mails.poll_mails_choice, name="poll_mails"),
    path("questions/<str:key>/on/", poll_mails.poll_mails_resume, name="poll_mails_on"),
    path("reminders/<str:key>/on/", views.reminder_resume, name="resume"),
    path("devices/", devices.device_list, name="devices"),
    path("devices/add/", devices.push_subscribe, name="push_subscribe"),
    path("devices/<int:pk>/remove/", devices.push_unsubscribe, name="push_unsubscribe"),
]
