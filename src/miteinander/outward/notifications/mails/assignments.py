"""Mails to guides who are asked or go, and to coordinators. Whom they guide is in none of them."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from miteinander.cooperation.guides.enums import AskAnswer, AssignmentStatus, RequestStatus
from miteinander.cooperation.guides.models import Ask, Assignment, GuideRequest, RelayedWords
from miteinander.cooperation.guides.services.relay import opened
from miteinander.foundation.core.languages import NAMES
from miteinander.outward.exchange.assignments import assignment_calendar
from miteinander.outward.notifications.mails import facts
from miteinander.outward.notifications.mails.direction import by_its_own
from miteinander.outward.notifications.mails.mail import Attachment, Fact, Link, Mail, Words
from miteinander.outward.notifications.models import Letter


def _facts_of(request: GuideRequest, starts_at: datetime | None) -> tuple[Fact, ...]:
    # Translators: the time of an appointment can be chosen freely
    when = facts.moment_words(starts_at) if starts_at else _("Flexible")
    language = str(NAMES.get(request.language, request.language))
    return (
        Fact(_("What"), Words(f"{request.get_kind_display()} · {request.get_topic_display()}")),
        Fact(_("When"), Words(when)),
        Fact(_("Where"), Words(by_its_own(request.municipality.name))),
        Fact(_("Language"), Words(language)),
    )


def guide_asked(letter: Letter) -> Mail | None:
    """Ask a guide, unless the question was answered or taken back meanwhile."""
    rows = Ask.objects.select_related("request__municipality")
    ask = rows.filter(pk=letter.context["ask"], answer=AskAnswer.OPEN).first()
    if ask is None:
        return None
    lead = _("Somebody needs a guide. Can you do it?")
    if ask.time_turn:
        lead = _("The time has changed. Can you come then?")
    return Mail(
        subject=_("Can you guide?"),
        lead=lead,
        facts=(
            *_facts_of(ask.request, ask.request.starts_at),
            Fact(_("Please answer by"), Words(facts.moment_words(ask.deadline))),
        ),
        notes=(_("A no is an answer too. It is never counted against you."),),
        link=Link(_("Say yes or no"), facts.address_of("guides:asked", ask.token)),
    )


def nobody_left(letter: Letter) -> Mail | None:
    """Tell the coordinator who asked that nobody is left to ask."""
    rows = GuideRequest.objects.select_related("municipality")
    request = rows.filter(pk=letter.context["request"], status=RequestStatus.OPEN).first()
    if request is None:
        return None
    return Mail(
        subject=_("Nobody left to ask for a request"),
        lead=_("Everybody who could take this request was asked, and nobody said yes."),
        facts=_facts_of(request, request.starts_at),
        link=Link(_("To the request"), facts.address_of("guides:request_detail", request.pk)),
    )


def _assignment(letter: Letter, *states: AssignmentStatus) -> Assignment | None:
    rows = Assignment.objects.select_related("request__municipality", "guide__person")
    return rows.filter(pk=letter.context["assignment"], status__in=states).first()


def _link(row: Assignment) -> Link:
    return Link(_("To my assignment"), facts.address_of("guides:assignment", row.pk))


def assignment_agreed(letter: Letter) -> Mail | None:
    """Thank a guide for a yes, with the entry for the calendar."""
    row = _assignment(letter, AssignmentStatus.AGREED)
    if row is None:
        return None
    content = assignment_calendar(row, letter.language)
    return Mail(
        subject=_("You guide: thank you"),
        lead=_("You have said yes. Thank you!"),
        facts=_facts_of(row.request, row.starts_at),
        notes=(_("Whom to reach and where is on the page of your assignment. Please sign in."),),
        link=_link(row),
        attachments=(Attachment("assignment.ics", content, "text/calendar"),),
    )


def assignment_off(letter: Letter) -> Mail | None:
    """Tell a guide that an assignment is off, unless they are asked for another time of it."""
    row = _assignment(letter, AssignmentStatus.CANCELLED)
    if row is None:
        return None
    again = Ask.objects.filter(
        request=row.request, guide=row.guide, answer__in=[AskAnswer.OPEN, AskAnswer.YES],
        asked_at__gt=row.agreed_at,
    )  # fmt: skip
    if again.exists():
        return None
    return Mail(
        subject=_("You do not have to go"),
        lead=_("This assignment does not take place. You do not have to go."),
        facts=_facts_of(row.request, row.starts_at),
    )


def assignment_soon(letter: Letter) -> Mail | None:
    """Remind a guide the day before."""
    row = _assignment(letter, AssignmentStatus.AGREED)
    if row is None:
        return None
    return Mail(
        subject=_("You guide soon"),
        lead=_("This is a reminder of your assignment as a guide."),
        facts=_facts_of(row.request, row.starts_at),
        notes=(_("You cannot come? Give it back on its page, so that we can ask somebody else."),),
        link=_link(row),
    )


def report_due(letter: Letter) -> Mail | None:
    """Ask a guide for the report, once."""
    row = _assignment(letter, AssignmentStatus.AGREED)
    if row is None:
        return None
    return Mail(
        subject=_("How was it?"),
        lead=_("Please report on your assignment. It takes less than a minute."),
        facts=_facts_of(row.request, row.starts_at),
        link=Link(pgettext("a guide", "Report"), facts.address_of("guides:report", row.pk)),
    )


def talk_wanted(letter: Letter) -> Mail | None:
    """Tell a coordinator that a guide wants to talk, unless they have talked."""
    row = _assignment(letter, *AssignmentStatus)
    if row is None or row.talk_asked_at is None or row.talk_held_at is not None:
        return None
    return Mail(
        subject=_("A guide wants to talk with you"),
        lead=_("A guide asks for a talk about an assignment. Please call today."),
        facts=(Fact(_("Guide"), Words(by_its_own(row.guide.person.name))),),
        link=Link(_("To the assignment"), facts.address_of("guides:assignment", row.pk)),
    )


def requester_wrote(letter: Letter) -> Mail | None:
    """Pass on what who asked wrote, without their name."""
    rows = RelayedWords.objects.select_related("assignment")
    words = rows.filter(pk=letter.context["words"]).first()
    if words is None:
        return None
    return Mail(
        subject=_("A message about your assignment"),
        lead=_("Who asked for you writes:"),
        quote=Words(opened(words)),
        notes=(
            _("Please do not answer this mail. You can answer on the page of your assignment."),
        ),
        link=_link(words.assignment),
    )
