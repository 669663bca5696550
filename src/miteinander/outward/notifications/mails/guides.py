"""Mails to people who want to become a guide, and to those who hold a certificate."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from miteinander.cooperation.guides.enums import GuideStatus, InterestStatus
from miteinander.cooperation.guides.models import Certificate, Guide, Interest
from miteinander.outward.notifications.mails import facts
from miteinander.outward.notifications.mails.direction import left_to_right
from miteinander.outward.notifications.mails.mail import Fact, Link, Mail, Words
from miteinander.outward.notifications.models import Letter


def _interest(letter: Letter, *states: InterestStatus) -> Interest | None:
    rows = Interest.objects.filter(pk=letter.context["interest"])
    return rows.filter(status__in=states).first() if states else rows.first()


def _link(interest: Interest) -> Link:
    return Link(
        _("See how it stands, or take it back"),
        facts.address_of("guides:interest_mine", interest.token),
    )


def interest_noted(letter: Letter) -> Mail | None:
    """Confirm that somebody wants to become a guide, unless they took it back."""
    interest = _interest(letter)
    if interest is None or interest.status == InterestStatus.WITHDRAWN:
        return None
    lead = _("Thank you. We have noted that you want to become a guide.")
    if letter.context.get("is_again"):
        lead = _(
            "Somebody has written your address into this form again. You are on our list once,"
            " and nothing has changed."
        )
    return Mail(
        subject=_("You want to become an integration guide"),
        lead=lead,
        notes=(
            _("A coordinator writes to you or calls you and invites you to a talk."),
            _("The link is only for you. Please do not pass it on."),
        ),
        link=_link(interest),
    )


def talk_invited(letter: Letter) -> Mail | None:
    """Tell when, how and where the talk is, as it holds now."""
    interest = _interest(letter, InterestStatus.INVITED)
    if interest is None or interest.talk_at is None:
        return None
    return Mail(
        subject=_("Invitation to a talk: become an integration guide"),
        lead=_("We would like to get to know you. You are invited to a talk."),
        facts=facts.known(
            [
                Fact(_("When"), Words(facts.moment_words(interest.talk_at))),
                Fact(_("How"), Words(interest.get_talk_way_display())),
                Fact(_("Place"), Words(interest.talk_place)),
            ]
        ),
        notes=(_("You cannot come then? Answer the coordinator, or take your interest back."),),
        link=_link(interest),
    )


def _certificate(letter: Letter, *, is_valid: bool) -> Certificate | None:
    rows = Certificate.objects.select_related("trainee__course__curriculum__organisation")
    return rows.filter(pk=letter.context["certificate"], revoked_at__isnull=is_valid).first()


def _facts_of(certificate: Certificate) -> tuple[Fact, ...]:
    organisation = certificate.trainee.course.curriculum.organisation
    return (
        Fact(_("Organisation"), Words(organisation.name)),
        Fact(_("Number"), Words(left_to_right(certificate.grouped_number))),
    )


def certificate_issued(letter: Letter) -> Mail | None:
    """Tell the holder where the certificate is, unless it was revoked meanwhile."""
    certificate = _certificate(letter, is_valid=True)
    if certificate is None:
        return None
    return Mail(
        subject=_("Your certificate as an integration guide"),
        lead=_("Congratulations. You have completed the training. Your certificate is ready."),
        facts=_facts_of(certificate),
        notes=(
            _("Sign in with this e-mail address to open and print it."),
            _("Whoever checks its number sees your name only if you allow it there."),
        ),
        link=Link(_("To my certificate"), facts.address_of("guides:mine")),
    )


def certificate_revoked(letter: Letter) -> Mail | None:
    """Tell the holder that it is not valid any more, and why."""
    certificate = _certificate(letter, is_valid=False)
    if certificate is None:
        return None
    return Mail(
        subject=_("Your certificate is not valid any more"),
        lead=_("Your certificate as an integration guide was revoked."),
        facts=(
            *_facts_of(certificate),
            Fact(_("Reason"), Words(certificate.get_revoke_reason_display())),
        ),
        notes=(_("Is this wrong? Please talk to your coordinator."),),
        link=Link(_("My training as a guide"), facts.address_of("guides:mine")),
    )


def papers_end(letter: Letter) -> Mail | None:
    """Ask a guide to show the police certificate again, unless that was done meanwhile."""
    guide = Guide.objects.filter(pk=letter.context["guide"], status=GuideStatus.ACTIVE).first()
    if guide is None or guide.police_valid_until is None:
        return None
    if f":{guide.police_valid_until}:" not in letter.key:
        return None
    return Mail(
        subject=_("Your police certificate is to be shown again"),
        lead=_("As a guide you show your police certificate again after some years."),
        facts=(Fact(_("Until"), Words(date_format(guide.police_valid_until))),),
        notes=(_("Bring it to your coordinator. It is only looked at and stays with you."),),
        link=Link(_("My page as a guide"), facts.address_of("guides:my_page")),
    )
