"""Mails about rides: asked, agreed with the contact, it does not work out, off."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from miteinander.encounters.activities.enums import MatchStatus
from miteinander.encounters.activities.models import ActivityDate, Ride, RideMatch
from miteinander.encounters.activities.permissions import is_public
from miteinander.encounters.activities.ride_words import RideLine, line_of, own_page
from miteinander.encounters.activities.services.rides import shared_contact
from miteinander.foundation.content.queries import Reading, read
from miteinander.foundation.core import clock
from miteinander.foundation.ui.fields import grouped
from miteinander.outward.exchange.queries import calendar_dates
from miteinander.outward.notifications.mails import facts
from miteinander.outward.notifications.mails.direction import by_its_own, left_to_right
from miteinander.outward.notifications.mails.mail import Fact, Link, Mail, Words
from miteinander.outward.notifications.models import Letter


def _own_ride(letter: Letter) -> Ride | None:
    return Ride.objects.select_related("person").filter(pk=letter.context["ride"]).first()


def _match(letter: Letter) -> RideMatch | None:
    rows = RideMatch.objects.select_related(
        "offer__person", "wanted__person", "offer__municipality", "wanted__municipality"
    )
    return rows.filter(pk=letter.context["match"]).first()


def _coming(ride: Ride) -> ActivityDate | None:
    date = calendar_dates(ActivityDate.objects.all()).get(pk=ride.date_id)
    has_begun = date.has_started(clock.now())
    return None if has_begun or not is_public(date.activity) else date


def _link(ride: Ride, label: str) -> Link:
    return Link(label, settings.SITE_URL + own_page(ride))


def _advice() -> tuple[str, ...]:
    return (
        _("People who take you along are private people. We do not check them."),
        _(
            "Meet at a public place. Tell somebody with whom you ride."
            " Are you under 18? Ask your parents first."
        ),
    )


def _ride_facts(line: RideLine) -> list[Fact]:
    leaves_at = f"{line.ride.leaves_at:%H:%M}" if line.ride.leaves_at else ""
    return [
        Fact(pgettext("a ride", "From"), Words(by_its_own(line.place))),
        Fact(_("Which way?"), Words(line.direction)),
        Fact(_("Seats"), Words(line.seats)),
        Fact(_("Leaves at about"), Words(left_to_right(leaves_at))),
        Fact(_("Speaks"), Words(line.languages)),
        Fact(_("Also good to know"), Words(" · ".join(line.wishes))),
    ]


def _heading(date: ActivityDate, language: str) -> tuple[Reading, Words]:
    reading = read(date.activity, language)
    return reading, facts.heading_of(reading)


def ride_asked(letter: Letter) -> Mail | None:
    """Tell that somebody asks for a ride or offers one; still without a name."""
    match = _match(letter)
    date = _coming(match.asked) if match else None
    if match is None or date is None or match.status != MatchStatus.ASKED:
        return None
    reading, heading = _heading(date, letter.language)
    lead = _("Somebody offers to take you along to this meeting. Please say yes or no.")
    if match.asked.is_offered:
        lead = _("Somebody asks whether you take them along to this meeting. Please say yes or no.")
    return Mail(
        subject=facts.subject_of(_("A question about a ride: %(title)s"), date.activity, reading),
        lead=lead,
        heading=heading,
        facts=facts.known([*facts.time_and_place(date), *_ride_facts(line_of(match.asker))]),
        notes=(
            _("Name and contact are shown only if you both say yes."),
            _("You need no reason for a no. Nobody counts it."),
            *_advice(),
        ),
        link=_link(match.asked, _("Answer")),
    )


def ride_agreed(letter: Letter) -> Mail | None:
    """Tell one of the two how to reach the other, as long as both agree."""
    match, ride = _match(letter), _own_ride(letter)
    date = _coming(ride) if ride else None
    if match is None or ride is None or date is None:
        return None
    contact = shared_contact(match, ride)
    if contact is None:
        return None
    reading, heading = _heading(date, letter.language)
    return Mail(
        subject=facts.subject_of(_("You ride together: %(title)s"), date.activity, reading),
        lead=_("You both said yes. Now you can reach each other."),
        heading=heading,
        facts=facts.known(
            [
                Fact(_("Name"), Words(by_its_own(contact.name))),
                Fact(_("Telephone"), Words(left_to_right(grouped(contact.phone)))),
                Fact(_("E-mail"), Words(left_to_right(contact.email))),
                *facts.time_and_place(date),
                *_ride_facts(line_of(contact.ride)),
                Fact(_("Meeting point"), Words(by_its_own(contact.ride.meeting_point))),
            ]
        ),
        notes=(
            _("Please use the contact only for this ride."),
            _("You cannot ride together any more? Please say so on the page."),
            *_advice(),
        ),
        link=_link(ride, _("See or change your ride")),
    )


def ride_declined(letter: Letter) -> Mail | None:
    """Tell kindly that it does not work out with one of those who were asked; no reason."""
    ride = _own_ride(letter)
    date = _coming(ride) if ride else None
    if ride is None or date is None or not ride.is_open or date.is_cancelled:
        return None
    reading, heading = _heading(date, letter.language)
    return Mail(
        subject=facts.subject_of(
            _("Your question about a ride: %(title)s"), date.activity, reading
        ),
        lead=_("It does not work out with this ride. That has nothing to do with you."),
        heading=heading,
        facts=facts.known(facts.time_and_place(date)),
        notes=(_("Perhaps somebody else fits. Please look at the list again."),),
        link=_link(ride, _("See the rides")),
    )


def ride_ended(letter: Letter) -> Mail | None:
    """Tell that an agreed ride is off, why as far as it may be said, and what can be done."""
    ride = _own_ride(letter)
    date = _coming(ride) if ride else None
    if ride is None or date is None:
        return None
    reading, heading = _heading(date, letter.language)
    lead, note = {
        "moved": (
            _("Time or place of the meeting changed. What you two agreed does not hold any more."),
            _("Your ride is still in the list. Please ask again, if it still fits."),
        ),
        "cancelled": (
            _("Nobody has to go there any more. All rides to this meeting are off."),
            "",
        ),
    }.get(
        letter.context["reason"],
        (
            _("You do not ride together any more. The other person cannot, or has ended it."),
            _("Perhaps somebody else fits. Please look at the list again."),
        ),
    )
    is_off = date.is_cancelled or not ride.is_open
    return Mail(
        subject=facts.subject_of(_("Your ride is off: %(title)s"), date.activity, reading),
        lead=lead,
        heading=heading,
        facts=facts.known(facts.time_and_place(date)),
        notes=(note,) if note and not is_off else (),
        link=None if is_off else _link(ride, _("See the rides")),
    )
