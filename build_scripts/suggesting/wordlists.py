"""Lists of words as people read them.

In: words with blanks between them. Out: a set.
"""

from __future__ import annotations


def listed(words: str) -> frozenset[str]:
    """The words of a text, each once."""
    return frozenset(words.split())
