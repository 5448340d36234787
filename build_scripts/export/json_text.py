"""JSON by a compiled writer and reader, since annotations and tables of an archive are gigabytes of it.

In: plain values. Out: text with a line for each of them, which the standard library writes in several times the time, as its fast
writer knows no indent; or in one line without spaces.
"""

from __future__ import annotations

from typing import Any

from pydantic_core import from_json, to_json


def in_lines(value: Any) -> str:
    """``json.dumps(value, ensure_ascii=False, indent=1)`` and LF; there are no numbers but whole ones."""
    return f"{to_json(value, indent=1).decode()}\n"


def member(value: Any) -> str:
    """``value`` as it stands in the lines of an object that holds it."""
    return to_json([value], indent=1)[len(b"[\n ") : -len(b"\n]")].decode()


def compact(value: Any) -> bytes:
    """``value`` in one line."""
    return to_json(value)


def read(text: bytes) -> Any:
    """What JSON says."""
    return from_json(text)
