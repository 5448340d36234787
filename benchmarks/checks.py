"""How many alarms the checks of texts against themselves raise on real articles, and how fast they are.

In: a folder with articles: manifest.json (a list of {"file", "lang"}) and the files that it names. Out: printed tables. It
runs the code that ``newsgloss check`` runs.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from benchmarks.reanchoring import generated
from build_scripts.checks import CHECKS
from build_scripts.checks.consistency import in_text
from build_scripts.checks.consistency.finding import Finding, Text
from build_scripts.model import Library
from build_scripts.pipeline import understand
from build_scripts.problems import Problem, Severity, shown

WORDS = 650
"""The length of the article that speed is told for."""

GOAL = 50
"""Articles a second that the checks together are to reach."""

SIZE = 900_000
HOSTILE = {
    "one line": "word ",
    "quotation marks": "“a ‘b ",
    "block quotes": "> ",
    "lists": "- ",
    "brackets": "[(",
    "backticks": "` a ``",
    "dates": "Friday, 31 May 2024, ",
    "conversions": "20 kilometres (12 miles), ",
    "per cent": "rose from 20 to 30, or 50 percent, ",
    "names": "Anna Berg, 45, ",
}
"""What is repeated to one line."""

PUBLICATION = """name: Benchmark
description: Articles whose checking is timed.
language: en
licence: CC-BY-4.0
people: [{id: desk, name: The desk}]
"""
FRONT = """---
headline: An article
publisher: Benchmark
author: desk
published: 2024-06-05
language: en
summary: An article.
rights: {text: open, holder: Benchmark, licence: CC-BY-4.0}
---

"""


@dataclass(frozen=True)
class Speed:
    """Articles of ``WORDS`` words a second on one core, by check."""

    by_check: Mapping[str, float]

    @property
    def together(self) -> float:
        """All checks, one after the other."""
        return 1 / sum(1 / each for each in self.by_check.values())


def read(folder: Path) -> list[tuple[str, Text]]:
    """The articles of a folder with their files' names."""
    rows = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    texts = ((row["file"], row["lang"], (folder / row["file"]).read_text(encoding="utf-8")) for row in rows)
    return [(name, Text(text, language.partition("-")[0])) for name, language, text in texts]


def alarms(articles: Sequence[tuple[str, Text]]) -> Iterator[tuple[str, Text, Finding]]:
    """Every finding with the article's name and text."""
    for name, text in articles:
        yield from ((name, text, finding) for finding in in_text(text))


def speed(texts: Sequence[str]) -> Speed:
    """How fast every check of the project is on a publication with these texts."""
    with tempfile.TemporaryDirectory() as folder:
        library = _library(Path(folder), texts)
    size = sum(len(text.split()) for text in texts) / WORDS
    return Speed({check.__module__.rpartition("checks.")[2]: size / _seconds(check, library) for check in CHECKS})


def _library(root: Path, texts: Sequence[str]) -> Library:
    for at, text in enumerate(texts):
        path = root / "sources" / "articles" / f"article-{at}" / "article.md"
        path.parent.mkdir(parents=True)
        path.write_text(FRONT + text, encoding="utf-8")
    (root / "sources" / "publication.yml").write_text(PUBLICATION, encoding="utf-8")
    return understand(root)[0]


def _seconds(check: Callable[[Library], Iterable[Problem]], library: Library) -> float:
    started = time.process_time()
    for _problem in check(library):
        pass
    return max(time.process_time() - started, 1e-6)


def growth(unit: str, sizes: Sequence[int]) -> tuple[float, ...]:
    """Seconds that reading and checking a line of each of the ``sizes``, in characters, takes."""
    return tuple(_seconds_for(unit * (size // len(unit))) for size in sizes)


def _seconds_for(text: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        started = time.process_time()
        _library(Path(folder), [text])
        return time.process_time() - started


def told(articles: Sequence[tuple[str, Text]], found: Sequence[tuple[str, Text, Finding]]) -> Iterator[str]:
    """Each alarm, and how many there are by rule and language."""
    for name, text, finding in found:
        around = shown(text.text[max(0, finding.at - 30) : finding.at + 60], 90)
        yield f"  {name}: {finding.rule.severity}: {finding.message} ({finding.rule.name}) {around}"
    counts = Counter((finding.rule.name, text.language) for _name, text, finding in found)
    for (rule, language), count in sorted(counts.items()):
        yield f"  {rule:24} {language:3} {count:3}"
    errors = sum(finding.rule.severity is Severity.ERROR for _name, _text, finding in found)
    yield f"{len(articles)} articles: {errors} errors, {len(found) - errors} warnings"


def speed_told(result: Speed) -> Iterator[str]:
    """How fast each check is, and all together."""
    yield f"Speed: articles of {WORDS} words a second on one core"
    yield from (f"  {name:12} {each:10,.0f}" for name, each in result.by_check.items())
    yield f"  {'together':12} {result.together:10,.0f} (goal: {GOAL})"


def growth_told(size: int) -> Iterator[str]:
    """How long hostile lines take, each beside one that is four times as long."""
    sizes = size // 4, size
    yield f"Reading and checking one line of {' and '.join(f'{each:,}' for each in sizes)} characters: seconds"
    for name, unit in HOSTILE.items():
        yield f"  {name:16}" + "".join(f"{seconds:8.2f}" for seconds in growth(unit, sizes))


@click.command()
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--hostile",
    default=SIZE,
    show_default=True,
    help="The length of the hostile lines, in characters.",
    type=click.IntRange(100),
)
def main(folder: Path | None, hostile: int) -> None:
    """Count the alarms on the articles in FOLDER, and take the time.

    Without FOLDER: on data/articles in the folder that NEWSGLOSS_TESTDATA names, if it is there; else only the time, on
    generated texts.
    """
    data = os.environ.get("NEWSGLOSS_TESTDATA")
    path = folder or (Path(data, "data", "articles") if data else None)
    articles = read(path) if path and path.is_dir() else []
    texts = [text.text for _name, text in articles if text.language == "en"]
    made = speed(texts or [generated(WORDS)] * 50)
    for line in (*told(articles, list(alarms(articles))), *speed_told(made), *growth_told(hostile)):
        click.echo(line)


if __name__ == "__main__":
    main()
