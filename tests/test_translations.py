"""The catalogues: complete, with the same placeholders, valid plurals, and loaded."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext, ngettext, to_locale

from miteinander.foundation.core.languages import INTERFACE, NAMES, OWN_NAMES, direction

LOCALE = Path(settings.LOCALE_PATHS[0])
CATALOGUES = sorted(path.parent.parent.name for path in LOCALE.glob("*/LC_MESSAGES/django.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|</?\w+[^>]*>")
PLURAL_FORMS = {"de": 2, "de_Simple": 2, "ar": 6, "fa": 2, "uk": 4, "ru": 4, "tr": 2}


def catalogue(name: str) -> Catalog:
    with (LOCALE / name / "LC_MESSAGES" / "django.po").open("rb") as stream:
        return read_po(stream)


def entries(name: str) -> list[Message]:
    return [message for message in catalogue(name) if message.id]


def originals(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def translations(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def test_every_language_of_the_interface_but_the_source_has_a_catalogue() -> None:
    assert sorted(to_locale(code) for code in INTERFACE if code != "en") == CATALOGUES


@pytest.mark.parametrize("name", CATALOGUES)
def test_no_text_is_missing_and_none_is_doubtful(name: str) -> None:
    missing = [m.id for m in entries(name) if not all(translations(m)) or m.fuzzy]

    assert not missing


@pytest.mark.parametrize("name", CATALOGUES)
def test_placeholders_and_marks_are_those_of_the_source(name: str) -> None:
    wrong = []
    for message in entries(name):
        allowed = {mark for text in originals(message) for mark in PLACEHOLDER.findall(text)}
        for text in translations(message):
            found = PLACEHOLDER.findall(text)
            is_plural = len(originals(message)) > 1
            same = (
                set(found) <= allowed
                if is_plural
                else sorted(found) == sorted(PLACEHOLDER.findall(originals(message)[0]))
            )
            if not same:
                wrong.append((message.id, text))
    assert not wrong


@pytest.mark.parametrize("name", CATALOGUES)
def test_plural_forms_are_those_of_the_language(name: str) -> None:
    found = catalogue(name)

    assert found.num_plurals == PLURAL_FORMS[name]
    for message in entries(name):
        if len(originals(message)) > 1:
            assert len(translations(message)) == PLURAL_FORMS[name]


@pytest.mark.parametrize("name", CATALOGUES)
def test_digits_are_written_0_to_9_so_that_numbers_can_be_compared(name: str) -> None:
    assert not [m.id for m in entries(name) for t in translations(m) if re.search("[٠-٩۰-۹]", t)]


@pytest.mark.parametrize("name", CATALOGUES)
def test_an_entry_says_whether_a_native_speaker_has_reviewed_it(name: str) -> None:
    marks = {comment for message in entries(name) for comment in message.user_comments}

    assert marks <= {"unreviewed"}


@pytest.mark.parametrize("code", [code for code in INTERFACE if code != "en"])
def test_the_catalogue_is_loaded_and_counts(code: str) -> None:
    with translation.override(code):
        assert gettext("Meet people. Here, this week.") != "Meet people. Here, this week."
        assert ngettext("%(left)s seat is free.", "%(left)s seats are free.", 3) != (
            "%(left)s seats are free."
        )


@pytest.mark.django_db
@pytest.mark.parametrize("code", INTERFACE)
def test_a_page_speaks_its_language_in_its_direction(client: Client, code: str) -> None:
    page = client.get(f"/{code}/").content.decode()

    assert f'lang="{code}"' in page
    assert f'dir="{direction(code)}"' in page
    with translation.override(code):
        assert gettext("Meet people. Here, this week.") in page
    assert OWN_NAMES[code] in page


def test_every_language_has_a_name_of_its_own_and_one_for_others() -> None:
    assert set(OWN_NAMES) == set(NAMES)


def test_languages_written_from_right_to_left_are_known_without_a_slip() -> None:
    rtl = {code for code in OWN_NAMES if direction(code) == "rtl"}

    assert rtl == {"ar", "fa", "prs", "ps", "ckb", "ur"}
