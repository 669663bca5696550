"""Letting a guide go who cannot come: the request is open again, and the next guide is asked."""

from miteinander.cooperation.guides.enums import AskAnswer, AssignmentStatus, RequestStatus
from miteinander.cooperation.guides.messages import AssignmentOff
from miteinander.cooperation.guides.models import Ask, Assignment, GuideRequest
from miteinander.cooperation.guides.services.asking import ask_next, held_ask
from miteinander.foundation.core import bus, clock


def call_off(row: Assignment) -> None:
    """Call an assignment off for the guide, and ask the next; the caller holds the request.

    Publishes ``AssignmentOff``.
    """
    row.status = AssignmentStatus.CANCELLED
    row.save(update_fields=["status"])
    bus.publish(AssignmentOff(assignment_id=row.pk, is_given_back=True))
    if row.request.status != RequestStatus.AGREED:
        return
    row.request.status = RequestStatus.OPEN
    row.request.save(update_fields=["status"])
    said = row.request.asks.filter(answer=AskAnswer.YES, guide=row.guide_id).last()
    if said is not None:
        said.request = row.request
        ask_next(said)


def release_guide(guide_id: int) -> None:
    """Ask others for all a leaving guide is asked for and has agreed to, within a transaction.

    What has begun stays, for the report. The requests are held in the order of their keys.
    """
    open_asks = Ask.objects.filter(guide=guide_id, answer=AskAnswer.OPEN).order_by("request_id")
    for pk in list(open_asks.values_list("pk", flat=True)):
        ask = held_ask(pk)
        if ask.answer == AskAnswer.OPEN:
            ask.answer, ask.answered_at = AskAnswer.WITHDRAWN, clock.now()
            ask.save(update_fields=["answer", "answered_at"])
            ask_next(ask)
    coming = Assignment.objects.filter(
        guide=guide_id, status=AssignmentStatus.AGREED, starts_at__gt=clock.now()
    )
    for key in list(coming.order_by("request_id").values_list("request_id", flat=True)):
        held = GuideRequest.objects.select_for_update(of=("self",)).select_related("municipality")
        request = held.get(pk=key)
        row = coming.filter(request=request).first()
        if row is not None:
            row.request = request
            call_off(row)
