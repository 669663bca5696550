"""The world's tandems: one that meets, one that is asked about, one only suggested."""

from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.community.regions.models import Region
from miteinander.cooperation.tandems.enums import ReportKind, TandemStatus
from miteinander.cooperation.tandems.models import CheckIn, SafetyReport, Seeker, TandemMember
from miteinander.cooperation.tandems.services import relay
from miteinander.cooperation.tandems.tests.factories import local, newcomer, tandem_of
from miteinander.foundation.core import clock

Arguments = dict[str, object]


def _marked(what: str, town: Region) -> Seeker:
    """Make somebody with a marked name and address, who hides the address."""
    person = PersonFactory.create(
        name=f"kanarie-{what}-name", email=f"kanarie-{what}-mail@example.org",
        background="newcomer",
    )  # fmt: skip
    return newcomer(person=person, municipality=town)


def build_tandems(town: Region, meeting: Person | None, asked: Person | None) -> Arguments:
    """Let ``meeting`` be in a tandem and ``asked`` be asked about one; return address parts.

    The mates have marked names, which ``asked`` must never see; the secret links are marked too.
    """
    assert meeting is not None
    assert asked is not None
    seeker = local(person=meeting, municipality=town)
    tandem = tandem_of(seeker, _marked("mate-of-tandem", town))
    mine, theirs = tandem.members.order_by("pk")
    TandemMember.objects.filter(pk=theirs.pk).update(token="kanarie-mate-token")  # noqa: S106
    relay.pass_on(
        actor=theirs.seeker.person, member_id=theirs.pk, words="kanarie-tandem-words", entry="1"
    )
    check = CheckIn.objects.create(
        member=mine, weeks=2, asked_at=clock.now(), answer="call", answered_at=clock.now(),
        token="kanarie-check-token",  # noqa: S106 (a marked word)
    )  # fmt: skip
    report = SafetyReport.objects.create(
        tandem=tandem, reported_by=theirs, kind=ReportKind.ELSE, reported_at=clock.now()
    )
    proposed = tandem_of(
        local(person=asked, municipality=town), _marked("proposed", town),
        status=TandemStatus.PROPOSED,
    )  # fmt: skip
    own = proposed.members.get(seeker__person=asked)
    TandemMember.objects.filter(pk=own.pk).update(token="kanarie-asked-token")  # noqa: S106
    suggested = tandem_of(
        local(municipality=town), _marked("suggested", town), status=TandemStatus.SUGGESTED
    )
    return {
        "tandem": tandem.pk, "member_token": "kanarie-asked-token", "question_key": "whom",
        "check_token": check.token, "tandem_check": check.pk, "report": report.pk,
        "suggestion": suggested.pk, "seeker": seeker.pk,
    }  # fmt: skip
