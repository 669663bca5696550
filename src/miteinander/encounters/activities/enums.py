"""Choices stored in this app's tables."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Topic(models.TextChoices):
    """What people do together; each has a pictogram and a tint."""

    FOOD = "food", _("Cooking and eating")
    OUTDOORS = "outdoors", _("Outdoors")
    SPORT = "sport", _("Sport and movement")
    LANGUAGE = "language", _("Talking and language")
    CRAFT = "craft", _("Making and repairing")
    MUSIC = "music", _("Music and dance")
    CULTURE = "culture", _("Culture and history")
    FAMILY = "family", _("Families and children")
    HEALTH = "health", _("Health")
    DIALOGUE = "dialogue", _("Women, men, roles")
    PARTICIPATION = "participation", _("Having a say")
    CELEBRATION = "celebration", _("Celebrating")


class Audience(models.TextChoices):
    """For whom an occasion is meant first of all."""

    EVERYONE = "everyone", _("Everyone")
    FAMILIES = "families", _("Families")
    CHILDREN = "children", _("Children")
    YOUTH = "youth", _("Young people")
    WOMEN = "women", _("Women")
    MEN = "men", _("Men")
    SENIORS = "seniors", _("Older people")


class ActivityStatus(models.TextChoices):
    """Where an occasion stands on its way to the public."""

    DRAFT = "draft", _("Draft")
    AWAITING_APPROVAL = "awaiting", _("Waiting for approval")
    PUBLISHED = "published", _("Published")
    HIDDEN = "hidden", _("Hidden by a coordinator")


class Giving(models.TextChoices):
    """How the seats of an occasion are given."""

    AT_ONCE = "at_once", _("At once, while seats last")
    APPROVAL = "approval", _("After we have said yes")
    DRAW = "draw", _("By a fair draw")


class Setting(models.TextChoices):
    """Protected settings, entered by self-statement only; nobody ever has to prove it."""

    WOMEN = "women", _("Only for women")
    MEN = "men", _("Only for men")
    QUEER = "queer", _("Only for lesbian, gay, bi, trans and inter people")


class Weekday(models.IntegerChoices):
    """On which day of every week an open offer takes place, as ``date.weekday`` counts."""

    MONDAY = 0, _("Every Monday")
    TUESDAY = 1, _("Every Tuesday")
    WEDNESDAY = 2, _("Every Wednesday")
    THURSDAY = 3, _("Every Thursday")
    FRIDAY = 4, _("Every Friday")
    SATURDAY = 5, _("Every Saturday")
    SUNDAY = 6, _("Every Sunday")


class DateStatus(models.TextChoices):
    """Whether one date takes place."""

    SCHEDULED = "scheduled", _("Takes place")
    CANCELLED = "cancelled", _("Cancelled")


class ParticipationStatus(models.TextChoices):
    """Where somebody stands between asking for a seat and having one."""

    SIGNED_UP = "signed_up", _("Signed up")
    GIVEN_BACK = "given_back", _("Seat given back")
    EXTRA = "extra", _("Came along without a free seat")
    WAITING = "waiting", _("On the waiting list")
    OFFERED = "offered", _("A seat is offered")
    LAPSED = "lapsed", _("The offer has ended")
    REQUESTED = "requested", _("Waiting for an answer")
    APPLIED = "applied", _("Takes part in the draw")
    REFUSED = "refused", _("Got no seat")


class Presence(models.TextChoices):
    """What the organiser saw at the door."""

    UNKNOWN = "unknown", _("Not marked")
    PRESENT = "present", _("Present")
    ABSENT = "absent", _("Did not come")


class SignUpWay(models.TextChoices):
    """How somebody came onto the list."""

    GUEST = "guest", _("Signed up without an account")
    ACCOUNT = "account", _("Signed up with an account")
    WALK_IN = "walk_in", _("Came to the door")
    BEHALF = "behalf", _("Signed up by the organiser")


class CoHostStatus(models.TextChoices):
    """Where a second organisation stands on its way to inviting too."""

    ASKED = "asked", _("Asked, no answer yet")
    AGREED = "agreed", _("Invites together with you")
    DECLINED = "declined", _("Said no")
    ENDED = "ended", pgettext_lazy("inviting together, or a ride", "Ended")


class Role(models.TextChoices):
    """What somebody does for others on a date, with seats of its own."""

    HOST = "host", _("Host: welcomes people")
    COOK = "cook", _("Cook")
    INTERPRETER = "interpreter", _("Interpreter")
    DRIVER = "driver", _("Driver")
    CHILD_CARE = "child_care", _("Child care")


class OfferStatus(models.TextChoices):
    """Where somebody stands who offers to help."""

    OFFERED = "offered", _("Offered to help, no answer yet")
    CONFIRMED = "confirmed", _("Helps")
    DECLINED = "declined", _("Not needed this time")
    WITHDRAWN = "withdrawn", _("Taken back")


class Answer(models.TextChoices):
    """What people answer when they are asked how a meeting was."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNSAID = "unsaid", _("Rather not say")


class Question(models.TextChoices):
    """What people are asked after a meeting, each a field of the feedback."""

    HELPFUL = "helpful", _("Was it good for you?")
    MET_NEW = "met_new", _("Did you meet somebody new?")
    OTHER_SIDE = "other_side", _("Did you talk with somebody from the other side?")


class PollStatus(models.TextChoices):
    """Where a date poll stands."""

    OPEN = "open", pgettext_lazy("a question or a ride that goes on", "Open")
    DECIDED = "decided", _("Decided")
    EMPTY = "empty", _("Ended without an answer")
    STOPPED = "stopped", _("Ended without a date")


class PollChoice(models.TextChoices):
    """What people answer to a proposed date."""

    # Translators: the answer to "Can you come on this date?"
    YES = "yes", _("Yes")
    # Translators: the answer to "Can you come on this date?": possible, but not so good.
    IF_NEEDED = "maybe", _("If need be")
    # Translators: the answer to "Can you come on this date?"
    NO = "no", _("No")


class PollGuests(models.TextChoices):
    """Whom organisers ask by mail: people who came before."""

    ACTIVITY = "activity", _("People who came to this meeting before")
    ORGANISATION = "org", _("Also people with an account who came to our other meetings")


class RideKind(models.TextChoices):
    """Whether somebody takes people along or looks for a ride."""

    OFFERED = "offered", _("I can take people along")
    WANTED = "wanted", _("I look for a ride")


class RideDirection(models.TextChoices):
    """Which ways a ride is for; stored as what it covers."""

    BOTH = "both", _("There and back")
    THERE = "there", _("Only there")
    BACK = "back", _("Only back")


class RideStatus(models.TextChoices):
    """Whether a ride still stands."""

    OPEN = "open", pgettext_lazy("a question or a ride that goes on", "Open")
    ENDED = "ended", pgettext_lazy("inviting together, or a ride", "Ended")


class MatchStatus(models.TextChoices):
    """Where a driver and somebody who looks for a ride stand with each other."""

    ASKED = "asked", _("Asked")
    AGREED = "agreed", _("Agreed")
    DECLINED = "declined", _("Declined")
    ENDED = "ended", pgettext_lazy("inviting together, or a ride", "Ended")


class ContactWay(models.TextChoices):
    """Which contact somebody shares for a ride."""

    PHONE = "phone", _("My telephone number")
    EMAIL = "email", _("My e-mail address")


class When(models.TextChoices):
    """Spans of days people think in when they look for something to do."""

    TODAY = "today", _("Today")
    TOMORROW = "tomorrow", _("Tomorrow")
    WEEKEND = "weekend", _("At the weekend")
    WEEK = "week", _("This week")
    NEXT_WEEK = "next_week", _("Next week")
    MONTH = "month", _("This month")


HOLDING = (ParticipationStatus.SIGNED_UP, ParticipationStatus.OFFERED)
HOPING = (
    ParticipationStatus.WAITING,
    ParticipationStatus.REQUESTED,
    ParticipationStatus.APPLIED,
)
INVOLVED = HOLDING + HOPING
ON_LIST = (ParticipationStatus.SIGNED_UP, ParticipationStatus.EXTRA)
CAN_COME = (PollChoice.YES, PollChoice.IF_NEEDED)
HELPING = (OfferStatus.OFFERED, OfferStatus.CONFIRMED)
