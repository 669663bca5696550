"""People: who they are, account or not."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from miteinander.foundation.audit import verbs
from miteinander.foundation.core.privacy import (
    RetentionRule,
    register_exporter,
    register_retention,
)
from miteinander.foundation.ui import navigation, slots

_APP = "miteinander.community.people"
_JOBS = f"{_APP}.jobs"


def _is_visitor(request: HttpRequest) -> bool:
    return not request.user.is_authenticated


def _is_signed_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated


class PeopleConfig(AppConfig):
    """People: who they are, account or not."""

    name = _APP
    label = "people"
    verbose_name = "people"

    def ready(self) -> None:
        """Load the rules and jobs of this app and tell the floors below what it has for them."""
        import_module(f"{_APP}.permissions")
        import_module(_JOBS)
        queries: Any = import_module(f"{_APP}.queries")
        register_exporter("person", queries.personal_data)
        for rule in _RETENTION:
            register_retention(rule)
        verbs.register_kinds({"person": _("Person")})
        verbs.register_all(_VERBS)
        for item in _NAVIGATION:
            navigation.register(item)
        page_parts: Any = import_module(f"{_APP}.page_parts")
        slots.register("coordination.links", page_parts.way_to_accounts)


_NAVIGATION = (
    navigation.NavItem(90, _("Sign in"), "account_login", "log-in", _is_visitor),
    navigation.NavItem(90, _("My profile"), "people:account", "circle-user", _is_signed_in),
)

_VERBS: dict[str, verbs.Sentence] = {
    "people.add_guest": _("wrote down a person"),
    "people.appoint": _("appointed an administrator"),
    "people.add_passkey": _("added a passkey"),
    "people.change": _("changed their profile"),
    "people.disable": _("switched off an account"),
    "people.change_address": _("changed their e-mail address"),
    "people.dismiss": _("ended that somebody is an administrator"),
    "people.enable": _("switched on an account again"),
    "people.end_sessions": _("signed out devices"),
    "people.erase": _("erased a person"),
    "people.export": _("exported the data of a person"),
    "people.note_mail_failure": _("noted that mail does not arrive"),
    "people.prove": _("proved an e-mail address for the first time"),
    "people.remove_passkey": _("removed a passkey"),
}

_RETENTION = (
    RetentionRule(
        key="people.unproven",
        label=_("An address that asked for a code and never used it:"),
        job=f"{_JOBS}.purge_unproven_people",
    ),
    RetentionRule(
        key="people.idle",
        label=_("Your name, contacts and profile, after you last signed in or took part:"),
        job=f"{_JOBS}.erase_idle_people",
    ),
    RetentionRule(
        key="sessions",
        label=_("That you are signed in on a device:"),
        job=f"{_JOBS}.clear_ended_sessions",
    ),
)
