"""Notifications: mail to people."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Notifications: mail to people."""

    name = "miteinander.outward.notifications"
    label = "notifications"
    verbose_name = "notifications"
