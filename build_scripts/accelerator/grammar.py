"""The Markdown that is known to mean the same to CommonMark and to Python-Markdown: what pages are made of here, and little more.

In: blocks, runs of lines that no blank line divides. Out: what each is, and the lists that they form together; None for what is
not known. Blocks are headings with an id, paragraphs, quotes, lists, comments and elements of HTML. In them stand words,
escapes, references to characters, links, images, strong, code, and inline tags that close where they opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

_INLINE_TAGS = "abbr|b|bdi|br|cite|em|i|kbd|mark|small|span|strong|sub|sup|time|wbr"
_BLOCK_TAGS = "aside|details|div|figure|form|nav|ol|p|section|table|ul"
_ESCAPE = r"\\[\\`*_{}\[\]()>\#+.!|-]"
REFERENCE = r"&(?:amp|lt|gt|quot|nbsp|\#(?:9|3[2-9]|[4-9]\d|1[01]\d|12[0-6]|1[6-9]\d|[2-9]\d\d|[1-9]\d\d\d));"
_CONTROLS = r"\x00-\x1f\x7f-\x9f\ufdd0"
"""The end of a line among them, and what ``markdown`` marks lines with."""
_TAG = rf'<(?:{_INLINE_TAGS})(?:\ [a-z]+(?:-[a-z]+)*="[^"\\`\[\]<>{_CONTROLS}]*")*>|</(?:{_INLINE_TAGS})>'
ADDRESS = r"(?:[A-Za-z0-9/:.?\#=%~+,;@$_-]++|&amp;|&(?![\#A-Za-z0-9]+;))+"
_WORDS = rf"[^\\`*_\[\]{{<&!{_CONTROLS}\u2028\u2029\ufeff\ufffe\uffff]++"
_PLAIN = rf"{_WORDS}|!(?!\[)|&(?=\ )|{_ESCAPE}|{REFERENCE}|{_TAG}"
_CODE = rf"(?<!`)`(?!`)[^\s`\\<&{_CONTROLS}](?:[^`\\<&{_CONTROLS}]*[^\s`\\<&{_CONTROLS}])?`(?!`)"
ATTRIBUTES = r'\{\ ((?:(?:hreflang|lang|dir|rel)="[A-Za-z0-9-]*"\ )+)\}(?=[^\n\[\]\\{}<>*`&!]*+(?:\[|$))'
"""What follows up to the next link is plain: Python-Markdown takes the last bracket for the end."""
_TO = rf"\]\({ADDRESS}\)"
_LINK = rf"\[(?!\])(?:{_PLAIN})*+(?:{_TO}(?:{ATTRIBUTES})?+|(?:{_PLAIN}|{_CODE})++{_TO})"
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
_COMMENT = re.compile(r"<!-- (?:[a-z ]+ )?-->")
_BLOCKS = {
    "h": _INLINE,
    "p": rf"\ ?{_LINE}(?:\n(?![^\n]*\|){_LINE})*+",
    "q": rf">\ {_LINE}(?:\n>\n>\ {_LINE})*+",
    "u": rf"-\ \ \ {_LINE}(?:\n-\ \ \ {_LINE})*+",
    "o": rf"{_NUMBER}{_LINE}(?:\n{_NUMBER}{_LINE})*+",
    "P": rf"\ {{4}}{_LINE}",
    "Q": rf"\ {{4}}>\ {_LINE}",
    "U": rf"\ {{4}}-\ \ \ {_LINE}(?:\n\ {{4}}-\ \ \ {_LINE})*+",
}
"""What blocks of each kind are; of a heading its words."""
_REFERENCE_IS = "]:"
"""What stands before the address of a reference, which one of them sees sooner than the other."""
_TWO_IDS = re.compile(r' id="[^<>]* id=')
_NOT_IN_HTML = re.compile(rf"\n[^\S\n]+(?:\n|\Z)|(?!\n)[{_CONTROLS}]")
"""A line of white space alone, controls and tabs."""
_OPENS_HTML = re.compile(rf"<(?:{_BLOCK_TAGS})[ >]")
_IS_NUMBERED = re.compile(r"\d+\. ")
_NESTED = _pattern(r"\\.|`[^`]*`|(\[|\*\*|<[a-z]+)|(\](?=\()|</[a-z]+)")
_IN_LINK = r"(?:[^<\[\]`\\*\n]++|\\.|<([a-z]+)\b[^>]*>(?:[^<\[\]`\\*\n]++|\\.)*+</\%d>)*+"
_SIMPLY_NESTED = _pattern(
    rf"(?:[^<\[\]`\\*]++|\\.|\[{_IN_LINK % 1}\]|<([a-z]+)\b[^>]*>(?:[^<\[\]`\\*\n]++|\\.|\[{_IN_LINK % 3}\])*+</\2>)*+"
)
"""Tags in links or links in tags, and no more: found sooner than by counting."""
_HTML_PART = _pattern(
    r"""<(?P<open>[A-Za-z][\w-]*)(?:\ [A-Za-z_:][\w:.-]*(?:="[^"<>]*")?)*(?P<closed>\ ?/)?>
    |</(?P<close>[A-Za-z][\w-]*)>
    |[^<>&]++|&(?:[a-z]+|\#\d+);"""
)
_NO_HTML = re.compile(r"</?(?:script|style|pre|textarea|math|plaintext|template)\b|<a [^>]*name=", re.IGNORECASE)
_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "wbr"})
_DOCUMENT = re.compile(r"(?:[hxcp]|q(?!q)|[uo][uoPQU]*+)++")
_LIST = re.compile(r"[uo][uoPQU]+")


@dataclass(frozen=True, slots=True)
class Blocks:
    """What a text is made of. ``kinds``: a letter for each block, small for what stands by itself, large for what is in an item.

    ``h``: a heading, ``p`` a paragraph, ``q`` a quote, ``u`` and ``o`` bullets and numbers, ``x`` HTML, ``c`` a comment.
    ``mixed``: from where to where there are lists of which only some items are divided by blank lines.
    """

    texts: list[str]
    kinds: str
    mixed: list[tuple[int, int]]


def blocks_of(text: str) -> Blocks | None:
    """What a text is made of; None where something of it is not known to mean the same to both."""
    if _REFERENCE_IS in text or _TWO_IDS.search(text):
        return None
    blocks = text.strip("\n").split("\n\n")
    kinds = "".join(map(_kind, blocks))
    if not _DOCUMENT.fullmatch(kinds):
        return None
    mixed = []
    for found in _LIST.finditer(kinds):
        members = blocks[found.start() : found.end()]
        has_tight = any("\n" in block for block, kind in zip(members, found[0], strict=True) if kind in "uo")
        if not _is_one_list(found[0], members, has_tight=has_tight):
            return None
        if has_tight:
            mixed.append(found.span())
    return Blocks(blocks, kinds, mixed)


def _is_one_list(kinds: str, blocks: list[str], *, has_tight: bool) -> bool:
    """Whether blocks are known to be one list, in which no two lists or quotes inside an item follow each other, which may be one."""
    if ("u" in kinds and "o" in kinds) or "QQ" in kinds or "UU" in kinds:
        return False
    has_inside = not kinds.islower()
    return not (has_inside and (has_tight or any(block[:3].isdigit() for block in blocks)))


def _kind(block: str) -> str:
    """What a block is, as a letter; another sign where it is not known."""
    first = block[:1]
    if first == "#":
        return "h" if _is_heading(block) else "?"
    if first == "<":
        if _OPENS_HTML.match(block):
            return "x" if _is_html(block) else "?"
        if _COMMENT.fullmatch(block):
            return "c"
    kind = _kind_by_start(block, first)
    return kind if _of_kind(kind).fullmatch(block) and _is_nested(block) else "?"


@cache
def _of_kind(kind: str) -> re.Pattern[str]:
    """What a block of a kind is: made ready when the first one comes, which takes as long as some pages."""
    return _pattern(_BLOCKS[kind])


def _is_heading(block: str) -> bool:
    heading = HEADING.fullmatch(block)
    if not heading or "![" in block or "){" in block:
        return False
    return _of_kind("h").fullmatch(heading[2]) is not None and _is_nested(block)


def _kind_by_start(block: str, first: str) -> str:
    if first == " " and block.startswith("    "):
        return {"-": "U", ">": "Q"}.get(block[4:5], "P")
    if first.isdigit() and _IS_NUMBERED.match(block):
        return "o"
    return {">": "q", "-": "u"}.get(first, "p")


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
    if _NO_HTML.search(block) or _NOT_IN_HTML.search(block):
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
