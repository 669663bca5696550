"""Tandems: people get to know each other, and both give."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from miteinander.foundation.audit import verbs
from miteinander.foundation.core.privacy import (
    RetentionRule,
    register_exporter,
    register_retention,
)
from miteinander.foundation.ui import slots

HERE = "miteinander.cooperation.tandems"


class TandemsConfig(AppConfig):
    """Tandems: people get to know each other, and both give."""

    name = HERE
    label = "tandems"
    verbose_name = "tandems"

    def ready(self) -> None:
        """Take part in the bus, the schedule, the pages of others, and the privacy notice."""
        for module in ("permissions", "handlers", "jobs"):
            import_module(f"{HERE}.{module}")
        page_parts = import_module(f"{HERE}.page_parts")
        slots.register("coordination.links", page_parts.overview_link)
        slots.register("person", page_parts.of_person)
        exports = import_module(f"{HERE}.exports")
        register_exporter("tandems", exports.export_person)
        import_module("miteinander.community.people.queries").register_trace(exports.heard_of)
        self._join_privacy()
        self._describe_acts()

    def _join_privacy(self) -> None:
        register_retention(
            RetentionRule(
                key="tandems.seekers",
                label=_("Your answers for a tandem, after the last change:"),
                job=f"{HERE}.jobs.forget_old_seekers",
            )
        )
        register_retention(
            RetentionRule(
                key="tandems.tandems",
                label=_("With whom you were brought together, after the end (then only numbers):"),
                job=f"{HERE}.jobs.reduce_old_tandems",
            )
        )

    def _describe_acts(self) -> None:
        verbs.register_kinds(
            {
                "seeker": _("Person who wants a tandem"),
                "tandem": _("Tandem"),
                "matchingrun": _("Matching"),
            }
        )
        verbs.register_all(
            {
                "tandems.begin": _("began the questions for a tandem"),
                "tandems.finish": _("answered the questions for a tandem"),
                "tandems.note_talk": _("noted a talk before a tandem"),
                "tandems.take_break": _("took a break from waiting for a tandem"),
                "tandems.go_on": _("waits for a tandem again"),
                "tandems.leave": _("does not want a tandem any more"),
                "tandems.open_contact": _("looked up how to reach somebody who wants a tandem"),
                "tandems.match": _("began a matching"),
                "tandems.drop_suggestion": _("took a suggestion off the list"),
                "tandems.propose": _("asked people whether they want to meet"),
                "tandems.answer": _("answered whether to meet"),
                "tandems.lapse": _("got no answer about a tandem in time"),
                "tandems.change_date": _("proposed a time for a tandem"),
                "tandems.accept_date": _("said yes to a time for a tandem"),
                "tandems.write": _("wrote to the others of a tandem"),
                "tandems.pause": _("began or ended a break of a tandem"),
                "tandems.end": _("ended a tandem"),
                "tandems.report": _("called for help in a tandem"),
                "tandems.settle_report": _("talked about a call for help"),
                "tandems.answer_check": _("said how a tandem goes"),
                "tandems.settle_check": _("talked with somebody who was stuck"),
            }
        )
