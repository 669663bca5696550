"""That somebody asks for a guide, and how to reach them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.community.people.models import Person
from miteinander.community.regions.models import Region
from miteinander.cooperation.guides.enums import (
    AssignmentKind,
    AssignmentTopic,
    MeetingWay,
    RequesterKind,
    RequestStatus,
    UnfilledReason,
)
from miteinander.foundation.core.privacy import Privacy


class GuideRequest(models.Model):
    """What is asked for, without a word on who asks: that is in :class:`RequestContact`.

    ``starts_at`` is empty when the time is flexible; then ``by_day`` may say until when.
    ``tasks`` are keys of ``GuideTask``. ``token`` is the secret of the requester's own page.
    ``time_turn`` counts how often the time was changed: a yes holds for one turn only.
    """

    municipality = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="guide_requests"
    )
    token = models.CharField(max_length=32, unique=True)
    requester = models.CharField(_("who asks"), max_length=12, choices=RequesterKind)
    kind = models.CharField(_("kind of help"), max_length=10, choices=AssignmentKind)
    topic = models.CharField(_("topic"), max_length=10, choices=AssignmentTopic)
    tasks = models.JSONField(default=list)
    language = models.CharField(_("language needed"), max_length=10)
    way = models.CharField(
        _("how to meet"), max_length=8, choices=MeetingWay, default=MeetingWay.IN_PERSON
    )
    has_minors = models.BooleanField(_("children or young people are there"), default=False)
    starts_at = models.DateTimeField(_("begin"), null=True, blank=True)
    by_day = models.DateField(_("needed until"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("length in minutes"), default=60)
    time_turn = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=10, choices=RequestStatus, default=RequestStatus.OPEN)
    unfilled_reason = models.CharField(max_length=10, choices=UnfilledReason, blank=True)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar = Privacy(
        personal=("token", "entered_by"),
        other=(
            "id", "municipality", "requester", "kind", "topic", "tasks", "language", "way",
            "has_minors", "starts_at", "by_day", "minutes", "time_turn", "status",
            "unfilled_reason", "asked_at", "ended_at",
        ),
        retention="guides.requests",
    )  # fmt: skip

    class Meta:
        ordering = ["asked_at", "pk"]
        indexes = [models.Index(fields=["status", "asked_at"], name="request_status")]
        constraints = [
            models.CheckConstraint(
                name="request_ended_has_a_time",
                condition=Q(status__in=["open", "agreed"], ended_at__isnull=True)
                | Q(status__in=["done", "withdrawn", "unfilled"], ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="request_unfilled_says_why",
                condition=Q(status="unfilled") ^ Q(unfilled_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"request {self.pk}"


class RequestContact(models.Model):
    """How to reach who asks and whom it is for: sealed, and deleted 30 days after the end.

    ``sealed`` holds the fields of ``sealed.Contacts`` as sealed JSON (``core.sealing``). Only
    coordinators of the place and the guide who said yes ever have it opened.
    """

    request = models.OneToOneField(GuideRequest, on_delete=models.CASCADE, related_name="contact")
    sealed = models.TextField()
    language = models.CharField(_("language for messages"), max_length=10)

    privacy: ClassVar = Privacy(
        personal=("request", "sealed", "language"), other=("id",), retention="guides.contacts"
    )

    def __str__(self) -> str:
        return f"contact of request {self.request_id}"
