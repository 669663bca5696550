"""A meeting that goes on all day today, so that the front desk and both codes can be tried."""

from datetime import date, datetime, time

from miteinander.encounters.activities.enums import Presence, Role
from miteinander.encounters.activities.models import Activity, ActivityDate, RoleWanted
from miteinander.encounters.activities.services import (
    dates,
    planning,
    presence,
    together,
    words,
)
from miteinander.foundation.content import services as content
from miteinander.foundation.content.enums import VersionState
from miteinander.foundation.core import clock
from miteinander.web.demo.district import DEMO, District
from miteinander.web.demo.scenes import SAMIRA, _others, ask

HOST = "kochkreis-baunatal"
SEATS, GUESTS, HERE = 24, 16, 4
OPENS, CLOSES = time(8), time(22)
TITLE = "Tag der offenen Küche"
SUMMARY = "Den ganzen Tag wird gekocht und gegessen. Kommen Sie, wann Sie wollen."
VERSIONS = {
    "en": ("Open kitchen day", "We cook and eat all day. Come whenever you like."),
    "de-simple": (
        "Offene Küche",
        "Wir kochen den ganzen Tag. Wir essen zusammen. Kommen Sie, wann Sie wollen.",
    ),
    "ar": ("يوم المطبخ المفتوح", "نطبخ ونأكل طوال اليوم. تعالوا متى شئتم."),
    "fa": ("روز آشپزخانهٔ باز", "تمام روز آشپزی می‌کنیم و غذا می‌خوریم. هر وقت خواستید بیایید."),
    "uk": ("День відкритої кухні", "Цілий день готуємо і їмо разом. Приходьте, коли зручно."),
    "ru": ("День открытой кухни", "Весь день готовим и едим вместе. Приходите, когда удобно."),
    "tr": (
        "Açık mutfak günü",
        "Bütün gün pişiriyor ve yiyoruz. İstediğiniz zaman gelin.",
    ),
}


def open_kitchen(district: District, today: date) -> None:
    """Open the kitchen this morning: some people are here, Samira is on her way."""
    with clock.held_at(datetime.combine(today, time(), tzinfo=clock.now().tzinfo)):
        activity = _write(district, today)
        planning.publish_activity(actor=DEMO, activity_id=activity.pk)
        one = ActivityDate.objects.get(activity=activity)
        people = _others(district)[:GUESTS]
        seats = [
            ask(one, person, adults=number % 3 // 2, children=number % 4 // 3)
            for number, person in enumerate(people)
        ]
        ask(one, district.people[SAMIRA])
        _let_cook(district, one)
    with clock.held_at(one.starts_at):
        for seat in seats[:HERE]:
            presence.mark_presence(actor=DEMO, participation_id=seat.pk, presence=Presence.PRESENT)


def _let_cook(district: District, one: ActivityDate) -> None:
    """Give one person a yes for cooking; without a seat, so the desk shows a helper to mark."""
    cook = together.RoleKey(Role.COOK)
    together.set_roles(actor=DEMO, activity_id=one.activity_id, date_ids=[one.pk], counts={cook: 2})
    helper = _others(district)[GUESTS]
    offered = together.offer_role(
        actor=DEMO, wanted_id=RoleWanted.objects.get(date=one).pk, person_id=helper.pk,
        language=helper.language,
    )  # fmt: skip
    together.confirm_role(actor=DEMO, offer_id=offered.offer.pk)


def _write(district: District, today: date) -> Activity:
    activity = planning.create_activity(
        actor=DEMO, organisation_id=district.organisations[HOST].pk,
        parts={"title": TITLE}, language="de",
    )  # fmt: skip
    parts = {"title": TITLE, "summary": SUMMARY}
    words.write_words(actor=DEMO, activity_id=activity.pk, parts=parts, topic="food")
    place = dates.Place(venue_id=district.venues[HOST], is_online=False, online_url="")
    span = dates.PlannedDate(dates.wall_time(today, OPENS), dates.wall_time(today, CLOSES))
    dates.set_dates(actor=DEMO, activity_id=activity.pk, place=place, rows=[span])
    changes = {
        "audience": "everyone", "languages": ["de", "ar", "en"], "cost_cents": 0,
        "has_childcare": False, "has_interpretation": False,
        "contact_name": district.people[0].name, "contact_phone": "+49 561 123456",
    }  # fmt: skip
    planning.change_activity(actor=DEMO, activity_id=activity.pk, changes=changes)
    planning.set_giving(
        actor=DEMO, activity_id=activity.pk, changes={"most_companions": 2}, question=None
    )
    one = ActivityDate.objects.get(activity=activity)
    dates.set_seats(actor=DEMO, activity_id=activity.pk, seats={one.pk: SEATS})
    for language, (title, summary) in VERSIONS.items():
        content.write_version(
            actor=DEMO, item=activity, language=language,
            parts={"title": title, "summary": summary}, state=VersionState.HUMAN,
            differences_confirmed=True,
        )  # fmt: skip
    return activity
