"""Who invites together with whom in the demo district."""

from datetime import date

from miteinander.encounters.activities.models import Activity
from miteinander.encounters.activities.services import together
from miteinander.web.demo.district import DEMO, District

TOGETHER = (
    ("Kochen wie bei Oma und wie in Aleppo", "bruecke-der-sprachen"),
    ("Museum mit Taschenlampe", "gesamtschule-vellmar"),
)
ASKED = ("Einlegen und einmachen", "kochkreis-baunatal")


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
