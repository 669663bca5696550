"""What a person can take along from this app (GDPR Art. 15, 20), and who left a trace."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db.models import Q

from miteinander.community.people.models import Person
from miteinander.cooperation.guides.enums import GuideStatus
from miteinander.cooperation.guides.models import (
    Ask,
    Assignment,
    Attendance,
    BankAccount,
    Certificate,
    Guide,
    Hours,
    Interest,
    Session,
    Trainee,
)
from miteinander.cooperation.guides.queries.payments import opened
from miteinander.foundation.core import timetable


def export_person(person: Person) -> dict[str, Any]:
    """Collect what ``person`` wanted, where they were there, and which certificates they hold."""
    interests = Interest.objects.filter(person=person).select_related("municipality")
    trainees = Trainee.objects.filter(person=person)
    attended = Attendance.objects.filter(person=person).select_related("session__module")
    certificates = Certificate.objects.filter(trainee__person=person)
    return {
        "interest": [
            {
                "municipality": row.municipality.name,
                "language": row.language,
                "status": row.status,
                "talk_at": row.talk_at.isoformat() if row.talk_at else None,
                "talk_way": row.talk_way,
                "talk_place": row.talk_place,
                "asked_at": row.asked_at.isoformat(),
            }
            for row in interests
        ],
        "courses": [
            {
                "joined_at": row.joined_at.isoformat(),
                "left_at": row.left_at.isoformat() if row.left_at else None,
                "left_reason": row.left_reason,
            }
            for row in trainees.order_by("pk")
        ],
        "attended": [
            {"module": row.session.module.name, "noted_at": row.noted_at.isoformat()}
            for row in attended.order_by("pk")
        ],
        "certificates": [
            {
                "number": row.number,
                "language": row.language,
                "units": row.units,
                "units_total": row.units_total,
                "shows_name": row.shows_name,
                "issued_at": row.issued_at.isoformat(),
                "revoked_at": row.revoked_at.isoformat() if row.revoked_at else None,
                "revoke_reason": row.revoke_reason,
            }
            for row in certificates.order_by("pk")
        ],
        "guide": [_guide(row) for row in Guide.objects.filter(person=person)],
        "assignments": [
            _assignment(row) for row in Assignment.objects.filter(guide__person=person)
        ],
        "asked_count": Ask.objects.filter(guide__person=person).count(),
        "bank_account": [
            asdict(account)
            for kept in BankAccount.objects.filter(guide__person=person)
            if (account := opened(kept))
        ],
        "pays_in": [role.region.name if role.region else "" for role in person.payer_roles.all()],
        "hours": [_hours(row) for row in Hours.objects.filter(guide__person=person)],
        "trained_count": Session.objects.filter(trainer=person).count(),
    }


def _assignment(row: Assignment) -> dict[str, Any]:
    """Tell of an assignment what is the guide's own; whom it was for is somebody else's."""
    return {
        "kind": row.request.kind,
        "starts_at": row.starts_at.isoformat(),
        "ends_at": row.ends_at.isoformat(),
        "status": row.status,
        "minutes": row.minutes,
        "kilometres": row.kilometres,
        "result": row.result,
        "talk_asked_at": row.talk_asked_at.isoformat() if row.talk_asked_at else None,
        "talk_held_at": row.talk_held_at.isoformat() if row.talk_held_at else None,
        "written": list(row.words.filter(is_from_guide=True).values_list("written_at", flat=True)),
    }


def _hours(row: Hours) -> dict[str, Any]:
    return {
        "day": row.day.isoformat(),
        "minutes": row.minutes,
        "kilometres": row.kilometres,
        "status": row.status,
        "rate_cents": row.rate_cents,
        "km_cents": row.km_cents,
        "corrected_from": list(row.corrections.values_list("minutes_before", flat=True)),
    }


def _guide(row: Guide) -> dict[str, Any]:
    days = (
        "certificate_seen_on", "confidentiality_on", "duties_told_on", "police_inspected_on",
        "police_valid_until",
        "paused_from", "paused_until", "left_on",
    )  # fmt: skip
    return {
        "municipality": row.municipality.name,
        "areas": [region.name for region in row.areas.defer("boundary").order_by("pk")],
        "languages": [f"{spoken.code} {spoken.level}" for spoken in row.languages.all()],
        "topics": row.topics,
        "unwanted": row.unwanted,
        "ways": row.ways,
        "times": timetable.slots(row.times),
        "is_lead": row.is_lead,
        "has_relay": row.has_relay,
        "was_inspected": row.police_inspected_by_id is not None,
        **{name: day.isoformat() if (day := getattr(row, name)) else None for name in days},
        "status": row.status,
        "left_reason": row.left_reason,
        "joined_at": row.joined_at.isoformat(),
    }


def heard_of(people: Collection[int], since: datetime) -> set[int]:
    """Tell which of ``people`` wanted to become a guide, took part or trained since a moment."""
    interests = Interest.objects.filter(changed_at__gte=since, person_id__in=people)
    trainees = Trainee.objects.filter(
        Q(joined_at__gte=since) | Q(course__sessions__date__ends_at__gte=since),
        person_id__in=people,
    )
    guides = Guide.objects.filter(
        Q(status=GuideStatus.ACTIVE) | Q(changed_at__gte=since), person_id__in=people
    )
    assigned = Assignment.objects.filter(guide__person_id__in=people, ends_at__gte=since)
    trainers = Session.objects.filter(trainer_id__in=people, date__ends_at__gte=since)
    return {
        *interests.order_by().values_list("person_id", flat=True),
        *trainees.order_by().values_list("person_id", flat=True),
        *guides.order_by().values_list("person_id", flat=True),
        *assigned.order_by().values_list("guide__person_id", flat=True),
        *(pk for pk in trainers.order_by().values_list("trainer_id", flat=True) if pk),
    }
