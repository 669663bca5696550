"""Pages for the printer: templates become PDF, with embedded fonts and nothing fetched.

The PDF library needs pango and our sheets need the Noto fonts; both are packages of the system.
Where one is missing, ``missing_parts`` says which, and only printing is not there.
"""

import atexit
import logging
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

STYLE = Path(__file__).parent / "paper.css"
FONTS = {
    "NotoSans": ("Regular", "Bold"),
    "NotoSansArabic": ("Regular", "Bold"),
    "NotoSansEthiopic": ("Regular", "Bold"),
}
_WEIGHTS = {"Regular": 400, "Bold": 700}


class PaperUnavailable(Exception):
    """A part of the system that printing needs is not installed; the message names it."""


def _font_files() -> dict[tuple[str, str], Path]:
    folder = Path(settings.FONT_DIR)
    return {
        (family, style): folder / f"{family}-{style}.ttf"
        for family, styles in FONTS.items()
        for style in styles
    }


@lru_cache(maxsize=1)
def missing_parts() -> tuple[str, ...]:
    """Name the packages of the system without which nothing can be printed, for an operator."""
    missing = []
    try:
        import_module("weasyprint")
    except OSError:
        missing.append("libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0")
    if not all(path.exists() for path in _font_files().values()):
        missing.append("fonts-noto-core")
    return tuple(missing)


def _font_faces() -> str:
    return "\n".join(
        f"@font-face {{ font-family: {family}; font-weight: {_WEIGHTS[style]};"
        f" src: url({path.as_uri()}); }}"
        for (family, style), path in _font_files().items()
    )


@lru_cache(maxsize=1)
def _style() -> tuple[Any, Any]:
    """Read fonts and style once: a sheet of paper takes a tenth of a second then."""
    weasyprint = import_module("weasyprint")
    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # it tells every step, and of names
    atexit.register(_style.cache_clear)  # fonts are let go while the library still stands
    fonts = import_module("weasyprint.text.fonts").FontConfiguration()
    fetcher = import_module("weasyprint.urls").URLFetcher(allowed_protocols={"file"})
    text = _font_faces() + STYLE.read_text()
    return weasyprint.CSS(string=text, font_config=fonts, url_fetcher=fetcher), fonts


def render_pdf(template: str, context: dict[str, Any]) -> bytes:
    """Render a template to PDF. Nothing is fetched but pictures that stand in the page itself.

    Raises:
        PaperUnavailable: a part of the system is missing.
    """
    if missing := missing_parts():
        raise PaperUnavailable(", ".join(missing))
    weasyprint = import_module("weasyprint")
    fetcher = import_module("weasyprint.urls").URLFetcher(allowed_protocols={"data"})
    style, fonts = _style()
    page = weasyprint.HTML(string=render_to_string(template, context), url_fetcher=fetcher)
    document: bytes = page.write_pdf(stylesheets=[style], font_config=fonts)
    return document


def qr_drawing(address: str) -> SafeString:
    """Draw an address as a QR code that stands in a page itself, black on white in any theme."""
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(
        border=4, omitsize=True, dark="#000", light="#fff", svgclass="qr", lineclass=None
    )
    return mark_safe(drawn)  # noqa: S308 (drawn by the library, no word of anybody in it)


def qr_code(address: str) -> str:
    """Draw an address as a QR code, level M with its quiet zone, as a picture for ``src``."""
    return str(segno.make(address, error="m", micro=False).svg_data_uri(border=4, scale=4))
