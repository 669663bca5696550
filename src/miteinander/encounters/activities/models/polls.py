"""Asking people which date suits them: the poll, its proposed dates, and what people answered."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from miteinander.community.people.enums import Background
from miteinander.community.people.models import Person
from miteinander.encounters.activities.enums import PollChoice, PollStatus
from miteinander.encounters.activities.models.activity import Activity
from miteinander.encounters.activities.models.dates import ActivityDate
from miteinander.foundation.core.privacy import Privacy


class DatePoll(models.Model):
    """The question when an occasion should take place, with 2 to 10 proposed dates.

    ``token`` is in the link that organisers share: whoever has it may answer. ``date`` is the
    ordinary date the chosen one became. ``closed_told_at`` is when the organiser was told that
    the time for answers is over, ``decided_told_at`` when those who answered learnt of the date.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="polls")
    date = models.ForeignKey(
        ActivityDate, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    token = models.CharField(max_length=32, unique=True)
    status = models.CharField(max_length=8, choices=PollStatus, default=PollStatus.OPEN)
    closes_at = models.DateTimeField(_("answers until"))
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    closed_told_at = models.DateTimeField(null=True, blank=True)
    decided_told_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar = Privacy(
        other=(
            "id", "activity", "date", "token", "status", "closes_at", "created_at", "ended_at",
            "closed_told_at", "decided_told_at",
        )
    )  # fmt: skip

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity"],
                condition=Q(status=PollStatus.OPEN),
                name="poll_open_once",
                violation_error_message=_("You are asking people already."),
            )
        ]
        indexes = [models.Index(fields=["status", "closes_at"], name="poll_to_close")]

    def __str__(self) -> str:
        return f"poll {self.pk}"

    def takes_answers(self, now: datetime) -> bool:
        """Whether the time for answers is not over at ``now``."""
        return self.status == PollStatus.OPEN and now < self.closes_at


class PollDate(models.Model):
    """One proposed date of a poll. ``is_chosen`` says that it became the date."""

    poll = models.ForeignKey(DatePoll, on_delete=models.CASCADE, related_name="dates")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    is_chosen = models.BooleanField(default=False)

    privacy: ClassVar = Privacy(other=("id", "poll", "starts_at", "ends_at", "is_chosen"))

    class Meta:
        ordering = ["starts_at", "ends_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "starts_at", "ends_at"],
                name="poll_date_once",
                violation_error_message=_("This date is there twice."),
            ),
            models.UniqueConstraint(
                fields=["poll"],
                condition=Q(is_chosen=True),
                name="poll_one_chosen",
                violation_error_message=_("Another date was chosen already."),
            ),
            models.CheckConstraint(
                name="poll_date_ends_after_start",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("The end must be after the start."),
            ),
        ]

    def __str__(self) -> str:
        return f"poll date {self.pk}"

    def has_passed(self, now: datetime) -> bool:
        """Whether it is too late to meet then."""
        return self.starts_at <= now


class PollAnswer(models.Model):
    """What one person answered to a poll; the same person twice is one answer.

    ``token`` is the secret of the link by which somebody without an account sees and changes the
    answer. ``side`` is what the person said of themselves; it is only ever counted.
    """

    poll = models.ForeignKey(DatePoll, on_delete=models.CASCADE, related_name="answers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="poll_answers")
    token = models.CharField(max_length=32, unique=True)
    language = models.CharField(_("language for messages"), max_length=10)
    side = models.CharField(max_length=12, choices=Background, default=Background.UNDISCLOSED)
    answered_at = models.DateTimeField()

    privacy: ClassVar = Privacy(
        personal=("person", "token", "language", "side", "answered_at"),
        other=("id", "poll"),
        retention="activities.poll_answers",
    )

    class Meta:
        ordering = ["answered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "person"],
                name="poll_answer_once",
                violation_error_message=_("This person has answered already."),
            )
        ]

    def __str__(self) -> str:
        return f"poll answer {self.pk}"


class PollVote(models.Model):
    """What one answer says about one proposed date."""

    answer = models.ForeignKey(PollAnswer, on_delete=models.CASCADE, related_name="votes")
    date = models.ForeignKey(PollDate, on_delete=models.CASCADE, related_name="votes")
    choice = models.CharField(max_length=8, choices=PollChoice)

    privacy: ClassVar = Privacy(
        personal=("answer", "choice"), other=("id", "date"), retention="activities.poll_answers"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "date"], name="poll_vote_once"),
        ]

    def __str__(self) -> str:
        return f"poll vote {self.pk}"
