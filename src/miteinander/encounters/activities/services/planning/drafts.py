"""A draft comes to be with its first words, and is discarded when it was begun by mistake."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.community.organisations.models import Organisation
from miteinander.encounters.activities.enums import ActivityStatus
from miteinander.encounters.activities.models import Activity
from miteinander.encounters.activities.services.locking import locked_activity
from miteinander.encounters.activities.services.words import write_first_words
from miteinander.foundation.audit import services as audit
from miteinander.foundation.content import services as content
from miteinander.foundation.core.permissions import Actor, require


@transaction.atomic
def create_activity(
    *,
    actor: Actor,
    organisation_id: int,
    parts: Mapping[str, str],
    language: str,
    source_uid: str = "",
    is_standing: bool = False,
) -> Activity:
    """Begin a draft with its first words, at least a ``title``, in the language they are in.

    A standing offer (``is_standing``) has opening times instead of dates and seats.

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
        is_standing=is_standing,
    )
    write_first_words(actor=actor, activity=activity, parts=parts, language=language)
    audit.record(actor=actor, verb="activities.create", obj=activity)
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
