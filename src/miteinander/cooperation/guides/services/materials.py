"""Files, links and questions of a module: added and deleted by who teaches."""

import hashlib
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from miteinander.cooperation.guides.file_kinds import kind_of, plain_name
from miteinander.cooperation.guides.models import Curriculum, Material, Module, Question
from miteinander.cooperation.guides.permissions import can_see_curriculum
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.text import one_line

MEGABYTE = 1_000_000
MOST_OF_FILE = 5 * MEGABYTE
MOST_OF_ALL = 30 * MEGABYTE
MOST_MATERIALS = 200
MOST_QUESTIONS = 100


@dataclass(frozen=True)
class File:
    """A file as somebody sent it."""

    name: str
    content: bytes


@dataclass(frozen=True)
class QuestionFacts:
    """A question and its answers; ``also_wrong`` and ``why`` may be empty."""

    words: str
    right: str
    wrong: str
    language: str
    also_wrong: str = ""
    why: str = ""


def _held_module(actor: Actor, module_id: int) -> Module:
    """Hold the curriculum of a module, so that limits are counted by one at a time."""
    module = Module.objects.select_related("curriculum__organisation").get(pk=module_id)
    if not can_see_curriculum(actor, module.curriculum):
        raise Module.DoesNotExist
    require(actor, "guides.teach", module.curriculum.organisation)
    Curriculum.objects.select_for_update(of=("self",)).only("pk").get(pk=module.curriculum_id)
    return module


@transaction.atomic
def add_link(*, actor: Actor, module_id: int, title: str, link: str, language: str) -> Material:
    """Add a link to a module; the same one again changes nothing.

    Raises:
        ValidationError: it is no web address, or there are too many materials.
    """
    module = _held_module(actor, module_id)
    row = Material(
        module=module, title=one_line(title), link=link.strip(), language=language,
        digest=hashlib.sha256(link.strip().encode()).hexdigest(), added_at=clock.now(),
    )  # fmt: skip
    if not row.link.startswith(("https://", "http://")):
        raise ValidationError(_("Enter an address that begins with https://."), code="no_link")
    return _add(actor, row)


@transaction.atomic
def add_file(*, actor: Actor, module_id: int, title: str, file: File, language: str) -> Material:
    """Add a file to a module; the same one again changes nothing.

    Raises:
        ValidationError: it is too big, of a kind that is not taken, or there is too much.
    """
    module = _held_module(actor, module_id)
    if len(file.content) > MOST_OF_FILE:
        raise ValidationError(
            _("The file is too big. At most 5 megabytes fit. Make it smaller."), code="too_big"
        )
    kind = kind_of(file.name, file.content)
    if kind is None:
        raise ValidationError(
            _("This file cannot be taken. Choose a PDF, a picture, a text or slides."),
            code="unknown_kind",
        )
    row = Material(
        module=module, title=one_line(title), language=language,
        name=plain_name(file.name, kind), kind=kind.media_type, content=file.content,
        size=len(file.content), digest=hashlib.sha256(file.content).hexdigest(),
        added_at=clock.now(),
    )  # fmt: skip
    return _add(actor, row)


def _add(actor: Actor, row: Material) -> Material:
    known = Material.objects.defer("content").filter(module=row.module, digest=row.digest).first()
    if known is not None:
        return known
    others = Material.objects.filter(module__curriculum_id=row.module.curriculum_id).order_by()
    is_too_much = (others.aggregate(all=Sum("size"))["all"] or 0) + row.size > MOST_OF_ALL
    if is_too_much or others.count() >= MOST_MATERIALS:
        raise ValidationError(
            _("There are too many materials. Delete one that nobody needs first."), code="full"
        )
    row.full_clean(exclude=["module"])
    row.save()
    audit.record(actor=actor, verb="guides.add_material", obj=row)
    return row


@transaction.atomic
def delete_material(*, actor: Actor, material_id: int) -> None:
    """Delete a file or link.

    Raises:
        Material.DoesNotExist: it is gone already, or not the actor's.
    """
    row = Material.objects.defer("content").get(pk=material_id)
    try:
        _held_module(actor, row.module_id)
    except Module.DoesNotExist:
        raise Material.DoesNotExist from None
    audit.record(actor=actor, verb="guides.delete_material", obj=row)
    Material.objects.filter(pk=row.pk).delete()


@transaction.atomic
def add_question(*, actor: Actor, module_id: int, facts: QuestionFacts) -> Question:
    """Add a question to a module; the same words again change nothing.

    Raises:
        ValidationError: words are missing, answers are the same, or there are too many.
    """
    module = _held_module(actor, module_id)
    row = Question(
        module=module, language=facts.language, words=one_line(facts.words),
        right=one_line(facts.right), wrong=one_line(facts.wrong),
        also_wrong=one_line(facts.also_wrong), why=one_line(facts.why), added_at=clock.now(),
    )  # fmt: skip
    known = Question.objects.filter(module=module, words=row.words).first()
    if known is not None:
        return known
    answers = [answer for answer in (row.right, row.wrong, row.also_wrong) if answer]
    if len(set(answers)) != len(answers):
        raise ValidationError(_("Each answer must be another one."), code="same_answers")
    if Question.objects.filter(module=module).count() >= MOST_QUESTIONS:
        raise ValidationError(
            _("There are too many questions. Delete one that nobody needs first."), code="full"
        )
    row.full_clean(exclude=["module"])
    row.save()
    audit.record(actor=actor, verb="guides.add_question", obj=row)
    return row


@transaction.atomic
def delete_question(*, actor: Actor, question_id: int) -> None:
    """Delete a question.

    Raises:
        Question.DoesNotExist: it is gone already, or not the actor's.
    """
    row = Question.objects.get(pk=question_id)
    try:
        _held_module(actor, row.module_id)
    except Module.DoesNotExist:
        raise Question.DoesNotExist from None
    audit.record(actor=actor, verb="guides.delete_question", obj=row)
    row.delete()
