"""Mails about tandems to coordinators: who waits for a talk, is stuck, or calls for help."""

from django.utils.translation import gettext as _

from miteinander.cooperation.tandems.enums import SeekerStatus
from miteinander.cooperation.tandems.models import CheckIn, SafetyReport, Seeker
from miteinander.outward.notifications.mails import facts
from miteinander.outward.notifications.mails.direction import by_its_own
from miteinander.outward.notifications.mails.mail import Fact, Link, Mail, Words
from miteinander.outward.notifications.models import Letter


def waits(letter: Letter) -> Mail | None:
    """Tell a coordinator that somebody waits for a talk."""
    rows = Seeker.objects.filter(pk=letter.context["seeker"], status=SeekerStatus.TALK)
    seeker = rows.first()
    if seeker is None:
        return None
    return Mail(
        subject=_("Somebody waits for a talk about a tandem"),
        lead=_("Somebody has answered the questions for a tandem. Please call or write."),
        link=Link(_("To the answers"), facts.address_of("tandems:seeker", seeker.pk)),
    )


def help_wanted(letter: Letter) -> Mail | None:
    """Tell a coordinator that somebody feels unsafe, unless they have talked."""
    rows = SafetyReport.objects.filter(pk=letter.context["report"], settled_at__isnull=True)
    report = rows.select_related("reported_by__seeker__person").first()
    if report is None:
        return None
    person = report.reported_by.seeker.person
    return Mail(
        subject=_("A call for help from a tandem"),
        lead=_("Somebody feels unsafe in a tandem. The contact was stopped. Please call today."),
        facts=(Fact(_("Who"), Words(by_its_own(person.name))),),
        link=Link(_("To the tandems"), facts.address_of("tandems:overview")),
    )


def stuck(letter: Letter) -> Mail | None:
    """Tell a coordinator that somebody is stuck or wants to be called, unless they have talked."""
    rows = CheckIn.objects.filter(
        pk=letter.context["check"], settled_at__isnull=True, answer__in=["stuck", "call"]
    )
    row = rows.select_related("member__seeker__person").first()
    if row is None:
        return None
    return Mail(
        subject=_("Somebody in a tandem wants to talk"),
        lead=_("Somebody in a tandem is stuck or asks for a call."),
        facts=(
            Fact(_("Who"), Words(by_its_own(row.member.seeker.person.name))),
            Fact(_("Answer"), Words(str(row.get_answer_display()))),
        ),
        link=Link(_("To the tandems"), facts.address_of("tandems:overview")),
    )
