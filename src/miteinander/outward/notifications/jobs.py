"""Background work of this app."""

from datetime import timedelta
from typing import Any

from django_tasks import task

from miteinander.foundation.core import clock
from miteinander.foundation.core.jobs import recurring
from miteinander.foundation.core.permissions import SystemActor
from miteinander.outward.notifications import services
from miteinander.outward.notifications.enums import Frequency
from miteinander.outward.notifications.services import helping

_SYSTEM = SystemActor("notifications")


@task()
def send_letter(letter_id: int) -> None:
    """Send one letter; returns quietly when it is sent, needless, or somebody else has it."""
    services.send_letter(actor=_SYSTEM, letter_id=letter_id)


@task(priority=-10)
def send_news_letters(letter_ids: list[int]) -> None:
    """Send some letters with news, when no other letter waits; one that fails is put off alone."""
    for letter_id in letter_ids:
        services.send_letter(actor=_SYSTEM, letter_id=letter_id)


@task()
def tell_everybody(
    kind: str, date_id: int, sequence: int, before: dict[str, Any] | None = None
) -> None:
    """Write letters to everybody with a seat or waiting; twice writes nobody a second one."""
    services.tell_everybody(
        actor=_SYSTEM, kind=kind, date_id=date_id, sequence=sequence, before=before
    )


@task()
def write_words(message_id: int) -> None:
    """Make letters of what an organiser wrote; goes on where it stopped, twice writes once."""
    services.write_words(actor=_SYSTEM, message_id=message_id)


@task()
def tell_of_draw(date_id: int) -> None:
    """Write letters to everybody who took part in a draw; twice writes nobody a second one."""
    services.tell_of_draw(actor=_SYSTEM, date_id=date_id)


@task()
def ask_poll_guests(poll_id: int, whom: str) -> None:
    """Ask people who came before which date suits them; twice asks nobody a second time."""
    services.ask_poll_guests(actor=_SYSTEM, poll_id=poll_id, whom=whom)


@task()
def tell_of_poll(poll_id: int) -> None:
    """Tell everybody who answered how the poll ended; twice tells nobody a second time."""
    services.tell_of_poll(actor=_SYSTEM, poll_id=poll_id)


@recurring(every=timedelta(minutes=5))
@task()
def hurry_overdue_letters() -> None:
    """Have letters tried again, and written, whose worker was killed; every five minutes."""
    services.hurry_overdue_letters(actor=_SYSTEM, now=clock.now())
    services.hurry_overdue_words(actor=_SYSTEM, now=clock.now())


@recurring(every=timedelta(minutes=5))
@task()
def remind_people() -> None:
    """Write reminders 48 and 4 hours before a date; what stood still for long is left out."""
    services.remind_people(actor=_SYSTEM, now=clock.now())


@recurring(every=timedelta(minutes=5))
@task()
def send_news() -> None:
    """Write the news that are due; a missed time is made up, and nobody gets the same twice."""
    services.send_news(actor=_SYSTEM, now=clock.now())


@task()
def send_news_at_once() -> None:
    """Write those who want to hear at once what became public; twice writes nobody again."""
    services.send_news(actor=_SYSTEM, now=clock.now(), frequencies=[Frequency.AT_ONCE])


@recurring(every=timedelta(days=1))
@task()
def forget_follow_requests() -> None:
    """Delete addresses nobody confirmed, daily; a missed day is made up by the next."""
    services.forget_follow_requests(actor=_SYSTEM, now=clock.now())


@recurring(every=timedelta(minutes=5))
@task()
def remind_helpers() -> None:
    """Write reminders to who helps on a date, 48 and 4 hours before."""
    helping.remind_helpers(actor=_SYSTEM, now=clock.now())


@recurring(every=timedelta(days=1))
@task()
def forget_old_letters() -> None:
    """Delete letters and notes past their time, daily; a missed day is made up by the next."""
    services.forget_old_letters(actor=_SYSTEM, now=clock.now())
    services.forget_old_words(actor=_SYSTEM, now=clock.now())
    services.forget_old_notes(actor=_SYSTEM, now=clock.now())


@task()
def send_note(note_id: int) -> None:
    """Send one note to a device; returns quietly when it is sent, needless, or taken."""
    services.send_note(actor=_SYSTEM, note_id=note_id)


@recurring(every=timedelta(minutes=5))
@task()
def hurry_overdue_notes() -> None:
    """Have notes tried again whose worker was killed; every five minutes."""
    services.hurry_overdue_notes(actor=_SYSTEM, now=clock.now())


@recurring(every=timedelta(days=1))
@task()
def forget_idle_devices() -> None:
    """Delete devices nothing came through to for a year, daily."""
    services.forget_idle_devices(actor=_SYSTEM, now=clock.now())
