"""A real server with the demo district, and a real Chromium to walk through it.

One server serves the whole run, so a journey uses names and addresses of its own and never
counts what others may change.
"""

import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from tests.serving import Platform

PROJECT = Path(__file__).resolve().parents[2]
AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """The demo district, served."""
    platform = Platform(tmp_path_factory.mktemp("district"), DEMO="1", DATABASE_URL="")
    platform.variables["SITE_URL"] = f"http://localhost:{platform.port}"
    platform.variables["DATABASE_URL"] = f"sqlite:///{platform.folder / 'district.sqlite3'}"
    platform.command("upgrade", "--verbosity", "0")
    platform.command("demo", "--verbosity", "0")
    platform.start()
    yield platform
    platform.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the whole run."""
    program = shutil.which("chromium") or os.environ.get("CHROMIUM", "")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Walker:
    """Somebody in front of a screen: a language, a width, with or without JavaScript."""

    platform: Platform
    context: BrowserContext
    page: Page
    language: str
    width: int
    has_script: bool
    complaints: list[str] = field(default_factory=list)

    @property
    def base(self) -> str:
        """Where the site is."""
        return f"http://localhost:{self.platform.port}"

    def open(self, path: str) -> None:
        """Open a page of the site in this person's language."""
        self.page.goto(f"{self.base}/{self.language}/{path}")
        self.expect_sound()

    def become(self, role: str) -> None:
        """Enter the demo as somebody."""
        self.open("demo/")
        self.press(self.page.locator(f"form[action$='/demo/{role}/'] button").first)
        self.expect_sound()

    def submit(self, form: str = "#page-form") -> None:
        """Send the main form of the page."""
        self.press(self.page.locator(f"{form} button[type=submit]:not([name=_switch])").last)

    def press(self, button: Locator) -> None:
        """Press what leads to another page, and wait until that page is there."""
        with self.page.expect_navigation(wait_until="load"):
            button.click()

    def expect_sound(self) -> None:
        """The page is in its language and direction, has one heading, and fits the screen."""
        html = self.page.locator("html")
        assert html.get_attribute("lang") == self.language
        assert html.get_attribute("dir") == ("rtl" if self.language in {"ar", "fa"} else "ltr")
        assert self.page.locator("h1").count() == 1
        assert self.page.locator("main").count() == 1
        if self.has_script:
            overflow = self.page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert overflow <= 0, f"{self.page.url} is {overflow} px too wide"

    def axe(self) -> list[str]:
        """Name what axe finds on the page."""
        self.page.evaluate(AXE.read_text())
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{violation['id']}: {node['target']} {node['failureSummary']}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    def latest_mail(self, address: str, within: float = 15) -> str:
        """Wait for the newest mail to ``address`` and return its plain text."""
        deadline = time.monotonic() + within
        folder = self.platform.folder / "mail"
        while time.monotonic() < deadline:
            for path in sorted(folder.glob("*"), key=lambda file: -file.stat().st_mtime_ns):
                for raw in reversed(path.read_bytes().split(b"-" * 79)):
                    mail = message_from_bytes(raw.strip(), policy=policy.default)
                    if mail["To"] and address in mail["To"]:
                        body = mail.get_body(("plain",))
                        assert body is not None
                        return str(body.get_content())
            time.sleep(0.2)
        raise AssertionError(f"no mail to {address}")


def walker_for(
    browser: Browser, platform: Platform, *, language: str, width: int, has_script: bool
) -> Walker:
    """Open a fresh browser profile for one person."""
    context = browser.new_context(
        viewport={"width": width, "height": 760}, java_script_enabled=has_script
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    walker = Walker(platform, context, page, language, width, has_script)
    page.on(
        "console",
        lambda message: (
            walker.complaints.append(message.text)
            if message.type == "error" and "404" not in message.text
            else None
        ),
    )
    page.on("pageerror", lambda error: walker.complaints.append(str(error)))
    return walker


WAYS = [
    pytest.param((language, width, has_script), id=f"{language}-{width}-{word}")
    for language in ("de", "ar")
    for width in (360, 1280)
    for has_script, word in ((True, "script"), (False, "plain"))
]


@pytest.fixture(params=WAYS)
def walker(
    request: pytest.FixtureRequest, chromium: Browser, district: Platform
) -> Iterator[Walker]:
    """Every journey is walked in both directions, on both widths, with and without script."""
    language, width, has_script = request.param
    walker = walker_for(chromium, district, language=language, width=width, has_script=has_script)
    yield walker
    walker.context.close()
    assert not walker.complaints, "the browser complained (also about the security policy)"


@pytest.fixture
def reader(chromium: Browser, district: Platform) -> Iterator[Walker]:
    """A German phone with script, for looking at single pages."""
    walker = walker_for(chromium, district, language="de", width=360, has_script=True)
    yield walker
    walker.context.close()
