"""What a person can take along from this app (GDPR Art. 15, 20), and who left a trace."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Q

from miteinander.community.people.models import Person
from miteinander.cooperation.tandems.enums import SeekerStatus, TandemStatus
from miteinander.cooperation.tandems.models import Seeker, TandemMember
from miteinander.cooperation.tandems.services.relay import opened
from miteinander.foundation.core import timetable

ANSWERS = (
    "status", "wants", "gives", "speaks", "practises", "ways", "reach_km", "birth_year", "gender",
    "gender_wish", "age_from", "age_to", "is_family", "families_are_fine", "wants_bridge",
    "wants_group", "same_side_is_fine", "hides_address",
)  # fmt: skip
MOMENTS = (
    "guardian_consent_on", "adults_named_on", "rules_accepted_at", "talked_on", "waiting_since",
    "held_at",
)  # fmt: skip


def export_person(person: Person) -> dict[str, Any]:
    """Collect what ``person`` answered, and their own part of each tandem."""
    rows = TandemMember.objects.filter(seeker__person=person).select_related("tandem__venue")
    asked = rows.exclude(tandem__status=TandemStatus.SUGGESTED)
    return {
        "answers": [_seeker(row) for row in Seeker.objects.filter(person=person)],
        "tandems": [_member(row) for row in asked.order_by("pk")],
    }


def _moment(value: Any) -> str | None:
    return value.isoformat() if value else None


def _seeker(row: Seeker) -> dict[str, Any]:
    return {
        "municipality": row.municipality.name if row.municipality else "",
        "times": timetable.slots(row.times),
        **{name: getattr(row, name) for name in ANSWERS},
        **{name: _moment(getattr(row, name)) for name in MOMENTS},
        "was_talked_with": row.talked_by_id is not None,
    }


def _member(row: TandemMember) -> dict[str, Any]:
    """Tell of a tandem what is one's own; the others' part is theirs."""
    tandem = row.tandem
    return {
        "status": tandem.status_for_members,
        "answer": row.answer,
        "answered_at": _moment(row.answered_at),
        "agreed_at": _moment(tandem.agreed_at),
        "ended_at": _moment(tandem.ended_at),
        "first_date": _moment(tandem.starts_at),
        "place": tandem.venue.name if tandem.venue else "",
        "end_reason": row.end_reason,
        "thanked_at": _moment(row.thanked_at),
        "written": [
            {"words": opened(words), "written_at": words.written_at.isoformat()}
            for words in row.words.all()
        ],
        "how_it_goes": [
            {
                "weeks": check.weeks,
                "answer": check.answer,
                "answered_at": _moment(check.answered_at),
            }
            for check in row.checks.all()
        ],
        "reports": [
            {"kind": report.kind, "reported_at": report.reported_at.isoformat()}
            for report in row.reports.all()
        ],
    }


def heard_of(people: Collection[int], since: datetime) -> set[int]:
    """Tell which of ``people`` wait, meet or have answered something since a moment."""
    recent = Q(changed_at__gte=since) | Q(memberships__is_live=True)
    waiting = Q(status__in=[SeekerStatus.TALK, SeekerStatus.READY])
    found = Seeker.objects.filter(recent | waiting, person_id__in=people)
    return set(found.order_by().values_list("person_id", flat=True))
