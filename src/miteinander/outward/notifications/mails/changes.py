"""Mails about a date that changed or was called off, to all who have a seat or wait for one."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from miteinander.encounters.activities.enums import INVOLVED, ActivityStatus, ParticipationStatus
from miteinander.encounters.activities.messages import FormerDate
from miteinander.encounters.activities.models import Activity, ActivityDate, Participation
from miteinander.encounters.spaces.models import Venue
from miteinander.foundation.content.queries import Reading, read
from miteinander.outward.notifications.mails import facts, states
from miteinander.outward.notifications.mails.mail import Fact, Link, Mail, Words
from miteinander.outward.notifications.models import Letter
from miteinander.outward.notifications.queries import is_outrun, told_last


@dataclass(frozen=True)
class Before:
    """What the reader was told last and is no longer so, with its words where they are known."""

    is_known: bool = False
    is_other_time: bool = False
    is_other_place: bool = False
    time: str = ""
    place: str = ""


NOTHING = Before()


def date_changed(letter: Letter) -> Mail | None:
    """Tell of a new time or place, unless it changed once more meanwhile."""
    participation = facts.participation_of(letter)
    if participation is None or participation.status not in INVOLVED:
        return None
    date = facts.date_of(participation)
    if date.is_cancelled or is_outrun(letter):
        return None
    before = _before(date, told_last(letter, participation.signed_up_at))
    differs = before.is_other_time or before.is_other_place or date.activity.is_online
    if before.is_known and not differs:
        return None  # changed back before anybody was told
    reading = read(date.activity, letter.language)
    is_public = date.activity.status == ActivityStatus.PUBLISHED
    return Mail(
        subject=facts.subject_of(_("New time or place: %(title)s"), date.activity, reading),
        lead=_what_changed(before, has_seat=participation.holds_seat),
        heading=facts.heading_of(reading),
        facts=facts.known(_facts(date, reading, before, has_seat=participation.holds_seat)),
        notes=states.notes_of(participation) if is_public else (),
        link=states.link_of(participation),
        attachments=states.files_of(participation, date, letter.language),
    )


def _before(date: ActivityDate, former: FormerDate | None) -> Before:
    if former is None:
        return NOTHING
    activity = date.activity
    is_other_time = (former.starts_at, former.ends_at) != (date.starts_at, date.ends_at)
    is_other_place = (former.venue_id, former.is_online) != (
        activity.venue_id, activity.is_online,
    )  # fmt: skip
    return Before(
        is_known=True,
        is_other_time=is_other_time,
        is_other_place=is_other_place,
        time=facts.when_words(former).text if is_other_time else "",
        place=_former_place(former) if is_other_place else "",
    )


def _former_place(former: FormerDate) -> str:
    venue = Venue.objects.filter(pk=former.venue_id).first() if former.venue_id else None
    return facts.place_words(Activity(venue=venue, is_online=former.is_online))


def _what_changed(before: Before, *, has_seat: bool) -> str:
    if before.is_other_time and before.is_other_place:
        return _("The time and the place have changed.")
    if before.is_other_time:
        return _("The time has changed. The place is the same.")
    if before.is_other_place:
        return _("The place has changed. The time is the same.")
    if before.is_known and has_seat:
        return _("Please use the link in this message to join online. It may be a new one.")
    return _("The time or the place has changed. This is right now:")


def _facts(
    date: ActivityDate, reading: Reading, before: Before, *, has_seat: bool
) -> Iterator[Fact]:
    if before.time:
        yield Fact(_("Time before"), Words(before.time))
        yield Fact(_("Time now"), facts.when_words(date))
    else:
        yield Fact(_("When"), facts.when_words(date))
    if before.place:
        yield Fact(_("Place before"), Words(before.place))
        yield Fact(_("Place now"), Words(facts.place_words(date.activity)))
    else:
        yield from (fact for fact in facts.time_and_place(date) if fact.label == _("Place"))
    if has_seat:
        yield facts.join_link(date)
    yield from facts.way_facts(date, reading)


def date_cancelled(letter: Letter) -> Mail | None:
    """Tell that a date was called off."""
    participation = facts.participation_of(letter)
    if participation is None:
        return None
    date = facts.date_of(participation)
    if not date.is_cancelled or not _was_involved(participation, date):
        return None
    reading = read(date.activity, letter.language)
    contact = Fact(_("Contact"), Words(facts.contact_words(date.activity)))
    return Mail(
        subject=facts.subject_of(_("Cancelled: %(title)s"), date.activity, reading),
        lead=_("This meeting does not take place. You do not have to do anything."),
        heading=facts.heading_of(reading),
        facts=facts.known([Fact(_("When"), facts.when_words(date)), contact]),
        link=Link(_("See other meetings"), facts.address_of("activities:list")),
        attachments=states.files_of(participation, date, letter.language),
    )


def _was_involved(participation: Participation, date: ActivityDate) -> bool:
    """Whether somebody had a seat or waited when the date was called off."""
    if participation.status in INVOLVED:
        return True
    ended_at = participation.given_back_at
    has_lapsed = participation.status == ParticipationStatus.LAPSED
    is_later = bool(ended_at and date.cancelled_at and ended_at >= date.cancelled_at)
    return has_lapsed and is_later
