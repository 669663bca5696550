"""What a form field shows, and what is wrong in a form."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField, CheckboxInput, Select
from django.forms.formsets import BaseFormSet
from django.forms.widgets import ChoiceWidget


@dataclass(frozen=True)
class Problem:
    """One message, and the field it belongs to (none for the form as a whole)."""

    text: str
    target: str = ""


def is_group(bound: BoundField) -> bool:
    """Tell whether a field is a set of radio buttons or check boxes."""
    widget = bound.field.widget
    return isinstance(widget, ChoiceWidget) and not isinstance(widget, Select)


def first_id(bound: BoundField) -> str:
    """Return the id of the first control of a field."""
    if bound.field.widget.use_fieldset:
        choices = list(bound.subwidgets)
        if is_group(bound) and choices:
            return choices[0].id_for_label
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id


def _notes(bound: BoundField) -> str:
    notes = [f"{bound.auto_id}_help"] if bound.help_text else []
    if bound.errors:
        notes.append(f"{bound.auto_id}_error")
    return " ".join(notes)


def field_parts(bound: BoundField) -> dict[str, Any]:
    """Return everything the field component shows."""
    notes = _notes(bound)
    attrs: dict[str, Any] = {"aria-describedby": notes} if notes else {}
    if bound.errors and not is_group(bound):
        attrs["aria-invalid"] = "true"
    if is_group(bound):
        kind = "group"
    elif bound.field.widget.use_fieldset:
        kind = "several"
    else:
        kind = "checkbox" if isinstance(bound.field.widget, CheckboxInput) else "single"
    return {
        "field": bound,
        "kind": kind,
        "notes": notes,
        "control": "" if kind == "group" else bound.as_widget(attrs=attrs),
        "is_optional": not bound.field.required and kind != "checkbox",
        "help_id": f"{bound.auto_id}_help",
        "error_id": f"{bound.auto_id}_error",
    }


def _of_form(form: Any) -> Iterator[Problem]:
    for text in form.non_field_errors():
        yield Problem(str(text))
    for bound in form:
        for text in bound.errors:
            yield Problem(str(text), "" if bound.is_hidden else first_id(bound))


def find(form: Any) -> Iterator[Problem]:
    """Yield what is wrong in a form or a formset, in the order of the page."""
    if isinstance(form, BaseFormSet):
        for text in form.non_form_errors() if form.is_bound else ():
            yield Problem(str(text))
        for one in form.forms:
            yield from find(one)
    elif getattr(form, "errors", None):
        yield from _of_form(form)
