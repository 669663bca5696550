"""The world of ``world.py`` for whoever asks: made once for each module."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

from tests.world import World, build_world


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Everything in one transaction around those of the tests, undone after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        translation.activate("de")
        yield build_world()
        transaction.set_rollback(True)
