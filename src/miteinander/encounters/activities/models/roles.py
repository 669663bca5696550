"""Who is wanted to help on a date, who offers it, and which languages that brings."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from miteinander.community.people.models import Person
from miteinander.encounters.activities.enums import OfferStatus, Role, SignUpWay
from miteinander.encounters.activities.models.dates import ActivityDate
from miteinander.foundation.core.languages import NAMES, SPOKEN_CHOICES
from miteinander.foundation.core.privacy import Privacy

IS_INTERPRETER = Q(role=Role.INTERPRETER)
NO_PAIR = Q(language_a="", language_b="")


class RoleWanted(models.Model):
    """How many people a date needs in one role; interpreters for one pair of languages.

    ``confirmed`` is kept under the lock of the date; the constraint is the last word. These seats
    have nothing to do with those of the people who come. A row stays when nobody is wanted any
    more, because offers lead to it.
    """

    date = models.ForeignKey(ActivityDate, on_delete=models.CASCADE, related_name="roles_wanted")
    role = models.CharField(_("role"), max_length=12, choices=Role)
    language_a = models.CharField(max_length=10, choices=SPOKEN_CHOICES, blank=True)
    language_b = models.CharField(max_length=10, choices=SPOKEN_CHOICES, blank=True)
    wanted = models.PositiveSmallIntegerField(_("how many"), default=0)
    confirmed = models.PositiveSmallIntegerField(default=0)

    privacy: ClassVar = Privacy(
        other=("id", "date", "role", "language_a", "language_b", "wanted", "confirmed")
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["date", "role", "language_a", "language_b"], name="role_wanted_once"
            ),
            models.CheckConstraint(
                name="role_never_overfilled",
                condition=Q(confirmed__lte=F("wanted")),
                violation_error_message=_("Nobody else is needed for this."),
            ),
            models.CheckConstraint(
                name="role_pair_of_interpreters",
                condition=(IS_INTERPRETER & ~Q(language_a="") & ~Q(language_b=""))
                | (~IS_INTERPRETER & NO_PAIR),
                violation_error_message=_("Interpreters need two languages."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} wanted at date {self.date_id}"

    @property
    def missing(self) -> int:
        """How many are still looked for."""
        return self.wanted - self.confirmed

    @property
    def pair(self) -> tuple[str, ...]:
        """The names of the two languages of an interpreter, else nothing."""
        return tuple(str(NAMES[code]) for code in self.languages)

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the two languages of an interpreter, else nothing."""
        return tuple(code for code in (self.language_a, self.language_b) if code)

    @property
    def label(self) -> str:
        """The role in words, with the pair of an interpreter."""
        role = str(Role(self.role).label)
        return f"{role}: {' – '.join(self.pair)}" if self.pair else role


class RoleOffer(models.Model):
    """That somebody offers to help on a date, in one role.

    ``token`` is the secret of the page on which it is taken back. ``speaks`` are the languages
    a host said to speak there; they are shown once the organiser said yes.
    """

    date = models.ForeignKey(ActivityDate, on_delete=models.PROTECT, related_name="role_offers")
    wanted = models.ForeignKey(RoleWanted, on_delete=models.PROTECT, related_name="offers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="role_offers")
    token = models.CharField(max_length=32, unique=True)
    language = models.CharField(_("language for messages"), max_length=10, blank=True)
    way = models.CharField(max_length=8, choices=SignUpWay)
    speaks = models.JSONField(default=list, blank=True)
    status = models.CharField(max_length=10, choices=OfferStatus, default=OfferStatus.OFFERED)
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar = Privacy(
        personal=("person", "token", "language", "speaks"),
        other=("id", "date", "wanted", "way", "status", "offered_at", "answered_at"),
        retention="activities.participations",
    )

    class Meta:
        ordering = ["offered_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["date", "person"], name="role_offer_once")]
        indexes = [models.Index(fields=["person", "status"], name="role_offer_of_person")]

    def __str__(self) -> str:
        return f"role offer {self.pk}"

    @property
    def is_confirmed(self) -> bool:
        """Whether the organiser said yes."""
        return self.status == OfferStatus.CONFIRMED

    @property
    def is_offered(self) -> bool:
        """Whether the organiser has not answered yet."""
        return self.status == OfferStatus.OFFERED


class DateLanguage(models.Model):
    """A language spoken on a date because of somebody who helps there: host or interpreter."""

    date = models.ForeignKey(
        ActivityDate, on_delete=models.CASCADE, related_name="derived_languages"
    )
    offer = models.ForeignKey(RoleOffer, on_delete=models.CASCADE, related_name="languages")
    language = models.CharField(_("language"), max_length=10, choices=SPOKEN_CHOICES)

    privacy: ClassVar = Privacy(other=("id", "date", "offer", "language"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "language"], name="date_language_once")
        ]
        indexes = [models.Index(fields=["language", "date"], name="date_language")]

    def __str__(self) -> str:
        return self.language
