"""Who pays guides, who sees accounts, and who sets budgets. Rules of lists have set twins."""

from django.db.models import Exists, OuterRef, Q

from miteinander.community.people.permissions import is_administrator, is_person, is_system
from miteinander.cooperation.guides.models import Guide, PayerRole
from miteinander.foundation.core.permissions import Actor, rule


@rule("guides.grant_payers")
def can_grant_payers(actor: Actor, _obj: object = None) -> bool:
    """Administrators say who pays guides; that alone shows them no account."""
    return is_system(actor) or is_administrator(actor)


@rule("guides.set_budget")
def can_set_budget(actor: Actor, _obj: object = None) -> bool:
    """Administrators enter how many hours a team may be paid in a year."""
    return is_system(actor) or is_administrator(actor)


@rule("guides.keep_account")
def can_keep_account(actor: Actor, guide: Guide) -> bool:
    """Only a guide enters, changes and deletes the own account."""
    return is_person(actor) and guide.person_id == actor.pk


@rule("guides.open_payments")
def can_open_payments(actor: Actor, _obj: object = None) -> bool:
    """Who pays guides somewhere opens the page of payments."""
    return is_person(actor) and PayerRole.objects.filter(person_id=actor.pk).exists()


@rule("guides.pay")
def can_pay(actor: Actor, guide: Guide) -> bool:
    """Who pays in the region of a guide sees what is paid, and to which account."""
    return Guide.objects.filter(paid_guides(actor), pk=guide.pk).exists()


def paid_guides(actor: Actor) -> Q:
    """The set twin of :func:`can_pay`, over guides."""
    if not is_person(actor):
        return Q(pk__in=[])
    covering = PayerRole.objects.filter(
        Q(region__isnull=True)
        | Q(region_id=OuterRef("municipality_id"))
        | Q(region__municipalities=OuterRef("municipality_id")),
        person_id=actor.pk,
    )
    return Q(Exists(covering))
