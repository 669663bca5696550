from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from miteinander.community.people.tests.factories import PersonFactory
from miteinander.encounters.activities.enums import ActivityStatus, PollStatus, Setting
from miteinander.encounters.activities.models import (
    Activity,
    ActivityDate,
    DatePoll,
    Participation,
    PollAnswer,
)
from miteinander.encounters.activities.services import polls
from miteinander.encounters.activities.tests.factories import (
    ActivityFactory,
    DateFactory,
    ParticipationFactory,
    PollAnswerFactory,
    PollFactory,
)
from miteinander.encounters.activities.tests.pages import Node, page
from miteinander.encounters.activities.tests.planners import planner_of
from miteinander.foundation.core import clock

pytestmark = pytest.mark.django_db
MARIA = {"name": "Maria", "email": "maria@example.org", "language": "uk"}
OLENA = {"name": "Олена", "phone": "0561 123456", "language": "uk"}


def address(poll: DatePoll) -> str:
    return f"/en/activities/polls/{poll.token}/"


def votes(poll: DatePoll, *choices: str) -> dict[str, str]:
    names = [f"date_{pk}" for pk in poll.dates.values_list("pk", flat=True)]
    return dict(zip(names, choices or ["yes"] * len(names), strict=True))


def entry_of(client: Client, poll: DatePoll) -> dict[str, str]:
    return {"entry": page(client.get(address(poll))).one("input[name='entry']")["value"]}


def decided(poll: DatePoll, number: int = 0) -> ActivityDate:
    planner = planner_of(poll.activity.organisation)
    chosen = poll.dates.all()[number]
    polls.decide_poll(actor=planner, poll_id=poll.pk, poll_date_id=chosen.pk)
    return ActivityDate.objects.get(activity=poll.activity)


def notices(shown: Node) -> str:
    return " ".join(node.text for node in shown.all(".notice"))


def test_a_guest_says_which_dates_suit_and_finds_the_private_link_in_the_mail(
    client: Client, run_jobs: Callable[[], int]
) -> None:
    poll = PollFactory.create()
    shown = page(client.get(address(poll)))
    assert shown.one("h1").text == "Which date suits you?"
    assert len(shown.all("fieldset.poll-date")) == 3
    assert len(shown.all("fieldset.poll-date input[type='radio']")) == 9

    typed = MARIA | votes(poll, "yes", "maybe", "no") | entry_of(client, poll)
    sent = client.post(address(poll), typed, follow=True)

    assert page(sent).one("h1").text == "Thank you"
    answer = PollAnswer.objects.get()
    assert answer.token not in sent.content.decode()
    run_jobs()
    assert f"/uk/activities/polls/mine/{answer.token}/" in str(mail.outbox[0].body)


def test_the_same_screen_thanks_whoever_types_an_address_that_has_answered(
    client: Client,
) -> None:
    poll = PollFactory.create()
    screens = []
    for choice in ("yes", "no"):
        typed = MARIA | votes(poll, choice, choice, choice) | entry_of(client, poll)
        sent = client.post(address(poll), typed, follow=True)
        screens.append((sent.redirect_chain, page(sent).one("main").text))
    assert screens[0] == screens[1]
    assert PollAnswer.objects.get().votes.filter(choice="yes").count() == 3


def test_with_a_telephone_only_the_private_page_is_not_shown_but_works(
    client: Client,
) -> None:
    poll = PollFactory.create()
    typed = OLENA | votes(poll) | entry_of(client, poll)
    sent = client.post(address(poll), typed, follow=True)
    token = PollAnswer.objects.get().token
    assert token not in sent.redirect_chain[-1][0] + sent.content.decode()
    mine = reverse("activities:poll_mine", args=[token])
    assert len(page(client.get(mine)).all("input[value='yes'][checked]")) == 3

    client.post(mine, votes(poll, "no", "no", "maybe"))

    assert sorted(PollAnswer.objects.get().votes.values_list("choice", flat=True)) == [
        "maybe", "no", "no",
    ]  # fmt: skip


def test_each_date_without_an_answer_is_named_and_nothing_is_stored(client: Client) -> None:
    poll = PollFactory.create()
    answered = page(client.post(address(poll), MARIA | entry_of(client, poll)))
    assert answered.one("title").text.startswith("Error")
    assert len(answered.all("fieldset.field-wrong")) == 3
    assert not PollAnswer.objects.exists()


def test_counts_are_shown_and_names_and_sides_are_not(client: Client) -> None:
    poll = PollFactory.create()
    row = PollAnswerFactory.create(poll=poll, votes=("yes", "maybe", "no"), side="newcomer")
    PollAnswerFactory.create(poll=poll, votes=("yes", "no", "no"))
    text = page(client.get(address(poll))).one("main").text
    assert "2 people can come" in text
    assert "1 person if need be" in text
    assert row.person.name not in text


def test_somebody_signed_in_types_nothing_again(client: Client) -> None:
    poll, person = PollFactory.create(), PersonFactory.create(background="local")
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert not page(client.get(address(poll))).all("input[name='email']")
    for choice in ("yes", "maybe"):
        client.post(address(poll), votes(poll, choice, choice, choice))
    answer = PollAnswer.objects.get()
    assert (answer.person, answer.side) == (person, "local")
    assert len(page(client.get(address(poll))).all("input[value='maybe'][checked]")) == 3


def test_too_many_answers_with_the_same_contact_have_to_wait(client: Client) -> None:
    poll = PollFactory.create()
    codes = [
        client.post(address(poll), MARIA | votes(poll) | entry_of(client, poll)).status_code
        for _number in range(8)
    ]
    assert codes[0] == 302
    assert codes[-1] == 429


@pytest.mark.parametrize("state", ["hidden", "over", "decided", "empty"])
def test_the_page_of_a_poll_that_is_over_says_so(client: Client, state: str) -> None:
    poll = PollFactory.create()
    title = poll.activity.versions.get().parts["title"]
    if state == "hidden":
        Activity.objects.update(status=ActivityStatus.HIDDEN)
    elif state == "over":
        DatePoll.objects.update(closes_at=clock.now())
    elif state == "empty":
        DatePoll.objects.update(status=PollStatus.EMPTY)
    else:
        decided(poll)

    shown = client.get(address(poll))

    text = page(shown).one("main").text
    assert shown.status_code == (410 if state == "hidden" else 200)
    assert (title in text) == (state != "hidden")
    assert not page(shown).all("main input[type='radio']")
    words = {
        "hidden": "not shown any more", "over": "The time for answers is over",
        "decided": "The date is set", "empty": "no date was found",
    }  # fmt: skip
    assert words[state] in text


def test_one_button_takes_the_seat_with_the_data_there_are(client: Client) -> None:
    answer = PollAnswerFactory.create(side="newcomer", person__name="Amal")
    date = decided(answer.poll)
    mine = f"/en/activities/polls/mine/{answer.token}/"
    assert page(client.get(mine)).one("#page-form button").text == "Take my seat"
    assert not Participation.objects.exists()

    for _twice in range(2):
        taken = client.post(f"{mine}seat/", follow=True)
        assert page(taken).one("h1").text == "You are signed up"

    seat = Participation.objects.get()
    assert (seat.date, seat.person, seat.side) == (date, answer.person, "newcomer")


def test_no_seat_was_kept_and_who_comes_too_late_may_wait(client: Client) -> None:
    answer = PollAnswerFactory.create()
    date = decided(answer.poll)
    ActivityDate.objects.update(capacity=1)
    ParticipationFactory.create(date=ActivityDate.objects.get(pk=date.pk))
    mine = f"/en/activities/polls/mine/{answer.token}/"

    refused = client.post(f"{mine}seat/")
    assert "no seat is free" in notices(page(refused))
    assert not Participation.objects.filter(person=answer.person).exists()
    client.post(f"{mine}seat/", {"may_wait": "1"})

    assert Participation.objects.get(person=answer.person).status == "waiting"


def test_a_protected_setting_still_asks_for_the_statement(client: Client) -> None:
    poll = PollFactory.create(activity=ActivityFactory.create(setting=Setting.WOMEN))
    answer = PollAnswerFactory.create(poll=poll)
    decided(poll)
    mine = f"/en/activities/polls/mine/{answer.token}/"
    assert client.post(f"{mine}seat/").status_code == 200
    assert not Participation.objects.exists()
    client.post(f"{mine}seat/", {"is_stated": "on"})
    assert Participation.objects.get().person == answer.person


def test_a_draft_that_was_decided_asks_to_wait_for_its_opening(client: Client) -> None:
    activity = ActivityFactory.create(status=ActivityStatus.DRAFT, published_at=None)
    answer = PollAnswerFactory.create(poll__activity=activity)
    decided(answer.poll)
    shown = client.get(f"/en/activities/polls/mine/{answer.token}/")
    assert "not open yet" in notices(page(shown))
    assert client.post(f"/en/activities/polls/mine/{answer.token}/seat/").status_code == 410


@pytest.fixture
def planner(client: Client) -> tuple[Client, Activity]:
    activity = ActivityFactory.create()
    person = planner_of(activity.organisation)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client, activity


def proposed(*days: int) -> dict[str, Any]:
    today = timezone.localdate()
    rows = [
        {
            f"day_{number}": (today + timedelta(days=day)).isoformat(),
            f"start_{number}": "18:00",
            f"end_{number}": "20:00",
        }
        for number, day in enumerate(days, start=1)
    ]
    return {"rows": "5", "until": ""} | {name: value for row in rows for name, value in row.items()}


def test_an_organiser_proposes_dates_chooses_one_and_asks_again(
    planner: tuple[Client, Activity],
) -> None:
    client, activity = planner
    home = f"/en/activities/plan/{activity.pk}/poll/"
    assert client.get(home).headers["Location"] == f"{home}new/"
    shown = client.post(f"{home}new/", proposed(9, 10, 11), follow=True)
    poll = DatePoll.objects.get()
    shared = page(shown).one(".share-address").text
    assert shared == f"http://testserver/activities/polls/{poll.token}/"
    reader = Client(headers={"accept-language": "uk"})
    answer = reader.get(shared.removeprefix("http://testserver"))
    assert answer.headers["Location"] == f"/uk/activities/polls/{poll.token}/"
    assert abs(poll.closes_at - clock.now() - polls.OPEN_FOR) < timedelta(minutes=1)

    PollAnswerFactory.create(poll=poll, votes=("no", "yes", "no"))
    best = page(client.get(home)).one("input[name='date'][checked]")["value"]
    assert best == str(poll.dates.all()[1].pk)
    choose = f"/en/activities/plan/polls/{poll.pk}/choose/"
    assert "The date is set" in notices(page(client.post(choose, {"date": best}, follow=True)))
    other = str(poll.dates.all()[2].pk)
    told = page(client.post(choose, {"date": other}, follow=True)).one("main").text
    assert "Another date was chosen already." in told or ActivityDate.objects.count() == 1
    assert ActivityDate.objects.count() == 1
    client.post(f"{home}new/", proposed(12, 13))
    assert DatePoll.objects.count() == 2


@pytest.mark.parametrize(
    ("days", "until", "words"),
    [
        ((9,), 3, "at least 2"),
        ((9, 9), 3, "there twice"),
        ((9, 10), 9, "earlier day"),
        ((-2, 10), 1, "in the past"),
        ((9, 10), -3, "in the past"),
    ],
)
def test_dates_that_cannot_be_proposed_come_back_with_words(
    planner: tuple[Client, Activity], days: tuple[int, ...], until: int, words: str
) -> None:
    client, activity = planner
    typed = proposed(*days) | {"until": (timezone.localdate() + timedelta(days=until)).isoformat()}
    shown = page(client.post(f"/en/activities/plan/{activity.pk}/poll/new/", typed))
    assert words in shown.one(".error-summary").text
    assert not DatePoll.objects.exists()


def test_more_rows_come_without_losing_what_was_typed(planner: tuple[Client, Activity]) -> None:
    client, activity = planner
    typed = proposed(9, 10) | {"more": "1"}
    shown = page(client.post(f"/en/activities/plan/{activity.pk}/poll/new/", typed))
    assert len(shown.all("fieldset.date-row")) == polls.MOST
    assert shown.one("input[name='start_2']")["value"] == "18:00"


def test_a_date_that_has_passed_cannot_be_ticked_and_it_is_said_why(
    planner: tuple[Client, Activity],
) -> None:
    client, activity = planner
    poll = PollFactory.create(activity=activity, days=(2, 9))
    PollAnswerFactory.create(poll=poll)
    later = clock.now() + timedelta(days=3)
    home = f"/en/activities/plan/{activity.pk}/poll/"
    with clock.held_at(later):
        DatePoll.objects.update(closes_at=later)
        shown = page(client.get(home))
        assert len(shown.all("input[name='date']")) == 1
        assert "cannot be chosen any more" in shown.one("main").text
        first = str(poll.dates.all()[0].pk)
        client.post(f"/en/activities/plan/polls/{poll.pk}/choose/", {"date": first})
    assert not ActivityDate.objects.exists()


def test_people_of_before_are_asked_and_asking_stops(
    planner: tuple[Client, Activity], run_jobs: Callable[[], int]
) -> None:
    client, activity = planner
    past = DateFactory.create(activity=activity, starts_at=clock.now() - timedelta(days=4))
    ParticipationFactory.create(date=past)
    poll = PollFactory.create(activity=activity)
    acts = f"/en/activities/plan/polls/{poll.pk}"
    home = page(client.get(f"/en/activities/plan/{activity.pk}/poll/"))
    assert home.all(f"form[action='{acts}/ask/'] input[value='activity']")

    client.post(f"{acts}/ask/", {"whom": "activity"})
    run_jobs()
    assert len(mail.outbox) == 1
    client.post(f"{acts}/stop/")

    assert DatePoll.objects.get().status == PollStatus.STOPPED


@pytest.mark.parametrize("size", [10, 50])
def test_the_page_of_the_organiser_takes_as_many_queries_for_fifty_answers_as_for_ten(
    planner: tuple[Client, Activity], size: int, django_assert_max_num_queries: Any
) -> None:
    client, activity = planner
    poll = PollFactory.create(activity=activity)
    PollAnswerFactory.create_batch(size, poll=poll)
    home = f"/en/activities/plan/{activity.pk}/poll/"
    client.get(home)  # the device is noted once a day
    with django_assert_max_num_queries(15):
        client.get(home)
