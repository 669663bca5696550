"""When there is no school, and a meeting one must have been at before another."""

from datetime import date, time, timedelta

from miteinander.encounters.activities.models import Activity, ActivityDate
from miteinander.encounters.activities.services import dates, planning, words
from miteinander.encounters.activities.services.holidays import FreeDays, take_school_holidays
from miteinander.foundation.content import services as content
from miteinander.foundation.content.enums import VersionState
from miteinander.foundation.core import clock
from miteinander.web.demo.afterwards import both_sides
from miteinander.web.demo.district import DEMO, District
from miteinander.web.demo.scenes import ask

# The school holidays of Hesse as the Kultusministerkonferenz has published them.
HOLIDAYS = (
    ("Herbstferien Hessen", date(2026, 10, 5), date(2026, 10, 17)),
    ("Weihnachtsferien Hessen", date(2026, 12, 23), date(2027, 1, 12)),
    ("Osterferien Hessen", date(2027, 3, 22), date(2027, 4, 2)),
    ("Sommerferien Hessen", date(2027, 6, 28), date(2027, 8, 6)),
    ("Herbstferien Hessen", date(2027, 10, 4), date(2027, 10, 16)),
    ("Weihnachtsferien Hessen", date(2027, 12, 23), date(2028, 1, 11)),
)
FIRST = "Kochen wie bei Oma und wie in Aleppo"
SECOND = {
    "de": ("Kochen: der zweite Abend", "Für alle, die beim ersten Abend dabei waren."),
    "en": ("Cooking: the second evening", "For everybody who was there on the first evening."),
    "ar": ("الطبخ: الأمسية الثانية", "لكل من حضر الأمسية الأولى."),
    "uk": ("Готуємо: другий вечір", "Для всіх, хто був на першому вечорі."),
}
HOUSE, SEATS, COME = "kochkreis-baunatal", 10, 6


def build_school(district: District, today: date) -> None:
    """Take the school holidays, and plan a second evening for those who came to the first."""
    stretches = [FreeDays(first, last, title) for title, first, last in HOLIDAYS]
    take_school_holidays(actor=DEMO, stretches=stretches)
    second = _second_evening(district, today)
    planning.publish_activity(actor=DEMO, activity_id=second.pk)
    for one in ActivityDate.objects.filter(activity=second):
        for person in both_sides(district)[::3][:COME]:
            ask(one, person)


def _second_evening(district: District, today: date) -> Activity:
    over = Activity.objects.filter(dates__ends_at__lt=clock.now())
    first = over.filter(versions__parts__title=FIRST).earliest("pk")
    title, summary = SECOND["de"]
    second = planning.create_activity(
        actor=DEMO, organisation_id=first.organisation_id, parts={"title": title}, language="de"
    )
    words.write_words(
        actor=DEMO, activity_id=second.pk, topic="food", parts={"title": title, "summary": summary}
    )
    starts_at = dates.wall_time(today + timedelta(days=23), time(18))
    dates.set_dates(
        actor=DEMO, activity_id=second.pk, place=dates.Place(venue_id=district.venues[HOUSE]),
        rows=[dates.PlannedDate(starts_at, starts_at + timedelta(hours=3))],
    )  # fmt: skip
    changes = {
        "audience": "everyone",
        "languages": ["de", "ar"],
        "has_interpretation": False,
        "cost_cents": 0,
        "has_childcare": False,
        "contact_name": first.contact_name,
        "contact_phone": first.contact_phone,
    }
    planning.change_activity(actor=DEMO, activity_id=second.pk, changes=changes)
    wanted = {row.pk: SEATS for row in second.dates.all()}
    dates.set_seats(actor=DEMO, activity_id=second.pk, seats=wanted)
    planning.set_giving(actor=DEMO, activity_id=second.pk, changes={"required_id": first.pk})
    for language in ("en", "ar", "uk"):
        title, summary = SECOND[language]
        content.write_version(
            actor=DEMO, item=second, language=language, state=VersionState.HUMAN,
            parts={"title": title, "summary": summary}, differences_confirmed=True,
        )  # fmt: skip
    return second
