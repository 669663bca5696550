"""Doing it together: organisations that invite too, and people who help on a date."""

from miteinander.encounters.activities.services.together.co_hosts import (
    MOST,
    CoHostRefused,
    answer_co_host,
    ask_co_host,
    end_co_host,
)

__all__ = ["MOST", "CoHostRefused", "answer_co_host", "ask_co_host", "end_co_host"]
