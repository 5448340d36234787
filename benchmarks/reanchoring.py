"""How often re-anchoring finds the right place, the wrong one or none, and how fast it is; beside two simple ways.

In: a file of cases, JSON: {"docs": {id: {"old", "new", "lang"}}, "cases": [{"id", "doc", "kind", "start", "end", "exact",
"cls", "expected": {"start", "end"} or null}]}; offsets are code points, "expected" is a place in the new text. Out: printed
tables; the places proposed, on request. It runs the code that ``newsgloss reanchor`` runs.
"""

from __future__ import annotations

import json
import os
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from pathlib import Path
from typing import Any

import click
from rapidfuzz.fuzz import partial_ratio, partial_ratio_alignment

from build_scripts.anchoring.anchor import Span
from build_scripts.anchoring.follow import Texts
from build_scripts.anchoring.meaning import Subject
from build_scripts.anchoring.reanchor import Answer, Proposal, propose

EDITED = frozenset({"edited", "normalised", "whitespace", "diacritics-strip", "diacritics-add"})
"""Classes in which the words differ, so that a place is right that is nearly the expected one."""

NEARLY, PARTLY = 0.8, 0.5
"""What a place and the expected one must have in common, of what both cover, to be right, or partly so."""

ALIKE = 80
"""Likeness (0 to 100) below which the reference that takes the most alike words says that there are none."""

WORDS, ANNOTATIONS, SEARCHED = 10_000, 1_000, 50
"""The size of the article whose time is taken; how many annotations; how many of them the slow peer searches for."""

REWRITTEN, REPLACED = 0.05, 0.02
"""Shares of that article's paragraphs, and of the words of the others, that an editor replaced."""

Place = Span | None


class Mark(StrEnum):
    """What a proposed place is worth."""

    RIGHT = "right"
    PARTIAL = "partial"
    WRONG = "WRONG"
    ORPHANED = "orphaned"


@dataclass(frozen=True)
class Case:
    """An annotation of an old text and where it stands in the new one; ``expected`` is None where its words are gone."""

    name: str
    group: str
    doc: str
    span: Span
    subject: Subject
    expected: Place


@dataclass(frozen=True)
class Bench:
    """Cases, and the old and the new text of each document that they are about."""

    cases: Sequence[Case]
    texts: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Time:
    """Seconds for what has to be done for all annotations of a large article, and for peers on the same words."""

    words: int
    align: float
    propose: float
    difflib: float
    search: float


def read(path: Path) -> Bench:
    """The cases in a file."""
    data = json.loads(path.read_text(encoding="utf-8"))
    texts = {name: (doc["old"], doc["new"]) for name, doc in data["docs"].items()}
    return Bench([_case(case, data["docs"][case["doc"]].get("lang", "en")) for case in data["cases"]], texts)


def proposals(bench: Bench) -> dict[str, Proposal]:
    """What the project proposes for each case, by its name."""
    compared = {name: Texts(*texts) for name, texts in bench.texts.items()}
    return {case.name: propose(compared[case.doc], case.span, case.subject) for case in bench.cases}


def first_found(bench: Bench) -> dict[str, Place]:
    """Plain search: the first place where the words stand exactly; what stands around them is not looked at."""
    return _searched(bench, lambda words, new: Span(at, at + len(words)) if (at := new.find(words)) >= 0 else None)


def most_alike(bench: Bench) -> dict[str, Place]:
    """The most alike stretch of the new text that is as long as the words (rapidfuzz), from ``ALIKE`` on."""

    def search(words: str, new: str) -> Place:
        found = partial_ratio_alignment(words, new, score_cutoff=ALIKE)
        return Span(found.dest_start, found.dest_end) if found else None

    return _searched(bench, search)


def mark(case: Case, predicted: Mapping[str, Place]) -> Mark:
    """What is said of a case: nothing at all is as wrong as a wrong place."""
    if case.name not in predicted:
        return Mark.WRONG
    place = predicted[case.name]
    if place is None:
        return Mark.ORPHANED if case.expected else Mark.RIGHT
    if case.expected is None:
        return Mark.WRONG
    common = _common(place, case.expected)
    is_right = common >= NEARLY if case.group in EDITED else place == case.expected
    if is_right:
        return Mark.RIGHT
    return Mark.PARTIAL if common >= PARTLY else Mark.WRONG


def marks(bench: Bench, predicted: Mapping[str, Place]) -> dict[str, Counter[Mark]]:
    """How many places of each class are worth what."""
    counts: dict[str, Counter[Mark]] = defaultdict(Counter)
    for case in sorted(bench.cases, key=lambda case: case.group):
        counts[case.group][mark(case, predicted)] += 1
    return counts


def measure(text: str) -> Time:
    """The time for ``ANNOTATIONS`` annotations of the first ``WORDS`` words of a text that an editor went over."""
    old = _shortened(text, WORDS)
    new = edited(old)
    spans = list(_spread(old, ANNOTATIONS))
    started = time.perf_counter()
    texts = Texts(old, new)
    aligned = time.perf_counter()
    for span in spans:
        propose(texts, span, Subject("en", is_statement=True))
    proposed = time.perf_counter()
    one, other = ([word.form for word in wording.words] for wording in (texts.old, texts.new))
    began = time.perf_counter()
    SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    matched = time.perf_counter()
    for span in spans[:: ANNOTATIONS // SEARCHED]:
        partial_ratio(old[slice(*span)], new)
    searched = (time.perf_counter() - matched) * ANNOTATIONS / SEARCHED
    return Time(len(one), aligned - started, proposed - aligned, matched - began, searched)


def edited(text: str) -> str:
    """The text after ordinary edits, the same each time: some words and some whole paragraphs are others."""
    choice = random.Random(len(text))  # noqa: S311 -- repeatable on purpose
    words = text.split()
    paragraphs = []
    for paragraph in text.split("\n\n"):
        own = paragraph.split(" ")
        if choice.random() < REWRITTEN:
            own = choice.choices(words, k=len(own))
        paragraphs.append(" ".join(choice.choice(words) if choice.random() < REPLACED else word for word in own))
    return "\n\n".join(paragraphs)


def generated(size: int) -> str:
    """A text of ``size`` words that no one wrote: as in prose, a few words are common and most are rare."""
    choice = random.Random(size)  # noqa: S311 -- repeatable on purpose
    words = ["".join(choice.choices("aeioulnrstdm", k=choice.randint(2, 9))) for _ in range(size // 5)]
    drawn = choice.choices(words, [1 / (10 + rank) for rank in range(len(words))], k=size)
    sentences = [" ".join(drawn[at : at + 15]).capitalize() + "." for at in range(0, size, 15)]
    return "\n\n".join(" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4))


def told(title: str, counts: Mapping[str, Counter[Mark]]) -> Iterator[str]:
    """A table of the marks by class, and what they come to."""
    yield title
    for group, row in counts.items():
        yield f"  {group:16} {_shares(row)}"
    total = sum(counts.values(), Counter[Mark]())
    size = total.total() or 1
    shares = "  ".join(f"{name} {100 * total[name] / size:.2f}%" for name in Mark)
    yield f"  {'TOTAL':16} {_shares(total)}"
    yield f"  {'':16} {shares}"


def answers_told(bench: Bench, found: Mapping[str, Proposal]) -> Iterator[str]:
    """A table of the four answers by class."""
    counts: dict[str, Counter[Answer]] = defaultdict(Counter)
    for case in sorted(bench.cases, key=lambda case: case.group):
        counts[case.group][found[case.name].answer] += 1
    yield "Answers"
    for group, row in counts.items():
        yield f"  {group:16} " + "  ".join(f"{answer} {row[answer]}" for answer in Answer)


def time_told(taken: Time) -> Iterator[str]:
    """How long it took, and how much longer the peers take on this machine in this run."""
    ours = taken.align + taken.propose
    yield f"Speed: {ANNOTATIONS} annotations, {taken.words} words and signs, ordinary edits"
    yield f"  align {taken.align:.3f} s, propose {taken.propose:.3f} s, together {ours:.3f} s"
    yield f"  difflib on the same words, no annotation followed: {taken.difflib / ours:.1f} times as long"
    yield f"  rapidfuzz's partial_ratio for each annotation: {taken.search / ours:.1f} times as long (from {SEARCHED})"


@click.command()
@click.argument("bench", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the proposed places as JSON.")
def main(bench: Path | None, out: Path | None) -> None:
    """Measure re-anchoring on the cases in BENCH.

    Without BENCH: on data/anchoring/reanchoring_public.json in the folder that NEWSGLOSS_TESTDATA names, if it is there.
    """
    path = bench or _default()
    if path is None:
        click.echo("no cases: name a file, or set NEWSGLOSS_TESTDATA to the folder with the test data", err=True)
        _show(time_told(measure(generated(WORDS))))
        return
    cases = read(path)
    found = proposals(cases)
    places = {name: proposal.span for name, proposal in found.items()}
    if out:
        out.write_text(json.dumps(places), encoding="utf-8")
    _show(told("newsgloss reanchor", marks(cases, places)))
    _show(answers_told(cases, found))
    _show(told("Plain search: the first occurrence, whatever is around it", marks(cases, first_found(cases))))
    _show(told(f"rapidfuzz: the most alike words, from {ALIKE} of 100 on", marks(cases, most_alike(cases))))
    text = "\n\n".join(old for old, _new in cases.texts.values())
    _show(time_told(measure(text if len(text.split()) >= WORDS else generated(WORDS))))


def _default() -> Path | None:
    folder = os.environ.get("NEWSGLOSS_TESTDATA")
    path = Path(folder or "", "data", "anchoring", "reanchoring_public.json")
    return path if folder and path.is_file() else None


def _show(lines: Iterator[str]) -> None:
    for line in lines:
        click.echo(line)
    click.echo()


def _case(case: dict[str, Any], language: str) -> Case:
    kind, expected = case["kind"], case["expected"]
    subject = Subject(language, is_statement=kind != "entity", is_verbatim=kind == "quote")
    place = Span(expected["start"], expected["end"]) if expected else None
    return Case(case["id"], case["cls"], case["doc"], Span(case["start"], case["end"]), subject, place)


def _searched(bench: Bench, search: Callable[[str, str], Place]) -> dict[str, Place]:
    found = {}
    for case in bench.cases:
        old, new = bench.texts[case.doc]
        found[case.name] = search(old[slice(*case.span)], new)
    return found


def _common(one: Span, other: Span) -> float:
    """What two spans have in common, as a share of all that they cover."""
    common = max(0, min(one.end, other.end) - max(one.start, other.start))
    return common / (max(one.end, other.end) - min(one.start, other.start) or 1)


def _shortened(text: str, size: int) -> str:
    """The first paragraphs of a text, with ``size`` words or a few more."""
    paragraphs, count = [], 0
    for paragraph in text.split("\n\n"):
        if count >= size:
            break
        paragraphs.append(paragraph)
        count += len(paragraph.split())
    return "\n\n".join(paragraphs)


def _spread(text: str, count: int) -> Iterator[Span]:
    """Spans all over a text, from two words to a sentence, that start and end with a word."""
    for at in range(count):
        start = text.find(" ", len(text) * at // (count + 1)) + 1
        end = text.find(" ", start + (12, 40, 120)[at % 3])
        yield Span(start, end if end > 0 else len(text))


def _shares(row: Counter[Mark]) -> str:
    size = row.total()
    share = 100 * row[Mark.RIGHT] / (size or 1)
    rest = "  ".join(f"{name} {row[name]}" for name in Mark if name is not Mark.RIGHT)
    return f"right {row[Mark.RIGHT]}/{size} ({share:.1f}%)  {rest}"


if __name__ == "__main__":
    main()
