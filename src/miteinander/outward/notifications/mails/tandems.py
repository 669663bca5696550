"""Mails about tandems. Before everybody has said yes, no name of another person is in any."""

from django.utils.translation import gettext as _

from miteinander.cooperation.tandems.enums import SeekerStatus, TandemStatus
from miteinander.cooperation.tandems.models import (
    CheckIn,
    Tandem,
    TandemMember,
    TandemWords,
)
from miteinander.cooperation.tandems.pages import proposal
from miteinander.cooperation.tandems.services.first_date import is_fixed
from miteinander.cooperation.tandems.services.relay import opened
from miteinander.outward.exchange.tandems import first_date_calendar
from miteinander.outward.notifications.mails import facts
from miteinander.outward.notifications.mails.direction import by_its_own
from miteinander.outward.notifications.mails.mail import Attachment, Fact, Link, Mail, Words
from miteinander.outward.notifications.models import Letter

MEETING = (TandemStatus.ACTIVE, TandemStatus.PAUSED)


def _member(letter: Letter, *states: TandemStatus) -> TandemMember | None:
    rows = TandemMember.objects.select_related(
        "seeker__person", "tandem__venue__municipality"
    ).defer("tandem__venue__municipality__boundary")
    return rows.filter(pk=letter.context["member"], tandem__status__in=states).first()


def _names(member: TandemMember) -> str:
    others = TandemMember.objects.filter(tandem=member.tandem_id).exclude(pk=member.pk)
    names = others.order_by("pk").values_list("seeker__person__name", flat=True)
    return by_its_own(", ".join(names))


def _page(tandem: Tandem) -> Link:
    return Link(_("To the page of our tandem"), facts.address_of("tandems:tandem", tandem.pk))


def _when(tandem: Tandem) -> tuple[Fact, ...]:
    if tandem.starts_at is None:
        return ()
    place = str(tandem.get_way_display())
    if tandem.venue:
        place = by_its_own(f"{tandem.venue.name}, {tandem.venue.address}")
    return (
        Fact(_("When"), Words(facts.moment_words(tandem.starts_at))),
        Fact(_("Where"), Words(place)),
    )


def asked(letter: Letter) -> Mail | None:
    """Ask a member whether they want to meet, unless they answered or it is over."""
    member = _member(letter, TandemStatus.PROPOSED)
    if member is None or member.answered_at is not None or member.tandem.deadline is None:
        return None
    reasons = proposal(member)["reasons"]
    return Mail(
        subject=_("Would you like to meet somebody?"),
        lead=_("We have found somebody who could fit you."),
        notes=(
            *reasons,
            _("A no is fine. Nobody asks why, and the other person does not learn who said it."),
        ),
        facts=(Fact(_("Please answer by"), Words(facts.moment_words(member.tandem.deadline))),),
        link=Link(_("Say yes or no"), facts.address_of("tandems:proposal", member.token)),
    )


def agreed(letter: Letter) -> Mail | None:
    """Tell a member that all said yes, and the time that is proposed."""
    member = _member(letter, *MEETING)
    if member is None:
        return None
    return Mail(
        subject=_("You have a tandem"),
        lead=_("All of you have said yes! Here is a proposal for the first time."),
        facts=(Fact(_("With"), Words(_names(member))), *_when(member.tandem)),
        notes=(
            _("The first time you meet where other people are."),
            _("Say on the page of your tandem whether the time fits."),
        ),
        link=_page(member.tandem),
    )


def over(letter: Letter) -> Mail | None:
    """Tell a member kindly that it is over, and how to go on."""
    member = _member(
        letter, TandemStatus.LAPSED, TandemStatus.REFUSED, TandemStatus.ENDED, TandemStatus.STOPPED
    )
    if member is None:
        return None
    tandem = member.tandem
    link = Link(_("To my tandem"), facts.address_of("tandems:mine"))
    if tandem.status == TandemStatus.STOPPED:
        return Mail(
            subject=_("Your tandem has ended"),
            lead=_("Your tandem has ended. A coordinator will get in touch with you."),
            link=link,
        )
    if tandem.agreed_at is not None:
        return Mail(
            subject=_("Your tandem has ended"),
            lead=_("Your tandem has ended. Thank you for the time you gave."),
            notes=(_("Would you like to meet somebody new? Tell us on your page."),),
            link=link,
        )
    return Mail(
        subject=_("This time it does not work out"),
        lead=_("This time it does not work out. That happens, and nobody is to blame."),
        notes=(_lapsed_note(member),),
        link=link,
    )


def _lapsed_note(member: TandemMember) -> str:
    if member.seeker.status == SeekerStatus.PAUSED:
        return _("Do you still want to meet somebody? Tell us on your page.")
    return _("We go on looking for somebody for you.")


def date_asked(letter: Letter) -> Mail | None:
    """Ask a member whether another time fits, unless it was settled meanwhile."""
    member = _member(letter, *MEETING)
    if member is None or member.date_ok_turn == member.tandem.date_turn:
        return None
    return Mail(
        subject=_("Another time for your tandem"),
        lead=_("Another time was proposed. Does it fit you?"),
        facts=_when(member.tandem),
        link=_page(member.tandem),
    )


def date_fixed(letter: Letter) -> Mail | None:
    """Send the entry for the calendar."""
    member = _member(letter, *MEETING)
    if member is None or not is_fixed(member.tandem):
        return None
    content = first_date_calendar(member.tandem, letter.language)
    return Mail(
        subject=_("You meet"),
        lead=_("All of you have said yes to this time."),
        facts=(Fact(_("With"), Words(_names(member))), *_when(member.tandem)),
        link=_page(member.tandem),
        attachments=(Attachment("tandem.ics", content, "text/calendar"),),
    )


def soon(letter: Letter) -> Mail | None:
    """Remind a member of the first date."""
    member = _member(letter, *MEETING)
    if member is None or not is_fixed(member.tandem):
        return None
    return Mail(
        subject=_("You meet soon"),
        lead=_("This is a reminder of your first meeting."),
        facts=(Fact(_("With"), Words(_names(member))), *_when(member.tandem)),
        notes=(_("You cannot come? Please write it on the page of your tandem."),),
        link=_page(member.tandem),
    )


def wrote(letter: Letter) -> Mail | None:
    """Pass on what another member wrote, with the name and without an address."""
    rows = TandemWords.objects.select_related("member__seeker__person", "member__tandem")
    words = rows.filter(pk=letter.context["words"], member__tandem__status__in=MEETING).first()
    if words is None:
        return None
    return Mail(
        subject=_("A message from your tandem"),
        lead=_("This was written to you:"),
        quote=Words(opened(words)),
        facts=(Fact(_("From"), Words(by_its_own(words.member.seeker.person.name))),),
        notes=(_("Please do not answer this mail. You can answer on the page of your tandem."),),
        link=_page(words.member.tandem),
    )


def check(letter: Letter) -> Mail | None:
    """Ask how it goes, unless it was answered or is over."""
    rows = CheckIn.objects.filter(pk=letter.context["check"], answer="")
    row = rows.filter(member__tandem__status__in=MEETING).first()
    if row is None:
        return None
    return Mail(
        subject=_("How is your tandem going?"),
        lead=_("How is it going with your tandem? One tap is enough."),
        notes=(_("Only coordinators see your answer, never the other person."),),
        link=Link(_("Say how it is going"), facts.address_of("tandems:check", row.token)),
    )


def thanks(letter: Letter) -> Mail | None:
    """Pass a thank-you on."""
    member = _member(letter, *TandemStatus)
    if member is None or member.tandem.status == TandemStatus.STOPPED:
        return None
    return Mail(
        subject=_("Thank you!"),
        lead=_("Somebody of your tandem says thank you."),
        facts=(Fact(_("From"), Words(_names(member))),),
    )
