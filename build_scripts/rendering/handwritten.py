"""Hand-written pages with parts that are made from the sources and from the code.

In: the text of a page in docs/. Out: the same with each marker ``<!-- newsgloss:NAME -->`` replaced by its part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from build_scripts.problems import Rule, Severity

_MARKER = re.compile(r"^<!-- newsgloss:([a-z-]+) -->$", re.MULTILINE)


def fill_in(page: str, parts: Mapping[str, str]) -> str | None:
    """``page`` with its parts; None where it has no marker of ours. A marker without a part stays as it is."""

    def part(marker: re.Match[str]) -> Any:
        return parts.get(marker[1], marker.group()).rstrip("\n")

    return _MARKER.sub(part, page) if _MARKER.search(page) else None


def rules_page(rules: Iterable[Rule]) -> str:
    """All rules in the order of their names, each with its explanation."""
    return "\n\n".join(
        f"### {rule.name} {{ #rule-{rule.name} }}\n\n{_KINDS[rule.severity]}{rule.explanation}"
        for rule in sorted(rules, key=lambda rule: rule.name)
    )


def mending_table(rules: Iterable[Rule]) -> str:
    """The rules whose problems can be mended by a program, with what it does."""
    rows = (f"| [{rule.name}](#rule-{rule.name}) | {rule.mending} |" for rule in rules if rule.mending)
    return "\n".join(["| rule | what is done |", "|--|--|", *sorted(rows)])


_KINDS = {
    Severity.ERROR: "",
    Severity.WARNING: "(A warning: it does not stop publishing.) ",
    Severity.NOTICE: "(A notice: nothing has to be done.) ",
}
