"""Guides: from interest to training and certificate."""

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

HERE = "miteinander.cooperation.guides"


class GuidesConfig(AppConfig):
    """Guides: from interest to training and certificate."""

    name = HERE
    label = "guides"
    verbose_name = "guides"

    def ready(self) -> None:
        """Take part in the bus, the schedule, the pages of others, and the privacy notice."""
        for module in (
            "permissions",
            "permissions_hours",
            "permissions_asking",
            "permissions_circle",
            "handlers",
            "jobs",
        ):
            import_module(f"{HERE}.{module}")
        page_parts = import_module(f"{HERE}.page_parts")
        slots.register("coordination.links", page_parts.overview_link)
        slots.register("person", page_parts.of_person)
        insiders = import_module("miteinander.encounters.activities.insiders")
        insiders.register(import_module(f"{HERE}.queries.circle").CIRCLE)
        exports = import_module(f"{HERE}.exports")
        register_exporter("guides", exports.export_person)
        import_module("miteinander.community.people.queries").register_trace(exports.heard_of)
        self._join_privacy()
        self._describe_acts()

    def _join_privacy(self) -> None:
        register_retention(
            RetentionRule(
                key="guides.interests",
                label=_("That you want to become a guide, after the last step:"),
                job=f"{HERE}.jobs.forget_old_interests",
            )
        )
        register_retention(
            RetentionRule(
                key="guides.trainees",
                label=_("Who took part in a course for guides, after its last date:"),
                job=f"{HERE}.jobs.forget_old_trainees",
            )
        )
        register_retention(
            RetentionRule(
                key="guides.certificates",
                label=_("Your certificate as a guide:"),
                job=f"{HERE}.jobs.forget_old_certificates",
            )
        )

        register_retention(
            RetentionRule(
                key="guides.hours",
                label=_("Your hours as a guide, after the day:"),
                job=f"{HERE}.jobs.forget_old_hours",
            )
        )
        register_retention(
            RetentionRule(
                key="guides.accounts",
                label=_("Your bank account as a guide, after you left:"),
                job=f"{HERE}.jobs.forget_old_accounts",
            )
        )
        register_retention(
            RetentionRule(
                key="guides.network",
                label=_("Your page as a guide, after you left:"),
                job=f"{HERE}.jobs.forget_old_guides",
            )
        )

        register_retention(
            RetentionRule(
                key="guides.contacts",
                label=_("How to reach who asked for a guide, after the end:"),
                job=f"{HERE}.jobs.forget_old_contacts",
            )
        )
        register_retention(
            RetentionRule(
                key="guides.requests",
                label=_("What was asked of guides, without names, after the end:"),
                job=f"{HERE}.jobs.forget_old_requests",
            )
        )

    def _describe_acts(self) -> None:
        verbs.register_kinds(
            {
                "interest": _("Interest in becoming a guide"),
                "curriculum": _("Modules of a course"),
                "module": _("Module"),
                "material": _("Material"),
                "question": _("Question"),
                "course": _("Course"),
                "session": _("Date of a module"),
                "trainee": _("Person in a course"),
                "certificate": _("Certificate"),
                "figure": _("Amount or limit"),
                "guide": _("Guide"),
                "guiderequest": _("Request for a guide"),
                "hours": _("Hours of a guide"),
                "ask": _("Question to a guide"),
                "payerrole": _("Role to pay guides"),
                "teambudget": _("Hours of a team for a year"),
                "assignment": _("Assignment of a guide"),
            }
        )
        verbs.register_all(
            {
                "guides.add_guide": _("took a guide into the network"),
                "guides.add_module": _("added a module"),
                "guides.ask_for_guide": _("asked for a guide"),
                "guides.end_request": _("recorded how a request for a guide ended"),
                "guides.open_request_contact": _("looked up how to reach who asks for a guide"),
                "guides.withdraw_request": _("took a request for a guide back"),
                "guides.add_material": _("added a file or link for a module"),
                "guides.add_question": _("added a question for a module"),
                "guides.change_guide": _("changed what a guide offers"),
                "guides.leave_network": _("let a guide leave the network"),
                "guides.note_documents": _("noted which papers of a guide were seen"),
                "guides.open_guide_contact": _("looked up how to reach a guide"),
                "guides.pause_guide": _("changed the pause of a guide"),
                "guides.change_module": _("changed a module"),
                "guides.change_session": _("said who trains on a date"),
                "guides.create_curriculum": _("made the modules of a course ready"),
                "guides.confirm_hours": _("confirmed hours of a guide"),
                "guides.correct_hours": _("corrected hours of a guide"),
                "guides.note_hours": _("noted hours of an assignment"),
                "guides.refuse_hours": _("did not count hours of a guide"),
                "guides.report_hours": _("reported time as a guide"),
                "guides.decide_interest": _("recorded what came of a talk"),
                "guides.delete_material": _("deleted a file or link of a module"),
                "guides.delete_module": _("deleted a module"),
                "guides.delete_question": _("deleted a question of a module"),
                "guides.enrol": _("took somebody into a course"),
                "guides.enter_figure": _("entered an amount or a limit"),
                "guides.express_interest": _("wants to become a guide"),
                "guides.invite_to_talk": _("invited somebody to a talk"),
                "guides.issue_certificate": _("issued a certificate"),
                "guides.leave_course": _("noted that somebody left a course"),
                "guides.make_up": _("let somebody make a module up"),
                "guides.open_contact": _("looked up how to reach somebody"),
                "guides.open_course": _("published a course"),
                "guides.print_presence": _("printed who was there in a course"),
                "guides.revoke_certificate": _("revoked a certificate"),
                "guides.show_name": _("changed whether a certificate shows the name"),
                "guides.answer_ask": _("answered whether to guide"),
                "guides.ask_guide": _("asked a guide"),
                "guides.call_for_talk": _("asked for a talk with a coordinator"),
                "guides.change_time": _("gave a request for a guide another time"),
                "guides.expire_ask": _("got no answer from a guide in time"),
                "guides.give_assignment_back": _("gave an assignment back"),
                "guides.delete_account": _("deleted the own bank account"),
                "guides.grant_payer": _("let somebody pay guides"),
                "guides.keep_account": _("entered the own bank account"),
                "guides.open_accounts": _("opened the bank accounts of guides"),
                "guides.revoke_payer": _("took the role to pay guides back"),
                "guides.set_budget": _("entered the hours of a team for a year"),
                "guides.note_talk": _("noted a talk with a guide"),
                "guides.open_assignment_contact": _("looked up whom to guide"),
                "guides.report_assignment": _("reported an assignment"),
                "guides.stop_asking": _("stopped asking guides"),
                "guides.want_other_guide": _("wished for another guide"),
                "guides.write_relayed": _("wrote through the site"),
                "guides.withdraw_interest": _("does not want to become a guide any more"),
            }
        )
