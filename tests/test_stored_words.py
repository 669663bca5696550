"""Hostile words that are accepted are stored and shown as typed, after the documented cleaning."""

from html import escape
from html.parser import HTMLParser

import pytest

from miteinander.community.people.models import Person
from miteinander.encounters.activities.models import Activity
from miteinander.foundation.content.queries import read
from miteinander.foundation.core.text import one_line, paragraphs
from miteinander.web.models import Feedback
from tests.naughty import NAUGHTY, RAW, read_page
from tests.world import World, undone

pytestmark = [pytest.mark.django_db, pytest.mark.crawl]
FITS = {kind: text for kind, text in NAUGHTY.items() if one_line(text) and len(text) <= 120}
PARTS = ("title", "summary", "description", "way_there")
TOO_LONG = ("long word", "long word of four bytes")


class Words(HTMLParser):
    """What a page shows, without its markup."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.seen.append(data)


def whole(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("kind", sorted(FITS))
def test_a_name_is_stored_and_shown_as_typed(world: World, kind: str) -> None:
    person, client = world.people["participant"], world.clients["participant"]
    assert person is not None
    with undone():
        answer = client.post(
            world.address("people:profile"), {"name": FITS[kind], "phone": "", "language": "de"}
        )
        page = client.get(world.address("people:profile")).content.decode()
        stored = Person.objects.get(pk=person.pk).name
    assert answer.status_code == 302
    assert stored == one_line(FITS[kind])
    assert escape(stored) in page
    assert not any(raw in page for raw in RAW)


@pytest.mark.parametrize("kind", sorted(FITS))
def test_words_of_a_meeting_are_stored_and_shown_as_typed(world: World, kind: str) -> None:
    text, client = FITS[kind], world.clients["member"]
    address, public = world.address("activities:edit_words"), world.address("activities:detail")
    with undone():
        forms = read_page(client.get(address).content.decode(), address).forms
        form = next(form for form in forms if "title" in form.values)
        answer = client.post(address, form.values | dict.fromkeys(PARTS, text))
        reading = read(Activity.objects.get(pk=world.date.activity_id), "de")
        page = client.get(public).content.decode()
    assert answer.status_code == 302
    assert reading.part("title") == one_line(text)
    assert reading.part("description") == paragraphs(text)
    assert whole(reading.part("title")) in whole("".join(Words(page).seen))
    assert not any(raw in page for raw in RAW)


@pytest.mark.parametrize("kind", sorted(FITS))
def test_feedback_is_stored_as_typed(world: World, kind: str) -> None:
    data = {"message": FITS[kind], "page": "", "reply_to": ""}
    with undone():
        answer = world.clients["anonymous"].post(world.address("web:feedback"), data)
        stored = Feedback.objects.order_by("-pk")[0].message
    assert answer.status_code == 302
    assert stored == paragraphs(FITS[kind])


@pytest.mark.parametrize("kind", TOO_LONG)
def test_what_is_too_long_gets_a_clear_error_and_is_not_stored(world: World, kind: str) -> None:
    person, client = world.people["participant"], world.clients["participant"]
    assert person is not None
    with undone():
        answer = client.post(
            world.address("people:profile"), {"name": NAUGHTY[kind], "phone": "", "language": "de"}
        )
        stored = Person.objects.get(pk=person.pk).name
    assert answer.status_code == 200
    assert 'aria-invalid="true"' in answer.content.decode()
    assert stored == person.name
