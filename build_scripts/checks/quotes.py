"""Quotations and the words around them."""

from __future__ import annotations

from collections.abc import Iterator

from build_scripts.anchoring.anchor import Span
from build_scripts.model import Article, Library, Quote
from build_scripts.problems import Problem, Rule, Severity, shown
from build_scripts.reading.prose import Prose
from build_scripts.reading.schema import QuoteKind

QUOTE_MARKS = Rule(
    "quote-marks",
    "A direct quotation stands between quotation marks in the text; its `content` leaves them out. What is retold without "
    "them is `indirect`, what mixes both is `mixed`.",
)
CUE_GONE = Rule(
    "cue-gone",
    "The `cue` of a quotation, such as `said`, stands in its paragraph or in one beside it.",
    Severity.WARNING,
)
RULES = (QUOTE_MARKS, CUE_GONE)

_OPENING = frozenset("\"“„«»‘'‹›「『〝《„‚”’״")
_CLOSING = frozenset("\"”“»«’'›‹」』〞》‘״")
_BETWEEN = " ,.;:!?…\u00a0\u202f\u200f\u200e"


def check(library: Library) -> Iterator[Problem]:
    """Direct quotations without quotation marks, cues that are not there."""
    for article in library.articles.values():
        yield from of_article(article)


def of_article(article: Article) -> Iterator[Problem]:
    """Those of one article."""
    for quote in article.quotes:
        if quote.facts.kind is QuoteKind.DIRECT:
            yield from _marks(article, quote)
        if quote.facts.cue and not any(quote.facts.cue in text for text in _around(article.prose, quote)):
            message = f"the cue {shown(quote.facts.cue)} does not stand near the quotation"
            yield CUE_GONE.problem(quote.place, message, "write the word that attributes it in the text")


def _marks(article: Article, quote: Quote) -> Iterator[Problem]:
    for span in quote.spans:
        if not _is_marked(article.prose.text, span):
            message = f"no quotation marks around {shown(article.prose.text[span.start : span.end])}"
            yield QUOTE_MARKS.problem(
                quote.place, message, "write `kind: indirect`, or set quotation marks in the text"
            )


def _is_marked(text: str, span: Span) -> bool:
    before = text[: span.start].rstrip(_BETWEEN)[-1:]
    after = text[span.end :].lstrip(_BETWEEN)[:1]
    return before in _OPENING and after in _CLOSING and bool(before) and bool(after)


def _around(prose: Prose, quote: Quote) -> Iterator[str]:
    for span in quote.spans:
        at = prose.block_number(span.start)
        yield from (prose.text[block.start : block.end] for block in prose.blocks[max(0, at - 1) : at + 2])
