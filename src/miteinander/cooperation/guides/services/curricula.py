"""What a course teaches: made from the template, changed, and protected once people were there."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.community.organisations.models import Organisation
from miteinander.cooperation.guides.enums import TemplateModule
from miteinander.cooperation.guides.models import Attendance, Curriculum, Module, Session
from miteinander.cooperation.guides.permissions import can_see_curriculum
from miteinander.cooperation.guides.template_modules import MANDATORY, TEMPLATE_UNITS
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.text import one_line, paragraphs


class PeopleWereThere(ValidationError):
    """People attended the module, so what they did must stay as it was."""


@dataclass(frozen=True)
class ModuleFacts:
    """What a coordinator says of a module; the words are in ``language``."""

    title: str
    goals: str
    units: int
    is_mandatory: bool
    language: str


@transaction.atomic
def create_curriculum(*, actor: Actor, organisation_id: int) -> Curriculum:
    """Make the eight modules of the template ready for an organisation."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    require(actor, "guides.teach", organisation)
    curriculum = Curriculum.objects.create(organisation=organisation, created_at=clock.now())
    Module.objects.bulk_create(
        [
            Module(
                curriculum=curriculum, template=module, position=position, units=TEMPLATE_UNITS,
                is_mandatory=module in MANDATORY,
            )
            for position, module in enumerate(TemplateModule, start=1)
        ]
    )  # fmt: skip
    audit.record(actor=actor, verb="guides.create_curriculum", obj=curriculum)
    return curriculum


def _held(actor: Actor, curriculum_id: int) -> Curriculum:
    curriculum = (
        Curriculum.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=curriculum_id)
    )
    if not can_see_curriculum(actor, curriculum):
        raise Curriculum.DoesNotExist
    return curriculum


@transaction.atomic
def add_module(*, actor: Actor, curriculum_id: int, facts: ModuleFacts) -> Module:
    """Add a module with words of its own at the end.

    Raises:
        ValidationError: no title, or a number that does not fit.
    """
    curriculum = _held(actor, curriculum_id)
    last = curriculum.modules.order_by("-position").first()
    module = Module(curriculum=curriculum, position=last.position + 1 if last else 1)
    _write(module, facts)
    audit.record(actor=actor, verb="guides.add_module", obj=module)
    return module


@transaction.atomic
def change_module(*, actor: Actor, module_id: int, facts: ModuleFacts) -> Module:
    """Change a module. Once people were there, its units and whether it is mandatory stay.

    Raises:
        PeopleWereThere: units or the mandatory mark would change after somebody was there.
        ValidationError: no title, or a number that does not fit.
    """
    module = _held_module(actor, module_id)
    counted = (module.units, module.is_mandatory)
    if counted != (facts.units, facts.is_mandatory) and _was_attended(module):
        raise PeopleWereThere(
            _("People attended this module. Its units and whether it is mandatory stay."),
            code="attended",
        )
    _write(module, facts)
    audit.record(actor=actor, verb="guides.change_module", obj=module)
    return module


@transaction.atomic
def delete_module(*, actor: Actor, module_id: int) -> None:
    """Delete a module that no course teaches.

    Raises:
        PeopleWereThere: people attended it.
        ValidationError: a course has a date for it.
    """
    module = _held_module(actor, module_id)
    if _was_attended(module):
        raise PeopleWereThere(
            _("People attended this module. It cannot be deleted."), code="attended"
        )
    if Session.objects.filter(module=module).exists():
        raise ValidationError(
            _("A course has a date for this module. It cannot be deleted."), code="planned"
        )
    audit.record(actor=actor, verb="guides.delete_module", obj=module)
    module.delete()


def _held_module(actor: Actor, module_id: int) -> Module:
    curriculum_id = Module.objects.values_list("curriculum_id", flat=True).get(pk=module_id)
    _held(actor, curriculum_id)
    return Module.objects.select_for_update().get(pk=module_id)


def _was_attended(module: Module) -> bool:
    return Attendance.objects.filter(session__module=module).exists()


def _write(module: Module, facts: ModuleFacts) -> None:
    """Write the facts; words that are those of the template stay the template's."""
    title, goals = one_line(facts.title), paragraphs(facts.goals)
    if module.template and (title, goals) == (module.name, module.learning_goals):
        title, goals = module.title, module.goals
    has_words = bool(title)
    module.title, module.goals = title, goals
    module.language = facts.language if has_words else ""
    module.units, module.is_mandatory = facts.units, facts.is_mandatory
    module.full_clean(exclude=["curriculum"])
    module.save()
