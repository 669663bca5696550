"""What letters about a date say of it: when, where, whom to ask, and the page of the seat."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from miteinander.encounters.activities.messages import FormerDate
from miteinander.encounters.activities.models import Activity, ActivityDate, Participation
from miteinander.foundation.content.queries import Reading
from miteinander.foundation.core.languages import NAMES
from miteinander.foundation.core.models import Instance
from miteinander.foundation.ui.fields import grouped
from miteinander.outward.exchange import calendars
from miteinander.outward.exchange.queries import calendar_dates
from miteinander.outward.notifications.mails.direction import by_its_own, left_to_right
from miteinander.outward.notifications.mails.mail import Attachment, Fact, Words
from miteinander.outward.notifications.models import Letter


def participation_of(letter: Letter) -> Participation | None:
    """Return the participation a letter is about, None when it is gone."""
    return Participation.objects.filter(pk=letter.context["participation"]).first()


def date_of(participation: Participation) -> ActivityDate:
    """Load the date of a participation with everything a letter tells of it."""
    return calendar_dates(ActivityDate.objects.all()).get(pk=participation.date_id)


def seat_address(participation: Participation) -> str:
    """Return the address of the page behind the secret link; opening it changes nothing."""
    return settings.SITE_URL + reverse("activities:seat", args=[participation.token])


def address_of(url_name: str, *args: object) -> str:
    """Return the full address of a page in the language of the letter."""
    return settings.SITE_URL + reverse(url_name, args=args)


def calendar_file(participation: Participation, date: ActivityDate, language: str) -> Attachment:
    """Attach the calendar file of a date, with the way back to the seat."""
    return _own_file(date, language, seat_address(participation))


def helper_file(date: ActivityDate, language: str) -> Attachment:
    """Attach the calendar file of a date for who helps there: no seat to give back."""
    return _own_file(date, language, "")


def _own_file(date: ActivityDate, language: str, address: str) -> Attachment:
    content = calendars.date_calendar(
        dates=[date], language=language, seat_addresses={date.pk: address}
    )
    return Attachment("meeting.ics", content, "text/calendar")


def heading_of(reading: Reading) -> Words:
    """Return the title, with its language."""
    return Words(reading.part("title"), reading.language_of("title"))


def subject_of(words: str, activity: Activity, reading: Reading, **told: str) -> str:
    """Fill ``words`` with the title, or of a protected meeting with the name of the site alone.

    A subject is read over shoulders, on lock screens and in lists of mails.
    """
    title = reading.part("title")
    if activity.setting:
        title = (Instance.objects.first() or Instance()).name
    return words % {"title": title, **told}


def known(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Leave out what nobody knows."""
    return tuple(fact for fact in facts if fact.value.text)


def way_facts(date: ActivityDate, reading: Reading) -> Iterator[Fact]:
    """Tell how to get there, what is spoken, what it costs and whom to ask."""
    activity = date.activity
    spoken = ", ".join(str(NAMES[code]) for code in date.spoken)
    yield Fact(_("Way there"), Words(reading.part("way_there"), reading.language_of("way_there")))
    yield Fact(_("Nearest stop"), Words(activity.venue.bus_stop if activity.venue else ""))
    yield Fact(_("Languages"), Words(spoken))
    yield Fact(_("Costs"), Words(_price(activity.cost_cents)))
    yield Fact(_("Contact"), Words(contact_words(activity)))


def time_and_place(date: ActivityDate) -> Iterator[Fact]:
    """Tell when and where; the link to join online is for those with a seat only."""
    yield Fact(_("When"), when_words(date))
    yield Fact(_("Place"), Words(calendars.place_line(date.activity)))


def join_link(date: ActivityDate) -> Fact:
    """Tell the link to join online."""
    return Fact(_("Join online"), Words(left_to_right(date.activity.online_url)))


def party_fact(participation: Participation) -> Fact:
    """Tell for how many people it is, where somebody comes along."""
    count = participation.party
    return Fact(_("Seats"), Words(str(count) if count > 1 else ""))


def when_words(date: ActivityDate | FormerDate) -> Words:
    """Say in words when a date is."""
    start, end = localtime(date.starts_at), localtime(date.ends_at)
    if start.date() != end.date():
        return Words(
            _("from %(start)s to %(end)s")
            % {"start": moment_words(start), "end": moment_words(end)}
        )
    hours = left_to_right(f"{start:%H:%M}–{end:%H:%M}")
    return Words(_("%(day)s, %(time)s") % {"day": day_words(start), "time": hours})


def moment_words(moment: datetime) -> str:
    """Say in words which day it is, and the time."""
    local = localtime(moment)
    time = left_to_right(f"{local:%H:%M}")
    return _("%(day)s, %(time)s") % {"day": day_words(local), "time": time}


def day_words(moment: datetime) -> str:
    """Say a day in words, with its weekday."""
    weekday, day = date_format(moment, "l"), date_format(moment, "DATE_FORMAT")
    return _("%(weekday)s, %(day)s") % {"weekday": weekday, "day": day}


def place_words(activity: Activity) -> str:
    """Return where it is, also whether one can join online besides."""
    line = calendars.place_line(activity)
    is_also_online = activity.venue is not None and activity.is_online
    return f"{line} · {_('Online')}" if is_also_online else line


def _price(cents: int) -> str:
    if not cents:
        return _("free of charge")
    amount = number_format(Decimal(cents) / 100, 2)
    return left_to_right(_("%(amount)s €") % {"amount": amount})


def contact_words(activity: Activity) -> str:
    """Return who is there to ask, and how."""
    parts = (
        by_its_own(activity.contact_name),
        left_to_right(grouped(activity.contact_phone)),
        left_to_right(activity.contact_email),
    )
    return " · ".join(part for part in parts if part)
