from django.test import RequestFactory

from miteinander.foundation.ui.forms import bound, is_switch
from miteinander.foundation.ui.tests.forms_for_tests import EveryKindForm

TYPED = {
    "name": "Amira",
    "phone": "0561",
    "way": "phone",
    "begins_0": "2026-11-24",
    "begins_1": "18:00",
    "agreed": "on",
}


def test_a_get_shows_an_empty_form() -> None:
    form = bound(EveryKindForm, RequestFactory().get("/de/"), initial={"name": "Omar"})

    assert not form.is_bound
    assert form["name"].value() == "Omar"


def test_a_post_checks_the_form() -> None:
    request = RequestFactory().post("/de/", TYPED)

    form = bound(EveryKindForm, request)

    assert not is_switch(request)
    assert form.is_bound
    assert list(form.errors) == ["phone"]


def test_a_change_of_language_keeps_what_was_typed_and_checks_nothing() -> None:
    request = RequestFactory().post("/ar/", {**TYPED, "_switch": "1"})

    form = bound(EveryKindForm, request, initial={"name": "Omar", "city": "Baunatal"})

    assert is_switch(request)
    assert not form.is_bound
    assert not form.errors
    page = form.as_p()
    for typed in ("Amira", "0561", "2026-11-24", "18:00", "checked"):
        assert typed in page


def test_plain_texts_of_a_form_are_cleaned_too() -> None:
    form = EveryKindForm({**TYPED, "phone": "", "city": " Bau\u202enatal\n"})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["city"] == "Baunatal"


def test_browsers_are_not_asked_to_check() -> None:
    assert "required" not in EveryKindForm().as_p()
