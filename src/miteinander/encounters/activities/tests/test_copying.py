"""Beginning an occasion from another one, and templates."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from miteinander.community.organisations.enums import OrganisationStatus
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.encounters.activities.enums import ActivityStatus, Giving, Setting
from miteinander.encounters.activities.models import Activity
from miteinander.encounters.activities.queries.giving import needed_first
from miteinander.encounters.activities.queries.planning import templates_for
from miteinander.encounters.activities.services import planning
from miteinander.encounters.activities.services.dates import PlannedDate, set_dates
from miteinander.encounters.activities.services.planning.copying import COPIED
from miteinander.encounters.activities.tests.factories import write_words
from miteinander.encounters.activities.tests.pages import page as parts_of
from miteinander.encounters.activities.tests.planners import (
    NOW,
    coordinator,
    planner_of,
    ready_draft,
    told,
)
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.content.enums import VersionState
from miteinander.foundation.core import clock

pytestmark = pytest.mark.django_db
OWN = {
    "id", "created_by", "created_at", "published_at", "status", "is_template", "question",
    "source_uid", "usual_seats",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _held_clock() -> Iterator[None]:
    with clock.held_at(NOW):
        yield


def rich(**more: Any) -> Activity:
    activity = ready_draft(
        giving=Giving.DRAW, local_share=40, newcomer_share=40, min_age=18, most_companions=1,
        setting=Setting.WOMEN, cost_cents=250, has_childcare=True, is_online=True,
        online_url="https://example.org/x", question="Warum?", source_uid="uid-1",
        status=ActivityStatus.PUBLISHED, published_at=NOW, languages=("de", "ar"), **more,
    )  # fmt: skip
    write_words(activity, "ar", VersionState.HUMAN, {"title": "طبخ"})
    write_words(activity, "tr", VersionState.OUTDATED, {"title": "Yemek"})
    return activity


def signed_in(activity: Activity) -> Client:
    client = Client()
    client.force_login(planner_of(activity.organisation))
    return client


def words_of(activity: Activity) -> set[tuple[str, str, str]]:
    return {
        (row.language, row.state, row.parts.get("title", "")) for row in activity.versions.all()
    }


def test_a_copy_has_all_words_and_facts_and_no_dates(monkeypatch: pytest.MonkeyPatch) -> None:
    source = rich()
    planner = planner_of(source.organisation)

    with told(monkeypatch) as heard:
        copied = planning.copy_activity(actor=planner, activity_id=source.pk)

    copied.refresh_from_db()
    assert words_of(copied) == words_of(source)
    assert {row.language for row in copied.languages.all()} == {"de", "ar"}
    for name in COPIED:
        assert getattr(copied, name) == getattr(source, name), name
    assert not copied.dates.exists()
    assert (copied.status, copied.published_at, copied.is_template) == (
        ActivityStatus.DRAFT, None, False,
    )  # fmt: skip
    assert (copied.created_by, copied.question, copied.source_uid) == (planner, "", "")
    assert source.dates.count() == 1
    assert heard == []
    assert AuditEntry.objects.get(verb="activities.copy").details == {"activity": source.pk}


@pytest.mark.parametrize("has_dates", [True, False])
def test_a_copy_begins_with_the_seats_and_the_mix_of_the_latest_date(*, has_dates: bool) -> None:
    source = rich()
    planner = planner_of(source.organisation)
    source.dates.update(capacity=30)
    begun = planning.copy_activity(actor=planner, activity_id=source.pk)
    if not has_dates:  # a copy of a copy, before it has a date of its own
        begun = planning.copy_activity(actor=planner, activity_id=begun.pk)
    starts = NOW + timedelta(days=9)

    set_dates(
        actor=planner, activity_id=begun.pk,
        rows=[PlannedDate(starts, starts + timedelta(hours=2))],
    )  # fmt: skip

    (date,) = begun.dates.all()
    assert (date.capacity, date.kept_local, date.kept_newcomer) == (30, 12, 12)


def test_every_fact_of_an_occasion_is_either_copied_or_its_own() -> None:
    facts = {field.attname for field in Activity._meta.concrete_fields}

    assert facts - set(COPIED) == {
        "created_by_id" if name == "created_by" else name for name in OWN
    }


def test_a_change_of_the_copy_leaves_the_first_as_it_was() -> None:
    source = rich()
    copied = planning.copy_activity(actor=coordinator(), activity_id=source.pk)

    copied.versions.update(parts={"title": "Anders"})
    copied.languages.all().delete()

    assert ("ar", "human", "طبخ") in words_of(source)
    assert source.languages.count() == 2


def test_a_stranger_copies_nothing() -> None:
    source = rich()
    for actor in (PersonFactory.create(), planner_of(ready_draft().organisation)):
        with pytest.raises(PermissionDenied):
            planning.copy_activity(actor=actor, activity_id=source.pk)
        with pytest.raises(PermissionDenied):
            planning.keep_template(actor=actor, activity_id=source.pk)

    assert Activity.objects.filter(organisation=source.organisation).count() == 1


def test_what_a_coordinator_has_hidden_does_not_come_back_as_a_copy() -> None:
    source = rich()
    Activity.objects.filter(pk=source.pk).update(status=ActivityStatus.HIDDEN)
    planner = planner_of(source.organisation)

    with pytest.raises(PermissionDenied):
        planning.copy_activity(actor=planner, activity_id=source.pk)
    answer = signed_in(source).post(reverse("activities:copy", args=[source.pk]))

    assert answer.status_code == 404
    assert Activity.objects.filter(organisation=source.organisation).count() == 1


def test_nothing_is_begun_for_a_hidden_organisation() -> None:
    source = rich()
    source.organisation.status = OrganisationStatus.HIDDEN
    source.organisation.save()

    with pytest.raises(PermissionDenied):
        planning.copy_activity(actor=coordinator(), activity_id=source.pk)
    assert Activity.objects.count() == 1


def test_a_template_is_a_private_copy_without_dates_and_is_never_published() -> None:
    source = rich()
    planner = planner_of(source.organisation)

    kept = planning.keep_template(actor=planner, activity_id=source.pk)

    source.refresh_from_db()
    assert (source.status, source.is_template) == (ActivityStatus.PUBLISHED, False)
    assert (kept.status, kept.is_template, kept.dates.count()) == (ActivityStatus.DRAFT, True, 0)
    for actor in (planner, coordinator()):
        with pytest.raises(ValidationError) as refusal:
            planning.publish_activity(actor=actor, activity_id=kept.pk)
        assert refusal.value.code == "template"
    row = PlannedDate(NOW.replace(year=2027), NOW.replace(year=2027, hour=12))
    with pytest.raises(ValidationError) as refusal:
        set_dates(actor=planner, activity_id=kept.pk, rows=[row])
    assert refusal.value.code == "template"
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.filter(pk=kept.pk).update(status=ActivityStatus.PUBLISHED)
    kept.refresh_from_db()
    assert kept.status == ActivityStatus.DRAFT


def test_only_who_plans_for_the_organisation_finds_its_templates() -> None:
    source = rich()
    kept = planning.keep_template(actor=coordinator(), activity_id=source.pk)
    stranger = planner_of(ready_draft().organisation)

    assert list(templates_for(planner_of(source.organisation))) == [kept]
    assert not templates_for(stranger)
    client = Client()
    client.force_login(stranger)
    assert client.get(reverse("activities:tasks", args=[kept.pk])).status_code == 404


def test_a_new_meeting_starts_from_a_template_with_one_press() -> None:
    source = rich()
    client = signed_in(source)
    client.post(reverse("activities:keep_template", args=[source.pk]))
    kept = Activity.objects.get(is_template=True)

    page = parts_of(client.get(reverse("activities:create")))
    address = page.one("main ul form")["action"]
    answer = client.post(address)

    begun = Activity.objects.get(status=ActivityStatus.DRAFT, is_template=False)
    assert address == reverse("activities:copy", args=[kept.pk])
    assert answer["Location"] == reverse("activities:tasks", args=[begun.pk])
    assert words_of(begun) == words_of(source)


def test_the_pages_of_a_template_offer_no_publishing_and_say_what_it_is() -> None:
    source = rich()
    client = signed_in(source)
    client.post(reverse("activities:keep_template", args=[source.pk]))
    kept = Activity.objects.get(is_template=True)
    publish = reverse("activities:publish", args=[kept.pk])

    for name in ("tasks", "preview", "edit_dates"):
        page = parts_of(client.get(reverse(f"activities:{name}", args=[kept.pk])))
        assert not page.all(f"form[action='{publish}']")
        assert not page.all(f"a[href='{reverse('activities:series', args=[kept.pk])}']")
    client.post(publish)
    kept.refresh_from_db()
    assert kept.status == ActivityStatus.DRAFT
    assert client.post(reverse("activities:discard", args=[kept.pk])).status_code == 302
    assert not Activity.objects.filter(is_template=True).exists()


def test_the_planning_list_offers_a_copy_of_each_and_keeps_templates_apart() -> None:
    source = rich()
    client = signed_in(source)
    client.post(reverse("activities:keep_template", args=[source.pk]))

    page = parts_of(client.get(reverse("activities:plan")))

    offered = [form["action"] for form in page.all("main form")]
    keys = Activity.objects.values_list("pk", flat=True)
    assert set(offered) == {reverse("activities:copy", args=[key]) for key in keys}
    assert len(page.all("main section")) == 2
    client.post(reverse("activities:copy", args=[source.pk]))
    assert Activity.objects.filter(is_template=False).count() == 2


def test_a_browser_may_send_every_form_of_the_planning_pages() -> None:
    source = rich()
    kept = planning.keep_template(actor=coordinator(), activity_id=source.pk)
    client = Client(enforce_csrf_checks=True)
    client.force_login(planner_of(source.organisation))
    pages = [
        reverse("activities:plan"), reverse("activities:create"),
        *(reverse("activities:tasks", args=[key]) for key in (source.pk, kept.pk)),
    ]  # fmt: skip

    for address in pages:
        forms = parts_of(client.get(address)).all("main form[method=post]")
        copies = [form for form in forms if form.attributes.get("action", "").endswith("/copy/")]
        assert copies
        for form in copies:
            token = form.one("input[name=csrfmiddlewaretoken]")["value"]
            answer = client.post(form["action"], {"csrfmiddlewaretoken": token})
            assert answer.status_code == 302


def test_the_page_for_something_new_asks_the_same_with_one_template_and_with_five(
    django_assert_max_num_queries: Any,
) -> None:
    source = rich()
    client = signed_in(source)
    address = reverse("activities:create")
    planning.keep_template(actor=coordinator(), activity_id=source.pk)
    client.get(address)
    with django_assert_max_num_queries(20) as few:
        client.get(address)
    for _number in range(4):
        planning.keep_template(actor=coordinator(), activity_id=source.pk)
    with django_assert_max_num_queries(len(few)):
        client.get(address)


def test_a_template_is_no_meeting_people_can_have_been_at() -> None:
    source = rich()
    planner = planner_of(source.organisation)
    kept = planning.keep_template(actor=planner, activity_id=source.pk)

    with pytest.raises(ValidationError) as refusal:
        planning.set_giving(actor=planner, activity_id=source.pk, changes={"required_id": kept.pk})

    assert refusal.value.code == "required"
    assert kept.pk not in dict(needed_first(source))
