"""Who may open and send what: every address, every role, both methods, on one page.

A new address without a row (``world.py``) fails. "Denied" is 404 for whoever may not know of the
thing, or the way to the sign-in for visitors; never a page. Only who plans for the organisation
anyway may be told with 403 that an act is the coordinators'.
"""

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.urls import URLResolver, get_resolver, reverse

from tests.matrix import MATRIX, MEMBERS, ROLES
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.crawl]


def url_names() -> set[str]:
    """Name every address of the product."""

    def walk(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                inner = f"{entry.namespace}:" if entry.namespace else ""
                yield from walk(entry, namespace + inner)
            else:
                yield f"{namespace}{entry.name}"

    return set(walk(get_resolver()))


def is_denied(answer: HttpResponse, role: str) -> bool:
    """Refused: not found, expired, sent to the sign-in, or told so as somebody who plans there."""
    sends_to_sign_in = answer.status_code == 302 and reverse("account_login") in answer["Location"]
    is_told = answer.status_code == 403 and role in MEMBERS
    return answer.status_code in {404, 410} or sends_to_sign_in or is_told


def test_every_address_has_a_row() -> None:
    assert url_names() == set(MATRIX)


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_only_the_roles_in_the_row_get_in(world: World, name: str) -> None:
    row = MATRIX[name]
    wrong = []
    for method in row.methods.split():
        for role in sorted(ROLES):
            answer = world.send(world.address(name), role, method)
            let_in = not is_denied(answer, role)
            if name.startswith(("account_", "mfa_")):
                let_in = True  # the sign-in itself, which may send on to its own first page
            has_failed = answer.status_code >= 500 and name != "technical:ready"
            if let_in != (role in row.who) or has_failed:
                wrong.append(f"{method} as {role}: {answer.status_code}")
    assert not wrong


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_other_methods_are_refused(world: World, name: str) -> None:
    row = MATRIX[name]
    for method in {"GET", "POST"} - set(row.methods.split()):
        answer = world.send(world.address(name), "administrator", method)
        assert answer.status_code in {404, 405}
