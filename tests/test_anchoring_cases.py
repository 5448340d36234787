"""Cases of public test suites for anchoring: ours gives the expected answer, or policies.yml says why it must not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import pytest
import yaml
from selectolax.lexbor import LexborNode

from build_scripts.anchoring.anchor import Selector, Span, anchor, candidates, describe
from tests.html import BLOCKS, body_of

FOLDER = Path(__file__).parent / "cases" / "anchoring"
DATA = json.loads((FOLDER / "cases.json").read_text(encoding="utf-8"))
CASES: dict[str, dict[str, Any]] = {case["id"]: case for case in DATA["cases"]}
SUITES: dict[str, dict[str, Any]] = yaml.safe_load((FOLDER / "policies.yml").read_text(encoding="utf-8"))


def groups(suite: dict[str, Any]) -> list[dict[str, Any]]:
    """The exceptions of a suite: cases that differ for one reason."""
    exceptions: list[dict[str, Any]] = suite.get("exceptions", [])
    return exceptions


EXCEPTIONS = {case: group["ours"] for suite in SUITES.values() for group in groups(suite) for case in group["cases"]}
AGREEING = [case for case in CASES if case not in EXCEPTIONS]

_NEVER_SHOWN = frozenset({"iframe", "script", "style"})
_DIRECTIVE = re.compile(
    r"#:~:text=(?:(?P<prefix>[^,]+)-,)?(?P<exact>[^,]+?)(?:,(?P<end>[^,-]+))?(?:,-(?P<suffix>[^,]+))?"
)


class Answer(NamedTuple):
    """What our rule says: all candidates, and the one span that is selected, if one is."""

    candidates: list[Span]
    selected: Span | None

    @property
    def kind(self) -> str:
        """As policies.yml names it."""
        if self.selected is not None:
            return "one match"
        return "several matches" if self.candidates else "no match"


def text_of(case: dict[str, Any]) -> str:
    """The text of a case; that of a case about a link into a page is what the page shows."""
    source = DATA["documents"][case["document"]] if "document" in case else case
    if "fragment" in case:
        return shown(source["html"])
    text: str = source["text"]
    return text


def shown(html: str) -> str:
    """The visible text of a page in our canonical form: white space is one space, two LF stand between blocks."""
    text = "".join(_shown(body_of(html), visible=True))
    text = re.sub(r" *\n *", "\n", re.sub(r" +", " ", text))
    return re.sub(r"\n{2,}", "\n\n", text).strip()


def _shown(node: LexborNode, *, visible: bool) -> Iterator[str]:
    for child in node.iter(include_text=True):
        style = child.attributes.get("style") or ""
        if child.tag == "-text":
            yield re.sub(r"[ \n\t\r\f]+", " ", child.text_content or "") if visible else ""
        elif child.tag not in _NEVER_SHOWN and "display: none" not in style:
            edge = "\n\n" if child.tag in BLOCKS else "\n" if child.tag == "br" else ""
            yield edge
            yield from _shown(child, visible=visible and "visibility: hidden" not in style)
            yield edge


def selector_of(case: dict[str, Any]) -> Selector | None:
    """The question of a case as our selectors put it; None where they cannot: text from one quotation to another."""
    if "fragment" not in case:
        asked = case["selector"]
        return Selector(asked["exact"], asked.get("prefix", ""), asked.get("suffix", ""))
    directive = _DIRECTIVE.fullmatch(case["fragment"])
    assert directive, case["fragment"]
    if directive["end"]:
        return None
    exact, prefix, suffix = (unquote(directive[part] or "") for part in ("exact", "prefix", "suffix"))
    return Selector(exact, prefix, suffix)


def answer(case: dict[str, Any]) -> Answer | None:
    """Our answer; None where our selectors cannot ask."""
    text, asked = text_of(case), case["selector"]
    if asked["type"] == "TextPositionSelector":
        span = Span(asked["start"], asked["end"])
        found = anchor(text, describe(text, span))
        return Answer([found] if found else [], found)
    selector = selector_of(case)
    return None if selector is None else Answer(candidates(text, selector), anchor(text, selector))


def is_expected(case: dict[str, Any], ours: Answer) -> bool:
    """Whether ``ours`` is what the suite expects; of several matches, "the first" or "any" is not ours to choose."""
    expected, spans = case["expected"], expected_spans(case)
    found = ours.selected
    match expected["kind"]:
        case "all":
            return ours.candidates == spans
        case "orphan":
            return ours.candidates == []
        case "start":
            return found is not None and found.start == spans[0].start
        case "match" | "any":
            return found in spans
        case "text":
            return found is not None and quoted(case, found) == expected["spans"][0]["text"]
        case "matches":
            return found is not None and quoted(case, found) == expected.get("text", quoted(case, found))
        case kind:
            raise ValueError(kind)


def expected_spans(case: dict[str, Any]) -> list[Span]:
    return [Span(span["start"], span["end"]) for span in case["expected"]["spans"]]


def is_wide(span: Span) -> bool:
    """Whether words stand in it: only such a span can be described."""
    return span.start < span.end


def quoted(case: dict[str, Any], span: Span) -> str:
    return text_of(case)[span.start : span.end]


def test_every_suite_has_its_policy() -> None:
    assert list(SUITES) == list(dict.fromkeys(case["suite"] for case in DATA["cases"]))
    assert all(suite["policy"] for suite in SUITES.values())


def test_every_case_either_agrees_or_is_an_exception_of_its_suite() -> None:
    assert len(CASES) == len(DATA["cases"]) == 301
    listed = [(name, case) for name, suite in SUITES.items() for group in groups(suite) for case in group["cases"]]
    assert len(listed) == len(set(listed)) == len(EXCEPTIONS)
    assert all(CASES[case]["suite"] == name for name, case in listed)
    assert all(group["reason"] for suite in SUITES.values() for group in groups(suite))


@pytest.mark.parametrize("name", AGREEING)
def test_where_the_policy_is_ours_so_is_the_answer(name: str) -> None:
    ours = answer(CASES[name])
    assert ours is not None
    assert is_expected(CASES[name], ours), ours


@pytest.mark.parametrize("name", EXCEPTIONS)
def test_where_the_policy_is_not_ours_the_answer_differs_as_told(name: str) -> None:
    case, ours = CASES[name], answer(CASES[name])
    assert (ours.kind if ours else "cannot ask") == EXCEPTIONS[name]
    if ours is not None:
        assert not is_expected(case, ours), ours
    if ours is not None and ours.kind == "several matches":
        assert set(expected_spans(case)) <= set(ours.candidates)


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if any(map(is_wide, expected_spans(case)))])
def test_every_expected_span_can_be_described_and_found_again(name: str) -> None:
    text = text_of(CASES[name])
    for span, told in zip(expected_spans(CASES[name]), CASES[name]["expected"]["spans"], strict=True):
        selector = describe(text, span)
        assert selector.exact == told["text"], "offsets are code points"
        assert anchor(text, selector) == span or not is_wide(span)


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "textStart" in case["selector"]])
def test_a_link_into_a_page_is_read_as_its_suite_reads_it(name: str) -> None:
    asked, selector = CASES[name]["selector"], selector_of(CASES[name])
    if "textEnd" in asked:
        assert selector is None
    else:
        assert selector == Selector(asked["textStart"], asked.get("prefix", ""), asked.get("suffix", ""))


def test_the_cases_are_those_of_the_test_data(testdata: Path) -> None:
    original = testdata / "data" / "anchoring" / "cases.json"
    assert (FOLDER / "cases.json").read_bytes() == original.read_bytes()
