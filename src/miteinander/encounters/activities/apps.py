"""Activities: occasions to meet."""

from importlib import import_module

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

HERE = "miteinander.encounters.activities"
DOOR = ("front_desk", "walk_in", "mark", "contact", "signed_list", "print", "room_screen")
AT_THE_DOOR = frozenset(f"activities:{name}" for name in DOOR)


def _plans(request: HttpRequest) -> bool:
    planning = import_module("miteinander.encounters.activities.queries.planning")
    return bool(planning.plans_anything(request.user))


def _takes_part(request: HttpRequest) -> bool:
    """Coordinators reach their own meetings from their profile: a phone shows four entries."""
    if not request.user.is_authenticated:
        return False
    organisations = import_module("miteinander.community.organisations.permissions")
    return not organisations.is_coordinator(request.user)


class ActivitiesConfig(AppConfig):
    """Activities: occasions to meet."""

    name = "miteinander.encounters.activities"
    label = "activities"
    verbose_name = "activities"

    def ready(self) -> None:
        """Take part in the bus, the schedule, the pages of others, and the privacy notice."""
        for module in ("permissions", "handlers", "jobs"):
            import_module(f"{HERE}.{module}")
        self._join_pages()
        self._join_privacy()
        self._describe_acts()

    def _join_pages(self) -> None:
        page_parts = import_module(f"{HERE}.page_parts")
        slots.register("regions.detail", page_parts.dates_at_region)
        slots.register("organisations.detail", page_parts.dates_of_organisation)
        slots.register("regions.detail", page_parts.offers_at_region)
        slots.register("organisations.detail", page_parts.offers_of_organisation)
        coordination_parts = import_module(f"{HERE}.coordination_parts")
        slots.register("coordination.overview", coordination_parts.overview)
        ride_parts = import_module(f"{HERE}.ride_parts")
        slots.register("activities.detail.rides", ride_parts.public_counts)
        slots.register("activities.seat.rides", ride_parts.of_seat)
        slots.register("activities.date_actions", ride_parts.of_organiser)
        picture_parts = import_module(f"{HERE}.picture_parts")
        slots.register("coordination.links", picture_parts.overview_link)
        slots.register("planning.figures", picture_parts.link)
        navigation.register(
            navigation.NavItem(10, _("Meetings"), "activities:list", "calendar-days")
        )
        navigation.register(
            navigation.NavItem(
                20, _("My meetings"), "activities:mine", "calendar-check", _takes_part
            )
        )
        navigation.register(
            navigation.NavItem(
                40, _("Plan"), "activities:plan", "calendar-plus", _plans, also=AT_THE_DOOR
            )
        )

    def _join_privacy(self) -> None:
        exports = import_module(f"{HERE}.exports")
        register_exporter("activities", exports.export_person)
        import_module("miteinander.community.people.queries").register_trace(exports.heard_of)
        register_retention(
            RetentionRule(
                key="activities.participations",
                label=_("Who signed up for a meeting and who came:"),
                job=f"{HERE}.jobs.forget_old_participations",
            )
        )
        register_retention(
            RetentionRule(
                key="activities.desk_entries",
                label=_("Which phone at the door sent a mark, so that none counts twice:"),
                job=f"{HERE}.jobs.forget_old_desk_entries",
            )
        )
        register_retention(
            RetentionRule(
                key="activities.contacts",
                label=_("Who planned a meeting and whom people could call:"),
                job=f"{HERE}.jobs.forget_old_contacts",
            )
        )
        register_retention(
            RetentionRule(
                key="activities.feedback_words",
                label=_("What people wrote in their own words after a meeting:"),
                job=f"{HERE}.jobs.forget_old_feedback_words",
            )
        )
        register_retention(
            RetentionRule(
                key="activities.poll_answers",
                label=_("Which dates suit you, after a date was chosen:"),
                job=f"{HERE}.jobs.forget_old_poll_answers",
            )
        )

        register_retention(
            RetentionRule(
                key="activities.rides",
                label=_("Rides to a meeting, and who agreed to ride together:"),
                job=f"{HERE}.jobs.forget_old_rides",
            )
        )

    def _describe_acts(self) -> None:
        verbs.register_kinds(
            {
                "roleoffer": _("Offer to help"),
                "activity": _("Meeting"),
                "activitydate": _("Date of a meeting"),
                "participation": _("Seat"),
                "ride": _("Ride to a meeting"),
                "ridematch": _("Two people of a ride"),
            }
        )
        verbs.register_all(
            {
                "activities.accept_behalf": _("took an offered seat for somebody"),
                "activities.accept_offer": _("took an offered seat"),
                "activities.add_ride": _("offered or looked for a ride"),
                "activities.add_walk_in": _("added somebody at the door"),
                "activities.agree_co_host": _("agreed to invite together"),
                "activities.agree_ride": _("agreed to ride together and to share a contact"),
                "activities.approve": _("approved a meeting"),
                "activities.approve_request": _("said yes to somebody who asked for a seat"),
                "activities.ask_co_host": _("asked another organisation to invite too"),
                "activities.ask_people": _("asked people who came before which date suits them"),
                "activities.arrive": _("said to be there, by the code in the room"),
                "activities.ask_back": _("asked a question about a meeting"),
                "activities.ask_for_ride": _("asked somebody about a ride"),
                "activities.bring_fewer": _("brings fewer people along"),
                "activities.bring_in_holidays": _("brought in school holidays"),
                "activities.cancel_date": _("cancelled a date"),
                "activities.change": _("changed the facts of a meeting"),
                "activities.close_sign_up": _("closed the sign-up of a date"),
                "activities.come_in": _("came without signing up, by the code in the room"),
                "activities.confirm_role": _("said yes to somebody who offered to help"),
                "activities.copy": _("copied a meeting"),
                "activities.create": _("began a meeting"),
                "activities.decline_co_host": _("declined to invite together"),
                "activities.decide_poll": _("chose a date that people were asked about"),
                "activities.decline_role": _("said no to somebody who offered to help"),
                "activities.discard": _("discarded a draft of a meeting"),
                "activities.draw": _("drew who gets a seat"),
                "activities.end_co_host": _("ended inviting together"),
                "activities.end_ride": _("took a ride back"),
                "activities.give_back": _("gave a seat back"),
                "activities.give_back_behalf": _("gave a seat back for somebody"),
                "activities.hide": _("hid a meeting"),
                "activities.keep_template": _("kept a meeting as a template"),
                "activities.mark": _("marked who came"),
                "activities.mark_list": _("marked who came, by a signed list"),
                "activities.offer_role": _("offered to help"),
                "activities.offer_by_hand": _("offered a seat to somebody who waits"),
                "activities.open_contact": _("looked up how to reach somebody"),
                "activities.open_sign_up": _("opened the sign-up of a date again"),
                "activities.open_ride_contact": _("looked up how to reach somebody for a ride"),
                "activities.print_list": _("printed who comes"),
                "activities.propose_dates": _("asked people which date suits them"),
                "activities.publish": _("published a meeting"),
                "activities.refuse_request": _("said no to somebody who asked for a seat"),
                "activities.request_approval": _("asked for approval of a meeting"),
                "activities.set_dates": _("changed dates or place of a meeting"),
                "activities.set_giving": _("changed how seats are given"),
                "activities.set_opening": _("changed opening times or place of an offer"),
                "activities.set_roles": _("said whom a date needs to help"),
                "activities.set_seats": _("changed the number of seats"),
                "activities.show": _("showed a meeting again"),
                "activities.sign_up": _("took a seat"),
                "activities.sign_up_behalf": _("signed somebody up who had agreed to it"),
                "activities.stop_poll": _("stopped asking people which date suits them"),
                "activities.undo_ride": _("undid a question or an agreement about a ride"),
                "activities.withdraw_role": _("took an offer to help back"),
                "activities.write": _("changed the text of a meeting"),
                "activities.write_version": _("wrote a text in another language"),
            }
        )
