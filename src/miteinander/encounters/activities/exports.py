"""What a person can take along from this app (GDPR Art. 15, 20), and who left a trace."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from miteinander.community.people.models import Person
from miteinander.encounters.activities.models import Activity, Participation, PollAnswer, RoleOffer
from miteinander.encounters.activities.queries.rides import rides_of_person
from miteinander.encounters.activities.services.feedback import feedback_of_person
from miteinander.foundation.content.queries import read


def export_person(person: Person) -> dict[str, Any]:
    """Collect the seats of ``person`` and the occasions the person planned."""
    seats = Participation.objects.filter(person=person).select_related("date__activity")
    planned = Activity.objects.filter(created_by=person).prefetch_related("versions")
    return {
        "seats": [
            {
                "meeting": _title(seat.date.activity, seat.language),
                "starts_at": seat.date.starts_at.isoformat(),
                "status": seat.status,
                "presence": seat.presence,
                "language": seat.language,
                "side": seat.side,
                "age_group": seat.age_group,
                "companions": seat.companions,
                "children": seat.children,
                "answer": seat.answer,
                "lots": seat.lots,
                "draw_rank": seat.draw_rank,
                "signed_up_at": seat.signed_up_at.isoformat(),
                "given_back_at": seat.given_back_at.isoformat() if seat.given_back_at else None,
            }
            for seat in seats.prefetch_related("date__activity__versions").order_by("pk")
        ],
        "planned": [
            {
                "meeting": _title(activity, person.language),
                "contact_name": activity.contact_name,
                "contact_phone": activity.contact_phone,
                "contact_email": activity.contact_email,
            }
            for activity in planned.order_by("pk")
        ],
        "feedback": [
            {
                "meeting": _title(row.date.activity, person.language),
                "helpful": row.helpful,
                "met_new": row.met_new,
                "other_side": row.other_side,
                "words": row.words,
                "language": row.language,
            }
            for row in feedback_of_person(person).prefetch_related("date__activity__versions")
        ],
        "date_polls": [_poll_answer(row) for row in _poll_answers(person)],
        "rides": rides_of_person(person),
        "helps": [
            {
                "meeting": _title(offer.date.activity, person.language),
                "starts_at": offer.date.starts_at.isoformat(),
                "role": offer.wanted.role,
                "languages": [*offer.wanted.languages, *offer.speaks],
                "language": offer.language,
                "status": offer.status,
                "offered_at": offer.offered_at.isoformat(),
            }
            for offer in RoleOffer.objects.filter(person=person)
            .select_related("date__activity", "wanted")
            .prefetch_related("date__activity__versions")
        ],
        "marked_count": Participation.objects.filter(marked_by=person).count(),
    }


def _poll_answers(person: Person) -> QuerySet[PollAnswer]:
    rows = PollAnswer.objects.filter(person=person).select_related("poll__activity")
    return rows.prefetch_related("votes__date", "poll__activity__versions").order_by("pk")


def _poll_answer(row: PollAnswer) -> dict[str, Any]:
    return {
        "meeting": _title(row.poll.activity, row.language),
        "language": row.language,
        "side": row.side,
        "answered_at": row.answered_at.isoformat(),
        "dates": {vote.date.starts_at.isoformat(): vote.choice for vote in row.votes.all()},
    }


def _title(activity: Activity, language: str) -> str:
    return read(activity, language or "de").part("title")


def heard_of(people: Collection[int], since: datetime) -> set[int]:
    """Tell which of ``people`` took part in something, or planned it, since a moment."""
    seats = Participation.objects.filter(
        Q(signed_up_at__gte=since) | Q(date__ends_at__gte=since), person_id__in=people
    )
    helps = RoleOffer.objects.filter(
        Q(offered_at__gte=since) | Q(date__ends_at__gte=since), person_id__in=people
    )
    planned = Activity.objects.filter(
        Q(created_at__gte=since) | Q(dates__ends_at__gte=since), created_by_id__in=people
    )
    answers = PollAnswer.objects.filter(answered_at__gte=since, person_id__in=people)
    return {
        *answers.order_by().values_list("person_id", flat=True),
        *seats.order_by().values_list("person_id", flat=True),
        *helps.order_by().values_list("person_id", flat=True),
        *(pk for pk in planned.order_by().values_list("created_by_id", flat=True) if pk),
    }
