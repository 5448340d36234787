"""What a browser would see of a page: its words and its tree, by an HTML5 parser."""

from __future__ import annotations

import re
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "blockquote", "div", "body"})
_SPACE = re.compile(r"[ \n\t\r\f]+")


def collapse(text: str) -> str:
    """``text`` as HTML shows it: runs of white space as one space, none at the edges; other kinds of space stay."""
    return _SPACE.sub(" ", text).strip(" \n\t\r\f")


def body_of(html: str) -> LexborNode:
    body = LexborHTMLParser(html).body
    assert body is not None
    return body


def article_text(html: str) -> str:
    """The part of a built page that is the article's text."""
    return html.split("<!-- text -->", 1)[1].split("<!-- end of text -->", 1)[0]


def words(html: str) -> str:
    """The visible words, without our numbered references."""
    body = body_of(html)
    for reference in body.css("sup.check"):
        reference.decompose()
    parts: list[str] = []
    _gather(body, parts)
    return collapse("".join(parts))


def _gather(node: LexborNode, parts: list[str]) -> None:
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            parts.append(child.text_content or "")
        elif child.tag == "br":
            parts.append("\n")
        else:
            edge = " " if child.tag in BLOCKS else ""
            parts.append(edge)
            _gather(child, parts)
            parts.append(edge)


def tree(html: str) -> Any:
    """The page as nested tuples; white space counts only inside text."""
    return _tree(body_of(html))


def _tree(node: LexborNode) -> Any:
    children: list[Any] = []
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            text = child.text_content or ""
            if children and isinstance(children[-1], str):
                children[-1] += text
            else:
                children.append(text)
        else:
            children.append(_tree(child))
    if node.tag in BLOCKS:
        children = [_trimmed(children, at) for at in range(len(children))]
        children = [child for child in children if child != ""]
    attributes = tuple(sorted((name, value or "") for name, value in node.attributes.items()))
    return (node.tag, attributes, tuple(children))


def _trimmed(children: list[Any], at: int) -> Any:
    child = children[at]
    if not isinstance(child, str):
        return child
    text = _SPACE.sub(" ", child)
    if at == 0 or _is_block(children[at - 1]):
        text = text.lstrip(" ")
    if at == len(children) - 1 or _is_block(children[at + 1]):
        text = text.rstrip(" ")
    return text


def _is_block(child: Any) -> bool:
    return not isinstance(child, str) and child[0] in BLOCKS
