"""What is told of guides becomes letters."""

from miteinander.cooperation.guides.messages import (
    CertificateIssued,
    CertificateRevoked,
    InterestNoted,
    PapersEnd,
    TalkInvited,
)
from miteinander.cooperation.guides.models import Certificate, Guide, Interest
from miteinander.foundation.core import clock
from miteinander.foundation.core.bus import subscribe
from miteinander.foundation.core.permissions import SystemActor
from miteinander.outward.notifications import services
from miteinander.outward.notifications.enums import LetterKind

_SYSTEM = SystemActor("notifications")


def _tell(interest: Interest, kind: str, mark: str, **told: bool) -> None:
    services.write_letter(
        actor=_SYSTEM,
        key=f"{interest.pk}:{mark}",
        kind=kind,
        address=interest.person.email or "",
        language=interest.language,
        context={"interest": interest.pk, "person": interest.person_id, **told},
    )


def _interest(interest_id: int) -> Interest:
    return Interest.objects.select_related("person").get(pk=interest_id)


@subscribe(InterestNoted)
def confirm_interest(message: InterestNoted) -> None:
    """Send the private link; once more at most once an hour, anybody can type an address."""
    interest = _interest(message.interest_id)
    mark = interest.asked_at.isoformat()
    if message.is_again:
        mark = f"again:{clock.now():%Y-%m-%dT%H}"
    _tell(interest, LetterKind.INTEREST_NOTED, mark, is_again=message.is_again)


@subscribe(TalkInvited)
def invite(message: TalkInvited) -> None:
    """Tell when, how and where the talk is; each change is a letter of its own."""
    interest = _interest(message.interest_id)
    _tell(interest, LetterKind.TALK_INVITED, f"talk:{interest.talk_turn}")


def _certificate(certificate_id: int, kind: str) -> None:
    rows = Certificate.objects.select_related("trainee__person")
    certificate = rows.get(pk=certificate_id)
    person = certificate.trainee.person
    services.write_letter(
        actor=_SYSTEM,
        key=str(certificate.pk),
        kind=kind,
        address=person.email or "",
        language=person.language,
        context={"certificate": certificate.pk, "person": person.pk},
    )


@subscribe(CertificateIssued)
def tell_of_certificate(message: CertificateIssued) -> None:
    """Tell the holder that the certificate is there."""
    _certificate(message.certificate_id, LetterKind.CERTIFICATE_ISSUED)


@subscribe(CertificateRevoked)
def tell_of_revocation(message: CertificateRevoked) -> None:
    """Tell the holder that the certificate is not valid any more, and why."""
    _certificate(message.certificate_id, LetterKind.CERTIFICATE_REVOKED)


@subscribe(PapersEnd)
def remind_of_papers(message: PapersEnd) -> None:
    """Tell a guide to bring the police certificate again; once for each day before."""
    guide = Guide.objects.select_related("person").get(pk=message.guide_id)
    services.write_letter(
        actor=_SYSTEM,
        key=f"{guide.pk}:{guide.police_valid_until}:{message.days}",
        kind=LetterKind.PAPERS_END,
        address=guide.person.email or "",
        language=guide.person.language,
        context={"guide": guide.pk, "person": guide.person_id},
    )
