"""Which files may be taken along: told by their content, not by what somebody calls them."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from django.utils.text import get_valid_filename

OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."
MOST_PARTS = 2000
MOST_NAME = 80


@dataclass(frozen=True)
class FileKind:
    """A kind of file: its ending, media type, and how its content is known."""

    ending: str
    media_type: str
    fits: Callable[[bytes], bool]


def _begins(*starts: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(starts)


def _parts(content: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return []


def _holds(part: str) -> Callable[[bytes], bool]:
    """Say whether it is an office document with ``part``, and without programs in it."""

    def fits(content: bytes) -> bool:
        names = _parts(content)
        has_program = any("vbaproject" in name.lower() or "Basic/" in name for name in names)
        return part in names and not has_program and len(names) <= MOST_PARTS

    return fits


def _is_open_document(media_type: str) -> Callable[[bytes], bool]:
    """The first part of an open document is its media type, as plain text at a fixed place."""
    mark = b"mimetype" + media_type.encode()
    inside = _holds("content.xml")
    return lambda content: content[30 : 30 + len(mark)] == mark and inside(content)


def _is_text(content: bytes) -> bool:
    try:
        return "\x00" not in content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False


KINDS = (
    FileKind("pdf", "application/pdf", _begins(b"%PDF-")),
    FileKind("png", "image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    FileKind("jpg", "image/jpeg", _begins(b"\xff\xd8\xff")),
    FileKind("docx", OFFICE + "wordprocessingml.document", _holds("word/document.xml")),
    FileKind("pptx", OFFICE + "presentationml.presentation", _holds("ppt/presentation.xml")),
    FileKind("odt", OPEN + "text", _is_open_document(OPEN + "text")),
    FileKind("odp", OPEN + "presentation", _is_open_document(OPEN + "presentation")),
    FileKind("txt", "text/plain; charset=utf-8", _is_text),
)
SAME = {"jpeg": "jpg"}


def kind_of(name: str, content: bytes) -> FileKind | None:
    """Return the kind a file says to be and is; None where it is neither."""
    ending = PurePath(name).suffix.lower().lstrip(".")
    wanted = SAME.get(ending, ending)
    kind = next((one for one in KINDS if one.ending == wanted), None)
    return kind if kind is not None and kind.fits(content) else None


def plain_name(name: str, kind: FileKind) -> str:
    """Return a name any system takes: no folder, no signs with a meaning, the right ending."""
    stem = PurePath(name.replace("\\", "/")).stem.strip(". ")
    safe = get_valid_filename(stem)[:MOST_NAME] if stem else "file"
    return f"{safe}.{kind.ending}"
