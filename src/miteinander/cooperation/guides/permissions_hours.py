"""Who may do what with hours of guides. Each rule a list needs has a set twin."""

from django.db.models import Q

from miteinander.community.organisations import permissions as organisations
from miteinander.community.people.permissions import is_person, is_system
from miteinander.cooperation.guides.models import Guide, Hours
from miteinander.cooperation.guides.permissions import (
    can_see_guide,
    coordinated_regions,
    seen_guides,
)
from miteinander.foundation.core.permissions import Actor, rule


@rule("guides.see_hours")
def can_see_hours(actor: Actor, hours: Hours) -> bool:
    """A guide sees the own hours, and coordinators those of guides of their municipality."""
    return can_see_guide(actor, hours.guide)


def seen_hours(actor: Actor) -> Q:
    """The set twin of :func:`can_see_hours`, over hours."""
    return Q(guide__in=Guide.objects.filter(seen_guides(actor)).order_by().values("pk"))


@rule("guides.report_hours")
def can_report_hours(actor: Actor, guide: Guide) -> bool:
    """Only a guide reports the own time."""
    return is_person(actor) and guide.person_id == actor.pk


@rule("guides.note_hours")
def can_note_hours(actor: Actor, guide: Guide) -> bool:
    """The time of an assignment is noted by its report: of the guide, or of a coordinator."""
    return is_system(actor) or can_see_guide(actor, guide)


@rule("guides.decide_hours")
def can_decide_hours(actor: Actor, guide: Guide) -> bool:
    """Coordinators of the municipality confirm hours, of anybody but themselves."""
    is_own = is_person(actor) and guide.person_id == actor.pk
    return not is_own and organisations.can_invite(actor, guide.municipality)


def decidable_hours(actor: Actor) -> Q:
    """The set twin of :func:`can_decide_hours`, over hours by their guide."""
    decided = Q(guide__municipality__in=coordinated_regions(actor).order_by().values("pk"))
    return decided & ~Q(guide__person_id=actor.pk) if is_person(actor) else decided
