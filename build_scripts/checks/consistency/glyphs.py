"""Quotation marks of two kinds in one text.

In: a text. Out: one finding at most, at the first mark of the rarer kind.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from build_scripts.checks.consistency.finding import Finding, Text
from build_scripts.problems import Rule, Severity

MIXED = Rule(
    "mixed-quotation-marks",
    'A text keeps to one kind of quotation marks: “curly”, "straight" or «angular»; another kind only inside.',
    Severity.WARNING,
)
RULES = (MIXED,)

_MARK = regex.compile(
    r"(?P<straight>(?<![\p{L}\p{N}=])\"(?=[\p{L}\p{N}“‘\[¿¡])|(?<=[\p{L}.,!?…’\]])\"(?![\p{L}\p{N}]))"
    r"|(?P<curly>[“”„‟])|(?P<angular>[«»])"
)
_KINDS = ('"', "“”„‟", "«»")
_NESTING = frozenset(("curly", "angular"))
"""Kinds that may lie inside one another."""


def check(text: Text) -> Iterator[Finding]:
    """The first mark of a kind that is not the usual one."""
    if sum(any(mark in text.text for mark in kind) for kind in _KINDS) < 2:  # noqa: PLR2004 -- of one kind, or none
        return
    first: dict[str, int] = {}
    counts = {"straight": 0, "curly": 0, "angular": 0}
    for kind, at in _outer(text):
        first.setdefault(kind, at)
        counts[kind] += 1
    if len(first) > 1:
        usual, rare = sorted(first, key=lambda kind: (-counts[kind], first[kind]))[:2]
        message = f"{rare} quotation marks, but {usual} ones"
        yield Finding(MIXED, first[rare], message, f"set {usual} ones throughout", first[usual])


def _outer(text: Text) -> Iterator[tuple[str, int]]:
    """Quotation marks but for curly ones inside angular ones, and the other way round, in the same paragraph."""
    for start, line in text.lines:
        inside = ""
        for found in _MARK.finditer(line):
            kind = str(found.lastgroup)
            if inside and kind != inside and (kind in _NESTING or inside == "angular"):
                continue
            yield kind, start + found.start()
            if kind in _NESTING:
                inside = "" if inside else kind
