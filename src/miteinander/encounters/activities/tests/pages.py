"""Reads an answer as a tree, so that tests speak of headings and links."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
COMPOUND = re.compile(r"""^(\w+)?((?:[.#][\w-]+|\[[^]]+\])*)$""")
CONDITION = re.compile(r"""([.#])([\w-]+)|\[([\w-]+)(?:([\^$*]?=)['"]?([^]'"]*)['"]?)?\]""")


class Node:
    """One element of a page."""

    def __init__(self, tag: str, attributes: dict[str, str], parent: "Node | None") -> None:
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.parts: list[Node | str] = []

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def __contains__(self, name: str) -> bool:
        return name in self.attributes

    @property
    def text(self) -> str:
        """All words in it, with single spaces."""
        return re.sub(r"\s+", " ", "".join(self.words())).strip()

    def words(self) -> Iterator[str]:
        """Yield the words of it, a space around each block."""
        for part in self.parts:
            if isinstance(part, str):
                yield part
            else:
                yield from (" ", *part.words(), " ") if part.tag not in INLINE else part.words()

    def all(self, path: str) -> "list[Node]":
        """Find elements by a path such as ``main article.card a[href$='/']``."""
        *above, last = path.split()
        return [node for node in self.below() if node.fits(last) and node.is_in(above)]

    def one(self, path: str) -> "Node":
        """Find the only element of that path."""
        found = self.all(path)
        assert len(found) == 1, f"{len(found)} × {path}"
        return found[0]

    def below(self) -> "Iterator[Node]":
        for part in self.parts:
            if isinstance(part, Node):
                yield part
                yield from part.below()

    def is_in(self, above: list[str]) -> bool:
        rest, node = list(above), self.parent
        while rest and node is not None:
            if node.fits(rest[-1]):
                rest.pop()
            node = node.parent
        return not rest

    def fits(self, compound: str) -> bool:
        match = COMPOUND.match(compound)
        assert match, compound
        return match[1] in {None, self.tag} and all(
            self._holds(*condition) for condition in CONDITION.findall(match[2])
        )

    def _holds(self, sign: str, name: str, key: str, how: str, value: str) -> bool:
        if sign == ".":
            return name in self.attributes.get("class", "").split()
        if sign == "#":
            return self.attributes.get("id") == name
        present = self.attributes.get(key)
        if present is None or not how:
            return present is not None
        return {
            "=": present == value,
            "^=": present.startswith(value),
            "$=": present.endswith(value),
            "*=": value in present,
        }[how]


INLINE = {"a", "b", "bdi", "i", "span", "strong", "time"}


class _Builder(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__()
        self.top = self.here = Node("", {}, None)
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.parts.append(node)
        if tag not in VOID:
            self.here = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.here.parts.append(Node(tag, {name: value or "" for name, value in attrs}, self.here))

    def handle_endtag(self, tag: str) -> None:
        node: Node | None = self.here
        while node is not None and node.tag != tag:
            node = node.parent
        if node is not None and node.parent is not None:
            self.here = node.parent

    def handle_data(self, data: str) -> None:
        self.here.parts.append(data)


def page(response: Any) -> Node:
    """Read the answer of a view."""
    return _Builder(response.content.decode()).top
