"""Fills an instance with many invented dates, quickly and the same each time."""

import random
from datetime import UTC, timedelta

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import translation

from miteinander.community.organisations.enums import OrganisationKind, OrganisationStatus
from miteinander.community.organisations.models import Organisation
from miteinander.community.regions.enums import RegionKind
from miteinander.community.regions.models import Region
from miteinander.encounters.activities.enums import ActivityStatus, Topic
from miteinander.encounters.activities.models import Activity, ActivityDate, ActivityLanguage
from miteinander.encounters.spaces.models import Venue
from miteinander.foundation.content.enums import VersionState
from miteinander.foundation.content.models import Version
from miteinander.foundation.core import clock

DATES_OF_ONE = 4
TOWNS = 20
PLACE = ("Musterort", "Beispielhausen", "Probedorf", "Testingen")
WORDS = (  # noqa: SIM905 (a list of words reads best as a line)
    "Kochen Garten Lesen Singen Wandern Nähen Reden Tee Fest Schach Tanz Malen Fahrrad Sprache "
    "Kinder Musik Werkstatt Frühstück Spiele Theater Geschichte Wald Museum Backen Fußball"
).split()


def _places() -> tuple[list[Region], list[Organisation], list[Venue]]:
    district = Region.objects.create(
        ags="99000", kind=RegionKind.DISTRICT, name="Musterkreis", slug="musterkreis"
    )
    regions = Region.objects.bulk_create(
        Region(
            parent=district, ags=f"99000{n:03}", kind=RegionKind.MUNICIPALITY,
            name=f"{PLACE[n % 4]} {n}", slug=f"ort-{n}",
            latitude=51.2 + n / 100, longitude=9.3 + n / 100,
        )
        for n in range(TOWNS)
    )  # fmt: skip
    organisations = Organisation.objects.bulk_create(
        Organisation(
            municipality=region, name=f"Verein {n}", slug=f"verein-{n}",
            kind=next(iter(OrganisationKind)), status=OrganisationStatus.ACTIVE,
            trusted_since=clock.now(),
        )
        for n, region in enumerate(regions)
    )  # fmt: skip
    venues = Venue.objects.bulk_create(
        Venue(
            organisation=organisation, municipality=organisation.municipality,
            name=f"Haus {n}", street=f"Weg {n}", postcode="34000",
        )
        for n, organisation in enumerate(organisations)
    )  # fmt: skip
    return regions, organisations, venues


def _activities(count: int) -> list[Activity]:
    _, _, venues = _places()
    topics = list(Topic)
    return Activity.objects.bulk_create(
        Activity(
            organisation=venues[n % TOWNS].organisation, venue=venues[n % TOWNS],
            municipality=venues[n % TOWNS].municipality, topic=topics[n % len(topics)],
            contact_name="Erika Beispiel", contact_phone="+49561123456",
            status=ActivityStatus.PUBLISHED, published_at=clock.now(),
        )
        for n in range(count)
    )  # fmt: skip


def seed(*, dates: int, dates_of_one: int = DATES_OF_ONE) -> None:
    """Write ``dates`` coming dates of occasions with words in German and a spoken language."""
    rng = random.Random(7)  # noqa: S311
    activities = _activities(dates // dates_of_one)
    ActivityLanguage.objects.bulk_create(
        ActivityLanguage(activity=a, language=rng.choice(["de", "ar", "uk", "tr"]))
        for a in activities
    )
    kind = ContentType.objects.get_for_model(Activity)
    Version.objects.bulk_create(
        Version(
            content_type=kind, object_id=activity.pk, language="de", state=VersionState.ORIGINAL,
            parts={
                "title": " ".join(rng.sample(WORDS, 3)),
                "summary": " ".join(rng.sample(WORDS, 10)),
                "description": " ".join(rng.choices(WORDS, k=80)),
                "way_there": "Der Eingang ist im Hof.",
            },
        )
        for activity in activities
    )  # fmt: skip
    start = clock.start_of_day(clock.today()).astimezone(UTC) + timedelta(days=1, hours=9)
    begins = [start + timedelta(minutes=90 * n) for n in range(dates)]
    ActivityDate.objects.bulk_create(
        ActivityDate(
            activity=activities[n // dates_of_one], changed_at=clock.now(), capacity=12,
            starts_at=moment, ends_at=moment + timedelta(hours=1),
        )
        for n, moment in enumerate(begins)
    )  # fmt: skip


def public_paths() -> dict[str, str]:
    """Return the three measured addresses in German."""
    date = ActivityDate.objects.order_by("starts_at")[0]
    with translation.override("de"):
        return {
            "list": reverse("activities:list"),
            "detail": reverse("activities:detail", args=[date.pk]),
            "feed": reverse("exchange:municipality_feed", args=["ort-0"]),
        }
