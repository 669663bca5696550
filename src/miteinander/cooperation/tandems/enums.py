"""Choices stored in this app's tables."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SeekerStatus(models.TextChoices):
    """Where somebody stands who wants to get to know somebody. Nothing else is written down."""

    DRAFT = "draft", _("Questions not finished")
    TALK = "talk", _("Waits for a talk")
    READY = "ready", _("Waits for a tandem")
    PAUSED = "paused", pgettext_lazy("tandem", "Takes a break")
    LEFT = "left", _("Does not take part any more")


class Doing(models.TextChoices):
    """What people do together. Everybody may wish for each of these, and give it."""

    TALK = "talk", _("Just talk")
    LANGUAGE = "language", _("Practise a language")
    COOK = "cook", _("Cook and eat")
    WALK = "walk", _("Go for a walk")
    SPORT = "sport", _("Sports")
    MUSIC = "music", _("Music")
    TOWN = "town", _("Show the town and the villages")
    REPAIR = "repair", _("Repair things")
    GARDEN = "garden", _("Garden")
    FORMS = "forms", _("Letters and forms")
    CHILDREN = "children", _("Something with children")
    GAMES = "games", _("Games, sewing, handicraft")


class Way(models.TextChoices):
    """How two people meet."""

    IN_PERSON = "person", _("In person, at a public place")
    ONLINE = "online", _("Online")
    PHONE = "phone", _("By telephone")


class Gender(models.TextChoices):
    """What somebody says of themselves; only looked at by the rules, never shown."""

    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")
    OTHER = "other", _("Another word fits me better")


class GenderWish(models.TextChoices):
    """With whom somebody wants to meet; only looked at by the rules, never shown."""

    WOMEN = "women", _("Only with women")
    MEN = "men", _("Only with men")


class TandemStatus(models.TextChoices):
    """What became of a tandem."""

    SUGGESTED = "suggested", _("Suggested by the matching")
    PROPOSED = "proposed", _("Asked, not all have answered")
    ACTIVE = "active", _("They meet")
    PAUSED = "paused", pgettext_lazy("tandem", "Takes a break")
    LAPSED = "lapsed", _("No answer within the week")
    REFUSED = "refused", _("Somebody said no")
    ENDED = "ended", _("Ended")
    STOPPED = "stopped", _("Stopped after a report")


class Answer(models.TextChoices):
    """What somebody said to a proposal."""

    OPEN = "open", _("No answer yet")
    YES = "yes", _("Yes")
    NO = "no", _("No")


class EndReason(models.TextChoices):
    """Why somebody ends a tandem. Nobody but coordinators sees it, and only in numbers."""

    GOAL = "goal", _("We have done what we wanted")
    TIME = "time", _("No time any more")
    MOVED = "moved", _("Moved away")
    FIT = "fit", _("We do not fit together")
    SILENT = "silent", _("The other person does not answer")
    UNSAID = "unsaid", _("I would rather not say")


class CheckAnswer(models.TextChoices):
    """How it goes, asked after 2, 6 and 12 weeks."""

    WELL = "well", _("It is going well")
    STUCK = "stuck", _("A bit stuck")
    CALL = "call", _("Please call me")


class ReportKind(models.TextChoices):
    """Why somebody calls for help. There is no field for a story: a coordinator calls."""

    INSULT = "insult", _("Insulted or threatened me")
    CLOSE = "close", _("Came too close to me")
    MONEY = "money", _("Wanted money or wants to sell something")
    ELSE = "else", _("Something else made me feel unsafe")


class RunStatus(models.TextChoices):
    """How far a matching is."""

    COMPUTING = "computing", _("Being calculated")
    DONE = "done", _("Ready to look at")
    FAILED = "failed", _("It did not work")
