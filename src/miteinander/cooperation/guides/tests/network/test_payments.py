"""Payments: who opens accounts, check digits, budgets of teams, and how long accounts are kept."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from miteinander.community.organisations.tests.factories import CoordinatorRoleFactory
from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import AdministratorFactory, PersonFactory
from miteinander.community.regions.models import Region
from miteinander.community.regions.tests.factories import RegionFactory
from miteinander.cooperation.guides.exports import export_person
from miteinander.cooperation.guides.models import BankAccount, Guide, PayerRole, TeamBudget
from miteinander.cooperation.guides.permissions_payments import can_pay, paid_guides
from miteinander.cooperation.guides.queries.payments import budget_uses, payments_between
from miteinander.cooperation.guides.services import hours, payments
from miteinander.cooperation.guides.tests.network.factories import (
    GuideFactory,
    HoursFactory,
    PayerRoleFactory,
)
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")
IBAN = "DE02120300000000202051"
DAY, BEGIN, END = date(2026, 3, 2), date(2026, 1, 1), date(2026, 4, 1)


@pytest.fixture
def town() -> Region:
    district = RegionFactory.create(kind="district")
    place: Region = RegionFactory.create(parent=district)
    return place


@pytest.fixture
def coordinator(town: Region) -> Person:
    person: Person = CoordinatorRoleFactory.create(region=town).person
    return person


@pytest.fixture
def guide(town: Region) -> Guide:
    row: Guide = GuideFactory.create(municipality=town)
    return row


@pytest.fixture
def payer(town: Region) -> Person:
    person: Person = PayerRoleFactory.create(region=town.parent).person
    return person


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def keep(guide: Guide, iban: str = IBAN) -> BankAccount:
    return payments.keep_account(
        actor=guide.person, guide_id=guide.pk, holder="Amal Beispiel", iban=iban
    )


def confirmed(guide: Guide, coordinator: Person, minutes: int = 90) -> None:
    row = HoursFactory.create(guide=guide, day=DAY, minutes=minutes)
    hours.confirm_hours(actor=coordinator, hours_id=row.pk)


def refusal(step: Callable[[], object]) -> str:
    with pytest.raises(ValidationError) as caught:
        step()
    at_fields = getattr(caught.value, "error_dict", {"": caught.value.args})
    return str(next(iter(at_fields.values()))[0].code if "" not in at_fields else caught.value.code)


@pytest.mark.parametrize(
    "typed", [IBAN, "de02 1203 0000 0000 2020 51", "GB82 WEST 1234 5698 7654 32"]
)
def test_an_account_is_sealed_whatever_way_it_is_typed(guide: Guide, typed: str) -> None:
    kept = keep(guide, typed)
    assert "2020" not in kept.sealed
    assert "Beispiel" not in kept.sealed
    assert keep(guide).pk == kept.pk


@pytest.mark.parametrize(
    "typed",
    ["", "DE02120300000000202052", "DE0212030000000020205", "XX00", "1234567890", "DE" * 30],
)
def test_an_account_that_is_none_is_refused(guide: Guide, typed: str) -> None:
    assert refusal(lambda: keep(guide, typed)) == "wrong_iban"
    page = signed_in(guide.person).post(
        reverse("guides:bank"), {"holder": "Amal Beispiel", "iban": typed}
    )
    assert page.status_code == 200
    assert "Amal Beispiel" in page.content.decode()
    assert not BankAccount.objects.exists()


def test_a_guide_sees_the_last_digits_only_and_deletes_the_account(guide: Guide) -> None:
    client = signed_in(guide.person)
    client.post(reverse("guides:bank"), {"holder": "Amal Beispiel", "iban": IBAN})
    page = client.get(reverse("guides:bank")).content.decode()
    assert "2051" in page
    assert "0202051" not in page
    assert export_person(guide.person)["bank_account"] == [
        {"holder": "Amal Beispiel", "iban": IBAN}
    ]
    client.post(reverse("guides:bank_delete"))
    assert not BankAccount.objects.exists()
    assert not AuditEntry.objects.filter(details__icontains="2051").exists()


def test_only_who_pays_opens_accounts_and_each_time_is_recorded(
    guide: Guide, coordinator: Person, payer: Person
) -> None:
    keep(guide)
    confirmed(guide, coordinator)
    address = f"{reverse('guides:payments')}?quarter=2026-1"
    client = signed_in(payer)
    closed = client.get(address).content.decode()
    assert guide.person.name in closed
    assert IBAN not in closed
    assert not AuditEntry.objects.filter(verb="guides.open_accounts").exists()
    assert IBAN in client.post(address).content.decode().replace(" ", "")
    assert AuditEntry.objects.filter(verb="guides.open_accounts").count() == 1
    elsewhere = PayerRoleFactory.create(region=RegionFactory.create()).person
    assert guide.person.name not in signed_in(elsewhere).post(address).content.decode()
    for person in (coordinator, AdministratorFactory.create(), guide.person):
        assert signed_in(person).post(address).status_code == 404


def test_the_table_holds_what_is_paid(
    guide: Guide, coordinator: Person, payer: Person, tmp_path: object
) -> None:
    keep(guide)
    confirmed(guide, coordinator, 90)
    answer = signed_in(payer).post(f"{reverse('guides:payments_xlsx')}?quarter=2026-1")
    path = tmp_path / "payments.xlsx"  # type: ignore[operator]
    path.write_bytes(answer.content)
    rows = list(openpyxl.load_workbook(path).active.values)  # type: ignore[union-attr]
    (paid,) = payments_between(actor=payer, begin=BEGIN, end=END)
    assert rows[-1][:4] == (guide.person.name, "Amal Beispiel", IBAN, 90)
    assert Decimal(str(rows[-1][6])) == paid.euros > 0


def test_who_pays_opens_the_statement_of_the_own_region_alone(
    guide: Guide, payer: Person, town: Region
) -> None:
    address = reverse("guides:statement_xlsx", args=[guide.pk])
    assert signed_in(payer).get(address).status_code == 200
    other = reverse("guides:statement_xlsx", args=[GuideFactory.create().pk])
    assert signed_in(payer).get(other).status_code == 404


def test_the_rule_and_its_set_agree(guide: Guide, payer: Person, town: Region) -> None:
    everywhere = PayerRoleFactory.create(region=None).person
    here = PayerRoleFactory.create(region=town).person
    nobody = PersonFactory.create()
    other = GuideFactory.create()
    for person in (payer, everywhere, here, nobody):
        found = set(Guide.objects.filter(paid_guides(person)))
        assert found == {row for row in (guide, other) if can_pay(person, row)}
    assert set(Guide.objects.filter(paid_guides(payer))) == {guide}


def test_the_number_of_queries_is_constant(
    guide: Guide, coordinator: Person, payer: Person, town: Region
) -> None:
    counts = []
    for _more in range(3):
        row = GuideFactory.create(municipality=town)
        keep(row)
        confirmed(row, coordinator)
        with CaptureQueriesContext(connection) as queries:
            payments_between(actor=payer, begin=BEGIN, end=END, opens_accounts=True)
        counts.append(len(queries))
    assert counts[1] == counts[2]


def test_administrators_say_who_pays(town: Region) -> None:
    admin, person = AdministratorFactory.create(), PersonFactory.create()
    client = signed_in(admin)
    address = reverse("guides:payers")
    typed = {"email": person.email, "region": town.pk}
    assert client.post(address, typed | {"email": "nobody@example.org"}).status_code == 200
    client.post(address, typed)
    assert client.post(address, typed).status_code == 200
    role = PayerRole.objects.get()
    assert (role.person, role.region) == (person, town)
    client.post(reverse("guides:payer_revoke", args=[role.pk]))
    client.post(reverse("guides:payer_revoke", args=[role.pk]))
    assert not PayerRole.objects.exists()
    with pytest.raises(PermissionDenied):
        payments.grant_payer(actor=person, email=str(person.email))


def test_hours_beyond_the_budget_of_a_team_are_refused(
    guide: Guide, coordinator: Person, town: Region
) -> None:
    assert town.parent is not None
    payments.set_budget(actor=SYSTEM, region=town.parent, year=2026, hours=2)
    other = GuideFactory.create(municipality=RegionFactory.create(parent=town.parent))
    confirmed(other, CoordinatorRoleFactory.create(region=other.municipality).person, 60)
    confirmed(guide, coordinator, 60)
    row = HoursFactory.create(guide=guide, day=DAY, minutes=1)
    wrong = refusal(lambda: hours.confirm_hours(actor=coordinator, hours_id=row.pk))
    assert wrong == "above_budget"
    hours.confirm_hours(actor=coordinator, hours_id=row.pk, is_paid=False)
    (use,) = budget_uses(actor=coordinator, year=2026)
    assert (use.minutes, use.is_near) == (120, True)
    payments.set_budget(actor=SYSTEM, region=town.parent, year=2026, hours=3)
    assert TeamBudget.objects.get().hours == 3


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"year": 1999}, "wrong_year"),
        ({"hours": -1}, "wrong_hours"),
        ({"hours": 10**6}, "wrong_hours"),
    ],
)
def test_a_budget_that_cannot_be_is_refused(
    town: Region, changes: dict[str, int], code: str
) -> None:
    told = {"year": 2026, "hours": 5} | changes
    assert refusal(lambda: payments.set_budget(actor=SYSTEM, region=town, **told)) == code


def test_an_account_goes_a_hundred_days_after_the_guide_left(guide: Guide) -> None:
    keep(guide)
    left = clock.today()
    Guide.objects.filter(pk=guide.pk).update(status="left", left_on=left)
    for days, kept in ((99, 1), (100, 1), (102, 0)):
        payments.forget_old_accounts(actor=SYSTEM, now=clock.now() + timedelta(days=days))
        assert BankAccount.objects.count() == kept


def test_the_pages_of_budgets_and_payments_say_what_is_there(
    guide: Guide, coordinator: Person, payer: Person, town: Region
) -> None:
    admin = signed_in(AdministratorFactory.create())
    address = reverse("guides:budget_set")
    assert admin.post(address, {"region": town.pk, "year": "1", "hours": "2"}).status_code == 200
    admin.post(address, {"region": town.pk, "year": str(clock.today().year), "hours": "40"})
    assert town.name in admin.get(reverse("guides:budgets")).content.decode()
    assert town.name in signed_in(coordinator).get(reverse("guides:hours")).content.decode()
    assert signed_in(payer).get(reverse("people:account")).status_code == 200
    assert (
        reverse("guides:payments")
        in signed_in(payer).get(reverse("people:account")).content.decode()
    )
