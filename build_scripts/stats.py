"""What a publication holds, in figures.

In: the library, its problems, and the root for the sizes of what was built. Out: figures, as text and as plain values. Everything
that is in sources/ counts, what is not published too, each check by its state.
"""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from build_scripts.anchoring.forms import how_many
from build_scripts.cache import FOLDER
from build_scripts.model import Article, Library
from build_scripts.problems import Problem, Severity
from build_scripts.reading.schema import ClaimState, EntityType, QuoteKind

SITE = Path("site")

_NUMBERS = 12


@dataclass(frozen=True)
class Size:
    """A folder."""

    files: int
    bytes: int


@dataclass(frozen=True)
class Stats:
    """The mappings tell how many there are of each; ``verdicts``: of the published checks."""

    name: str
    articles: int
    digests: int
    taken_back: int
    first: dt.date | None
    last: dt.date | None
    languages: Mapping[str, int]
    words: int
    mentions: int
    entities_named: int
    quotations: Mapping[str, int]
    unnamed_sources: int
    suggestions: int
    checks: Mapping[str, int]
    verdicts: Mapping[str, int]
    corrections: int
    entities: Mapping[str, int]
    problems: Mapping[str, int]
    cache: Size | None
    site: Size | None


def stats(library: Library, problems: Iterable[Problem], root: Path) -> Stats:
    """The figures of a publication."""
    articles = list(library.articles.values())
    days = [article.facts.published for article in articles]
    quotes = [quote for article in articles for quote in article.quotes]
    mentions = Counter(mention.entity for article in articles for mention in article.mentions)
    claims = list(library.claims.values())
    verdicts = Counter(claim.facts.rating for claim in claims if claim.has_verdict)
    return Stats(
        name=library.publication.facts.name if library.publication else "",
        articles=len(articles),
        digests=sum(article.facts.rights.text == "digest" for article in articles),
        taken_back=len(library.withdrawn),
        first=min(days, default=None),
        last=max(days, default=None),
        languages=dict(sorted(Counter(article.facts.language for article in articles).items())),
        words=sum(how_many(article.prose.text) for article in articles),
        mentions=mentions.total(),
        entities_named=len(mentions),
        quotations=_by(QuoteKind, (quote.facts.kind for quote in quotes)),
        unnamed_sources=sum(quote.facts.anonymous is not None for quote in quotes),
        suggestions=sum(1 for article in articles for _item in _suggested(article)),
        checks=_by(ClaimState, (claim.facts.state for claim in claims)),
        verdicts={
            name: verdicts[name] for name in [*library.ratings, *sorted(verdicts.keys() - library.ratings.keys())]
        },
        corrections=sum(len(claim.facts.corrections) for claim in claims),
        entities=_by(EntityType, (entity.facts.type for entity in library.entities.values())),
        problems=_by(Severity, (problem.severity for problem in problems)),
        cache=_size(root / FOLDER),
        site=_size(root / SITE),
    )


def as_json(found: Stats) -> dict[str, Any]:
    """The figures as plain values; days as YYYY-MM-DD."""
    return {key: str(value) if isinstance(value, dt.date) else value for key, value in asdict(found).items()}


def as_text(found: Stats) -> str:
    """A line a figure, with its parts."""
    rows = list(_rows(found))
    width = max(len(name) for name, _value, _parts in rows)
    lines = (f"{name:<{width}} {value:>{_NUMBERS}}  {parts}".rstrip() for name, value, parts in rows)
    return "\n".join([*([found.name] if found.name else []), *lines])


def _rows(found: Stats) -> Iterator[tuple[str, str, str]]:
    days = f"{found.first} to {found.last}" if found.first else ""
    kinds = _counted(found.digests, "digest") if found.digests else ""
    gone = f"{found.taken_back:,} taken back" if found.taken_back else ""
    each = f"{found.words / found.articles:,.0f} an article" if found.articles else ""
    yield "articles", f"{found.articles:,}", _listed(days, kinds, gone)
    yield "languages", f"{len(found.languages):,}", _parts(found.languages)
    yield "words", f"{found.words:,}", each
    yield "mentions", f"{found.mentions:,}", "of " + _counted(found.entities_named, "entity", "entities")
    unnamed = f"{found.unnamed_sources:,} of unnamed sources" if found.unnamed_sources else ""
    yield "quotations", _sum(found.quotations), _listed(_parts(found.quotations), unnamed)
    yield "checks", _sum(found.checks), _parts(found.checks)
    yield "verdicts", _sum(found.verdicts), _parts(found.verdicts)
    yield "corrections", f"{found.corrections:,}", ""
    yield "entities", _sum(found.entities), _parts(found.entities)
    yield "suggestions", f"{found.suggestions:,}", "not looked at yet" if found.suggestions else ""
    yield "problems", _sum(found.problems), _parts(found.problems)
    for name, size in ((FOLDER, found.cache), (SITE, found.site)):
        if size:
            yield f"{name.as_posix()}/", f"{size.bytes / 1e6:,.1f} MB", _counted(size.files, "file")


def _suggested(article: Article) -> Iterator[object]:
    """The items that a person has still to accept or reject."""
    facts = article.files.annotations.facts if article.files.annotations else None
    status = [item.status for kind in (facts.mentions, facts.quotes, facts.claims) for item in kind] if facts else []
    return (one for one in status if one == "suggested")


def _by(kinds: Iterable[str], found: Iterable[str]) -> dict[str, int]:
    """How many there are of each kind, in the order of the kinds; none is left out."""
    counted = Counter(map(str, found))
    return {str(kind): counted[str(kind)] for kind in kinds}


def _sum(counted: Mapping[str, int]) -> str:
    return f"{sum(counted.values()):,}"


def _parts(counted: Mapping[str, int]) -> str:
    """What there is, the kinds with none left out."""
    return _listed(*(f"{number:,} {name}" for name, number in counted.items() if number))


def _counted(number: int, one: str, more: str = "") -> str:
    return f"{number:,} {one if number == 1 else more or f'{one}s'}"


def _listed(*parts: str) -> str:
    return ", ".join(filter(None, parts))


def _size(folder: Path) -> Size | None:
    """What a folder holds; links are not followed, and what goes away meanwhile is not counted."""
    if not folder.is_dir():
        return None
    sizes = list(_sizes(folder))
    return Size(len(sizes), sum(sizes))


def _sizes(folder: Path | str) -> Iterator[int]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _sizes(entry.path)
            elif entry.is_file(follow_symlinks=False):
                yield entry.stat(follow_symlinks=False).st_size
