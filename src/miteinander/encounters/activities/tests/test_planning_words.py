"""Writing the words: the original, versions, conflicts, and what it is found by."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from miteinander.community.organisations.tests.factories import OrganisationFactory
from miteinander.encounters.activities.messages import ActivityChanged
from miteinander.encounters.activities.models import Activity
from miteinander.encounters.activities.queries.tasks import original_parts
from miteinander.encounters.activities.services.locking import ChangedMeanwhile, fingerprint
from miteinander.encounters.activities.services.words import (
    names_of,
    words_of,
    write_version,
    write_words,
)
from miteinander.encounters.activities.tests.factories import ActivityFactory
from miteinander.encounters.activities.tests.planners import planner_of, ready_draft, told
from miteinander.foundation.content.enums import VersionState
from miteinander.foundation.content.models import Version
from miteinander.foundation.content.queries import matching_ids
from miteinander.foundation.content.services import FactsDiffer

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    with told(monkeypatch) as messages:
        yield messages


def test_new_words_make_other_versions_outdated_and_are_told(heard: list[object]) -> None:
    activity = ActivityFactory.create()
    planner = planner_of(activity.organisation)
    write_version(
        actor=planner, activity_id=activity.pk, language="en", parts={"title": "Cooking"},
        differences_confirmed=True,
    )  # fmt: skip
    heard.clear()

    write_words(actor=planner, activity_id=activity.pk, parts={"summary": "Wir backen."})

    activity = Activity.objects.get(pk=activity.pk)
    assert original_parts(activity)["summary"] == "Wir backen."
    assert original_parts(activity)["description"] == "Wir kochen und essen zusammen."
    assert activity.versions.get(language="en").state == VersionState.OUTDATED
    assert heard == [ActivityChanged(activity_id=activity.pk)]


def test_the_same_words_again_change_and_tell_nothing(heard: list[object]) -> None:
    activity = ActivityFactory.create()

    write_words(
        actor=planner_of(activity.organisation),
        activity_id=activity.pk,
        parts=original_parts(activity),
        topic=activity.topic,
        seen="older",
    )

    assert heard == []


def test_an_occasion_is_found_by_its_words_its_place_and_who_invites() -> None:
    activity = ready_draft()

    write_words(
        actor=planner_of(activity.organisation),
        activity_id=activity.pk,
        parts={"title": "Apfelkuchen"},
    )

    assert activity.venue
    for query in ("apfelkuchen", activity.venue.name, activity.organisation.name):
        assert list(matching_ids(Activity, query) or []) == [activity.pk], query


@pytest.mark.parametrize(
    ("parts", "topic"),
    [
        ({"title": " "}, None),
        ({"title": "x" * 121}, None),
        ({"summary": "x" * 301}, None),
        ({"summary": ""}, None),
        ({}, "chess"),
        ({}, ""),
    ],
)
def test_words_that_do_not_fit_are_refused(
    parts: dict[str, str], topic: str | None, heard: list[object]
) -> None:
    activity = ActivityFactory.create()
    before = words_of(activity)

    with pytest.raises(ValidationError):
        write_words(
            actor=planner_of(activity.organisation),
            activity_id=activity.pk,
            parts=parts,
            topic=topic,
        )

    assert words_of(Activity.objects.get(pk=activity.pk)) == before
    assert heard == []


def test_words_somebody_else_wrote_meanwhile_stay(heard: list[object]) -> None:
    activity = ActivityFactory.create()
    seen = fingerprint({**words_of(activity), "summary": "Something older"})

    with pytest.raises(ChangedMeanwhile):
        write_words(
            actor=planner_of(activity.organisation),
            activity_id=activity.pk,
            parts={"summary": "Mine"},
            seen=seen,
        )

    assert original_parts(activity)["summary"] == "Wir kochen zusammen."
    assert heard == []


def test_a_version_that_changes_a_number_needs_a_confirmation(heard: list[object]) -> None:
    activity = ready_draft(parts__summary="Um 18:00 Uhr im Hof.")
    planner = planner_of(activity.organisation)
    parts = {"title": "Cooking", "summary": "At 19:00 in the yard."}

    with pytest.raises(FactsDiffer) as error:
        write_version(actor=planner, activity_id=activity.pk, language="en", parts=parts)
    assert error.value.differences
    assert not Version.objects.filter(language="en").exists()

    write_version(
        actor=planner, activity_id=activity.pk, language="en", parts=parts,
        differences_confirmed=True,
    )  # fmt: skip
    assert Version.objects.get(language="en").state == VersionState.HUMAN
    assert heard == []


def test_names_of_contact_place_street_and_organisation_may_not_change() -> None:
    activity = ActivityFactory.create()

    assert activity.venue
    assert set(names_of(activity)) == {
        activity.contact_name,
        activity.organisation.name,
        activity.venue.name,
        activity.venue.street,
    }


@pytest.mark.parametrize("language", ["de", "xx"])
def test_there_is_no_version_in_the_original_or_an_unknown_language(language: str) -> None:
    activity = ActivityFactory.create()

    with pytest.raises(ValidationError):
        write_version(
            actor=planner_of(activity.organisation),
            activity_id=activity.pk,
            language=language,
            parts={"title": "Cooking"},
        )

    assert Version.objects.count() == 1


def test_somebody_else_writes_nothing(heard: list[object]) -> None:
    activity = ActivityFactory.create()
    stranger = planner_of(OrganisationFactory.create())

    with pytest.raises(PermissionDenied):
        write_words(actor=stranger, activity_id=activity.pk, parts={"summary": "Mine"})
    with pytest.raises(PermissionDenied):
        write_version(
            actor=stranger, activity_id=activity.pk, language="en", parts={"title": "Mine"}
        )

    assert Version.objects.count() == 1
    assert original_parts(activity)["summary"] == "Wir kochen zusammen."
    assert heard == []
