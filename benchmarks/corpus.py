"""A publication of invented articles, as large as asked: what the benchmarks of builds are run on.

In: a number of articles and a seed. Out: a root folder that ``mkdocs build`` and ``newsgloss`` take: sources/ made here, and this
project's own mkdocs.yml and docs/. The same number and seed give the same bytes. An article has about 740 words and 40 links to
entities, as the archive that the figures were set for had; there are a fifth as many entities as articles and a twentieth as many checks.
It has no pictures beside shared links and no books: the generators that builds are compared with make neither. Drawing, which takes
54 ms a picture, would be two thirds of what is measured; a book takes 3 ms. Without the lines on them in publication.yml they are
made, to be timed apart; books also when they are asked for.
"""

from __future__ import annotations

import datetime as dt
import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

ROOT = Path(__file__).parents[1]

_FIRST = dt.date(2005, 1, 1)
_A_YEAR = 1_000
"""Articles a year: a larger archive is an older one."""

_SYLLABLES = [f"{first}{second}" for first in "bdfghklmnprstv" for second in "aeo"]
_WORDS = re.findall(
    r"\w+",
    """the a of to in and on for with by at from as that this was is were are has had have been will would could
    council harbour river bridge school budget report night morning road market union strike vote court hospital station winter summer
    worker teacher driver nurse farmer mayor plan price wage rent line train tower field court street garden island coast forest
    small large open closed new old late early quiet heavy public local common whole first second last next other
    opened closed began ended rose fell stayed moved built found lost kept held gave took made said""",
)
_TYPES = ("person", "person", "organisation", "place", "event", "document", "group", "other")
_VERDICTS = ("accurate", "imprecise", "misleading", "unverified")

_PUBLICATION = """\
name: The Corpus
description: Invented articles on which builds are timed.
language: en
licence: CC-BY-4.0
pictures: []
books: []
people:
  - {id: desk, name: The desk}
  - {id: review, name: The reviewers}
"""
_ENTITY = """\
type: {type}
name: {name}
description: One of the invented names of this corpus.
"""
_ARTICLE = """\
---
headline: {headline}
publisher: The Corpus
author: desk
published: {day}
language: en
summary: {summary}
rights: {{text: open, holder: The Corpus, licence: CC-BY-4.0}}
---

{text}
"""
_CLAIM = """\
---
claim_reviewed: {words}
claimant: [{claimant}]
rating: {rating}
summary: An invented finding on an invented claim.
author: desk
reviewed_by: review
state: published
published: {day}
checked: {day}
selection_reason: It names a figure.
evidence:
  - id: {name}-report
    kind: primary
    stance: supports
    url: https://example.org/report/{number}
    publisher: Example Office
    published: {day}
    accessed: {day}
    read: whole
    paraphrase: The office gives the figure that the article gives.
  - id: {name}-ledger
    kind: secondary
    stance: undermines
    url: https://example.com/ledger/{number}
    publisher: Example Ledger
    published: {day}
    accessed: {day}
    read: whole
    paraphrase: The ledger gives another figure.
corrections: []
---

The report and the ledger do not agree, and the note says where.
"""


@dataclass(frozen=True)
class _Claim:
    name: str
    words: str
    claimant: str


def write(articles: int, out: Path, seed: int = 8, *, books: bool = False) -> None:
    """Make ``out`` such a publication, each article a book, too, with ``books``. Raises FileExistsError where it has sources already."""
    (out / "sources").mkdir(parents=True)
    for name, content in files(articles, seed, books=books):
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    shutil.copytree(ROOT / "docs", out / "docs")
    (out / "build_scripts").mkdir()
    for hook in (ROOT / "build_scripts").glob("mkdocs_*.py"):
        shutil.copy(hook, out / "build_scripts")
    shutil.copy(ROOT / "mkdocs.yml", out)


def files(articles: int, seed: int = 8, *, books: bool = False) -> Iterator[tuple[str, str]]:
    """Path and content of every file below the root."""
    chance = random.Random(seed)  # noqa: S311 -- words, no secrets
    entities = _entities(max(20, articles // 5), chance)
    yield "sources/publication.yml", _PUBLICATION.replace("books: []\n", "") if books else _PUBLICATION
    yield "sources/rating-scale.yml", (ROOT / "sources" / "rating-scale.yml").read_text(encoding="utf-8")
    for id_, (name, type_) in entities.items():
        yield f"sources/entities/{id_}.yml", _ENTITY.format(type=type_, name=name)
    ids = list(entities)
    for number in range(articles):
        yield from _article(number, entities, ids, chance)


def _entities(count: int, chance: random.Random) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    while len(found) < count:
        first, last = ("".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _at in range(2))
        found[f"{first}-{last}"] = (f"{first.title()} {last.title()}", _TYPES[len(found) % len(_TYPES)])
    return found


def _article(
    number: int, entities: dict[str, tuple[str, str]], ids: list[str], chance: random.Random
) -> Iterator[tuple[str, str]]:
    """An article speaks of what its neighbours speak of: ten names from a beat, two from elsewhere."""
    beat = number // 5 % len(ids)
    known = [ids[(beat + at) % len(ids)] for at in range(10)] + chance.sample(ids, 2)
    day = _FIRST + dt.timedelta(days=number * 365 // _A_YEAR)
    name = f"{day}-{number}"
    paragraphs, quotes = [], []
    for at in range(12):
        told = [_sentence(chance, entities[chance.choice(known)][0]) for _each in range(3)]
        if at % 3 == 1:
            said, speaker = f"{_sentence(chance)[:-1]} {number} {at}", chance.choice(known)
            told.append(f"“{said},” {entities[speaker][0]} said.")
            quotes.append((f"q{at}", speaker, said))
        paragraphs.append(" ".join(told))
    annotations = ["quotes:"]
    for quote, speaker, said in quotes:
        annotations += [f"  - id: {quote}", f"    speaker: {speaker}", "    cue: said", "    kind: direct"]
        annotations += ["    content:", f"      - {said}"]
    if number % 20 == 0:
        claim = _Claim(
            f"claim-{number}", f"The bridge number {number} carried {chance.randint(2, 900)} wagons", known[0]
        )
        paragraphs.insert(3, f"{claim.words}, the office wrote.")
        annotations += ["claims:", f"  - {{claim: {claim.name}, exact: {claim.words}}}"]
        yield f"sources/claims/{claim.name}.md", _check(claim, number, day, chance)
    text = "\n\n".join([*paragraphs[:4], "## What followed", *paragraphs[4:]])
    yield (
        f"sources/articles/{name}/article.md",
        _ARTICLE.format(headline=_sentence(chance)[:60].rstrip(" ,."), day=day, summary=_sentence(chance), text=text),
    )
    yield f"sources/articles/{name}/annotations.yml", "\n".join(annotations) + "\n"


def _check(claim: _Claim, number: int, day: dt.date, chance: random.Random) -> str:
    """The file of a claim."""
    return _CLAIM.format(
        words=claim.words,
        claimant=claim.claimant,
        rating=chance.choice(_VERDICTS),
        day=day,
        name=claim.name,
        number=number,
    )


def _sentence(chance: random.Random, *names: str) -> str:
    words = chance.choices(_WORDS, k=chance.randint(12, 20))
    for name in names:
        words.insert(chance.randint(1, len(words) - 1), name)
    return f"{' '.join(words).capitalize() if not names else words[0].title() + ' ' + ' '.join(words[1:])}."


@click.command()
@click.argument("articles", type=click.IntRange(1))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--seed", default=8, show_default=True, help="Another seed makes other articles.")
@click.option("--books", is_flag=True, help="Each article is a book, too.")
def main(articles: int, out: Path, seed: int, *, books: bool) -> None:
    """Write a publication of so many ARTICLES into the folder OUT."""
    write(articles, out, seed, books=books)


if __name__ == "__main__":
    main()
