"""Who invites together with whom in the demo district, and who helps."""

from datetime import date

from miteinander.encounters.activities.enums import Role
from miteinander.encounters.activities.models import Activity, RoleWanted
from miteinander.encounters.activities.services import together
from miteinander.web.demo.district import DEMO, District

TOGETHER = (
    ("Kochen wie bei Oma und wie in Aleppo", "bruecke-der-sprachen"),
    ("Museum mit Taschenlampe", "gesamtschule-vellmar"),
)
ASKED = ("Einlegen und einmachen", "kochkreis-baunatal")

HELP = "Suppentopf der Nachbarn"
WANTED = {
    together.RoleKey(Role.COOK): 2,
    together.RoleKey(Role.HOST): 1,
    together.RoleKey(Role.INTERPRETER, "ti", "de"): 1,
}
COOK, HOST = 6, 25


def _activity(title: str, today: date) -> Activity:
    """Find what was built under a title; meetings of the past have the same ones."""
    coming = Activity.objects.filter(dates__starts_at__date__gte=today, is_template=False)
    return coming.filter(versions__parts__title=title).earliest("pk")


def invite_together(district: District, today: date) -> None:
    """Let two meetings have a second organisation, and one wait for the answer."""
    for title, slug in TOGETHER:
        asked = together.ask_co_host(
            actor=DEMO,
            activity_id=_activity(title, today).pk,
            organisation_id=district.organisations[slug].pk,
        )
        together.answer_co_host(actor=DEMO, co_host_id=asked.pk, agrees=True)
    title, slug = ASKED
    together.ask_co_host(
        actor=DEMO,
        activity_id=_activity(title, today).pk,
        organisation_id=district.organisations[slug].pk,
    )


def look_for_help(district: District, today: date) -> None:
    """A date looks for cooks, a host and an interpreter; one cook has the organisers' yes."""
    activity = _activity(HELP, today)
    keys = list(activity.dates.values_list("pk", flat=True))
    together.set_roles(actor=DEMO, activity_id=activity.pk, date_ids=keys, counts=WANTED)
    for role, number in ((Role.COOK, COOK), (Role.HOST, HOST)):
        person = district.people[number]
        wanted = RoleWanted.objects.get(date__activity=activity, role=role)
        offered = together.offer_role(
            actor=DEMO, wanted_id=wanted.pk, person_id=person.pk, language=person.language,
            speaks=[person.language],
        )  # fmt: skip
        if role == Role.COOK:
            together.confirm_role(actor=DEMO, offer_id=offered.offer.pk)
