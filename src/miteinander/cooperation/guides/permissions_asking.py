"""Who may ask guides, answer, and see what was agreed. Each rule a list needs has a set twin."""

from django.db.models import Q

from miteinander.community.people.permissions import is_person, is_system
from miteinander.cooperation.guides.enums import AssignmentStatus
from miteinander.cooperation.guides.models import Ask, Assignment, GuideRequest
from miteinander.cooperation.guides.permissions import can_see_request, coordinated_regions
from miteinander.foundation.core.permissions import Actor, rule


@rule("guides.ask_guide")
def can_ask_guide(actor: Actor, request: GuideRequest) -> bool:
    """Coordinators of the municipality of a request ask guides; the clock asks the next."""
    return is_system(actor) or can_see_request(actor, request)


@rule("guides.answer_ask")
def can_answer_ask(actor: Actor, ask: Ask) -> bool:
    """A guide answers, signed in or by the secret link of the mail (then the system acts)."""
    return is_system(actor) or _is_own(actor, ask.guide.person_id)


@rule("guides.see_assignment")
def can_see_assignment(actor: Actor, assignment: Assignment) -> bool:
    """The guide who said yes sees an assignment, and coordinators of its municipality."""
    is_own = _is_own(actor, assignment.guide.person_id)
    return is_own or can_see_request(actor, assignment.request)


def seen_assignments(actor: Actor) -> Q:
    """The set twin of :func:`can_see_assignment`, over assignments."""
    mine = coordinated_regions(actor).order_by().values("pk")
    seen = Q(request__municipality__in=mine)
    return seen | Q(guide__person_id=actor.pk) if is_person(actor) else seen


@rule("guides.open_assignment_contact")
def can_open_assignment_contact(actor: Actor, assignment: Assignment) -> bool:
    """Only the guide who said yes learns here whom to reach, until it is called off."""
    is_own = _is_own(actor, assignment.guide.person_id)
    return is_own and assignment.status != AssignmentStatus.CANCELLED


@rule("guides.report_assignment")
def can_report_assignment(actor: Actor, assignment: Assignment) -> bool:
    """The guide reports, or a coordinator for a guide who called."""
    return can_see_assignment(actor, assignment)


@rule("guides.give_assignment_back")
def can_give_assignment_back(actor: Actor, assignment: Assignment) -> bool:
    """The guide gives an assignment back, or a coordinator for a guide who called."""
    return can_see_assignment(actor, assignment)


@rule("guides.call_for_talk")
def can_call_for_talk(actor: Actor, assignment: Assignment) -> bool:
    """Only the guide asks the coordinators for a talk about an assignment."""
    return _is_own(actor, assignment.guide.person_id)


@rule("guides.note_talk")
def can_note_talk(actor: Actor, assignment: Assignment) -> bool:
    """Coordinators of the municipality note that they talked with a guide, never themselves."""
    is_own = _is_own(actor, assignment.guide.person_id)
    return not is_own and can_see_request(actor, assignment.request)


@rule("guides.write_relayed")
def can_write_relayed(actor: Actor, assignment: Assignment) -> bool:
    """The guide and who asked write to each other; the latter by their link, as the system."""
    return is_system(actor) or _is_own(actor, assignment.guide.person_id)


@rule("guides.remind_of_assignments")
def can_remind_of_assignments(actor: Actor, _obj: object = None) -> bool:
    """The clock reminds of assignments and of reports that are due."""
    return is_system(actor)


@rule("guides.want_other_guide")
def can_want_other_guide(actor: Actor, _obj: object = None) -> bool:
    """Who asked wishes for another guide next time, by the private link, as the system."""
    return is_system(actor)


def _is_own(actor: Actor, person_id: int) -> bool:
    return is_person(actor) and person_id == actor.pk
