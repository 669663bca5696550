"""Which dates stand in which calendar feed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from miteinander.community.organisations.enums import OrganisationStatus
from miteinander.community.organisations.models import Organisation
from miteinander.community.people.models import Person
from miteinander.community.regions import queries as regions
from miteinander.community.regions.models import Region
from miteinander.encounters.activities import permissions as activities
from miteinander.encounters.activities.enums import DateStatus, ParticipationStatus
from miteinander.encounters.activities.models import (
    Activity,
    ActivityDate,
    ActivityLanguage,
    DateLanguage,
    Participation,
)
from miteinander.encounters.activities.queries.co_hosts import agreed, invited_by
from miteinander.encounters.activities.queries.roles import spoken_at
from miteinander.foundation.core.languages import NAMES
from miteinander.foundation.core.permissions import Actor
from miteinander.outward.exchange.models import CalendarKey

CANCELLED_STAYS = timedelta(days=30)
AHEAD = timedelta(days=400)
MOST_DATES = 5000


def calendar_dates(dates: QuerySet[ActivityDate]) -> QuerySet[ActivityDate]:
    """Load beside ``dates`` all a calendar file tells, in a fixed number of queries."""
    return dates.prefetch_related(Prefetch("activity", _told_activities()), "derived_languages")


def _told_activities() -> QuerySet[Activity]:
    return (
        Activity.objects.select_related("organisation", "venue__municipality", "municipality")
        .defer("venue__municipality__boundary", "municipality__boundary")
        .prefetch_related("versions", "languages", agreed())
    )


def _shown() -> QuerySet[Activity, Any]:
    return Activity.objects.filter(activities.public()).order_by().values("pk")


def _held() -> QuerySet[Activity, Any]:
    """Return what people hold seats at, closed circles too: their own calendar is private."""
    return Activity.objects.filter(activities.published()).order_by().values("pk")


def public_dates() -> QuerySet[ActivityDate]:
    """Every date anybody may see, whenever it is; nothing depends on who asks."""
    return calendar_dates(ActivityDate.objects.filter(activity__in=_shown()))


def feed_dates(now: datetime) -> QuerySet[ActivityDate]:
    """Public dates of a feed: what is to come, and for 30 days what was called off.

    A date that takes place leaves the feed when it is over; a cancelled one stays, so that every
    calendar that holds it learns of it.
    """
    coming = Q(status=DateStatus.SCHEDULED, ends_at__gt=now)
    called_off = Q(status=DateStatus.CANCELLED) & (
        Q(cancelled_at__gt=now - CANCELLED_STAYS) | Q(starts_at__gt=now)
    )
    return (
        public_dates()
        .filter(coming | called_off, starts_at__lt=now + AHEAD)
        .order_by("starts_at", "pk")
    )


def dates_at(region: Region, now: datetime) -> QuerySet[ActivityDate]:
    """Return the feed of a municipality, or of a district with all its municipalities."""
    here = Q(activity__municipality=region) | Q(activity__municipality__parent=region)
    return feed_dates(now).filter(here)


def dates_of(organisation: Organisation, now: datetime) -> QuerySet[ActivityDate]:
    """Return the feed of an organisation, with what it invites to together with another."""
    return feed_dates(now).filter(invited_by(organisation, "activity__"))


def dates_spoken_in(language: str, now: datetime) -> QuerySet[ActivityDate]:
    """Return the feed of occasions where ``language`` is spoken."""
    return feed_dates(now).filter(spoken_at(language))


def own_seats(actor: Actor, now: datetime) -> QuerySet[Participation]:
    """Return the seats ``actor`` holds: what is to come, and the last 30 days.

    A date called off stays as long. An occasion that a coordinator hid is left out.
    """
    return (
        Participation.objects.filter(
            person_id=cast("int", actor.pk),
            status=ParticipationStatus.SIGNED_UP,
            date__activity__in=_held(),
            date__ends_at__gt=now - CANCELLED_STAYS,
            date__starts_at__lt=now + AHEAD,
        )
        .select_related("date")
        .prefetch_related(Prefetch("date__activity", _told_activities()), "date__derived_languages")
        .order_by("date__starts_at", "pk")
    )


def working_keys() -> QuerySet[CalendarKey]:
    """Return the keys that open a feed: those of people who may sign in."""
    return CalendarKey.objects.filter(
        person__is_active=True, person__account_since__isnull=False
    ).select_related("person")


@dataclass(frozen=True)
class Feed:
    """A public feed: whose it is, and where."""

    name: str | Promise
    address: str

    @property
    def webcal(self) -> str:
        """The address as calendar programs like it."""
        return f"webcal://{self.address.partition('://')[2]}"


def _feed(name: str | Promise, url_name: str, *args: str) -> Feed:
    return Feed(name, settings.SITE_URL + reverse(f"exchange:{url_name}", args=args))


def feed_of_all() -> Feed:
    """Return the feed with everything."""
    return _feed(_("All meetings"), "feed")


def municipality_feed(region: Region) -> Feed:
    """Return the feed of a place."""
    return _feed(region.name, "municipality_feed", region.slug)


def organisation_feed(organisation: Organisation) -> Feed:
    """Return the feed of an organisation."""
    return _feed(organisation.name, "organisation_feed", organisation.slug)


def municipality_feeds() -> list[Feed]:
    """Return one feed for each municipality."""
    return [
        _feed(region.name, "municipality_feed", region.slug) for region in regions.municipalities()
    ]


def organisation_feeds() -> list[Feed]:
    """Return one feed for each organisation that takes part."""
    active = Organisation.objects.filter(status=OrganisationStatus.ACTIVE).order_by("name", "pk")
    return [organisation_feed(row) for row in active]


def language_feeds(now: datetime) -> list[Feed]:
    """Return one feed for each language spoken at something to come."""
    coming = feed_dates(now).order_by()
    said = ActivityLanguage.objects.filter(activity__in=coming.values("activity"))
    brought = DateLanguage.objects.filter(date__in=coming.values("pk"))
    codes = [rows.order_by().values_list("language").distinct() for rows in (said, brought)]
    spoken = sorted({code for (code,) in codes[0].union(codes[1])})
    return [_feed(NAMES[code], "language_feed", code) for code in spoken]


def key_of(actor: Actor) -> CalendarKey | None:
    """Return the key of the person's own feed, if there is one."""
    return CalendarKey.objects.filter(person_id=cast("int", actor.pk)).first()


def exported_key(person: Person) -> dict[str, Any]:
    """Return what is known of a person here, for the file they can take along."""
    key = key_of(person)
    return {"own_calendar_since": key.created_at.isoformat()} if key else {}
