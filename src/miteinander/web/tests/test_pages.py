from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from miteinander.community.people.tests.factories import PersonFactory
from miteinander.community.regions.tests.factories import RegionFactory
from miteinander.encounters.activities.tests.factories import ActivityFactory, DateFactory
from miteinander.encounters.spaces.tests.factories import VenueFactory
from miteinander.foundation.core import clock
from miteinander.foundation.core.models import Instance
from miteinander.foundation.core.permissions import SystemActor
from miteinander.foundation.core.privacy import kept_for, retention_rules
from miteinander.web.jobs import forget_old_feedback
from miteinander.web.models import Feedback

pytestmark = pytest.mark.django_db
STATIC = [
    "about/", "how-it-works/", "plain/", "accessibility/", "privacy/", "imprint/", "contact/",
]  # fmt: skip


@pytest.mark.parametrize("path", ["", *STATIC])
@pytest.mark.parametrize("language", ["de", "ar", "de-simple"])
def test_a_public_page_shows_its_heading_and_sets_no_cookie(
    client: Client, path: str, language: str
) -> None:
    response = client.get(f"/{language}/{path}")

    assert response.status_code == 200
    assert response.content.count(b"<h1") == 1
    assert f'lang="{language}"'.encode() in response.content
    assert not response.cookies
    assert b"csrfmiddlewaretoken" not in response.content


@pytest.mark.parametrize("count", [1, 5])
def test_the_home_page_takes_few_queries_however_much_is_on(
    client: Client, django_assert_max_num_queries: Any, count: int
) -> None:
    for _number in range(count):
        DateFactory.create(activity=ActivityFactory.create())
    client.get("/de/")

    with django_assert_max_num_queries(12):
        response = client.get("/de/")

    assert response.content.count(b"date-badge-day") == count


def test_the_home_page_begins_with_what_is_near_somebody_who_is_signed_in(client: Client) -> None:
    here = RegionFactory.create(latitude=51.2, longitude=9.4)
    far = RegionFactory.create(latitude=51.6, longitude=9.7)
    near_date = DateFactory.create(
        activity=ActivityFactory.create(venue=VenueFactory.create(municipality=here))
    )
    far_date = DateFactory.create(
        activity=ActivityFactory.create(venue=VenueFactory.create(municipality=far))
    )
    client.force_login(
        PersonFactory.create(municipality=here),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )

    page = client.get("/de/").content.decode()

    assert f'"{near_date.get_absolute_url()}"' in page
    assert f'"{far_date.get_absolute_url()}"' not in page


def test_without_anything_on_the_home_page_invites(client: Client) -> None:
    assert b"empty-state" in client.get("/de/").content


def test_the_privacy_notice_and_the_jobs_speak_of_the_same_periods(client: Client) -> None:
    page = client.get("/en/privacy/").content.decode()

    assert {rule.key for rule in retention_rules()} <= set(settings.RETENTION_DAYS)
    for rule in retention_rules():
        assert rule.period == kept_for(rule.key)
        years, rest = divmod(rule.period.days, 365)
        assert (f"{rule.period.days} day" if rest else f"{years} year") in page


def test_the_footer_shows_emblem_and_sentence_of_the_grant_and_whom_to_call(
    client: Client,
) -> None:
    Instance.objects.create(
        pk=1, name="VIPs", funding_notice="Kofinanziert. <b>", contact_phone="+49 561 123456"
    )

    page = client.get("/ar/").content.decode()

    footer = page[page.index("<footer") :]
    assert "Kofinanziert. &lt;b&gt;" in footer
    assert "eu-emblem" in footer
    assert "+49 561 123456" in footer


def test_without_a_sentence_of_a_grant_nobody_claims_to_be_funded(client: Client) -> None:
    Instance.objects.create(pk=1, name="VIPs")

    assert "eu-emblem" not in client.get("/de/").content.decode()


def test_feedback_is_kept_and_passed_on(client: Client, run_jobs: Callable[[], int]) -> None:
    Instance.objects.create(pk=1, contact_email="kontakt@example.org")

    response = client.post(
        "/ar/accessibility/feedback/",
        {"message": "الزر صغير", "page": "/ar/", "reply_to": "leser@example.org"},
        follow=True,
    )
    run_jobs()

    assert response.status_code == 200
    assert Feedback.objects.get().message == "الزر صغير"
    (sent,) = mail.outbox
    assert sent.to == ["kontakt@example.org"]
    assert "الزر صغير" in str(sent.body)


@pytest.mark.parametrize("reply_to", ["nonsense", "a@example.org\r\nBcc: b@example.org"])
def test_feedback_with_a_bad_address_is_not_lost(client: Client, reply_to: str) -> None:
    response = client.post(
        "/de/accessibility/feedback/", {"message": "Zu klein", "reply_to": reply_to}
    )

    assert response.status_code == 200
    assert b"Zu klein" in response.content
    assert not Feedback.objects.exists()


def test_old_feedback_is_forgotten() -> None:
    old = Feedback.objects.create(message="alt", language="de")
    Feedback.objects.filter(pk=old.pk).update(
        sent_at=clock.now() - kept_for("web.feedback") - timedelta(days=1)
    )
    fresh = Feedback.objects.create(message="neu", language="de")

    forget_old_feedback.call()

    assert list(Feedback.objects.all()) == [fresh]
    assert SystemActor("retention").pk is None
