"""Asking a second organisation to invite too, its answer, and the end of it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.community.organisations.enums import OrganisationStatus
from miteinander.community.organisations.models import Organisation
from miteinander.encounters.activities.enums import ActivityStatus, CoHostStatus
from miteinander.encounters.activities.messages import CoHostAnswered, CoHostAsked, CoHostEnded
from miteinander.encounters.activities.models import Activity, CoHost
from miteinander.encounters.activities.permissions import CONCERNED, can_change
from miteinander.encounters.activities.services.locking import announce_change, locked_activity
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import Actor, require

MOST = 3


class CoHostRefused(ValidationError):
    """This organisation cannot be asked, or has no question to answer any more."""


@transaction.atomic
def ask_co_host(*, actor: Actor, activity_id: int, organisation_id: int) -> CoHost:
    """Ask an organisation to invite too; asking again while it is asked changes nothing.

    Nothing is shown before it agreed. Publishes ``CoHostAsked``.

    Raises:
        CoHostRefused: a template, the own organisation, one that takes no part, or too many.
        PermissionDenied: ``actor`` may not change the occasion.
    """
    activity = locked_activity(actor, activity_id)
    rows = {row.organisation_id: row for row in activity.co_hosts.select_for_update()}
    known = rows.get(organisation_id)
    if known is not None and known.status in CONCERNED:
        return known
    _refuse_needless(activity, organisation_id)
    if sum(row.status in CONCERNED for row in rows.values()) >= MOST:
        raise CoHostRefused(
            _("At most three organisations can invite together with you."), code="too_many"
        )
    asked = known or CoHost(activity=activity, organisation_id=organisation_id)
    asked.status, asked.asked_at, asked.answered_at = CoHostStatus.ASKED, clock.now(), None
    asked.save()
    _record(actor, "activities.ask_co_host", asked)
    bus.publish(CoHostAsked(co_host_id=asked.pk))
    return asked


def _refuse_needless(activity: Activity, organisation_id: int) -> None:
    if activity.is_template:
        raise CoHostRefused(
            _("This is a template. Begin a meeting from it, then ask."), code="template"
        )
    if activity.organisation_id == organisation_id:
        raise CoHostRefused(_("This organisation invites already."), code="own")
    active = Organisation.objects.filter(pk=organisation_id, status=OrganisationStatus.ACTIVE)
    if not active.exists():
        raise CoHostRefused(_("Choose an organisation from the list."), code="not_active")


def _held(actor: Actor, co_host_id: int, verb: str) -> CoHost:
    """Hold the occasion, then the row, and require ``verb``."""
    activity_id = CoHost.objects.values_list("activity_id", flat=True).get(pk=co_host_id)
    activity = locked_activity(actor, activity_id, "activities.view")
    row = CoHost.objects.select_for_update(of=("self",)).select_related("organisation")
    co_host = row.get(pk=co_host_id)
    co_host.activity = activity
    require(actor, verb, co_host)
    return co_host


@transaction.atomic
def answer_co_host(*, actor: Actor, co_host_id: int, agrees: bool) -> CoHost:
    """Agree to invite together, or say no; the same answer again changes nothing.

    Publishes ``CoHostAnswered``, and for a published occasion that agreed ``ActivityChanged``.

    Raises:
        CoHostRefused: there is no question any more.
        PermissionDenied: ``actor`` does not act for the asked organisation.
    """
    co_host = _held(actor, co_host_id, "activities.answer_co_host")
    answer = CoHostStatus.AGREED if agrees else CoHostStatus.DECLINED
    if co_host.status == answer:
        return co_host
    if co_host.status != CoHostStatus.ASKED or co_host.activity.status == ActivityStatus.HIDDEN:
        raise CoHostRefused(_("This question is not open any more."), code="not_asked")
    _write(co_host, answer)
    _record(actor, "activities.agree_co_host" if agrees else "activities.decline_co_host", co_host)
    bus.publish(CoHostAnswered(co_host_id=co_host.pk))
    if agrees:
        announce_change(co_host.activity)
    return co_host


@transaction.atomic
def end_co_host(*, actor: Actor, co_host_id: int) -> CoHost:
    """End inviting together, or take the question back; once it has ended nothing happens.

    Publishes ``CoHostEnded``, and ``ActivityChanged`` where the public saw both.

    Raises:
        PermissionDenied: ``actor`` acts for neither side.
    """
    co_host = _held(actor, co_host_id, "activities.end_co_host")
    if co_host.status not in CONCERNED:
        return co_host
    was_shown = co_host.is_agreed
    _write(co_host, CoHostStatus.ENDED)
    _record(actor, "activities.end_co_host", co_host)
    by_host = can_change(actor, co_host.activity)
    bus.publish(CoHostEnded(co_host_id=co_host.pk, by_host=by_host))
    if was_shown:
        announce_change(co_host.activity)
    return co_host


def _write(co_host: CoHost, status: CoHostStatus) -> None:
    co_host.status, co_host.answered_at = status, clock.now()
    co_host.save(update_fields=["status", "answered_at"])


def _record(actor: Actor, verb: str, co_host: CoHost) -> None:
    audit.record(
        actor=actor, verb=verb, obj=co_host.activity,
        details={"organisation": co_host.organisation_id},
    )  # fmt: skip
