"""Forgetting: people who were erased, and what is kept no longer."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from miteinander.cooperation.guides.enums import GuideStatus, LeaveReason
from miteinander.cooperation.guides.models import (
    Apart,
    Ask,
    Assignment,
    Attendance,
    BankAccount,
    Certificate,
    Guide,
    GuideRequest,
    Hours,
    HoursCorrection,
    Interest,
    PayerRole,
    RelayedWords,
    RequestContact,
    Session,
    Trainee,
)
from miteinander.cooperation.guides.services.releasing import release_guide
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.privacy import kept_for

AT_ONCE = 500
FORGOTTEN = timedelta(days=365)


@transaction.atomic
def forget_person(*, actor: Actor, person_id: int) -> None:
    """Delete the interest of somebody who is erased, and never tell the name of a certificate.

    Who was there stays with the emptied row, so that every figure stays the same.
    """
    require(actor, "guides.forget")
    Interest.objects.filter(person_id=person_id).delete()
    Interest.objects.filter(decided_by_id=person_id).update(decided_by=None)
    Session.objects.filter(trainer_id=person_id).update(trainer=None)
    Certificate.objects.filter(trainee__person_id=person_id).update(shows_name=False)
    Ask.objects.filter(asked_by_id=person_id).update(asked_by=None)
    _forget_guide(person_id)
    GuideRequest.objects.filter(entered_by_id=person_id).update(entered_by=None)
    Guide.objects.filter(police_inspected_by_id=person_id).update(police_inspected_by=None)
    BankAccount.objects.filter(guide__person_id=person_id).delete()
    PayerRole.objects.filter(person_id=person_id).delete()
    Hours.objects.filter(decided_by_id=person_id).update(decided_by=None)
    HoursCorrection.objects.filter(corrected_by_id=person_id).update(corrected_by=None)


def _forget_guide(person_id: int) -> None:
    """Delete the page of a guide; with hours or assignments the emptied row stays for figures."""
    for guide_id in Guide.objects.filter(person_id=person_id).values_list("pk", flat=True):
        release_guide(guide_id)
    for guide in Guide.objects.select_for_update().filter(person_id=person_id):
        if not guide.hours.exists() and not guide.assignments.exists():
            guide.delete()
            continue
        guide.languages.all().delete()
        guide.asks.all().delete()
        guide.apart.all().delete()
        guide.areas.clear()
        Guide.objects.filter(pk=guide.pk).update(
            topics=[], unwanted=[], ways=[], times=0, confidentiality_on=None,
            duties_told_on=None, police_inspected_on=None, police_inspected_by=None,
            police_valid_until=None, paused_from=None, paused_until=None,
            status=GuideStatus.LEFT, left_on=clock.today(), left_reason=LeaveReason.UNKNOWN,
        )  # fmt: skip


@transaction.atomic
def forget_old_interests(*, actor: Actor, now: datetime) -> int:
    """Delete interests nothing has happened to for so long; return how many."""
    require(actor, "guides.forget")
    limit = now - kept_for("guides.interests")
    old = Interest.objects.filter(changed_at__lt=limit).order_by("pk")
    keys = list(old.values_list("pk", flat=True)[:AT_ONCE])
    return Interest.objects.filter(pk__in=keys).delete()[0]


@transaction.atomic
def forget_old_certificates(*, actor: Actor, now: datetime) -> int:
    """Delete certificates past their time; return how many."""
    require(actor, "guides.forget")
    limit = now - kept_for("guides.certificates")
    old = Certificate.objects.filter(issued_at__lt=limit).order_by("pk")
    keys = list(old.values_list("pk", flat=True)[:AT_ONCE])
    return Certificate.objects.filter(pk__in=keys).delete()[0]


@transaction.atomic
def forget_old_trainees(*, actor: Actor, now: datetime) -> int:
    """Delete who took part in courses that ended long ago, unless a certificate is kept longer."""
    require(actor, "guides.forget")
    limit = now - kept_for("guides.trainees")
    recent = Session.objects.filter(course=OuterRef("course"), date__ends_at__gte=limit)
    kept = Certificate.objects.filter(trainee=OuterRef("pk"))
    old = Trainee.objects.filter(~Exists(recent), ~Exists(kept), joined_at__lt=limit)
    rows = list(old.order_by("pk").values_list("pk", "person_id", "course_id")[:AT_ONCE])
    for _pk, person_id, course_id in rows:
        Attendance.objects.filter(person_id=person_id, session__course_id=course_id).delete()
    gone = Trainee.objects.filter(pk__in=[row[0] for row in rows]).delete()[0]
    return gone + _forget_stray_attendances(limit)


def _forget_stray_attendances(limit: datetime) -> int:
    """Delete presence of people who are in no course any more, and who trained long ago."""
    in_course = Trainee.objects.filter(person_id=OuterRef("person_id"))
    stray = Attendance.objects.filter(~Exists(in_course), session__date__ends_at__lt=limit)
    keys = list(stray.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    Session.objects.filter(date__ends_at__lt=limit, trainer__isnull=False).update(trainer=None)
    return Attendance.objects.filter(pk__in=keys).delete()[0]


@transaction.atomic
def forget_old_guides(*, actor: Actor, now: datetime) -> int:
    """Delete the pages of guides who left long ago; return how many."""
    require(actor, "guides.forget")
    limit = (now - kept_for("guides.network")).date()
    old = Guide.objects.filter(left_on__lt=limit, hours=None, assignments=None).order_by("pk")
    keys = list(old.values_list("pk", flat=True)[:AT_ONCE])
    return Guide.objects.filter(pk__in=keys).delete()[1].get("guides.Guide", 0)


@transaction.atomic
def forget_old_contacts(*, actor: Actor, now: datetime) -> int:
    """Delete how to reach who asked, some weeks after a request ended; return how many.

    A request nobody ended counts as over a year after it was made.
    """
    require(actor, "guides.forget")
    limit = now - kept_for("guides.contacts")
    over = Q(request__ended_at__lt=limit) | Q(request__asked_at__lt=limit - FORGOTTEN)
    rows = RequestContact.objects.filter(over).order_by("pk")
    found = dict(rows.values_list("pk", "request_id")[:AT_ONCE])
    keys = list(found)
    RelayedWords.objects.filter(assignment__request__in=found.values()).delete()
    return RequestContact.objects.filter(pk__in=keys).delete()[0]


@transaction.atomic
def forget_old_requests(*, actor: Actor, now: datetime) -> int:
    """Delete requests and their assignments long after the end; return how many requests.

    Hours stay without the assignment they came from: they are kept longer.
    """
    require(actor, "guides.forget")
    limit = now - kept_for("guides.requests")
    old = GuideRequest.objects.filter(Q(ended_at__lt=limit) | Q(asked_at__lt=limit - FORGOTTEN))
    keys = list(old.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    Hours.objects.filter(assignment__request__in=keys).update(assignment=None)
    Assignment.objects.filter(request__in=keys).delete()
    Apart.objects.filter(said_at__lt=limit).delete()
    gone = GuideRequest.objects.filter(pk__in=keys).delete()[1]
    return gone.get("guides.GuideRequest", 0)
