"""Mails about a seat or a date: always with all one needs to come, or to give the seat back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from miteinander.encounters.activities.enums import ActivityStatus
from miteinander.encounters.activities.messages import FormerDate
from miteinander.encounters.activities.models import Activity, ActivityDate, Participation
from miteinander.encounters.spaces.models import Venue
from miteinander.foundation.content.queries import Reading, read
from miteinander.foundation.core import clock
from miteinander.foundation.ui.fields import grouped
from miteinander.outward.exchange import calendars
from miteinander.outward.exchange.queries import calendar_dates
from miteinander.outward.notifications.mails.direction import by_its_own, left_to_right
from miteinander.outward.notifications.mails.mail import Attachment, Fact, Link, Mail, Words
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


def seat_confirmed(letter: Letter) -> Mail | None:
    """Confirm a seat, unless it was given back or the date called off meanwhile."""
    participation = _participation(letter)
    if participation is None or not participation.holds_seat:
        return None
    date = _date(participation)
    if date.is_cancelled or date.has_ended(clock.now()):
        return None
    reading = read(date.activity, letter.language)
    return _seat_mail(
        participation,
        date,
        reading,
        subject=_("You are signed up: %(title)s") % {"title": reading.part("title")},
        lead=_("You have a seat. We look forward to you."),
    )


def date_changed(letter: Letter) -> Mail | None:
    """Tell of a new time or place, unless it changed once more meanwhile."""
    participation = _participation(letter)
    if participation is None or not participation.holds_seat:
        return None
    date = _date(participation)
    if date.is_cancelled or is_outrun(letter):
        return None
    before = _before(date, told_last(letter, participation.signed_up_at))
    differs = before.is_other_time or before.is_other_place or date.activity.is_online
    if before.is_known and not differs:
        return None  # changed back before anybody was told
    reading = read(date.activity, letter.language)
    return _seat_mail(
        participation,
        date,
        reading,
        subject=_("New time or place: %(title)s") % {"title": reading.part("title")},
        lead=_what_changed(before),
        before=before,
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
        time=_when(former).text if is_other_time else "",
        place=_former_place(former) if is_other_place else "",
    )


def _former_place(former: FormerDate) -> str:
    venue = Venue.objects.filter(pk=former.venue_id).first() if former.venue_id else None
    return _place(Activity(venue=venue, is_online=former.is_online))


def _what_changed(before: Before) -> str:
    if before.is_other_time and before.is_other_place:
        return _("The time and the place have changed.")
    if before.is_other_time:
        return _("The time has changed. The place is the same.")
    if before.is_other_place:
        return _("The place has changed. The time is the same.")
    if before.is_known:
        return _("Please use the link in this message to join online. It may be a new one.")
    return _("The time or the place has changed. This is right now:")


def date_cancelled(letter: Letter) -> Mail | None:
    """Tell that a date was called off."""
    participation = _participation(letter)
    if participation is None or not participation.holds_seat:
        return None
    date = _date(participation)
    if not date.is_cancelled:
        return None
    reading = read(date.activity, letter.language)
    contact = _contact(date.activity)
    return Mail(
        subject=_("Cancelled: %(title)s") % {"title": reading.part("title")},
        lead=_("This meeting does not take place. You do not have to do anything."),
        heading=_heading(reading),
        facts=tuple(_known([Fact(_("When"), _when(date)), Fact(_("Contact"), Words(contact))])),
        link=Link(_("See other meetings"), settings.SITE_URL + reverse("activities:list")),
        attachments=(_calendar(participation, date, letter.language),),
    )


def seat_given_back(letter: Letter) -> Mail | None:
    """Confirm that a seat was given back, unless it was taken again meanwhile."""
    participation = _participation(letter)
    if participation is None or participation.holds_seat:
        return None
    date = _date(participation)
    reading = read(date.activity, letter.language)
    return Mail(
        subject=_("Seat given back: %(title)s") % {"title": reading.part("title")},
        lead=_("You gave your seat back. Thank you for telling us. Now somebody else can come."),
        heading=_heading(reading),
        facts=(Fact(_("When"), _when(date)),),
        link=Link(_("See other meetings"), settings.SITE_URL + reverse("activities:list")),
    )


def _participation(letter: Letter) -> Participation | None:
    return Participation.objects.filter(pk=letter.context["participation"]).first()


def _date(participation: Participation) -> ActivityDate:
    return calendar_dates(ActivityDate.objects.all()).get(pk=participation.date_id)


def _seat_mail(
    participation: Participation,
    date: ActivityDate,
    reading: Reading,
    *,
    subject: str,
    lead: str,
    before: Before = NOTHING,
) -> Mail:
    notes = [_("You cannot come? Please give your seat back. Then somebody else can come.")]
    if date.activity.status != ActivityStatus.PUBLISHED:
        notes = []
    return Mail(
        subject=subject,
        lead=lead,
        heading=_heading(reading),
        facts=tuple(_known(_facts(date, reading, before))),
        notes=tuple(notes),
        link=Link(_("See or give back your seat"), _seat_address(participation)),
        attachments=(_calendar(participation, date, reading.wanted),),
    )


def _heading(reading: Reading) -> Words:
    return Words(reading.part("title"), reading.language_of("title"))


def _facts(date: ActivityDate, reading: Reading, before: Before) -> Iterator[Fact]:
    activity = date.activity
    spoken = ", ".join(row.get_language_display() for row in activity.languages.all())
    if before.time:
        yield Fact(_("Time before"), Words(before.time))
        yield Fact(_("Time now"), _when(date))
    else:
        yield Fact(_("When"), _when(date))
    if before.place:
        yield Fact(_("Place before"), Words(before.place))
        yield Fact(_("Place now"), Words(_place(activity)))
    else:
        yield Fact(_("Place"), Words(calendars.place_line(activity)))
    yield Fact(_("Join online"), Words(left_to_right(activity.online_url)))
    yield Fact(_("Way there"), Words(reading.part("way_there"), reading.language_of("way_there")))
    yield Fact(_("Nearest stop"), Words(activity.venue.bus_stop if activity.venue else ""))
    yield Fact(_("Languages"), Words(spoken))
    yield Fact(_("Costs"), Words(_price(activity.cost_cents)))
    yield Fact(_("Contact"), Words(_contact(activity)))


def _known(facts: Iterator[Fact] | list[Fact]) -> Iterator[Fact]:
    return (fact for fact in facts if fact.value.text)


def _when(date: ActivityDate | FormerDate) -> Words:
    start, end = localtime(date.starts_at), localtime(date.ends_at)
    if start.date() != end.date():
        return Words(
            _("from %(start)s to %(end)s") % {"start": _moment(start), "end": _moment(end)}
        )
    hours = left_to_right(f"{start:%H:%M}–{end:%H:%M}")
    return Words(_("%(day)s, %(time)s") % {"day": _day(start), "time": hours})


def _moment(moment: datetime) -> str:
    return _("%(day)s, %(time)s") % {"day": _day(moment), "time": left_to_right(f"{moment:%H:%M}")}


def _day(moment: datetime) -> str:
    weekday, day = date_format(moment, "l"), date_format(moment, "DATE_FORMAT")
    return _("%(weekday)s, %(day)s") % {"weekday": weekday, "day": day}


def _place(activity: Activity) -> str:
    """Return where it is, also whether one can join online besides."""
    line = calendars.place_line(activity)
    is_also_online = activity.venue is not None and activity.is_online
    return f"{line} · {_('Online')}" if is_also_online else line


def _price(cents: int) -> str:
    if not cents:
        return _("free of charge")
    amount = number_format(Decimal(cents) / 100, 2)
    return left_to_right(_("%(amount)s €") % {"amount": amount})


def _contact(activity: Activity) -> str:
    known = (
        by_its_own(activity.contact_name),
        left_to_right(grouped(activity.contact_phone)),
        left_to_right(activity.contact_email),
    )
    return " · ".join(part for part in known if part)


def _seat_address(participation: Participation) -> str:
    return settings.SITE_URL + reverse("activities:seat", args=[participation.token])


def _calendar(participation: Participation, date: ActivityDate, language: str) -> Attachment:
    addresses = {date.pk: _seat_address(participation)}
    content = calendars.date_calendar(dates=[date], language=language, seat_addresses=addresses)
    return Attachment("meeting.ics", content, "text/calendar")
