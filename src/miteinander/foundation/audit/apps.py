"""The audit record: who did what."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit record: who did what."""

    name = "miteinander.foundation.audit"
    label = "audit"
    verbose_name = "audit"
