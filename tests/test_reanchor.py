"""What re-anchoring answers, in cases that an editor can read: cases/reanchor/*.yml.

A case marks its words as [[…]] in the old text and where they are to be proposed in the new one; {{…}} are the places that
must be named of words that can't be told apart. ``kind``: mention, claim (usually), direct or indirect quotation, with its ``cue`` (said).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from build_scripts.anchoring.anchor import Span
from build_scripts.anchoring.beside import Attribution
from build_scripts.anchoring.follow import Texts
from build_scripts.anchoring.meaning import Subject
from build_scripts.anchoring.reanchor import propose

FILES = sorted((Path(__file__).parent / "cases" / "reanchor").glob("*.yml"))
GROUPS: dict[str, dict[str, Any]] = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in FILES}
CASES = [
    pytest.param(case, id=f"{group}: {case['name']}") for group, content in GROUPS.items() for case in content["cases"]
]
_MARK = re.compile(r"\[\[|\]\]|\{\{|\}\}")


def marked(text: str) -> tuple[str, list[Span]]:
    """A text without its marks, and what stood between them."""
    pieces = _MARK.split(text)
    ends = [sum(map(len, pieces[: number + 1])) for number in range(len(pieces) - 1)]
    return "".join(pieces), [Span(*ends[at : at + 2]) for at in range(0, len(ends), 2)]


@pytest.mark.parametrize("case", CASES)
def test_the_answer_is_the_expected_one(case: dict[str, Any]) -> None:
    old, (span,) = marked(case["old"])
    new, places = marked(case["new"])
    kind = case.get("kind", "claim")
    cue = Attribution(frozenset({case.get("cue", "said")})) if kind in ("direct", "indirect") else None
    subject = Subject(case.get("language", "en"), kind != "mention", kind == "direct", cue)
    found = propose(Texts(old, new), span, subject)
    assert case["answer"] in (found.answer, "any"), found
    assert found.reason.startswith(case.get("reason", "")), found
    if "{{" in case["new"]:
        assert (found.span, set(found.others)) == (None, set(places))
    else:
        assert found.span == (places[0] if places else None)


def test_every_answer_and_every_kind_has_cases() -> None:
    cases = [case for content in GROUPS.values() for case in content["cases"]]
    answers = {case["answer"] for case in cases}
    assert answers >= {"unchanged", "moved", "meaning changed", "lost"}
    assert {case.get("kind", "claim") for case in cases} == {"mention", "claim", "direct", "indirect"}
