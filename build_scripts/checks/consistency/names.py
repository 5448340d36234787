"""People's names that contradict themselves: one name spelled two ways, one person of two ages.

In: a text. Out: findings. Only names of two words or more are compared, and surnames that stand alone with them; two names
that entities bear are both meant as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, combinations
from typing import NamedTuple

import regex

from build_scripts.checks.consistency.finding import Finding, Text
from build_scripts.problems import Rule, Severity, shown
from build_scripts.suggesting.gazetteer import gazetteer

SPELLING = Rule(
    "name-spelling",
    "A name is spelled one way throughout: not *Steffen Hebestreit* here and *Steffen Hebestriet* there. If they are two names, "
    "make both names or aliases of entities.",
    Severity.WARNING,
)
AGES = Rule("two-ages", "A person has one age: not *Anna Berg, 45,* here and *Anna Berg, 54,* there.", Severity.WARNING)
RULES = (SPELLING, AGES)

MIN_LENGTH = 5
LONG = 8
"""Letters from which on two slips may lie between two spellings of a word, else one."""

MOST = 50
"""Names compared with one another because they share a word; no article has more that mean one person."""

_WORD = r"\p{Lu}[\p{L}\p{M}]+(?:[-’'‑]\p{Lu}?[\p{L}\p{M}]+)*+"
_LINK = r"(?:van der|van den|van|von|de la|de|der|den|del|della|di|da|dos|al|bin|bint|ibn|el)"
_INITIAL = r"\p{Lu}\."
_NAME = regex.compile(
    rf"(?<![\p{{L}}\p{{M}}\p{{N}}’'&@#/._-]){_WORD}(?:[ \u00a0](?:{_LINK}[ \u00a0])?+(?:{_INITIAL}|{_WORD})){{0,4}}(?![\p{{L}}\p{{N}}@/_])"
)
_SUFFIXES = frozenset(("s", "es", "n", "an", "ns", "ian", "ese", "i", "is", "en", "er", "ers", "in", "ing"))
_AGED = regex.compile(r",[ \u00a0](?:aged?[ \u00a0])?+(?P<age>1\d|[2-9]\d)(?=,[ \u00a0]\p{Ll}|\.[ \n]|\.$|\)|;)")
_YEARS_OLD = regex.compile(r"(?<!\d)(?P<age>1\d|[2-9]\d)-year-old[ \u00a0](?:\p{Ll}{3,14}[ \u00a0])?+$")
_NOT_ALONE = regex.compile(r"\b(?:in|since|then|was|later|earlier|ago|when)\b[^.;]{0,30}$|(?:1[89]|20)\d\d[^.;]{0,40}$")
_REACH = 60


_Words = tuple[str, ...]


class _Name(NamedTuple):
    """A run of capitalised words; ``words`` without a genitive's ending. ``is_wide``: with what stands before a name."""

    start: int
    end: int
    words: _Words
    is_wide: bool = False

    def __str__(self) -> str:
        return " ".join(self.words)


def check(text: Text) -> Iterator[Finding]:
    """Names spelled two ways; people of two ages, in an English text."""
    may_differ = _may_hold_slip(text)
    tells_ages = text.language == "en" and ("-year-old" in text.text or _AGED.search(text.text) is not None)
    names = list(_names(text.text, text.language)) if may_differ or tells_ages else []
    if may_differ:
        yield from _spellings(text, names)
    if tells_ages:
        yield from _ages(text.text, [name for name in names if not name.is_wide])


def _names(text: str, language: str) -> Iterator[_Name]:
    for found in _NAME.finditer(text):
        start, end = found.span()
        words = _words(found[0])
        before = 0
        while before < len(words) - 1 and _opens(words[before], language):
            before += 1
        for cut in range(before + 1):
            yield _Name(start, end, tuple(words[cut:]), cut < before)
            start += len(words[cut]) + 1


def _words(name: str) -> list[str]:
    """The words of a run, the last one without a genitive's ending."""
    words = name.replace("\u00a0", " ").replace("’", "'").split(" ")
    words[-1] = words[-1].removesuffix("'s").removesuffix("'")
    return words


def _opens(word: str, language: str) -> bool:
    """Whether a word before a name is none of it, but opens the sentence or is a title: *Then*, *President*."""
    known = gazetteer()
    return word in known.titles or (language == "en" and word.lower() in known.common and word not in known.given)


# --- spelling ---------------------------------------------------------------------------------------------------------


def _may_hold_slip(text: Text) -> bool:
    """Whether any two words of names, whichever, can be one word in two spellings: else no two names can."""
    words = {word for name in set(_NAME.findall(text.text)) for word in _words(name) if len(word) >= MIN_LENGTH}
    alike: dict[str, list[str]] = defaultdict(list)
    for word in words:
        alike[word[0]].append(word)
    is_bounded = all(len(group) <= MOST for group in alike.values())
    pairs = (pair for group in alike.values() for pair in combinations(group, 2))
    return not is_bounded or any(_is_slip(*pair, text.language) for pair in pairs)


def _spellings(text: Text, names: list[_Name]) -> Iterator[Finding]:
    """One finding for each pair of spellings: at the rarer one, and of two equally rare at the later."""
    places: dict[_Words, list[_Name]] = defaultdict(list)
    for name in names:
        places[name.words].append(name)
    for words in [words for words in places if any(len(word) > 2 and word.isupper() for word in words)]:  # noqa: PLR2004
        del places[words]  # initials
    bearers = [name.words for name in names if name.words in places and _has_surname(name, text.language)]
    told: set[frozenset[str]] = set()
    for one, other in chain(_sharing(places), _alone(places, bearers)):
        rare, usual = sorted((one, other), key=lambda words: (len(places[words]), -places[words][0].start))
        slip, right = _difference(rare, usual)
        pair = frozenset((slip, right))
        if pair in told or _is_known(text, one, other) or not _is_slip(slip, right, text.language):
            continue
        told.add(pair)
        message = f"{shown(' '.join(rare))} here, {shown(' '.join(usual))}"
        hint = "spell it one way; if they are two names, give each an entity that bears it"
        yield Finding(SPELLING, places[rare][0].start, message, hint, places[usual][0].start)


def _has_surname(name: _Name, language: str) -> bool:
    """In languages where any noun or sentence may begin with a capital, only a known first name tells a person."""
    return len(name.words) > 1 and not name.is_wide and (language == "en" or name.words[0] in gazetteer().given)


def _sharing(places: Iterable[_Words]) -> Iterator[tuple[_Words, _Words]]:
    """Pairs of names that differ in one word and have another in common."""
    sharing: dict[tuple[object, ...], list[_Words]] = defaultdict(list)
    for words in places:
        for at in range(len(words)) if len(words) > 1 else ():
            sharing[len(words), at, *words[:at], *words[at + 1 :]].append(words)
    for similar in sharing.values():
        yield from combinations(similar[:MOST], 2)


def _alone(places: Iterable[_Words], bearers: Iterable[_Words]) -> Iterator[tuple[_Words, _Words]]:
    """Unknown words that stand alone, each with those who may be meant: whose surnames have the same three letters first."""
    surnames: dict[str, _Words] = {words[-1]: words for words in bearers}
    starts: dict[str, list[_Words]] = defaultdict(list)
    for surname, bearer in surnames.items():
        starts[surname[:3]].append(bearer)
    for words in places:
        if len(words) == 1 and words[0] not in surnames and not _is_word(words[0]):
            yield from ((words, bearer) for bearer in starts[words[0][:3]][:MOST])


def _difference(one: _Words, other: _Words) -> tuple[str, str]:
    """The words in which two names differ: the last ones, where one of them is a surname alone."""
    if len(one) != len(other):
        return one[-1], other[-1]
    return next(words for words in zip(one, other, strict=True) if words[0] != words[1])


def _is_known(text: Text, one: _Words, other: _Words) -> bool:
    return " ".join(one) in text.known and " ".join(other) in text.known


def _is_slip(one: str, other: str, language: str) -> bool:
    """Whether two words can be one name, spelled right and wrong: no other name, ordinary word or inflection."""
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    slips = 2 if len(shorter) >= LONG else 1
    if not _is_near(shorter, longer, slips) or one.casefold() == other.casefold():
        return False
    if {one[-2:], other[-2:]} == {"is", "es"}:
        return False
    if longer.startswith(shorter) and (language != "en" or longer[len(shorter) :] in _SUFFIXES):
        return False
    if language != "en" and one[:-3] == other[:-3] and sorted(one) != sorted(other):
        return False
    return not (_is_word(one) and _is_word(other))


def _is_near(shorter: str, longer: str, slips: int) -> bool:
    """Whether two words begin with the same letter, and no more than so many slips lie between them."""
    if len(shorter) < MIN_LENGTH or shorter[0] != longer[0] or len(longer) - len(shorter) > slips:
        return False
    if slips == 1 and shorter[1] != longer[1] and shorter[-1] != longer[-1]:  # a single slip leaves one of them
        return False
    from rapidfuzz.distance import OSA  # noqa: PLC0415 -- slow to load, and few texts have names that are alike

    return OSA.distance(shorter, longer, score_cutoff=slips) <= slips


def _is_word(word: str) -> bool:
    known = gazetteer()
    return word in known.given or word.lower() in known.common or known.is_place(word)


# --- ages -------------------------------------------------------------------------------------------------------------


def _ages(text: str, names: list[_Name]) -> Iterator[Finding]:
    bearers: dict[str, set[_Words]] = defaultdict(set)
    for name in names:
        if len(name.words) > 1:
            bearers[name.words[-1]].add(name.words)
    first: dict[_Words, tuple[int, _Name]] = {}
    for name in names:
        age = _age(text, name)
        person = name.words if len(name.words) > 1 else next(iter(bearers[name.words[0]]), name.words)
        if not age or (len(name.words) == 1 and len(bearers[name.words[0]]) != 1):
            continue
        known, before = first.setdefault(person, (age, name))
        if known != age:
            message = f"{shown(str(name))} is {age} here, {known}"
            yield Finding(AGES, name.start, message, "correct one of the two ages", before.start)


def _age(text: str, name: _Name) -> int:
    """The age that stands beside a name; 0 for none, or where the text tells of another year."""
    before = text[max(0, name.start - _REACH) : name.start].rpartition("\n")[2]
    found = _YEARS_OLD.search(before) if "-year-old" in before else None
    if not found and (found := _AGED.match(text, name.end)) and _NOT_ALONE.search(before):
        return 0
    return int(found["age"]) if found else 0
