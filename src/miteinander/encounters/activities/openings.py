"""When a standing offer takes place next, and what a card or a page shows of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from django.core.exceptions import ValidationError

from miteinander.encounters.activities.cards import Card, card_of
from miteinander.encounters.activities.enums import Weekday
from miteinander.encounters.activities.models import Activity, ActivityDate, OpeningHours
from miteinander.encounters.activities.queries.holidays import HolidayCalendar, school_holidays
from miteinander.encounters.activities.services.dates.wall_clock import wall_time
from miteinander.foundation.core import clock

AHEAD = timedelta(days=366)
SHOWN_CLOSED = timedelta(days=60)
SHOWN_NEXT = 4


@dataclass(frozen=True)
class Opening:
    """One day and time at which a standing offer takes place."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class DayHours:
    """One day of the week with its hours, for the page: ``word`` says which day, every week."""

    word: str
    hours: Sequence[OpeningHours]


@dataclass(frozen=True)
class OfferCard:
    """A standing offer as a reader of one language sees it.

    ``card`` is what a date would show; its moments are those of the next opening.
    """

    offer: Activity
    card: Card
    days: Sequence[DayHours]
    coming: Sequence[Opening]
    closed: Sequence[date]

    @property
    def next(self) -> Opening | None:
        """The next opening, if there is one within a year."""
        return self.coming[0] if self.coming else None


def is_closed_on(offer: Activity, day: date, holidays: HolidayCalendar) -> bool:
    """Whether a standing offer does not take place on ``day`` although it is its weekday."""
    if any(row.day == day for row in offer.closed_days.all()):
        return True
    return offer.rests_in_holidays and bool(holidays.on(day))


def openings(offer: Activity, *, now: datetime, holidays: HolidayCalendar) -> Iterator[Opening]:
    """Yield when a standing offer takes place from ``now`` on, at most for a year."""
    hours = list(offer.opening_hours.all())
    first = clock.local(now).date()
    for number in range(AHEAD.days):
        day = first + timedelta(days=number)
        todays = [row for row in hours if row.holds_on(day)]
        if todays and not is_closed_on(offer, day, holidays):
            yield from (one for row in todays if (one := _opening(day, row)) and one.ends_at > now)


def _opening(day: date, row: OpeningHours) -> Opening | None:
    """Return the moments of one day; a time the clocks skip that night is left out."""
    try:
        return Opening(wall_time(day, row.opens), wall_time(day, row.closes))
    except ValidationError:
        return None


def closed_soon(offer: Activity, *, today: date) -> list[date]:
    """List the days of the next two months on which an offer is closed although it is its day."""
    hours = list(offer.opening_hours.all())
    days = (row.day for row in offer.closed_days.all() if today <= row.day <= today + SHOWN_CLOSED)
    return [day for day in days if any(row.holds_on(day) for row in hours)]


def stand_in(offer: Activity, opening: Opening | None, now: datetime) -> ActivityDate:
    """Return an opening as a date that is not stored, for what shows dates."""
    starts_at = opening.starts_at if opening else now
    ends_at = opening.ends_at if opening else now
    return ActivityDate(activity=offer, starts_at=starts_at, ends_at=ends_at)


def holidays_for(offers: Iterable[Activity]) -> HolidayCalendar:
    """Return the school holidays, where one of ``offers`` rests in them."""
    return school_holidays() if any(o.rests_in_holidays for o in offers) else HolidayCalendar()


def days_of(offer: Activity, *, today: date) -> list[DayHours]:
    """Return the hours that still hold, by day of the week."""
    rows = [r for r in offer.opening_hours.all() if r.last_day is None or r.last_day >= today]
    return [
        DayHours(str(day.label), [row for row in rows if row.weekday == day])
        for day in Weekday
        if any(row.weekday == day for row in rows)
    ]


def offer_cards(offers: Iterable[Activity], *, language: str, now: datetime) -> list[OfferCard]:
    """Make the cards of a list."""
    found = list(offers)
    holidays, today = holidays_for(found), clock.local(now).date()
    cards = []
    for offer in found:
        coming = list(islice(openings(offer, now=now, holidays=holidays), SHOWN_NEXT))
        date_row = stand_in(offer, coming[0] if coming else None, now)
        card = card_of(date_row, language=language, now=now)
        days, closed = days_of(offer, today=today), closed_soon(offer, today=today)
        cards.append(OfferCard(offer, card, days, coming, closed))
    return cards
