"""Who reads the picture, and what only the clock does."""

from django.db.models import Q

from miteinander.community.organisations import permissions as organisations
from miteinander.community.organisations.enums import MembershipRole
from miteinander.community.organisations.models import CoordinatorRole, Membership, Organisation
from miteinander.community.people.permissions import is_administrator, is_person, is_system
from miteinander.foundation.core.permissions import Actor, rule


@rule("activities.see_picture")
def can_see_picture(actor: Actor, organisation: Organisation) -> bool:
    """Its managers see the figures of an organisation, and who coordinates it."""
    return organisations.can_change(actor, organisation)


def pictured_by(actor: Actor) -> Q:
    """The set twin of :func:`can_see_picture`, over organisations."""
    if is_system(actor) or is_administrator(actor):
        return Q()
    managed = Membership.objects.filter(person_id=actor.pk, role=MembershipRole.MANAGER)
    is_managed = Q(pk__in=managed.values("organisation_id")) if is_person(actor) else Q(pk__in=[])
    return organisations.coordinated_by(actor) | is_managed


@rule("activities.open_picture")
def can_open_picture(actor: Actor, _obj: object = None) -> bool:
    """Coordinators and administrators open the picture, and who manages an organisation."""
    if is_administrator(actor) or not is_person(actor):
        return is_administrator(actor)
    managed = Membership.objects.filter(person_id=actor.pk, role=MembershipRole.MANAGER)
    coordinated = CoordinatorRole.objects.filter(person_id=actor.pk)
    return managed.values("pk").union(coordinated.values("pk"), all=True).exists()


@rule("activities.run_clock")
def can_run_clock(actor: Actor, _obj: object) -> bool:
    """The clock draws, ends offers and gives released seats to those who wait."""
    return is_system(actor)


@rule("activities.bring_in_holidays")
def can_bring_in_holidays(actor: Actor, _obj: object = None) -> bool:
    """Administrators and the command line say when there is no school."""
    return is_system(actor) or is_administrator(actor)


@rule("activities.forget")
def can_forget(actor: Actor, _obj: object) -> bool:
    """The clock deletes what is kept no longer, and so does the erasure of a person."""
    return is_system(actor)
