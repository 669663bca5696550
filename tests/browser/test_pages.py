"""Every page, looked at by machine: axe, direction, width, weight, and what runs left to right."""

import re

import pytest
from playwright.sync_api import Browser, FloatRect

from tests.browser.conftest import Walker, walker_for
from tests.serving import Platform

pytestmark = [pytest.mark.browser, pytest.mark.process]

PUBLIC = [
    "", "activities/", "activities/?q=kochen&place=baunatal", "activities/?when=nonsense",
    "activities/?q=xyzxyzxyz", "about/", "how-it-works/", "plain/", "accessibility/",
    "accessibility/feedback/", "privacy/", "imprint/", "contact/", "organisations/", "places/",
    "places/baunatal/", "calendar/", "account/sign-in/", "demo/", "gallery/",
]  # fmt: skip
PARTICIPANT = [
    "activities/mine/", "account/", "account/profile/", "account/languages/", "account/devices/",
    "account/passkeys/", "account/close/", "calendar/mine/",
]  # fmt: skip
MEMBER = ["activities/plan/", "activities/plan/new/"]
COORDINATOR = ["organisations/coordination/", "organisations/invite/"]
ADMINISTRATOR = ["record/", "organisations/roles/", "instance/", "instance/contact/"]
PAGES = [
    *((path, "visitor") for path in PUBLIC),
    *((path, "participant") for path in PARTICIPANT),
    *((path, "member") for path in MEMBER),
    *((path, "coordinator") for path in COORDINATOR),
    *((path, "administrator") for path in ADMINISTRATOR),
]
BY_ROLE = {role: [path for path, who in PAGES if who == role] for _path, role in PAGES}


def look_at(walker: Walker, paths: list[str]) -> list[str]:
    found = []
    for path in paths:
        walker.open(path)
        found += [f"/{walker.language}/{path}: {one}" for one in walker.axe()]
    return found


@pytest.mark.parametrize("language", ["de", "ar"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("role", sorted(BY_ROLE))
def test_axe_finds_nothing(
    chromium: Browser, district: Platform, language: str, width: int, role: str
) -> None:
    walker = walker_for(chromium, district, language=language, width=width, has_script=True)
    if role != "visitor":
        walker.become(role)

    found = look_at(walker, BY_ROLE[role])

    assert not found
    assert not walker.complaints


def first_date(walker: Walker) -> str:
    walker.open("activities/")
    href = walker.page.locator(".cards .card-title a").first.get_attribute("href")
    assert href is not None
    return href.partition(f"/{walker.language}/")[2]


@pytest.mark.parametrize("language", ["de", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_meeting_and_its_sign_up(
    chromium: Browser, district: Platform, language: str, scheme: str
) -> None:
    walker = walker_for(chromium, district, language=language, width=360, has_script=True)
    walker.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    path = first_date(walker)

    found = look_at(walker, [path, f"{path}sign-up/", ""])

    assert not found


def test_axe_does_find_what_is_wrong(reader: Walker) -> None:
    reader.page.set_content(
        '<html><body><img src="x.png"><input><a href="#"></a>'
        '<p style="color:#bbb;background:#fff">faint</p></body></html>'
    )

    found = reader.axe()

    rules = {one.partition(":")[0] for one in found}
    assert {"image-alt", "label", "link-name", "color-contrast", "html-has-lang"} <= rules


@pytest.mark.parametrize("path", ["", "activities/", "detail", "sign-up"])
def test_first_load_is_small_and_goes_nowhere_else(
    chromium: Browser, district: Platform, path: str
) -> None:
    walker = walker_for(chromium, district, language="de", width=360, has_script=True)
    if path in {"detail", "sign-up"}:
        path = first_date(walker) + ("sign-up/" if path == "sign-up" else "")
        walker.context.close()
        walker = walker_for(chromium, district, language="de", width=360, has_script=True)
    session = walker.context.new_cdp_session(walker.page)
    session.send("Network.enable")
    sizes: list[float] = []
    addresses: list[str] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    session.on("Network.requestWillBeSent", lambda event: addresses.append(event["request"]["url"]))

    walker.page.goto(f"{walker.base}/de/{path}", wait_until="networkidle")

    assert sum(sizes) <= 100_000
    assert len(addresses) <= 8
    assert not [one for one in addresses if not one.startswith((walker.base, "data:"))]


LEFT_TO_RIGHT = re.compile(r"\d{1,2}:\d{2}\s?–\s?\d{1,2}:\d{2}|\+49 [\d ]+\d")


def boxes(walker: Walker, selector: str) -> list[FloatRect]:
    return [
        box for box in (one.bounding_box() for one in walker.page.locator(selector).all()) if box
    ]


@pytest.mark.parametrize("width", [360, 1280])
def test_the_arabic_page_mirrors_the_german_one(
    chromium: Browser, district: Platform, width: int
) -> None:
    edges = {}
    for language in ("de", "ar"):
        walker = walker_for(chromium, district, language=language, width=width, has_script=True)
        walker.open("activities/")
        badge = boxes(walker, ".card .date-badge")[0]
        icon = boxes(walker, ".card .facts .icon")[0]
        header_sign = boxes(walker, "header .sign")[0]
        switcher = boxes(walker, "header .language")[0]
        inner = walker.page.evaluate("document.documentElement.clientWidth")

        edges[language] = [
            inner - box["x"] - box["width"] if language == "ar" else box["x"]
            for box in (badge, icon, header_sign, switcher)
        ]
        assert switcher["y"] < 200
        assert edges[language][3] > edges[language][2]
        edges[language].pop()  # its width is that of the language's own name
    assert edges["de"] == pytest.approx(edges["ar"], abs=2)


@pytest.mark.parametrize("path", ["", "activities/", "contact/"])
def test_times_and_telephone_numbers_run_left_to_right_in_arabic(
    chromium: Browser, district: Platform, path: str
) -> None:
    walker = walker_for(chromium, district, language="ar", width=360, has_script=True)
    walker.open(path)

    wrong = walker.page.evaluate(
        """() => {
          const wrong = [];
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const node = walk.currentNode;
            const found = node.data.match(/\\d{1,2}:\\d{2}|\\+49/);
            if (!found || !node.parentElement.checkVisibility()) continue;
            const first = document.createRange();
            first.setStart(node, found.index); first.setEnd(node, found.index + 1);
            const last = document.createRange();
            last.setStart(node, found.index + found[0].length - 1);
            last.setEnd(node, found.index + found[0].length);
            if (first.getBoundingClientRect().x >= last.getBoundingClientRect().x) {
              wrong.push(node.data.trim());
            }
            if (/–/.test(node.data)) {
              const parts = [...node.data.matchAll(/\\d{1,2}:\\d{2}/g)].map((match) => {
                const range = document.createRange();
                range.setStart(node, match.index); range.setEnd(node, match.index + 5);
                return range.getBoundingClientRect().x;
              });
              if (parts.length === 2 && parts[0] >= parts[1]) wrong.push(node.data.trim());
            }
          }
          return wrong;
        }"""
    )

    assert not wrong


def test_form_labels_and_controls_share_their_starting_edge_in_both_directions(
    chromium: Browser, district: Platform
) -> None:
    for language in ("de", "ar"):
        walker = walker_for(chromium, district, language=language, width=360, has_script=True)
        walker.open("accessibility/feedback/")
        is_rtl = language == "ar"
        for group in walker.page.locator(".field").all():
            label = group.locator("label").first.bounding_box()
            control = group.locator("input, textarea, select").first.bounding_box()
            assert label is not None
            assert control is not None
            edges = [box["x"] + box["width"] if is_rtl else box["x"] for box in (label, control)]
            assert abs(edges[0] - edges[1]) <= 2 or label["width"] < control["width"]


@pytest.mark.parametrize("path", ["", "activities/", "account/sign-in/", "gallery/"])
def test_nothing_overflows_at_320_pixels_or_with_text_twice_as_large(
    chromium: Browser, district: Platform, path: str
) -> None:
    narrow = walker_for(chromium, district, language="de", width=320, has_script=True)
    narrow.open(path)

    large = walker_for(chromium, district, language="de", width=720, has_script=True)
    large.page.goto(f"{large.base}/de/{path}")
    large.page.evaluate("document.documentElement.style.fontSize = '36px'")
    overflow = large.page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )

    assert overflow <= 0


def test_targets_are_large_enough_for_a_thumb(reader: Walker) -> None:
    reader.open("activities/")
    small = reader.page.evaluate(
        """() => [...document.querySelectorAll(
            "button, select, input:not([type=hidden]), summary, header a"
          )].filter((one) => one.checkVisibility())
          .map((one) => [one, (one.closest("label") ?? one).getBoundingClientRect()])
          .filter(([one, box]) => box.height > 0 && box.height < 44)
          .map(([one, box]) => `${one.outerHTML.slice(0, 80)} ${box.height}`)"""
    )

    assert not small


def test_the_switcher_keeps_page_query_and_typed_words_without_script(
    chromium: Browser, district: Platform
) -> None:
    walker = walker_for(chromium, district, language="de", width=360, has_script=False)
    walker.open("activities/?q=kochen")
    walker.page.locator("header .language summary").click()
    walker.press(walker.page.locator("header .language a[lang=ar]"))
    assert walker.page.url.endswith("/ar/activities/?q=kochen")

    walker.open("accessibility/feedback/")
    walker.page.locator("textarea").fill("Der Knopf ist zu klein")
    walker.page.locator("header .language summary").click()
    walker.press(walker.page.locator("header .language button[lang=ar]"))

    assert walker.page.locator("html").get_attribute("lang") == "ar"
    assert walker.page.locator("textarea").input_value() == "Der Knopf ist zu klein"
