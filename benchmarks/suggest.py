"""How much of what people annotated `newsgloss suggest` finds, how much of it is right, and how fast it is.

In: a folder with test data: ``seed/gold.yaml`` (one article, every name, quotation, date and measurement) and
``data/suggest/*.json`` (articles with dates and with quotations whose speakers are known); the sentences of the tests. Out:
printed tables. It runs the code that ``newsgloss suggest`` runs, and the parser where an English pipeline is installed.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

import click
import yaml

from build_scripts.anchoring.anchor import Span
from build_scripts.suggesting.dates import Dated
from build_scripts.suggesting.draft import Confidence, Draft, Quotation, draft
from build_scripts.suggesting.parsing import pipeline

WORDS, ROUNDS = 650, 5
"""The length of the article that speed is told for; how often it is taken, of which the best counts."""

CASES = Path(__file__).parents[1] / "tests" / "cases" / "suggest"
"""What the tests hold to be right."""

PRONOUNS = frozenset(["he", "she", "they", "i", "we", "it", "his", "her", "their"])


@dataclass(frozen=True, slots=True)
class Score:
    """How many of how many."""

    name: str
    right: int
    all: int

    @property
    def share(self) -> float:
        """Between 0 and 1; 1 where there is nothing."""
        return self.right / self.all if self.all else 1.0

    def __str__(self) -> str:
        return f"{self.name:44} {self.right:4}/{self.all:<4} {self.share:.3f}"


# --- one article, annotated in full -----------------------------------------------------------------------------------


def seed_scores(folder: Path) -> Iterator[Score]:
    """What is found in the one article."""
    gold = yaml.safe_load((folder / "gold.yaml").read_text(encoding="utf-8"))
    text = (folder / gold["meta"]["file"]).read_text(encoding="utf-8")
    found = draft(text, dt.date.fromisoformat(gold["meta"]["publication_date"]))
    passages = {span: one for one in found.quotations for span in one.passages}
    direct = gold["direct_quotes"]
    yield Score("direct quotations, spans", sum(_span(quote) in passages for quote in direct), len(direct))
    yield Score("direct quotations, speakers", sum(_is_speaker(gold, quote, passages) for quote in direct), len(direct))
    yield Score("dates", sum(_has_date(found.dates, date) for date in gold["dates"]), len(gold["dates"]))
    pairs = {(one.span, one.same_as.span) for one in found.measures if one.same_as}
    wanted_pairs = {(_span(one["primary"]), _span(one["converted"])) for one in gold["measurements"]}
    yield Score("measurements in two units", len(pairs & wanted_pairs), len(wanted_pairs))
    yield _name_score(gold, found)
    wanted = [one for one in gold["indirect_statements"] if not one.get("speech_act")]
    yield Score(
        "indirect statements, source in the right words", sum(_is_reported(one, found) for one in wanted), len(wanted)
    )


def _span(item: dict[str, Any]) -> Span:
    return Span(item["start"], item["end"])


def _is_speaker(gold: dict[str, Any], quote: dict[str, Any], passages: dict[Span, Quotation]) -> bool:
    one = passages.get(_span(quote))
    spans = {_span(mention) for mention in gold["mentions"] if mention["entity"] == quote["speaker"]}
    return one is not None and one.speaker is not None and not spans.isdisjoint(name.span for name in one.speaker.names)


def _has_date(found: Sequence[Dated], date: dict[str, Any]) -> bool:
    wanted = date["value"] or date["range"]
    return any(one.span == _span(date) and (one.value or [str(one.start), str(one.end)]) == wanted for one in found)


def _name_score(gold: dict[str, Any], found: Draft) -> Score:
    """Twice what both have, of what each has: F as a share; optional mentions count neither way."""
    wanted = {_span(mention): mention.get("optional", False) for mention in gold["mentions"]}
    ours = {name.span for thing in found.things for name in thing.names}
    both = sum(span in ours for span, optional in wanted.items() if not optional)
    size = sum(not optional for optional in wanted.values()) + sum(not wanted.get(span, False) for span in ours)
    return Score("names, spans, F", 2 * both, size)


def _is_reported(one: dict[str, Any], found: Draft) -> bool:
    source = _span(one["source"])
    return any(
        quotation.source is not None
        and _overlap(quotation.content[0], _span(one))
        and (_overlap(quotation.source, source) or quotation.kind == "direct")
        for quotation in found.quotations
    )


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


# --- many articles ----------------------------------------------------------------------------------------------------


def corpus_scores(documents: Sequence[dict[str, Any]]) -> Iterator[Score]:
    """Dates by value, speakers by who they are, in articles with both."""
    drafts = [(document, draft(document["text"], dt.date.fromisoformat(document["date"]))) for document in documents]
    dates = [(date, found) for document, found in drafts for date in document["dates"]]
    yield Score("date values", sum(_is_date(date, found.dates) for date, found in dates), len(dates))
    quotes = [(document["text"], quote, found) for document, found in drafts for quote in document["quotes"]]
    spans = [(quote, found) for _text, quote, found in quotes if quote["tag"] == "quote"]
    yield Score("quotations found", sum(_found(quote, found) is not None for quote, found in spans), len(spans))
    known = [(text, quote, _found(quote, found)) for text, quote, found in quotes if quote["source"]]
    right = [(one, _is_right(text, quote, one)) for text, quote, one in known]
    yield Score("speakers", sum(is_right for _one, is_right in right), len(right))
    yield from _calibration((one, is_right) for one, is_right in right)


def case_scores(cases: Sequence[dict[str, Any]]) -> Iterator[Score]:
    """Speakers in invented paragraphs, each quotation with its speaker's name or the words that describe the source."""
    right: list[tuple[Quotation | None, bool]] = []
    for case in cases:
        found = [one for one in draft(case["text"], dt.date(2024, 6, 5)).quotations if one.passages]
        pairs = zip_longest(case.get("said") or case.get("described", ()), found)
        right += [(one, one is not None and who(case["text"], one) == (name or "null")) for name, one in pairs]
    yield Score("speakers", sum(is_right for _one, is_right in right), len(right))
    yield from _calibration(right)


def who(text: str, one: Quotation) -> str:
    """The speaker's name, else the words that describe the source, else null."""
    if one.speaker:
        return one.speaker.name
    return text[slice(*one.described)] if one.described else "null"


def _calibration(right: Iterable[tuple[Quotation | None, bool]]) -> Iterator[Score]:
    """What each confidence is worth, and how much of all it covers."""
    known = list(right)
    for level in Confidence:
        share = [is_right for one, is_right in known if one and one.confidence is level]
        yield Score(f"speakers of {level} confidence, right", sum(share), len(share))
        yield Score(f"speakers of {level} confidence, of all", len(share), len(known))


def _is_date(gold: dict[str, Any], found: Sequence[Dated]) -> bool:
    near = [one for one in found if _overlap(one.span, _span(gold))]
    return any(_means(one, gold) for one in near)


def _means(one: Dated, gold: dict[str, Any]) -> bool:
    if "when" in gold:
        return bool(one.value == gold["when"])
    days = (one.value, one.value) if one.value else (str(one.start), str(one.end))
    if "from" in gold:
        return bool(days == (gold["from"], gold["to"]))
    low, high = gold.get("notBefore", ""), gold.get("notAfter", "9999")
    return bool(days[0][: len(low)] >= low and days[1][: len(high)] <= high)


def _found(quote: dict[str, Any], found: Draft) -> Quotation | None:
    return next((one for one in found.quotations if any(_overlap(span, _span(quote)) for span in one.passages)), None)


def _is_right(text: str, quote: dict[str, Any], one: Quotation | None) -> bool:
    """The speaker is named by one of the mentions that are known to mean them; a description by the right words."""
    if one is None or one.source is None:
        return False
    mentions = [Span(*mention) for mention in quote["source"]["mentions"]]
    if one.speaker:
        return any(_overlap(name.span, mention) for name in one.speaker.names for mention in mentions)
    return text[slice(*one.source)].lower() not in PRONOUNS and _overlap(one.source, _span(quote["source"]))


# --- speed ------------------------------------------------------------------------------------------------------------


def speed(texts: Sequence[str]) -> float:
    """Articles of 650 words a second, in the time of one processor core."""
    best = float("inf")
    for _round in range(ROUNDS):
        started = time.process_time()
        for text in texts:
            draft(text, dt.date(2024, 6, 5))
        best = min(best, time.process_time() - started)
    return sum(len(text.split()) for text in texts) / WORDS / best


def start() -> tuple[float, float]:
    """Seconds of processor time of a process that drafts one word, beyond one that does nothing; and its memory in MB."""
    work = "from build_scripts.suggesting.draft import draft; draft('Kyiv', None)"
    peak = "print(next((line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')), 0))"
    (empty, _none), (full, kilobytes) = _run("print(0)"), _run(f"{work}; {peak}")
    return full - empty, kilobytes / 1024


def _run(code: str) -> tuple[float, int]:
    """The least processor time of several runs, and the number that the code prints."""
    times = []
    for _round in range(ROUNDS):
        before = os.times()
        ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)  # noqa: S603 -- our own code
        after = os.times()
        times.append(after.children_user + after.children_system - before.children_user - before.children_system)
    return min(times), int(ran.stdout)


@click.command()
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(folder: Path | None) -> None:
    """Measure on the test data in FOLDER, else in the folder that NEWSGLOSS_TESTDATA names."""
    folder = folder or Path(os.environ.get("NEWSGLOSS_TESTDATA", "."))
    texts = ["Mayor Ana Berg said on Monday that “the dam will hold”. It is 3 km (2 miles) long.\n\n" * 35]
    if (folder / "seed" / "gold.yaml").is_file():
        _show("One article, annotated in full", seed_scores(folder / "seed"))
    for path in sorted(folder.glob("data/suggest/*.json")):
        documents = json.loads(path.read_text(encoding="utf-8"))
        texts = [document["text"] for document in documents]
        _show(f"{path.stem}: {len(documents)} articles", corpus_scores(documents))
    for path in sorted(CASES.glob("*.yml")):
        cases = [case for case in yaml.safe_load(path.read_text(encoding="utf-8")) if "means" not in case]
        if cases:
            _show(f"{path.stem}: {len(cases)} invented paragraphs", case_scores(cases))
    seconds, memory = start()
    click.echo("With a parser's second opinion" if pipeline() else "By rules alone")
    click.echo(f"{speed(texts):.0f} articles of {WORDS} words a second; start {seconds:.2f} s; {memory:.0f} MB")


def _show(title: str, scores: Iterator[Score]) -> None:
    click.echo(title)
    for score in scores:
        click.echo(f"  {score}")
    click.echo()


if __name__ == "__main__":
    main()
