"""The audit record: who did what."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from miteinander.foundation.core.privacy import (
    RetentionRule,
    register_exporter,
    register_retention,
)


class AuditConfig(AppConfig):
    """The audit record: who did what."""

    name = "miteinander.foundation.audit"
    label = "audit"
    verbose_name = "audit"

    def ready(self) -> None:
        """Take part in the schedule, the privacy notice and the data people can take along."""
        import_module("miteinander.foundation.audit.permissions")
        import_module("miteinander.foundation.audit.jobs")
        queries = import_module("miteinander.foundation.audit.queries")
        register_exporter("record", queries.export_person)
        register_retention(
            RetentionRule(
                key="audit.entries",
                label=_("The record of who changed what:"),
                job="miteinander.foundation.audit.jobs.forget_old_entries",
            )
        )
