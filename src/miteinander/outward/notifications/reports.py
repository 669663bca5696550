"""Reads what mail servers say of a mail they cannot deliver (RFC 3464), whoever wrote it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

MOST_PARTS = 20
MOST_RECIPIENTS = 20
DEEPEST = 60
_MARK = re.compile(rb"letter-([0-9a-f]{32})@")
_STATUS = re.compile(r"\s*([245])\.(\d{1,3})\.(\d{1,3})(?!\d)")
_CODE = re.compile(r"\D{0,40}\b([245])\d\d\b")
# What of a permanent answer says nothing of the address: the other system, the words, the rules.
_OTHER_SUBJECTS = {"3", "5", "6", "7"}
_TOO_LARGE = ("2", "3")


@dataclass(frozen=True)
class Status:
    """An answer in the numbers of RFC 3463: class, subject, detail; "0" where not said."""

    level: str
    subject: str = "0"
    detail: str = "0"


def blames_address(status: Status) -> bool:
    """Whether an answer says for good that an address takes no mail."""
    is_other = status.subject in _OTHER_SUBJECTS or (status.subject, status.detail) == _TOO_LARGE
    return status.level == "5" and not is_other


def status_of(code: int, text: bytes) -> Status:
    """Return what a mail server meant with its answer to one address."""
    said = _STATUS.match(text[:200].decode("ascii", "replace"))
    return Status(*said.groups()) if said else Status(str(code)[:1])


def failed_letter(content: bytes) -> str:
    """Return the mark of the letter that a report says can never arrive; empty for anything else.

    The report must be one, name one letter of ours, and blame the address.

    Raises:
        RecursionError: parts in parts in parts; whoever calls takes no other error for granted.
    """
    marks = set(_MARK.findall(content))
    if len(marks) != 1 or content.count(b"boundary") > DEEPEST:
        return ""
    message = message_from_bytes(content)
    if message.get_content_type() != "multipart/report" or not message.is_multipart():
        return ""
    blamed = [blames_address(status) for status in _statuses(message)]
    return marks.pop().decode() if blamed and all(blamed) else ""


def _statuses(message: Message) -> Iterator[Status]:
    """Yield what is said of each address in the parts that are for machines."""
    parts = message.get_payload()
    for part in parts[:MOST_PARTS] if isinstance(parts, list) else ():
        if not isinstance(part, Message) or part.get_content_type() != "message/delivery-status":
            continue
        blocks = part.get_payload()
        for block in blocks[:MOST_RECIPIENTS] if isinstance(blocks, list) else ():
            if isinstance(block, Message) and block["Action"] is not None:
                yield _status(block)


def _status(block: Message) -> Status:
    if str(block["Action"]).strip().lower() != "failed":
        return Status("4")
    if said := _STATUS.match(str(block["Status"] or "")):
        return Status(*said.groups())
    said = _CODE.match(str(block["Diagnostic-Code"] or ""))
    return Status(said[1]) if said else Status("4")
