"""The tables of the activities app: occasions, their dates, and who takes part."""

from datetime import datetime
from typing import ClassVar

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from miteinander.community.organisations.models import Organisation
from miteinander.community.people.models import Person
from miteinander.community.regions.models import Region
from miteinander.encounters.activities.enums import (
    ActivityStatus,
    Audience,
    DateStatus,
    ParticipationStatus,
    Presence,
    SignUpWay,
    Topic,
)
from miteinander.encounters.spaces.models import Venue
from miteinander.foundation.content.models import Version
from miteinander.foundation.core.languages import SPOKEN_CHOICES
from miteinander.foundation.core.privacy import Privacy


class Activity(models.Model):
    """An occasion to meet: what happens, for whom, with whom at the door.

    Its words (``title``, ``summary``, ``description``, ``way_there``) are a written item in
    ``versions``. When and with how many seats is told by its dates. An occasion takes place at a
    venue, online, or both; ``municipality`` is where, or for online ones who invites.
    ``answered`` names the planning tasks that were saved once: a default is not an answer.
    ``question`` is what a coordinator wants to know before approving.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="activities"
    )
    venue = models.ForeignKey(
        Venue, on_delete=models.PROTECT, null=True, blank=True, related_name="activities"
    )
    municipality = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="activities"
    )
    created_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    versions = GenericRelation(Version, related_query_name="activity")
    topic = models.CharField(_("topic"), max_length=16, choices=Topic, blank=True)
    audience = models.CharField(
        _("for whom"), max_length=12, choices=Audience, default=Audience.EVERYONE
    )
    is_online = models.BooleanField(_("online"), default=False)
    online_url = models.URLField(_("link to join online"), max_length=500, blank=True)
    has_childcare = models.BooleanField(_("childcare"), default=False)
    has_interpretation = models.BooleanField(_("interpretation"), default=False)
    cost_cents = models.PositiveIntegerField(_("cost in cents"), default=0)
    contact_name = models.CharField(_("who meets you at the door"), max_length=120, blank=True)
    contact_phone = models.CharField(_("telephone for questions"), max_length=40, blank=True)
    contact_email = models.EmailField(_("e-mail for questions"), blank=True)
    status = models.CharField(max_length=10, choices=ActivityStatus, default=ActivityStatus.DRAFT)
    answered = models.JSONField(default=list, blank=True)
    question = models.TextField(_("what the coordinator asks"), max_length=1000, blank=True)
    source_uid = models.CharField(max_length=255, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar = Privacy(
        personal=("created_by", "contact_name", "contact_phone", "contact_email"),
        other=(
            "id", "organisation", "venue", "municipality", "versions", "topic", "audience",
            "is_online", "online_url", "has_childcare", "has_interpretation", "cost_cents",
            "status", "answered", "question", "source_uid", "created_at", "published_at",
        ),
        retention="activities.contacts",
    )  # fmt: skip

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "source_uid"],
                condition=~Q(source_uid=""),
                name="activity_imported_once",
                violation_error_message=_("This entry was brought in already."),
            )
        ]
        indexes = [models.Index(fields=["status", "organisation"], name="activity_status_org")]

    def __str__(self) -> str:
        return f"activity {self.pk}"

    @property
    def is_free(self) -> bool:
        """Whether nobody has to pay."""
        return self.cost_cents == 0


class ActivityLanguage(models.Model):
    """A language spoken at an occasion."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="languages")
    language = models.CharField(_("language"), max_length=10, choices=SPOKEN_CHOICES)

    privacy: ClassVar = Privacy(other=("id", "activity", "language"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "language"], name="activity_language_once")
        ]

    def __str__(self) -> str:
        return self.language


class ActivityDate(models.Model):
    """One date of an occasion, with its own address and its own seats.

    ``seats_taken`` is kept by the seat services under a row lock; the constraint is the last
    word. ``sequence`` rises with every change a calendar must learn of (RFC 5545 3.8.7.4).
    ``key`` keeps a date apart from its siblings when a calendar is brought in again. ``counts``
    is what stays of people whose rows were deleted by their age: so many for each
    ``status:presence:background``.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="dates")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    capacity = models.PositiveIntegerField(_("seats"), default=12)
    seats_taken = models.PositiveIntegerField(_("seats taken"), default=0)
    status = models.CharField(max_length=10, choices=DateStatus, default=DateStatus.SCHEDULED)
    sequence = models.PositiveIntegerField(default=0)
    key = models.CharField(max_length=80, blank=True)
    changed_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, blank=True)

    privacy: ClassVar = Privacy(
        other=(
            "id", "activity", "starts_at", "ends_at", "capacity", "seats_taken", "status",
            "sequence", "key", "changed_at", "cancelled_at", "counts",
        )
    )  # fmt: skip

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="date_ends_after_start",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("The end must be after the start."),
            ),
            models.CheckConstraint(
                name="date_never_oversold",
                condition=Q(seats_taken__lte=F("capacity")),
                violation_error_message=_("All seats are taken."),
            ),
            models.CheckConstraint(
                name="date_has_seats",
                condition=Q(capacity__gte=1, capacity__lte=5000),
                violation_error_message=_("A date has between 1 and 5000 seats."),
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at", "id"], name="date_start"),
            models.Index(fields=["activity", "starts_at"], name="date_of_activity"),
        ]

    def __str__(self) -> str:
        return f"date {self.pk}"

    def get_absolute_url(self) -> str:
        """Address of the public page."""
        return reverse("activities:detail", args=[self.pk])

    @property
    def seats_left(self) -> int:
        """How many seats are free."""
        return self.capacity - self.seats_taken

    @property
    def is_cancelled(self) -> bool:
        """Whether the date was called off."""
        return self.status == DateStatus.CANCELLED

    def has_started(self, now: datetime) -> bool:
        """Whether the date has begun at ``now``."""
        return self.starts_at <= now

    def has_ended(self, now: datetime) -> bool:
        """Whether the date is over at ``now``."""
        return self.ends_at <= now


class Participation(models.Model):
    """That a person takes part in one date.

    ``token`` is the secret of the link by which a guest sees and gives back the seat.
    """

    date = models.ForeignKey(ActivityDate, on_delete=models.PROTECT, related_name="participations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="participations")
    marked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    token = models.CharField(max_length=32, unique=True)
    language = models.CharField(_("language for messages"), max_length=10)
    way = models.CharField(max_length=8, choices=SignUpWay)
    status = models.CharField(
        max_length=10, choices=ParticipationStatus, default=ParticipationStatus.SIGNED_UP
    )
    presence = models.CharField(max_length=8, choices=Presence, default=Presence.UNKNOWN)
    signed_up_at = models.DateTimeField()
    given_back_at = models.DateTimeField(null=True, blank=True)
    marked_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar = Privacy(
        personal=("person", "marked_by", "token", "language"),
        other=(
            "id", "date", "way", "status", "presence", "signed_up_at", "given_back_at", "marked_at",
        ),
        retention="activities.participations",
    )  # fmt: skip

    class Meta:
        ordering = ["signed_up_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["date", "person"],
                name="participation_once",
                violation_error_message=_("This person is signed up already."),
            )
        ]
        indexes = [models.Index(fields=["person", "status"], name="participation_of_person")]

    def __str__(self) -> str:
        return f"participation {self.pk}"

    @property
    def holds_seat(self) -> bool:
        """Whether one of the seats of the date is this person's."""
        return self.status == ParticipationStatus.SIGNED_UP
