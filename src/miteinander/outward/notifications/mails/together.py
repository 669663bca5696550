"""Mails to people of one date who are signed up or wait: reminders, and words of the organiser."""

from datetime import datetime

from django.utils.translation import gettext as _

from miteinander.encounters.activities.enums import INVOLVED
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.permissions import is_published
from miteinander.foundation.content.queries import read
from miteinander.foundation.core import clock
from miteinander.outward.notifications.mails import facts, states
from miteinander.outward.notifications.mails.mail import Fact, Link, Mail, Words
from miteinander.outward.notifications.mails.seats import seat_facts
from miteinander.outward.notifications.models import Letter
from miteinander.outward.notifications.queries import (
    Ahead,
    has_turned_reminders_off,
    is_timely,
    reminder_key,
)


def reminder(letter: Letter) -> Mail | None:
    """Remind somebody of a date, unless the seat, the time or the wish is another meanwhile."""
    participation = facts.participation_of(letter)
    if participation is None or not participation.holds_seat:
        return None
    date = facts.date_of(participation)
    if not _is_still_due(letter, participation, date):
        return None
    reading = read(date.activity, letter.language)
    moment = facts.moment_words(date.starts_at)
    return Mail(
        subject=facts.subject_of(
            _("Reminder: %(title)s, %(moment)s"), date.activity, reading, moment=moment
        ),
        lead=_("Your meeting is soon. We look forward to you."),
        heading=facts.heading_of(reading),
        facts=seat_facts(participation, date, reading),
        notes=states.notes_of(participation),
        link=states.link_of(participation),
        stop=Link(
            _("I do not want reminders"),
            facts.address_of("notifications:reminders", reminder_key(participation.person_id)),
        ),
    )


def _is_still_due(letter: Letter, participation: Participation, date: ActivityDate) -> bool:
    told = datetime.fromisoformat(letter.context["starts_at"])
    return (
        date.starts_at == told
        and not date.is_cancelled
        and is_published(date.activity)
        and is_timely(date.starts_at, Ahead(letter.context["hours"]), clock.now())
        and not has_turned_reminders_off(participation.person_id)
    )


def organiser_words(letter: Letter) -> Mail | None:
    """Pass on what the organiser writes, marked as theirs and in their language."""
    participation = facts.participation_of(letter)
    if participation is None or participation.status not in INVOLVED:
        return None
    date = facts.date_of(participation)
    reading = read(date.activity, letter.language)
    return Mail(
        subject=facts.subject_of(_("Message about: %(title)s"), date.activity, reading),
        lead=_("The organiser of this meeting writes to you:"),
        quote=Words(letter.context["words"], letter.context["written_in"]),
        heading=facts.heading_of(reading),
        facts=facts.known(
            [
                *facts.time_and_place(date),
                Fact(_("Organisation"), Words(date.activity.organisation.name)),
                Fact(_("Contact"), Words(facts.contact_words(date.activity))),
            ]
        ),
        notes=(_("These are the words of the organiser. We did not translate them."),),
        link=states.link_of(participation),
    )
