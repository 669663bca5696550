"""Contrast of the palette, and the weight of what is sent."""

import gzip
import re
from pathlib import Path

import pytest

UI = Path(__file__).resolve().parents[1]
TOKENS = (UI.parents[3] / "frontend" / "styles" / "tokens.css").read_text()
BUILD = UI / "static" / "ui" / "build"

TEXT = [  # what is written on what: at least 4.5 : 1
    ("ink", "sand"), ("ink", "paper"), ("ink", "sand-deep"), ("ink", "action-soft"),
    ("ink", "warm-soft"), ("ink", "good-soft"), ("ink", "wrong-soft"),
    ("muted", "sand"), ("muted", "paper"), ("action", "sand"), ("action", "paper"),
    ("action", "action-soft"), ("action-deep", "action-soft"), ("on-action", "action"),
    ("on-action", "action-deep"), ("on-warm", "warm"), ("berry", "berry-soft"), ("paper", "berry"),
    ("good", "good-soft"), ("good", "sand"), ("wrong", "wrong-soft"), ("wrong", "sand"),
    ("wrong", "paper"), ("warm-deep", "sand"), ("warm-deep", "paper"), ("on-night", "night"),
    ("link-on-night", "night"),
]  # fmt: skip
EDGES = [
    ("edge", "paper"),
    ("edge", "sand"),
    ("berry", "sand"),
    ("berry", "paper"),
    ("warm", "night"),
]


def _colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})\b", block))


def _themes() -> dict[str, dict[str, str]]:
    light = _colours(TOKENS[TOKENS.index(":root {") : TOKENS.index("@media")])
    asked = TOKENS[TOKENS.index("@media") : TOKENS.index(':root[data-theme="dark"]')]
    forced = TOKENS[TOKENS.index(':root[data-theme="dark"]') : TOKENS.index("/* Tints")]
    return {
        "light": light,
        "dark by the device": light | _colours(asked),
        "dark by the gallery": light | _colours(forced),
    }


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(char * 2 for char in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark by the device", "dark by the gallery"])
@pytest.mark.parametrize(("one", "other"), TEXT)
def test_text_can_be_read_on_its_ground(theme: str, one: str, other: str) -> None:
    colours = _themes()[theme]

    assert contrast(colours[one], colours[other]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark by the device", "dark by the gallery"])
@pytest.mark.parametrize(("one", "other"), EDGES)
def test_edges_of_controls_and_the_focus_ring_can_be_seen(theme: str, one: str, other: str) -> None:
    colours = _themes()[theme]

    assert contrast(colours[one], colours[other]) >= 3


def test_both_ways_into_the_dark_give_the_same_colours() -> None:
    themes = _themes()

    assert themes["dark by the device"] == themes["dark by the gallery"]
    assert themes["light"] != themes["dark by the device"]


@pytest.mark.parametrize(("name", "most"), [("app.css", 14 * 1024), ("app.js", 15 * 1024)])
def test_style_and_script_stay_small(name: str, most: int) -> None:
    built = BUILD / name
    if not built.exists():
        pytest.skip("the front end is not built")

    assert len(gzip.compress(built.read_bytes())) <= most
