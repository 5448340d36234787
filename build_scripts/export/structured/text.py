"""JSON-LD as text: for files, for scripts in pages, for the front matter that carries it there.

In: plain values. Out: text that JSON reads back as the same values, that no HTML parser takes for the end of a script or the
start of a comment, that YAML takes as it is, and that a person can read line by line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from json import JSONEncoder
from typing import Any

from build_scripts.export.structured.nodes import Node

_ESCAPED = re.compile("[<>&\x7f-\xa0\xad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff0-\uffff]")
"""What HTML or YAML could take for something else, and what nobody would see, of what JSON does not escape itself."""
_compact = JSONEncoder(ensure_ascii=False).encode


def as_text(document: Node) -> str:
    """``document`` with a line for each property, and for each item of a property that has several. Ends with LF."""
    lines = ",\n".join(f" {_compact(name)}: {_value(value)}" for name, value in document.items())
    return _ESCAPED.sub(lambda sign: f"\\u{ord(sign.group()):04x}", f"{{\n{lines}\n}}\n")


def with_data(page: str, documents: Iterable[Node]) -> str:
    """The Markdown ``page`` with ``documents`` in its front matter, where the theme finds them."""
    scripts = [_indented(as_text(document)) for document in documents]
    if not scripts:
        return page
    is_headed = page.startswith("---\n") and "\n---\n" in page
    front, rest = page.removeprefix("---\n").split("\n---\n", 1) if is_headed else ("", f"\n{page}")
    lines = [*([front] if front else []), "jsonld:", *(f"  - |\n{script}" for script in scripts)]
    return "\n".join(["---", *lines, "---", rest])


def _indented(text: str) -> str:
    return "    " + text.rstrip("\n").replace("\n", "\n    ")


def _value(value: Any) -> str:
    if not isinstance(value, list):
        return _compact(value)
    items = ",\n".join(f"  {_compact(item)}" for item in value)
    return f"[\n{items}\n ]"
