"""Addresses of the hours of guides."""

from django.urls import path

from miteinander.cooperation.guides.views import hours, payments

H = "hours/"
hours_patterns = [
    path(H, hours.hours_list, name="hours"),
    path(H + "mine/", hours.hours_mine, name="my_hours"),
    path(H + "of/<int:pk>/", hours.hours_of_guide, name="hours_of"),
    path(H + "of/<int:pk>/report/", hours.hours_report, name="hours_report"),
    path(H + "of/<int:pk>/table/", hours.statement_table, name="statement_xlsx"),
    path(H + "of/<int:pk>/paper/", hours.statement_paper, name="statement_pdf"),
    path(H + "bank/", payments.bank_account, name="bank"),
    path(H + "bank/delete/", payments.bank_account_delete, name="bank_delete"),
    path(H + "payments/", payments.payment_list, name="payments"),
    path(H + "payments/table/", payments.payment_table, name="payments_xlsx"),
    path(H + "payers/", payments.payer_list, name="payers"),
    path(H + "payers/<int:pk>/revoke/", payments.payer_revoke, name="payer_revoke"),
    path(H + "budgets/", payments.budget_list, name="budgets"),
    path(H + "budgets/set/", payments.budget_set, name="budget_set"),
    path(H + "<int:pk>/correct/", hours.hours_correct, name="hours_correct"),
]
