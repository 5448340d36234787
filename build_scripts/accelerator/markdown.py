"""The Markdown of our pages to HTML, by a compiled parser of CommonMark, where that gives what Python-Markdown gives.

In: Markdown, and what a link leads to. Out: the HTML, the headings, the anchors; nothing where the text has a construct that is not
known to mean the same to both (``grammar``): then Python-Markdown renders it. ``tests/test_accelerator.py`` compares both on
the pages of sites and on broken ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from typing import NamedTuple

import pyromark

from build_scripts.accelerator.grammar import ADDRESS, ATTRIBUTES, REFERENCE, blocks_of

EXTENSIONS = frozenset({"attr_list", "fenced_code", "sane_lists", "tables", "toc"})
"""Those of Python-Markdown that the grammar is known to agree with, all of them and no other."""
Resolve = Callable[[list[str]], list[str]]
"""What the page links to by addresses as they are written; called in the order of the text."""


class Heading(NamedTuple):
    """A heading; ``name``: its words as HTML without tags."""

    level: int
    id: str
    name: str


class Rendered(NamedTuple):
    """A page's text. ``title``: the words of the heading that it opens with."""

    html: str
    headings: tuple[Heading, ...]
    title: str | None
    anchors: frozenset[str]


_RAW = "xc"
_LINE_AFTER = "\ufdd0"
"""An empty line that Python-Markdown leaves after what it does not look into: no character, so that no text has it."""
_LINKED = re.compile(
    rf"\\.|`[^`]*`|\[(?P<words>(?:[^\[\]\\]|\\.)+)\]\((?P<to>{ADDRESS})\){ATTRIBUTES}|\]\(({ADDRESS})\)",
    re.VERBOSE | re.MULTILINE,
)
_TO = re.compile(r"(\]\()([^)]+)")
_NAMED = re.compile(rf"\\(.)|`([^`]*)`|\]\({ADDRESS}\)|\[|\*\*|<[^>]*>|({REFERENCE})|&|>", re.VERBOSE)
_ANCHOR = re.compile(r' id="([^"]*)"(?=[^<>]*>)')
"""In a tag, as no other ``>`` stands by itself."""
_MARKER = re.compile(r"(?:-|\d+\.) +")
_OPTIONS = pyromark.Options.ENABLE_HEADING_ATTRIBUTES


def render(text: str, resolve: Resolve) -> Rendered | None:
    """The HTML of a page; None where only Python-Markdown knows what it means. Then nothing was resolved."""
    found = blocks_of(text)
    if not found:
        return None
    blocks = list(map(_Led(resolve).block, found.texts, found.kinds))
    for start, end in reversed(found.mixed):
        blocks[start:end] = [_mixed(found.kinds[start], blocks[start:end])]
    html = pyromark.html("\n\n".join(blocks), options=_OPTIONS).replace(_LINE_AFTER, "\n").strip()
    headings = tuple(_heading(block) for block, kind in zip(found.texts, found.kinds, strict=True) if kind == "h")
    title = headings[0].name if found.kinds[0] == "h" and headings[0].level == 1 else None
    return Rendered(html, headings, title, frozenset(map(unescape, _ANCHOR.findall(html))))


@dataclass(frozen=True, slots=True)
class _Led:
    """Blocks whose links lead where ``resolve`` says."""

    resolve: Resolve

    def block(self, text: str, kind: str) -> str:
        """A block for the parser."""
        if kind in _RAW:
            return f"{text}{_LINE_AFTER}"
        if "](" not in text:
            return text
        if "`" in text or "\\](" in text or "){" in text:
            return _LINKED.sub(self._any, text)
        parts = _TO.split(text)
        parts[2::3] = self.resolve(parts[2::3])
        return "".join(parts)

    def _any(self, link: re.Match[str]) -> str:
        written = link[4] or link["to"]
        if not written:
            return link[0]
        (to,) = self.resolve([written])
        return f"]({to})" if link[4] else f'<a href="{to}" {link[3].rstrip()}>{link["words"]}</a>'


def _mixed(kind: str, blocks: list[str]) -> str:
    """A list of which some items are divided by blank lines: to CommonMark all are paragraphs then, to Python-Markdown these."""
    tag = "ul" if kind == "u" else "ol"
    first = int(blocks[0].partition(".")[0]) if tag == "ol" else 1
    lines = [f'<ol start="{first}">' if first != 1 else f"<{tag}>"]
    for number, block in enumerate(blocks):
        items = block.split("\n")
        for at, item in enumerate(items):
            paragraph = pyromark.html(_MARKER.sub("", item, count=1)).rstrip("\n")
            is_apart = (at == 0 and number) or (at == len(items) - 1 and number < len(blocks) - 1)
            lines.append(f"<li>\n{paragraph}\n</li>" if is_apart else f"<li>{paragraph[3:-4]}</li>")
    return "\n".join([*lines, f"</{tag}>"])


def _heading(block: str) -> Heading:
    marks, _space, rest = block.partition(" ")
    words, _sign, name = rest[: -len(" }")].rpartition(" { #")
    return Heading(len(marks), name, " ".join(_NAMED.sub(_as_name, words).split()))


def _as_name(found: re.Match[str]) -> str:
    """A sign of markup in a heading as it stands in the heading's name."""
    if found[1] or found[2] or found[3]:
        return found[1] or found[2] or found[3]
    return {"&": "&amp;", ">": "&gt;"}.get(found[0], "")
