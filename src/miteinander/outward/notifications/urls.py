"""Addresses under /messages/."""

from django.urls import path

from miteinander.outward.notifications.views import devices, following, poll_mails, wishes, words

app_name = "notifications"
urlpatterns = [
    path("dates/<int:pk>/", words.words_write, name="write"),
    path("follow/", following.follow_create, name="follow"),
    path("follow/asked/", following.follow_asked, name="follow_asked"),
    path("follow/<str:key>/", following.follow_confirm, name="confirm_follow"),
    path("reminders/<str:key>/", wishes.reminder_choice, name="reminders"),
    path("reminders/<str:key>/on/", wishes.reminder_resume, name="resume"),
    path("reminders/<str:key>/news-off/", wishes.news_off, name="news_off"),
    path("reminders/<str:key>/how-often/", wishes.frequency_choose, name="frequency"),
    path("reminders/<str:key>/follow/<int:pk>/remove/", wishes.follow_remove, name="unfollow"),
    path("questions/<str:key>/", poll_mails.poll_mails_choice, name="poll_mails"),
    path("questions/<str:key>/on/", poll_mails.poll_mails_resume, name="poll_mails_on"),
    path("devices/", devices.device_list, name="devices"),
    path("devices/add/", devices.push_subscribe, name="push_subscribe"),
    path("devices/<int:pk>/remove/", devices.push_unsubscribe, name="push_unsubscribe"),
]
