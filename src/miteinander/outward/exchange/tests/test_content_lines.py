from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from miteinander.outward.exchange import content_lines as lines
from miteinander.outward.exchange.tests.reading_back import only_event, parsed

BERLIN = ZoneInfo("Europe/Berlin")
LETTERS = st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n")
TEXT = st.text(LETTERS, max_size=300)


def wrapped(*properties: str) -> bytes:
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *lines.BERLIN, "BEGIN:VEVENT")
    tail = ("END:VEVENT", "END:VCALENDAR")
    return b"".join(map(lines.folded, [*head, *properties, *tail]))


@given(TEXT)
def test_any_text_comes_back_as_it_was_written(text: str) -> None:
    written = wrapped(lines.text("SUMMARY", text, "ar"))
    summary = only_event(written)["SUMMARY"]
    assert str(summary) == text.replace("\u2028", "\n").replace("\u2029", "\n")
    assert summary.params["LANGUAGE"] == "ar"


@given(TEXT)
def test_no_line_is_longer_than_75_octets_and_no_letter_is_torn(text: str) -> None:
    written = lines.folded(lines.text("DESCRIPTION", text))
    assert written.endswith(b"\r\n")
    for line in written.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 75
        line.decode()


def test_a_line_of_exactly_75_octets_is_not_folded() -> None:
    assert lines.folded("X" * 75) == b"X" * 75 + b"\r\n"
    assert lines.folded("X" * 76) == b"X" * 75 + b"\r\n X\r\n"


def test_a_name_with_quotes_and_colons_cannot_end_its_parameter() -> None:
    name = 'Club "Zur Linde": e.V.; alt'
    written = wrapped(
        lines.uri("ORGANIZER", "mailto:club@example.org", lines.parameter("CN", name))
    )
    organizer = only_event(written)["ORGANIZER"]
    assert str(organizer) == "mailto:club@example.org"
    assert organizer.params["CN"].replace("^'", '"') == name


@pytest.mark.parametrize("year", [2026, 2027, 2028, 2035])
def test_the_time_zone_changes_when_the_district_does(year: int) -> None:
    zone = parsed(wrapped("SUMMARY:x")).walk("VTIMEZONE")[0]
    assert isinstance(zone, icalendar.Timezone)
    ours = zone.to_tz(lookup_tzid=False)
    moment = datetime(year, 1, 1, 12, tzinfo=UTC)
    while moment.year == year:
        local = moment.astimezone(BERLIN).replace(tzinfo=None)
        assert local.replace(tzinfo=ours).utcoffset() == local.replace(tzinfo=BERLIN).utcoffset()
        moment += timedelta(days=1)
