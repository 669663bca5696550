"""What an import tells whoever started it, line by line, in the reader's language."""

from dataclasses import dataclass, field

from miteinander.outward.exchange.enums import NOTES, REFUSALS, Outcome


@dataclass(frozen=True)
class ReportLine:
    """What became of one entry; ``reasons`` are codes from ``enums``."""

    outcome: Outcome
    title: str
    start: str = ""
    date_count: int = 0
    activity_id: int | None = None
    reasons: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()

    @property
    def explained(self) -> list[str]:
        """Return the reasons as sentences in the active language."""
        known = REFUSALS | NOTES
        return [*(str(known[code]) for code in self.reasons), *self.sentences]


@dataclass
class ImportReport:
    """What became of a file; with an ``error`` nothing of it was read."""

    error: str = ""
    lines: list[ReportLine] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """Return why the file was not read, in the active language."""
        return str(REFUSALS[self.error]) if self.error else ""

    def of(self, outcome: Outcome) -> list[ReportLine]:
        """Return the lines of one outcome."""
        return [line for line in self.lines if line.outcome == outcome]


@dataclass(frozen=True)
class ReportSection:
    """The lines of one outcome under its heading."""

    heading: str
    lines: list[ReportLine]


def report_sections(report: ImportReport) -> list[ReportSection]:
    """Return the outcomes that occurred, what needs attention first."""
    return [
        ReportSection(str(outcome.label), lines)
        for outcome in Outcome
        if (lines := report.of(outcome))
    ]
