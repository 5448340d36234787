"""Where the words of somebody's annotation stand in an article: in one place, exactly, or not at all.

In: an article's text and page, what a target selects by. Out: the span, with what a person should know; or why there is none. Context has
to agree, white space apart, since pages of the web have other white space; a position only decides between equals.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from build_scripts.anchoring.anchor import Selector, Span, alike, candidates, cuts_cluster
from build_scripts.anchoring.explain import explain
from build_scripts.anchoring.forms import glyphless
from build_scripts.editing.webanno.documents import Target
from build_scripts.problems import shown
from build_scripts.reading.prose import Prose
from build_scripts.source import Place


class NotPlacedError(Exception):
    """The words are not taken; the message says why."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where words stand; ``note``: how they are written there, or what decided between two places."""

    span: Span
    note: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """An article's text as its page shows it, with the numbers that lead to checks, which are none of its words.

    ``offsets``: for each place in ``text`` how many characters of the article stand before it.
    """

    text: str
    offsets: tuple[int, ...]


def shown_page(prose: Prose, numbers: Iterable[tuple[int, str]]) -> Page:
    """The page of an article; ``numbers``: what stands behind words, with where these end."""
    parts: list[str] = []
    offsets: list[int] = []
    at = 0
    for end, number in sorted(numbers, key=lambda one: one[0]):
        parts += (prose.text[at:end], number)
        offsets += (*range(at, end), *(end for _digit in number))
        at = end
    return Page("".join([*parts, prose.text[at:]]), (*offsets, *range(at, len(prose.text) + 1)))


def place(prose: Prose, page: Page, target: Target) -> Placed:
    """The one place that a target selects, in the text or else on its page. Raises NotPlacedError."""
    if not target.exact.strip():
        raise NotPlacedError(_without_words(target))
    try:
        placed = _placed(prose, target)
    except NotPlacedError:
        found = _on_page(page, target)
        if not found:
            raise
        placed = found
    span = _trimmed(prose.text, placed.span)
    if cuts_cluster(prose.text, span):
        raise NotPlacedError(f"{shown(target.exact)} ends inside what a reader sees as one character")
    return Placed(span, placed.note)


def _without_words(target: Target) -> str:
    if target.position:
        return "it has a position alone: which words are meant can't be seen"
    if target.other:
        return f"it selects by {', '.join(dict.fromkeys(target.other))} alone, which says no words of the text"
    return "it is about the whole page, not about words of it"


def _placed(prose: Prose, target: Target) -> Placed:
    text = prose.text
    asked = Selector(target.exact, target.prefix, target.suffix)
    found = candidates(text, asked) or _with_context(text, candidates(text, Selector(target.exact)), target)
    if len(found) == 1:
        return Placed(found[0])
    if found:
        return _by_position(prose, found, asked, target)
    near = [span for span in alike(text, unicodedata.normalize("NFC", target.exact)) if _is_same(text, span, target)]
    near = _with_context(text, near, target)
    if len(near) == 1 and not candidates(text, Selector(target.exact)):
        return Placed(near[0], f"written as the article has it: {shown(text[slice(*near[0])], 200)}")
    raise NotPlacedError(_why(prose, asked))


def _on_page(page: Page, target: Target) -> Placed | None:
    """The place of words in or around which the page shows numbers; only where there is no other."""
    bare = candidates(page.text, Selector(target.exact))
    found = _with_context(page.text, bare, target) if target.prefix or target.suffix or len(bare) == 1 else []
    spans = [Span(page.offsets[span.start], page.offsets[span.end]) for span in found]
    return Placed(spans[0]) if len(spans) == 1 and spans[0].end > spans[0].start else None


def _by_position(prose: Prose, found: Sequence[Span], asked: Selector, target: Target) -> Placed:
    for span in found:
        if span == target.position:
            return Placed(span, "the words stand in several places; its position tells which")
    raise NotPlacedError(_why(prose, asked))


def _why(prose: Prose, asked: Selector) -> str:
    problem = explain(prose, asked, Place(prose.source.path))
    return f"{problem.message} ({problem.rule})"


def _is_same(text: str, span: Span, target: Target) -> bool:
    """Whether words differ in glyphs of quotation marks and dashes, white space and composition only."""
    return glyphless(text[slice(*span)]).split() == glyphless(target.exact).split()


def _with_context(text: str, spans: Sequence[Span], target: Target) -> list[Span]:
    """The spans around which stands what the target says, white space and glyphs apart.

    Beyond the beginning and the end of the text anything may stand: there a page has more than the article.
    """
    before, after = _squeezed(target.prefix), _squeezed(target.suffix)
    reach = 2 * (len(target.prefix) + len(target.suffix)) + 40
    kept = []
    for span in spans:
        ahead = _squeezed(text[max(0, span.start - reach) : span.start])
        behind = _squeezed(text[span.end : span.end + reach])
        starts = ahead.endswith(before) or (span.start <= reach and before.endswith(ahead))
        ends = behind.startswith(after) or (len(text) - span.end <= reach and after.startswith(behind))
        if starts and ends:
            kept.append(span)
    return kept


def _squeezed(text: str) -> str:
    return "".join(glyphless(text).split())


def _trimmed(text: str, span: Span) -> Span:
    words = text[slice(*span)]
    return Span(span.end - len(words.lstrip()), span.start + len(words.rstrip()))
