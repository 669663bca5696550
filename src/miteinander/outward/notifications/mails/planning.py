"""Mails to those who plan and coordinate."""

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from miteinander.community.organisations.models import Invitation
from miteinander.encounters.activities.enums import ActivityStatus
from miteinander.encounters.activities.models import Activity
from miteinander.foundation.content.queries import read
from miteinander.foundation.core import clock
from miteinander.outward.notifications.mails import facts
from miteinander.outward.notifications.mails.mail import Fact, Link, Mail, Words
from miteinander.outward.notifications.models import Letter


def invited(letter: Letter) -> Mail | None:
    """Invite somebody to act for an organisation, unless accepted or withdrawn meanwhile."""
    invitation = (
        Invitation.objects.filter(
            pk=letter.context["invitation"], accepted_at=None, expires_at__gt=clock.now()
        )
        .select_related("organisation")
        .first()
    )
    if invitation is None:
        return None
    name = invitation.organisation.name
    until = date_format(localtime(invitation.expires_at), "DATE_FORMAT")
    path = reverse("organisations:invitation", args=[letter.context["token"]])
    return Mail(
        subject=_("Invitation: %(organisation)s") % {"organisation": name},
        lead=_("You are invited to plan meetings for this organisation."),
        heading=Words(name),
        facts=(
            Fact(_("Your role"), Words(invitation.get_role_display())),
            Fact(_("The link works until"), Words(until)),
        ),
        notes=(
            _("The link works once. Please do not pass it on."),
            _("You do not know about this? Then you can delete this mail."),
        ),
        link=Link(_("Look at the invitation"), settings.SITE_URL + path),
    )


def _activity(letter: Letter) -> Activity | None:
    return (
        Activity.objects.filter(pk=letter.context["activity"])
        .select_related("organisation")
        .prefetch_related("versions")
        .first()
    )


def approval_wanted(letter: Letter) -> Mail | None:
    """Ask a coordinator to look at a first meeting, unless somebody has."""
    activity = _activity(letter)
    if activity is None or activity.status != ActivityStatus.AWAITING_APPROVAL:
        return None
    reading = read(activity, letter.language)
    return Mail(
        subject=facts.subject_of(_("Please approve: %(title)s"), activity, reading),
        lead=_("A new organisation wants to publish its first meeting. Please look at it."),
        heading=Words(reading.part("title"), reading.language_of("title")),
        facts=(Fact(_("Organisation"), Words(activity.organisation.name)),),
        link=Link(_("Look at the meeting"), _page("activities:preview", activity)),
    )


def approved(letter: Letter) -> Mail | None:
    """Tell that a meeting is public now."""
    activity = _activity(letter)
    if activity is None or activity.status != ActivityStatus.PUBLISHED:
        return None
    reading = read(activity, letter.language)
    return Mail(
        subject=facts.subject_of(_("Published: %(title)s"), activity, reading),
        lead=_("A coordinator approved your meeting. Everybody can see it now."),
        heading=Words(reading.part("title"), reading.language_of("title")),
        notes=(_("Your next meetings need no approval."),),
        link=Link(_("Open the meeting"), _page("activities:tasks", activity)),
    )


def asked_back(letter: Letter) -> Mail | None:
    """Tell that a coordinator has a question, unless it was answered meanwhile."""
    activity = _activity(letter)
    if activity is None or activity.status != ActivityStatus.DRAFT or not activity.question:
        return None
    reading = read(activity, letter.language)
    return Mail(
        subject=facts.subject_of(_("A question about: %(title)s"), activity, reading),
        lead=_("A coordinator has a question before your meeting is published."),
        heading=Words(reading.part("title"), reading.language_of("title")),
        facts=(Fact(_("Question"), Words(activity.question)),),
        notes=(_("Please change the meeting and publish it again."),),
        link=Link(_("Open the meeting"), _page("activities:tasks", activity)),
    )


def feedback(letter: Letter) -> Mail | None:
    """Pass on what somebody told about a barrier on the site."""
    told = letter.context
    return Mail(
        subject=_("Feedback on accessibility"),
        lead=_("Somebody told about a barrier on the site. Please answer within six weeks."),
        facts=tuple(
            Fact(label, Words(str(told.get(name, ""))))
            for label, name in (
                (_("Message"), "message"),
                (_("Page"), "page"),
                (_("Answer to"), "reply_to"),
            )
            if told.get(name)
        ),
    )


def _page(url_name: str, activity: Activity) -> str:
    return settings.SITE_URL + reverse(url_name, args=[activity.pk])
