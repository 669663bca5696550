"""What a mail consists of before it has a form."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """Some text with the language it is in; empty means the language of the mail."""

    text: str
    language: str = ""


@dataclass(frozen=True)
class Fact:
    """One line of facts: what it is, and the value."""

    label: str
    value: Words


@dataclass(frozen=True)
class Link:
    """Something the reader can do on a page; the link itself never acts."""

    label: str
    address: str


@dataclass(frozen=True)
class Other:
    """Another date the reader may like: its title, when it is, and its page."""

    title: Words
    when: str
    address: str


@dataclass(frozen=True)
class Group:
    """Some dates under one heading."""

    label: str
    others: tuple[Other, ...]


@dataclass(frozen=True)
class Attachment:
    """A file that comes along."""

    name: str
    content: bytes
    kind: str


@dataclass(frozen=True)
class Mail:
    """A mail in the reader's language, without a form yet.

    ``quote`` are somebody's own words, in their language. ``door`` is the page with the code the
    reader shows at the door. ``stop`` is the page on which the reader ends mails of this kind; mail
    programs post to it (RFC 8058).
    """

    subject: str
    lead: str
    quote: Words | None = None
    heading: Words | None = None
    groups: tuple[Group, ...] = ()
    facts: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = ()
    link: Link | None = None
    door: Link | None = None
    others: tuple[Other, ...] = ()
    stop: Link | None = None
    attachments: tuple[Attachment, ...] = ()
