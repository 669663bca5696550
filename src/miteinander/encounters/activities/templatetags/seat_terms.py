"""Tags that say how the seats of a date are given: ``{% load seat_terms %}``."""

from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from miteinander.encounters.activities.models import ActivityDate
from miteinander.encounters.activities.terms import (
    ANSWER,
    DRAW,
    SEAT,
    WAITING,
    Terms,
    conditions_of,
    required_before,
    terms_of,
)
from miteinander.foundation.core import clock
from miteinander.foundation.ui.components import SeatRow

register = template.Library()


@register.simple_tag
def seat_kind(date: ActivityDate) -> str:
    """Name what happens to whoever asks now: seat, answer, draw or waiting."""
    return terms_of(date, now=clock.now()).kind


@register.simple_tag
def ask_words(kind: str) -> str:
    """Name the step that leads to a seat, as a heading and on its button."""
    words = {
        SEAT: _("Take a seat"),
        ANSWER: _("Ask for a seat"),
        DRAW: _("Take part in the draw"),
        WAITING: _("Join the waiting list"),
    }
    return words[kind]


@register.simple_tag
def decimals(number: float) -> str:
    """Write a number so that it can be compared digit by digit, in any language the same."""
    return f"{number:.12f}"


@register.inclusion_tag("activities/_giving.html")
def giving_words(date: ActivityDate) -> dict[str, Any]:
    """Say how seats are given, for whom some are kept and until when, and who can come."""
    now, activity = clock.now(), date.activity
    return {
        "date": date,
        "activity": activity,
        "terms": terms_of(date, now=now),
        "conditions": conditions_of(activity),
        "required": required_before(activity, language=get_language() or "de", now=now),
    }


@register.inclusion_tag("ui/components/seats.html")
def mix(date: ActivityDate, terms: Terms) -> dict[str, Any]:
    """Show the seats kept for each side and those for everybody: rows of dots and words."""
    rest = date.capacity - date.kept_local - date.kept_newcomer
    rest_taken = date.seats_taken - date.taken_local - date.taken_newcomer
    rows = [
        ("here", SeatRow(date.taken_local, date.kept_local).dots()),
        ("there", SeatRow(date.taken_newcomer, date.kept_newcomer).dots()),
        ("all", SeatRow(rest_taken, rest).dots()),
    ]
    words = _(
        "Free seats: %(local)s for people from here, %(newcomer)s for newcomers,"
        " %(rest)s for everybody."
    ) % {
        "local": terms.pools.local,
        "newcomer": terms.pools.newcomer,
        "rest": terms.pools.open,
    }
    return {"rows": [row for row in rows if row[1]], "words": words}
