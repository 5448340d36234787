"""Whom a source means: pronouns and descriptions to things.

In: the sources of a text's attributions, its things. Out: the thing, or none. ``he`` is the last fitting person, ``it`` the
last organisation, of the same paragraph or the one before; first names and titles are only a hint. Never a guess beyond that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from build_scripts.suggesting.clauses import Clause
from build_scripts.suggesting.clusters import Thing
from build_scripts.suggesting.names import Name
from build_scripts.suggesting.phrases import Source

_GENDERS = {"he": "m", "she": "f"}
_MEANT = {"he": "person", "she": "person", "it": "organisation"}
_ROLE_WORDS = 4
_REMEMBERED = 200
"""People in a line, counted from its end, whom a pronoun can mean."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A person who was named, or spoke, in a line. ``is_subject``: the sentence opens with the name, or the person speaks."""

    at: int
    line: int
    thing: Thing
    is_subject: bool


class Resolver:
    """Resolves the sources of one text; remembers who spoke."""

    def __init__(self, text: str, lines: Sequence[Sequence[Clause]], things: Sequence[Thing]) -> None:
        self._text = text
        self._by_span = {name.span: thing for thing in things for name in thing.names}
        self._said: dict[int, list[_Said]] = defaultdict(list)
        self._by_word: dict[str, list[Thing]] = defaultdict(list)
        for thing in things:
            for words in thing.titles if thing.type == "person" else (thing.name,):
                for word in {words.lower(), *words.lower().split()}:
                    self._by_word[word].append(thing)
        for number, line in enumerate(lines):
            self._said[number] += self._named(number, line)

    def _named(self, number: int, line: Sequence[Clause]) -> Iterator[_Said]:
        for sentence in line:
            for place, unit in enumerate(sentence):
                if unit.name and self.thing_of(unit.name).type in _MEANT.values():
                    yield _Said(unit.start, number, self.thing_of(unit.name), _is_subject(sentence, place))

    def thing_of(self, name: Name) -> Thing:
        """The thing that a name of the text names."""
        return self._by_span[name.span]

    def resolve(self, source: Source, line: int) -> tuple[Thing | None, bool]:
        """The thing that a source means; whether a second look agrees: the one who was named last is the same."""
        if source.kind == "name" and source.name:
            return self.thing_of(source.name), True
        if source.kind == "pronoun":
            return self._pronoun(self._text[slice(*source.span)].lower(), source.span.start, line)
        return self._described(self._text[slice(*source.span)], source.span.start), False

    def speaks(self, thing: Thing, at: int, line: int) -> None:
        """Note that somebody spoke, so that a pronoun behind can mean them."""
        if thing.type in _MEANT.values():
            self._said[line].append(_Said(at, line, thing, is_subject=True))

    def _pronoun(self, word: str, at: int, line: int) -> tuple[Thing | None, bool]:
        if word not in _MEANT:
            return None, False
        near = [said for number in (line - 1, line) for said in self._said.get(number, ())[-_REMEMBERED:]]
        fitting = [said for said in near if said.at < at and _fits(word, said.thing)]
        if not fitting:
            return None, False
        here = [said for said in fitting if said.line == line] or fitting
        subjects = [said for said in here if said.is_subject]
        chosen = max(subjects or here, key=lambda said: said.at).thing
        everyone = {said.thing.name for said in fitting}
        return chosen, len(everyone) == 1 or max(fitting, key=lambda said: said.at).thing == chosen

    def _described(self, phrase: str, at: int) -> Thing | None:
        """``the institute``, ``the home secretary``: the thing named before with that word in its name or title."""
        words = phrase.lower().split()
        if not words or words[0] != "the" or len(words) > _ROLE_WORDS:
            return None
        known = self._by_word.get(" ".join(words[1:]), [])
        return next((thing for thing in reversed(known) if thing.names[0].span.start < at), None)


def _fits(word: str, thing: Thing) -> bool:
    return thing.type == _MEANT[word] and thing.gender in ("", _GENDERS.get(word, ""))


def _is_subject(sentence: Clause, place: int) -> bool:
    return place == 0 or (place <= _ROLE_WORDS and not any(unit.text == "," or unit.name for unit in sentence[:place]))
