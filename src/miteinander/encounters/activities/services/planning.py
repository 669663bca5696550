"""Planning an occasion: from a title to the public, and back out of sight."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.community.organisations import permissions as organisations
from miteinander.community.organisations.models import Organisation
from miteinander.encounters.activities.enums import ActivityStatus
from miteinander.encounters.activities.messages import (
    ActivityApproved,
    ActivityAskedBack,
    ActivityHidden,
    ActivityPublished,
    ApprovalRequested,
)
from miteinander.encounters.activities.models import Activity, ActivityLanguage
from miteinander.encounters.activities.queries.tasks import (
    PlanningTask,
    TaskKey,
    missing_tasks,
)
from miteinander.encounters.activities.services.locking import (
    ChangedMeanwhile,
    announce_change,
    fingerprint,
    locked_activity,
)
from miteinander.encounters.activities.services.words import write_first_words
from miteinander.encounters.spaces import services as spaces
from miteinander.foundation.audit import services as audit
from miteinander.foundation.content import services as content
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.text import paragraphs

TASK_OF_FACT = {
    "topic": TaskKey.WORDS,
    "audience": TaskKey.AUDIENCE,
    "languages": TaskKey.LANGUAGES,
    "has_interpretation": TaskKey.LANGUAGES,
    "cost_cents": TaskKey.ACCESS,
    "has_childcare": TaskKey.ACCESS,
    "contact_name": TaskKey.CONTACT,
    "contact_phone": TaskKey.CONTACT,
    "contact_email": TaskKey.CONTACT,
}


class NotReady(ValidationError):
    """Something is missing before the public may see the occasion; ``missing`` says what."""

    def __init__(self, missing: list[PlanningTask]) -> None:
        self.missing = missing
        sentences = [str(sentence) for task in missing for sentence in task.missing]
        super().__init__(sentences, code="not_ready")


@transaction.atomic
def create_activity(
    *,
    actor: Actor,
    organisation_id: int,
    parts: Mapping[str, str],
    language: str,
    source_uid: str = "",
) -> Activity:
    """Begin a draft with its first words, at least a ``title``, in the language they are in.

    Raises:
        ValidationError: no title, a part too long, or no such language.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    require(actor, "organisations.plan", organisation)
    activity = Activity.objects.create(
        organisation=organisation,
        municipality_id=organisation.municipality_id,
        created_by_id=actor.pk,
        source_uid=source_uid,
    )
    write_first_words(actor=actor, activity=activity, parts=parts, language=language)
    audit.record(actor=actor, verb="activities.create", obj=activity)
    return activity


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
        NotReady: a published occasion would lose something it needs.
        ValidationError: a value does not fit.
    """
    activity = locked_activity(actor, activity_id)
    if unknown := set(changes) - set(TASK_OF_FACT):
        raise ValidationError(
            _("This cannot be changed here: %(names)s."),
            code="unknown_fact",
            params={"names": ", ".join(sorted(unknown))},
        )
    before = facts_of(activity, changes)
    wanted = {
        name: sorted(set(value)) if name == "languages" else value  # type: ignore[call-overload]
        for name, value in changes.items()
    }
    changed = [name for name in wanted if wanted[name] != before[name]]
    if changed and seen is not None and seen != fingerprint(before):
        raise ChangedMeanwhile
    gaps = {task.key for task in missing_tasks(activity, clock.now())}
    _write_facts(activity, {name: wanted[name] for name in changed})
    mark_answered(activity, {TASK_OF_FACT[name] for name in changes})
    if changed:
        _keep_complete(activity, gaps)
        audit.record(
            actor=actor, verb="activities.change", obj=activity, details={"fields": sorted(changed)}
        )
        announce_change(activity)
    return activity


@transaction.atomic
def change_access(
    *,
    actor: Actor,
    activity_id: int,
    changes: Mapping[str, object],
    place: Mapping[str, object],
    seen: str | None = None,
) -> Activity:
    """Change cost and childcare together with what is known of access at the venue.

    Raises: as :func:`change_activity`.
    """
    activity = locked_activity(actor, activity_id)
    venue = activity.venue if place else None
    before = facts_of(activity, changes)
    present = {**before, **{name: getattr(venue, name) for name in place}}
    if seen is not None and present != {**changes, **place} and seen != fingerprint(present):
        raise ChangedMeanwhile
    if venue:
        spaces.change_venue(actor=actor, venue_id=venue.pk, changes=place)
        announce_change(activity)
    return change_activity(actor=actor, activity_id=activity_id, changes=changes)


def _write_facts(activity: Activity, values: dict[str, object]) -> None:
    if "languages" in values:
        wanted: list[str] = values.pop("languages")  # type: ignore[assignment]
        rows = [ActivityLanguage(activity=activity, language=code) for code in wanted]
        for row in rows:
            row.clean_fields()
        activity.languages.all().delete()
        ActivityLanguage.objects.bulk_create(rows)
    for name, value in values.items():
        setattr(activity, name, value)
    if values:
        activity.clean_fields()
        activity.save(update_fields=list(values))


def mark_answered(activity: Activity, keys: set[TaskKey]) -> None:
    """Remember that somebody saved the pages ``keys``."""
    answered = sorted({*activity.answered, *(str(key) for key in keys)})
    if answered != activity.answered:
        activity.answered = answered
        activity.save(update_fields=["answered"])


def _keep_complete(activity: Activity, gaps: set[TaskKey]) -> None:
    if activity.status != ActivityStatus.PUBLISHED:
        return
    missing = [task for task in missing_tasks(activity, clock.now()) if task.key not in gaps]
    if missing:
        raise NotReady(missing)


@transaction.atomic
def publish_activity(*, actor: Actor, activity_id: int) -> Activity:
    """Show a draft to the public, or ask for approval when it is the organisation's first.

    Publishing twice changes nothing the second time. A coordinator's own publishing is the
    approval.

    Raises:
        NotReady: something is missing.
        ValidationError: it was hidden by a coordinator (code ``hidden``).
    """
    activity = locked_activity(actor, activity_id)
    if activity.status in {ActivityStatus.PUBLISHED, ActivityStatus.AWAITING_APPROVAL}:
        return activity
    if activity.status == ActivityStatus.HIDDEN:
        raise ValidationError(_("A coordinator has hidden this meeting."), code="hidden")
    if missing := missing_tasks(activity, clock.now()):
        raise NotReady(missing)
    organisation = Organisation.objects.select_for_update().get(pk=activity.organisation_id)
    if organisation.trusted_since or organisations.coordinates(actor, organisation):
        _trust(organisation)
        _show_to_public(activity)
        audit.record(actor=actor, verb="activities.publish", obj=activity)
    else:
        activity.status = ActivityStatus.AWAITING_APPROVAL
        activity.question = ""
        activity.save(update_fields=["status", "question"])
        audit.record(actor=actor, verb="activities.request_approval", obj=activity)
        bus.publish(ApprovalRequested(activity_id=activity.pk))
    return activity


def _trust(organisation: Organisation) -> None:
    if organisation.trusted_since is None:
        organisation.trusted_since = clock.now()
        organisation.save(update_fields=["trusted_since"])


def _show_to_public(activity: Activity) -> None:
    activity.status = ActivityStatus.PUBLISHED
    activity.published_at = activity.published_at or clock.now()
    activity.question = ""
    activity.save(update_fields=["status", "published_at", "question"])
    bus.publish(ActivityPublished(activity_id=activity.pk))


def _awaiting(actor: Actor, activity_id: int) -> Activity:
    activity = locked_activity(actor, activity_id, "activities.approve")
    if activity.status != ActivityStatus.AWAITING_APPROVAL:
        raise ValidationError(_("This meeting does not wait for approval."), code="not_awaiting")
    return activity


@transaction.atomic
def approve_activity(*, actor: Actor, activity_id: int) -> Activity:
    """Approve the first occasion of an organisation; its next ones need no approval.

    Raises:
        NotReady: something is missing by now, for example a coming date.
        ValidationError: it does not wait for approval (code ``not_awaiting``).
    """
    activity = _awaiting(actor, activity_id)
    if missing := missing_tasks(activity, clock.now()):
        raise NotReady(missing)
    _trust(Organisation.objects.select_for_update().get(pk=activity.organisation_id))
    audit.record(actor=actor, verb="activities.approve", obj=activity)
    bus.publish(ActivityApproved(activity_id=activity.pk))
    _show_to_public(activity)
    return activity


@transaction.atomic
def ask_back(*, actor: Actor, activity_id: int, question: str) -> Activity:
    """Return an occasion to its planners with a question; it is a draft again.

    Raises:
        ValidationError: no question (``required``), or nothing to approve (``not_awaiting``).
    """
    activity = _awaiting(actor, activity_id)
    activity.question = paragraphs(question)
    if not activity.question:
        raise ValidationError(_("Write what you want to know."), code="required")
    activity.status = ActivityStatus.DRAFT
    activity.clean_fields(exclude=["versions"])
    activity.save(update_fields=["status", "question"])
    audit.record(actor=actor, verb="activities.ask_back", obj=activity)
    bus.publish(ActivityAskedBack(activity_id=activity.pk))
    return activity


@transaction.atomic
def hide_activity(*, actor: Actor, activity_id: int) -> Activity:
    """Take an occasion out of sight; who is signed up stays signed up."""
    activity = locked_activity(actor, activity_id, "activities.hide")
    if activity.status != ActivityStatus.HIDDEN:
        activity.status = ActivityStatus.HIDDEN
        activity.save(update_fields=["status"])
        audit.record(actor=actor, verb="activities.hide", obj=activity)
        bus.publish(ActivityHidden(activity_id=activity.pk))
    return activity


@transaction.atomic
def show_activity(*, actor: Actor, activity_id: int) -> Activity:
    """Bring a hidden occasion back to where it was: the public, or its planners."""
    activity = locked_activity(actor, activity_id, "activities.hide")
    if activity.status == ActivityStatus.HIDDEN:
        was_public = activity.published_at is not None
        activity.status = ActivityStatus.PUBLISHED if was_public else ActivityStatus.DRAFT
        activity.save(update_fields=["status"])
        audit.record(actor=actor, verb="activities.show", obj=activity)
        bus.publish(ActivityHidden(activity_id=activity.pk))
    return activity


def is_discardable(activity: Activity) -> bool:
    """Whether nobody outside ever saw it: a draft that was never published."""
    return activity.status == ActivityStatus.DRAFT and activity.published_at is None


@transaction.atomic
def discard_draft(*, actor: Actor, activity_id: int) -> None:
    """Delete a draft that was begun by mistake, with its dates and words.

    Raises:
        ValidationError: it was public once, or waits for approval (code ``not_draft``).
    """
    activity = locked_activity(actor, activity_id, "activities.discard")
    if not is_discardable(activity):
        raise ValidationError(
            _("Only a draft that was never published can be discarded."), code="not_draft"
        )
    audit.record(actor=actor, verb="activities.discard", obj=activity)
    content.index(item=activity, texts=[])
    activity.delete()
