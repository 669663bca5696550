"""Choices stored in this app's tables."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LetterKind(models.TextChoices):
    """What a mail tells."""

    SEAT_CONFIRMED = "seat_confirmed", _("Confirmation of a seat")
    SEAT_GIVEN_BACK = "seat_given_back", _("Seat given back")
    SEAT_ASKED_FOR = "seat_asked_for", _("Waiting for a seat")
    SEAT_OFFERED = "seat_offered", _("Offer of a seat")
    OFFER_LAPSED = "offer_lapsed", _("End of an offer")
    SEAT_REFUSED = "seat_refused", _("No seat this time")
    PARTY_CHANGED = "party_changed", _("Fewer seats")
    DATE_CHANGED = "date_changed", _("Change of time or place")
    DATE_CANCELLED = "date_cancelled", _("Cancellation")
    REMINDER = "reminder", _("Reminder")
    ORGANISER_WORDS = "organiser_words", _("Message from an organiser")
    FEEDBACK_WANTED = "feedback_wanted", _("Questions after a meeting")
    POLL_INVITED = "poll_invited", _("Question which date suits you")
    POLL_ANSWERED = "poll_answered", _("Your answer which dates suit you")
    POLL_CLOSED = "poll_closed", _("End of a question about dates")
    POLL_DECIDED = "poll_decided", _("The date that was chosen")
    POLL_STOPPED = "poll_stopped", _("No date after your answer")
    RIDE_ASKED = "ride_asked", _("A question about a ride")
    RIDE_AGREED = "ride_agreed", _("A ride agreed")
    RIDE_DECLINED = "ride_declined", _("A ride that does not work out")
    RIDE_ENDED = "ride_ended", _("A ride that is off")
    INVITED = "invited", _("Invitation to an organisation")
    APPROVAL_WANTED = "approval_wanted", _("A meeting waits for approval")
    APPROVED = "approved", _("A meeting was approved")
    ASKED_BACK = "asked_back", _("A question before approval")
    CO_HOST_ASKED = "co_host_asked", _("Question to invite together")
    CO_HOST_ANSWERED = "co_host_answered", _("Answer to a question to invite together")
    CO_HOST_ENDED = "co_host_ended", _("End of inviting together")
    ROLE_OFFERED = "role_offered", _("Somebody offers to help")
    ROLE_ASKED = "role_asked", _("Offer to help received")
    ROLE_CONFIRMED = "role_confirmed", _("Yes to an offer to help")
    ROLE_DECLINED = "role_declined", _("No to an offer to help")
    ROLE_WITHDRAWN = "role_withdrawn", _("Offer to help taken back")
    HELPER_REMINDER = "helper_reminder", _("Reminder to who helps")
    HELPER_CHANGED = "helper_changed", _("Change of time or place, to who helps")
    HELPER_CANCELLED = "helper_cancelled", _("Cancellation, to who helps")
    INTEREST_NOTED = "interest_noted", _("Interest in becoming a guide")
    TALK_INVITED = "talk_invited", _("Invitation to a talk")
    CERTIFICATE_ISSUED = "certificate_issued", _("Certificate as a guide")
    CERTIFICATE_REVOKED = "certificate_revoked", _("Certificate not valid any more")
    PAPERS_END = "papers_end", _("Papers of a guide that end")
    REQUEST_MADE = "request_made", _("Request for a guide")
    REQUEST_ENDED = "request_ended", _("End of a request for a guide")
    GUIDE_ASKED = "guide_asked", _("Question whether to guide")
    NOBODY_LEFT = "nobody_left", _("Nobody left to ask as a guide")
    ASSIGNMENT_AGREED = "assignment_agreed", _("Assignment of a guide")
    ASSIGNMENT_OFF = "assignment_off", _("Assignment of a guide called off")
    ASSIGNMENT_SOON = "assignment_soon", _("Reminder of an assignment")
    REPORT_DUE = "report_due", _("Report of an assignment")
    TALK_WANTED = "talk_wanted", _("A guide wants to talk")
    GUIDE_FOUND = "guide_found", _("A guide was found")
    GUIDE_GONE = "guide_gone", _("A guide who cannot come")
    GUIDE_WROTE = "guide_wrote", _("Message of a guide")
    REQUESTER_WROTE = "requester_wrote", _("Message to a guide")
    TANDEM_WAITS = "tandem_waits", _("Somebody who waits for a talk about a tandem")
    TANDEM_ASKED = "tandem_asked", _("Proposal of a tandem")
    TANDEM_AGREED = "tandem_agreed", _("A tandem begins")
    TANDEM_OVER = "tandem_over", _("End of a tandem")
    TANDEM_DATE_ASKED = "tandem_date_asked", _("Another time for a tandem")
    TANDEM_DATE = "tandem_date", _("The time of a tandem")
    TANDEM_SOON = "tandem_soon", _("Reminder of a tandem")
    TANDEM_WROTE = "tandem_wrote", _("Message in a tandem")
    TANDEM_CHECK = "tandem_check", _("Question how a tandem goes")
    TANDEM_THANKS = "tandem_thanks", _("Thanks from a tandem")
    TANDEM_HELP = "tandem_help", _("Call for help from a tandem")
    TANDEM_STUCK = "tandem_stuck", _("Somebody in a tandem wants to talk")
    ADDRESS_CHANGED = "address_changed", _("Change of an e-mail address")
    FEEDBACK = "feedback", _("Feedback on accessibility")
    FOLLOW_ASKED = "follow_asked", _("Question whether to write about new meetings")
    NEWS = "news", _("New meetings")


class Frequency(models.TextChoices):
    """How often somebody wants to hear of new meetings."""

    AT_ONCE = "at_once", _("At once, when a new meeting is published")
    DAILY = "daily", _("Once a day, at 5 in the afternoon")
    WEEKLY = "weekly", _("Once a week, on Thursday afternoon")
    NONE = "none", pgettext_lazy("how often", "Never")


class ReminderWay(models.TextChoices):
    """On which ways reminders come, where they are wanted at all."""

    MAIL = "mail", _("By e-mail only")
    PUSH = "push", _("On my devices only")
    BOTH = "both", _("By e-mail and on my devices")


class Readers(models.TextChoices):
    """To whom of the people of a date an organiser writes."""

    SIGNED_UP = "signed_up", _("Who is signed up")
    WAITING = "waiting", _("Who waits for a seat or an answer")
    ALL = "all", _("Everybody")
