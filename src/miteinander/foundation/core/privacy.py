"""Which stored fields are personal, how long they are kept, and what a person can take along.

Every model of ours carries a ``privacy`` attribute that names each of its fields once; a test
fails when a field is missing. Rules for keeping are registered together with the job that
carries them out, and the privacy notice prints the same figures (GDPR Art. 5(1)(e), 13(2)(a)).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils.functional import Promise

Exporter = Callable[[Any], dict[str, Any]]


@dataclass(frozen=True)
class Privacy:
    """How the fields of one model are to be treated.

    ``personal`` names fields that tell something of a natural person, ``other`` the rest.
    ``retention`` is the key of the rule that ends the life of the personal ones; it is empty
    only where nothing is personal.
    """

    personal: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    retention: str = ""


@dataclass(frozen=True)
class RetentionRule:
    """One sentence of the privacy notice, kept by one recurring job."""

    key: str
    label: str | Promise
    job: str

    @property
    def period(self) -> timedelta:
        """How long the data stay, from the settings."""
        return timedelta(days=settings.RETENTION_DAYS[self.key])


_RULES: dict[str, RetentionRule] = {}
_EXPORTERS: dict[str, Exporter] = {}


def register_retention(rule: RetentionRule) -> None:
    """Add a rule for keeping; a second one under the same key is a programming error."""
    if rule.key in _RULES:
        raise RuntimeError(f"Retention rule {rule.key!r} is defined twice.")
    _RULES[rule.key] = rule


def retention_rules() -> list[RetentionRule]:
    """List every rule for keeping, in a stable order, for the privacy notice."""
    return [_RULES[key] for key in sorted(_RULES)]


def kept_for(key: str) -> timedelta:
    """Return how long data under rule ``key`` stay; an unknown key raises ``KeyError``."""
    return _RULES[key].period


def register_exporter(section: str, exporter: Exporter) -> None:
    """Let ``exporter`` contribute ``section`` to the file a person can download (Art. 15, 20)."""
    if section in _EXPORTERS:
        raise RuntimeError(f"Section {section!r} is exported twice.")
    _EXPORTERS[section] = exporter


def exported(person: object) -> dict[str, Any]:
    """Collect everything the apps know of ``person``, ready for JSON."""
    return {section: _EXPORTERS[section](person) for section in sorted(_EXPORTERS)}
