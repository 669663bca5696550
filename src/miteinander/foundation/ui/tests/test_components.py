import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
from django import forms
from django.http import QueryDict
from django.template import engines
from django.utils import timezone, translation
from django.utils.safestring import SafeString

from miteinander.foundation.core import clock
from miteinander.foundation.core.pagination import page_of
from miteinander.foundation.ui import slots
from miteinander.foundation.ui.components import SeatRow, Step, Table, Task
from miteinander.foundation.ui.tests.forms_for_tests import EveryKindForm

EVENING = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)


class Ids(HTMLParser):
    """Collects ids and what points at them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.pointers: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name in {"for", "aria-describedby", "aria-labelledby"}:
                self.pointers += (value or "").split()
            elif name == "href" and (value or "").startswith("#"):
                self.pointers.append((value or "")[1:])


def draw(source: str, **context: object) -> str:
    page = engines["django"].from_string("{% load ui %}" + source).render(context)
    return re.sub(r"[ \n]+", " ", page).strip()


def test_a_button_is_a_link_with_an_address_and_sends_a_form_without() -> None:
    assert '<a class="button button-secondary" href="/x"' in draw(
        '{% button "Find" href="/x" kind="secondary" icon="search" %}'
    )
    sends = draw('{% button "Go" name="act" value="1" form="page-form" kind="danger" %}')
    assert 'type="submit"' in sends
    assert 'name="act" value="1" form="page-form"' in sends
    assert "disabled" not in sends


def test_every_field_has_a_label_and_its_messages_are_tied_to_it() -> None:
    form = EveryKindForm({})
    page = draw(
        "{% for one in form %}{% field one %}{% endfor %}{% error_summary form %}", form=form
    )

    found = Ids(page)

    assert set(found.pointers) <= set(found.ids)
    assert len(found.ids) == len(set(found.ids))
    assert 'aria-describedby="id_name_help id_name_error"' in page
    assert page.count('aria-invalid="true"') == 6  # name, two ways, two parts of begins, agreed
    assert "placeholder" not in page


def test_the_summary_links_to_the_first_control_of_each_wrong_field() -> None:
    page = draw("{% error_summary form %}", form=EveryKindForm({}))

    assert re.findall(r'href="#([^"]+)"', page) == [
        "id_name",
        "id_way_0",
        "id_begins_0",
        "id_agreed",
    ]
    assert 'tabindex="-1" autofocus' in page


def test_the_summary_says_the_same_words_as_the_field() -> None:
    page = draw("{% field form.name %}{% error_summary form %}", form=EveryKindForm({"name": ""}))

    words = str(EveryKindForm({"name": ""}).errors["name"][0])
    assert page.count(words) >= 2


def test_the_summary_is_silent_without_problems_and_speaks_for_formsets() -> None:
    rows = forms.formset_factory(EveryKindForm, extra=1)

    assert draw("{% error_summary form rows %}", form=EveryKindForm(), rows=rows()) == ""
    assert "error-summary" in draw("{% error_summary rows %}", rows=rows({}))
    filled = rows({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-name": "Amira"})
    assert 'href="#id_form-0-agreed"' in draw("{% error_summary rows %}", rows=filled)


def test_optional_fields_say_so() -> None:
    page = draw("{% field form.city %}{% field form.name %}", form=EveryKindForm())

    assert page.count("field-optional") == 1


def test_text_from_people_is_escaped_everywhere() -> None:
    bad = "<script>x</script>"
    page = draw(
        "{% button bad %}{% tag bad %}{% notice 'info' bad %}{{ bad }}{% endnotice %}"
        "{% empty_state bad bad href='/' label=bad %}{% step_list steps %}{% task_list tasks %}"
        "{% data_table table %}{% phone bad %}{% ltr bad %}{% dialog 'd' bad %}{% enddialog %}",
        bad=bad,
        steps=[Step(bad)],
        tasks=[Task(bad, "/", "incomplete", bad)],
        table=Table(bad, [bad], [[bad]]),
    )

    assert "<script>" not in page


def test_states_are_said_in_words() -> None:
    steps = [Step("A", "done"), Step("B", "current"), Step("C")]
    tasks = [Task("A", "/", "complete"), Task("B", "/", "incomplete"), Task("C", "/")]
    with translation.override("en"):
        page = draw("{% step_list steps %}{% task_list tasks %}", steps=steps, tasks=tasks)

    for words in (
        "(done)",
        'aria-current="step"',
        "Complete",
        "Something is missing",
        "Not started",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{% seats 3 4 %}", "1 seat is free."),
        ("{% seats 3 12 %}", "9 seats are free."),
        ("{% seats 12 12 %}", "All seats are taken."),
        ("{% seats 13 12 %}", "All seats are taken."),
        ("{% seats 3 None %}", "There is room for everybody."),
        ("{% seats_of_both 4 6 6 6 %}", "2 for neighbours, 0 for newcomers."),
        ("{% seats_of_both 6 6 6 6 %}", "All seats are taken."),
    ],
)
def test_seats_are_said_in_words(source: str, words: str) -> None:
    with translation.override("en"):
        assert words in draw(source)


@pytest.mark.parametrize(
    ("taken", "capacity", "filled", "dots"),
    [(0, 12, 0, 12), (40, 120, 4, 12), (119, 120, 11, 12), (120, 120, 12, 12), (1, 120, 1, 12)],
)  # fmt: skip
def test_dots_never_look_full_while_a_seat_is_free(
    taken: int, capacity: int, filled: int, dots: int
) -> None:
    row = SeatRow(taken, capacity).dots()

    assert (sum(row), len(row)) == (filled, dots)


@pytest.mark.parametrize("language", ["de", "de-simple", "en", "ar", "fa", "uk", "ru", "tr"])
def test_times_prices_and_numbers_run_left_to_right_in_every_language(language: str) -> None:
    with translation.override(language), clock.held_at(EVENING):
        page = draw(
            "{% time_range start end %}{% price 1200 %}{% phone '0561123456' %}{% ltr '3/12' %}"
            "{% day start %}",
            start=EVENING,
            end=EVENING + timedelta(hours=2),
        )

    for text in ("18:00–20:00", "12\N{NO-BREAK SPACE}€", "+49 561 123456", "3/12"):
        assert f'<bdi dir="ltr">{text}</bdi>' in page
    assert 'datetime="2026-11-24"' in page


def test_a_day_of_another_year_names_the_year_and_free_is_a_word() -> None:
    with translation.override("de"), clock.held_at(EVENING):
        assert "Dienstag, 24. November<" in draw("{% day moment %}", moment=EVENING)
        assert "2027" in draw("{% day moment %}", moment=EVENING + timedelta(days=365))
        assert "€" not in draw("{% price 0 %}")
        assert "12,50" in draw("{% price 1250 %}")


def test_a_whole_day_is_written_with_its_times_only() -> None:
    midnight = timezone.localtime(EVENING).replace(hour=0, minute=0)
    end = midnight.replace(hour=23, minute=59)
    assert "00:00–23:59" in draw("{% time_range a b %}", a=midnight, b=end)


def test_a_date_over_several_days_names_both_days() -> None:
    with translation.override("en"), clock.held_at(EVENING):
        page = draw("{% time_range a b %}", a=EVENING, b=EVENING + timedelta(days=2))

    assert "24 November" in page
    assert "26 November" in page


def test_pagination_links_only_where_there_is_a_page() -> None:
    first = page_of(list(range(30)), QueryDict("q=a"))
    only = page_of([1], QueryDict())

    page = draw("{% pagination links %}", links=first)
    assert 'rel="next" href="?q=a&amp;page=2"' in page
    assert 'rel="prev"' not in page
    assert draw("{% pagination links %}", links=only) == ""


def test_a_slot_shows_what_others_registered_once() -> None:
    def filler(_request: object, obj: object) -> SafeString:
        return SafeString(f"<b>{obj}</b>")

    slots.register("test-place", filler)
    slots.register("test-place", filler)

    assert draw("{% slot 'test-place' 7 %}{% slot 'unknown' 7 %}") == "<b>7</b>"


def test_an_unknown_pictogram_never_takes_a_page_down() -> None:
    assert "<svg" in draw("{% icon 'no-such-thing' %}{% topic_icon 'no-such-topic' %}")
