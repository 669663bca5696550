"""Who pays guides and what, the own account of a guide, and budgets of teams."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from miteinander.community.regions.models import Region
from miteinander.cooperation.guides import papers_hours as quarters
from miteinander.cooperation.guides.forms.payments import AccountForm, BudgetForm, PayerForm
from miteinander.cooperation.guides.models import Guide
from miteinander.cooperation.guides.papers_payments import payments_xlsx
from miteinander.cooperation.guides.queries import payments as queries
from miteinander.cooperation.guides.queries.network import guide_of
from miteinander.cooperation.guides.services import payments
from miteinander.cooperation.guides.views.hours import quarter_of_address
from miteinander.cooperation.guides.views.subsidy import file_answer
from miteinander.foundation.core import clock
from miteinander.foundation.ui.forms import bound
from miteinander.foundation.ui.steps import has_done, is_sent, only


def _own_guide(request: HttpRequest) -> Guide:
    guide = guide_of(request.user.pk) if request.user.pk else None
    if guide is None:
        raise Http404
    return guide


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def bank_account(request: HttpRequest) -> HttpResponse:
    """Let a guide enter the own account; what is kept is shown by its last digits only."""
    guide = _own_guide(request)
    form = bound(AccountForm, request)

    def keep() -> None:
        payments.keep_account(actor=request.user, guide_id=guide.pk, **form.cleaned_data)

    if is_sent(request, form) and has_done(form, keep):
        messages.success(request, _("Saved."))
        return redirect("guides:bank")
    holder, digits = queries.masked_account(guide)
    context = {"guide": guide, "form": form, "holder": holder, "digits": digits}
    return render(request, "guides/hours/bank.html", context)


@login_required
@require_POST
def bank_account_delete(request: HttpRequest) -> HttpResponse:
    guide = _own_guide(request)
    payments.delete_account(actor=request.user, guide_id=guide.pk)
    messages.success(request, _("Your account is deleted here."))
    return redirect("guides:bank")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def payment_list(request: HttpRequest) -> HttpResponse:
    """Show what is paid in a quarter; a POST opens the accounts, and that is recorded."""
    only(request, "guides.open_payments")
    begin, opens = quarter_of_address(request), request.method == "POST"
    if opens:
        payments.note_opened_accounts(actor=request.user)
    found = queries.payments_between(
        actor=request.user, begin=begin, end=quarters.next_quarter(begin), opens_accounts=opens
    )
    context = {
        "payments": found,
        "quarter": quarters.name_of(begin),
        "quarters": quarters.last_quarters(clock.today()),
        "are_open": opens,
        "total": sum(payment.euros for payment in found),
    }
    return render(request, "guides/hours/payments.html", context)


@never_cache
@login_required
@require_POST
def payment_table(request: HttpRequest) -> HttpResponse:
    """Give the payments of a quarter with the accounts as a table; that is recorded."""
    only(request, "guides.open_payments")
    begin = quarter_of_address(request)
    payments.note_opened_accounts(actor=request.user)
    found = queries.payments_between(
        actor=request.user, begin=begin, end=quarters.next_quarter(begin), opens_accounts=True
    )
    name = quarters.name_of(begin)
    return file_answer(payments_xlsx(found, name), quarters.SHEET, f"payments-{name}.xlsx")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def payer_list(request: HttpRequest) -> HttpResponse:
    """Say who pays guides."""
    only(request, "guides.grant_payers")
    form = bound(PayerForm, request, regions=Region.objects.order_by("ags"))

    def grant() -> None:
        payments.grant_payer(actor=request.user, **form.cleaned_data)

    if is_sent(request, form) and has_done(form, grant):
        messages.success(request, _("The role was given."))
        return redirect("guides:payers")
    context = {"form": form, "roles": queries.payer_roles()}
    return render(request, "guides/coordination/payers.html", context)


@login_required
@require_POST
def payer_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    only(request, "guides.grant_payers")
    payments.revoke_payer(actor=request.user, role_id=pk)
    messages.success(request, _("The role was taken back."))
    return redirect("guides:payers")


@never_cache
@login_required
@require_GET
def budget_list(request: HttpRequest) -> HttpResponse:
    only(request, "guides.set_budget")
    return _budgets(request, _budget_form(request))


@never_cache
@login_required
@require_POST
def budget_set(request: HttpRequest) -> HttpResponse:
    """Enter or change the budget of a region for a year."""
    only(request, "guides.set_budget")
    form = _budget_form(request)

    def enter() -> None:
        payments.set_budget(actor=request.user, **form.cleaned_data)

    if is_sent(request, form) and has_done(form, enter):
        messages.success(request, _("Saved."))
        return redirect("guides:budgets")
    return _budgets(request, form)


def _budget_form(request: HttpRequest) -> BudgetForm:
    regions = Region.objects.order_by("ags")
    return bound(BudgetForm, request, regions=regions, initial={"year": clock.today().year})


def _budgets(request: HttpRequest, form: BudgetForm) -> HttpResponse:
    context = {"form": form, "uses": queries.uses_of(queries.budgets()[:100])}
    return render(request, "guides/coordination/budgets.html", context)
