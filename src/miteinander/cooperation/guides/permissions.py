"""Who may do what with guides. Each rule a list needs has a set twin."""

from django.db.models import Q, QuerySet

from miteinander.community.organisations import permissions as organisations
from miteinander.community.organisations.enums import OrganisationStatus
from miteinander.community.organisations.models import Organisation
from miteinander.community.people.permissions import is_administrator, is_person, is_system
from miteinander.community.regions.models import Region
from miteinander.cooperation.guides.models import (
    Certificate,
    Course,
    Curriculum,
    Guide,
    GuideRequest,
    Interest,
    Session,
    Trainee,
)
from miteinander.foundation.core.permissions import Actor, rule


@rule("guides.express_interest")
def can_express_interest(_actor: Actor, _obj: object = None) -> bool:
    """Anyone says that they want to become a guide, with a name and one contact."""
    return True


@rule("guides.withdraw_interest")
def can_withdraw_interest(actor: Actor, interest: Interest) -> bool:
    """You withdraw your own interest: by your private link (then the system acts), or signed in."""
    return is_system(actor) or (is_person(actor) and interest.person_id == actor.pk)


@rule("guides.see_interest")
def can_see_interest(actor: Actor, interest: Interest) -> bool:
    """Coordinators see who is interested in the region their role holds for."""
    return organisations.can_invite(actor, interest.municipality)


def seen_interests(actor: Actor) -> Q:
    """The set twin of :func:`can_see_interest`, over interests."""
    regions = Region.objects.filter(organisations.regions_inviting_for(actor))
    return Q(municipality__in=regions.order_by().values("pk"))


@rule("guides.teach")
def can_teach(actor: Actor, organisation: Organisation) -> bool:
    """Coordinators of an organisation plan what it teaches and its courses."""
    is_shown = organisation.status != OrganisationStatus.HIDDEN
    return is_shown and organisations.coordinates(actor, organisation)


def teaching_for(actor: Actor) -> Q:
    """The set twin of :func:`can_teach`, over organisations."""
    return organisations.coordinated_by(actor) & ~Q(status=OrganisationStatus.HIDDEN)


@rule("guides.open_overview")
def can_open_overview(actor: Actor, _obj: object = None) -> bool:
    """Coordinators and administrators open the pages about guides."""
    return organisations.is_coordinator(actor)


@rule("guides.see_curriculum")
def can_see_curriculum(actor: Actor, curriculum: Curriculum) -> bool:
    """Whoever plans courses of the organisation sees what it teaches."""
    return can_teach(actor, curriculum.organisation)


def seen_curricula(actor: Actor) -> Q:
    """The set twin of :func:`can_see_curriculum`, over curricula."""
    mine = Organisation.objects.filter(teaching_for(actor)).order_by()
    return Q(organisation__in=mine.values("pk"))


@rule("guides.read_materials")
def can_read_materials(actor: Actor, curriculum: Curriculum) -> bool:
    """Who plans, trains or takes part in a course reads the materials of its modules."""
    if can_teach(actor, curriculum.organisation):
        return True
    trains = Session.objects.filter(course__curriculum=curriculum, trainer_id=actor.pk)
    learns = Trainee.objects.filter(course__curriculum=curriculum, person_id=actor.pk, left_at=None)
    return is_person(actor) and (trains.exists() or learns.exists())


def readable_curricula(actor: Actor) -> Q:
    """The set twin of :func:`can_read_materials`, over curricula."""
    seen = seen_curricula(actor)
    if is_person(actor):
        trained = Session.objects.filter(trainer_id=actor.pk).order_by()
        learned = Trainee.objects.filter(person_id=actor.pk, left_at=None).order_by()
        seen |= Q(pk__in=trained.values("course__curriculum_id"))
        seen |= Q(pk__in=learned.values("course__curriculum_id"))
    return seen


@rule("guides.see_course")
def can_see_course(actor: Actor, course: Course) -> bool:
    """Coordinators of the organisation see a course, and who trains in it."""
    if can_teach(actor, course.curriculum.organisation):
        return True
    trains = Session.objects.filter(course=course, trainer_id=actor.pk)
    return is_person(actor) and trains.exists()


def seen_courses(actor: Actor) -> Q:
    """The set twin of :func:`can_see_course`, over courses."""
    mine = Organisation.objects.filter(teaching_for(actor)).order_by()
    seen = Q(curriculum__organisation__in=mine.values("pk"))
    if is_person(actor):
        trained = Session.objects.filter(trainer_id=actor.pk).order_by()
        seen |= Q(pk__in=trained.values("course_id"))
    return seen


@rule("guides.see_certificate")
def can_see_certificate(actor: Actor, certificate: Certificate) -> bool:
    """You see your own certificate; coordinators of the organisation those of its courses."""
    trainee = certificate.trainee
    is_own = is_person(actor) and trainee.person_id == actor.pk
    return is_own or can_teach(actor, trainee.course.curriculum.organisation)


def seen_certificates(actor: Actor) -> Q:
    """The set twin of :func:`can_see_certificate`, over certificates."""
    mine = Organisation.objects.filter(teaching_for(actor)).order_by()
    seen = Q(trainee__course__curriculum__organisation__in=mine.values("pk"))
    return seen | Q(trainee__person_id=actor.pk) if is_person(actor) else seen


@rule("guides.show_name")
def can_show_name(actor: Actor, certificate: Certificate) -> bool:
    """Only you decide whether the public check of your certificate tells your name."""
    return is_person(actor) and certificate.trainee.person_id == actor.pk


@rule("guides.take_badge")
def can_take_badge(actor: Actor, certificate: Certificate) -> bool:
    """Only you take your badge along, while the certificate was not revoked."""
    return can_show_name(actor, certificate) and certificate.is_valid


@rule("guides.see_training")
def can_see_training(actor: Actor, trainee: Trainee) -> bool:
    """You see what you have done in a course; who sees the course sees it of everybody."""
    is_own = is_person(actor) and trainee.person_id == actor.pk
    return is_own or can_see_course(actor, trainee.course)


@rule("guides.leave_course")
def can_leave_course(actor: Actor, trainee: Trainee) -> bool:
    """You leave your own course; coordinators of the organisation note that somebody left."""
    is_own = is_person(actor) and trainee.person_id == actor.pk
    return is_own or can_teach(actor, trainee.course.curriculum.organisation)


def leavable_trainees(actor: Actor) -> Q:
    """The set twin of :func:`can_leave_course`, over trainees."""
    mine = Organisation.objects.filter(teaching_for(actor)).order_by()
    seen = Q(course__curriculum__organisation__in=mine.values("pk"))
    return seen | Q(person_id=actor.pk) if is_person(actor) else seen


@rule("guides.enter_figure")
def can_enter_figure(actor: Actor, _obj: object = None) -> bool:
    """Administrators enter amounts and caps."""
    return is_system(actor) or is_administrator(actor)


@rule("guides.note_attendance")
def can_note_attendance(actor: Actor, _obj: object = None) -> bool:
    """Who was there is taken over from the list at the door; nobody writes it here."""
    return is_system(actor)


@rule("guides.forget")
def can_forget(actor: Actor, _obj: object = None) -> bool:
    """The clock deletes what is kept no longer, and so does the erasure of a person."""
    return is_system(actor)


def coordinated_regions(actor: Actor) -> QuerySet[Region]:
    """The municipalities whose guides and requests ``actor`` coordinates."""
    return Region.objects.filter(organisations.regions_inviting_for(actor))


@rule("guides.see_guide")
def can_see_guide(actor: Actor, guide: Guide) -> bool:
    """A guide and the coordinators of their municipality see the same page."""
    is_own = is_person(actor) and guide.person_id == actor.pk
    return is_own or organisations.can_invite(actor, guide.municipality)


def seen_guides(actor: Actor) -> Q:
    """The set twin of :func:`can_see_guide`, over guides."""
    seen = Q(municipality__in=coordinated_regions(actor).order_by().values("pk"))
    return seen | Q(person_id=actor.pk) if is_person(actor) else seen


@rule("guides.add_guide")
def can_add_guide(actor: Actor, municipality_id: int) -> bool:
    """Coordinators of a municipality take people of it into the network."""
    return organisations.can_invite(actor, municipality_id)


@rule("guides.change_guide")
def can_change_guide(actor: Actor, guide: Guide) -> bool:
    """A guide and the coordinators of their municipality write the same page."""
    return can_see_guide(actor, guide)


@rule("guides.note_documents")
def can_note_documents(actor: Actor, guide: Guide) -> bool:
    """Coordinators of the municipality note which papers they saw, of anybody but themselves."""
    is_own = is_person(actor) and guide.person_id == actor.pk
    return not is_own and organisations.can_invite(actor, guide.municipality)


@rule("guides.open_guide_contact")
def can_open_guide_contact(actor: Actor, guide: Guide) -> bool:
    """Coordinators of the municipality look up how to reach a guide."""
    return organisations.can_invite(actor, guide.municipality)


@rule("guides.ask_for_guide")
def can_ask_for_guide(_actor: Actor, _obj: object = None) -> bool:
    """Anyone asks for a guide, for themself or for others."""
    return True


@rule("guides.withdraw_request")
def can_withdraw_request(actor: Actor, _obj: object = None) -> bool:
    """A request is taken back by its private link; then the system acts."""
    return is_system(actor)


@rule("guides.see_request")
def can_see_request(actor: Actor, request: GuideRequest) -> bool:
    """Coordinators of its municipality see a request."""
    return organisations.can_invite(actor, request.municipality)


def seen_requests(actor: Actor) -> Q:
    """The set twin of :func:`can_see_request`, over requests."""
    return Q(municipality__in=coordinated_regions(actor).order_by().values("pk"))
