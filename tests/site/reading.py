"""What a built article shows: its words, and where annotations stand among them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode


@dataclass(frozen=True)
class Shown:
    """One annotation's element as a page shows it. ``start``: letters before it, white space and references not counted."""

    start: int
    text: str
    link: str


def squeezed(text: str) -> str:
    """``text`` without any white space: what must be left of it whatever the layout."""
    return "".join(text.split())


def text_element(html: str) -> LexborNode:
    """The element that holds an article's text, as a browser would find it."""
    found = LexborHTMLParser(html).css("div.article-text")
    assert len(found) == 1, f"{len(found)} elements hold the text"
    return found[0]


def shown_annotations(html: str, kind: str) -> dict[str, Shown]:
    """Every annotation of a kind (mention, quote, claim) by its id; parts of one annotation are joined."""
    parts: dict[str, list[Shown]] = defaultdict(list)
    for name, part in _parts(text_element(html), kind):
        parts[name].append(part)
    return {name: Shown(run[0].start, "".join(part.text for part in run), run[0].link) for name, run in parts.items()}


def _parts(root: LexborNode, kind: str) -> Iterator[tuple[str, Shown]]:
    seen = 0
    for node in root.traverse(include_text=True):
        if node.tag == "-text":
            seen += 0 if _in_reference(node) else len(squeezed(node.text_content or ""))
        elif kind in (node.attributes.get("class") or "").split():
            parent = node.parent
            link = (parent.attributes.get("href") or "") if parent is not None and parent.tag == "a" else ""
            yield node.attributes["data-a"] or "", Shown(seen, node.text(), link)


def _in_reference(node: LexborNode) -> bool:
    above = node.parent
    while above is not None and above.tag != "div":
        if above.tag == "sup":
            return True
        above = above.parent
    return False
