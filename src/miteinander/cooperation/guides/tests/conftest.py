"""What this app told the others during a test."""

import pytest

from miteinander.foundation.core import bus


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Messages of this app, in their order."""
    seen: list[object] = []
    publish = bus.publish

    def note(message: object) -> None:
        if type(message).__module__.startswith("miteinander.cooperation.guides"):
            seen.append(message)
        publish(message)

    monkeypatch.setattr(bus, "publish", note)
    return seen
