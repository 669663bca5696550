"""Who takes part in a date, or asks to."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.community.people.enums import AgeGroup, Background
from miteinander.community.people.models import Person
from miteinander.encounters.activities.enums import ParticipationStatus, Presence, SignUpWay
from miteinander.encounters.activities.models.dates import ActivityDate
from miteinander.foundation.core.privacy import Privacy


class Participation(models.Model):
    """That a person takes part in one date, or asks to.

    ``token`` is the secret of the link by which a guest sees and gives back the seat. ``side`` is
    what the person said of themselves when asking; it decides from which of the kept seats
    theirs come; ``age_group`` is said the same way and only counted. ``seats_*`` tells how many
    seats of each kind this row holds, none while it only waits. ``answer`` is what the person
    wrote to the organiser's question. ``lots`` is the weight in a draw, ``draw_rank`` the place
    that came out of it. ``course_key`` is the same on all rows one form asked for, empty where
    it asked for one date; it is drawn for each form and names nobody.
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
    side = models.CharField(max_length=12, choices=Background, default=Background.UNDISCLOSED)
    age_group = models.CharField(max_length=12, choices=AgeGroup, default=AgeGroup.UNDISCLOSED)
    companions = models.PositiveSmallIntegerField(_("adults who come along"), default=0)
    children = models.PositiveSmallIntegerField(_("children who come along"), default=0)
    seats_local = models.PositiveSmallIntegerField(default=0)
    seats_newcomer = models.PositiveSmallIntegerField(default=0)
    seats_open = models.PositiveSmallIntegerField(default=0)
    answer = models.TextField(_("answer to the question"), max_length=1000, blank=True)
    course_key = models.CharField(max_length=24, blank=True, default="")
    lots = models.PositiveSmallIntegerField(default=0)
    draw_rank = models.PositiveIntegerField(null=True, blank=True)
    signed_up_at = models.DateTimeField()
    waiting_since = models.DateTimeField(null=True, blank=True)
    offered_until = models.DateTimeField(null=True, blank=True)
    given_back_at = models.DateTimeField(null=True, blank=True)
    marked_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar = Privacy(
        personal=("person", "marked_by", "token", "language", "side", "age_group", "answer"),
        other=(
            "id", "date", "way", "status", "presence", "signed_up_at", "given_back_at", "marked_at",
            "companions", "children", "seats_local", "seats_newcomer", "seats_open", "lots",
            "draw_rank", "waiting_since", "offered_until", "course_key",
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
        indexes = [
            models.Index(fields=["person", "status"], name="participation_of_person"),
            models.Index(fields=["status", "offered_until"], name="participation_to_move"),
        ]

    def __str__(self) -> str:
        return f"participation {self.pk}"

    @property
    def holds_seat(self) -> bool:
        """Whether one of the seats of the date is this person's."""
        return self.status == ParticipationStatus.SIGNED_UP

    @property
    def party(self) -> int:
        """How many people this is about: the person and who comes along."""
        return 1 + self.companions + self.children
