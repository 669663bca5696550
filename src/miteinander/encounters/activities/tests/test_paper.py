"""Paper: posters in several languages, the list to sign, badges, slips, and short addresses."""

from datetime import timedelta
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from django.test import Client
from django.urls import reverse

from miteinander.community.organisations.tests.factories import MembershipFactory
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.encounters.activities import sheets
from miteinander.encounters.activities.models import ActivityDate
from miteinander.encounters.activities.tests.factories import (
    ActivityFactory,
    DateFactory,
    ParticipationFactory,
    write_words,
)
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.content.enums import VersionState
from miteinander.foundation.core import clock
from miteinander.foundation.core.short_codes import encode
from miteinander.foundation.ui import paper

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(bool(paper.missing_parts()), reason="pango or the Noto fonts are missing"),
]
DARK = 128


def text_of(pdf: bytes) -> str:
    """Return the words of all pages, as a search in the document would find them."""
    pages = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in pages)


def dark_share(pdf: bytes) -> float:
    """Return the share of dark dots of the first page: letters that are not drawn leave none."""
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=0.5).to_pil().convert("L")
    dots = picture.histogram()
    return float(sum(dots[:DARK]) / sum(dots))


@pytest.fixture
def date() -> ActivityDate:
    activity = ActivityFactory.create()
    write_words(activity, "ar", VersionState.HUMAN, {"title": "نطبخ معًا", "summary": "مساء"})
    write_words(activity, "uk", VersionState.HUMAN, {"title": "Готуємо разом", "summary": "Вечір"})
    return DateFactory.create(activity=activity, starts_at=clock.now() + timedelta(hours=20))


@pytest.fixture
def planner(client: Client, date: ActivityDate) -> Client:
    client.force_login(MembershipFactory.create(organisation=date.activity.organisation).person)
    return client


def test_a_poster_speaks_three_languages_and_leads_to_the_date(
    planner: Client, date: ActivityDate
) -> None:
    answer = planner.get(
        reverse("activities:print", args=[date.pk]),
        {"languages": ["de", "ar", "uk"], "size": "a4"},
    )
    assert answer["Content-Type"] == "application/pdf"
    words = text_of(answer.content)
    assert "Готуємо разом" in words
    assert any("\u0600" <= char <= "\u06ff" for char in words)
    assert sheets.spoken_address(date) in words
    assert dark_share(answer.content) > 0.02


def test_a_large_poster_is_as_large_as_it_says(planner: Client, date: ActivityDate) -> None:
    answer = planner.get(
        reverse("activities:print", args=[date.pk]), {"languages": "de", "size": "a3"}
    )
    width, height = pypdfium2.PdfDocument(answer.content)[0].get_size()
    assert (round(width), round(height)) == (842, 1191)


@pytest.mark.parametrize("size", ["a4", "a3"])
def test_the_longest_words_stay_on_one_page(planner: Client, date: ActivityDate, size: str) -> None:
    long = {"title": "Eine lange Überschrift " * 6, "summary": "Viele Wörter dazu " * 16}
    for version in date.activity.versions.all():
        version.parts = long
        version.save(update_fields=["parts"])
    answer = planner.get(
        reverse("activities:print", args=[date.pk]),
        {"languages": ["de", "ar", "uk"], "size": size},
    )
    pages = pypdfium2.PdfDocument(answer.content)
    assert sheets.spoken_address(date) in text_of(answer.content)
    assert len(pages) <= 2


@pytest.mark.parametrize(
    "query",
    [
        {"size": "a4"},
        {"languages": ["de", "ar", "uk", "tr"], "size": "a4"},
        {"languages": "xx", "size": "a9"},
    ],
)
def test_a_choice_that_does_not_fit_is_explained(
    planner: Client, date: ActivityDate, query: dict[str, Any]
) -> None:
    answer = planner.get(reverse("activities:print", args=[date.pk]), query)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/html")
    assert b"error-summary" in answer.content


def test_the_list_to_sign_holds_everybody_and_blank_lines_but_no_side(
    planner: Client, date: ActivityDate
) -> None:
    ParticipationFactory.create(date=date, person__name="Жанна Приклад", side="newcomer")
    ParticipationFactory.create(date=date, person__name="Anna Beispiel", companions=2)
    answer = planner.post(reverse("activities:print_list", args=[date.pk]))
    words = text_of(answer.content)
    assert "Жанна Приклад" in words
    assert words.index("Anna Beispiel") < words.index("Жанна Приклад")
    assert "newcomer" not in words
    assert AuditEntry.objects.filter(verb="activities.print_list").count() == 1


def test_badges_show_the_languages_somebody_speaks(planner: Client, date: ActivityDate) -> None:
    seat = ParticipationFactory.create(date=date, person__name="Anna Beispiel")
    seat.person.spoken_languages.create(language="uk")
    answer = planner.post(reverse("activities:print_badges", args=[date.pk]))
    words = text_of(answer.content)
    assert "Anna Beispiel" in words
    assert "Українська" in words


def test_names_are_printed_only_while_the_front_desk_is_open(
    planner: Client, date: ActivityDate
) -> None:
    date.starts_at, date.ends_at = (clock.now() + timedelta(days=days) for days in (5, 6))
    date.save(update_fields=["starts_at", "ends_at"])
    for name in ("print_list", "print_badges"):
        assert planner.post(reverse(f"activities:{name}", args=[date.pk])).status_code == 302
    assert not AuditEntry.objects.filter(verb="activities.print_list").exists()


def test_a_slip_holds_what_one_needs_to_come(client: Client, date: ActivityDate) -> None:
    seat = ParticipationFactory.create(date=date)
    words = text_of(client.get(reverse("activities:slip", args=[seat.token])).content)
    assert date.activity.contact_name in words
    assert client.get(reverse("activities:slip", args=["none"])).status_code == 404


def test_strangers_print_nothing(client: Client, date: ActivityDate) -> None:
    client.force_login(PersonFactory.create())
    assert client.get(reverse("activities:print", args=[date.pk])).status_code == 404
    assert client.post(reverse("activities:print_list", args=[date.pk])).status_code == 404
    assert client.post(reverse("activities:print_badges", args=[date.pk])).status_code == 404


def test_a_short_address_leads_to_a_public_date_only(client: Client, date: ActivityDate) -> None:
    found = client.get(f"/k/{encode(date.pk).lower()}/")
    assert found.status_code == 302
    assert found["Location"].endswith(date.get_absolute_url()[3:])
    hidden = DateFactory.create(activity__status="draft")
    for code in (encode(hidden.pk), "0", "ZZZZ", "x" * 400, "%00", "ا"):
        assert client.get(f"/k/{code}/").status_code == 404


def test_without_the_fonts_the_page_says_what_to_install(
    planner: Client, date: ActivityDate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "miteinander.encounters.activities.views.paper.missing_parts", lambda: ("fonts-noto-core",)
    )
    answer = planner.get(
        reverse("activities:print", args=[date.pk]), {"languages": "de", "size": "a4"}
    )
    assert b"fonts-noto-core" in answer.content


def test_nothing_is_fetched_for_a_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        paper, "render_to_string",
        lambda *_: '<img src="http://127.0.0.1:9/x.png"><img src="file:///etc/passwd">text',
    )  # fmt: skip
    assert "root" not in text_of(paper.render_pdf("any", {}))
