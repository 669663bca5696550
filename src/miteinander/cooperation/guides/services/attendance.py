"""Who was there, taken over from the list at the door in the same transaction."""

from django.db import transaction

from miteinander.cooperation.guides.models import Attendance, Course, Session, Trainee
from miteinander.cooperation.guides.services.certificates import revoke_without_presence
from miteinander.encounters.activities.enums import Presence
from miteinander.encounters.activities.models import Participation
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor, require


@transaction.atomic
def note_mark(*, actor: Actor, participation_id: int) -> None:
    """Follow a mark at the door; of people who are in no course of that curriculum none is kept.

    Presence that is taken back revokes what was issued because of it.
    """
    require(actor, "guides.note_attendance")
    seat = Participation.objects.only("date_id", "person_id", "presence").get(pk=participation_id)
    session = Session.objects.filter(date_id=seat.date_id).select_related("module").first()
    if session is None:
        return
    curriculum_id = session.module.curriculum_id
    held = Trainee.objects.select_for_update(of=("self",)).filter(
        person_id=seat.person_id, course__curriculum_id=curriculum_id
    )
    in_course = list(held.order_by("pk"))  # a certificate is issued under the same rows
    if seat.presence == Presence.PRESENT and in_course:
        Attendance.objects.get_or_create(
            session=session, person_id=seat.person_id, defaults={"noted_at": clock.now()}
        )
    elif seat.presence != Presence.PRESENT:
        gone = Attendance.objects.filter(session=session, person_id=seat.person_id).delete()[0]
        if gone:
            revoke_without_presence(
                actor=actor, person_id=seat.person_id, curriculum_id=curriculum_id
            )


def take_over_marks(*, course: Course, person_id: int) -> None:
    """Take over where somebody was present before they were in the course."""
    seats = Participation.objects.filter(person_id=person_id, presence=Presence.PRESENT)
    sessions = Session.objects.filter(
        module__curriculum_id=course.curriculum_id, date__in=seats.order_by().values("date_id")
    )
    now = clock.now()
    Attendance.objects.bulk_create(
        [Attendance(session=row, person_id=person_id, noted_at=now) for row in sessions],
        ignore_conflicts=True,
    )
