"""The Markdown that is known to mean the same to CommonMark and to Python-Markdown: what pages are made of here, and little more.

In: blocks, runs of lines that no blank line divides. Out: what each is, and the lists that they form together; None for what is
not known. Blocks are headings with an id, paragraphs, quotes, lists, comments and elements of HTML. In them stand words,
escapes, references to characters, links, images, strong, code, and inline tags that close where they opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_INLINE_TAGS = "abbr|b|bdi|br|cite|em|i|kbd|mark|small|span|strong|sub|sup|time|wbr"
_BLOCK_TAGS = "aside|details|div|figure|form|nav|ol|p|section|table|ul"
_ESCAPE = r"\\[\\`*_{}\[\]()>\#+.!|-]"
REFERENCE = r"&(?:amp|lt|gt|quot|nbsp|\#(?:9|3[2-9]|[4-9]\d|1[01]\d|12[0-6]|1[6-9]\d|[2-9]\d\d|[1-9]\d\d\d));"
_TAG = rf'<(?:{_INLINE_TAGS})(?:\ [a-z]+(?:-[a-z]+)*="[^"\\`\[\]<>\n]*")*>|</(?:{_INLINE_TAGS})>'
ADDRESS = r"(?:[A-Za-z0-9/:.?\#=%~+,;@$_-]|&amp;|&(?![\#A-Za-z0-9]+;))+"
_WORDS = r"[^\n\\`*_\[\]{<&!\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]"
_PLAIN = rf"{_WORDS}|!(?!\[)|&(?=\ )|{_ESCAPE}|{REFERENCE}|{_TAG}"
_CODE = r"(?<!`)`(?!`)[^\s`\\<&](?:[^\n`\\<&]*[^\s`\\<&])?`(?!`)"
ATTRIBUTES = r'\{\ ((?:(?:hreflang|lang|dir|rel)="[A-Za-z0-9-]*"\ )+)\}(?=[^\n\[\]\\{}<>*`&!]*+(?:\[|$))'
"""What follows up to the next link is plain: Python-Markdown takes the last bracket for the end."""
_LINK = rf"\[(?:{_PLAIN})++\]\({ADDRESS}\){ATTRIBUTES}|\[(?:{_PLAIN}|{_CODE})++\]\({ADDRESS}\)"
_IMAGE = rf"!\[(?:{_WORDS}|{REFERENCE})*+\]\({ADDRESS}\)"
_STRONG = rf"(?:(?<=\ )|(?<![^\n]))\*\*(?=[\w\[])(?:{_PLAIN}|{_LINK})++(?<=[\w).])\*\*(?=[\ \n:,;.)]|\Z)"
"""Where both see the same signs open and close: after a space or at the start, before a space, a sign or the end."""
_INLINE = rf"(?!\s)(?:{_PLAIN}|{_LINK}|{_IMAGE}|{_CODE}|{_STRONG})++(?<!\s)"
_LINE = rf"(?=\w|[\\\[!&\"'(]|\*\*|<(?:{_INLINE_TAGS})[\ >]|</|`(?!``)|[^\x00-\x7f])(?!\d+[.)])(?!<[^<>]*>$)" + _INLINE
"""Words on a line of their own: it does not open with the sign of another construct, and is no tag alone."""
_NUMBER = r"(?:\d\.\ \ |[1-9]\d\.\ |[1-9]\d\d\.\ )"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.VERBOSE | re.MULTILINE)


HEADING = re.compile(r"(#{1,6}) ([^\n]*)(?<!(?<!\\)#) \{ #([A-Za-z0-9_-]+) \}")
_IN_HEADING = _pattern(_INLINE)
_COMMENT = re.compile(r"<!-- (?:[a-z ]+ )?-->")
_PATTERNS = {
    "paragraph": _pattern(rf"\ ?{_LINE}(?:\n(?![^\n]*\|){_LINE})*+"),
    "quote": _pattern(rf">\ {_LINE}(?:\n>\n>\ {_LINE})*+"),
    "bullets": _pattern(rf"-\ \ \ {_LINE}(?:\n-\ \ \ {_LINE})*+"),
    "numbers": _pattern(rf"{_NUMBER}{_LINE}(?:\n{_NUMBER}{_LINE})*+"),
    "indented": _pattern(rf"\ {{4}}{_LINE}"),
    "cited": _pattern(rf"\ {{4}}>\ {_LINE}"),
    "inner": _pattern(rf"\ {{4}}-\ \ \ {_LINE}(?:\n\ {{4}}-\ \ \ {_LINE})*+"),
}
_NOWHERE = re.compile(r'\]:|\n[^\S\n]+(?:\n|\Z)|[\x00-\x09\x0b-\x1f\x7f-\x9f\ufdd0]| id="[^<>]* id=')
"""The address of a reference, which one of them sees sooner than the other; white space alone, controls, tabs
and what ``markdown`` marks lines with; two ids."""
_OPENS_HTML = re.compile(rf"<(?:{_BLOCK_TAGS})[ >]")
_IS_NUMBERED = re.compile(r"\d+\. ")
_NESTED = _pattern(r"\\.|`[^`]*`|(\[|\*\*|<[a-z]+)|(\](?=\()|</[a-z]+)")
_IN_LINK = r"(?:[^<\[\]`\\*\n]|\\.|<([a-z]+)\b[^>]*>(?:[^<\[\]`\\*\n]|\\.)*+</\%d>)*+"
_SIMPLY_NESTED = _pattern(
    rf"(?:[^<\[\]`\\*]|\\.|\[{_IN_LINK % 1}\]|<([a-z]+)\b[^>]*>(?:[^<\[\]`\\*\n]|\\.|\[{_IN_LINK % 3}\])*+</\2>)*+"
)
"""Tags in links or links in tags, and no more: found sooner than by counting."""
_HTML_PART = _pattern(
    r"""<(?P<open>[A-Za-z][\w-]*)(?:\ [A-Za-z_:][\w:.-]*(?:="[^"<>]*")?)*(?P<closed>\ ?/)?>
    |</(?P<close>[A-Za-z][\w-]*)>
    |[^<>&]++|&(?:[a-z]+|\#\d+);"""
)
_NO_HTML = re.compile(r"</?(?:script|style|pre|textarea|math|plaintext|template)\b|<a [^>]*name=", re.IGNORECASE)
_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "wbr"})
_LISTS = ("bullets", "numbers")
_INSIDE = ("indented", "cited", "inner")


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks that belong together: those of one list; any other block is alone. ``is_mixed``: a list loose only in part."""

    kind: str
    blocks: list[str]
    is_mixed: bool = False


def groups_of(text: str) -> list[Group] | None:
    """What a text is made of; None where something of it is not known to mean the same to both."""
    if _NOWHERE.search(text):
        return None
    groups: list[list[tuple[str, str]]] = []
    for block in text.strip("\n").split("\n\n"):
        kind = _kind(block) if block else None
        if kind is None:
            return None
        before = groups[-1][0][0] if groups else ""
        if before in _LISTS and kind in (*_LISTS, *_INSIDE):
            groups[-1].append((kind, block))
        elif kind in _INSIDE or kind == before == "quote":
            return None
        else:
            groups.append([(kind, block)])
    found = list(map(_group, groups))
    return None if None in found else [group for group in found if group]


def _group(members: list[tuple[str, str]]) -> Group | None:
    """One group of blocks, each with its kind."""
    kind = members[0][0]
    blocks = [block for _kind, block in members]
    if len(blocks) == 1:
        return Group(kind, blocks)
    kinds = [kind for kind, _block in members]
    has_inside = not set(kinds).isdisjoint(_INSIDE)
    has_tight = any("\n" in block for kind, block in members if kind in _LISTS)
    is_wide = any(block[:3].isdigit() for block in blocks)
    if len(set(kinds).intersection(_LISTS)) > 1 or (has_inside and (has_tight or is_wide)) or _meets(kinds):
        return None
    return Group(kind, blocks, has_tight)


def _meets(kinds: list[str]) -> bool:
    """Whether two lists or two quotes inside an item follow each other, which may be one."""
    return any(one == other != "indented" and one in _INSIDE for one, other in pairwise(kinds))


def _kind(block: str) -> str | None:
    """What a block is."""
    if heading := HEADING.fullmatch(block):
        is_known = _IN_HEADING.fullmatch(heading[2]) and "![" not in heading[2] and "){" not in heading[2]
        return "heading" if is_known and _is_nested(block) else None
    if block[0] == "<":
        if _OPENS_HTML.match(block):
            return "html" if _is_html(block) else None
        if _COMMENT.fullmatch(block):
            return "comment"
    kind = _kind_by_start(block)
    return kind if _PATTERNS[kind].fullmatch(block) and _is_nested(block) else None


def _kind_by_start(block: str) -> str:
    if block.startswith("    "):
        return {"-": "inner", ">": "cited"}.get(block[4:5], "indented")
    if block[0].isdigit() and _IS_NUMBERED.match(block):
        return "numbers"
    return {">": "quote", "-": "bullets"}.get(block[0], "paragraph")


def _is_nested(block: str) -> bool:
    """Whether tags, links and strong close in the line in which they open, the last one first."""
    if "<" not in block or _SIMPLY_NESTED.fullmatch(block):
        return True
    return all(_closes(_NESTED.finditer(line)) for line in block.split("\n"))


def _closes(signs: Iterator[re.Match[str]]) -> bool:
    opened: list[str] = []
    for sign in signs:
        if sign[0] == "**" and "**" in opened:
            if opened.pop() != "**":
                return False
        elif sign[1] and sign[1] not in ("<br", "<wbr"):
            opened.append(sign[1])
        elif sign[2] and (not opened or opened.pop().replace("<", "</").replace("[", "]") != sign[2]):
            return False
    return not opened


def _is_html(block: str) -> bool:
    """Whether a block is one element, well-formed, which both leave as it is."""
    if _NO_HTML.search(block):
        return False
    opened: list[str] = []
    at = 0
    for part in _HTML_PART.finditer(block):
        if part.start() != at or (at and not opened):
            return False
        at = part.end()
        if part["close"]:
            if not opened or opened.pop() != part["close"]:
                return False
        elif part["open"] and not part["closed"] and part["open"] not in _VOID:
            opened.append(part["open"])
    return at == len(block) and not opened
