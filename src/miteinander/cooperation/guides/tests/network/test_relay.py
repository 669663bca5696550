"""Words a guide and who asked pass on to each other, without an address."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from miteinander.community.people.models import Person
from miteinander.cooperation.guides.models import Assignment, Guide, RelayedWords, RequestContact
from miteinander.cooperation.guides.services import relay
from miteinander.cooperation.guides.tests.network.factories import AssignmentFactory
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")


@pytest.fixture
def assignment() -> Assignment:
    row: Assignment = AssignmentFactory.create()
    return row


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def refusal(step: Callable[[], object]) -> str:
    with pytest.raises(ValidationError) as caught:
        step()
    return str(caught.value.code)


def test_words_are_passed_on_both_ways_without_an_address(
    assignment: Assignment, run_jobs: Callable[[], int]
) -> None:
    guide, token = assignment.guide.person, assignment.request.token
    visitor, own = Client(), signed_in(guide)
    for _twice in range(2):
        visitor.post(
            reverse("guides:write_to_guide", args=[token]),
            {"words": "Der Eingang ist hinten.", "entry": "one"},
        )
    own.post(
        reverse("guides:write_to_requester", args=[assignment.pk]),
        {"words": "Danke, bis dann!", "entry": "two"},
    )
    run_jobs()
    bodies = {one.to[0]: str(one.body) for one in mail.outbox}
    assert "Der Eingang ist hinten." in bodies[str(guide.email)]
    assert "Danke, bis dann!" in bodies["sekretariat@schule.example"]
    assert str(guide.email) not in bodies["sekretariat@schule.example"]
    assert "sekretariat@schule.example" not in bodies[str(guide.email)]
    assert len(mail.outbox) == 2
    mine = visitor.get(reverse("guides:request_mine", args=[token])).content.decode()
    assert "Danke, bis dann!" in mine
    assert str(guide.email) not in mine
    assert "Der Eingang" not in RelayedWords.objects.earliest("pk").sealed


def test_a_guide_may_show_the_address(assignment: Assignment) -> None:
    Guide.objects.filter(pk=assignment.guide_id).update(has_relay=False)
    page = Client().get(reverse("guides:request_mine", args=[assignment.request.token]))
    assert str(assignment.guide.person.email) in page.content.decode()


@pytest.mark.parametrize(("words", "code"), [(" \n ", "empty"), ("a" * 601, "too_long")])
def test_wrong_words_are_refused(assignment: Assignment, words: str, code: str) -> None:
    wrong = refusal(
        lambda: relay.pass_on(
            actor=SYSTEM, assignment_id=assignment.pk, words=words, entry="x", is_from_guide=False
        )
    )
    assert wrong == code


def test_nobody_writes_once_the_contact_is_deleted(assignment: Assignment) -> None:
    RequestContact.objects.all().delete()
    wrong = refusal(
        lambda: relay.pass_on(
            actor=SYSTEM, assignment_id=assignment.pk, words="a", entry="x", is_from_guide=False
        )
    )
    assert wrong == "over"
