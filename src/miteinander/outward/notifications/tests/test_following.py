"""Following: with an account, by a confirmed address, and how it ends."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from miteinander.community.organisations.tests.factories import OrganisationFactory
from miteinander.community.people.models import Person
from miteinander.community.people.queries import idle_people
from miteinander.community.people.services import erase_person
from miteinander.community.people.tests.factories import GuestFactory, PersonFactory
from miteinander.community.regions.tests.factories import DistrictFactory, RegionFactory
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor
from miteinander.foundation.core.privacy import exported
from miteinander.outward.notifications import services
from miteinander.outward.notifications.enums import Frequency
from miteinander.outward.notifications.interests import Wanted
from miteinander.outward.notifications.models import Follow, FollowRequest, Letter, MailWishes
from miteinander.outward.notifications.queries import reminder_key
from miteinander.outward.notifications.services import Address
from miteinander.outward.notifications.tests.factories import FollowFactory, announced

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], int]
SYSTEM = SystemActor()
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FORM = "/en/messages/follow/"


def page(person: Person) -> str:
    return f"/en/messages/reminders/{reminder_key(person.pk)}/"


def ask(client: Client, **fields: str) -> str:
    """Send the form as a visitor and return the page behind the link in the mail."""
    client.post(FORM, {"email": "neu@example.org", **fields})
    return FORM


def link(run_jobs: RunJobs) -> str:
    run_jobs()
    found = re.search(r"http\S+?(/en/messages/follow/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def test_an_account_follows_a_municipality_with_one_form(client: Client) -> None:
    person, town = PersonFactory.create(), RegionFactory.create(name="Baunatal")
    client.force_login(person, BACKEND)
    shown = client.get(f"{FORM}?place={town.slug}&topic=food").content.decode()
    assert f'value="{town.slug}" selected' in shown
    assert 'value="food" selected' in shown
    assert 'name="email"' not in shown
    answer = client.post(FORM, {"place": town.slug, "km": "20", "topic": "food"}, follow=True)
    assert answer.redirect_chain[0][0] == page(person)
    assert "Baunatal and up to 20 km around" in answer.content.decode()
    follow = Follow.objects.get()
    assert (follow.municipality, follow.km, follow.topic) == (town, 20, "food")
    assert MailWishes.objects.get().frequency == Frequency.WEEKLY


def test_the_same_twice_is_followed_once() -> None:
    person = PersonFactory.create()
    for _number in range(2):
        services.follow(actor=person, person_id=person.pk, wanted=Wanted(topic="food"))
    assert Follow.objects.count() == 1
    assert AuditEntry.objects.filter(verb="notifications.follow").count() == 1


def test_nobody_follows_more_than_one_can_read() -> None:
    person = PersonFactory.create()
    places = [RegionFactory.create() for _number in range(services.MOST_FOLLOWS + 1)]
    for place in places[:-1]:
        services.follow(actor=person, person_id=person.pk, wanted=Wanted(municipality=place))
    with pytest.raises(ValidationError, match="30"):
        services.follow(actor=person, person_id=person.pk, wanted=Wanted(municipality=places[-1]))
    assert Follow.objects.count() == services.MOST_FOLLOWS


def test_nobody_chooses_for_somebody_else() -> None:
    follow, stranger = FollowFactory.create(), PersonFactory.create()
    pk = follow.person_id
    for act in (
        lambda: services.follow(actor=stranger, person_id=pk, wanted=Wanted(topic="food")),
        lambda: services.unfollow(actor=stranger, person_id=pk, follow_id=follow.pk),
        lambda: services.set_frequency(actor=stranger, person_id=pk, frequency=Frequency.NONE),
        lambda: services.confirm_follow(actor=stranger, request_id=1),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert Follow.objects.get() == follow
    assert MailWishes.objects.get().frequency == Frequency.WEEKLY


def test_nothing_happens_before_the_button_behind_the_link(
    client: Client, run_jobs: RunJobs
) -> None:
    ask(client, topic="food")
    assert not Person.objects.exists()
    address = link(run_jobs)
    assert "food" not in mail.outbox[0].subject.lower()
    for _number in range(2):
        assert client.get(address).status_code == 200
        client.head(address)
    assert not Person.objects.exists()
    assert not Follow.objects.exists()
    answer = client.post(address, follow=True)
    assert "Cooking and eating" in answer.content.decode()
    person = Person.objects.get()
    assert (person.email, person.language, person.has_account) == ("neu@example.org", "en", False)
    assert client.post(address).status_code == 302
    assert Follow.objects.count() == 1


def test_known_and_unknown_addresses_get_the_same_answer(client: Client, run_jobs: RunJobs) -> None:
    PersonFactory.create(email="known@example.org")
    answers = []
    for email in ("known@example.org", "unknown@example.org"):
        answer = client.post(FORM, {"email": email})
        answers.append((answer.status_code, answer.headers["Location"]))
        assert client.get(answer.headers["Location"]).status_code == 200
    assert len(set(answers)) == 1
    run_jobs()
    first, second = (re.sub(r"follow/\S+", "", str(one.body)) for one in mail.outbox)
    assert first == second


def test_a_known_guest_confirms_for_the_row_there_is(client: Client, run_jobs: RunJobs) -> None:
    guest = GuestFactory.create(email="neu@example.org", name="Amal")
    ask(client)
    client.post(link(run_jobs))
    assert Follow.objects.get().person == guest
    assert Person.objects.count() == 1


def test_an_address_is_asked_a_few_times_only(client: Client) -> None:
    answers = [client.post(FORM, {"email": "neu@example.org"}).status_code for _n in range(6)]
    assert answers == [302] * 4 + [429] * 2
    assert FollowRequest.objects.count() == 4


@pytest.mark.parametrize("email", ["", "x", "a@b\r\nBcc: c@example.org", "a" * 300 + "@b.de"])
def test_what_is_no_address_is_said_at_the_field(client: Client, email: str) -> None:
    answer = client.post(FORM, {"email": email, "topic": "food"})
    assert answer.status_code == 200
    assert "<title>Error:" in answer.content.decode().replace("\n", "").replace("  ", "")
    assert not FollowRequest.objects.exists()


@pytest.mark.parametrize("value", ["x", "\u202e", "1' or 1=1", "x" * 5000])
def test_choices_nobody_offered_are_refused(client: Client, value: str) -> None:
    assert client.get(FORM, {"place": value, "km": value, "organisation": value}).status_code == 200
    answer = client.post(FORM, {"email": "neu@example.org", "place": value, "topic": value})
    assert answer.status_code == 200
    assert not FollowRequest.objects.exists()


def test_an_unconfirmed_address_is_gone_after_seven_days(client: Client, run_jobs: RunJobs) -> None:
    ask(client)
    address = link(run_jobs)
    with clock.held_at(clock.now() + timedelta(days=6)):
        assert services.forget_follow_requests(actor=SYSTEM, now=clock.now()) == 0
    with clock.held_at(clock.now() + timedelta(days=7, hours=1)):
        assert services.forget_follow_requests(actor=SYSTEM, now=clock.now()) == 1
    assert client.get(address).status_code == 410
    assert client.post(address).status_code == 410
    assert not Person.objects.exists()


@pytest.mark.parametrize("key", ["1", "1.x", "x.y", "..", "9" * 300, "\u202e"])
def test_a_forged_link_confirms_nothing(client: Client, key: str) -> None:
    ask(client)
    assert client.post(f"{FORM}{key}/").status_code == 404
    assert not Follow.objects.exists()


def test_each_follow_ends_by_itself_and_only_by_its_own_key(client: Client) -> None:
    one = FollowFactory.create(topic="food")
    other = FollowFactory.create(topic="music", person=one.person)
    stranger = FollowFactory.create()
    client.post(f"{page(one.person)}follow/{stranger.pk}/remove/")
    assert Follow.objects.count() == 3
    answer = client.post(f"{page(one.person)}follow/{one.pk}/remove/", follow=True)
    assert set(Follow.objects.all()) == {other, stranger}
    assert "Cooking and eating" not in answer.content.decode()


def test_how_often_is_chosen_on_the_page(client: Client) -> None:
    person = FollowFactory.create().person
    client.post(f"{page(person)}how-often/", {"frequency": "daily"})
    assert MailWishes.objects.get().frequency == Frequency.DAILY
    client.post(f"{page(person)}how-often/", {"frequency": "hourly"})
    assert MailWishes.objects.get().frequency == Frequency.DAILY


def test_one_click_in_the_mail_ends_news_and_no_reminders(
    client: Client, run_jobs: RunJobs
) -> None:
    person = FollowFactory.create().person
    announced(starts_at=clock.now() + timedelta(days=40))
    with clock.held_at(clock.now() + timedelta(days=8)):
        services.send_news(actor=SYSTEM, now=clock.now())
        run_jobs()
    headers = mail.outbox[0].message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = re.sub(r"^<https?://[^/]+", "", headers["List-Unsubscribe"]).rstrip(">")
    assert client.get(path).status_code == 200
    assert MailWishes.objects.get().frequency == Frequency.WEEKLY
    strict = Client(enforce_csrf_checks=True)
    for _number in range(2):
        assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    wishes = MailWishes.objects.get(person=person)
    assert wishes.frequency == Frequency.NONE
    assert wishes.reminders_off_at is None
    assert Follow.objects.count() == 1


def test_whoever_ended_news_and_follows_again_hears_of_it(client: Client) -> None:
    person = FollowFactory.create().person
    services.set_frequency(actor=person, person_id=person.pk, frequency=Frequency.NONE)
    services.follow(actor=person, person_id=person.pk, wanted=Wanted(topic="food"))
    assert MailWishes.objects.get().frequency == Frequency.WEEKLY


def test_kept_pages_carry_a_link_and_no_token(client: Client) -> None:
    town = RegionFactory.create(parent=DistrictFactory.create())
    organisation = OrganisationFactory.create(municipality=town)
    query = f"place={town.slug}&km=20&language=ar&topic=food&audience=women&free=on&wheelchair=on"
    for path, expected in (
        (f"/en/activities/?{query}&when=week", f"follow/?place={town.slug}&amp;km=20&amp;language"),
        (town.get_absolute_url(), f"follow/?place={town.slug}"),
        (organisation.get_absolute_url(), f"follow/?organisation={organisation.slug}"),
    ):
        answer = client.get(path)
        assert expected in answer.content.decode()
        assert "csrfmiddlewaretoken" not in answer.content.decode()
        assert answer.headers.get("X-Public-Page") == "1"


def test_a_hidden_organisation_is_not_named(client: Client) -> None:
    organisation = OrganisationFactory.create(status="hidden", name="Geheimnisverein")
    shown = client.get(f"{FORM}?organisation={organisation.slug}").content.decode()
    assert "Geheimnisverein" not in shown


def test_what_is_followed_is_taken_along_and_forgotten_with_the_person(client: Client) -> None:
    person = FollowFactory.create(topic="food", person__email="weg@example.org").person
    services.ask_to_follow(
        actor=SYSTEM, address=Address("weg@example.org", "de"), wanted=Wanted(topic="music")
    )
    with translation.override("en"):
        told = exported(person)["following"]
    assert told["frequency"] == "weekly"
    assert told["follows"][0]["what"] == ["Cooking and eating"]
    assert told["waiting_for_confirmation"][0]["what"] == ["Music and dance"]
    erase_person(actor=person, person_id=person.pk)
    for model in (Follow, FollowRequest, MailWishes, Letter):
        assert not model.objects.exists()


def test_whoever_follows_something_is_not_idle_at_once() -> None:
    past = clock.now() - timedelta(days=900)
    quiet, follower = (GuestFactory.create(created_at=past) for _number in range(2))
    FollowFactory.create(person=follower)
    assert idle_people(actor=SYSTEM, now=clock.now()) == [quiet.pk]


def test_a_long_list_takes_no_more_queries(client: Client) -> None:
    person, counts = PersonFactory.create(), []
    for size in (10, 50):
        for _number in range(size):
            FollowFactory.create(
                person=person, municipality=RegionFactory.create(),
                organisation=OrganisationFactory.create(),
            )  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page(person)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15
