"""Looking changes nothing, and no form acts without its token: every address, every role."""

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.matrix import MATRIX, ROLES, who_walks
from tests.world import SIGN_IN_BACKEND, World

pytestmark = [pytest.mark.django_db, pytest.mark.crawl]
# Mail programs post here for their reader (RFC 8058); the signed key in the address is the proof.
ONE_CLICK = {
    "notifications:reminders",
    "notifications:news_off",
    "notifications:poll_mails",
}
WRITE = re.compile(
    r"\s*(INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE)\b.*?[\"`](\w+)[\"`]", re.DOTALL
)
OF_SESSIONS = {"django_session", "usersessions_usersession"}


@contextmanager
def noted_writes() -> Iterator[list[str]]:
    """Note the table of each statement that writes, sessions left out."""
    tables: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if (found := WRITE.match(sql)) and found[2] not in OF_SESSIONS:
            tables.append(f"{found[1]} {found[2]}")
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield tables


def sums() -> dict[str, tuple[int, str]]:
    """Count and sum up the rows of every table, sessions left out."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in OF_SESSIONS:
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            rows = sorted(map(repr, cursor.fetchall()))
            found[table] = (len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest())
    return found


def looks(world: World) -> list[str]:
    return [world.address(name) for name in sorted(MATRIX) if "GET" in MATRIX[name].methods]


@pytest.mark.parametrize("role", who_walks(ROLES, ("administrator", "guide", "payer")))
def test_looking_twice_changes_no_row(world: World, role: str) -> None:
    client, before, wrong = world.clients[role], sums(), []
    for address in looks(world):
        with noted_writes() as tables:
            client.get(address)
            client.get(address)
        if tables:
            wrong.append((address, tables))
    assert not wrong
    assert sums() == before


def test_a_write_would_be_noticed(world: World) -> None:
    before = sums()
    with noted_writes() as tables:
        world.clients["anonymous"].post(
            world.address("web:feedback"), {"message": "Zu klein", "page": "", "reply_to": ""}
        )
    assert "INSERT web_feedback" in tables
    assert sums() != before


@pytest.mark.parametrize("role", ["anonymous", "administrator"])
def test_no_form_acts_without_its_token(world: World, role: str) -> None:
    client = Client(enforce_csrf_checks=True)
    if (person := world.people[role]) is not None:
        client.force_login(person, backend=SIGN_IN_BACKEND)
    wrong, before = [], sums()
    for name in sorted(MATRIX):
        if "POST" not in MATRIX[name].methods or name in ONE_CLICK:
            continue
        with noted_writes() as tables:
            answer = client.post(world.address(name), {"csrfmiddlewaretoken": "x" * 32})
        if answer.status_code != 403 or tables:
            wrong.append((name, answer.status_code, tables))
    assert not wrong
    assert sums() == before
