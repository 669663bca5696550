"""The record is written, read by administrators, never changed, and forgotten in time."""

import ast
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from miteinander.community.organisations.tests.factories import (
    CoordinatorRoleFactory,
    OrganisationFactory,
)
from miteinander.community.people.tests.factories import AdministratorFactory, PersonFactory
from miteinander.foundation.audit import verbs
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.audit.queries import RecordCriteria, entries, export_person
from miteinander.foundation.audit.services import forget_old_entries, record
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
SOURCE = Path(__file__).parents[3]
ADDRESS = "audit:record"


def written(verb: str = "organisations.hide", **more: Any) -> AuditEntry:
    return record(actor=SystemActor(), verb=verb, **more)


def test_an_entry_names_actor_act_and_object_by_kind_and_key() -> None:
    person, organisation = PersonFactory.create(), OrganisationFactory.create()
    entry = record(actor=person, verb="organisations.hide", obj=organisation)
    assert entry.actor == person
    assert entry.label == f"organisation {organisation.pk}"
    assert (entry.object_id, entry.content_type.model) == (organisation.pk, "organisation")  # type: ignore[union-attr]
    assert person.name not in f"{entry} {entry.details}"


def test_an_object_without_a_name_is_shown_with_the_word_for_its_kind() -> None:
    person = PersonFactory.create()
    nameless = record(actor=person, verb="people.change", obj=person)
    named = record(actor=person, verb="organisations.hide", obj=person, label=f"Haus {person.pk}")
    unknown = record(actor=person, verb="x.y", label="sermon 5")
    with translation.override("de"):
        assert nameless.shown_label == f"Person {person.pk}"
    assert (named.shown_label, unknown.shown_label) == (f"Haus {person.pk}", "sermon 5")


def test_a_long_label_is_cut_and_no_object_is_needed() -> None:
    entry = written(label="x" * 500)
    assert len(entry.label) == 160
    assert entry.content_type is None
    assert entry.actor is None


def test_the_database_refuses_to_change_an_entry() -> None:
    entry = written()
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).update(verb="other")
    entry.verb = "other"
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save()
    entry.refresh_from_db()
    assert entry.verb == "organisations.hide"


def test_entries_are_deleted_by_the_clock_and_by_age_only() -> None:
    entry = written()
    late = clock.now() + timedelta(days=1096)
    with pytest.raises(PermissionDenied):
        forget_old_entries(actor=AdministratorFactory.create(), now=late)
    assert forget_old_entries(actor=SystemActor(), now=clock.now()) == 0
    assert AuditEntry.objects.get() == entry
    assert forget_old_entries(actor=SystemActor(), now=late) == 1


def test_only_administrators_read_the_record(client: Client) -> None:
    written(label="Heimatverein")
    address = reverse(ADDRESS)
    assert client.get(address).status_code == 404
    for person in (CoordinatorRoleFactory.create().person, PersonFactory.create()):
        client.force_login(person)
        assert client.get(address).status_code == 404
        with pytest.raises(PermissionDenied):
            entries(actor=person, criteria=RecordCriteria())
    client.force_login(AdministratorFactory.create())
    page = client.get(address).content.decode()
    assert "Heimatverein" in page
    assert str(verbs.described("organisations.hide")) in page


def test_the_newest_stands_first_and_filters_narrow() -> None:
    administrator = AdministratorFactory.create()
    older, newer = written("organisations.hide"), written("organisations.show")
    everything = entries(actor=administrator, criteria=RecordCriteria())
    assert list(everything) == [newer, older]
    one = entries(actor=administrator, criteria=RecordCriteria(verb="organisations.hide"))
    assert list(one) == [older]
    today = clock.today()
    assert entries(actor=administrator, criteria=RecordCriteria(since=today, until=today))
    tomorrow = RecordCriteria(since=today + timedelta(days=1))
    assert not entries(actor=administrator, criteria=tomorrow)
    yesterday = RecordCriteria(until=today - timedelta(days=1))
    assert not entries(actor=administrator, criteria=yesterday)


@pytest.mark.parametrize("size", [1, 5])
def test_the_page_takes_the_same_queries_for_any_number(
    client: Client, size: int, django_assert_max_num_queries: Any
) -> None:
    for _number in range(size):
        record(actor=PersonFactory.create(), verb="organisations.hide")
    client.force_login(AdministratorFactory.create())
    client.get(reverse(ADDRESS))
    with django_assert_max_num_queries(10):
        assert client.get(reverse(ADDRESS)).status_code == 200


@pytest.mark.parametrize("query", [{"verb": "none"}, {"since": "x"}, {"page": "-1"}])
def test_a_filter_that_makes_no_sense_does_not_break_the_page(
    client: Client, query: dict[str, str]
) -> None:
    client.force_login(AdministratorFactory.create())
    assert client.get(reverse(ADDRESS), query).status_code == 200


def test_people_take_along_what_they_did() -> None:
    person = PersonFactory.create()
    record(actor=person, verb="organisations.hide", label="Heimatverein")
    written()
    [act] = export_person(person)["acts"]
    assert (act["verb"], act["label"]) == ("organisations.hide", "Heimatverein")


def test_an_undescribed_verb_is_shown_as_it_is_and_described_once() -> None:
    assert written("nobody.described").sentence == "nobody.described"
    with pytest.raises(RuntimeError):
        verbs.register("organisations.hide", "again")


def _verbs_in(path: Path) -> set[str]:
    return {
        keyword.value.value
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "verb"
        and isinstance(keyword.value, ast.Constant)
        and isinstance(keyword.value.value, str)
        and "." in keyword.value.value
    }


def test_every_verb_that_a_service_writes_has_a_sentence() -> None:
    sources = [path for path in SOURCE.rglob("*.py") if "tests" not in path.parts]
    used = set().union(*(_verbs_in(path) for path in sources))
    assert used - set(verbs.known()) == set()
