"""Mails to who asks for a guide: noted, found, messages, and how it ended."""

from django.utils.translation import gettext as _

from miteinander.cooperation.guides.enums import AssignmentStatus, RequestStatus
from miteinander.cooperation.guides.models import Assignment, GuideRequest, RelayedWords
from miteinander.cooperation.guides.services.relay import opened
from miteinander.outward.notifications.mails import facts
from miteinander.outward.notifications.mails.direction import by_its_own
from miteinander.outward.notifications.mails.mail import Fact, Link, Mail, Words
from miteinander.outward.notifications.models import Letter


def _request(letter: Letter) -> GuideRequest | None:
    return GuideRequest.objects.filter(pk=letter.context["request"]).first()


def _request_link(request: GuideRequest) -> Link:
    return Link(_("To your request"), facts.address_of("guides:request_mine", request.token))


def request_made(letter: Letter) -> Mail | None:
    """Confirm a request for a guide with its private link, unless it was taken back."""
    request = _request(letter)
    if request is None or request.status == RequestStatus.WITHDRAWN:
        return None
    return Mail(
        subject=_("Your request for a guide"),
        lead=_("Thank you. We look for a guide."),
        notes=(
            _("A coordinator writes to you or calls you."),
            _("The link is only for you. Please do not pass it on."),
        ),
        link=_request_link(request),
    )


def request_ended(letter: Letter) -> Mail | None:
    """Tell what came of a request; what it was about is on its page only."""
    request = _request(letter)
    if request is None:
        return None
    leads = {
        RequestStatus.DONE: _("A guide has taken your request. We hope it helped."),
        RequestStatus.UNFILLED: _("We are sorry. Nobody could take your request."),
        RequestStatus.WITHDRAWN: _("Your request was taken back."),
    }
    lead = leads.get(RequestStatus(request.status))
    if lead is None:
        return None
    subject = _("Your request for a guide has ended")
    return Mail(subject=subject, lead=lead, link=_request_link(request))


def _agreed(letter: Letter) -> Assignment | None:
    rows = Assignment.objects.select_related("request", "guide__person")
    return rows.filter(pk=letter.context["assignment"], status=AssignmentStatus.AGREED).first()


def guide_found(letter: Letter) -> Mail | None:
    """Tell who asked that a guide comes, by name, and when."""
    row = _agreed(letter)
    if row is None:
        return None
    return Mail(
        subject=_("A guide was found"),
        lead=_("Good news: a guide has said yes."),
        facts=(
            Fact(_("Guide"), Words(by_its_own(row.guide.person.name))),
            Fact(_("When"), Words(facts.moment_words(row.starts_at))),
        ),
        notes=(_("You can write to the guide on the page of your request."),),
        link=_request_link(row.request),
    )


def guide_gone(letter: Letter) -> Mail | None:
    """Tell who asked that the guide cannot come and another one is looked for."""
    request = _request(letter)
    if request is None or request.status != RequestStatus.OPEN:
        return None
    return Mail(
        subject=_("The guide cannot come"),
        lead=_("We are sorry. The guide cannot come. We look for another one."),
        link=_request_link(request),
    )


def guide_wrote(letter: Letter) -> Mail | None:
    """Pass on what a guide wrote."""
    written = RelayedWords.objects.select_related(
        "assignment__request", "assignment__guide__person"
    )
    words = written.filter(pk=letter.context["words"]).first()
    if words is None:
        return None
    return Mail(
        subject=_("Your guide has written to you"),
        lead=_("Your guide %(name)s writes:")
        % {"name": by_its_own(words.assignment.guide.person.name)},
        quote=Words(opened(words)),
        notes=(_("Please do not answer this mail. You can answer on the page of your request."),),
        link=_request_link(words.assignment.request),
    )
