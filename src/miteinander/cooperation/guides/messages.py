"""What this app tells the others, in the same transaction and always by id."""

from dataclasses import dataclass


@dataclass(frozen=True)
class InterestNoted:
    """Somebody wants to become a guide; ``is_again`` tells that the contact was known."""

    interest_id: int
    is_again: bool = False


@dataclass(frozen=True)
class TalkInvited:
    """A coordinator invited somebody to a talk, or changed its time or place."""

    interest_id: int


@dataclass(frozen=True)
class CertificateIssued:
    """Somebody got the certificate of a course."""

    certificate_id: int


@dataclass(frozen=True)
class CertificateRevoked:
    """A certificate is not valid any more."""

    certificate_id: int


@dataclass(frozen=True)
class PapersEnd:
    """The police certificate of a guide is to be inspected again within ``days``."""

    guide_id: int
    days: int


@dataclass(frozen=True)
class RequestMade:
    """Somebody asks for a guide."""

    request_id: int


@dataclass(frozen=True)
class RequestEnded:
    """A request was taken back, was done, or nobody could take it."""

    request_id: int


@dataclass(frozen=True)
class GuideAsked:
    """A guide is asked whether to take a request."""

    ask_id: int


@dataclass(frozen=True)
class NobodyLeft:
    """Everybody who could take a request was asked, and nobody said yes."""

    request_id: int
    ask_id: int


@dataclass(frozen=True)
class AssignmentAgreed:
    """A guide said yes."""

    assignment_id: int


@dataclass(frozen=True)
class AssignmentOff:
    """An assignment does not take place; ``is_given_back`` tells that the guide cannot come."""

    assignment_id: int
    is_given_back: bool = False


@dataclass(frozen=True)
class AssignmentSoon:
    """An assignment begins within a day."""

    assignment_id: int


@dataclass(frozen=True)
class ReportDue:
    """An assignment is over and nobody has reported."""

    assignment_id: int


@dataclass(frozen=True)
class TalkWanted:
    """A guide wants to talk with a coordinator about an assignment."""

    assignment_id: int


@dataclass(frozen=True)
class WordsRelayed:
    """A guide or who asked has written to the other."""

    words_id: int
