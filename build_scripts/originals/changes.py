"""What a publisher changed in a story since it was locked, told by the numbers of blocks.

In: a lock and the original as it is now. Out: sentences without a word of either. Blocks are told apart by their hashes; those
that have none by their length.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from build_scripts.originals.profile import Original
from build_scripts.reading.lock import LockFile


def changes(lock: LockFile, original: Original) -> Iterator[str]:
    """Which blocks are gone, new or other than they were, in order."""
    hashed = {block.sha256 for block in lock.blocks if block.sha256}
    before = [block.sha256 or block.end - block.start for block in lock.blocks]
    after = [block.sha256 if block.sha256 in hashed else len(block.text) for block in original.blocks]
    for kind, was, was_end, now, now_end in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "delete":
            yield f"{_named(was, was_end)} {'is' if was_end - was == 1 else 'are'} gone"
        elif kind == "insert":
            yield f"{_named(now, now_end)} {'is' if now_end - now == 1 else 'are'} new"
        elif kind == "replace":
            if (was, was_end) == (now, now_end):
                yield f"{_named(now, now_end)} changed"
                continue
            verb = "was" if was_end - was == 1 else "were"
            yield f"{_named(now, now_end)} {verb} {_named(was, was_end)} and changed"


def _named(first: int, end: int) -> str:
    return f"block {first + 1}" if end - first == 1 else f"blocks {first + 1} to {end}"
