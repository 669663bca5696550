"""Words that broke other people's programs, and the forms of a page to put them into."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

NAUGHTY = {
    "zero width": "Mei\u200bsen\u200c\u200d\u2060\ufeff",
    "right-to-left override": "abc\u202etxt.exe\u202c",
    "isolates": "\u2066\u2067\u2068 left open",
    "four bytes": "👩‍👩‍👧‍👦 𝔘𝔫𝔦 𠜎 🏳️‍🌈",
    "long word": "x" * 10_000,
    "long word of four bytes": "𠜎" * 10_000,
    "nul": "nul\x00inside",
    "controls": "\x01\x02\x07\x08\x0b\x0c\x1b[31m\x7f\x85",
    "lines": "a\r\nBcc: x@example.org\r\n\u2028\u2029b",
    "sql": "'; DROP TABLE people_person; --",
    "html": "</title></script><script>alert('kuckuck')</script><img src=x onerror=alert(1)>",
    "attribute": "\" onmouseover=\"alert('kuckuck')\" x='",
    "javascript": "javascript:alert('kuckuck')",
    "template": "{{ 7|add:35 }}{% debug %}${{7*7}}%s%(name)s{0}",
    "percent": "%00%ff%zz%2e%2e%2f",
    "path": "../../../../etc/passwd\\..\\",
    "formula": "=cmd|' /C calc'!A0",
    "arabic": "مَرْحَبًا ـــ كِتَاب ﷽",
    "combining": "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚a̴̢l̵g̶o̷",
    "digits": "٣٤۵۶⁵₆Ⅷ",
    "number": "9" * 40,
    "minus": "-1",
    "not a number": "NaN",
    "infinity": "1e999",
    "surrogate in json": "\\ud800 \\u0000",
    "blank": " \u00a0\u3000\t",
    "nothing": "",
}
RAW = ("<script>alert(", "<img src=x", '" onmouseover="alert(\'kuckuck\')" x=\'"')
LINKS = ('href="javascript:', 'src="javascript:')


@dataclass
class PageForm:
    """One form of a page: where it goes, and what a browser would send unchanged."""

    action: str
    method: str
    values: dict[str, Any] = field(default_factory=dict)
    free: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)

    def filled(self, text: str) -> dict[str, Any]:
        """Put ``text`` everywhere, also into what is chosen or hidden."""
        return dict.fromkeys(self.values, text)


class FormReader(HTMLParser):
    """Collects the forms of a page and every address it links to."""

    TYPED = {"text", "email", "tel", "url", "search", "date", "time", "number", "password"}

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.forms, self.links = address, list[PageForm](), set[str]()
        self._by_id: dict[str, PageForm] = {}
        self._form: PageForm | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.links.add(given["href"])
        if tag == "form":
            self._form = PageForm(
                given.get("action") or self.address, given.get("method", "get").lower()
            )
            self.forms.append(self._form)
            self._by_id[given.get("id", "")] = self._form
        form = self._by_id.get(given.get("form", "")) if "form" in given else self._form
        if form is not None and tag in {"input", "textarea", "select", "option"}:
            self._control(form, tag, given)

    def _control(self, form: PageForm, tag: str, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "option":
            if self._select and ("selected" in given or not form.values[self._select]):
                form.values[self._select] = given.get("value", "")
            return
        if not name:
            return
        if tag == "select":
            self._select = name
            form.values[name] = ""
        elif kind == "file":
            form.files.add(name)
        elif kind not in {"radio", "checkbox"} or "checked" in given or name not in form.values:
            form.values[name] = given.get("value", "")
            if tag == "textarea" or kind in self.TYPED:
                form.free.add(name)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag == "select":
            self._select = ""


def read_page(html: str, address: str) -> FormReader:
    """Read the forms and links of a page."""
    reader = FormReader(address)
    reader.feed(html)
    return reader
