"""Beginning an occasion from another one, and keeping one as a template."""

from django.db import transaction

from miteinander.community.organisations.models import Organisation
from miteinander.encounters.activities.models import Activity, ActivityLanguage, OpeningHours
from miteinander.encounters.activities.services.locking import locked_activity
from miteinander.encounters.activities.services.planning.facts import TASK_OF_FACT
from miteinander.encounters.activities.services.planning.giving import GIVING_FACTS
from miteinander.foundation.audit import services as audit
from miteinander.foundation.content import services as content
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor, require

COPIED = (
    *(name for name in TASK_OF_FACT if name != "languages"),
    *GIVING_FACTS,
    "organisation_id", "venue_id", "municipality_id", "is_online", "online_url", "answered",
    "is_standing", "rests_in_holidays",
)  # fmt: skip


@transaction.atomic
def copy_activity(*, actor: Actor, activity_id: int) -> Activity:
    """Begin a draft with the words in all languages, the facts and the place of another; no dates.

    Of a template it is what the template is there for.
    """
    source = _copyable(actor, activity_id)
    copied = _copy(actor, source, is_template=False)
    audit.record(actor=actor, verb="activities.copy", obj=copied, details={"activity": source.pk})
    return copied


@transaction.atomic
def keep_template(*, actor: Actor, activity_id: int) -> Activity:
    """Keep a copy as a template of the organisation; the occasion itself stays as it is."""
    source = _copyable(actor, activity_id)
    kept = _copy(actor, source, is_template=True)
    audit.record(
        actor=actor, verb="activities.keep_template", obj=kept, details={"activity": source.pk}
    )
    return kept


def _copyable(actor: Actor, activity_id: int) -> Activity:
    source = locked_activity(actor, activity_id, "activities.copy")
    organisation = Organisation.objects.select_for_update().get(pk=source.organisation_id)
    require(actor, "organisations.plan", organisation)
    return source


def _copy(actor: Actor, source: Activity, *, is_template: bool) -> Activity:
    facts = {name: getattr(source, name) for name in COPIED}
    facts["usual_seats"] = _usual_seats(source)
    copied = Activity.objects.create(**facts, created_by_id=actor.pk, is_template=is_template)
    ActivityLanguage.objects.bulk_create(
        [
            ActivityLanguage(activity=copied, language=row.language)
            for row in source.languages.order_by("pk")
        ]
    )
    _copy_opening(source, copied)
    content.copy_versions(actor=actor, source=source, item=copied)
    return copied


def _copy_opening(source: Activity, copied: Activity) -> None:
    """Give a copy the hours of its source; what lies in the past or is closed stays behind."""
    today = clock.today()
    OpeningHours.objects.bulk_create(
        [
            OpeningHours(
                activity=copied, weekday=row.weekday, opens=row.opens, closes=row.closes,
                first_day=row.first_day, last_day=row.last_day,
            )
            for row in source.opening_hours.order_by("pk")
            if row.last_day is None or row.last_day >= today
        ]
    )  # fmt: skip


def _usual_seats(source: Activity) -> int | None:
    """Return how many seats the latest date has; without a date, what ``source`` began with."""
    latest = source.dates.order_by("-pk").values_list("capacity", flat=True).first()
    return latest or source.usual_seats
