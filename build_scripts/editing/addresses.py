"""The list of all addresses ever published, with what is new.

In: a root. Out: sources/addresses.txt, sorted; nothing is ever taken out.
"""

from __future__ import annotations

from pathlib import Path

from build_scripts.cache import Cache
from build_scripts.permanence import promised
from build_scripts.pipeline import understand
from build_scripts.reading.load import ADDRESSES


def list_addresses(root: Path, cache: Cache | None = None) -> int:
    """Write the list; returns how many addresses were added. ``cache``: has what was understood before."""
    library, _problems = understand(root, cache=cache)
    new = promised(library) - library.addresses.keys()
    lines = sorted(new | library.addresses.keys())
    (root / ADDRESSES).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return len(new)
