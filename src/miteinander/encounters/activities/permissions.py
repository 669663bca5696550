"""Who may do what with occasions. Each rule a list needs has a set twin."""

from django.db.models import Q

from miteinander.community.organisations import permissions as organisations
from miteinander.community.organisations.enums import MembershipRole, OrganisationStatus
from miteinander.community.organisations.models import CoordinatorRole, Membership, Organisation
from miteinander.community.people.permissions import is_administrator, is_person, is_system
from miteinander.encounters.activities.enums import (
    INVOLVED,
    ON_LIST,
    ActivityStatus,
    CoHostStatus,
    DateStatus,
)
from miteinander.encounters.activities.models import (
    Activity,
    ActivityDate,
    CoHost,
    Participation,
    Ride,
    RoleOffer,
)
from miteinander.foundation.core.permissions import Actor, rule


def is_public(activity: Activity) -> bool:
    """A published occasion of an organisation that is not hidden."""
    return (
        activity.status == ActivityStatus.PUBLISHED
        and activity.organisation.status != OrganisationStatus.HIDDEN
    )


def public(prefix: str = "") -> Q:
    """The set twin of :func:`is_public`; ``prefix`` leads from a row to its occasion."""
    is_published = Q(**{f"{prefix}status": ActivityStatus.PUBLISHED})
    return is_published & ~Q(**{f"{prefix}organisation__status": OrganisationStatus.HIDDEN})


CONCERNED = (CoHostStatus.ASKED, CoHostStatus.AGREED)


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
    """Anyone sees a published occasion; else whoever plans it, or is asked to invite too."""
    return (
        is_public(activity)
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
    return public() | Q(organisation__in=planned.values("pk")) | co_hosted_by(actor, *CONCERNED)


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


@rule("activities.sign_up")
def can_sign_up(actor: Actor, place: tuple[Activity, int]) -> bool:
    """Signed in, you take a seat for yourself at any published occasion."""
    activity, person_id = place
    may = is_system(actor) or (is_person(actor) and actor.pk == person_id)
    return may and is_public(activity)


@rule("activities.sign_up_guest")
def can_sign_up_guest(_actor: Actor, activity: Activity) -> bool:
    """Anyone takes a seat at a published occasion with a name and one contact."""
    return is_public(activity)


@rule("activities.sign_up_behalf")
def can_sign_up_behalf(actor: Actor, activity: Activity) -> bool:
    """Whoever plans for the organisation signs up people who cannot do it themselves."""
    return is_public(activity) and organisations.can_plan(actor, activity.organisation)


@rule("activities.give_back")
def can_give_back(actor: Actor, participation: Participation) -> bool:
    """You give back your own seat: signed in, or by the secret link (then the system acts)."""
    return is_system(actor) or (is_person(actor) and participation.person_id == actor.pk)


@rule("activities.arrive")
def can_arrive(actor: Actor, participation: Participation) -> bool:
    """You say that you are here: signed in, or by what your browser knows (the system acts)."""
    return is_system(actor) or (is_person(actor) and participation.person_id == actor.pk)


@rule("activities.come_in")
def can_come_in(_actor: Actor, activity: Activity) -> bool:
    """Anyone who scans the code in the room takes a free seat at a published occasion."""
    return is_public(activity)


@rule("activities.give_feedback")
def can_give_feedback(actor: Actor, participation: Participation) -> bool:
    """You say how it was: by your own private link (then the system acts), or signed in."""
    return is_system(actor) or (is_person(actor) and participation.person_id == actor.pk)


@rule("activities.read_feedback")
def can_read_feedback(actor: Actor, activity: Activity) -> bool:
    """Whoever plans for the organisation reads what was said, without names."""
    return organisations.can_plan(actor, activity.organisation)


def is_askable(activity: Activity) -> bool:
    """An occasion people may be asked about: with dates, not hidden, known to somebody.

    The first meeting of a new organisation is seen by a coordinator before anybody else.
    """
    organisation = activity.organisation
    is_shown = activity.status == ActivityStatus.PUBLISHED or (
        activity.status == ActivityStatus.DRAFT and organisation.trusted_since is not None
    )
    is_hidden = organisation.status == OrganisationStatus.HIDDEN
    has_dates = not activity.is_template and not activity.is_standing
    return is_shown and not is_hidden and has_dates


def askable(prefix: str = "") -> Q:
    """The set twin of :func:`is_askable`; ``prefix`` leads from a row to its occasion."""
    is_shown = Q(**{f"{prefix}status": ActivityStatus.PUBLISHED}) | Q(
        **{
            f"{prefix}status": ActivityStatus.DRAFT,
            f"{prefix}organisation__trusted_since__isnull": False,
        }
    )
    is_hidden = Q(**{f"{prefix}organisation__status": OrganisationStatus.HIDDEN})
    has_dates = Q(**{f"{prefix}is_template": False, f"{prefix}is_standing": False})
    return is_shown & ~is_hidden & has_dates


@rule("activities.answer_poll")
def can_answer_poll(actor: Actor, place: tuple[Activity, int]) -> bool:
    """You say for yourself which date suits you: signed in, or by your private link."""
    activity, person_id = place
    may = is_system(actor) or (is_person(actor) and actor.pk == person_id)
    return may and is_askable(activity)


@rule("activities.answer_poll_guest")
def can_answer_poll_guest(_actor: Actor, activity: Activity) -> bool:
    """Anyone with the link says which date suits them, with a name and one contact."""
    return is_askable(activity)


def has_a_place(activity: Activity) -> bool:
    """Somewhere to go to, so that a ride makes sense."""
    return activity.venue_id is not None or not activity.is_online


def with_a_place(prefix: str = "") -> Q:
    """The set twin of :func:`has_a_place`; ``prefix`` leads from a row to its occasion."""
    return Q(**{f"{prefix}venue__isnull": False}) | Q(**{f"{prefix}is_online": False})


def taking_part(person_id: int) -> Q:
    """Dates at which somebody has a seat, waits for one, or plans for the organisation."""
    involved = Participation.objects.filter(
        person_id=person_id, status__in=(*INVOLVED, *ON_LIST)
    ).values("date_id")
    joined = Membership.objects.filter(person_id=person_id).values("organisation_id")
    return Q(pk__in=involved) | Q(activity__organisation_id__in=joined)


def takes_part(person_id: int | None, date: ActivityDate) -> bool:
    """Somebody with a seat, waiting for one, or planning for the organisation."""
    if person_id is None:
        return False
    return ActivityDate.objects.filter(taking_part(person_id), pk=date.pk).exists()


@rule("activities.join_rides")
def can_join_rides(actor: Actor, place: tuple[ActivityDate, int]) -> bool:
    """Whoever takes part in a date sees its rides and enters one: signed in, or by the own link."""
    date, person_id = place
    may = is_system(actor) or (is_person(actor) and actor.pk == person_id)
    stands = is_public(date.activity) and not date.is_cancelled and has_a_place(date.activity)
    return may and stands and takes_part(person_id, date)


def with_rides_for(person_id: int) -> Q:
    """The set twin of :func:`can_join_rides`, over dates, for somebody who acts for themselves."""
    stands = Q(status=DateStatus.SCHEDULED) & with_a_place("activity__")
    return stands & public("activity__") & taking_part(person_id)


@rule("activities.use_ride")
def can_use_ride(actor: Actor, ride: Ride) -> bool:
    """You act for your own ride: signed in, or by the secret link (then the system acts)."""
    return is_system(actor) or (is_person(actor) and ride.person_id == actor.pk)


def rides_of(actor: Actor) -> Q:
    """The set twin of :func:`can_use_ride`, over rides that still stand or not."""
    if is_system(actor):
        return Q()
    return Q(person_id=actor.pk) if is_person(actor) else Q(pk__in=[])


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
