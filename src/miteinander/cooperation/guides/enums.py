"""Choices stored in this app's tables."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class InterestStatus(models.TextChoices):
    """Where somebody stands who wants to become a guide. Nothing else is written down."""

    OPEN = "open", _("Not invited yet")
    INVITED = "invited", _("Invited to a talk")
    SUITABLE = "suitable", _("Suitable")
    LATER = "later", _("Later")
    NOT_NOW = "not", _("Not suitable")
    WITHDRAWN = "withdrawn", _("Withdrawn by the person")


class TalkWay(models.TextChoices):
    """How a talk takes place."""

    IN_PERSON = "person", _("In person")
    PHONE = "phone", _("By telephone")
    VIDEO = "video", _("By video")


class UnitFormat(models.TextChoices):
    """How a part of a course takes place."""

    IN_PERSON = "person", _("In person")
    ONLINE = "online", _("Online")
    MIXED = "mixed", _("In person and online")


class TemplateModule(models.TextChoices):
    """The eight modules of the Hessian guide for the basic training of integration guides."""

    GETTING_TO_KNOW = "1_know", _("Getting to know each other")
    MIGRATION = "2_migration", _("Migration and integration")
    ROLE = "3_role", _("Role and tasks of a guide")
    VALUES = "4_values", _("Values and attitudes")
    FRAME = "5_frame", _("Rules, insurance and data protection")
    CULTURES = "6_cultures", _("Talking across cultures")
    NETWORKS = "7_networks", _("Who helps here: local networks")
    LIMITS = "8_limits", _("Own limits and taking care of yourself")


class RevokeReason(models.TextChoices):
    """Why a certificate is not valid any more."""

    PRESENCE = "presence", _("The recorded presence is not enough any more")
    MISTAKE = "mistake", _("Issued by mistake")


class FigureKey(models.TextChoices):
    """Which figure a row of the versioned table tells."""

    SHARE = "share", _("Presence needed for a certificate, in per cent")
    UNITS_LEAST = "units_least", _("Units of a basic training that is funded: at least")
    UNITS_MOST = "units_most", _("Units of a basic training that is funded: at most")
    CERTIFICATE_YEARS = "cert_years", _("Years a certificate is valid; 0 means for ever")
    POLICE_YEARS = "police_years", _("Years after which a police certificate is inspected again")
    RATE_UNIT = "rate_unit", _("State grant for each participant and unit, in euros")
    RATE_HOUR = "rate_hour", _("Allowance for guides for each hour, in euros")
    CAP_GUIDE = "cap_guide", _("Hours a guide may be paid in a year: at most")
    CAP_LEAD = "cap_lead", _("Hours a coordinating guide may be paid in a year: at most")
    TAX_FREE = "tax_free", _("Allowance that is free of tax in a year, in euros")
    RATE_KM = "rate_km", _("Travel costs for each kilometre, in euros")


class GuideStatus(models.TextChoices):
    """Whether a guide still takes part in the network. A pause is told by its days."""

    ACTIVE = "active", _("Active")
    LEFT = "left", _("Left")


class LeaveReason(models.TextChoices):
    """Why a guide, or somebody in a course, stopped. Nothing else is written down."""

    MOVED = "moved", _("Moved away")
    TIME = "time", _("No time any more")
    WORK = "work", _("New work or training")
    FAMILY = "family", _("Needed at home")
    EXPECTED = "expected", _("Had expected something else")
    UNKNOWN = "unknown", _("Not said")


class AssignmentTopic(models.TextChoices):
    """What an assignment is about. There is no word for an illness or for a status."""

    OFFICE = "office", _("Offices and letters")
    SCHOOL = "school", _("School and day care")
    WORK = "work", _("Work and training")
    HOUSING = "housing", _("Housing and neighbours")
    MONEY = "money", _("Bank and insurance")
    MEDICAL = "medical", _("Finding the way to a doctor or hospital")
    LEARNING = "learning", _("Learning German")
    LEISURE = "leisure", _("Clubs and leisure")
    EVERYDAY = "everyday", _("Everyday life here")


class AssignmentKind(models.TextChoices):
    """What kind of help is asked for."""

    ACCOMPANY = "accompany", _("Come along to an appointment")
    PARENTS = "parents", _("A talk between parents and school or day care")
    SHOW = "show", _("Show who helps with what here")
    ARRIVE = "arrive", _("First steps after moving here")
    GROUP = "group", _("Be there for a group or at an evening")


class GuideTask(models.TextChoices):
    """What a guide should do: the task agreed, from a closed list."""

    WAY = "way", _("Show the way there")
    COME = "come", _("Be there during the appointment")
    EXPLAIN = "explain", _("Explain how things work here")
    PREPARE = "prepare", _("Prepare the appointment together")
    INTRODUCE = "introduce", _("Introduce people to each other")
    NEXT = "next", _("Agree on the next steps")


class RequesterKind(models.TextChoices):
    """Who asks for a guide."""

    OFFICE = "office", _("Office")
    MEDICAL = "medical", _("Doctor or hospital")
    DAY_CARE = "day_care", _("Day care centre")
    SCHOOL = "school", _("School")
    BANK = "bank", _("Bank")
    COUNSELLING = "counselling", _("Counselling service")
    ASSOCIATION = "association", _("Club or association")
    SELF = "self", _("A person for themself")
    OTHER = "other", _("Somebody else")


class MeetingWay(models.TextChoices):
    """How a guide and the others meet."""

    IN_PERSON = "person", _("In person")
    PHONE = "phone", _("By telephone")
    VIDEO = "video", _("By video")


class RequestStatus(models.TextChoices):
    """Where a request stands."""

    OPEN = "open", _("Looking for a guide")
    AGREED = "agreed", _("A guide said yes")
    DONE = "done", _("Over")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    UNFILLED = "unfilled", _("Nobody could take it")


class UnfilledReason(models.TextChoices):
    """Why nobody could take a request: what the next course is planned from."""

    LANGUAGE = "language", _("Nobody speaks the language")
    AREA = "area", _("Nobody is near")
    TIME = "time", _("Nobody has time then")
    DOCUMENTS = "documents", _("Nobody has the documents needed")
    DECLINED = "declined", _("Everybody asked said no")
    OTHER_HELP = "other_help", _("It is not for guides")


class AskAnswer(models.TextChoices):
    """What a guide said when asked."""

    OPEN = "open", _("No answer yet")
    YES = "yes", _("Yes")
    NO = "no", _("No")
    EXPIRED = "expired", _("No answer in time")
    WITHDRAWN = "withdrawn", _("Taken back")


class AssignmentStatus(models.TextChoices):
    """What became of an assignment."""

    AGREED = "agreed", _("Agreed")
    HAPPENED = "happened", _("It took place")
    NO_SHOW = "no_show", _("Nobody came")
    CANCELLED = "cancelled", _("It was cancelled")


class AssignmentResult(models.TextChoices):
    """What came out of it, from a closed list."""

    DONE = "done", _("Done")
    REFERRED = "referred", _("Led on to somebody else")
    STARTED = "started", _("Begun, goes on")
    OPEN = "open", _("Could not be solved")


class HoursStatus(models.TextChoices):
    """Whether hours count."""

    REPORTED = "reported", _("To be confirmed")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Not counted")


class CorrectionReason(models.TextChoices):
    """Why hours were corrected."""

    TYPING = "typing", _("A typing mistake")
    OVERLAP = "overlap", _("Counted twice")
    AGREED = "agreed", _("Agreed with the guide")
    CAP = "cap", _("Above the limit")
