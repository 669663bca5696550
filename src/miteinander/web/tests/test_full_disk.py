from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from miteinander.web.models import Feedback

pytestmark = pytest.mark.django_db
MESSAGE = "Der Text ist zu klein. " * 150


def refuse(execute: Any, sql: str, *rest: Any) -> Any:
    """Say what PostgreSQL says when it cannot write."""
    if sql.startswith("INSERT"):
        raise OperationalError("could not extend file: No space left on device")
    return execute(sql, *rest)


@pytest.fixture
def no_room() -> Iterator[None]:
    """Let the database meet the end of its disk: SQLite really, PostgreSQL by its words."""
    if connection.vendor != "sqlite":
        with connection.execute_wrapper(refuse):
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        yield
        cursor.execute("PRAGMA max_page_count = 1073741823")


@pytest.mark.usefixtures("no_room")
def test_a_full_disk_is_said_plainly_and_leaves_no_half_rows() -> None:
    client = Client(raise_request_exception=False)

    fields = {"message": MESSAGE, "page": ""}
    accepted = 0
    while (response := client.post("/de/accessibility/feedback/", fields)).status_code == 302:
        accepted += 1

    assert response.status_code == 503
    assert "Bitte versuchen Sie es" in response.content.decode()
    assert Feedback.objects.count() == accepted
