"""Writes texts in several languages, and the words they are found by.

These services are steps inside the services of the app that owns the item: that app has already
required the permission on the item and publishes what happened to it.
"""

from collections.abc import Iterable, Mapping

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils.translation import gettext as _

from miteinander.foundation.audit.services import record
from miteinander.foundation.content import facts
from miteinander.foundation.content.enums import VersionState
from miteinander.foundation.content.hashes import fingerprint
from miteinander.foundation.content.models import SearchPosting, SearchWord, Version
from miteinander.foundation.content.queries import original_of, versions_of
from miteinander.foundation.content.vocabulary import LONGEST
from miteinander.foundation.core.languages import INTERFACE
from miteinander.foundation.core.permissions import Actor
from miteinander.foundation.core.text import index_words, paragraphs

LONGEST_PART = 10_000
_BATCH = 500
_ATTEMPTS = 3


class FactsDiffer(Exception):
    """A version states other numbers, times, names or links than its original."""

    def __init__(self, differences: list[facts.Difference]) -> None:
        super().__init__(f"{len(differences)} facts differ from the original")
        self.differences = differences


@transaction.atomic
def write_original(
    *, actor: Actor, item: Model, language: str, parts: Mapping[str, str]
) -> Version:
    """Write the author's own text of ``item``; versions made from another text become outdated.

    In another language than before, it takes the place of a version in that language, and the
    former original stays as an outdated version. The same text again changes nothing.
    """
    texts = _cleaned(language, parts)
    _lock(item)
    source_hash = fingerprint(texts)
    wanted = _shaped(item, language, texts, VersionState.ORIGINAL, source_hash)
    present = original_of(item)
    if present is None:
        return _write(actor, item, wanted)
    if present.language == language and present.source_hash == source_hash:
        return present
    versions_of(item).exclude(language=language).update(state=VersionState.OUTDATED)
    return _write(actor, item, wanted)


@transaction.atomic
def write_version(  # noqa: PLR0913 (the names belong to the comparison it makes)
    *,
    actor: Actor,
    item: Model,
    language: str,
    parts: Mapping[str, str],
    state: VersionState,
    differences_confirmed: bool = False,
    names: Iterable[str] = (),
) -> Version:
    """Write ``item`` in another language, from its original as it stands now.

    ``state`` is HUMAN, or MACHINE for a draft nobody has checked. ``names`` must appear
    unchanged where the original has them.

    Raises:
        FactsDiffer: facts differ from the original and nobody has confirmed that they should.
    """
    texts = _cleaned(language, parts)
    _lock(item)
    original = original_of(item)
    if original is None:
        raise ValidationError(_("Write the original text first."), code="no_original")
    if original.language == language:
        raise ValidationError(
            _("The original is in this language. Change the original."), code="is_original"
        )
    if state not in {VersionState.HUMAN, VersionState.MACHINE}:
        raise ValidationError(_("A version is made by a person or a machine."), code="state")
    _refuse_to_replace_checked(original, item, language, state)
    differences = facts.compare(original.parts, texts, names)
    if differences and not differences_confirmed:
        raise FactsDiffer(differences)
    return _write(actor, item, _shaped(item, language, texts, state, original.source_hash))


@transaction.atomic
def copy_versions(*, actor: Actor, source: Model, item: Model) -> None:
    """Write every version of ``source`` for the new ``item`` as it stands, with its state."""
    rows = [
        Version(
            content_type=ContentType.objects.get_for_model(item),
            object_id=item.pk,
            language=version.language,
            parts=version.parts,
            state=version.state,
            source_hash=version.source_hash,
        )
        for version in versions_of(source).order_by("pk")
    ]
    Version.objects.bulk_create(rows)
    languages = sorted(row.language for row in rows)
    record(actor=actor, verb="content.copy", obj=item, details={"languages": languages})


@transaction.atomic
def drop_version(*, actor: Actor, item: Model, language: str) -> None:
    """Remove the version of ``item`` in ``language``; the original cannot be removed."""
    _lock(item)
    version = versions_of(item).filter(language=language).first()
    if version is None:
        return
    if version.state == VersionState.ORIGINAL:
        raise ValidationError(_("The original cannot be removed."), code="is_original")
    version.delete()
    record(actor=actor, verb="content.drop_version", obj=item, details={"language": language})


@transaction.atomic
def index(*, item: Model, texts: Iterable[str]) -> None:
    """Let ``item`` be found by the words of ``texts`` and by no others; none make it unfindable.

    Only what changed is written, so it may run as often as one likes.
    """
    wanted = {word[:LONGEST] for text in texts for word in index_words(text)}
    _lock(item)
    kind = ContentType.objects.get_for_model(item)
    postings = SearchPosting.objects.filter(content_type=kind, object_id=item.pk)
    present = dict(postings.values_list("word__word", "pk"))
    gone = [key for word, key in present.items() if word not in wanted]
    if gone:
        postings.filter(pk__in=gone).delete()
    SearchPosting.objects.bulk_create(
        [
            SearchPosting(content_type=kind, object_id=item.pk, word_id=key)
            for key in _word_keys(wanted - present.keys())
        ],
        ignore_conflicts=True,
        batch_size=_BATCH,
    )


@transaction.atomic
def forget_unused_words() -> int:
    """Delete the words no text holds any more, and return how many.

    At most a batch at a time; words somebody is using at this moment are left for the next time.
    """
    rows = _unused().order_by("pk").select_for_update(skip_locked=True)
    held = list(rows.values_list("pk", flat=True)[:_BATCH])
    return _unused().filter(pk__in=held).delete()[0]


def _unused() -> QuerySet[SearchWord]:
    return SearchWord.objects.filter(~Exists(SearchPosting.objects.filter(word=OuterRef("pk"))))


def _word_keys(new: set[str]) -> list[int]:
    """Return the keys of ``new`` words of an item, adding those nobody used before.

    Sorted, so that two writers of the same words wait for each other and never in a circle.
    Words without a posting are locked, so that they are not forgotten meanwhile; those that were
    forgotten just before are added again.
    """
    keys: dict[str, int] = {}
    for _attempt in range(_ATTEMPTS):
        keys = _keys_of(new)
        missing = sorted(new - keys.keys())
        SearchWord.objects.bulk_create(
            [SearchWord(word=word) for word in missing], ignore_conflicts=True, batch_size=_BATCH
        )
        held = _unused().filter(word__in=new).order_by("pk").select_for_update()
        list(held.values_list("pk", flat=True))
        keys = _keys_of(new)
        if len(keys) == len(new):
            break
    return [keys[word] for word in sorted(keys)]


def _keys_of(texts: set[str]) -> dict[str, int]:
    return dict(SearchWord.objects.filter(word__in=texts).values_list("word", "pk"))


def _cleaned(language: str, parts: Mapping[str, str]) -> dict[str, str]:
    if language not in INTERFACE:
        raise ValidationError(_("Texts cannot be written in this language."), code="language")
    texts = {name: paragraphs(text) for name, text in parts.items()}
    if any(len(text) > LONGEST_PART for text in texts.values()):
        raise ValidationError(
            _("This text is too long. At most %(limit)d characters fit."),
            code="too_long",
            params={"limit": LONGEST_PART},
        )
    return {name: text for name, text in texts.items() if text}


def _lock(item: Model) -> None:
    """Let one writer at a time work on the texts of ``item``."""
    rows = type(item)._base_manager.filter(pk=item.pk).order_by("pk").select_for_update()
    list(rows.values_list("pk"))


def _refuse_to_replace_checked(
    original: Version, item: Model, language: str, state: VersionState
) -> None:
    """Keep a machine from writing over what a person checked and what still fits."""
    if state != VersionState.MACHINE:
        return
    checked = versions_of(item).filter(
        language=language, state=VersionState.HUMAN, source_hash=original.source_hash
    )
    if checked.exists():
        raise ValidationError(_("A person has checked this version."), code="checked_already")


def _shaped(
    item: Model, language: str, texts: dict[str, str], state: VersionState, source_hash: str
) -> Version:
    return Version(
        content_type=ContentType.objects.get_for_model(item),
        object_id=item.pk,
        language=language,
        parts=texts,
        state=state,
        source_hash=source_hash,
    )


def _write(actor: Actor, item: Model, wanted: Version) -> Version:
    """Store ``wanted`` in the place of the version in its language, and note who wrote it."""
    version = versions_of(item).filter(language=wanted.language).first() or wanted
    same = (version.parts, version.state, version.source_hash) == (
        wanted.parts, wanted.state, wanted.source_hash,
    )  # fmt: skip
    if version.pk and same:
        return version
    version.parts, version.state = wanted.parts, wanted.state
    version.source_hash = wanted.source_hash
    version.save()
    record(
        actor=actor,
        verb="content.write",
        obj=item,
        details={"language": version.language, "state": version.state},
    )
    return version
