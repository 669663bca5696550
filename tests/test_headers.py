"""What browsers are told with every answer, and what caches must never keep."""

import pytest
from django.http import HttpResponse
from django.urls import reverse

from tests.matrix import EVERYBODY, MATRIX
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.crawl]
RULES = {
    "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self'",
    "font-src": "'self'", "connect-src": "'self'", "manifest-src": "'self'",
    "form-action": "'self'", "base-uri": "'none'", "frame-ancestors": "'none'",
}  # fmt: skip
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
PERSONAL = {name for name, row in MATRIX.items() if row.who != EVERYBODY and "GET" in row.methods}


def answers(world: World, role: str) -> dict[str, HttpResponse]:
    found = {name: world.send(world.address(name), role) for name in sorted(MATRIX)}
    found["nowhere"] = world.send("/de/nowhere/", role)
    return found


def rules_of(answer: HttpResponse) -> dict[str, str]:
    parts = answer.headers["Content-Security-Policy"].split(";")
    return dict(part.strip().split(" ", 1) for part in parts if part.strip())


@pytest.mark.parametrize("role", ["anonymous", "administrator"])
def test_every_answer_loads_from_its_own_origin_only(world: World, role: str) -> None:
    found = answers(world, role)
    assert {name for name, answer in found.items() if rules_of(answer) != RULES} == set()
    for header, value in FIXED.items():
        assert {name for name, answer in found.items() if answer.get(header) != value} == set()


@pytest.mark.parametrize("role", ["participant", "manager", "administrator"])
def test_no_page_of_somebody_signed_in_is_ever_kept(world: World, role: str) -> None:
    kept = {
        name
        for name, answer in answers(world, role).items()
        if "no-store" not in answer.get("Cache-Control", "")
    }
    assert kept == set()


def test_what_is_personal_is_not_kept_for_visitors_either(world: World) -> None:
    found = answers(world, "anonymous")
    secret_ones = ("activities:seat", "activities:sign_up", "account_login")
    assert all("no-store" in found[name]["Cache-Control"] for name in secret_ones)
    assert all("X-Public-Page" not in found[name].headers for name in PERSONAL)


def test_signing_out_clears_the_browser(world: World) -> None:
    answer = world.send(reverse("account_logout"), "participant", "POST")
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert answer.cookies["sessionid"].value == ""


def test_cookies_are_closed_to_scripts_and_to_other_sites(world: World) -> None:
    answer = world.send(world.address("web:feedback"), "anonymous")
    assert answer.cookies
    for cookie in answer.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
