"""What is printed, looked at dot by dot: a search in a PDF finds words that nobody can read.

The words of a sheet are compared with the same words drawn by another library from the same font
files. A wrong glyph, letters that are not joined, or a line in the wrong order look different. Two
fonts are damaged on purpose, and both must be found: measured likeness is above 0.75 for what is
right and below 0.4 for what is not.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
import segno
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageStat, features

from miteinander.community.organisations.tests.factories import MembershipFactory
from miteinander.encounters.activities import sheets
from miteinander.encounters.activities.models import ActivityDate
from miteinander.encounters.activities.tests.factories import (
    ActivityFactory,
    DateFactory,
    ParticipationFactory,
    write_words,
)
from miteinander.foundation.content.enums import VersionState
from miteinander.foundation.core import clock
from miteinander.foundation.ui import paper

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(bool(paper.missing_parts()), reason="pango or the Noto fonts are missing"),
    pytest.mark.skipif(not features.check("raqm"), reason="Pillow cannot join letters here"),
]
SCALE, POINT_MM = 4, 25.4 / 72
DARK, LEAST_CODE_MM = 128, 30
LARGE = 300  # dots; so large that no library moves a stroke to fit the dots
ALIKE = 0.7  # of all ink, so much lies in the same place
TITLES = {"de": "Gemeinsam kochen", "ar": "نطبخ كل يوم", "uk": "Готуємо їжу щодня"}
FONT_OF = {"de": "NotoSans", "uk": "NotoSans", "ar": "NotoSansArabic"}


@pytest.fixture
def date() -> ActivityDate:
    activity = ActivityFactory.create(parts={"title": TITLES["de"]})
    for language in ("ar", "uk"):
        write_words(activity, language, VersionState.HUMAN, {"title": TITLES[language]})
    made: ActivityDate = DateFactory.create(
        activity=activity, starts_at=clock.now() + timedelta(hours=20)
    )
    return made


@pytest.fixture
def damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Let a test damage a font; the others stay as they are.

    The families get other names: what is installed under the old ones must not help out.
    """
    renewed: Any = paper._style  # noqa: SLF001 (fonts are read once)

    def damage(file: str, how: Callable[[TTFont], None]) -> None:
        for family, styles in paper.FONTS.items():
            for style in styles:
                font = TTFont(Path(settings.FONT_DIR) / f"{family}-{style}.ttf")
                if file == f"{family}-{style}.ttf":
                    how(font)
                font.save(tmp_path / f"{family.replace('Noto', 'Planted')}-{style}.ttf")
        style_sheet = tmp_path / "planted.css"
        style_sheet.write_text(paper.STYLE.read_text().replace("Noto", "Planted"))
        families = {family.replace("Noto", "Planted"): one for family, one in paper.FONTS.items()}
        monkeypatch.setattr(paper, "STYLE", style_sheet)
        monkeypatch.setattr(paper, "FONTS", families)
        monkeypatch.setattr(settings, "FONT_DIR", str(tmp_path))
        renewed.cache_clear()

    yield damage
    monkeypatch.undo()
    renewed.cache_clear()


def poster(date: ActivityDate, languages: list[str], *, is_large: bool = False) -> Any:
    """Print a poster and return its first page."""
    context = sheets.poster(date, languages, is_large=is_large)
    pdf = paper.render_pdf("activities/paper/poster.html", context)
    return pypdfium2.PdfDocument(pdf)[0]


def picture_of(page: Any) -> Image.Image:
    picture: Image.Image = page.render(scale=SCALE, grayscale=True).to_pil()
    return picture


def trimmed(picture: Image.Image) -> Image.Image:
    """Turn dark on light into light on dark, and cut off what is empty."""
    ink = ImageChops.invert(picture.convert("L"))
    return ink.crop(ink.point(lambda dot: 255 * (dot > 60)).getbbox())


def area_of(page: Any, words: str) -> tuple[float, float, float, float]:
    """Find where the PDF says that the words stand, in dots."""
    text = page.get_textpage()
    start, count = text.search(words).get_next()
    boxes = [text.get_charbox(start + place) for place in range(count)]
    height = page.get_height()
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    bottom, top = min(box[1] for box in boxes), max(box[3] for box in boxes)
    area = (left - 4, height - top - 4, right + 4, height - bottom + 4)
    first, second, third, fourth = (round(one * SCALE) for one in area)
    return first, second, third, fourth


def printed(page: Any, words: str) -> Image.Image:
    """Cut the words out of the page."""
    return trimmed(picture_of(page).crop(area_of(page, words)))


def drawn(words: str, family: str, direction: str, style: str = "Bold") -> Image.Image:
    """Draw the words by the other library, in bold like a title."""
    font = ImageFont.truetype(Path(settings.FONT_DIR) / f"{family}-{style}.ttf", LARGE)
    picture = Image.new("L", (30 * LARGE, 3 * LARGE), 255)
    ImageDraw.Draw(picture).text((LARGE, LARGE / 2), words, font=font, fill=0, direction=direction)
    return trimmed(picture)


def alike(first: Image.Image, second: Image.Image) -> float:
    """Tell how much of the ink of both pictures lies in the same place."""
    second = second.resize(first.size)
    common = ImageStat.Stat(ImageChops.darker(first, second)).sum[0]
    together = ImageStat.Stat(ImageChops.lighter(first, second)).sum[0]
    return float(common / together)


def likeness(page: Any, language: str) -> float:
    words = TITLES[language]
    reference = drawn(words, FONT_OF[language], "rtl" if language == "ar" else "ltr")
    return alike(printed(page, words), reference)


@pytest.mark.parametrize("is_large", [False, True], ids=["a4", "a3"])
@pytest.mark.parametrize("language", ["de", "ar", "uk"])
def test_the_title_is_drawn_as_it_is_written(
    date: ActivityDate, language: str, *, is_large: bool
) -> None:
    page = poster(date, ["de", "ar", "uk"], is_large=is_large)
    assert likeness(page, language) > ALIKE


def _next_letter(font: TTFont) -> None:
    """Let each small Cyrillic letter show its neighbour, as a badly cut font does."""
    for table in font["cmap"].tables:
        glyphs = {code: table.cmap.get(code + 1) for code in range(0x430, 0x44F)}
        table.cmap.update({code: glyph for code, glyph in glyphs.items() if glyph})


def _no_joining(font: TTFont) -> None:
    """Leave Arabic letters alone beside each other."""
    del font["GSUB"]


@pytest.mark.parametrize(
    ("language", "file", "fault"),
    [
        ("uk", "NotoSans-Bold.ttf", _next_letter),
        ("ar", "NotoSansArabic-Bold.ttf", _no_joining),
    ],
)
def test_a_damaged_font_is_found(
    date: ActivityDate,
    damaged: Callable[..., None],
    language: str,
    file: str,
    fault: Callable[[TTFont], None],
) -> None:
    words = TITLES[language]
    reference = drawn(words, FONT_OF[language], "rtl" if language == "ar" else "ltr")
    area = area_of(poster(date, ["de", "ar", "uk"]), words)
    damaged(file, fault)
    page = poster(date, ["de", "ar", "uk"])
    assert alike(trimmed(picture_of(page).crop(area)), reference) < ALIKE
    if language == "uk":
        assert page.get_textpage().search(words).get_next(), "a search still finds the words"


def test_words_in_the_wrong_order_do_not_look_alike() -> None:
    right = drawn(TITLES["ar"], "NotoSansArabic", "rtl")
    turned = " ".join(reversed(TITLES["ar"].split()))
    assert alike(right, drawn(turned, "NotoSansArabic", "rtl")) < ALIKE


NAMES = ("Anna Beispiel", "Жанна Приклад", "سمير مثال", "ሰላም ምሳሌ")


def _page_of(answer: Any) -> Any:
    return pypdfium2.PdfDocument(answer.content)[0]


@pytest.mark.parametrize(("name", "style"), [("print_list", "Regular"), ("print_badges", "Bold")])
def test_names_in_four_scripts_are_drawn_as_they_are_written(
    client: Client, date: ActivityDate, name: str, style: str
) -> None:
    for person in NAMES:
        ParticipationFactory.create(date=date, person__name=person)
    client.force_login(MembershipFactory.create(organisation=date.activity.organisation).person)
    page = _page_of(client.post(reverse(f"activities:{name}", args=[date.pk])))
    families = ("NotoSans", "NotoSans", "NotoSansArabic", "NotoSansEthiopic")
    for person, family in zip(NAMES, families, strict=True):
        direction = "rtl" if family == "NotoSansArabic" else "ltr"
        reference = drawn(person, family, direction, style)
        assert alike(printed(page, person), reference) > ALIKE, person


def test_the_slip_of_an_arabic_reader_is_drawn_as_it_is_written(
    client: Client, date: ActivityDate
) -> None:
    seat = ParticipationFactory.create(date=date, language="ar")
    with translation.override("ar"):
        page = _page_of(client.get(reverse("activities:slip", args=[seat.token])))
    assert likeness(page, "ar") > ALIKE


def modules_at(
    picture: Image.Image, left: float, top: float, size: float, count: int
) -> Iterator[bool]:
    """Tell of each field of a QR code, row by row, whether its middle is dark."""
    step = size / count
    for row in range(count):
        for column in range(count):
            spot = (round(left + (column + 0.5) * step), round(top + (row + 0.5) * step))
            yield picture.getpixel(spot) < DARK  # type: ignore[operator]


def is_code_at(picture: Image.Image, left: float, top: float, size: float, code: Any) -> bool:
    """Tell whether exactly this code is there, with its quiet zone around it."""
    wanted = [list(row) for row in code.matrix_iter(border=4)]
    flat = [bool(one) for row in wanted for one in row]
    seen = modules_at(picture, left, top, size, len(wanted))
    return all(one == other for one, other in zip(seen, flat, strict=True))


@pytest.mark.parametrize(
    ("is_large", "margin", "side"), [(False, 16, 40), (True, 22, 60)], ids=["a4", "a3"]
)
@pytest.mark.parametrize("first", ["de", "ar", "uk"])
def test_the_code_can_be_read_from_the_dots_and_stands_at_the_same_edge_in_every_language(
    date: ActivityDate, first: str, margin: int, side: int, *, is_large: bool
) -> None:
    page = poster(date, [first], is_large=is_large)
    picture, dots = picture_of(page), SCALE / POINT_MM
    left = margin * dots
    code = segno.make(sheets.short_address(date), error="m", micro=False)
    rows = range(round(picture.height - side * dots))
    assert any(is_code_at(picture, left, top, side * dots, code) for top in rows)
    quiet = 4 * side / (len(code.matrix) + 8)
    assert side - 2 * quiet >= LEAST_CODE_MM
    other = segno.make(sheets.short_address(date) + "x", error="m", micro=False)
    assert not any(is_code_at(picture, left, top, side * dots, other) for top in rows)
