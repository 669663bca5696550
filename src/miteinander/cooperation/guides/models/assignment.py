"""Whom coordinators asked, who said yes, and what came of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.community.people.models import Person
from miteinander.cooperation.guides.enums import AskAnswer, AssignmentResult, AssignmentStatus
from miteinander.cooperation.guides.models.guide import Guide
from miteinander.cooperation.guides.models.request import GuideRequest
from miteinander.foundation.core.privacy import Privacy


class Ask(models.Model):
    """That a guide was asked for a request; a no is an answer and is never counted."""

    request = models.ForeignKey(GuideRequest, on_delete=models.CASCADE, related_name="asks")
    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="asks")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    token = models.CharField(max_length=32, unique=True)
    time_turn = models.PositiveIntegerField()
    answer = models.CharField(max_length=10, choices=AskAnswer, default=AskAnswer.OPEN)
    asked_at = models.DateTimeField()
    deadline = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar = Privacy(
        personal=("guide", "asked_by", "token", "answer", "answered_at"),
        other=("id", "request", "time_turn", "asked_at", "deadline"),
        retention="guides.requests",
    )

    class Meta:
        ordering = ["asked_at", "pk"]
        indexes = [models.Index(fields=["answer", "deadline"], name="ask_deadline")]
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(answer="open"),
                name="ask_one_open",
                violation_error_message=_("A guide is being asked already."),
            )
        ]

    def __str__(self) -> str:
        return f"ask {self.pk}"


class Assignment(models.Model):
    """That a guide takes a request, when, and what the guide reported afterwards.

    ``minutes`` and ``kilometres`` are those of the report. ``refused_by`` tells that one side
    does not want to be brought together with the other again.
    """

    request = models.ForeignKey(GuideRequest, on_delete=models.PROTECT, related_name="assignments")
    guide = models.ForeignKey(Guide, on_delete=models.PROTECT, related_name="assignments")
    starts_at = models.DateTimeField(_("begin"))
    ends_at = models.DateTimeField(_("end"))
    status = models.CharField(
        max_length=10, choices=AssignmentStatus, default=AssignmentStatus.AGREED
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    kilometres = models.PositiveSmallIntegerField(_("kilometres"), null=True, blank=True)
    result = models.CharField(
        _("what came of it"), max_length=10, choices=AssignmentResult, blank=True
    )
    has_follow_up = models.BooleanField(_("another date is wanted"), default=False)
    is_first_contact = models.BooleanField(_("first contact"), default=True)
    agreed_at = models.DateTimeField()
    reported_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    talk_asked_at = models.DateTimeField(null=True, blank=True)
    talk_held_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar = Privacy(
        personal=("guide", "talk_asked_at", "talk_held_at"),
        other=(
            "id", "request", "starts_at", "ends_at", "status", "minutes", "kilometres", "result",
            "has_follow_up", "is_first_contact", "agreed_at", "reported_at", "reminded_at",
        ),
        retention="guides.requests",
    )  # fmt: skip

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["guide", "starts_at"], name="assignment_of_guide")]
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                condition=~Q(status="cancelled"),
                name="assignment_one_guide",
                violation_error_message=_("Another guide has it already."),
            ),
            models.CheckConstraint(
                name="assignment_ends_after_it_begins",
                condition=Q(ends_at__gt=models.F("starts_at")),
                violation_error_message=_("The end must be after the begin."),
            ),
        ]

    def __str__(self) -> str:
        return f"assignment {self.pk}"


class Apart(models.Model):
    """That a guide and somebody who asks do not want to be brought together again.

    ``requester_mark`` is a keyed digest of the contact, so that the wish outlives the deleted
    contact and tells nobody who it was.
    """

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="apart")
    requester_mark = models.CharField(max_length=64)
    said_at = models.DateTimeField()

    privacy: ClassVar = Privacy(
        personal=("guide", "requester_mark"), other=("id", "said_at"), retention="guides.requests"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["guide", "requester_mark"], name="apart_once")
        ]

    def __str__(self) -> str:
        return f"apart {self.pk}"
