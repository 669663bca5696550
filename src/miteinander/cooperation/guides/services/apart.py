"""Keeping a guide and somebody who asks apart: a wish of either side that needs no reason."""

from contextlib import suppress

from django.db import transaction

from miteinander.cooperation.guides.enums import AssignmentStatus
from miteinander.cooperation.guides.models import Apart, Assignment, GuideRequest, RequestContact
from miteinander.cooperation.guides.models.sealed import Contacts
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.sealing import CannotOpenError


def keep_apart(row: Assignment) -> None:
    """Note that a guide and who asked are not brought together again; once is enough.

    The caller has checked who says so. Nothing happens once the contact was deleted.
    """
    kept = RequestContact.objects.filter(request=row.request_id).first()
    mark = ""
    with suppress(CannotOpenError):
        mark = Contacts.opened(kept.sealed).mark if kept else ""
    if mark:
        Apart.objects.get_or_create(
            guide_id=row.guide_id, requester_mark=mark, defaults={"said_at": clock.now()}
        )


@transaction.atomic
def want_other_guide(*, actor: Actor, request_id: int) -> None:
    """Note that who asked wishes for another guide next time; the guide is not told."""
    request = GuideRequest.objects.select_for_update().get(pk=request_id)
    require(actor, "guides.want_other_guide", request)
    agreed = request.assignments.exclude(status=AssignmentStatus.CANCELLED).first()
    if agreed is not None:
        keep_apart(agreed)
        audit.record(actor=actor, verb="guides.want_other_guide", obj=request)
