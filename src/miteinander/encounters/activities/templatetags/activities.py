"""Tags that show dates of occasions on any page: ``{% load activities %}``."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from miteinander.encounters.activities.cards import Card, cards_of
from miteinander.encounters.activities.models import ActivityDate
from miteinander.foundation.core import clock
from miteinander.foundation.ui.formats import day_words

register = template.Library()


@register.inclusion_tag("activities/_activity_cards.html")
def activity_cards(dates: Iterable[ActivityDate], heading: str = "h3") -> dict[str, Any]:
    """Show dates loaded by ``queries.public`` as cards; ``heading`` is h2 or h3."""
    cards = cards_of(dates, language=get_language() or "de", now=clock.now())
    return {"cards": cards, "heading": heading}


@register.inclusion_tag("activities/_activity_cards.html")
def ready_cards(cards: Iterable[Card], heading: str = "h2") -> dict[str, Any]:
    """Show cards a view has made."""
    return {"cards": cards, "heading": heading}


@register.inclusion_tag("activities/_seat_words.html")
def seat_words(card: Card) -> dict[str, Any]:
    """Say what can be done at a date: dots and words, or that it is full, cancelled or over."""
    return {"card": card}


@register.filter
def day_in_words(day: date) -> str:
    """Write a day of the calendar with its weekday; the year only where it is not this one."""
    return day_words(timezone.make_aware(datetime.combine(day, time(12))))
