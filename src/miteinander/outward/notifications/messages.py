"""What this app tells itself, in the same transaction and always by id."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class LettersDue:
    """Letters were written, or put off; somebody must try them from ``due_at`` on."""

    letter_ids: tuple[int, ...]
    due_at: datetime


@dataclass(frozen=True)
class WordsWaiting:
    """An organiser wrote to the people of a date; somebody must make letters of it."""

    message_id: int


@dataclass(frozen=True)
class NotesDue:
    """Notes to devices were written, or put off; somebody must try them from ``due_at`` on."""

    note_ids: tuple[int, ...]
    due_at: datetime


@dataclass(frozen=True)
class NewDatesNoted:
    """Dates became public; whoever wants to hear of it at once is to be told."""

    noted_at: datetime


@dataclass(frozen=True)
class NewsWritten:
    """Letters with news were written; they go out after all other letters."""

    letter_ids: tuple[int, ...]
