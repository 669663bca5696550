import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.encounters.activities.enums import ActivityStatus, DateStatus, ParticipationStatus
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.tests.factories import DateFactory, ParticipationFactory
from miteinander.encounters.activities.tests.pages import page
from miteinander.foundation.core import clock

pytestmark = pytest.mark.django_db
MARIA = {"name": "Maria", "email": "maria@example.org", "language": "uk"}
OLENA = {"name": "Олена", "phone": "٠٥٦١ ١٢٣٤٥٦", "language": "uk"}


def address(date: ActivityDate) -> str:
    return f"/en/activities/{date.pk}/sign-up/"


def sign_up(client: Client, date: ActivityDate, typed: dict[str, str], **more: str) -> Any:
    return client.post(address(date), typed | more, follow=True)


def test_a_guest_signs_up_with_a_name_and_an_address(client: Client) -> None:
    date = DateFactory.create()
    assert page(client.get(address(date))).one("h1").text == "Take a seat"

    response = sign_up(client, date, MARIA)

    assert response.status_code == 200
    assert page(response).one("h1").text == "You are signed up"
    seat = Participation.objects.get()
    assert (seat.person.name, seat.person.email, seat.language) == ("Maria", MARIA["email"], "uk")
    assert seat.person.account_since is None
    assert ActivityDate.objects.get().seats_taken == 1


def test_the_form_asks_for_four_things_at_most_and_one_contact_is_enough(client: Client) -> None:
    date = DateFactory.create()

    form = page(client.get(address(date))).one("#page-form")
    labels = [*form.all("div.field label"), *form.all("legend")]
    needed = [label.text for label in labels if "(optional)" not in label.text]
    response = sign_up(client, date, {"language": "en"})

    assert needed == ["Your name", "Language for messages to you"]
    seen = page(response)
    assert seen.one("title").text.startswith("Error:")
    assert "Please write your name." in seen.text
    assert "Please write an e-mail address or a telephone number." in seen.text
    assert not Participation.objects.exists()


def test_an_age_may_be_said_and_changes_nothing_about_the_seat(client: Client) -> None:
    date = DateFactory.create()
    sign_up(client, date, MARIA | {"age_group": "from_27"})
    sign_up(client, date, MARIA | {"email": "other@example.org"})
    said, left_out = Participation.objects.select_related("person").order_by("pk")
    assert (said.age_group, said.person.age_group) == ("from_27", "from_27")
    assert (left_out.age_group, left_out.person.age_group) == ("undisclosed", "undisclosed")
    assert said.status == left_out.status == ParticipationStatus.SIGNED_UP


def test_the_age_of_the_profile_is_chosen_already_and_stays_in_the_profile(client: Client) -> None:
    date, person = DateFactory.create(), PersonFactory.create(age_group="from_45")
    client.force_login(person)
    form = page(client.get(address(date)))
    assert form.one("select[name=age_group] option[selected]")["value"] == "from_45"
    sign_up(client, date, {"age_group": "from_65"})
    person.refresh_from_db()
    assert (Participation.objects.get().age_group, person.age_group) == ("from_65", "from_45")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"email": "maria@"}, "Please write the whole e-mail address"),
        ({"email": "", "phone": "12"}, "Please write the number with its area code"),
        ({"name": "   "}, "Please write your name"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    client: Client, typed: dict[str, str], words: str
) -> None:
    date = DateFactory.create()

    seen = page(sign_up(client, date, MARIA | typed))

    assert words in seen.text
    assert seen.one("select[name=language] option[selected]")["value"] == "uk"
    assert not Participation.objects.exists()
    assert not Person.objects.exists()


def test_a_telephone_in_arabic_digits_is_enough_and_the_screen_says_whom_to_call(
    client: Client,
) -> None:
    date = DateFactory.create()

    seen = page(sign_up(client, date, OLENA))

    seat = Participation.objects.get()
    assert seat.person.phone == "+49561123456"
    assert "Please call the contact person." in seen.one("main").text
    assert not [link for link in seen.all("main a") if seat.token in link["href"]]


def test_the_secret_of_a_seat_with_an_address_is_in_the_mail_only(
    client: Client, run_jobs: Callable[[], int]
) -> None:
    response = sign_up(client, DateFactory.create(), MARIA)

    token = Participation.objects.get().token
    assert token not in response.content.decode()
    run_jobs()
    assert token in str(mail.outbox[0].message())


def test_the_confirmation_is_the_same_whether_an_address_had_a_seat_before_or_not(
    client: Client,
) -> None:
    date = DateFactory.create()
    pages = [
        re.sub(r"signed-up/[^/\"]+", "", response.content.decode())
        for response in (sign_up(client, date, MARIA), sign_up(client, date, MARIA))
    ]

    assert pages[0] == pages[1]
    assert Participation.objects.count() == 1


def test_a_full_date_does_not_tell_who_has_a_seat(client: Client) -> None:
    date = DateFactory.create(capacity=1)
    sign_up(client, date, MARIA, entry="mine")

    known = sign_up(client, date, MARIA, entry="other")
    unknown = sign_up(client, date, MARIA | {"email": "new@example.org"}, entry="other")

    assert page(known).one("main").text == page(unknown).one("main").text
    assert "All seats are taken" in page(known).text
    assert Participation.objects.count() == 1


def test_sending_a_form_twice_makes_one_row_and_succeeds_twice_even_on_the_last_seat(
    client: Client,
) -> None:
    date = DateFactory.create(capacity=1)
    entry = page(client.get(address(date))).one("input[name=entry]")["value"]

    answers = [sign_up(client, date, OLENA, entry=entry) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert {page(answer).one("h1").text for answer in answers} == {"You are signed up"}
    assert Participation.objects.count() == Person.objects.count() == 1


def test_the_address_of_the_confirmation_names_nobody_and_ends_soon(client: Client) -> None:
    response = sign_up(client, DateFactory.create(), MARIA)
    shown = response.redirect_chain[-1][0]

    assert "maria" not in shown.lower()
    assert "example" not in shown
    assert not response.cookies.get("sessionid")
    with clock.held_at(clock.now()):
        assert client.get(shown).status_code == 200
    assert client.get(shown[:-3] + "xx/").status_code == 410


@pytest.mark.parametrize(
    "name",
    [
        "O'Brien; DROP TABLE",
        "<script>alert(1)</script>",
        "ÀÉ 🎉🧑‍🍳",
        "علي",
        "X" * 120,
        "{{ 7*7 }}",
    ],
)
def test_names_are_stored_as_typed_and_shown_unharmed(client: Client, name: str) -> None:
    response = sign_up(client, DateFactory.create(), MARIA | {"name": name})

    assert Person.objects.get().name == name
    assert "<script>alert" not in response.content.decode()


def test_a_name_that_is_too_long_is_a_plain_error(client: Client) -> None:
    response = sign_up(client, DateFactory.create(), MARIA | {"name": "x" * 10_000})

    assert response.status_code == 200
    assert page(response).one("title").text.startswith("Error:")
    assert not Person.objects.exists()


def test_changing_the_language_of_the_page_keeps_what_was_typed(client: Client) -> None:
    date = DateFactory.create()

    response = client.post(
        address(date).replace("/en/", "/ar/"), MARIA | {"_switch": "1", "name": "Мар"}
    )

    assert page(response).one("input[name=name]")["value"] == "Мар"
    assert not Participation.objects.exists()


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"status": DateStatus.CANCELLED}, "This meeting was cancelled"),
        ({"capacity": 1, "seats_taken": 1}, "All seats are taken"),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_where_there_is_no_seat_the_page_says_why(
    client: Client, facts: dict[str, Any], words: str, method: str
) -> None:
    date = DateFactory.create(**facts)

    response = getattr(client, method)(address(date), MARIA)

    assert response.status_code == 200
    assert words in page(response).text
    assert not Participation.objects.exists()


def test_a_date_that_is_not_public_is_not_found(client: Client) -> None:
    date = DateFactory.create(activity__status=ActivityStatus.DRAFT)

    assert client.get(address(date)).status_code == 404
    assert client.post(address(date), MARIA).status_code == 404


def test_the_same_contact_again_and_again_is_asked_to_wait(client: Client) -> None:
    dates = DateFactory.create_batch(7)

    answers = [sign_up(client, date, MARIA) for date in dates]

    assert [answer.status_code for answer in answers] == [200] * 6 + [429]
    assert "Please wait a moment" in page(answers[-1]).text
    assert Participation.objects.count() == 6


def test_thirty_phones_behind_one_address_all_get_a_seat(client: Client) -> None:
    date = DateFactory.create(capacity=40)

    for number in range(30):
        typed = OLENA | {"phone": f"0561 1234{number:02d}"}
        assert sign_up(Client(), date, typed).status_code == 200

    assert Participation.objects.count() == 30


def test_a_sign_up_without_a_token_is_refused() -> None:
    date = DateFactory.create()

    response = Client(enforce_csrf_checks=True).post(address(date), MARIA)

    assert response.status_code == 403
    assert not Participation.objects.exists()


def test_somebody_signed_in_needs_one_button(client: Client) -> None:
    person, date = PersonFactory.create(), DateFactory.create()
    client.force_login(person)

    form = page(client.get(address(date))).one("#page-form")
    answers = [sign_up(client, date, {}) for _time in range(2)]

    assert not form.all("input[type=text]")
    assert [page(answer).one("h1").text for answer in answers] == ["You are signed up"] * 2
    assert Participation.objects.get().person == person


def test_somebody_signed_in_hears_that_all_seats_are_taken(client: Client) -> None:
    date = DateFactory.create(capacity=1, seats_taken=1)
    client.force_login(PersonFactory.create())

    assert "All seats are taken" in page(sign_up(client, date, {})).text
    assert not Participation.objects.exists()


def seat_address(seat: Participation) -> str:
    return f"/en/activities/seat/{seat.token}/"


def test_looking_at_a_seat_changes_nothing_and_giving_it_back_is_thanked(client: Client) -> None:
    seat = ParticipationFactory.create()
    for _time in range(2):
        assert page(client.get(seat_address(seat))).one("h1").text == "My seat"
    assert Participation.objects.get().holds_seat

    answers = [client.post(seat_address(seat) + "give-back/", follow=True) for _time in range(2)]

    assert all("Thank you" in page(answer).text for answer in answers)
    assert Participation.objects.get().status == ParticipationStatus.GIVEN_BACK
    assert ActivityDate.objects.get().seats_taken == 0


def test_a_link_in_a_mail_never_acts_by_being_opened(client: Client) -> None:
    seat = ParticipationFactory.create()

    assert client.get(seat_address(seat) + "give-back/").status_code == 405
    assert Participation.objects.get().holds_seat


def test_after_the_start_the_seat_page_says_that_it_is_too_late(client: Client) -> None:
    seat = ParticipationFactory.create(date__starts_at=clock.now())

    response = client.post(seat_address(seat) + "give-back/")

    assert "Nothing can be changed here any more" in page(response).text
    assert Participation.objects.get().holds_seat


@pytest.mark.parametrize("token", ["x", "0" * 32, "%00", "' OR 1=1 --"])
def test_a_wrong_secret_finds_nothing(client: Client, token: str) -> None:
    ParticipationFactory.create()

    assert client.get(f"/en/activities/seat/{token}/").status_code == 404


def test_a_seat_page_is_not_kept_and_not_found_by_search_engines(client: Client) -> None:
    response = client.get(seat_address(ParticipationFactory.create()))

    assert "no-store" in response["Cache-Control"]
    assert "X-Public-Page" not in response
    assert page(response).one("meta[name=robots]")["content"] == "noindex"


def test_my_meetings_are_mine_coming_and_past(client: Client) -> None:
    person = PersonFactory.create()
    coming = ParticipationFactory.create(person=person)
    past = ParticipationFactory.create(
        person=person, date__starts_at=clock.now() - timedelta(days=9)
    )
    ParticipationFactory.create(person=person, status=ParticipationStatus.GIVEN_BACK)
    ParticipationFactory.create()
    client.force_login(person)

    seen = page(client.get("/en/activities/mine/"))

    links = [link["href"] for link in seen.all("main article h3 a")]
    assert links == [f"/en/activities/{row.date_id}/" for row in (coming, past)]
    back = seen.one("main form")
    assert back["action"] == seat_address(coming) + "give-back/"
    assert "no-store" in client.get("/en/activities/mine/")["Cache-Control"]


def test_without_an_account_my_meetings_lead_to_the_sign_in(client: Client) -> None:
    response = client.get("/en/activities/mine/")

    assert response.status_code == 302
    assert "/account/sign-in/" in response["Location"]


@pytest.mark.parametrize("rows", [1, 5])
def test_my_meetings_need_the_same_queries_for_any_length(
    client: Client, rows: int, django_assert_max_num_queries: Any
) -> None:
    person = PersonFactory.create()
    ParticipationFactory.create_batch(rows, person=person)
    client.force_login(person)
    client.get("/en/activities/mine/")

    with django_assert_max_num_queries(15):
        client.get("/en/activities/mine/")
