"""Housekeeping of the word index."""

from datetime import timedelta

from django_tasks import task

from miteinander.foundation.content import services
from miteinander.foundation.core.jobs import recurring


@recurring(every=timedelta(days=1))
@task()
def forget_unused_words() -> None:
    """Delete the words that no text holds any more: what was erased cannot be guessed at."""
    while services.forget_unused_words():
        pass
