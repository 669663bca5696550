"""The doctor says when mail does not get out."""

from datetime import timedelta

import pytest

from miteinander.foundation.core import clock
from miteinander.outward.notifications.tests.factories import LetterFactory
from miteinander.web.health import letters_finding

pytestmark = pytest.mark.django_db


def test_a_waiting_letter_is_well() -> None:
    LetterFactory.create()
    assert letters_finding().is_well


def test_a_letter_that_waits_too_long_is_reported() -> None:
    LetterFactory.create(due_at=clock.now() - timedelta(hours=1))
    assert not letters_finding().is_well


def test_a_letter_given_up_is_reported() -> None:
    LetterFactory.create(failed_at=clock.now())
    assert "EMAIL_URL" in letters_finding().text
