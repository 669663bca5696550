"""Rides to a date: seats offered and wanted, and who agreed with whom."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from miteinander.community.people.models import Person
from miteinander.community.regions.models import Region
from miteinander.encounters.activities.enums import (
    ContactWay,
    MatchStatus,
    RideDirection,
    RideKind,
    RideStatus,
)
from miteinander.encounters.activities.models.dates import ActivityDate
from miteinander.foundation.core.privacy import Privacy

THERE = (RideDirection.THERE, RideDirection.BOTH)
BACK = (RideDirection.BACK, RideDirection.BOTH)


class Ride(models.Model):
    """Seats in a car to a date and back, offered or wanted by one person.

    ``token`` is the secret of the links by which its owner acts, with or without an account.
    ``seats`` is how many seats there are, or for how many people they are wanted.
    ``taken_there`` and ``taken_back`` are kept by the services under a lock; the constraint is the
    last word. ``language`` is the one the owner gets letters in. ``leaves_at`` and
    ``meeting_point`` may be empty. Who says ``women_only`` says: we are women, and only women are
    to be in the car.
    """

    date = models.ForeignKey(ActivityDate, on_delete=models.CASCADE, related_name="rides")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="rides")
    municipality = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    token = models.CharField(max_length=32, unique=True)
    language = models.CharField(_("language for messages"), max_length=10)
    kind = models.CharField(max_length=8, choices=RideKind)
    direction = models.CharField(_("direction"), max_length=8, choices=RideDirection)
    seats = models.PositiveSmallIntegerField(_("seats"))
    taken_there = models.PositiveSmallIntegerField(default=0)
    taken_back = models.PositiveSmallIntegerField(default=0)
    leaves_at = models.TimeField(_("leaves at about"), null=True, blank=True)
    meeting_point = models.CharField(_("meeting point"), max_length=120, blank=True)
    fits_wheelchair = models.BooleanField(_("wheelchair"), default=False)
    has_child_seat = models.BooleanField(_("child seat"), default=False)
    women_only = models.BooleanField(_("only women in the car"), default=False)
    status = models.CharField(max_length=8, choices=RideStatus, default=RideStatus.OPEN)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar = Privacy(
        personal=(
            "person", "municipality", "token", "language", "meeting_point", "leaves_at",
            "women_only", "fits_wheelchair", "has_child_seat",
        ),
        other=(
            "id", "date", "kind", "direction", "seats", "taken_there", "taken_back", "status",
            "created_at", "ended_at",
        ),
        retention="activities.rides",
    )  # fmt: skip

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["date", "person", "direction"],
                condition=Q(status=RideStatus.OPEN),
                name="ride_once",
                violation_error_message=_("You have a ride for this way already."),
            ),
            models.CheckConstraint(
                name="ride_never_oversold",
                condition=Q(taken_there__lte=F("seats"), taken_back__lte=F("seats")),
                violation_error_message=_("This car has no more free seats."),
            ),
            models.CheckConstraint(
                name="ride_has_seats",
                condition=Q(seats__gte=1, seats__lte=8),
                violation_error_message=_("A car has between 1 and 8 free seats."),
            ),
        ]
        indexes = [models.Index(fields=["date", "kind", "status"], name="ride_of_date")]

    def __str__(self) -> str:
        return f"ride {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it still stands."""
        return self.status == RideStatus.OPEN

    @property
    def is_offered(self) -> bool:
        """Whether its owner drives."""
        return self.kind == RideKind.OFFERED

    def left_for(self, direction: str) -> int:
        """Count the seats that are free on every way of ``direction``."""
        taken = [self.taken_there] * (direction in THERE) + [self.taken_back] * (direction in BACK)
        return self.seats - max(taken)

    @property
    def seats_left(self) -> int:
        """How many people can still come along on at least one way."""
        ways = [RideDirection.THERE] * (self.direction in THERE)
        ways += [RideDirection.BACK] * (self.direction in BACK)
        return max(self.left_for(way) for way in ways)


class RideMatch(models.Model):
    """That a driver and somebody who looks for a ride talk about one ride.

    ``asked_by_driver`` tells who asked; the other one answers. What each of them shares
    (``driver_shares``, ``rider_shares``) is named, never copied, and shown once both agreed.
    """

    offer = models.ForeignKey(Ride, on_delete=models.CASCADE, related_name="riders")
    wanted = models.ForeignKey(Ride, on_delete=models.CASCADE, related_name="drivers")
    asked_by_driver = models.BooleanField()
    status = models.CharField(max_length=8, choices=MatchStatus, default=MatchStatus.ASKED)
    driver_shares = models.CharField(max_length=8, choices=ContactWay, blank=True)
    rider_shares = models.CharField(max_length=8, choices=ContactWay, blank=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar = Privacy(
        personal=("offer", "wanted", "driver_shares", "rider_shares"),
        other=("id", "asked_by_driver", "status", "asked_at", "answered_at"),
        retention="activities.rides",
    )

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "wanted"],
                condition=~Q(status=MatchStatus.ENDED),
                name="ride_match_once",
                violation_error_message=_("You two have talked about this ride already."),
            ),
            models.UniqueConstraint(
                fields=["wanted"],
                condition=Q(status=MatchStatus.AGREED),
                name="ride_match_one_car",
                violation_error_message=_("There is a ride for this way already."),
            ),
            models.CheckConstraint(
                name="ride_match_both_share",
                condition=~Q(status=MatchStatus.AGREED)
                | (~Q(driver_shares="") & ~Q(rider_shares="")),
                violation_error_message=_("Both have to say how they can be reached."),
            ),
        ]

    def __str__(self) -> str:
        return f"ride match {self.pk}"

    @property
    def asker(self) -> Ride:
        """The ride of whoever asked."""
        return self.offer if self.asked_by_driver else self.wanted

    @property
    def asked(self) -> Ride:
        """The ride of whoever has to answer."""
        return self.wanted if self.asked_by_driver else self.offer

    def other_than(self, ride: Ride) -> Ride:
        """Return the other one of the two."""
        return self.wanted if ride.pk == self.offer_id else self.offer

    def shares_of(self, ride: Ride) -> str:
        """Name what the owner of ``ride`` shares."""
        return self.driver_shares if ride.pk == self.offer_id else self.rider_shares
