"""What is told of requests for guides and of assignments becomes letters."""

from miteinander.community.organisations.queries import coordinators_at
from miteinander.community.people.models import Person
from miteinander.cooperation.guides.messages import (
    AssignmentAgreed,
    AssignmentOff,
    AssignmentSoon,
    GuideAsked,
    NobodyLeft,
    ReportDue,
    RequestEnded,
    RequestMade,
    TalkWanted,
    WordsRelayed,
)
from miteinander.cooperation.guides.models import Ask, Assignment, RelayedWords
from miteinander.cooperation.guides.queries.requests import address_of_requester
from miteinander.foundation.core.bus import subscribe
from miteinander.foundation.core.permissions import SystemActor
from miteinander.outward.notifications import services
from miteinander.outward.notifications.enums import LetterKind

_SYSTEM = SystemActor("notifications")


def _tell(person: Person, kind: str, key: str, **told: int) -> None:
    services.write_letter(
        actor=_SYSTEM,
        key=key,
        kind=kind,
        address=person.email or "",
        language=person.language,
        context={"person": person.pk, **told},
    )


def _requester(request_id: int, kind: str, key: str = "", **told: int) -> None:
    """Write to who asked, in their language; they have no row as a person."""
    address, language = address_of_requester(request_id)
    services.write_letter(
        actor=_SYSTEM,
        key=key or str(request_id),
        kind=kind,
        address=address,
        language=language,
        context={"request": request_id, **told},
    )


@subscribe(RequestMade)
def confirm_request(message: RequestMade) -> None:
    """Send who asks for a guide the link to the request."""
    _requester(message.request_id, LetterKind.REQUEST_MADE)


@subscribe(RequestEnded)
def tell_of_end(message: RequestEnded) -> None:
    """Tell who asked what came of it."""
    _requester(message.request_id, LetterKind.REQUEST_ENDED)


@subscribe(GuideAsked)
def ask_guide(message: GuideAsked) -> None:
    """Ask a guide by mail, and on the devices they chose."""
    ask = Ask.objects.select_related("guide__person").get(pk=message.ask_id)
    _tell(ask.guide.person, LetterKind.GUIDE_ASKED, str(ask.pk), ask=ask.pk)


@subscribe(NobodyLeft)
def tell_that_nobody_is_left(message: NobodyLeft) -> None:
    """Tell the coordinator who asked first."""
    ask = Ask.objects.select_related("asked_by").get(pk=message.ask_id)
    if ask.asked_by is not None:
        key = f"{message.request_id}:{ask.pk}"
        _tell(ask.asked_by, LetterKind.NOBODY_LEFT, key, request=message.request_id)


def _assignment(assignment_id: int) -> Assignment:
    return Assignment.objects.select_related("guide__person", "request").get(pk=assignment_id)


@subscribe(AssignmentAgreed)
def tell_both(message: AssignmentAgreed) -> None:
    """Tell the guide and who asked that it is agreed."""
    row = _assignment(message.assignment_id)
    key = str(row.pk)
    _tell(row.guide.person, LetterKind.ASSIGNMENT_AGREED, key, assignment=row.pk)
    _requester(row.request_id, LetterKind.GUIDE_FOUND, key, assignment=row.pk)


@subscribe(AssignmentOff)
def tell_that_it_is_off(message: AssignmentOff) -> None:
    """Tell who asked where the guide cannot come, else the guide."""
    row = _assignment(message.assignment_id)
    if message.is_given_back:
        _requester(row.request_id, LetterKind.GUIDE_GONE, str(row.pk))
    else:
        _tell(row.guide.person, LetterKind.ASSIGNMENT_OFF, str(row.pk), assignment=row.pk)


@subscribe(AssignmentSoon)
def remind(message: AssignmentSoon) -> None:
    """Remind a guide."""
    row = _assignment(message.assignment_id)
    _tell(row.guide.person, LetterKind.ASSIGNMENT_SOON, str(row.pk), assignment=row.pk)


@subscribe(ReportDue)
def ask_for_report(message: ReportDue) -> None:
    """Ask a guide for the report."""
    row = _assignment(message.assignment_id)
    _tell(row.guide.person, LetterKind.REPORT_DUE, str(row.pk), assignment=row.pk)


@subscribe(TalkWanted)
def tell_coordinators(message: TalkWanted) -> None:
    """Tell everybody who coordinates the place; the first who calls notes it."""
    row = _assignment(message.assignment_id)
    asked_at = row.talk_asked_at.isoformat() if row.talk_asked_at else ""
    for person in coordinators_at(row.request.municipality_id):
        key = f"{row.pk}:{asked_at}:{person.pk}"
        _tell(person, LetterKind.TALK_WANTED, key, assignment=row.pk)


@subscribe(WordsRelayed)
def pass_words_on(message: WordsRelayed) -> None:
    """Write to the other side."""
    rows = RelayedWords.objects.select_related("assignment__guide__person")
    words = rows.get(pk=message.words_id)
    if words.is_from_guide:
        key = str(words.pk)
        _requester(words.assignment.request_id, LetterKind.GUIDE_WROTE, key, words=words.pk)
    else:
        guide = words.assignment.guide.person
        _tell(guide, LetterKind.REQUESTER_WROTE, str(words.pk), words=words.pk)
