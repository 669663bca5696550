"""Forms with our cleaning, and forms that survive a change of language."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from miteinander.foundation.core.text import one_line, paragraphs
from miteinander.foundation.ui.fields import LineField, ParagraphField, PhoneField

SWITCH = "_switch"
F = TypeVar("F", bound=forms.BaseForm)
OWN_CLEANING = (LineField, ParagraphField, PhoneField)


def _cleaned(field: forms.CharField) -> Callable[[Any], str]:
    read = field.to_python
    clean = paragraphs if isinstance(field.widget, forms.Textarea) else one_line
    return lambda value: clean(read(value) or "")


class PlainForm(forms.Form):
    """A form whose texts are cleaned before they are checked.

    Browsers are not asked to check: their messages come in the browser's language and one at a
    time; ours come all together, in the page's language.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and not isinstance(field, OWN_CLEANING):
                field.to_python = _cleaned(field)  # type: ignore[method-assign, assignment]

    def full_clean(self) -> None:
        """Name the field where nothing better says what is missing: summaries list such lines."""
        for name, field in self.fields.items():
            if (
                field.error_messages.get("required")
                == forms.Field.default_error_messages["required"]
            ):
                label = field.label or self[name].label
                field.error_messages["required"] = _("Please fill in: %(label)s") % {"label": label}
        super().full_clean()


def is_switch(request: HttpRequest) -> bool:
    """Tell whether this POST only changes the language of a page with a form."""
    return request.method == "POST" and SWITCH in request.POST


def typed_values(form: forms.BaseForm, data: Any) -> dict[str, Any]:
    """Return what was typed into ``form``, unchecked, to be shown again."""
    files: MultiValueDict[str, Any] = MultiValueDict()
    return {
        name: field.widget.value_from_datadict(data, files, form.add_prefix(name))
        for name, field in form.fields.items()
    }


def bound(form_class: Callable[..., F], request: HttpRequest, **kwargs: Any) -> F:
    """Make the main form of a page: bound on POST, unbound on GET.

    When the language changes it is unbound and shows what was typed. The page must give its
    form element ``id="page-form"``, and the view must only render again if ``is_switch``.
    """
    if is_switch(request):
        typed = typed_values(form_class(**kwargs), request.POST)
        kwargs["initial"] = {**(kwargs.get("initial") or {}), **typed}
        form = form_class(**kwargs)
    elif request.method == "POST":
        form = form_class(request.POST, request.FILES, **kwargs)
    else:
        form = form_class(**kwargs)
    form.survives_switch = True  # type: ignore[attr-defined]
    return form
