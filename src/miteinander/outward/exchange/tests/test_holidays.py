"""School holidays from calendar files: real ones, the same again, and hostile ones."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from miteinander.community.people.tests.factories import PersonFactory
from miteinander.config.cli import django_name
from miteinander.config.environment import PROJECT_DIR
from miteinander.encounters.activities.models import SchoolHoliday
from miteinander.encounters.activities.queries.holidays import school_holidays
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor
from miteinander.outward.exchange.services.holidays import import_holidays

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
CORPUS = PROJECT_DIR.parent / "shared" / "data" / "ics" / "paulbrejla__ferien-api-data"
real = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no calendars of holidays at {CORPUS}")


@pytest.fixture(autouse=True)
def _held_clock() -> Iterator[None]:
    with clock.held_at(NOW):
        yield


def calendar(*entries: str) -> bytes:
    blocks = [
        f"BEGIN:VEVENT\r\nUID:{n}\r\n{entry}\r\nEND:VEVENT" for n, entry in enumerate(entries)
    ]
    return "\r\n".join(["BEGIN:VCALENDAR", *blocks, "END:VCALENDAR", ""]).encode()


def told(file: Path) -> str:
    out = StringIO()
    call_command("import_holidays", str(file), stdout=out)
    return out.getvalue()


def spans() -> list[tuple[date, date]]:
    return [(row.first_day, row.last_day) for row in school_holidays().holidays]


@real
def test_the_real_holidays_of_hessen_are_taken_to_their_last_day_and_once() -> None:
    files = [CORPUS / f"resources__de__ferien_hessen_{year}.ics" for year in (2026, 2027)]

    first = [told(file) for file in files]
    again = [told(file) for file in files]

    assert "2027-06-28 … 2027-08-06 Sommerferien Hessen 2027" in first[1]
    assert spans()[4:6] == [
        (date(2027, 3, 22), date(2027, 4, 2)),
        (date(2027, 6, 28), date(2027, 8, 6)),
    ]
    assert SchoolHoliday.objects.count() == 8
    assert first != again
    calendar_ = school_holidays()
    assert calendar_.on(date(2026, 12, 31))
    assert all(calendar_.knows(date(2027, month, 1)) for month in range(1, 13))
    assert not calendar_.knows(date(2028, 2, 1))


@real
def test_a_year_that_has_passed_brings_nothing_and_says_so() -> None:
    assert "2017" in told(CORPUS / "resources__de__ferien_hessen_2017.ics")
    assert spans() == []


def test_by_the_standard_the_end_is_the_first_day_after_the_holidays() -> None:
    octets = calendar(
        "SUMMARY:Sommerferien\r\nDTSTART;VALUE=DATE:20270628\r\nDTEND;VALUE=DATE:20270807",
        "SUMMARY:Beweglicher Ferientag\r\nDTSTART;VALUE=DATE:20270507",
    )

    report = import_holidays(actor=SystemActor("import"), octets=octets)

    assert not report.names_last_day
    assert spans() == [
        (date(2027, 5, 7), date(2027, 5, 7)), (date(2027, 6, 28), date(2027, 8, 6)),
    ]  # fmt: skip


def test_holidays_that_have_begun_are_taken_too() -> None:
    octets = calendar("SUMMARY:x\r\nDTSTART;VALUE=DATE:20261116\r\nDTEND;VALUE=DATE:20261130")

    import_holidays(actor=SystemActor("import"), octets=octets)

    assert spans() == [(date(2026, 11, 16), date(2026, 11, 29))]


def test_meetings_and_endless_entries_are_no_holidays() -> None:
    octets = calendar(
        "SUMMARY:Elternabend\r\nDTSTART:20270203T180000\r\nDTEND:20270203T200000",
        "SUMMARY:Für immer frei\r\nDTSTART;VALUE=DATE:20270101\r\nDTEND;VALUE=DATE:21000101",
        "SUMMARY:Täglich\r\nDTSTART;VALUE=DATE:20270101\r\nRRULE:FREQ=SECONDLY",
        "SUMMARY:Ostern\r\nDTSTART;VALUE=DATE:20270322\r\nDTEND;VALUE=DATE:20270403",
    )

    report = import_holidays(actor=SystemActor("import"), octets=octets)

    assert dict(report.refused) == {"Elternabend": "no_whole_days", "Täglich": "too_often"}
    assert [row.title for row in report.taken.refused] == ["Für immer frei"]
    assert spans() == [(date(2027, 3, 22), date(2027, 4, 2))]


@pytest.mark.parametrize(
    "octets", [b"", b"\x00" * 2000, b"BEGIN:VCALENDAR", b"PK\x03\x04", b"x" * 1_000_002]
)
def test_what_is_no_calendar_ends_in_a_sentence(octets: bytes, tmp_path: Path) -> None:
    file = tmp_path / "x.ics"
    file.write_bytes(octets)

    with pytest.raises(CommandError):
        told(file)
    with pytest.raises(CommandError):
        told(tmp_path / "missing.ics")
    assert spans() == []


def test_only_administrators_and_the_command_bring_holidays_in() -> None:
    octets = calendar("SUMMARY:x\r\nDTSTART;VALUE=DATE:20270507")

    with pytest.raises(PermissionDenied):
        import_holidays(actor=PersonFactory.create(), octets=octets)
    assert spans() == []


def test_the_command_has_a_short_name() -> None:
    assert django_name(["import", "holidays", "x.ics"]) == ["import_holidays", "x.ics"]
