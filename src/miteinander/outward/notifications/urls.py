"""Addresses under /messages/."""

from django.urls import path

from miteinander.outward.notifications.views import devices
from miteinander.outward.notifications.views import words as views

app_name = "notifications"
urlpatterns = [
    path("dates/<int:pk>/", views.words_write, name="write"),
    path("reminders/<str:key>/", views.reminder_choice, name="reminders"),
    path("reminders/<str:key>/on/", views.reminder_resume, name="resume"),
    path("devices/", devices.device_list, name="devices"),
    path("devices/add/", devices.push_subscribe, name="push_subscribe"),
    path("devices/<int:pk>/remove/", devices.push_unsubscribe, name="push_unsubscribe"),
]
