"""Somebody in the demo district whom mail does not reach, so that organisers see what to do."""

from datetime import date

from miteinander.community.people.services import note_mail_failure
from miteinander.encounters.activities.enums import ParticipationStatus
from miteinander.encounters.activities.models import Participation
from miteinander.web.demo.district import DEMO, District
from miteinander.web.demo.scenes import SAMIRA


def lose_mail(district: District, today: date) -> None:
    """Let mail to the first person on the next waiting list come back."""
    waiting = Participation.objects.filter(
        date__starts_at__date__gte=today,
        status=ParticipationStatus.WAITING,
        person__email__isnull=False,
    ).exclude(person=district.people[SAMIRA])  # whom visitors play, and who is offered seats
    seat = waiting.order_by("date__starts_at", "pk").first()
    if seat is not None:
        note_mail_failure(actor=DEMO, person_id=seat.person_id)
