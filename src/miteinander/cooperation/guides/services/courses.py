"""A course comes to be: an occasion with one date for each module."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.community.organisations.models import Membership
from miteinander.cooperation.guides.enums import UnitFormat
from miteinander.cooperation.guides.models import Attendance, Course, Curriculum, Module, Session
from miteinander.cooperation.guides.permissions import can_see_course, can_see_curriculum
from miteinander.cooperation.guides.services.trainees import seat_everybody
from miteinander.encounters.activities.enums import Audience, Giving, Topic
from miteinander.encounters.activities.models import Activity, ActivityDate
from miteinander.encounters.activities.services import dates, planning, words
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor, require

UNIT = timedelta(minutes=45)


@dataclass(frozen=True)
class When:
    """The first evening, and that the others follow every ``weeks`` weeks at the same time."""

    first_day: date
    start: time
    end: time
    weeks: int = 1


@dataclass(frozen=True)
class CoursePlan:
    """What a coordinator says of a course; the words are in ``language``."""

    title: str
    summary: str
    language: str
    when: When
    place: dates.Place
    seats: int
    share: int
    contact_name: str
    contact_phone: str = ""
    contact_email: str = ""
    spoken: list[str] = field(default_factory=lambda: ["de"])


@transaction.atomic
def open_course(*, actor: Actor, curriculum_id: int, plan: CoursePlan) -> Course:
    """Plan and publish a course: one date for each module, in their order.

    The dates are those of an occasion whose seats only the organisers give (``Giving.APPROVAL``):
    anybody may ask there, nobody takes a seat alone.

    Raises:
        ValidationError: a date has passed or is too short for the units, or something is missing.
    """
    curriculum = (
        Curriculum.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=curriculum_id)
    )
    if not can_see_curriculum(actor, curriculum):
        raise Curriculum.DoesNotExist
    require(actor, "guides.teach", curriculum.organisation)
    modules = list(curriculum.modules.order_by("position", "pk"))
    if not modules:
        raise ValidationError(_("Add a module first."), code="no_modules")
    rows = _rows(plan.when, modules)
    activity = _open_activity(actor, curriculum, plan, rows)
    course = Course(
        curriculum=curriculum, activity=activity, share=plan.share, created_at=clock.now()
    )
    course.full_clean(exclude=["curriculum", "activity"])
    course.save()
    made = ActivityDate.objects.filter(activity=activity).order_by("starts_at", "pk")
    how = UnitFormat.ONLINE if plan.place.is_online and not plan.place.venue_id else ""
    Session.objects.bulk_create(
        [
            Session(course=course, module=module, date=row, format=how or UnitFormat.IN_PERSON)
            for module, row in zip(modules, made, strict=True)
        ]
    )
    audit.record(actor=actor, verb="guides.open_course", obj=course)
    return course


def _rows(when: When, modules: list[Module]) -> list[dates.PlannedDate]:
    """Give each module its date, long enough for its units."""
    rows = []
    for number, module in enumerate(modules):
        day = when.first_day + timedelta(weeks=when.weeks * number)
        row = dates.PlannedDate(dates.wall_time(day, when.start), dates.wall_time(day, when.end))
        if row.ends_at - row.starts_at < module.units * UNIT:
            raise ValidationError(
                _("The time is too short: %(module)s has %(units)s units of 45 minutes."),
                code="too_short",
                params={"module": module.name, "units": module.units},
            )
        rows.append(row)
    return rows


def _open_activity(
    actor: Actor, curriculum: Curriculum, plan: CoursePlan, rows: list[dates.PlannedDate]
) -> Activity:
    parts = {"title": plan.title, "summary": plan.summary}
    activity = planning.create_activity(
        actor=actor, organisation_id=curriculum.organisation_id, parts=parts,
        language=plan.language,
    )  # fmt: skip
    key = activity.pk
    words.write_words(actor=actor, activity_id=key, parts=parts, topic=Topic.PARTICIPATION)
    dates.set_dates(actor=actor, activity_id=key, rows=rows, place=plan.place)
    facts = {
        "audience": Audience.EVERYONE, "languages": plan.spoken, "has_interpretation": False,
        "cost_cents": 0, "has_childcare": False, "contact_name": plan.contact_name,
        "contact_phone": plan.contact_phone, "contact_email": plan.contact_email,
    }  # fmt: skip
    planning.change_activity(actor=actor, activity_id=key, changes=facts)
    wanted = {row.pk: plan.seats for row in activity.dates.all()}
    dates.set_seats(actor=actor, activity_id=key, seats=wanted)
    giving = {"giving": Giving.APPROVAL, "signs_up_once": True, "most_companions": 0}
    planning.set_giving(actor=actor, activity_id=key, changes=giving)
    return planning.publish_activity(actor=actor, activity_id=key)


@dataclass(frozen=True)
class SessionFacts:
    """Who trains, how it takes place, and on which date of the course."""

    trainer_id: int | None
    how: str
    date_id: int


@transaction.atomic
def change_session(*, actor: Actor, session_id: int, facts: SessionFacts) -> Session:
    """Say who trains, whether it is online, and which date it is: another one where one was off.

    On another date to come everybody in the course gets a seat, with a letter.

    Raises:
        ValidationError: the trainer does not belong to the organisation, no such way, the date
            is none of this course or teaches another module, or people were there already.
    """
    session = (
        Session.objects.select_for_update(of=("self",))
        .select_related("course__curriculum__organisation")
        .get(pk=session_id)
    )
    organisation = session.course.curriculum.organisation
    if not can_see_course(actor, session.course):
        raise Session.DoesNotExist
    require(actor, "guides.teach", organisation)
    if facts.how not in UnitFormat.values:
        raise ValidationError(_("Choose how it takes place."), code="unknown_format")
    members = Membership.objects.filter(organisation=organisation)
    if facts.trainer_id is not None and not members.filter(person_id=facts.trainer_id).exists():
        raise ValidationError(
            _("Choose somebody who belongs to the organisation."), code="not_a_member"
        )
    _check_date(session, facts.date_id)
    is_moved = facts.date_id != session.date_id
    session.trainer_id, session.format, session.date_id = (
        facts.trainer_id, facts.how, facts.date_id,
    )  # fmt: skip
    session.save(update_fields=["trainer", "format", "date"])
    if is_moved:
        moved_to = ActivityDate.objects.get(pk=facts.date_id)
        seat_everybody(actor=actor, course=session.course, date=moved_to)
    audit.record(actor=actor, verb="guides.change_session", obj=session)
    return session


def _check_date(session: Session, date_id: int) -> None:
    """Refuse a date that is not free for this module."""
    if date_id == session.date_id:
        return
    if Attendance.objects.filter(session=session).exists():
        raise ValidationError(_("People were there. The date stays."), code="attended")
    dates = ActivityDate.objects.filter(activity_id=session.course.activity_id)
    taken = Session.objects.exclude(pk=session.pk).values("date_id")
    if not dates.filter(pk=date_id).exclude(pk__in=taken.order_by()).exists():
        raise ValidationError(_("Choose one of these dates."), code="unknown_date")
