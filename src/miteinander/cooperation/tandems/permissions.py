"""Who may take part, match, answer and see. Each rule a list needs has a set twin."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from miteinander.community.organisations import permissions as organisations
from miteinander.community.people.permissions import is_person, is_system
from miteinander.community.regions.models import Region
from miteinander.cooperation.tandems.enums import SeekerStatus, TandemStatus
from miteinander.cooperation.tandems.models import (
    CheckIn,
    Seeker,
    Tandem,
    TandemMember,
)
from miteinander.foundation.core.permissions import Actor, rule

MET = (TandemStatus.ACTIVE, TandemStatus.PAUSED, TandemStatus.ENDED, TandemStatus.STOPPED)


def coordinated_regions(actor: Actor) -> QuerySet[Region]:
    """The municipalities whose tandems ``actor`` coordinates."""
    return Region.objects.filter(organisations.regions_inviting_for(actor))


@rule("tandems.take_part")
def can_take_part(actor: Actor, _obj: object = None) -> bool:
    """Whoever is signed in answers the questions for themself."""
    return is_person(actor)


@rule("tandems.change_seeker")
def can_change_seeker(actor: Actor, seeker: Seeker) -> bool:
    """You change your own answers."""
    return is_person(actor) and seeker.person_id == actor.pk


@rule("tandems.open_overview")
def can_open_overview(actor: Actor, _obj: object = None) -> bool:
    """Coordinators and administrators open the pages about tandems."""
    return organisations.is_coordinator(actor)


@rule("tandems.see_seeker")
def can_see_seeker(actor: Actor, seeker: Seeker) -> bool:
    """Coordinators of a municipality see who has finished the questions, not the drafts."""
    if seeker.municipality is None or seeker.status == SeekerStatus.DRAFT:
        return False
    return organisations.can_invite(actor, seeker.municipality)


def seen_seekers(actor: Actor) -> Q:
    """The set twin of :func:`can_see_seeker`, over seekers."""
    mine = coordinated_regions(actor).order_by().values("pk")
    return Q(municipality__in=mine) & ~Q(status=SeekerStatus.DRAFT)


@rule("tandems.note_talk")
def can_note_talk(actor: Actor, seeker: Seeker) -> bool:
    """Coordinators note that they talked with somebody, never with themselves."""
    return seeker.person_id != actor.pk and can_see_seeker(actor, seeker)


@rule("tandems.open_contact")
def can_open_contact(actor: Actor, seeker: Seeker) -> bool:
    """Coordinators look up how to reach somebody, to talk with them."""
    return can_see_seeker(actor, seeker)


@rule("tandems.match")
def can_match(actor: Actor, _obj: object = None) -> bool:
    """Coordinators match the people of their municipalities."""
    return is_system(actor) or organisations.is_coordinator(actor)


@rule("tandems.oversee_tandem")
def can_oversee_tandem(actor: Actor, tandem: Tandem) -> bool:
    """Coordinators oversee a tandem of which a member lives in their municipalities, not their own.

    They would learn a name before everybody has said yes, or who called for help.
    """
    if is_person(actor) and tandem.members.filter(seeker__person_id=actor.pk).exists():
        return False
    settled = tandem.members.filter(seeker__municipality__isnull=False)
    places = settled.values_list("seeker__municipality_id", flat=True)
    return any(organisations.can_invite(actor, place) for place in places)


def overseen_tandems(actor: Actor) -> Q:
    """The set twin of :func:`can_oversee_tandem`, over tandems."""
    mine = coordinated_regions(actor).order_by().values("pk")
    members = TandemMember.objects.filter(tandem=OuterRef("pk"), seeker__municipality__in=mine)
    own = TandemMember.objects.filter(tandem=OuterRef("pk"), seeker__person_id=actor.pk)
    return Q(Exists(members)) & ~Q(Exists(own))


@rule("tandems.propose")
def can_propose(actor: Actor, tandem: Tandem) -> bool:
    """Coordinators ask the members of a suggested tandem if all live in their municipalities."""
    if not can_oversee_tandem(actor, tandem):
        return False
    places = tandem.members.values_list("seeker__municipality_id", flat=True)
    return all(organisations.can_invite(actor, place) for place in places)


def proposable_tandems(actor: Actor) -> Q:
    """The set twin of :func:`can_propose`, over tandems."""
    mine = coordinated_regions(actor).order_by().values("pk")
    outside = TandemMember.objects.filter(tandem=OuterRef("pk"))
    return overseen_tandems(actor) & ~Q(Exists(outside.exclude(seeker__municipality__in=mine)))


@rule("tandems.answer")
def can_answer(actor: Actor, member: TandemMember) -> bool:
    """A member answers, signed in or by the secret link of the mail (then the system acts)."""
    return is_system(actor) or _is_own(actor, member)


@rule("tandems.see_tandem")
def can_see_tandem(actor: Actor, member: TandemMember) -> bool:
    """Members see their tandem from the moment everybody has said yes."""
    return _is_own(actor, member) and member.tandem.status in MET


def own_memberships(actor: Actor) -> Q:
    """The set twin of :func:`can_see_tandem`, over members."""
    if not is_person(actor):
        return Q(pk__in=[])
    return Q(seeker__person_id=actor.pk, tandem__status__in=MET)


@rule("tandems.take_part_in_tandem")
def can_take_part_in_tandem(actor: Actor, member: TandemMember) -> bool:
    """Members write, agree on a time, pause, end and call for help, each for themself."""
    return _is_own(actor, member)


@rule("tandems.answer_check")
def can_answer_check(actor: Actor, check: CheckIn) -> bool:
    """A member says how it goes, signed in or by the secret link (then the system acts)."""
    return is_system(actor) or _is_own(actor, check.member)


@rule("tandems.settle")
def can_settle(actor: Actor, tandem: Tandem) -> bool:
    """Coordinators who oversee a tandem note that they have talked."""
    return can_oversee_tandem(actor, tandem)


def open_reports(actor: Actor) -> Q:
    """Calls for help ``actor`` settles, over reports."""
    mine = Tandem.objects.filter(overseen_tandems(actor)).order_by().values("pk")
    return Q(tandem__in=mine, settled_at__isnull=True)


@rule("tandems.forget")
def can_forget(actor: Actor, _obj: object = None) -> bool:
    """The clock asks, lapses and deletes, and so does the erasure of a person."""
    return is_system(actor)


def _is_own(actor: Actor, member: TandemMember) -> bool:
    return is_person(actor) and member.seeker.person_id == actor.pk
