"""Pictures for the README; ``SCREENSHOTS=1 pytest tests/browser/test_screenshots.py`` renews them.

Without the variable they go to a temporary folder, so that the way to make them stays tested.
"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import PROJECT, walker_for
from tests.serving import Platform

pytestmark = [pytest.mark.browser, pytest.mark.process]

PICTURES = {
    "home-de": ("", "de", 1280, 1100),
    "meetings-ar": ("activities/", "ar", 360, 760),
    "sign-up-uk": ("activities/3/sign-up/", "uk", 360, 760),
}


@pytest.mark.parametrize("name", sorted(PICTURES))
def test_a_picture_can_be_made(
    chromium: Browser, district: Platform, tmp_path: Path, name: str
) -> None:
    path, language, width, height = PICTURES[name]
    folder = PROJECT / "docs" / "screenshots" if os.environ.get("SCREENSHOTS") else tmp_path
    folder.mkdir(exist_ok=True)
    walker = walker_for(chromium, district, language=language, width=width, has_script=True)
    walker.page.set_viewport_size({"width": width, "height": height})
    walker.open(path)

    walker.page.screenshot(path=folder / f"{name}.png")

    assert (folder / f"{name}.png").stat().st_size > 10_000
    walker.context.close()
