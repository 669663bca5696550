"""News of new meetings come as a note as well: how it is said, never which meetings."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation
from pytest_django.fixtures import Settings

from miteinander.community.people.services import note_mail_failure
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.encounters.activities.tests.factories import ActivityFactory, DateFactory
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor
from miteinander.outward.notifications.enums import LetterKind
from miteinander.outward.notifications.models import Note
from miteinander.outward.notifications.push.words import NEUTRAL
from miteinander.outward.notifications.queries import is_in_vain, reminder_key
from miteinander.outward.notifications.services import send_note, write_letter
from miteinander.outward.notifications.tests.browser_side import push_service
from miteinander.outward.notifications.tests.factories import (
    BROWSER_KEY,
    BROWSER_SECRET,
    DeviceFactory,
    FollowFactory,
    LetterFactory,
)

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor()


def test_a_note_of_news_names_no_meeting(settings: Settings) -> None:
    translation.activate("en")
    person = FollowFactory.create(person__language="en").person
    date = DateFactory.create(
        activity=ActivityFactory.create(parts={"title": "Geheimer Titel", "summary": "x"}),
        starts_at=clock.now() + timedelta(days=9),
    )
    with push_service() as service:
        settings.OUTSIDE_LOCAL = service.origin
        DeviceFactory.create(person=person, endpoint=f"{service.origin}/one")
        write_letter(
            actor=SYSTEM, key="now", kind=LetterKind.NEWS,
            address=person.email or "", language="en",
            context={"person": person.pk, "dates": [date.pk], "more": 0},
        )  # fmt: skip
        assert send_note(actor=SYSTEM, note_id=Note.objects.get().pk)
        (note,) = service.notes(BROWSER_KEY, BROWSER_SECRET)
    assert note["body"] == NEUTRAL[LetterKind.NEWS]
    assert "Geheim" not in str(note)


def test_news_are_not_sent_to_an_address_that_takes_no_mail() -> None:
    person = PersonFactory.create()
    letter = LetterFactory.create(kind=LetterKind.NEWS, context={"person": person.pk})
    assert not is_in_vain(letter)
    note_mail_failure(actor=SYSTEM, person_id=person.pk)
    assert is_in_vain(letter)


def test_the_page_of_wishes_leads_to_the_devices(client: Client, settings: Settings) -> None:
    page = f"/en/messages/reminders/{reminder_key(PersonFactory.create().pk)}/"
    assert "/en/messages/devices/" in client.get(page).content.decode()
    settings.PUSH = False
    assert "/en/messages/devices/" not in client.get(page).content.decode()
