from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from miteinander.community.organisations.models import Organisation
from miteinander.community.organisations.tests.factories import (
    MembershipFactory,
    OrganisationFactory,
)
from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.encounters.activities.enums import ActivityStatus
from miteinander.encounters.activities.models import Activity, ActivityDate
from miteinander.encounters.activities.services import words
from miteinander.encounters.activities.services.dates import MOST_DATES
from miteinander.encounters.spaces.tests.factories import VenueFactory
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.core import clock
from miteinander.outward.exchange.enums import Outcome
from miteinander.outward.exchange.reading import process, runner
from miteinander.outward.exchange.reports import ImportReport, ReportLine
from miteinander.outward.exchange.services import imports
from miteinander.outward.exchange.tests.calendar_files import NOW, calendar_file, entry

pytestmark = pytest.mark.django_db
WEEKLY = {"DTSTART": ":20270201T180000", "DURATION": ":PT2H", "RRULE": ":FREQ=WEEKLY;COUNT=3"}


@pytest.fixture(autouse=True)
def _read_in_this_process(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A process for each file would take most of the time of these tests; see test_runner."""
    process.listen()

    def read(octets: bytes, **kwargs: Any) -> runner.CalendarContents:
        told = process.read_calendar(octets, kwargs["now"], kwargs["limits"])
        return runner.contents_of(told)

    monkeypatch.setattr(imports, "read_safely", read)
    with clock.held_at(NOW):
        yield


@pytest.fixture
def club() -> Organisation:
    return OrganisationFactory.create(slug="chor")


@pytest.fixture
def member(club: Organisation) -> Person:
    person = PersonFactory.create()
    MembershipFactory.create(organisation=club, person=person)
    return person


def bring_in(member: Person, club: Organisation, *entries: str, head: str = "") -> ImportReport:
    return imports.import_calendar(
        actor=member,
        organisation_id=club.pk,
        octets=calendar_file(*entries, head=head),
        language="de",
    )


def only_line(report: ImportReport) -> ReportLine:
    (line,) = report.lines
    return line


def parts(activity: Activity) -> dict[str, str]:
    return dict(activity.versions.get().parts)


def test_an_entry_becomes_a_draft_with_its_dates(member: Person, club: Organisation) -> None:
    report = bring_in(member, club, entry(DESCRIPTION=":Wir singen.", LOCATION=":Hof", **WEEKLY))
    line = only_line(report)
    activity = Activity.objects.get()
    assert (line.outcome, line.activity_id, line.date_count) == (Outcome.TAKEN, activity.pk, 3)
    assert line.reasons == ("place_in_words",)
    assert activity.status == ActivityStatus.DRAFT
    assert activity.source_uid == "1"
    assert activity.organisation == club
    assert parts(activity)["title"] == "Chorprobe"
    assert parts(activity)["description"] == "Wir singen."
    assert parts(activity)["way_there"] == "Hof"
    assert [date.key for date in activity.dates.all()] == ["2027-02-01", "2027-02-08", "2027-02-15"]
    assert AuditEntry.objects.filter(verb="exchange.import_calendar").count() == 1


def test_the_same_file_again_doubles_nothing(member: Person, club: Organisation) -> None:
    for outcome in (Outcome.TAKEN, Outcome.UNCHANGED, Outcome.UNCHANGED):
        assert only_line(bring_in(member, club, entry(**WEEKLY))).outcome == outcome
    assert Activity.objects.count() == 1
    assert ActivityDate.objects.count() == 3


def test_a_change_in_the_calendar_reaches_the_draft(member: Person, club: Organisation) -> None:
    bring_in(member, club, entry(**WEEKLY))
    keys = set(ActivityDate.objects.values_list("pk", flat=True))
    later = WEEKLY | {"DTSTART": ":20270201T190000"}
    line = only_line(bring_in(member, club, entry(title="Probe", **later)))
    assert line.outcome == Outcome.CHANGED
    assert parts(Activity.objects.get())["title"] == "Probe"
    assert set(ActivityDate.objects.values_list("pk", flat=True)) == keys
    assert {date.starts_at.hour for date in ActivityDate.objects.all()} == {18}


def test_what_somebody_wrote_here_is_not_overwritten(member: Person, club: Organisation) -> None:
    bring_in(member, club, entry(**WEEKLY))
    activity = Activity.objects.get()
    words.write_words(actor=member, activity_id=activity.pk, parts={"title": "Singen für alle"})
    activity.dates.all()[0].delete()
    assert only_line(bring_in(member, club, entry(**WEEKLY))).outcome == Outcome.UNCHANGED
    longer = WEEKLY | {"RRULE": ":FREQ=WEEKLY;COUNT=4"}
    assert only_line(bring_in(member, club, entry(**longer))).outcome == Outcome.CHANGED
    assert parts(activity)["title"] == "Singen für alle"
    assert activity.dates.count() == 3


def test_what_the_public_sees_is_only_reported(member: Person, club: Organisation) -> None:
    bring_in(member, club, entry(**WEEKLY))
    Activity.objects.update(status=ActivityStatus.PUBLISHED)
    before = list(ActivityDate.objects.values())
    assert only_line(bring_in(member, club, entry(**WEEKLY))).outcome == Outcome.UNCHANGED
    later = WEEKLY | {"DTSTART": ":20270201T190000"}
    for _again in range(2):
        line = only_line(bring_in(member, club, entry(title="Neu", **later)))
        assert (line.outcome, line.reasons) == (Outcome.CHECK, ("changed_there",))
    assert list(ActivityDate.objects.values()) == before
    assert parts(Activity.objects.get())["title"] == "Chorprobe"


def test_what_left_the_calendar_is_reported_and_kept(member: Person, club: Organisation) -> None:
    head = "X-WR-CALNAME:Chor"
    bring_in(member, club, entry(), entry(uid="2", title="Fest"), head=head)
    bring_in(member, club, entry(uid="3"), head="X-WR-CALNAME:Another calendar")
    report = bring_in(member, club, entry(uid="2", title="Fest"), head=head)
    gone = report.of(Outcome.GONE)
    assert [(line.title, line.reasons) for line in gone] == [("Chorprobe", ("gone",))]
    assert Activity.objects.count() == 3


def test_a_calendar_without_a_name_goes_by_its_file(member: Person, club: Organisation) -> None:
    def bring(filename: str, *entries: str) -> ImportReport:
        return imports.import_calendar(
            actor=member,
            organisation_id=club.pk,
            octets=calendar_file(*entries),
            language="de",
            filename=filename,
        )

    bring("chor.ics", entry())
    assert not bring("sport.ics", entry(uid="2")).of(Outcome.GONE)
    assert len(bring("chor (1).ics", entry(uid="3")).of(Outcome.GONE)) == 1


def test_a_date_that_left_its_series_is_reported_and_kept(
    member: Person, club: Organisation
) -> None:
    bring_in(member, club, entry(**WEEKLY))
    shorter = WEEKLY | {"RRULE": ":FREQ=WEEKLY;COUNT=2"}
    line = only_line(bring_in(member, club, entry(**shorter)))
    assert (line.outcome, line.reasons) == (Outcome.CHECK, ("date_gone",))
    assert ActivityDate.objects.count() == 3


def test_what_was_called_off_there_is_reported(member: Person, club: Organisation) -> None:
    off = entry(STATUS=":CANCELLED")
    assert only_line(bring_in(member, club, off)).reasons == ("cancelled",)
    assert not Activity.objects.exists()
    bring_in(member, club, entry())
    line = only_line(bring_in(member, club, off))
    assert (line.outcome, line.reasons) == (Outcome.CHECK, ("cancelled_there",))


def test_a_single_date_that_moves_stays_the_same_date(member: Person, club: Organisation) -> None:
    bring_in(member, club, entry())
    date = ActivityDate.objects.get()
    bring_in(member, club, entry(DTSTART=":20270310T180000", DURATION=":PT2H"))
    moved = ActivityDate.objects.get()
    assert moved.pk == date.pk
    assert moved.starts_at.day == 10


def test_two_clubs_may_have_the_same_entry(member: Person, club: Organisation) -> None:
    other = MembershipFactory.create(person=member).organisation
    bring_in(member, club, entry())
    assert only_line(bring_in(member, other, entry())).outcome == Outcome.TAKEN
    assert Activity.objects.count() == 2


def test_a_long_title_is_cut_and_no_word_is_lost(member: Person, club: Organisation) -> None:
    title = "Gemeinsames Singen " * 10
    line = only_line(bring_in(member, club, entry(title=title, DESCRIPTION=":Kommt!")))
    written = parts(Activity.objects.get())
    assert line.reasons == ("title_shortened",)
    assert len(written["title"]) <= 120
    assert written["title"].endswith("Singen…") or written["title"].endswith("Gemeinsames…")
    assert written["description"] == f"{title.strip()}\n\nKommt!"


def test_a_place_known_by_name_is_chosen(member: Person, club: Organisation) -> None:
    venue = VenueFactory.create(organisation=club, name="Bürgerhaus Vellmar")
    VenueFactory.create(name="Bürgerhaus Vellmar")
    line = only_line(bring_in(member, club, entry(LOCATION=":Buergerhaus Vellmar\\, Hauptstr. 1")))
    assert Activity.objects.get().venue == venue
    assert line.reasons == ()


def test_html_becomes_words(member: Person, club: Organisation) -> None:
    bring_in(member, club, entry(DESCRIPTION=":<p>Wir &amp; ihr<br>singen</p>"))
    assert parts(Activity.objects.get())["description"] == "Wir & ihr\nsingen"


def test_the_language_of_the_calendar_counts(member: Person, club: Organisation) -> None:
    file = calendar_file(entry()).replace(b"SUMMARY:", b"SUMMARY;LANGUAGE=uk-UA:")
    imports.import_calendar(actor=member, organisation_id=club.pk, octets=file, language="de")
    assert Activity.objects.get().versions.get().language == "uk"


def test_only_the_nearest_dates_are_taken(member: Person, club: Organisation) -> None:
    daily = WEEKLY | {"RRULE": ":FREQ=DAILY;COUNT=150"}
    line = only_line(bring_in(member, club, entry(**daily)))
    assert (line.date_count, line.reasons) == (MOST_DATES, ("first_dates",))
    assert ActivityDate.objects.count() == MOST_DATES


def test_entries_without_time_are_told_and_taken_by_the_same_file_again(
    member: Person, club: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = [entry(uid=str(number)) for number in range(3)]
    with monkeypatch.context() as patched:
        patched.setattr(imports, "_SHARE_FOR_ENTRIES", 0)
        report = bring_in(member, club, *file)
    assert [line.reasons for line in report.lines] == [("later",)] * 3
    assert not Activity.objects.exists()
    assert len(bring_in(member, club, *file).of(Outcome.TAKEN)) == 3


def test_a_bad_entry_costs_only_itself(member: Person, club: Organisation) -> None:
    report = bring_in(
        member, club, entry(title="\u0007"), entry(uid="2"), entry(uid="3", CLASS=":PRIVATE")
    )
    assert [line.outcome for line in report.lines].count(Outcome.TAKEN) == 1
    assert len(report.of(Outcome.REFUSED)) == 2
    assert Activity.objects.count() == 1


def test_a_stranger_brings_nothing_in(club: Organisation) -> None:
    with pytest.raises(PermissionDenied):
        bring_in(PersonFactory.create(), club, entry())
    assert not Activity.objects.exists()
    assert not AuditEntry.objects.exists()


def test_the_command_tells_what_became_of_a_file(
    club: Organisation, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "chor.ics"
    file.write_bytes(calendar_file(entry(), entry(uid="2", title="Geheim", CLASS=":PRIVATE")))
    call_command("import_calendar", str(file), organisation="chor")
    told = capsys.readouterr().out
    assert "Chorprobe" in told
    assert "Geheim: " in told
    assert Activity.objects.get().organisation == club


@pytest.mark.parametrize(
    ("name", "slug"), [("none.ics", "chor"), ("bad.ics", "chor"), ("bad.ics", "nobody")]
)
def test_the_command_refuses_clearly(
    club: Organisation, tmp_path: Any, name: str, slug: str
) -> None:
    (tmp_path / "bad.ics").write_bytes(b"hello")
    with pytest.raises(CommandError):
        call_command("import_calendar", str(tmp_path / name), organisation=slug)
    assert not Activity.objects.exists()
