"""Values set, added and taken out in YAML that people write: what is not concerned stays as it is, to the byte.

In: a file's text and the values wanted, by path. Out: the new text, read again and found to hold what was wanted, or an
error that says what to edit by hand. Never a file that reads otherwise.
"""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from build_scripts.problems import Problem
from build_scripts.reading.scalars import block
from build_scripts.reading.splices import SHORT_FOR, Change, appended, spliced
from build_scripts.reading.values import EMPTY_FILE, MAX_LENGTH, Path, Values, read_values
from build_scripts.source import Source


class CannotEditError(Exception):
    """The file stays as it is; the message says what to do by hand."""


def edited(source: Source, changes: Mapping[Path, str | int | None], start: int = 0, end: int | None = None) -> str:
    """The text of ``source`` with these values, each at its path, in the YAML from ``start`` to ``end`` (code points).

    A key that is missing comes behind the others of its mapping; None takes a key out, with its line and the comment on
    it. A text in a list is short for a mapping with the key ``exact`` alone and becomes one when it gets another key.
    What holds already is left alone; the rest keeps every character. Raises CannotEditError where that can't be done.
    """
    end = len(source.text) if end is None else end
    before, told = _read(source, start, end)
    data = copy.deepcopy(before.data)
    ordered = sorted(changes.items(), key=lambda change: change[1] is None)
    pending = [(path, value) for path, value in ordered if _set(before, [data], path, value)]
    head, text, tail = source.text[:start], source.text[start:end], source.text[end:]
    try:
        for batch in _batches(pending):
            text = spliced(text, batch)
    except (ValueError, LookupError) as error:
        raise _by_hand(before, pending) from error
    after, problems = read_values(Source(source.path, head + text + tail), start, start + len(text))
    if after is None or json.dumps(after.data) != json.dumps(data) or _kinds(problems) - _kinds(told):
        raise _by_hand(before, pending)
    return head + text + tail


def extended(source: Source, additions: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """The text of ``source``, a file of YAML, with items at the end of the lists under these top-level keys.

    What stands there keeps every character. Raises CannotEditError where that can't be done without risk.
    """
    before, problems = read_values(source, 0, len(source.text))
    old = before.data if before else {}
    if not isinstance(old, dict) or (before is None and any(problem.rule != EMPTY_FILE.name for problem in problems)):
        raise CannotEditError(f"mend this first: {problems[0] if problems else source.path}")
    wanted, text = copy.deepcopy(old), source.text
    for key, items in additions.items():
        if items:
            wanted[key] = [*(wanted.get(key) or []), *copy.deepcopy(items)]
            text = _appended(source, text, key, [block(item) for item in items])
    if len(text) > MAX_LENGTH:
        raise CannotEditError(
            f"{source.path} would have {len(text):,} characters, of {MAX_LENGTH:,} at most: split the article"
        )
    after, told = read_values(Source(source.path, text), 0, len(text))
    if text != source.text and (
        after is None or json.dumps(after.data) != json.dumps(wanted) or _kinds(told) - _kinds(problems)
    ):
        raise CannotEditError(f"items can't be added to {source.path} without risk; add them by hand")
    return text


def _appended(source: Source, text: str, key: str, items: Sequence[str]) -> str:
    try:
        return appended(text, key, items)
    except (ValueError, LookupError) as error:
        raise CannotEditError(f"items can't be added to `{key}` in {source.path}: {error}; add them by hand") from error


def _read(source: Source, start: int, end: int) -> tuple[Values, list[Problem]]:
    values, problems = read_values(source, start, end)
    if values is None:
        raise CannotEditError(f"mend this first: {problems[0]}")
    return values, problems


def _kinds(problems: Sequence[Problem]) -> Counter[tuple[str, str]]:
    return Counter((problem.rule, problem.message) for problem in problems)


def _by_hand(values: Values, changes: Sequence[Change]) -> CannotEditError:
    """For a way to write YAML, or a text, that is not known to be safe to change."""
    what = ", ".join(f"{_shown(path)} ({values.place(*path)})" for path, _value in changes)
    return CannotEditError(f"this can't be written without risk to what stands around it; edit by hand: {what}")


def _shown(path: Path) -> str:
    return ".".join(map(str, path))


def _set(values: Values, box: list[Any], path: Path, value: str | int | None) -> bool:
    """Set the value in the data, which are the only item of ``box``; whether it was another."""
    try:
        *way, last, key = (0, *path)
        holder: Any = box
        for step in way:
            holder = holder[_step(holder, step)]
        parent = holder[_step(holder, last)]
        if not way or not isinstance(holder, list) or not isinstance(parent, str):
            return _put(parent, key, value)
        full = {SHORT_FOR: parent}
        is_new = _put(full, key, value)
        holder[int(last)] = full if len(full) > 1 else full[SHORT_FOR]
    except (LookupError, ValueError) as error:
        message = f"{values.place(*path)}: {_shown(path)} can't be set or taken out here; edit it by hand"
        raise CannotEditError(message) from error
    return is_new


def _put(parent: Any, key: str | int, value: str | int | None) -> bool:
    """Set or take out one value; whether there was another. Raises LookupError or ValueError where nobody could mean it."""
    is_there = not isinstance(parent, dict) or key in parent
    old = parent[_step(parent, key)] if is_there else None
    if value is None:
        if is_there and (len(parent) == 1 or isinstance(parent, list)):
            raise ValueError("nothing would be left, or what follows would get other numbers")
        if is_there:
            del parent[key]
        return is_there
    if isinstance(old, dict | list):
        raise ValueError("more than one value would be lost")
    parent[_step(parent, key)] = value
    return type(old) is not type(value) or old != value


def _step(holder: Any, key: str | int) -> Any:
    """``key``, if it can lead into ``holder``. Raises LookupError."""
    if isinstance(holder, dict) and isinstance(key, str):
        return key
    if isinstance(holder, list) and isinstance(key, int) and 0 <= key < len(holder):
        return key
    raise LookupError(key)


def _batches(changes: Sequence[Change]) -> Iterator[list[Change]]:
    """The changes in groups, each to be made at once: no two in the same mapping, nor one in a mapping around another."""
    while changes:
        homes: set[Path] = set()
        around: set[Path] = set()
        batch: list[Change] = []
        later: list[Change] = []
        for change in changes:
            home = change[0][:-1]
            outer = {home[:depth] for depth in range(len(home) + 1)}
            if home in around or homes & outer:
                later.append(change)
                continue
            batch.append(change)
            homes.add(home)
            around |= outer
        yield batch
        changes = later
