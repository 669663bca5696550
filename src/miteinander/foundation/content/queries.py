"""Reads written items and finds objects by their words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from miteinander.foundation.content import vocabulary
from miteinander.foundation.content.enums import VersionState
from miteinander.foundation.content.models import SearchPosting, SearchWord, Version
from miteinander.foundation.core.languages import direction
from miteinander.foundation.core.text import words

_MOST_QUERY_WORDS = 8
_MOST_KEYS = 5_000  # more are named by a pattern, to spare the database a long statement


class _Versions(Protocol):
    def all(self) -> Iterable[Version]: ...


class Written(Protocol):
    """An object with texts: its model has ``versions = GenericRelation(Version)``."""

    @property
    def pk(self) -> int:
        """Key of the object."""

    @property
    def versions(self) -> _Versions:
        """Everything written about it."""


@dataclass(frozen=True)
class Reading:
    """What one reader gets to see of a written item, and what to tell them about it.

    ``parts`` are the texts. Those named in ``borrowed`` are missing in this version and come
    from the original, so they have its language.
    """

    parts: Mapping[str, str]
    language: str
    wanted: str
    state: VersionState
    original_language: str
    languages: tuple[str, ...]
    borrowed: frozenset[str] = field(default_factory=frozenset)

    @property
    def direction(self) -> str:
        """Return ``ltr`` or ``rtl``, by the language of the text."""
        return direction(self.language)

    @property
    def is_original(self) -> bool:
        """Whether this is the text as its author wrote it."""
        return self.state == VersionState.ORIGINAL

    @property
    def is_wanted(self) -> bool:
        """Whether the text is in the language that was asked for."""
        return self.language == self.wanted

    @property
    def is_machine(self) -> bool:
        """Whether no person has checked this version."""
        return self.state == VersionState.MACHINE

    @property
    def is_outdated(self) -> bool:
        """Whether the original was changed after this version was made."""
        return self.state == VersionState.OUTDATED

    def part(self, name: str) -> str:
        """Return the text called ``name``, empty when nobody wrote it."""
        return self.parts.get(name, "")

    def language_of(self, name: str) -> str:
        """Return the language in which the text called ``name`` is shown."""
        return self.original_language if name in self.borrowed else self.language


def read(item: Written, language: str, *, original: bool = False) -> Reading:
    """Choose the version of ``item`` for a reader of ``language``.

    The exact language, else its base (German for plain German), else the original. With
    ``original`` the author's own text is chosen. Uses prefetched versions; an item about which
    nothing is written reads as an empty original.
    """
    versions = {version.language: version for version in item.versions.all()}
    source = _source(versions)
    if source is None:
        return Reading({}, language, language, VersionState.ORIGINAL, language, ())
    chosen = source
    if not original:
        chosen = versions.get(language) or versions.get(language.partition("-")[0]) or source
    borrowed = {name: text for name, text in source.parts.items() if not chosen.parts.get(name)}
    return Reading(
        parts={**chosen.parts, **borrowed},
        language=chosen.language,
        wanted=language,
        state=VersionState(chosen.state),
        original_language=source.language,
        languages=(source.language, *sorted(set(versions) - {source.language})),
        borrowed=frozenset(borrowed) if chosen is not source else frozenset(),
    )


def _source(versions: Mapping[str, Version]) -> Version | None:
    originals = (v for v in versions.values() if v.state == VersionState.ORIGINAL)
    return next(originals, next(iter(versions.values()), None))


def versions_of(item: Model) -> QuerySet[Version]:
    """Everything written about ``item``, for services and for whoever edits it."""
    kind = ContentType.objects.get_for_model(item)
    return Version.objects.filter(content_type=kind, object_id=item.pk).order_by("pk")


def original_of(item: Model) -> Version | None:
    """Return the original of ``item``, None when nothing is written yet."""
    return versions_of(item).filter(state=VersionState.ORIGINAL).first()


def matching_ids(model: type[Model], query: str) -> QuerySet[SearchPosting, int] | None:
    """Return the keys of the objects of ``model`` whose texts hold every word of ``query``.

    Made to stand in ``filter(pk__in=...)``. None means that ``query`` holds no word, so there is
    nothing to search for. Who may see the objects is the caller's question.
    """
    asked = list(dict.fromkeys(words(query)))[:_MOST_QUERY_WORDS]
    if not asked:
        return None
    kind = ContentType.objects.get_for_model(model)
    of_kind = SearchPosting.objects.filter(content_type=kind)
    found, known = of_kind, vocabulary.current()
    for position, word in enumerate(asked):
        hits = _words_like(word[: vocabulary.LONGEST], known)
        if hits is None:
            return SearchPosting.objects.none().values_list("object_id", flat=True)
        if position == 0:
            found = found.filter(word__in=hits)
        else:
            more = of_kind.filter(word__in=hits).values("object_id")
            found = found.filter(object_id__in=more)
    return found.values_list("object_id", flat=True)


def _words_like(word: str, known: vocabulary.Vocabulary) -> QuerySet[SearchWord] | list[int] | None:
    """Return the words ``word`` stands for: those that hold it, else its likely spellings."""
    keys = known.holding(word)
    if len(keys) > _MOST_KEYS:
        return SearchWord.objects.filter(word__contains=word)
    return keys or known.spelled_like(word) or None
