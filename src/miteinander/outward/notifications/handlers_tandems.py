"""What is told of tandems becomes letters to the people in them, and to coordinators."""

from miteinander.community.organisations.queries import coordinators_at
from miteinander.community.people.models import Person
from miteinander.cooperation.tandems.messages import (
    CheckInAsked,
    FirstDateChanged,
    FirstDateSoon,
    HelpWanted,
    SeekerWaits,
    TandemAgreed,
    TandemOff,
    TandemProposed,
    TandemThanked,
    TandemWrote,
)
from miteinander.cooperation.tandems.models import (
    CheckIn,
    SafetyReport,
    Seeker,
    Tandem,
    TandemMember,
    TandemWords,
)
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


def _tell_members(tandem_id: int, kind: str, suffix: str = "", *, but: int = 0) -> None:
    rows = TandemMember.objects.filter(tandem=tandem_id).exclude(pk=but)
    for member in rows.select_related("seeker__person").order_by("pk"):
        _tell(member.seeker.person, kind, f"{member.pk}{suffix}", member=member.pk)


@subscribe(SeekerWaits)
def tell_of_waiting(message: SeekerWaits) -> None:
    """Tell who coordinates the place that somebody waits for a talk."""
    seeker = Seeker.objects.get(pk=message.seeker_id)
    if seeker.municipality_id is None:
        return
    for person in coordinators_at(seeker.municipality_id):
        key = f"{seeker.pk}:{person.pk}"
        _tell(person, LetterKind.TANDEM_WAITS, key, seeker=seeker.pk)


@subscribe(TandemProposed)
def ask_members(message: TandemProposed) -> None:
    """Ask everybody whether they want to meet."""
    _tell_members(message.tandem_id, LetterKind.TANDEM_ASKED)


@subscribe(TandemAgreed)
def tell_members(message: TandemAgreed) -> None:
    """Tell everybody that all said yes, with the time that is proposed."""
    _tell_members(message.tandem_id, LetterKind.TANDEM_AGREED)


@subscribe(TandemOff)
def tell_that_it_is_over(message: TandemOff) -> None:
    """Tell the others kindly; who ended it, or said no, knows."""
    _tell_members(message.tandem_id, LetterKind.TANDEM_OVER, but=message.by_member)


@subscribe(FirstDateChanged)
def tell_of_date(message: FirstDateChanged) -> None:
    """Send everybody the entry for the calendar, or ask the others whether a time fits."""
    suffix = f":{message.turn}"
    if message.is_fixed:
        _tell_members(message.tandem_id, LetterKind.TANDEM_DATE, suffix)
    else:
        _tell_members(
            message.tandem_id, LetterKind.TANDEM_DATE_ASKED, suffix, but=message.by_member
        )


@subscribe(FirstDateSoon)
def remind_members(message: FirstDateSoon) -> None:
    """Remind everybody of the first date."""
    turn = Tandem.objects.get(pk=message.tandem_id).date_turn
    _tell_members(message.tandem_id, LetterKind.TANDEM_SOON, f":{turn}")


@subscribe(TandemWrote)
def pass_words_on(message: TandemWrote) -> None:
    """Write to the others."""
    words = TandemWords.objects.select_related("member").get(pk=message.words_id)
    others = TandemMember.objects.filter(tandem=words.member.tandem_id).exclude(pk=words.member_id)
    for member in others.select_related("seeker__person").order_by("pk"):
        key = f"{words.pk}:{member.pk}"
        _tell(member.seeker.person, LetterKind.TANDEM_WROTE, key, words=words.pk)


@subscribe(CheckInAsked)
def ask_how_it_goes(message: CheckInAsked) -> None:
    """Ask a member how it goes."""
    check = CheckIn.objects.select_related("member__seeker__person").get(pk=message.check_id)
    _tell(check.member.seeker.person, LetterKind.TANDEM_CHECK, str(check.pk), check=check.pk)


@subscribe(TandemThanked)
def pass_thanks_on(message: TandemThanked) -> None:
    """Tell the others that somebody says thank you."""
    member = TandemMember.objects.get(pk=message.member_id)
    _tell_members(member.tandem_id, LetterKind.TANDEM_THANKS, f":{member.pk}", but=member.pk)


@subscribe(HelpWanted)
def call_coordinators(message: HelpWanted) -> None:
    """Tell everybody who coordinates the place of who calls, unless they are in that tandem."""
    if message.report_id:
        report = SafetyReport.objects.select_related("reported_by__seeker").get(
            pk=message.report_id
        )
        _call(report.reported_by, LetterKind.TANDEM_HELP, f"{report.pk}", report=report.pk)
    else:
        check = CheckIn.objects.select_related("member__seeker").get(pk=message.check_id)
        said = check.answered_at.isoformat() if check.answered_at else ""
        _call(check.member, LetterKind.TANDEM_STUCK, f"{check.pk}:{said}", check=check.pk)


def _call(member: TandemMember, kind: str, key: str, **told: int) -> None:
    place = member.seeker.municipality_id
    if place is None:
        return
    inside = set(
        TandemMember.objects.filter(tandem=member.tandem_id).values_list(
            "seeker__person_id", flat=True
        )
    )
    for person in coordinators_at(place):
        if person.pk not in inside:
            _tell(person, kind, f"{key}:{person.pk}", **told)
