"""The payments of a quarter as a table to take along, in German."""

from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext as _

from miteinander.cooperation.guides.papers import GERMAN
from miteinander.cooperation.guides.queries.payments import Payment
from miteinander.encounters.activities.workbook import Cell, xlsx_of


def payments_xlsx(payments: Iterable[Payment], quarter: str) -> bytes:
    """Write a row for each guide: name, holder and IBAN, and the amounts in euros."""
    with translation.override(GERMAN):
        head: list[list[Cell]] = [
            [_("Payments to guides"), quarter],
            [
                _("Name"), _("Account holder"), _("IBAN"), _("Minutes"), _("Allowance in euros"),
                _("Travel costs in euros"), _("Together in euros"),
            ],
        ]  # fmt: skip
        return xlsx_of(_("Payments to guides"), [*head, *map(_row, payments)])


def _row(payment: Payment) -> list[Cell]:
    account = payment.account
    return [
        payment.guide.person.name, account.holder if account else "",
        account.iban if account else "", payment.minutes, float(payment.allowance),
        float(payment.travel), float(payment.euros),
    ]  # fmt: skip
