"""The six steps that set an instance up, gone afterwards; later for administrators."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core.mail import send_mail
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from miteinander.foundation.core.models import Instance
from miteinander.foundation.core.permissions import SystemActor, can
from miteinander.foundation.ui.components import Step, Task
from miteinander.foundation.ui.forms import PlainForm, bound
from miteinander.web import services
from miteinander.web.forms import (
    AdministratorForm,
    ContactForm,
    FundingForm,
    IdentityForm,
    LegalForm,
    MailTestForm,
    SetupCodeForm,
)

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
_SETUP = SystemActor("setup")


@dataclass(frozen=True)
class Page:
    """One step: its place in the address, its heading and its form."""

    slug: str
    label: str | Promise
    form: type[PlainForm]


PAGES = (
    Page("administrator", gettext_lazy("First administrator"), AdministratorForm),
    Page("identity", gettext_lazy("Name and area"), IdentityForm),
    Page("contact", gettext_lazy("Contact"), ContactForm),
    Page("legal", gettext_lazy("Imprint and privacy"), LegalForm),
    Page("funding", gettext_lazy("Co-funding"), FundingForm),
    Page("mail", gettext_lazy("Mail"), MailTestForm),
)
FACTS = {page.slug: page for page in PAGES if page.slug not in {"administrator", "mail"}}


def only_during_setup(view: View[P]) -> View[P]:
    """Answer 404 once the instance is set up."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if Instance.objects.filter(pk=1, is_set_up=True).exists():
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@require_http_methods(["GET", "POST"])
@only_during_setup
def setup_start(request: HttpRequest) -> HttpResponse:
    form = bound(SetupCodeForm, request)
    if form.is_bound and form.is_valid():
        if services.is_setup_code(form.cleaned_data["code"]):
            request.session.cycle_key()
            request.session["setup_code"] = form.cleaned_data["code"]
            return redirect("web:setup_step", PAGES[0].slug)
        form.add_error("code", _("This code does not fit. Run “miteinander setup” again."))
    return render(request, "web/setup_start.html", {"form": form})


def _page(slug: str) -> tuple[int, Page]:
    for number, page in enumerate(PAGES):
        if page.slug == slug:
            return number, page
    raise Http404


def _steps(current: int) -> list[Step]:
    states = ["done"] * current + ["current"] + ["upcoming"] * (len(PAGES) - current - 1)
    return [Step(str(page.label), state) for page, state in zip(PAGES, states, strict=True)]


def _initial(page: Page, request: HttpRequest) -> dict[str, str]:
    kept = request.session.get("setup_administrator", {})
    instance = Instance.objects.filter(pk=1).first() or Instance()
    facts = {name: str(getattr(instance, name)) for name in services.INSTANCE_FIELDS}
    return kept if page.slug == "administrator" else facts


def _finish(request: HttpRequest, address: str) -> HttpResponse:
    """Test the mail if wanted, then make the administrator and sign in."""
    if address:
        send_mail(_("Test mail"), _("Mail works."), from_email=None, recipient_list=[address])
    kept = request.session["setup_administrator"]
    person = services.finish_setup(
        actor=_SETUP, name=kept["name"], email=kept["email"], language=get_language() or "de"
    )
    login(request, person, backend="allauth.account.auth_backends.AuthenticationBackend")
    messages.success(request, _("Everything is set up. You are signed in as administrator."))
    return redirect("web:home")


def _keep(request: HttpRequest, page: Page, data: dict[str, str]) -> HttpResponse | None:
    """Store what one step asked; answer with a page only after the last one."""
    if page.slug == "administrator":
        request.session["setup_administrator"] = {"name": data["name"], "email": data["email"]}
    elif page.slug == "mail":
        return _finish(request, data["address"])
    else:
        services.change_instance(actor=_SETUP, facts=data, district=data.pop("district", ""))
    return None


@require_http_methods(["GET", "POST"])
@only_during_setup
def setup_step(request: HttpRequest, step: str) -> HttpResponse:
    number, page = _page(step)
    if not services.is_setup_code(request.session.get("setup_code", "")):
        return redirect("web:setup")
    if number and "setup_administrator" not in request.session:
        return redirect("web:setup_step", PAGES[0].slug)
    form = bound(page.form, request, initial=_initial(page, request))
    if form.is_bound and form.is_valid():
        try:
            answer = _keep(request, page, form.cleaned_data)
        except OSError:
            form.add_error(
                "address",
                _("The mail could not be sent. Check EMAIL_URL, or leave the field empty."),
            )
        else:
            return answer or redirect("web:setup_step", PAGES[number + 1].slug)
    context = {"form": form, "page": page, "steps": _steps(number), "is_last": page is PAGES[-1]}
    return render(request, "web/setup_step.html", context)


@require_GET
@login_required
def instance_overview(request: HttpRequest) -> HttpResponse:
    if not can(request.user, "web.change_instance"):
        raise Http404
    tasks = [
        Task(str(page.label), reverse("web:instance_edit", args=[slug]), "complete", "")
        for slug, page in FACTS.items()
    ]
    return render(request, "web/instance.html", {"tasks": tasks})


@require_http_methods(["GET", "POST"])
@login_required
def instance_edit(request: HttpRequest, step: str) -> HttpResponse:
    if step not in FACTS or not can(request.user, "web.change_instance"):
        raise Http404
    page = FACTS[step]
    form = bound(page.form, request, initial=_initial(page, request))
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        district = data.pop("district", "")
        services.change_instance(actor=request.user, facts=data, district=district)
        messages.success(request, _("Saved."))
        return redirect("web:instance")
    context = {"form": form, "page": page}
    return render(request, "web/instance_edit.html", context)
