"""What people follow, who still has to confirm it, and since when a date is public."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.community.organisations.models import Organisation
from miteinander.community.people.models import Person
from miteinander.community.regions.models import Region
from miteinander.encounters.activities.enums import Audience, Topic
from miteinander.encounters.activities.models import ActivityDate
from miteinander.foundation.core.languages import INTERFACE_CHOICES, SPOKEN_CHOICES
from miteinander.foundation.core.privacy import Privacy

INTEREST = (
    "municipality", "km", "organisation", "topic", "language", "audience", "is_free",
    "has_childcare", "is_step_free",
)  # fmt: skip


class Interest(models.Model):
    """Of which new meetings somebody wants to hear; what is empty does not narrow it.

    All that is said must be true of a meeting. ``km`` is how far around the municipality.
    """

    municipality = models.ForeignKey(
        Region, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    km = models.PositiveSmallIntegerField(_("km around"), default=0)
    topic = models.CharField(_("topic"), max_length=16, choices=Topic, blank=True)
    language = models.CharField(
        _("language spoken there"), max_length=10, choices=SPOKEN_CHOICES, blank=True
    )
    audience = models.CharField(_("for whom"), max_length=12, choices=Audience, blank=True)
    is_free = models.BooleanField(_("free of charge"), default=False)
    has_childcare = models.BooleanField(_("with childcare"), default=False)
    is_step_free = models.BooleanField(_("step-free"), default=False)

    class Meta:
        abstract = True


class Follow(Interest):
    """That a person follows new meetings of one kind; each follow can be ended by itself."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="follows")
    created_at = models.DateTimeField()

    privacy: ClassVar = Privacy(
        personal=("person", *INTEREST), other=("id", "created_at"), retention="people.idle"
    )

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"follow {self.pk}"


class FollowRequest(Interest):
    """That somebody typed an address to follow; nothing happens before the link in the mail.

    Once confirmed it stays until its time is over, so that the link can be opened again.
    """

    address = models.EmailField()
    mail_language = models.CharField(max_length=10, choices=INTERFACE_CHOICES)
    created_at = models.DateTimeField(db_index=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar = Privacy(
        personal=("address", "mail_language", *INTEREST),
        other=("id", "created_at", "confirmed_at"),
        retention="notifications.follow_requests",
    )

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"follow request {self.pk}"


class NewDate(models.Model):
    """That a date became public; its key says how far somebody has heard of new dates."""

    date = models.OneToOneField(ActivityDate, on_delete=models.CASCADE, related_name="news")
    appeared_at = models.DateTimeField(db_index=True)

    privacy: ClassVar = Privacy(other=("id", "date", "appeared_at"))

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"new date {self.pk}"
