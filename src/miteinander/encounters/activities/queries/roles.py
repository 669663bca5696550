"""Reading who helps on a date, who is still looked for, and which languages are spoken there."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from miteinander.community.people.enums import LanguageLevel
from miteinander.community.people.models import Person, SpokenLanguage
from miteinander.encounters.activities.enums import HELPING, INVOLVED, OfferStatus, Role
from miteinander.encounters.activities.models import (
    Activity,
    ActivityDate,
    ActivityLanguage,
    DateLanguage,
    Participation,
    RoleOffer,
    RoleWanted,
)
from miteinander.encounters.activities.permissions import decided_by
from miteinander.foundation.core.languages import NAMES
from miteinander.foundation.core.permissions import Actor

WELL = (
    LanguageLevel.B1, LanguageLevel.B2, LanguageLevel.C1, LanguageLevel.C2, LanguageLevel.NATIVE,
)  # fmt: skip
Spoken = dict[int, dict[str, str]]


def spoken_at(language: str, prefix: str = "activity__") -> Q:
    """Dates where ``language`` is spoken: by the organisers, a host, or an interpreter.

    Without a ``prefix`` it is about occasions, of which only the organisers say it.
    """
    said = ActivityLanguage.objects.filter(language=language).values("activity")
    brought = DateLanguage.objects.filter(language=language).values("date")
    said_there = Q(**{f"{prefix}pk__in": said})
    return said_there | Q(pk__in=brought) if prefix else said_there


def wanted_at(date: ActivityDate) -> list[RoleWanted]:
    """List the roles somebody is wanted for, as the organiser entered them."""
    return list(RoleWanted.objects.filter(date=date, wanted__gt=0))


def offers_seen_by(actor: Actor) -> QuerySet[RoleOffer]:
    """Give the narrowed fetch for one offer: of occasions whose people ``actor`` answers."""
    activities = Activity.objects.filter(decided_by(actor)).values("pk")
    return RoleOffer.objects.filter(date__activity__in=activities).select_related(
        "date__activity__organisation", "wanted", "person"
    )


def offers_at(date: ActivityDate) -> list[RoleOffer]:
    """List who offers to help on a date or does, those without an answer first."""
    rows = RoleOffer.objects.filter(date=date, status__in=HELPING)
    found = rows.select_related("wanted", "person").order_by("offered_at", "pk")
    return sorted(found, key=lambda row: row.is_confirmed)


def helpers_at(date: ActivityDate, among: QuerySet[Any] | None = None) -> list[RoleOffer]:
    """List who helps on a date, by role; ``among`` narrows it to these keys."""
    rows = RoleOffer.objects.filter(date=date, status=OfferStatus.CONFIRMED)
    rows = rows if among is None else rows.filter(pk__in=among)
    return list(rows.select_related("wanted", "person").order_by("wanted_id", "offered_at", "pk"))


def unanswered_offers(activity: Activity, now: datetime) -> QuerySet[ActivityDate]:
    """List the coming dates of an occasion on which an offer waits for an answer."""
    waiting = RoleOffer.objects.filter(
        date__activity=activity, status=OfferStatus.OFFERED, date__starts_at__gt=now
    )
    return ActivityDate.objects.filter(pk__in=waiting.values("date_id")).order_by("starts_at", "pk")


def own_offers(actor: Actor, now: datetime) -> QuerySet[RoleOffer]:
    """List where ``actor`` helps or offered to, soonest first."""
    return (
        RoleOffer.objects.filter(person_id=actor.pk, status__in=HELPING, date__ends_at__gt=now)
        .select_related("date__activity", "wanted")
        .prefetch_related("date__activity__versions")
        .order_by("date__starts_at", "pk")
    )


@dataclass(frozen=True)
class Looked:
    """A language an interpreter is looked for, and nobody speaks there yet."""

    code: str
    name: str


def looked_for(date: ActivityDate, wanted: list[RoleWanted]) -> list[Looked]:
    """Languages the organiser looks for and nobody speaks there yet; this may be public."""
    spoken = set(date.spoken)
    codes = [
        code
        for row in wanted
        if row.role == Role.INTERPRETER and row.missing > 0
        for code in row.languages
        if code not in spoken
    ]
    return [Looked(code, str(NAMES[code])) for code in dict.fromkeys(codes)]


def gap_at(date: ActivityDate) -> list[str]:
    """Name the languages of people who come and share no language with anybody there yet.

    For the organisers only, and without a name or a number: what is public is only what they
    look for. A person's languages are the mother tongues of the profile, and where it says
    nothing, the language of the messages. Whoever speaks a covered language well has no gap.
    """
    covered = set(date.spoken)
    people = Participation.objects.filter(date=date, status__in=INVOLVED)
    languages: Spoken = defaultdict(dict)
    said = SpokenLanguage.objects.filter(person__in=people.values("person_id"))
    for person_id, language, level in said.values_list("person_id", "language", "level"):
        languages[person_id][language] = level
    missing: set[str] = set()
    for person_id, written in people.values_list("person_id", "language"):
        known = languages.get(person_id, {written.partition("-")[0]: LanguageLevel.NATIVE})
        well = {code for code, level in known.items() if level in WELL}
        if not well & covered:
            missing |= {code for code in well if known[code] == LanguageLevel.NATIVE} or well
    return sorted(str(NAMES[code]) for code in missing if code in NAMES)


def languages_said_by(person: Person) -> list[str]:
    """Return the languages a person speaks well enough to welcome others, the best first."""
    rows = SpokenLanguage.objects.filter(person=person, level__in=WELL).order_by("-level", "pk")
    return list(rows.values_list("language", flat=True))
