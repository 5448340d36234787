"""Where in the text of YAML a value is set, added or taken out.

In: text that is YAML, and changes in different mappings. Out: the text with other characters in the places concerned.
Finds the places by PyYAML's nodes; what it does with rare ways to write YAML has to be verified by reading the result.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TypeAlias

import yaml

from build_scripts.reading.scalars import Scalar, fresh, rewritten
from build_scripts.reading.values import Path
from build_scripts.source import Edit, with_edits

Change: TypeAlias = tuple[Path, str | int | None]
"""A path and the value to stand there; None: the key goes."""

SHORT_FOR = "exact"
"""A text in a list is short for a mapping with this key alone."""

_COMMA = re.compile(r"\s*,")
_REST_OF_LINE = re.compile(r"[ \t]*(?P<comma>,?)[ \t]*(#[^\n]*)?\n")
_BLANK = re.compile(r"\s*")


def spliced(text: str, changes: Sequence[Change]) -> str:
    """``text`` with the changes made. Raises ValueError or LookupError where a place is not there or holds two changes."""
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise ValueError(f"not YAML: {error}") from error
    splices = [splice for change in changes for splice in _splices(text, root, change)]
    return with_edits(text, splices)


def _splices(text: str, root: Any, change: Change) -> list[Edit]:
    (*way, key), value = change
    node, is_in_flow = root, _is_flow(root)
    for step in way:
        node = _value(node, _index(node, step))
        is_in_flow = is_in_flow or _is_flow(node)
    if isinstance(node, yaml.ScalarNode):
        if key == SHORT_FOR:
            return [_replaced(text, node, value, is_in_flow=is_in_flow)]
        return (_opened_in_flow if is_in_flow else _opened)(text, node, str(key), value)
    at = _index(node, key)
    if value is None:
        return (_removed_in_flow if is_in_flow else _removed)(text, node.value, at)
    if at is None:
        return (_added_in_flow if is_in_flow else _added)(text, node, str(key), value)
    return [_replaced(text, _value(node, at), value, is_in_flow=is_in_flow)]


def _is_flow(node: Any) -> bool:
    return bool(getattr(node, "flow_style", False))


def _index(node: Any, key: str | int) -> Any:
    """Where in the node's value an item stands, or the first entry with this key; None where no entry has it."""
    if isinstance(node, yaml.SequenceNode):
        return key
    return next((at for at, (name, _value) in enumerate(node.value) if name.value == key), None)


def _value(node: Any, at: Any) -> Any:
    return node.value[at] if isinstance(node, yaml.SequenceNode) else node.value[at][1]


def _end(text: str, node: Any) -> int:
    """Where the node's last character stands, without the blank lines and comments that follow."""
    if isinstance(node, yaml.ScalarNode):
        start, end = node.start_mark.index, int(node.end_mark.index)
        return _line_end(text, start + len(text[start:end].rstrip())) if _is_block(node) else end
    if node.flow_style:
        return int(node.end_mark.index)
    last = node.value[-1]
    return max(_end(text, part) for part in (last if isinstance(last, tuple) else (last,)))


def _is_block(node: Any) -> bool:
    return node.style in ("|", ">")


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _is_first_on_line(text: str, at: int) -> bool:
    return not text[_line_start(text, at) : at].strip()


# --- items taken out ------------------------------------------------------------------------------------------------


def without_item(text: str, path: Path, at: int) -> list[Edit]:
    """The edit that takes an item, a scalar, out of the list at ``path``; none where it is the only one, or more would go with it."""
    node: Any = yaml.compose(text, Loader=yaml.CSafeLoader)
    for step in path:
        node = _value(node, _index(node, step))
    items = node.value
    if len(items) == 1 or _is_block(items[at]):
        return []
    if node.flow_style:
        edits = _removed_in_flow(text, [(item, item) for item in items], at)
    else:
        start, end = _line_start(text, items[at].start_mark.index), _line_end(text, _end(text, items[at]))
        edits = [Edit(start, end + 1, "")] if text[start : items[at].start_mark.index].strip() == "-" else []
    return [] if any("#" in text[edit.start : edit.end] for edit in edits) else edits


# --- items added at the end of a list ---------------------------------------------------------------------------------


def appended(text: str, key: str, items: Sequence[str]) -> str:
    """``text`` with items, written as YAML from column 0, at the end of the list under a top-level key.

    A list that is missing comes last in the file. Raises ValueError where the list is not one item a line.
    """
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    if root is not None and (not isinstance(root, yaml.MappingNode) or root.flow_style):
        raise ValueError("not a mapping, one key a line")
    at = _index(root, key) if root is not None else None
    if root is None or at is None:
        gap = "" if not text or text.endswith("\n") else "\n"
        return f"{text}{gap}{key}:\n{_listed(items, 2)}\n"
    node = root.value[at][1]
    if not node.value:
        return _filled_list(text, root.value[at], items)
    if not isinstance(node, yaml.SequenceNode) or node.flow_style:
        raise ValueError("the list is not one item a line")
    end = _line_end(text, max(_end(text, node.value[-1]), node.value[-1].start_mark.index))
    return f"{text[:end]}\n{_listed(items, node.start_mark.column)}{text[end:] or chr(10)}"


def _filled_list(text: str, entry: tuple[Any, Any], items: Sequence[str]) -> str:
    """Where an empty list, or nothing, stood; a comment on its line stays there."""
    name, node = entry
    start, end = text.index(":", name.end_mark.index) + 1, node.end_mark.index
    end = max(start, end) if node.start_mark.index >= start else start
    line = _line_end(text, end)
    return f"{text[:start]}{text[end:line]}\n{_listed(items, 2)}{text[line:] or chr(10)}"


def _listed(items: Sequence[str], indent: int) -> str:
    lines = ((f"- {line}" if first else f"  {line}") for item in items for first, line in _numbered_lines(item))
    return "\n".join(" " * indent + line for line in lines)


def _numbered_lines(item: str) -> list[tuple[bool, str]]:
    return [(number == 0, line) for number, line in enumerate(item.split("\n"))]


# --- values set -----------------------------------------------------------------------------------------------------


def _replaced(text: str, node: Any, value: Any, *, is_in_flow: bool) -> Edit:
    start, end = node.start_mark.index, _end(text, node)
    old = Scalar(text[start:end], node.style or "", node.tag, node.start_mark.column, is_in_flow)
    gap = "" if old.raw or text[start - 1].isspace() else " "
    return Edit(start, end, gap + rewritten(value, old))


# --- keys added -----------------------------------------------------------------------------------------------------


def _entry(key: str, value: Any, indent: int, *, is_in_flow: bool) -> str:
    name = fresh(key, indent, 0, is_in_flow=is_in_flow)
    return f"{name}: {fresh(value, indent, indent + len(name) + 2, is_in_flow=is_in_flow)}"


def _added(text: str, node: Any, key: str, value: Any) -> list[Edit]:
    """The entry on a line of its own, behind the mapping's last line."""
    indent, at = node.start_mark.column, _line_end(text, _end(text, node))
    return [Edit(at, at, f"\n{' ' * indent}{_entry(key, value, indent, is_in_flow=False)}")]


def _added_in_flow(text: str, node: Any, key: str, value: Any) -> list[Edit]:
    """The entry behind the last; on a line of its own where that one is, and then behind the comment there."""
    entry = _entry(key, value, 0, is_in_flow=True)
    if not node.value:
        inside = node.start_mark.index + 1
        return [Edit(inside, inside, entry)]
    name, last = node.value[-1]
    at = max(_end(text, name), _end(text, last))
    if not _is_first_on_line(text, name.start_mark.index):
        return [Edit(at, at, f", {entry}")]
    line = f"\n{text[_line_start(text, name.start_mark.index) : name.start_mark.index]}{entry}"
    rest = _REST_OF_LINE.match(text, at)
    if rest is None:
        return [Edit(at, at, f",{line}")]
    before, behind = ("", ",") if rest["comma"] else (",", "")
    return [Edit(at, at, before), Edit(rest.end() - 1, rest.end() - 1, line + behind)]


def _opened(text: str, node: Any, key: str, value: Any) -> list[Edit]:
    """A text that stood for a mapping, written as that mapping, with one more key."""
    start, end, indent = node.start_mark.index, _end(text, node), node.start_mark.column
    first, *rest = text[start:end].split("\n")
    depth = min((len(line) - len(line.lstrip(" ")) for line in rest if line.strip()), default=0)
    deeper = " " * max(0, indent + 2 - depth)
    lines = [f"{SHORT_FOR}: {first}", *(deeper + line if line.strip() else line for line in rest)]
    at = _line_end(text, end)
    entry = f"\n{' ' * indent}{_entry(key, value, indent, is_in_flow=False)}"
    return [Edit(start, end, "\n".join(lines)), Edit(at, at, entry)]


def _opened_in_flow(text: str, node: Any, key: str, value: Any) -> list[Edit]:
    start, end = node.start_mark.index, _end(text, node)
    entry = _entry(key, value, 0, is_in_flow=True)
    return [Edit(start, start, f"{{{SHORT_FOR}: "), Edit(end, end, f", {entry}}}")]


# --- keys taken out -------------------------------------------------------------------------------------------------


def _span(text: str, entry: tuple[Any, Any]) -> tuple[int, int]:
    return entry[0].start_mark.index, max(_end(text, part) for part in entry)


def _removed(text: str, entries: Sequence[tuple[Any, Any]], at: int) -> list[Edit]:
    """Without the entry's lines; behind a dash, where another shares its line, the next entry takes its place."""
    start, end = _span(text, entries[at])
    behind = min(_line_end(text, end) + 1, len(text))
    if _is_first_on_line(text, start):
        return [Edit(_line_start(text, start), behind, "")]
    blank = _BLANK.match(text, behind)
    return [Edit(start, blank.end() if blank else behind, "")]


def _removed_in_flow(text: str, entries: Sequence[tuple[Any, Any]], at: int) -> list[Edit]:
    """Without the entry, its line where it has one to itself, and the comma that would be left."""
    start, end = _span(text, entries[at])
    is_last = at == len(entries) - 1
    before = _span(text, entries[at - 1])[1] if at else start
    comma = _COMMA.match(text, end)
    rest = _REST_OF_LINE.match(text, end)
    dangling = _COMMA.match(text, before) if is_last and not comma else None
    without_comma = [Edit(before, dangling.end(), "")] if dangling else []
    if rest and _is_first_on_line(text, start):
        return [*without_comma, Edit(_line_start(text, start), rest.end(), "")]
    following = start if is_last else entries[at + 1][0].start_mark.index
    if is_last and "#" not in text[before:start]:
        return [Edit(before, end, "")]
    if not is_last and "#" not in text[end:following]:
        return [Edit(start, following, "")]
    return [*without_comma, Edit(start, comma.end() if comma else end, "")]
