"""A site of many texts: each an article with nested and crossing annotations.

In: texts. Out: the files of a root. Which words are annotated follows from the text alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import regex

from build_scripts.anchoring.anchor import Span, describe
from build_scripts.editing.plain import normalise, to_markdown
from build_scripts.reading.prose import read_prose
from build_scripts.source import Source
from tests.site.building import article_facts, claim_facts, write_markdown, write_yaml
from tests.site.texts import Text

_MENTIONS = 5
_SPEAKER = "somebody"
_CLAIM = "some-claim"


def write_corpus(texts: Iterable[Text], root: Path) -> None:
    sources = root / "sources"
    entity = {"type": "other", "name": "A name that no text holds", "description": "A description."}
    write_yaml(sources / "entities" / f"{_SPEAKER}.yml", entity)
    write_markdown(sources / "claims" / f"{_CLAIM}.md", claim_facts(), "A note.\n")
    for text in texts:
        folder = sources / "articles" / text.name
        body = to_markdown(text.text)
        # The day of publication is made up, so no weekday in these texts fits it.
        off = {"rules_off": ["weekday-of-date"]}
        facts = article_facts(headline=f"Text {text.name}", language=text.language) | off
        write_markdown(folder / "article.md", facts, body)
        write_yaml(folder / "annotations.yml", _annotations(read_prose(Source("", body))[0].text, text))


def _annotations(body: str, text: Text) -> dict[str, Any]:
    """Two quotes that cross each other and a claim, over paragraphs too; mentions inside and across them."""
    ends = _boundaries(body)
    size = len(ends) - 1
    if size < 8:
        return {"mentions": []}
    spans = [Span(ends[size * first // 8], ends[size * last // 8]) for first, last in ((1, 4), (3, 6), (2, 5))]
    one, other, claim = (_selector(body, span) for span in map(_trimmed(body), spans))
    quote = {"speaker": _SPEAKER, "kind": "indirect"}
    return {
        "mentions": [{"entity": _SPEAKER} | _selector(body, span) for span in _mentions(body, text, set(ends))],
        "quotes": [quote | {"id": "one", "content": [one]}, quote | {"id": "other", "content": [other]}],
        "claims": [{"claim": _CLAIM} | claim],
    }


def _boundaries(body: str) -> list[int]:
    """Where characters as a reader sees them end."""
    return [0, *(cluster.end() for cluster in regex.finditer(r"\X", body))]


def _trimmed(body: str) -> Any:
    """A span without the white space at its edges; some words are left, since a text is not all white space."""

    def trim(span: Span) -> Span:
        words = body[span.start : span.end]
        lead = len(words) - len(words.lstrip())
        return Span(span.start + lead, span.end - len(words) + len(words.rstrip())) if words.strip() else Span(0, 1)

    return trim


def _mentions(body: str, text: Text, ends: set[int]) -> Iterator[Span]:
    """Places that somebody annotated in the text as found, else words; none over another."""
    last = 0
    found = 0
    for span in [*_moved(body, text), *(Span(*match.span()) for match in regex.finditer(r"\p{L}[\p{L}\p{M}]+", body))]:
        if found < _MENTIONS and span.start >= last and {span.start, span.end} <= ends:
            last, found = span.end, found + 1
            yield span


def _moved(body: str, text: Text) -> Iterator[Span]:
    """Where the words of annotations of the text as found stand in the body: their first place after the last."""
    at = 0
    for start, end in sorted(text.spans):
        words = " ".join(normalise(text.text[start:end]).split())
        here = body.find(words, at) if words else -1
        if here >= 0:
            at = here + len(words)
            yield Span(here, at)


def _selector(body: str, span: Span) -> dict[str, Any]:
    selector = describe(body, span)
    parts = {"exact": selector.exact, "prefix": selector.prefix, "suffix": selector.suffix}
    return {name: words for name, words in parts.items() if words} | (
        {"occurrence": selector.occurrence} if selector.occurrence else {}
    )
