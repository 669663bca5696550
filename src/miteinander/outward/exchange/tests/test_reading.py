from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miteinander.outward.exchange.reading.limits import Limits
from miteinander.outward.exchange.reading.process import listen, read_calendar
from miteinander.outward.exchange.tests.calendar_files import NOW, calendar_file, entry

listen()


def told(octets: bytes, now: datetime = NOW, limits: Limits | None = None) -> dict[str, Any]:
    return read_calendar(octets, now, limits or Limits())


def found(*entries: str, head: str = "") -> dict[str, Any]:
    answer = told(calendar_file(*entries, head=head))
    (event,) = answer["found"]
    assert not answer["error"]
    assert not answer["refused"]
    return dict(event)


def starts(event: dict[str, Any]) -> list[str]:
    return [start for _key, start, _end in event["dates"]]


def refusals(*entries: str) -> list[str]:
    return [row["code"] for row in told(calendar_file(*entries))["refused"]]


# What is read


def test_a_time_without_a_zone_is_that_of_the_district() -> None:
    event = found(entry())
    (date,) = event["dates"]
    assert date == ("single", "2027-03-03T17:00:00+00:00", "2027-03-03T19:00:00+00:00")
    assert event["notes"] == []


@pytest.mark.parametrize(
    "zone",
    ["Europe/Berlin", "W. Europe Standard Time", "/mozilla.org/20070129_1/Europe/Berlin",
     '"Europe/Berlin"', "Europe/Vienna"],
)  # fmt: skip
def test_zones_go_by_many_names(zone: str) -> None:
    event = found(entry(DTSTART=f";TZID={zone}:20270703T180000"))
    assert starts(event) == ["2027-07-03T16:00:00+00:00"]


def test_an_unknown_zone_counts_as_ours_with_a_note() -> None:
    event = found(entry(DTSTART=";TZID=Nowhere/Middle:20270703T180000", DURATION=":PT1H"))
    assert starts(event) == ["2027-07-03T16:00:00+00:00"]
    assert event["notes"] == ["unknown_zone"]


def test_a_zone_the_file_explains_is_used() -> None:
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Clubhaus\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
        "TZOFFSETFROM:+0500\nTZOFFSETTO:+0500\nEND:STANDARD\nEND:VTIMEZONE"
    )
    event = found(entry(DTSTART=";TZID=Clubhaus:20270703T180000", DURATION=":PT1H"), head=zone)
    assert starts(event) == ["2027-07-03T13:00:00+00:00"]


@pytest.mark.parametrize(
    ("first", "rule", "expected"),
    [
        ("20270314T180000", "FREQ=WEEKLY;COUNT=3", ["14T17", "21T17", "28T16"]),
        ("20271024T180000", "FREQ=WEEKLY;COUNT=2", ["24T16", "31T17"]),
        ("20270328T023000", "FREQ=DAILY;COUNT=2", ["28T01:30", "29T00:30"]),
        ("20271031T023000", "FREQ=DAILY;COUNT=2", ["31T00:30", "01T01:30"]),
    ],
)
def test_wall_time_is_kept_when_clocks_change(first: str, rule: str, expected: list[str]) -> None:
    event = found(entry(DTSTART=f";TZID=Europe/Berlin:{first}", DURATION=":PT1H", RRULE=f":{rule}"))
    assert [start[8:][: len(end)] for start, end in zip(starts(event), expected, strict=True)] == (
        expected
    )


def test_a_leap_day_comes_back_only_in_leap_years() -> None:
    file = calendar_file(entry(DTSTART=":20240229T180000", DURATION=":PT1H", RRULE=":FREQ=YEARLY"))
    assert told(file, datetime(2026, 12, 1, tzinfo=UTC))["refused"][0]["code"] == "over"
    (event,) = told(file, datetime(2027, 12, 1, tzinfo=UTC))["found"]
    assert starts(event) == ["2028-02-29T17:00:00+00:00"]


def test_a_series_knows_exceptions_additions_and_moved_dates() -> None:
    weekly = entry(
        DTSTART=";TZID=Europe/Berlin:20270201T180000",
        DURATION=":PT2H",
        RRULE=":FREQ=WEEKLY;COUNT=4",
        EXDATE=";TZID=Europe/Berlin:20270208T180000",
        RDATE=";TZID=Europe/Berlin:20270210T180000",
    )
    moved = entry(
        DTSTART=";TZID=Europe/Berlin:20270216T190000",
        DURATION=":PT2H",
        RECURRENCE_ID=";TZID=Europe/Berlin:20270215T180000",
    )
    event = found(weekly, moved)
    assert [(key, start[:16]) for key, start, _end in event["dates"]] == [
        ("2027-02-01", "2027-02-01T17:00"),
        ("2027-02-10", "2027-02-10T17:00"),
        ("2027-02-15", "2027-02-16T18:00"),
        ("2027-02-22", "2027-02-22T17:00"),
    ]


def test_one_date_of_a_series_may_be_called_off() -> None:
    weekly = entry(DTSTART=":20270201T180000", DURATION=":PT2H", RRULE=":FREQ=WEEKLY;COUNT=2")
    off = entry(DTSTART=":20270208T180000", RECURRENCE_ID=":20270208T180000", STATUS=":CANCELLED")
    assert len(found(weekly, off)["dates"]) == 1


def test_a_date_with_its_own_title_is_its_own_occasion() -> None:
    weekly = entry(DTSTART=":20270201T180000", DURATION=":PT2H", RRULE=":FREQ=WEEKLY;COUNT=3")
    feast = entry(
        title="Sommerfest", DTSTART=":20270208T150000", DURATION=":PT5H",
        RECURRENCE_ID=":20270208T180000",
    )  # fmt: skip
    answer = told(calendar_file(weekly, feast))
    assert {(row["uid"], row["title"], len(row["dates"])) for row in answer["found"]} == {
        ("1", "Chorprobe", 2),
        ("1#2027-02-08", "Sommerfest", 1),
    }


def test_a_whole_day_ends_on_its_last_day_and_says_so() -> None:
    event = found(entry(DTSTART=";VALUE=DATE:20270501", DTEND=";VALUE=DATE:20270503"))
    (date,) = event["dates"]
    assert date[1:] == ("2027-04-30T22:00:00+00:00", "2027-05-02T21:59:00+00:00")
    assert event["notes"] == ["all_day"]


def test_what_has_no_end_lasts_an_hour_and_says_so() -> None:
    event = found(entry(DTSTART=":20270501T100000"))
    assert event["dates"][0][2] == "2027-05-01T09:00:00+00:00"
    assert event["notes"] == ["no_end"]


def test_texts_come_unescaped_and_people_stay_out() -> None:
    event = found(
        entry(title="Fest\\, Musik\\; Tanz", DESCRIPTION=":eins\\nzwei",
              LOCATION=";LANGUAGE=de:Hof", ATTENDEE=";CN=Canary:mailto:canary@example.org",
              ORGANIZER=";CN=Canary:mailto:canary@example.org", CONTACT=":Canary")
    )  # fmt: skip
    assert event["title"] == "Fest, Musik; Tanz"
    assert event["description"] == "eins\nzwei"
    assert event["location"] == "Hof"
    assert "canary" not in str(event).lower()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_old_programs_write_other_letters(encoding: str) -> None:
    file = calendar_file(entry(title="Grüße aus Fürstenwald")).decode().encode(encoding)
    assert told(file)["found"][0]["title"] == "Grüße aus Fürstenwald"


def test_a_line_folded_inside_a_letter_is_mended() -> None:
    file = calendar_file(entry(title="Grüße")).replace("ü".encode(), b"\xc3\r\n \xbc")
    assert told(file)["found"][0]["title"] == "Grüße"


def test_an_entry_without_identity_is_known_by_title_and_start() -> None:
    file = calendar_file(entry()).replace(b"UID:1\r\n", b"")
    assert told(file)["found"][0]["uid"] == told(file)["found"][0]["uid"] != ""


# What is refused


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (entry(DTSTART=":20270303T180000", RRULE=":FREQ=SECONDLY"), "too_often"),
        (entry(DTSTART=":20270303T180000", RRULE=":FREQ=MINUTELY"), "too_often"),
        (entry(DTSTART=":20270303T180000", RRULE=":FREQ=HOURLY"), "too_often"),
        (entry(RRULE=":FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=1,2,3"), "too_often"),
        (entry(RRULE=":FREQ=DAILY;BYHOUR=8,20"), "too_many_dates"),
        (entry(RRULE=":FREQ=SOMETIMES"), "strange_rule"),
        (entry(EXRULE=":FREQ=DAILY", RRULE=":FREQ=DAILY"), "strange_rule"),
        (entry(DTSTART=":20200303T180000"), "over"),
        (entry(DTSTART=":20290303T180000"), "too_far"),
        (entry(DTSTART=":morgen"), "unreadable_time"),
        (entry(DTSTART=":20270303T180000", DTEND=":20270303T170000"), "ends_before_start"),
        (entry(title=""), "no_title"),
        (entry(CLASS=":PRIVATE"), "private"),
        (entry(DESCRIPTION=":" + "x" * 10_300), "long_line"),
        ("UID:1\nSUMMARY:x", "no_start"),
    ],
)
def test_a_bad_entry_is_refused_and_the_good_one_kept(wrong: str, code: str) -> None:
    answer = told(calendar_file(wrong, entry(uid="2", title="Gut")))
    assert [row["code"] for row in answer["refused"]] == [code]
    assert [row["title"] for row in answer["found"]] == ["Gut"]


@pytest.mark.parametrize(
    ("octets", "code"),
    [
        (b"", "not_a_calendar"),
        (b"PK\x03\x04" + b"\x00" * 500, "not_a_calendar"),
        (b"<html></html>", "not_a_calendar"),
        (calendar_file(), "no_entries"),
        (b"x" * 1_000_001, "too_big"),
        (calendar_file(*[entry(uid=str(n)) for n in range(501)]), "too_many_entries"),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:X\r\n" * 4, "too_deep"),
    ],
)
def test_a_file_that_is_none_is_refused_as_a_whole(octets: bytes, code: str) -> None:
    answer = told(octets)
    assert answer["error"] == code
    assert answer["found"] == answer["refused"] == []


def test_exactly_500_entries_and_400_dates_are_read_in_time() -> None:
    daily = entry(DTSTART=":20270110T180000", DURATION=":PT1H", RRULE=":FREQ=DAILY")
    assert len(found(daily)["dates"]) == 400
    answer = told(calendar_file(*[entry(uid=str(number)) for number in range(500)]))
    assert len(answer["found"]) == 500


def test_a_rule_that_never_happens_costs_only_itself() -> None:
    never = entry(DTSTART=":20270303T180000", RRULE=":FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")
    began = datetime.now(tz=UTC)  # noqa: TID251 (measures real time)
    limits = Limits(event_seconds=0.2)
    answer = told(calendar_file(never, entry(uid="2")), limits=limits)
    assert datetime.now(tz=UTC) - began < timedelta(seconds=3)  # noqa: TID251
    assert [row["code"] for row in answer["refused"]] in [["too_slow"], ["over"]]
    assert len(answer["found"]) == 1


def test_a_hostile_time_zone_costs_little() -> None:
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Bad\nBEGIN:STANDARD\nDTSTART:16010101T000000\n"
        "RRULE:FREQ=SECONDLY\nTZOFFSETFROM:+0500\nTZOFFSETTO:+0500\nEND:STANDARD\nEND:VTIMEZONE"
    )
    event = found(entry(DTSTART=";TZID=Bad:20270703T180000", DURATION=":PT1H"), head=zone)
    assert "unknown_zone" in event["notes"]


def test_of_two_entries_with_one_identity_the_newer_counts() -> None:
    answer = told(calendar_file(entry(title="Alt"), entry(title="Neu", SEQUENCE=":2")))
    assert [row["title"] for row in answer["found"]] == ["Neu"]
    assert [(row["title"], row["code"]) for row in answer["refused"]] == [("Alt", "same_uid")]


def test_an_entry_that_is_cut_off_is_refused() -> None:
    file = calendar_file(entry()).partition(b"END:VEVENT")[0]
    assert [row["code"] for row in told(file)["refused"]] == ["cut_off"]


@given(st.binary(max_size=600))
def test_no_octets_break_the_reader(octets: bytes) -> None:
    told(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + octets + b"\nEND:VEVENT\nEND:VCALENDAR")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["DTSTART", "DTEND", "RRULE", "EXDATE", "RDATE", "DURATION",
                             "RECURRENCE-ID", "SUMMARY;X=", "UID"]),
            st.text("0123456789TZ:;,=-PFREQDAILYWKUNT", max_size=40),
        ),
        max_size=8,
    )
)  # fmt: skip
def test_no_mangled_entry_breaks_the_reader(lines: list[tuple[str, str]]) -> None:
    mangled = "\n".join(f"{name}:{value}" for name, value in lines)
    told(calendar_file(mangled, entry(uid="good")), limits=Limits(event_seconds=0.3))
