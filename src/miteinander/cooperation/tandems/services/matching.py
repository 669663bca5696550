"""Matching a whole pool: begun by a coordinator, calculated by a job, looked at before asking."""

import secrets
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from miteinander.cooperation.tandems.enums import RunStatus, TandemStatus
from miteinander.cooperation.tandems.messages import MatchingStarted
from miteinander.cooperation.tandems.models import MatchingRun, Tandem, TandemMember
from miteinander.cooperation.tandems.queries.parties import parties_of, pool_of
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import clock
from miteinander.foundation.core.bus import publish
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.matching.pairs.groups import groups
from miteinander.foundation.matching.pairs.optimum import Plan, best_pairs
from miteinander.foundation.matching.pairs.parties import Party

STUCK_AFTER = timedelta(minutes=15)
SEEDS = 2**31


@transaction.atomic
def start_matching(*, actor: Actor) -> MatchingRun:
    """Note that a matching begins; a job calculates it. Nobody is asked by it.

    One that has not come back for a quarter of an hour counts as failed. Publishes
    ``MatchingStarted``.

    Raises:
        ValidationError: another matching is being calculated (code ``running``).
    """
    require(actor, "tandems.match")
    now = clock.now()
    MatchingRun.objects.filter(status=RunStatus.COMPUTING, started_at__lt=now - STUCK_AFTER).update(
        status=RunStatus.FAILED, finished_at=now
    )
    try:
        with transaction.atomic():
            run = MatchingRun.objects.create(
                started_by_id=actor.pk, seed=secrets.randbelow(SEEDS), started_at=now
            )
    except IntegrityError as fault:
        raise ValidationError(
            _("A matching is being calculated already. Please wait a moment."), code="running"
        ) from fault
    audit.record(actor=actor, verb="tandems.match", obj=run)
    publish(MatchingStarted(run_id=run.pk))
    return run


def calculate(run_id: int) -> None:
    """Calculate a matching that was begun, and keep what it suggests; called by the job.

    Suggestions nobody was asked about give way to the new ones. Where it fails, it says so, and
    the job tells why.
    """
    run = MatchingRun.objects.select_related("started_by").get(pk=run_id)
    if run.status != RunStatus.COMPUTING or run.started_by is None:
        return
    try:
        _calculate(run)
    except BaseException:
        MatchingRun.objects.filter(pk=run_id, status=RunStatus.COMPUTING).update(
            status=RunStatus.FAILED, finished_at=clock.now()
        )
        raise


def _calculate(run: MatchingRun) -> None:
    actor = run.started_by
    assert actor is not None  # noqa: S101 (tells the type)
    parties = parties_of(pool_of(actor))
    in_groups = groups([party for party in parties if party.wants_group], seed=run.seed)
    grouped = {key for group in in_groups for key in group.keys}
    plan = best_pairs([party for party in parties if party.key not in grouped], seed=run.seed)
    found = [(tuple(group.keys), group.score) for group in in_groups]
    found += [((one, other), score) for one, other, score in plan.pairs]
    with transaction.atomic():
        _write(run, parties, found, plan)


def _write(
    run: MatchingRun, parties: list[Party], found: list[tuple[tuple[int, ...], int]], plan: Plan
) -> None:
    """Keep suggestions in place of older ones of the same people."""
    still = MatchingRun.objects.select_for_update().get(pk=run.pk)
    if still.status != RunStatus.COMPUTING:
        return
    keys = [party.key for party in parties]
    Tandem.objects.filter(status=TandemStatus.SUGGESTED, members__seeker__in=keys).delete()
    now = clock.now()
    tandems = Tandem.objects.bulk_create(
        [Tandem(run=run, score=score, made_at=now) for _keys, score in found]
    )
    TandemMember.objects.bulk_create(
        [
            TandemMember(tandem=tandem, seeker_id=key, token=secrets.token_urlsafe(24))
            for tandem, (members, _score) in zip(tandems, found, strict=True)
            for key in members
        ]
    )
    still.status, still.finished_at = RunStatus.DONE, now
    still.figures = {
        "pool": len(parties), "matched": sum(len(members) for members, _score in found),
        "pairs_total": plan.total, "bound": plan.bound,
    }  # fmt: skip
    still.save(update_fields=["status", "finished_at", "figures"])


@transaction.atomic
def drop_suggestion(*, actor: Actor, tandem_id: int) -> None:
    """Take a suggestion off the list; nobody has heard of it."""
    tandem = Tandem.objects.select_for_update().get(pk=tandem_id)
    require(actor, "tandems.propose", tandem)
    if tandem.status == TandemStatus.SUGGESTED:
        tandem.delete()
        audit.record(actor=actor, verb="tandems.drop_suggestion", label=f"tandem {tandem_id}")
