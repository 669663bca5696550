"""Whatever is typed, chosen, tampered with or put into an address: never a fault of ours.

Every form of every page gets every naughty word, in all fields at once and in each alone; every
page gets them in its query, every address in its parts. No answer may be a 5xx or carry markup
that somebody typed.
"""

import re
from collections.abc import Iterator
from itertools import cycle, islice
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from tests.matrix import MATRIX
from tests.naughty import LINKS, NAUGHTY, RAW, PageForm, read_page
from tests.world import World, undone

pytestmark = [pytest.mark.django_db, pytest.mark.crawl]
PARAMETERS = (
    "q", "page", "when", "place", "km", "language", "topic", "audience", "free", "childcare",
    "wheelchair", "interpretation", "online", "first", "last", "original", "municipality", "sent",
    "next", "verb", "actor", "kind", "state", "width", "unknown",
)  # fmt: skip
IS_OURSELVES = {"technical:ready"}  # says 503 while no worker runs
ROLES_THAT_TYPE = ("anonymous", "administrator", "manager")
HUGE = ("0", "9" * 19, "9" * 40)


def raw_markup(answer: HttpResponse) -> list[str]:
    """Find what somebody typed and would run in a browser."""
    if "html" not in answer.headers.get("Content-Type", ""):
        return []
    page = answer.content.decode()
    return [word for word in (*RAW, *LINKS) if word in page]


def problems(world: World, role: str, form: PageForm, data: dict[str, Any]) -> list[str]:
    """Send a form and look at the answer and at the page it leads to."""
    client = world.clients[role]
    kept = client.cookies.get("sessionid")
    session = kept.value if kept else ""
    with undone():
        try:
            answers: list[Any] = [client.post(form.action, data)]
            if answers[0].status_code == 302 and answers[0]["Location"].startswith("/"):
                answers.append(client.get(answers[0]["Location"]))
        except Exception as error:  # noqa: BLE001
            return [f"{form.action}: {type(error).__name__}: {error}"[:300]]
    if session:
        client.cookies["sessionid"] = session
    return [
        f"{form.action}: {answer.status_code} {raw_markup(answer)}"
        for answer in answers
        if answer.status_code >= 500 or raw_markup(answer)
    ]


def forms_of(world: World, role: str) -> Iterator[PageForm]:
    """Find each kind of form once, wherever it stands."""
    seen = set()
    scene = world.scenes["own draft"] if role == "manager" else world.arguments
    for name in sorted(MATRIX):
        is_only_of_role = role != "manager" or "activity" in MATRIX[name].path
        if "GET" not in MATRIX[name].methods or not is_only_of_role:
            continue
        address = world.address(name, scene)
        page = world.send(address, role)
        if page.status_code != 200 or "html" not in page.headers["Content-Type"]:
            continue
        for form in read_page(page.content.decode(), address).forms:
            kind = (re.sub(r"\d+|[\w-]{20,}", "N", form.action), *sorted(form.values))
            if form.method == "post" and kind not in seen:
                seen.add(kind)
                yield form


def fillings(form: PageForm) -> Iterator[dict[str, Any]]:
    """Fill a form: what is typed takes turns through all words, then all is tampered with.

    At last each field alone, so that a form is not refused for the sake of another field.
    """
    uploads = {
        name: SimpleUploadedFile(NAUGHTY["path"] + NAUGHTY["html"], NAUGHTY["nul"].encode())
        for name in form.files
    }
    typed = [name for name in form.values if name in form.free]
    for turn in range(len(NAUGHTY)) if typed else ():
        words = islice(cycle(NAUGHTY.values()), turn, None)
        yield form.values | dict(zip(typed, words, strict=False)) | uploads
    for kind in ("nul", "html", "number", "four bytes", "nothing"):
        yield form.filled(NAUGHTY[kind]) | uploads
    for name, kind in zip(form.values, cycle(("html", "nul", "long word")), strict=False):
        yield form.values | {name: NAUGHTY[kind]}


@pytest.mark.parametrize("role", ROLES_THAT_TYPE)
def test_no_word_in_any_form_is_too_much(world: World, role: str) -> None:
    found = [
        problem
        for form in list(forms_of(world, role))
        for data in fillings(form)
        for problem in problems(world, role, form, data)
    ]
    assert sorted(set(found)) == []


def test_no_word_sent_without_a_form_is_too_much(world: World) -> None:
    found = []
    for name in sorted(MATRIX):
        if "POST" in MATRIX[name].methods:
            form = PageForm(world.address(name), "post")
            for text in (NAUGHTY["nul"], NAUGHTY["number"], NAUGHTY["html"]):
                data = dict.fromkeys(("status", "role", "presence", "credential", "id"), text)
                found += problems(world, "administrator", form, data)
    assert found == []


@pytest.mark.parametrize("role", ["anonymous", "administrator"])
def test_no_word_in_a_query_is_too_much(world: World, role: str) -> None:
    found = []
    for name in sorted(set(MATRIX) - IS_OURSELVES):
        if "GET" not in MATRIX[name].methods:
            continue
        turns = len(NAUGHTY) if name.endswith((":list", ":record")) else 2
        queries = [
            urlencode(
                list(zip(PARAMETERS, islice(cycle(NAUGHTY.values()), turn, None), strict=False))
            )
            for turn in range(turns)
        ]
        for query in [*queries, "%00=%ff&%zz&=&&q=%f0%28%8c%bc", "q[]=1&q=" + "%F0%9F" * 50]:
            answer = world.send(f"{world.address(name)}?{query}", role)
            if answer.status_code >= 500 or raw_markup(answer):
                found.append((name, answer.status_code, query[:100]))
    assert found == []


def addresses_with(world: World, name: str) -> Iterator[str]:
    """Put what never exists into each part of an address."""
    for part in MATRIX[name].path:
        if isinstance(world.arguments[part], int):
            yield from (world.address(name, {part: huge}) for huge in HUGE)
            continue
        plain = world.address(name, {part: "placeholder"})
        for text in NAUGHTY.values():
            yield plain.replace("placeholder", quote(text[:3000], safe=""))
        for text in ("%00", "%ff%fe", "%2e%2e%2f", "a%0d%0ab"):
            yield plain.replace("placeholder", text)


def test_no_part_of_an_address_is_too_much(world: World) -> None:
    found = []
    for name in sorted(MATRIX):
        method = MATRIX[name].methods.split()[0]
        for address in addresses_with(world, name):
            answer = world.send(address, "administrator", method)
            if answer.status_code >= 500 or raw_markup(answer):
                found.append((name, answer.status_code, address[:100]))
    assert found == []


def test_the_reader_of_forms_finds_what_is_there(world: World) -> None:
    form = next(
        form
        for form in forms_of(world, "anonymous")
        if urlsplit(form.action).path == reverse("web:feedback")
    )
    assert {"message", "page", "reply_to", "csrfmiddlewaretoken"} <= set(form.values)
    assert {"message", "page", "reply_to"} <= form.free
