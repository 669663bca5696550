"""Writing the words of an occasion: the original and its versions."""

from collections.abc import Mapping

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.encounters.activities.enums import Topic
from miteinander.encounters.activities.models import Activity
from miteinander.encounters.activities.queries.tasks import original_parts
from miteinander.encounters.activities.services.locking import (
    ChangedMeanwhile,
    announce_change,
    fingerprint,
    locked_activity,
)
from miteinander.encounters.activities.services.search import index_activity
from miteinander.foundation.audit import services as audit
from miteinander.foundation.content import services as content
from miteinander.foundation.content.enums import VersionState
from miteinander.foundation.content.models import Version
from miteinander.foundation.core.languages import INTERFACE
from miteinander.foundation.core.permissions import Actor
from miteinander.foundation.core.text import one_line, paragraphs

TOLD = ("title", "summary", "description", "way_there")
QUESTION = "question"
PARTS = (*TOLD, QUESTION)
_LIMITS = {
    "title": "title", "summary": "summary", "description": "text", "way_there": "text",
    QUESTION: "summary",
}  # fmt: skip


def cleaned_parts(parts: Mapping[str, str]) -> dict[str, str]:
    """Clean the words as people type them and check their length.

    ``TOLD`` is what everybody reads; ``QUESTION`` is put to whoever asks for a seat, and left out
    where nobody is asked.

    Raises:
        ValidationError: no title, a part too long, or a part that is none of ours.
    """
    cleaned = {
        name: one_line(parts.get(name, "")) if name == "title" else paragraphs(parts.get(name, ""))
        for name in PARTS
    }
    if not cleaned["title"]:
        raise ValidationError(_("Give it a title."), code="required")
    for name, text in cleaned.items():
        limit = settings.FORMAT_LIMITS[_LIMITS[name]]
        if len(text) > limit:
            raise ValidationError(
                _("This text is too long: at most %(limit)s characters."),
                code="too_long",
                params={"limit": limit},
            )
    return {name: text for name, text in cleaned.items() if text or name != QUESTION}


def _known_language(language: str) -> str:
    if language not in INTERFACE:
        raise ValidationError(_("Choose one of the languages."), code="unknown_language")
    return language


def write_first_words(
    *, actor: Actor, activity: Activity, parts: Mapping[str, str], language: str
) -> None:
    """Write the original of a new occasion. A draft is found by nobody, so nothing is indexed."""
    content.write_original(
        actor=actor,
        item=activity,
        language=_known_language(language),
        parts=cleaned_parts(parts),
    )


@transaction.atomic
def write_words(
    *,
    actor: Actor,
    activity_id: int,
    parts: Mapping[str, str],
    topic: str | None = None,
    seen: str | None = None,
) -> Activity:
    """Write the original and, when given, the topic; other versions become outdated by it.

    Raises:
        ChangedMeanwhile: the words are no longer those of ``seen``.
        ValidationError: no title, a part too long, no such topic, or a published occasion
            would lose its summary or topic.
    """
    activity = locked_activity(actor, activity_id)
    original = activity.versions.get(state=VersionState.ORIGINAL)
    wanted = cleaned_parts({**original.parts, **parts})
    before = words_of(activity)
    after = {
        **dict.fromkeys(PARTS, ""), **wanted, "topic": activity.topic if topic is None else topic,
    }  # fmt: skip
    if after == before:
        return activity
    if seen is not None and seen != fingerprint(before):
        raise ChangedMeanwhile
    if activity.published_at and not (after["summary"] and after["topic"]):
        raise ValidationError(
            _("The public sees this meeting. It needs a short text and a topic."), code="required"
        )
    _write_topic(activity, after["topic"])
    if wanted != present_parts(activity):
        content.write_original(actor=actor, item=activity, language=original.language, parts=wanted)
    index_activity(activity_id=activity.pk)
    audit.record(actor=actor, verb="activities.write", obj=activity)
    announce_change(activity)
    return activity


def words_of(activity: Activity) -> dict[str, str]:
    """Return the present words and topic, for a form and its fingerprint."""
    parts = original_parts(activity)
    return {**{name: parts.get(name, "") for name in PARTS}, "topic": activity.topic}


def present_parts(activity: Activity) -> dict[str, str]:
    """Return the words there are now, as :func:`cleaned_parts` gives them."""
    parts = words_of(activity)
    return {name: parts[name] for name in PARTS if parts[name] or name != QUESTION}


def _write_topic(activity: Activity, topic: str) -> None:
    if topic == activity.topic:
        return
    if topic and topic not in Topic.values:
        raise ValidationError(_("Choose one of the topics."), code="unknown_topic")
    activity.topic = topic
    activity.save(update_fields=["topic"])


def names_of(activity: Activity) -> tuple[str, ...]:
    """List names that no version may change: contact, place, street, who invites."""
    venue = activity.venue
    names = [activity.contact_name, activity.organisation.name]
    if venue:
        names += [venue.name, venue.street]
    return tuple(name for name in names if name)


@transaction.atomic
def write_version(
    *,
    actor: Actor,
    activity_id: int,
    language: str,
    parts: Mapping[str, str],
    differences_confirmed: bool = False,
) -> Version:
    """Write the words in another language, checked by the person who saves them.

    Raises:
        FactsDiffer: numbers, times, names or links differ and nobody confirmed it.
        ValidationError: no title, a part too long, or this is the language of the original.
    """
    activity = locked_activity(actor, activity_id)
    original = activity.versions.get(state=VersionState.ORIGINAL)
    if _known_language(language) == original.language:
        raise ValidationError(_("This is the language of the original."), code="is_original")
    version = content.write_version(
        actor=actor,
        item=activity,
        language=language,
        parts=cleaned_parts(parts),
        state=VersionState.HUMAN,
        differences_confirmed=differences_confirmed,
        names=names_of(activity),
    )
    index_activity(activity_id=activity.pk)
    audit.record(
        actor=actor, verb="activities.write_version", obj=activity, details={"language": language}
    )
    announce_change(activity)
    return version
