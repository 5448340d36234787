"""One page of the built site, as a browser reads it.

In: an HTML file. Out: its data for programs, its links, its visible words, and places in the file. The only module that knows
how HTML is parsed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from build_scripts.source import Place, Source

JSON_LD = "application/ld+json"

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Block:
    """A script that holds data: ``offset`` is its place in the file; ``error`` says why ``value`` could not be read."""

    offset: int
    text: str = field(repr=False)
    value: Any = field(repr=False)
    error: str = ""


@dataclass(frozen=True)
class BuiltPage:
    """A page. ``address``: where it is served below the site's own address: ``claims/x/``, or a file's name."""

    address: str
    source: Source

    @cached_property
    def _tree(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.source.text)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The data for programs, in the order of the file."""
        return tuple(self._blocks())

    def _blocks(self) -> Iterator[Block]:
        end = 0
        for script in self._tree.css("script[type]"):
            if (script.attributes["type"] or "").partition(";")[0].strip().lower() == JSON_LD:
                text = script.text()
                # An empty script is found by the tags around nothing.
                offset = max(self.source.text.find(text or "></script", end), 0) + (not text)
                end = offset + len(text)
                yield _block(offset, text)

    @cached_property
    def canonical(self) -> str:
        """The address that the page gives for its own; empty if it gives none."""
        return self._first("link[rel=canonical]", "href")

    @cached_property
    def ids(self) -> frozenset[str]:
        """What fragments may lead to."""
        return frozenset(node.attributes["id"] or "" for node in self._tree.css("[id]"))

    def links(self, home: str) -> frozenset[str]:
        """Where visible links lead, if the site's own address is ``home``."""
        found = (node.attributes.get("href") or "" for node in self._tree.css("a[href]"))
        return frozenset(urljoin(home + self.address, link) for link in found)

    @cached_property
    def words(self) -> str:
        """The visible words of the page's own content in one line."""
        content = self._tree.css_first("article") or self._tree.body
        return collapsed(content)

    def texts(self, selector: str) -> list[str]:
        """The words of each element that ``selector`` finds, in one line each."""
        return [collapsed(node) for node in self._tree.css(selector)]

    def has(self, selector: str) -> bool:
        """Whether there is an element that ``selector`` finds."""
        return self._tree.css_first(selector) is not None

    def place(self, block: Block | None = None, key: str = "") -> Place:
        """Where a property stands in a block, else the block, else the page."""
        if block is None:
            return self.source.place(0)
        return self.source.place(block.offset + max(block.text.find(json.dumps(key)), 0))

    def reviews(self) -> Iterator[tuple[Block, Node]]:
        """Every ClaimReview, wherever it stands in the page's data."""
        for block in self.blocks:
            for thing in things(block.value):
                if "ClaimReview" in as_list(thing.get("@type")):
                    yield block, thing

    def _first(self, selector: str, attribute: str) -> str:
        node = self._tree.css_first(selector)
        return (node.attributes.get(attribute) or "") if node else ""


def things(value: Any) -> Iterator[Node]:
    """Every object in ``value``, the outer before the inner."""
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from things(part)


def as_list(value: Any) -> list[Any]:
    """A property's values."""
    return value if isinstance(value, list) else [] if value is None else [value]


def in_one_line(text: str) -> str:
    """``text`` as HTML shows it."""
    return " ".join(text.split())


def collapsed(node: LexborNode | None) -> str:
    """The words of an element in one line."""
    return in_one_line(node.text()) if node else ""


def _block(offset: int, text: str) -> Block:
    try:
        return Block(offset, text, json.loads(text))
    except json.JSONDecodeError as error:
        return Block(offset + error.pos, text[error.pos :], None, error.msg)
    except RecursionError:
        return Block(offset, text, None, "nested too deep")
