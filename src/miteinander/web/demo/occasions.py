"""The meetings of the demo district: planned, translated, published, signed up for."""

from datetime import date, datetime, time, timedelta

from miteinander.encounters.activities.enums import Presence
from miteinander.encounters.activities.models import Activity, ActivityDate
from miteinander.encounters.activities.services import dates, planning, presence, words
from miteinander.foundation.content import services as content
from miteinander.foundation.content.enums import VersionState
from miteinander.foundation.core import clock
from miteinander.web.demo import facts
from miteinander.web.demo.afterwards import both_sides, say_how_it_was
from miteinander.web.demo.district import DEMO, District
from miteinander.web.demo.facts import Row
from miteinander.web.demo.polls import ask_when
from miteinander.web.demo.scenes import SAMIRA, SCENES, ask

DRAFTS = {"fa", "ru", "tr"}
WAY_THERE = (
    "Von der Haltestelle sind es fünf Minuten zu Fuß. Der Eingang ist vorne, ein Schild hängt dort."
)
DESCRIPTION = (
    "Alle sind willkommen, ob Sie schon lange hier wohnen oder erst seit Kurzem. "
    "Sie müssen nichts können und nichts mitbringen.\n\n"
    "Wenn Sie Fragen haben, rufen Sie an. Wir freuen uns auf Sie."
)


def _planned(row: Row, first: date) -> list[dates.PlannedDate]:
    hour, minute = (int(part) for part in row["at"].split(":"))
    planned = []
    for week in range(row.get("dates", 1)):
        starts_at = dates.wall_time(first + timedelta(weeks=week), time(hour, minute))
        planned.append(dates.PlannedDate(starts_at, starts_at + timedelta(hours=row["h"])))
    return planned


def _write(district: District, row: Row, today: date) -> Activity:
    """Go through the planning tasks of one occasion, as its organisation would."""
    organisation = district.organisations[row["o"]]
    language = row.get("lang", "de")
    activity = planning.create_activity(
        actor=DEMO,
        organisation_id=organisation.pk,
        parts={"title": row["title"]},
        language=language,
    )
    parts = {"title": row["title"], "summary": row["sum"]}
    if language == "de":
        parts |= {"description": DESCRIPTION, "way_there": "" if row.get("online") else WAY_THERE}
    words.write_words(actor=DEMO, activity_id=activity.pk, parts=parts, topic=row["t"])
    place = dates.Place(
        venue_id=None if row.get("online") else district.venues[row["o"]],
        is_online=bool(row.get("online")),
        online_url="https://video.example/reden-am-abend" if row.get("online") else "",
    )
    dates.set_dates(
        actor=DEMO, activity_id=activity.pk, place=place,
        rows=_planned(row, today + timedelta(days=row["day"])),
    )  # fmt: skip
    host = district.people[district.turn % len(district.people)]
    changes = {
        "audience": row.get("audience", "everyone"),
        "languages": row["langs"],
        "has_interpretation": row.get("interp", False),
        "cost_cents": row.get("cost", 0),
        "has_childcare": row.get("childcare", False),
        "contact_name": host.name,
        "contact_phone": "+49 561 123456",
    }
    planning.change_activity(actor=DEMO, activity_id=activity.pk, changes=changes)
    for one in activity.dates.all():
        dates.set_seats(actor=DEMO, activity_id=activity.pk, seats={one.pk: row["seats"]})
    return activity


def _translate(activity: Activity, title: str) -> None:
    """Add the other languages; some as machine drafts, so that both states can be seen."""
    for language, texts in facts.versions().items():
        if title in texts:
            content.write_version(
                actor=DEMO,
                item=activity,
                language=language,
                parts=texts[title],
                state=VersionState.MACHINE if language in DRAFTS else VersionState.HUMAN,
                differences_confirmed=True,
            )


def build_occasion(district: District, row: Row, today: date) -> None:
    """Plan one occasion and let people sign up, as its row says."""
    activity = _write(district, row, today)
    if "giving" in row:
        planning.set_giving(
            actor=DEMO, activity_id=activity.pk, changes=row["giving"],
            question=row.get("question"),
        )  # fmt: skip
    _translate(activity, row["title"])
    if "poll" in row:
        ask_when(district, activity, row["poll"])
    if row.get("draft"):
        return
    if row.get("waiting"):
        member = activity.organisation.memberships.select_related("person").earliest("pk").person
        planning.publish_activity(actor=member, activity_id=activity.pk)
        return
    planning.publish_activity(actor=DEMO, activity_id=activity.pk)
    for one in ActivityDate.objects.filter(activity=activity):
        if "scene" in row:
            SCENES[row["scene"]](district, one)
        else:
            _sign_up(district, one, row["seats"] // 3)
    if row.get("cancelled"):
        dates.cancel_date(actor=DEMO, date_id=ActivityDate.objects.get(activity=activity).pk)


def _sign_up(district: District, one: ActivityDate, count: int) -> list[int]:
    people = district.next_people(min(count, 36))
    return [ask(one, person).pk for person in people]


def build_past(district: District, then: date) -> None:
    """Two meetings that are over: who came, and what they said, so that looking back works."""
    for row in facts.occasions()[:2]:
        past = row | {"day": 3, "dates": 1, "full": False, "seats": 24}
        activity = _write(district, past, then)
        _translate(activity, row["title"])
        planning.publish_activity(actor=DEMO, activity_id=activity.pk)
        one = ActivityDate.objects.get(activity=activity)
        marked = [ask(one, person).pk for person in both_sides(district)]
        marked.append(ask(one, district.people[SAMIRA]).pk)
        moment = datetime.combine(one.ends_at.date(), one.ends_at.timetz())
        with clock.held_at(moment):
            for pk in sorted(set(marked)):
                presence.mark_presence(actor=DEMO, participation_id=pk, presence=Presence.PRESENT)
        with clock.held_at(moment + timedelta(days=1)):
            say_how_it_was(sorted(set(marked)))
