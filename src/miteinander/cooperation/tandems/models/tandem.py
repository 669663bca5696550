"""People brought together: suggested, asked, meeting, and what remains in numbers."""

from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q

from miteinander.community.people.models import Person
from miteinander.community.regions.models import Region
from miteinander.cooperation.tandems.enums import (
    Answer,
    EndReason,
    RunStatus,
    TandemStatus,
    Way,
)
from miteinander.cooperation.tandems.models.seeker import Seeker
from miteinander.encounters.activities.models import ActivityDate
from miteinander.encounters.spaces.models import Venue
from miteinander.foundation.core import clock
from miteinander.foundation.core.privacy import Privacy

MOMENT = timedelta(seconds=1)


class MatchingRun(models.Model):
    """One matching of a whole pool: who began it, from which seed, and what came of it.

    Only one at a time is being calculated; ``tests/test_matching.py`` has two begin at once.
    ``figures`` are numbers only: pool, matched, total, bound.
    """

    started_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=10, choices=RunStatus, default=RunStatus.COMPUTING)
    seed = models.PositiveIntegerField()
    figures = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar = Privacy(
        personal=("started_by",),
        other=("id", "status", "seed", "figures", "started_at", "finished_at"),
        retention="tandems.tandems",
    )

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["status"],
                condition=Q(status="computing"),
                name="matching_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"matching {self.pk}"


class Tandem(models.Model):
    """Two people, or a group of up to six; a family counts as one.

    ``date_turn`` counts how often a time was proposed: a yes holds for one turn only. Where they
    meet at a place, ``venue`` is one that was entered for meetings: a public one. ``occasion`` is
    the meeting they go to together first. ``reminded_turn`` is the time they were reminded of.
    """

    run = models.ForeignKey(
        MatchingRun, on_delete=models.SET_NULL, null=True, related_name="tandems"
    )
    status = models.CharField(max_length=10, choices=TandemStatus, default=TandemStatus.SUGGESTED)
    score = models.BigIntegerField(default=0)
    deadline = models.DateTimeField(null=True, blank=True)
    way = models.CharField(max_length=8, choices=Way, default=Way.IN_PERSON)
    venue = models.ForeignKey(
        Venue, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    occasion = models.ForeignKey(
        ActivityDate, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    starts_at = models.DateTimeField(null=True, blank=True)
    date_turn = models.PositiveIntegerField(default=0)
    reminded_turn = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar = Privacy(
        personal=("starts_at", "venue", "occasion"),
        other=(
            "id", "run", "status", "score", "deadline", "way", "date_turn", "reminded_turn",
            "made_at", "agreed_at", "ended_at",
        ),
        retention="tandems.tandems",
    )  # fmt: skip

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [models.Index(fields=["status", "deadline"], name="tandem_status")]
        constraints = [
            models.CheckConstraint(
                name="tandem_over_has_an_end",
                condition=Q(
                    status__in=["suggested", "proposed", "active", "paused"], ended_at__isnull=True
                )
                | Q(status__in=["lapsed", "refused", "ended", "stopped"], ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="tandem_proposed_has_a_deadline",
                condition=~Q(status="proposed") | Q(deadline__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"tandem {self.pk}"

    @property
    def status_for_members(self) -> str:
        """The state as members may know it: that somebody called for help is told to nobody."""
        is_stopped = self.status == TandemStatus.STOPPED
        return TandemStatus.ENDED if is_stopped else TandemStatus(self.status)

    @property
    def state_for_members(self) -> str:
        """The same in words."""
        return str(TandemStatus(self.status_for_members).label)

    @property
    def last_day(self) -> date | None:
        """The last day to answer: deadlines are at the end of a day."""
        return clock.local(self.deadline - MOMENT).date() if self.deadline else None


class TandemMember(models.Model):
    """One person, or one family, of a tandem.

    ``token`` is the secret of the mail: whoever holds it answers without signing in, and sees
    no name and no contact. ``is_live`` says that the tandem is asked about or goes on: nobody has
    two such at a time. ``date_ok_turn`` is the proposed time this member said yes to.
    """

    tandem = models.ForeignKey(Tandem, on_delete=models.CASCADE, related_name="members")
    seeker = models.ForeignKey(Seeker, on_delete=models.CASCADE, related_name="memberships")
    token = models.CharField(max_length=32, unique=True)
    is_live = models.BooleanField(default=False)
    answer = models.CharField(max_length=6, choices=Answer, default=Answer.OPEN)
    answered_at = models.DateTimeField(null=True, blank=True)
    date_ok_turn = models.PositiveIntegerField(default=0)
    end_reason = models.CharField(max_length=8, choices=EndReason, blank=True)
    thanked_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar = Privacy(
        personal=(
            "tandem", "seeker", "token", "is_live", "answer", "answered_at", "date_ok_turn",
            "end_reason", "thanked_at",
        ),
        other=("id",),
        retention="tandems.tandems",
    )  # fmt: skip

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["tandem", "seeker"], name="tandem_member_once"),
            models.UniqueConstraint(
                fields=["seeker"], condition=Q(is_live=True), name="seeker_one_live_tandem"
            ),
        ]

    def __str__(self) -> str:
        return f"member {self.pk}"


class TandemCount(models.Model):
    """What remains of tandems that are over: how many of a month ended how, without people."""

    month = models.DateField()
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+")
    status = models.CharField(max_length=10, choices=TandemStatus)
    reason = models.CharField(max_length=8, choices=EndReason, blank=True)
    count = models.PositiveIntegerField(default=0)

    privacy: ClassVar = Privacy(other=("id", "month", "region", "status", "reason", "count"))

    class Meta:
        ordering = ["month", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["month", "region", "status", "reason"], name="tandem_count_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.status}: {self.count}"
