"""Materials and questions of what somebody learns or teaches."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from miteinander.cooperation.guides.models import Curriculum, Material, Module, Question
from miteinander.cooperation.guides.permissions import readable_curricula
from miteinander.foundation.core.permissions import Actor


@dataclass(frozen=True)
class Asked:
    """A question as it is shown: the answers in an order that does not tell the right one."""

    question: Question
    answers: Sequence[str]


def read_curricula(*, actor: Actor) -> QuerySet[Curriculum]:
    """Curricula whose materials ``actor`` reads."""
    found = Curriculum.objects.filter(readable_curricula(actor)).select_related("organisation")
    return found.order_by("organisation__name", "pk")


def read_materials(*, actor: Actor) -> QuerySet[Material]:
    """Files and links ``actor`` reads, with their content."""
    mine = Curriculum.objects.filter(readable_curricula(actor)).order_by()
    return Material.objects.filter(module__curriculum__in=mine.values("pk"))


def modules_with_materials(*, curriculum: Curriculum) -> list[Module]:
    """Modules in their order with materials (without content) and questions; three queries."""
    rows = Material.objects.defer("content").order_by("added_at", "pk")
    return list(
        Module.objects.filter(curriculum=curriculum)
        .prefetch_related(Prefetch("materials", queryset=rows), "questions")
        .order_by("position", "pk")
    )


def asked(question: Question) -> Asked:
    """Order the answers by a digest: always the same, and the right one anywhere."""

    def place(answer: str) -> bytes:
        return hashlib.sha256(f"{question.pk}:{answer}".encode()).digest()

    answers = (question.right, question.wrong, question.also_wrong)
    return Asked(question, sorted(filter(None, answers), key=place))


def files_of(curriculum: Curriculum) -> Iterator[Material]:
    """Yield the files of a curriculum one by one, with their content."""
    rows = Material.objects.filter(module__curriculum=curriculum, link="")
    yield from rows.order_by("module__position", "added_at", "pk").iterator(chunk_size=1)
