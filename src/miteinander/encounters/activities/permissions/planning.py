"""Who sees, plans and answers for occasions, alone or together."""

from django.db.models import Q

from miteinander.community.organisations import permissions as organisations
from miteinander.community.organisations.enums import OrganisationStatus
from miteinander.community.organisations.models import Organisation
from miteinander.community.people.permissions import is_administrator, is_person, is_system
from miteinander.encounters.activities.enums import (
    ActivityStatus,
    CoHostStatus,
)
from miteinander.encounters.activities.insiders import is_inside, meant_for
from miteinander.encounters.activities.models import (
    Activity,
    CoHost,
    RoleOffer,
)
from miteinander.foundation.core.permissions import Actor, rule

CONCERNED = (CoHostStatus.ASKED, CoHostStatus.AGREED)


def is_published(activity: Activity) -> bool:
    """An occasion that takes place: shown, of an organisation that is not hidden."""
    return (
        activity.status == ActivityStatus.PUBLISHED
        and activity.organisation.status != OrganisationStatus.HIDDEN
    )


def published(prefix: str = "") -> Q:
    """The set twin of :func:`is_published`; ``prefix`` leads from a row to its occasion."""
    is_published = Q(**{f"{prefix}status": ActivityStatus.PUBLISHED})
    return is_published & ~Q(**{f"{prefix}organisation__status": OrganisationStatus.HIDDEN})


def is_public(activity: Activity) -> bool:
    """A published occasion that is for everybody, not for a closed circle."""
    return not activity.only_for and is_published(activity)


def public(prefix: str = "") -> Q:
    """The set twin of :func:`is_public`; ``prefix`` leads from a row to its occasion."""
    return published(prefix) & Q(**{f"{prefix}only_for": ""})


def is_open_to(actor: Actor, activity: Activity) -> bool:
    """Anyone may come to a public occasion, to a closed one only those of its circle."""
    if not activity.only_for or not is_person(actor):
        return is_public(activity)
    return is_published(activity) and is_inside(activity.only_for, actor.pk)


def open_to(actor: Actor, prefix: str = "") -> Q:
    """The set twin of :func:`is_open_to`; ``prefix`` leads from a row to its occasion."""
    if not is_person(actor):
        return public(prefix)
    return published(prefix) & meant_for(actor.pk, prefix)


def co_hosted_by(actor: Actor, *states: CoHostStatus) -> Q:
    """Occasions to which an organisation of ``actor`` invites too, or is asked to."""
    if not is_person(actor):
        return Q(pk__in=[])
    mine = CoHost.objects.filter(
        status__in=states or (CoHostStatus.AGREED,), organisation__memberships__person_id=actor.pk
    ).exclude(organisation__status=OrganisationStatus.HIDDEN)
    return Q(pk__in=mine.order_by().values("activity_id"))


def is_co_host(actor: Actor, activity: Activity, *states: CoHostStatus) -> bool:
    """A member of an organisation that invites too: the single twin of :func:`co_hosted_by`."""
    return Activity.objects.filter(co_hosted_by(actor, *states), pk=activity.pk).exists()


@rule("activities.view")
def can_view(actor: Actor, activity: Activity) -> bool:
    """Whoever may come sees an occasion; else whoever plans it, or is asked to invite too."""
    return (
        is_open_to(actor, activity)
        or is_planner(actor, activity)
        or is_co_host(actor, activity, *CONCERNED)
    )


def visible_to(actor: Actor) -> Q:
    """The set twin of :func:`can_view`."""
    if is_system(actor) or is_administrator(actor):
        return Q()
    if not is_person(actor):
        return public()
    planned = Organisation.objects.filter(
        organisations.coordinated_by(actor) | Q(memberships__person_id=actor.pk)
    )
    own = Q(organisation__in=planned.values("pk")) | co_hosted_by(actor, *CONCERNED)
    return open_to(actor) | own


def is_planner(actor: Actor, activity: Activity) -> bool:
    """Whoever plans or coordinates for the organisation itself, not for a co-host."""
    return organisations.is_member(actor, activity.organisation) or organisations.coordinates(
        actor, activity.organisation
    )


@rule("activities.change")
def can_change(actor: Actor, activity: Activity) -> bool:
    """Whoever plans for the organisation changes its occasions; a hidden one only coordinators."""
    if activity.status == ActivityStatus.HIDDEN:
        return organisations.coordinates(actor, activity.organisation)
    return organisations.can_plan(actor, activity.organisation)


@rule("activities.copy")
def can_copy(actor: Actor, activity: Activity) -> bool:
    """Whoever may change an occasion and plan for its organisation begins another from it."""
    return can_change(actor, activity) and organisations.can_plan(actor, activity.organisation)


@rule("activities.discard")
def can_discard(actor: Actor, activity: Activity) -> bool:
    """Whoever plans for the organisation throws away what was begun and never shown."""
    return organisations.can_plan(actor, activity.organisation)


@rule("activities.approve")
def can_approve(actor: Actor, activity: Activity) -> bool:
    """Coordinators approve the first occasion of an organisation."""
    return organisations.coordinates(actor, activity.organisation)


@rule("activities.hide")
def can_hide(actor: Actor, activity: Activity) -> bool:
    """Coordinators hide an occasion and show it again."""
    return organisations.coordinates(actor, activity.organisation)


@rule("activities.see_participants")
def can_see_participants(actor: Actor, activity: Activity) -> bool:
    """Whoever plans for the organisation sees who comes, and who invites together with it."""
    if organisations.can_plan(actor, activity.organisation):
        return True
    is_hidden = activity.organisation.status == OrganisationStatus.HIDDEN
    return not is_hidden and is_co_host(actor, activity)


def attended_by(actor: Actor) -> Q:
    """The set twin of :func:`can_see_participants`."""
    planned = Organisation.objects.filter(organisations.plannable_by(actor)).values("pk")
    seen = ~Q(organisation__status=OrganisationStatus.HIDDEN)
    return Q(organisation__in=planned) | (co_hosted_by(actor) & seen)


@rule("activities.decide")
def can_decide(actor: Actor, activity: Activity) -> bool:
    """Whoever plans for the organisation answers people; who invites too only looks on."""
    return organisations.can_plan(actor, activity.organisation)


def decided_by(actor: Actor) -> Q:
    """The set twin of :func:`can_decide`."""
    planned = Organisation.objects.filter(organisations.plannable_by(actor)).values("pk")
    return Q(organisation__in=planned)


@rule("activities.withdraw_role")
def can_withdraw_role(actor: Actor, offer: RoleOffer) -> bool:
    """You take back your own offer: signed in, or by the secret link (then the system acts)."""
    return is_system(actor) or (is_person(actor) and offer.person_id == actor.pk)


@rule("activities.answer_co_host")
def can_answer_co_host(actor: Actor, co_host: CoHost) -> bool:
    """The asked organisation says whether it invites too: its members, or who coordinates it."""
    return organisations.can_plan(actor, co_host.organisation)


def asked_to_co_host(actor: Actor) -> Q:
    """The set twin of :func:`can_answer_co_host`, over co-hosts."""
    asked = Organisation.objects.filter(organisations.plannable_by(actor))
    return Q(organisation__in=asked.values("pk"))


@rule("activities.end_co_host")
def can_end_co_host(actor: Actor, co_host: CoHost) -> bool:
    """Either side ends it: whoever may change the occasion, or acts for the co-host."""
    return can_change(actor, co_host.activity) or can_answer_co_host(actor, co_host)
