import re
from html.parser import HTMLParser

import pytest
from django.template import Context, Template
from django.utils import translation

from miteinander.foundation.content.enums import VersionState
from miteinander.foundation.content.queries import Reading
from miteinander.foundation.content.templatetags.content import reading_note, written, written_line

PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "https://example.org/\"onmouseover='alert(1)'",
    "https://example.org/<script>alert(1)</script>",
    "https://example.org/?a='\"><svg onload=alert(1)>",
    "http://javascript:alert(1)//%0aalert(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "{{ 7|add:7 }} {% load i18n %}",
    'a@example.org"><script>x</script>',
    "&lt;script&gt; &#x3c;script",
    "0561 123456<script>",
    "https://example.org/\n\n<p onclick=x>",
    "＜script＞ \u2028<b>",
]  # fmt: skip
ALLOWED = {"div", "p", "br", "bdi", "a"}


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def parsed(html: str) -> Tags:
    parser = Tags()
    parser.feed(html)
    parser.close()
    return parser


def reading(
    text: str = "Kochen",
    *,
    language: str = "de",
    wanted: str = "de",
    state: VersionState = VersionState.ORIGINAL,
    languages: tuple[str, ...] = ("de",),
    borrowed: frozenset[str] = frozenset(),
) -> Reading:
    return Reading(
        parts={"text": text} if text else {},
        language=language,
        wanted=wanted,
        state=state,
        original_language="de",
        languages=languages,
        borrowed=borrowed,
    )


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_anybody_writes_becomes_markup(payload: str) -> None:
    html = written(reading(payload), "text")
    page = parsed(html)
    for tag, attributes in page.seen:
        assert tag in ALLOWED
        assert set(attributes) <= {"class", "dir", "lang", "href", "rel"}
        assert re.match(r"https?://|mailto:|tel:\+?\d+$", attributes.get("href") or "tel:1")
    assert "".join(page.text.split()) == "".join(payload.split())
    assert "<script" not in written_line(reading(payload), "text")


def test_paragraphs_and_lines_are_kept() -> None:
    with translation.override("de"):
        html = written(reading("Eins\nZwei\n\nDrei"), "text")
    assert html == (
        '<div class="written"><p dir="auto">Eins<br>Zwei</p><p dir="auto">Drei</p></div>'
    )


def test_another_language_than_the_page_is_marked_with_its_direction() -> None:
    with translation.override("de"):
        html = written(reading("طبخ", language="ar"), "text")
        line = written_line(reading("طبخ", language="ar"), "text")
    assert html == '<div class="written" lang="ar" dir="rtl"><p>طبخ</p></div>'
    assert line == '<bdi lang="ar" dir="rtl">طبخ</bdi>'


def test_a_borrowed_text_has_the_language_of_the_original() -> None:
    with translation.override("ar"):
        html = written_line(
            reading("Kochen", language="ar", wanted="ar", borrowed=frozenset({"text"})), "text"
        )
    assert html == '<bdi lang="de" dir="ltr">Kochen</bdi>'


def test_what_nobody_wrote_shows_nothing() -> None:
    assert written(reading(""), "text") == ""
    assert written_line(reading(""), "text") == ""


@pytest.mark.parametrize(
    ("text", "link"),
    [
        (
            "Siehe http://x.org/?b=1&c=2.",
            '<a href="http://x.org/?b=1&amp;c=2" rel="nofollow">http://x.org/?b=1&amp;c=2</a></bdi>.',
        ),
        (
            "www.example.org",
            '<bdi dir="ltr"><a href="https://www.example.org" rel="nofollow">www.example.org</a>',
        ),
        ("Tel. 0561 123456", '<bdi dir="ltr"><a href="tel:0561123456">0561 123456</a></bdi>'),
        (
            "+49 (0)561 123456",
            '<bdi dir="ltr"><a href="tel:+49561123456">+49 (0)561 123456</a></bdi>',
        ),
        ("هاتف ٠٥٦١ ١٢٣٤٥٦", '<bdi dir="ltr"><a href="tel:0561123456">٠٥٦١ ١٢٣٤٥٦</a></bdi>'),
        ("a@example.org", '<bdi dir="ltr"><a href="mailto:a@example.org">a@example.org</a></bdi>'),
        ("von 18:00–20:00", '<bdi dir="ltr">18:00–20:00</bdi>'),
        ("kostet 12 €", '<bdi dir="ltr">12 €</bdi>'),
    ],
)  # fmt: skip
def test_addresses_and_numbers_are_linked_and_run_left_to_right(text: str, link: str) -> None:
    assert link in written(reading(text), "text")


def note(given: Reading, language: str = "en") -> str:
    with translation.override(language):
        html = Template("{% load content %}{% reading_note reading %}").render(
            Context({"reading": given})
        )
    return " ".join(html.split())


def test_the_original_in_the_wanted_language_needs_no_note() -> None:
    assert note(reading()) == ""


def test_a_checked_version_in_the_wanted_language_needs_no_note() -> None:
    assert note(reading(language="en", wanted="en", state=VersionState.HUMAN)) == ""


def test_an_item_without_texts_needs_no_note() -> None:
    assert note(reading("", wanted="ar")) == ""


@pytest.mark.parametrize(
    ("state", "kind"), [(VersionState.MACHINE, "machine"), (VersionState.OUTDATED, "outdated")]
)
def test_unchecked_and_outdated_versions_say_so_and_link_to_the_original(
    state: VersionState, kind: str
) -> None:
    given = reading(language="en", wanted="en", state=state, languages=("de", "en"))
    assert reading_note(given)["kind"] == kind
    html = note(given)
    assert 'href="?original=1"' in html
    assert '<bdi lang="de" dir="ltr">Deutsch</bdi>' in html


def test_a_missing_language_is_named_without_a_link_to_what_is_shown() -> None:
    html = note(reading(wanted="ar"))
    assert "German" in html
    assert "href" not in html


def test_whoever_chose_the_original_finds_the_way_back() -> None:
    html = note(reading(wanted="ar", languages=("de", "ar")))
    assert '<a href="?">' in html
