"""Organisations: who takes part as an organisation."""

from importlib import import_module

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from miteinander.foundation.audit import verbs
from miteinander.foundation.core.permissions import can
from miteinander.foundation.core.privacy import (
    RetentionRule,
    register_exporter,
    register_retention,
)
from miteinander.foundation.ui import navigation


def _coordinates(request: HttpRequest) -> bool:
    return can(request.user, "organisations.coordination")


class OrganisationsConfig(AppConfig):
    """Organisations: who takes part as an organisation."""

    name = "miteinander.community.organisations"
    label = "organisations"
    verbose_name = "organisations"

    def ready(self) -> None:
        """Take part in the bus, the schedule, the navigation, the record and the privacy notice."""
        import_module("miteinander.community.organisations.permissions")
        import_module("miteinander.community.organisations.handlers")
        import_module("miteinander.community.organisations.jobs")
        exports = import_module("miteinander.community.organisations.exports")
        register_exporter("organisations", exports.export_person)
        register_retention(
            RetentionRule(
                key="organisations.invitations",
                label=_("Invitations to act for an organisation:"),
                job="miteinander.community.organisations.jobs.forget_old_invitations",
            )
        )
        navigation.register(
            navigation.NavItem(
                order=50,
                label=_("Coordination"),
                url_name="organisations:coordination",
                icon="shield-check",
                shown=_coordinates,
            )
        )
        verbs.register_all(
            {
                "organisations.accept_invitation": _("accepted an invitation"),
                "organisations.add_member": _("added a member"),
                "organisations.change": _("changed the facts of an organisation"),
                "organisations.change_role": _("changed the role of a member"),
                "organisations.describe": _("changed the text about an organisation"),
                "organisations.enter": _("entered an organisation"),
                "organisations.grant_role": _("let somebody coordinate"),
                "organisations.hide": _("hid an organisation"),
                "organisations.invite": _("invited an organisation"),
                "organisations.invite_member": _("invited a member"),
                "organisations.remove_member": _("removed a member"),
                "organisations.revoke_role": _("ended the role of a coordinator"),
                "organisations.show": _("showed an organisation again"),
                "organisations.trust": _("let an organisation publish without approval"),
                "organisations.withdraw_invitation": _("withdrew an invitation"),
            }
        )
