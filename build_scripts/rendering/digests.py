"""What a digest says of the report that it retells: where that is, who compared the quotations with it, how much of it is shown.

In: an article with what is locked of its original. Out: values for the template. Nothing of the report is known here but what
the lock tells: which paragraph a quotation stands in. Words lead to their place only where they are the report's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote as percent_encoded

from build_scripts.model import Article, Library, Quote
from build_scripts.originals.budget import Budget, budget
from build_scripts.originals.declared import as_named_now, declared, quoted_words
from build_scripts.originals.locking import seal_of
from build_scripts.reading.lock import LockFile, Passage, Verification
from build_scripts.rendering.index import Index

_WORDS = 5
"""So many words at each end of a longer quotation find it in a page."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Where a quotation stands in its original: paragraph ``number`` of ``of``; 0 in a caption. ``url`` leads there, if known."""

    number: int
    of: int
    url: str | None


@dataclass(frozen=True, slots=True)
class Retold:
    """The report behind a digest. ``verified``: who vouches for the quotations as they stand here; ``glyphs``: some signs differ."""

    archive: str | None
    sha256: str | None
    verified: Verification | None
    glyphs: bool
    budget: Budget | None
    places: dict[str, Paragraph]


def retold(article: Article, index: Index) -> Retold | None:
    """What is known of the report; nothing where the text is the article."""
    if article.facts.rights.text == "open":
        return None
    library, archive = index.library, index.archives.get(article.facts.url or "")
    if article.files.lock is None:
        return Retold(archive, None, None, glyphs=False, budget=None, places={})
    lock = article.files.lock.facts
    verified = lock.verified if _is_current(article, library, lock) else None
    glyphs = any(passage.ours for item in lock.items for passage in item.passages)
    named = as_named_now(lock, article, library)
    return Retold(archive, lock.sha256, verified, glyphs, budget(article, named), dict(_places(article, named)))


def _is_current(article: Article, library: Library, lock: LockFile) -> bool:
    """Whether every quotation and claim says what it said when it was compared."""
    known = {item.item: item.says for item in as_named_now(lock, article, library).items}
    return seal_of(lock) == lock.seal and all(known.get(item.item) == item.says for item in declared(article, library))


def _places(article: Article, lock: LockFile) -> Iterator[tuple[str, Paragraph]]:
    body = [block.number for block in lock.blocks if block.role == "body"]
    roles = {block.number: block.role for block in lock.blocks}
    passages = {item.item: item.passages for item in lock.items}
    for quote in article.quotes:
        found = passages.get(quote.id, ())
        role = roles.get(found[0].block) if found else None
        if role == "body":
            yield quote.id, Paragraph(body.index(found[0].block) + 1, len(body), _leads(article, quote, found))
        elif role == "caption":
            yield quote.id, Paragraph(0, len(body), _leads(article, quote, found))


def _leads(article: Article, quote: Quote, found: Sequence[Passage]) -> str | None:
    """The address of the report with the words of a quotation to scroll to; none where it does not write them so."""
    words = quoted_words(article, quote)
    if article.facts.url is None or not words or len(words) != len(found) or any(one.ours for one in found):
        return None
    page, _hash, fragment = article.facts.url.partition("#")
    return f"{page}#{fragment}:~:{'&'.join(f'text={_directive(one)}' for one in words)}"


def _directive(words: str) -> str:
    """A text directive: short words whole, of longer ones the beginning and the end."""
    parts = words.split()
    ends = [parts] if len(parts) <= 2 * _WORDS else [parts[:_WORDS], parts[-_WORDS:]]
    # A hyphen would part the words from what stands before or behind them.
    return ",".join(percent_encoded(" ".join(end), safe="").replace("-", "%2D") for end in ends)
