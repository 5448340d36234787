"""Names to mentions: every whole word in a text that is the name or an alias of an entity.

In: the names of all entities, a text's blocks. Out: spans with the entities that bear the name. The longest name wins;
matching is case-sensitive; never inside links or headings. Knows nothing of annotations that editors wrote.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import ahocorasick
import regex

from build_scripts.anchoring.anchor import Span
from build_scripts.cache import digest
from build_scripts.reading.blocks import Block
from build_scripts.reading.prose import Prose

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]")
_MARK = regex.compile(r"\p{M}")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name in a text; more than one entity where several bear it."""

    span: Span
    name: str
    entities: tuple[str, ...]


class NameFinder:
    """Finds all names in one pass over a text, however many there are (Aho and Corasick, 1975)."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        """``names``: for each entity's id, the names by which it is linked."""
        bearers: dict[str, set[str]] = {}
        for entity, entity_names in names.items():
            for name in entity_names:
                bearers.setdefault(name, set()).add(entity)
        self._automaton = ahocorasick.Automaton()
        for name, entities in bearers.items():
            self._automaton.add_word(name, (name, tuple(sorted(entities)), "\n".join([name, *sorted(entities)])))
        self._automaton.make_automaton()

    def seen(self, text: str) -> bytes:
        """Which names stand in a text, even within words, and who bears them: finders that see the same in it find the same."""
        return digest(*sorted({borne for _name, _entities, borne in self._held(text)}))

    def named(self, text: str) -> set[str]:
        """The entities that alone bear a name that stands in a text, even within a word: no other does ``find`` find alone."""
        return {entities[0] for _name, entities, _borne in self._held(text) if len(entities) == 1}

    def _held(self, text: str) -> Iterator[tuple[str, tuple[str, ...], str]]:
        if len(self._automaton):
            yield from (borne for _end, borne in self._automaton.iter(text))

    def find(self, prose: Prose, taken: Iterable[Span] = ()) -> list[NameMatch]:
        """All mentions by name, in order, none overlapping another, a link, a heading or a span in ``taken``."""
        if not len(self._automaton):
            return []
        closed = sorted([*taken, *_links(prose)])
        found: list[NameMatch] = []
        for block in prose.blocks:
            if not block.is_heading:
                free = (
                    match
                    for match in self._in_block(prose.text, block)
                    if not (closed and _overlaps(match.span, closed))
                )
                found += _longest(free)
        return found

    def _in_block(self, text: str, block: Block) -> Iterator[NameMatch]:
        # The automaton does not take slices: what stands before the block is cut off, and added to the offsets again.
        for last, (name, entities, _borne) in self._automaton.iter(text[block.start : block.end]):
            end = block.start + last + 1
            span = Span(end - len(name), end)
            if is_whole_word(text, span):
                yield NameMatch(span, name, entities)


def is_whole_word(text: str, span: Span) -> bool:
    """No letter, mark or digit touches the span on either side, except in scripts without spaces."""
    return not (_touches(text, span.start, span.start - 1) or _touches(text, span.end - 1, span.end))


def _touches(text: str, inner: int, outer: int) -> bool:
    if not 0 <= outer < len(text) or not _is_word(text[outer]):
        return False
    if outer > inner and _MARK.match(text[outer]):
        return True
    return not (_UNSPACED.match(text[inner]) or _UNSPACED.match(text[outer]))


@lru_cache(maxsize=4096)
def _is_word(char: str) -> bool:
    return _WORD.match(char) is not None


def _longest(matches: Iterable[NameMatch]) -> Iterator[NameMatch]:
    end = -1
    for match in sorted(matches, key=lambda match: (match.span.start, -match.span.end)):
        if match.span.start >= end:
            end = match.span.end
            yield match


def _links(prose: Prose) -> Iterator[Span]:
    for block in prose.blocks:
        for piece in block.pieces:
            if piece.kind == "text" and any(style.kind == "link" for style in piece.styles):
                yield Span(piece.start, piece.end)


def _overlaps(span: Span, spans: list[Span]) -> bool:
    """Whether ``span`` overlaps one of ``spans``, which are sorted and do not overlap one another."""
    at = bisect_right(spans, (span.start, span.start))
    return any(other.start < span.end and span.start < other.end for other in spans[max(0, at - 1) : at + 1])
