"""Names to mentions: every whole word in a text that is the name or an alias of an entity.

In: the names of all entities, a text's blocks. Out: spans with the entities that bear the name. The longest name wins;
matching is case-sensitive; never inside links or headings. Knows nothing of annotations that editors wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import ahocorasick
import regex

from build_scripts.anchoring.anchor import Span
from build_scripts.cache import Cache, digest
from build_scripts.reading.prose import Prose

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]")
_MARK = regex.compile(r"\p{M}")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")


class NameMatch(NamedTuple):
    """A name in a text; more than one entity where several bear it."""

    span: Span
    name: str
    entities: tuple[str, ...]


class _Borne(NamedTuple):
    """A name with those who bear it; ``told``: both, as one text."""

    name: str
    entities: tuple[str, ...]
    told: str


class NameFinder:
    """Finds all names in one pass over a text, however many there are (Aho and Corasick, 1975). No name has a line break."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        """``names``: for each entity's id, the names by which it is linked."""
        bearers: dict[str, set[str]] = {}
        for entity, entity_names in names.items():
            for name in entity_names:
                bearers.setdefault(name, set()).add(entity)
        self._automaton = ahocorasick.Automaton()
        for name, entities in bearers.items():
            self._automaton.add_word(name, _Borne(name, tuple(sorted(entities)), "\n".join([name, *sorted(entities)])))
        self._automaton.make_automaton()
        self._last: tuple[str, list[tuple[int, _Borne]]] = "", []
        self.digest = digest(*sorted("\n".join([name, *sorted(entities)]) for name, entities in bearers.items()))
        """Finders with one digest find the same."""

    def seen(self, text: str) -> bytes:
        """Which names stand in a text, even within words, and who bears them: finders that see the same in it find the same."""
        return digest(*sorted({borne.told for _last, borne in self._held(text)}))

    def named(self, text: str) -> set[str]:
        """The entities that alone bear a name that stands in a text, even within a word: no other does ``find`` find alone."""
        return {borne.entities[0] for _last, borne in self._held(text) if len(borne.entities) == 1}

    def _held(self, text: str) -> list[tuple[int, _Borne]]:
        """All names with the places of their last letters. One text is asked about several times in a row."""
        if self._last[0] != text:
            self._last = text, list(self._automaton.iter(text)) if len(self._automaton) else []
        return self._last[1]

    def find(self, prose: Prose, taken: Iterable[Span] = ()) -> list[NameMatch]:
        """All mentions by name, in order, none overlapping another, a link, a heading or a span in ``taken``."""
        held = self._held(prose.text)
        if not held:
            return []
        closed = sorted([*taken, *_closed(prose)])
        free = _free(_whole_words(prose.text, held), closed)
        return [NameMatch(span, borne.name, borne.entities) for span, borne in _longest(free)]


def _whole_words(text: str, held: Iterable[tuple[int, _Borne]]) -> list[tuple[Span, _Borne]]:
    """Those that are whole words, in order, a longer one before a shorter."""
    found = [(last + 1 - len(borne.name), -last, borne) for last, borne in held]
    spans = ((Span(start, 1 - last), borne) for start, last, borne in sorted(found))
    return [(span, borne) for span, borne in spans if is_whole_word(text, span)]


class Sights:
    """What a finder sees in texts, kept for all of them together. It is for one run, in which it is asked of each text once."""

    def __init__(self, finder: NameFinder, cache: Cache) -> None:
        self.finder, self._cache = finder, cache
        self._before: Mapping[bytes, bytes] = cache.get("seen", finder.digest) or {}
        self._now: dict[bytes, bytes] = {}

    def of(self, text: str, key: bytes) -> bytes:
        """What ``seen`` gives. ``key`` tells the text."""
        found = self._now[key] = self._before.get(key) or self.finder.seen(text)
        return found

    def keep(self) -> None:
        """Keep what was asked for, if any of it is new."""
        if not self._now.keys() <= self._before.keys():
            self._cache.put("seen", self.finder.digest, self._now)


def is_whole_word(text: str, span: Span) -> bool:
    """No letter, mark or digit touches the span on either side, except in scripts without spaces."""
    start, end = span
    return not (_touches(text, start, start - 1) or _touches(text, end - 1, end))


def _touches(text: str, inner: int, outer: int) -> bool:
    if not 0 <= outer < len(text) or not _is_word(text[outer]):
        return False
    if outer > inner and _MARK.match(text[outer]):
        return True
    return not (_UNSPACED.match(text[inner]) or _UNSPACED.match(text[outer]))


@lru_cache(maxsize=4096)
def _is_word(char: str) -> bool:
    return _WORD.match(char) is not None


def _free(matches: Iterable[tuple[Span, _Borne]], closed: Sequence[Span]) -> Iterator[tuple[Span, _Borne]]:
    """The matches that overlap none of ``closed``; both are in order."""
    at = 0
    for span, borne in matches:
        while at < len(closed) and closed[at].end <= span.start:
            at += 1
        if at == len(closed) or span.end <= closed[at].start:
            yield span, borne


def _longest(matches: Iterable[tuple[Span, _Borne]]) -> Iterator[tuple[Span, _Borne]]:
    end = -1
    for span, borne in matches:
        if span.start >= end:
            end = span.end
            yield span, borne


def _closed(prose: Prose) -> Iterator[Span]:
    """Headings and links."""
    for block in prose.blocks:
        if block.is_heading:
            yield Span(block.start, block.end)
            continue
        for piece in block.pieces:
            if piece.styles and piece.kind == "text" and any(style.kind == "link" for style in piece.styles):
                yield Span(piece.start, piece.end)
