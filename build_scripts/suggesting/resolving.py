"""Whom a source means: pronouns and descriptions to things.

In: the sources of a text's attributions, its things. Out: the thing, or none. ``he`` is the last fitting person, ``it`` the
last organisation, of the same paragraph or the one before; first names and titles are only a hint. Never a guess beyond that.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from build_scripts.suggesting.clauses import PRONOUNS, Clause, Unit
from build_scripts.suggesting.clusters import Thing
from build_scripts.suggesting.cues import CUES
from build_scripts.suggesting.names import Name
from build_scripts.suggesting.phrases import Source
from build_scripts.suggesting.wordlists import listed

_GENDERS = {"he": "m", "she": "f"}
_MEANT = {"he": "person", "she": "person", "it": "organisation"}
_NAMED = frozenset(["person", "organisation", "other"])
_BODIES = listed(
    "company firm agency ministry department bank union party group organisation organization charity university court "
    "council commission committee institute broadcaster newspaper club airline manufacturer retailer authority maker "
    "operator regulator federation association"
)
_AGE = re.compile(r"\d{1,3}-year-old")
_ROLE_WORDS = 4
_ARTICLES = listed("the a an this that")
_OPENS = listed(
    "in at on after before during when while as since for with from by until under over because if although though "
    "despite following last next earlier later then once"
)
_VERBS = listed("is was are were be been has had have did does do met saw left took came went made got held sent led")
_REMEMBERED = 200
"""People in a line, counted from its end, whom a pronoun can mean."""

_NOT_OFFICE = PRONOUNS | CUES | _VERBS


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
                if unit.name and self.thing_of(unit.name).type in _NAMED and not _is_modifier(sentence, place):
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
        return self._described(self._text[slice(*source.span)], source.span.start, line), False

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

    def _described(self, phrase: str, at: int, line: int) -> Thing | None:
        """``the institute``, ``the home secretary``: the thing named before with that word in its name or title.

        ``the company``, ``the 23-year-old``: the only one that was named in this paragraph or the one before.
        """
        words = phrase.lower().split()
        if not words or words[0] != "the" or len(words) > _ROLE_WORDS:
            return None
        role = " ".join(words[1:])
        named = next((thing for thing in reversed(self._by_word.get(role, [])) if thing.names[0].span.start < at), None)
        if named or not (role in _BODIES or _AGE.fullmatch(role)):
            return named
        kinds = ("organisation", "other") if role in _BODIES else ("person",)
        near = {
            said.thing.name: said.thing
            for number in (line - 1, line)
            for said in self._said.get(number, ())[-_REMEMBERED:]
            if said.at < at and said.thing.type in kinds
        }
        return next(iter(near.values())) if len(near) == 1 else None


def _fits(word: str, thing: Thing) -> bool:
    return thing.type == _MEANT[word] and thing.gender in ("", _GENDERS.get(word, ""))


def _is_modifier(sentence: Clause, place: int) -> bool:
    """Whether a person's name tells which thing is meant: ``the Smith house``."""
    name, behind = sentence[place].name, sentence[place + 1 : place + 2]
    is_person = name is not None and name.type == "person" and not name.title
    return is_person and place > 0 and sentence[place - 1].lower in _ARTICLES and bool(behind) and behind[0].is_word


def _is_subject(sentence: Clause, place: int) -> bool:
    """Whether the sentence opens with the name, but for words of office, or has it behind an opening phrase with a comma."""
    if sentence[place + 1 : place + 2] and sentence[place + 1].lower in ("'s", "’s"):
        return False
    ahead = sentence[:place]
    comma = next((n for n, unit in enumerate(ahead) if unit.text == ","), -1)
    if comma > 0 and not ahead[0].name and (ahead[0].lower in _OPENS or ahead[0].lower.endswith("ing")):
        ahead = ahead[comma + 1 :]
    return len(ahead) <= _ROLE_WORDS and not any(_is_own_subject(unit) for unit in ahead)


def _is_own_subject(unit: Unit) -> bool:
    """Whether a word before a name shows that the name is not what the sentence is about: another subject, or a verb."""
    return (
        unit.text == ","
        or unit.name is not None
        or unit.lower in _NOT_OFFICE
        or (unit.lower.endswith("ed") and len(unit.text) > _ROLE_WORDS)
    )
