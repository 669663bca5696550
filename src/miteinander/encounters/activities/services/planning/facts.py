"""The facts of an occasion, and which planning task each of them answers."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.encounters.activities.insiders import choosable_by
from miteinander.encounters.activities.models import Activity, ActivityLanguage
from miteinander.encounters.activities.queries.tasks import TaskKey
from miteinander.encounters.activities.services.locking import (
    ChangedMeanwhile,
    announce_change,
    fingerprint,
    locked_activity,
)
from miteinander.encounters.activities.services.planning.readiness import (
    gaps_of,
    require_no_new_gap,
)
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core.permissions import Actor

TASK_OF_FACT = {
    "topic": TaskKey.WORDS,
    "audience": TaskKey.AUDIENCE,
    "only_for": TaskKey.AUDIENCE,
    "languages": TaskKey.LANGUAGES,
    "has_interpretation": TaskKey.LANGUAGES,
    "cost_cents": TaskKey.ACCESS,
    "has_childcare": TaskKey.ACCESS,
    "contact_name": TaskKey.CONTACT,
    "contact_phone": TaskKey.CONTACT,
    "contact_email": TaskKey.CONTACT,
}


def facts_of(activity: Activity, names: Mapping[str, object] | list[str]) -> dict[str, object]:
    """Return the present values of changeable facts, for a form and its fingerprint."""
    return {
        name: sorted(row.language for row in activity.languages.all())
        if name == "languages"
        else getattr(activity, name)
        for name in names
    }


@transaction.atomic
def change_activity(
    *, actor: Actor, activity_id: int, changes: Mapping[str, object], seen: str | None = None
) -> Activity:
    """Change facts of an occasion; naming a fact also answers its planning task.

    ``languages`` is the list of languages spoken. With ``seen``, the fingerprint of the values
    a page showed, nothing somebody else wrote since is overwritten. Publishes
    ``ActivityChanged`` for a published occasion.

    Raises:
        ChangedMeanwhile: the values are no longer those of ``seen``.
        PermissionDenied: the occasion is, or would be, for a circle that is not theirs to choose.
        NotReady: a published occasion would lose something it needs.
        ValidationError: a value does not fit.
    """
    activity = locked_activity(actor, activity_id)
    _refuse_unknown(changes)
    changed = _changed_facts(activity, changes, seen)
    _check_circle(actor, activity, changed)
    gaps = gaps_of(activity)
    _write_facts(activity, changed)
    mark_answered(activity, {TASK_OF_FACT[name] for name in changes})
    if changed:
        require_no_new_gap(activity, gaps)
        audit.record(
            actor=actor, verb="activities.change", obj=activity, details={"fields": sorted(changed)}
        )
        announce_change(activity)
    return activity


def _refuse_unknown(changes: Mapping[str, object]) -> None:
    if unknown := set(changes) - set(TASK_OF_FACT):
        raise ValidationError(
            _("This cannot be changed here: %(names)s."),
            code="unknown_fact",
            params={"names": ", ".join(sorted(unknown))},
        )


def _check_circle(actor: Actor, activity: Activity, changed: Mapping[str, object]) -> None:
    """Let only who may close an occasion for a circle do so, or open it again."""
    if "only_for" not in changed:
        return
    mine = {group.key for group in choosable_by(actor)}
    if not {activity.only_for, changed["only_for"]} <= {"", *mine}:
        raise PermissionDenied
    if changed["only_for"] and activity.is_standing:
        raise ValidationError(_("Everybody sees an open offer."), code="standing")


def _changed_facts(
    activity: Activity, changes: Mapping[str, object], seen: str | None
) -> dict[str, object]:
    """Return what of ``changes`` is new, unless somebody else was faster."""
    before = facts_of(activity, changes)
    wanted = {
        name: sorted(set(value)) if name == "languages" else value  # type: ignore[call-overload]
        for name, value in changes.items()
    }
    changed = {name: value for name, value in wanted.items() if value != before[name]}
    if changed and seen is not None and seen != fingerprint(before):
        raise ChangedMeanwhile
    return changed


def _write_facts(activity: Activity, values: Mapping[str, object]) -> None:
    if "languages" in values:
        _write_languages(activity, values["languages"])  # type: ignore[arg-type]
    names = [name for name in values if name != "languages"]
    for name in names:
        setattr(activity, name, values[name])
    if names:
        activity.clean_fields()
        activity.save(update_fields=names)


def _write_languages(activity: Activity, codes: list[str]) -> None:
    rows = [ActivityLanguage(activity=activity, language=code) for code in codes]
    for row in rows:
        row.clean_fields()
    activity.languages.all().delete()
    ActivityLanguage.objects.bulk_create(rows)


def mark_answered(activity: Activity, keys: set[TaskKey]) -> None:
    """Remember that somebody saved the pages ``keys``."""
    answered = sorted({*activity.answered, *(str(key) for key in keys)})
    if answered != activity.answered:
        activity.answered = answered
        activity.save(update_fields=["answered"])
