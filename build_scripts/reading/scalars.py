"""One text or number as YAML, in the style that stood there before.

In: a value, and the characters that it replaces. Out: characters for their place. Knows nothing of what stands around.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from build_scripts.reading.values import plain_tag

WIDTH = 120
"""Lines are filled up to this column, or to the widest that the value had."""

_DASH = 4
"""Columns before an item of a list."""

_TEXT_TAG = "tag:yaml.org,2002:str"
_BREAK = re.compile(r"(?<=\S) (?=\S)")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
_JOINERS = frozenset("\u200c\u200d")  # in the spelling of Persian and in emoji
_INDICATOR = "|>+-0123456789"


@dataclass(frozen=True, slots=True)
class Scalar:
    """What a file holds in a value's place: its characters, from ``column`` of the first line.

    ``style`` is a quotation mark, ``|``, ``>`` or empty; ``tag`` is the YAML 1.1 type; ``is_in_flow``: within { } or [ ].
    """

    raw: str
    style: str
    tag: str
    column: int
    is_in_flow: bool


def rewritten(value: str | int, old: Scalar) -> str:
    """``value`` in the style of ``old`` where it can be written so, else in double quotation marks."""
    if old.style not in ("|", ">"):
        new = _inline(value, old)
        return _rewrapped(new, old) if "\n" in old.raw and isinstance(value, str) else new
    header, *lines = old.raw.split("\n")
    comment = header.lstrip(_INDICATOR)
    block = _block(value, old.style, comment, lines) if isinstance(value, str) else None
    return block or _inline(value, old) + comment


def fresh(value: str | int, indent: int, column: int, *, is_in_flow: bool) -> str:
    """``value`` for a new key of a mapping at ``indent``: on the key's line from ``column``, or folded where it is long."""
    new = _inline(value, Scalar("", "", _TEXT_TAG, column, is_in_flow))
    if is_in_flow or isinstance(value, int) or column + len(new) <= WIDTH:
        return new
    return _block(value, ">", "", [" " * (indent + 2) + "-"]) or new


def block(item: Mapping[str, Any], indent: int = 0, *, is_item: bool = True) -> str:
    """A mapping as YAML, a key a line; an item of a list in braces, where it has no list and fits on a line."""
    has_list = any(isinstance(value, list | tuple) for value in item.values())
    if is_item and not has_list and len(short := _in_braces(item)) <= WIDTH - _DASH:
        return short
    lines = []
    for key, value in item.items():
        if isinstance(value, list | tuple):
            lines += [f"{key}:", *(f"  - {_entry(one, indent + 4)}" for one in value)]
        elif isinstance(value, Mapping):
            lines.append(f"{key}: {_in_braces(value)}")
        else:
            lines.append(f"{key}: {_plain(value, indent, indent + len(key) + 2)}")
    return "\n".join(lines)


def _plain(value: str | int, indent: int, column: int) -> str:
    """A day is written without quotation marks, as people write it: it is read as text all the same."""
    if isinstance(value, bool) or (isinstance(value, str) and _DATE.fullmatch(value)):
        return json.dumps(value) if isinstance(value, bool) else value
    return fresh(value, indent, column, is_in_flow=False)


def _entry(value: Any, indent: int) -> str:
    if isinstance(value, Mapping):
        return _in_braces(value)
    return fresh(value, indent - 2, indent, is_in_flow=False)


def _in_braces(item: Mapping[str, Any]) -> str:
    return "{" + ", ".join(f"{key}: {_braced(value)}" for key, value in item.items()) + "}"


def _braced(value: Any) -> str:
    if isinstance(value, Mapping):
        return _in_braces(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_braced, value))}]"
    return json.dumps(value) if isinstance(value, bool) or value is None else fresh(value, 0, 0, is_in_flow=True)


def _inline(value: str | int, old: Scalar) -> str:
    if isinstance(value, int):
        return json.dumps(value)
    hidden = _hidden(value, old.raw) | ({"\n"} & set(value))
    if not hidden and not old.style and plain_tag(value, is_in_flow=old.is_in_flow) in (_TEXT_TAG, old.tag):
        return value
    if not hidden and old.style == "'":
        return "'" + value.replace("'", "''") + "'"
    return _double_quoted(value, hidden)


def _hidden(text: str, known: str) -> set[str]:
    """The characters of ``text`` that an editor would not see and that do not stand in ``known`` as they are."""
    return {char for char in set(text) - set(known) - _JOINERS if unicodedata.category(char) in _HIDDEN}


def _double_quoted(text: str, hidden: Iterable[str]) -> str:
    """As JSON writes it, which is YAML too, and the hidden characters by number."""
    numbers = {ord(char): f"\\u{ord(char):04X}" if char <= "\uffff" else f"\\U{ord(char):08X}" for char in hidden}
    return json.dumps(text, ensure_ascii=False).translate(numbers)


def _rewrapped(new: str, old: Scalar) -> str:
    """``new`` on several lines, as ``old`` is."""
    first, *rest = old.raw.split("\n")
    indent = _indent(rest)
    room = max(WIDTH, old.column + len(first), *map(len, rest))
    kept = [line.strip() for line in (first, *rest)]
    return f"\n{' ' * indent}".join(_filled(new, kept, room - old.column, room - indent))


def _block(text: str, style: str, comment: str, old: Sequence[str]) -> str | None:
    """``text`` as a block scalar in place of the lines ``old``; None where only quotation marks would keep it whole."""
    body = text.rstrip("\n")
    ends, indent = len(text) - len(body), _indent(old)
    if not indent or ends > 1 or not _fits_block(body, style, "".join(old)):
        return None
    room = max(WIDTH, *map(len, old)) - indent
    lines = body.split("\n") if style == "|" else _folded(body, [line[indent:] for line in old], room)
    header = style + ("" if ends else "-") + comment
    return "\n".join([header, *(" " * indent + line if line else "" for line in lines)])


def _fits_block(body: str, style: str, known: str) -> bool:
    first, *rest = body.split("\n")
    starts_well = bool(first) and first == first.lstrip() and (style == "|" or all(x == x.lstrip() for x in rest))
    return starts_well and all(x == x.rstrip() for x in (first, *rest)) and _hidden(body, known) <= {"\n"}


def _folded(body: str, kept: Sequence[str], room: int) -> list[str]:
    """The lines of a folded scalar: a line break of the text is an empty line."""
    first, *rest = body.split("\n")
    lines = _filled(first, kept, room, room)
    for paragraph in rest:
        lines += ["", *(_filled(paragraph, (), room, room) if paragraph else ())]
    return lines


def _filled(text: str, kept: Sequence[str], first_room: int, room: int) -> list[str]:
    """``text`` broken at single spaces; of the lines ``kept``, those before and behind the words that changed stay."""
    head = _same_lines(text, kept)
    text = text[sum(len(line) + 1 for line in head) :]
    tail = [line[::-1] for line in _same_lines(text[::-1], [line[::-1] for line in reversed(kept[len(head) :])])][::-1]
    line, *words = _BREAK.split(text[: len(text) - sum(len(line) + 1 for line in tail)])
    for word in words:
        if len(line) + 1 + len(word) <= (room if head else first_room):
            line += f" {word}"
        else:
            head.append(line)
            line = word
    return [*head, line, *tail]


def _same_lines(text: str, lines: Sequence[str]) -> list[str]:
    """The lines that ``text`` starts with, as long as a single space and more text follows."""
    same: list[str] = []
    for line in lines:
        rest = text.removeprefix(f"{line} ")
        if line != line.strip() or rest in ("", text) or rest[0].isspace():
            break
        same.append(line)
        text = rest
    return same


def _indent(lines: Iterable[str]) -> int:
    """The indentation of the first line that is not blank; 0 where there is none."""
    return next((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), 0)
