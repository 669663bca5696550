"""The gallery of components: the same in the mirror, in light and dark, at any width."""

import pytest

from tests.browser.conftest import Walker

pytestmark = [pytest.mark.browser, pytest.mark.process]

PARTS = (
    ".sign-mark, .language, .date-badge, .facts .icon, .button .icon, .choice input, .choice span,"
    " .field > label, .field legend, .notice > .icon, .step-mark, .task .tag, .tile > .icon"
)
# What the browser cannot do, such as share by a sheet of the system, stays hidden.
EDGES = """parts => [...document.querySelectorAll(parts)]
  .filter(part => part.checkVisibility()).map(part => {
  const box = part.getBoundingClientRect();
  return [part.className.baseVal ?? part.className, box.left, box.right, box.top];
})"""


@pytest.mark.parametrize("width", [360, 1280])
def test_right_to_left_is_the_mirror_of_left_to_right(reader: Walker, width: int) -> None:
    reader.page.set_viewport_size({"width": width, "height": 800})
    reader.page.goto(f"{reader.base}/de/gallery/?dir=ltr")
    straight = reader.page.evaluate(EDGES, PARTS)
    reader.page.goto(f"{reader.base}/de/gallery/?dir=rtl")
    mirrored = reader.page.evaluate(EDGES, PARTS)
    inner = reader.page.evaluate("document.documentElement.clientWidth")

    assert len(straight) == len(mirrored) > 60
    for (name, left, _right, top), (_name, _left, far, other_top) in zip(
        straight, mirrored, strict=True
    ):
        assert abs(left - (inner - far)) <= 2, name
        assert abs(top - other_top) <= 2, name


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("way", ["ltr", "rtl"])
def test_axe_finds_nothing_in_any_state(reader: Walker, theme: str, way: str) -> None:
    reader.page.goto(f"{reader.base}/de/gallery/?theme={theme}&dir={way}")

    assert reader.axe() == []


@pytest.mark.parametrize("language", ["de", "ar", "fa", "ru"])
def test_nothing_is_wider_than_a_narrow_phone(reader: Walker, language: str) -> None:
    reader.page.set_viewport_size({"width": 320, "height": 700})
    reader.page.goto(f"{reader.base}/{language}/gallery/")

    assert reader.page.evaluate("document.documentElement.scrollWidth") <= 320
