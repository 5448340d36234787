"""Paragraphs as an attribution sees them: words outside quotation marks, each passage inside them as one unit.

In: tokens, sentences, passages and names of a text. Out: for each line its sentences of units.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from build_scripts.anchoring.anchor import Span
from build_scripts.suggesting.cues import CUES
from build_scripts.suggesting.kinds import FUNCTION
from build_scripts.suggesting.names import Name
from build_scripts.suggesting.quotations import Quoted
from build_scripts.suggesting.wordlists import listed
from build_scripts.suggesting.words import ABBREVIATIONS, Sentence, Token

PRONOUNS = listed("he she they i we it")
_GOES_ON = CUES | PRONOUNS
"""Words in lower case that go on with a sentence behind a passage."""

_LONGEST = 250
"""Units from which a sentence is cut: nobody wrote it, and looking through it for each of its words takes long."""

_TAIL = 8
"""Units behind a question or an exclamation in which a verb of saying shows that the sentence goes on."""


@dataclass(slots=True)
class Unit:
    """A word or sign outside quotation marks, a whole name, or a whole passage in quotation marks."""

    start: int
    end: int
    text: str
    name: Name | None = None
    quote: int = -1

    @property
    def lower(self) -> str:
        """The text in lower case."""
        return self.text.lower()

    @property
    def is_word(self) -> bool:
        """Whether it is a word and no sign or passage."""
        return self.quote < 0 and self.text[0].isalnum()


Clause = list[Unit]


def clauses(
    words: Sequence[Token], sentences: Sequence[Sentence], quotes: Sequence[Quoted], names: Sequence[Name]
) -> list[list[Clause]]:
    """Lines, each as its sentences."""
    stops = {words[sentence.last - 1].end for sentence in sentences}
    return [list(_sentences(line, quotes, stops)) for line in _lines(words, _Spans(quotes, names))]


class _Spans:
    """Looks up which passage or name stands at a place."""

    def __init__(self, quotes: Sequence[Quoted], names: Sequence[Name]) -> None:
        self.quotes = quotes
        self._ends = [quote.span.end for quote in quotes]
        self.names = names
        self._name_ends = [name.span.end for name in names]

    def quote_at(self, at: int) -> int:
        number = bisect_left(self._ends, at + 1)
        return number if number < len(self.quotes) and self.quotes[number].span.start <= at else -1

    def name_at(self, at: int) -> Name | None:
        number = bisect_left(self._name_ends, at + 1)
        return self.names[number] if number < len(self.names) and self.names[number].span.start <= at else None


def _lines(words: Sequence[Token], spans: _Spans) -> Iterator[list[Unit]]:
    line: list[Unit] = []
    for token in words:
        if token.text == "\n":
            if line:
                yield line
            line = []
            continue
        if line and token.start < line[-1].end:
            continue
        if token.text == "." and line and line[-1].text in ABBREVIATIONS and line[-1].end == token.start:
            line[-1].end = token.end
            continue
        number = spans.quote_at(token.start)
        if number >= 0:
            passage: Span = spans.quotes[number].span
            line.append(Unit(passage.start, passage.end, '"', quote=number))
            continue
        name = spans.name_at(token.start)
        line.append(
            Unit(name.span.start, name.span.end, name.text, name) if name else Unit(token.start, token.end, token.text)
        )
    if line:
        yield line


def _sentences(line: list[Unit], quotes: Sequence[Quoted], stops: set[int]) -> Iterator[Clause]:
    sentence: Clause = []
    for at, unit in enumerate(line):
        sentence.append(unit)
        is_end = _ends_behind(line, at, quotes) if unit.quote >= 0 else unit.end in stops or unit.text == ";"
        if is_end or len(sentence) == _LONGEST:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def _ends_behind(line: list[Unit], at: int, quotes: Sequence[Quoted]) -> bool:
    """Whether the sentence is over with this passage."""
    last = quotes[line[at].quote].last
    if at + 1 == len(line):
        return True
    following = line[at + 1]
    if last not in ".?!…":
        return following.text in ".?!"
    if following.text in ",-—–" or (following.is_word and following.text[0].islower() and following.lower in _GOES_ON):
        return False
    if last in "?!":
        is_anew = following.text[0].isupper() and following.name is None
        if is_anew and (following.lower in FUNCTION or following.lower.endswith("ing")):
            return True
        return not any(unit.lower in CUES for unit in line[at + 1 : at + _TAIL])
    return not following.text[0].islower()
