"""Activities: occasions to meet."""

from importlib import import_module

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from miteinander.foundation.audit import verbs
from miteinander.foundation.ui import navigation


def _plans(request: HttpRequest) -> bool:
    planning = import_module("miteinander.encounters.activities.queries.planning")
    return bool(planning.plans_anything(request.user))


class ActivitiesConfig(AppConfig):
    """Activities: occasions to meet."""

    name = "miteinander.encounters.activities"
    label = "activities"
    verbose_name = "activities"

    def ready(self) -> None:
        """Take part in the navigation and in the words of the audit record."""
        import_module("miteinander.encounters.activities.permissions")
        navigation.register(
            navigation.NavItem(40, _("Plan"), "activities:plan", "calendar-plus", _plans)
        )
        verbs.register_all(
            {
                "activities.add_walk_in": _("added somebody at the door"),
                "activities.approve": _("approved a meeting"),
                "activities.ask_back": _("asked a question about a meeting"),
                "activities.cancel_date": _("cancelled a date"),
                "activities.change": _("changed the facts of a meeting"),
                "activities.create": _("began a meeting"),
                "activities.hide": _("hid a meeting"),
                "activities.mark": _("marked who came"),
                "activities.open_contact": _("looked up how to reach somebody"),
                "activities.publish": _("published a meeting"),
                "activities.request_approval": _("asked for approval of a meeting"),
                "activities.set_dates": _("changed dates or place of a meeting"),
                "activities.set_seats": _("changed the number of seats"),
                "activities.show": _("showed a meeting again"),
                "activities.write": _("changed the text of a meeting"),
                "activities.write_version": _("wrote a text in another language"),
            }
        )
