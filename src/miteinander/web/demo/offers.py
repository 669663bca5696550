"""Offers at which people just come: an open café and an open workshop, every week."""

from datetime import time, timedelta

from miteinander.encounters.activities.services import dates, planning, standing, words
from miteinander.foundation.content import services as content
from miteinander.foundation.content.enums import VersionState
from miteinander.foundation.core import clock
from miteinander.web.demo.district import DEMO, District

CAFE = {
    "de": (
        "Offenes Café am Dienstag",
        "Kaffee, Tee und Zeit zum Reden. Kommen Sie einfach vorbei, so lange Sie möchten.",
    ),
    "en": (
        "Open café on Tuesdays",
        "Coffee, tea and time to talk. Just come by and stay as long as you like.",
    ),
    "ar": ("مقهى مفتوح يوم الثلاثاء", "قهوة وشاي ووقت للحديث. تعالوا ببساطة وابقوا كما تشاؤون."),
    "uk": (
        "Відкрите кафе щовівторка",
        "Кава, чай і час для розмови. Просто приходьте, на скільки бажаєте.",
    ),
}
WORKSHOP = {
    "de": (
        "Offene Näh- und Reparaturwerkstatt",
        "Nähmaschinen, Werkzeug und Hilfe sind da. Bringen Sie mit, was kaputt ist.",
    ),
    "en": (
        "Open workshop for sewing and repairing",
        "Sewing machines, tools and help are there. Bring what is broken.",
    ),
    "ar": (
        "ورشة مفتوحة للخياطة والإصلاح",
        "لدينا ماكينات خياطة وأدوات ومن يساعدكم. أحضروا ما تعطّل.",
    ),
}


def build_offers(district: District) -> None:
    """Two standing offers, one of them closed on a day soon and in the school holidays."""
    today = clock.today()
    to_tuesday = timedelta(days=(1 - today.weekday()) % 7)
    _offer(
        district, "stadt-baunatal-beispiel", CAFE, topic="language",
        languages=["de", "ar", "tr", "uk"], has_childcare=True,
        opening=standing.Opening(
            hours=[standing.Hours(1, time(15), time(18))],
            closed_days=[today + to_tuesday + timedelta(days=14)],
            rests_in_holidays=True,
        ),
    )  # fmt: skip
    _offer(
        district, "reparaturcafe-kaufungen", WORKSHOP, topic="craft", languages=["de", "ar"],
        opening=standing.Opening(
            hours=[
                standing.Hours(0, time(16), time(19)),
                standing.Hours(4, time(9, 30), time(12)),
                standing.Hours(4, time(14), time(17)),
            ]
        ),
    )  # fmt: skip


def _offer(  # noqa: PLR0913 (what makes up an offer)
    district: District,
    slug: str,
    told: dict[str, tuple[str, str]],
    *,
    topic: str,
    languages: list[str],
    opening: standing.Opening,
    has_childcare: bool = False,
) -> None:
    title, summary = told["de"]
    offer = planning.create_activity(
        actor=DEMO, organisation_id=district.organisations[slug].pk, parts={"title": title},
        language="de", is_standing=True,
    )  # fmt: skip
    words.write_words(
        actor=DEMO, activity_id=offer.pk, parts={"title": title, "summary": summary}, topic=topic
    )
    place = dates.Place(venue_id=district.venues[slug])
    standing.set_opening(actor=DEMO, activity_id=offer.pk, opening=opening, place=place)
    changes = {
        "audience": "everyone", "languages": languages, "cost_cents": 0,
        "has_childcare": has_childcare, "contact_name": district.people[2].name,
        "contact_phone": "+49 561 123456",
    }  # fmt: skip
    planning.change_activity(actor=DEMO, activity_id=offer.pk, changes=changes)
    for language, (name, text) in told.items():
        if language != "de":
            content.write_version(
                actor=DEMO, item=offer, language=language, state=VersionState.HUMAN,
                parts={"title": name, "summary": text}, differences_confirmed=True,
            )  # fmt: skip
    planning.publish_activity(actor=DEMO, activity_id=offer.pk)
