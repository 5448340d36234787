"""Names in a text, each with the kind of thing that it names.

In: the tokens and sentences of an English text. Out: spans with types. Runs of capitalised words are cut into titles,
peoples and names; what opens a sentence is a name only where something else says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import regex

from build_scripts.anchoring.anchor import Span
from build_scripts.suggesting import kinds
from build_scripts.suggesting.cues import INDIRECT
from build_scripts.suggesting.gazetteer import Gazetteer, gazetteer
from build_scripts.suggesting.wordlists import listed
from build_scripts.suggesting.words import Sentence, Token

_TITLE_CASE = 0.7
"""Share of capitalised words from which a line is a headline in title case."""

_NEAR = 4
"""Words on either side that tell a weapon."""

_LONGEST = 6
"""Words of the longest name that is looked for in a headline."""

_LONGEST_RUN = 16
"""Words from which a run of capitalised words is cut."""

_ACRONYM = range(2, 8)
_ABBREVIATED = listed("WHO U.S. US U.K. UK EU UN U.N. USA")
_PLACE_BEFORE = listed("in at from near to into around outside across of")
_OF_PLACES = listed(
    "mayor city town village port bishop archbishop people university bank island county district north south east west"
)
_LONGEST_PERSON, _MIDDLE = 6, 3
"""Words of a person's name: at most; of one that nothing but its form tells."""
_ARTICLE = regex.compile(r"(?:al|el|ad|an|ar|as|ash|at|az)-\p{Lu}")
_CONTRACTION = regex.compile(r"[’'](?=(?:re|ve|ll|d|m|s|t)$)")


@dataclass(frozen=True, slots=True)
class Name:
    """Words that name something. ``type``: as in entities/<id>.yml, or empty; ``title``: the words of office before it.

    ``is_doubtful``: it opens a sentence and is an ordinary word, too.
    """

    span: Span
    text: str
    type: str
    title: str = ""
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str


def names(words: Sequence[Token], sentences: Sequence[Sentence]) -> list[Name]:
    """All names, in order; none overlaps another."""
    finder = _Finder(words, gazetteer())
    found = _settled(name for sentence in sentences for name in finder.in_sentence(sentence))
    types = {name.text: name.type for name in found}
    headlines = [name for sentence in sentences for name in finder.in_headline(sentence, types)]
    return sorted([*found, *headlines], key=lambda name: name.span)


class _Finder:
    """Finds the names in the sentences of one text."""

    def __init__(self, words: Sequence[Token], known: Gazetteer) -> None:
        self._words = words
        self._known = known
        self._lower = {token.text for token in words if token.is_word and token.text.islower()}

    def in_sentence(self, sentence: Sentence) -> Iterator[Name]:
        first = next((at for at in range(*sentence) if self._words[at].is_word), sentence.last)
        if _is_title_case(self._words[slice(*sentence)]):
            return
        at = sentence.first
        while at < sentence.last:
            if not _is_capital(self._words[at]):
                at += 1
                continue
            run, behind = self._run(at, sentence.last)
            opens = at == first or self._opens_anew(at)
            yield from self._parts(run, at, behind, opens=opens)
            at = behind

    def _opens_anew(self, at: int) -> bool:
        """Whether the words before open something new: a colon, a bracket, a quotation mark that does not close."""
        before = self._words[at - 1].text
        is_closing = before == '"' and at > 1 and self._words[at - 2].text in ",.?!"
        return before in '“"‘:—([)' and not is_closing

    def in_headline(self, sentence: Sentence, types: Mapping[str, str]) -> Iterator[Name]:
        """In a line in title case: the names that are known or that stand elsewhere in the text."""
        if not _is_title_case(self._words[slice(*sentence)]):
            return
        at = sentence.first
        while at < sentence.last:
            size = next((size for size in range(_LONGEST, 0, -1) if self._is_known(at, size, sentence.last, types)), 0)
            if size:
                run = [_Word(token.start, token.end, token.text) for token in self._words[at : at + size]]
                name = _text(run)
                yield self._name(run, types.get(name) or self._type([word.text for word in run], 0, 0))
            at += size or 1

    def _is_known(self, at: int, size: int, last: int, types: Mapping[str, str]) -> bool:
        if at + size > last or not _is_capital(self._words[at]):
            return False
        name = " ".join(token.text for token in self._words[at : at + size])
        return (
            name in types or name in self._known.known or (name in self._known.cities and not self._is_ordinary(name))
        )

    def _run(self, at: int, last: int) -> tuple[list[_Word], int]:
        """The words of a name in the widest sense, from here on, and where the tokens go on behind it."""
        run: list[_Word] = []
        while at < last:
            word, after = self._word(at, last)
            run.append(word)
            at = after
            link = self._link(run, at, last) if len(run) < _LONGEST_RUN else None
            if link is None:
                break
            run += link
            at += len(link)
        return run, at

    def _word(self, at: int, last: int) -> tuple[_Word, int]:
        """A capitalised token, with the full stop of an abbreviation, and where the tokens go on behind it."""
        token = self._words[at]
        if at + 2 < last and self._words[at + 1].text == "." and self._words[at + 1].start == token.end:
            is_short = (
                len(token.text) == 1 or token.text in ("St", "Mt", "Ft") or f"{token.text}." in self._known.titles
            )
            if is_short and _is_capital(self._words[at + 2]):
                return _Word(token.start, token.end + 1, token.text + "."), at + 2
        head = self._head(token.text)
        return _Word(token.start, token.start + len(head), head), at + 1

    def _head(self, text: str) -> str:
        """``American`` of ``American-made``, ``We`` of ``We're``: what of a token can be a name."""
        head = _CONTRACTION.split(text)[0]
        first, _hyphen, tail = head.partition("-")
        return first if tail[:1].islower() and len(first) > 1 and head not in self._known.titles else head

    def _link(self, run: list[_Word], at: int, last: int) -> list[_Word] | None:
        """The lower-case words to the next capitalised one, where both belong together; None where the run ends."""
        link: list[_Word] = []
        while at < last:
            token, before = self._words[at], link[-1] if link else run[-1]
            if token.start != before.end + 1:
                return None
            if _is_capital(token):
                return link
            if len(link) > 1 or not self._links(run, [*(word.text for word in link), token.text]):
                return None
            link.append(_Word(token.start, token.end, token.text))
            at += 1
        return None

    def _links(self, run: list[_Word], link: list[str]) -> bool:
        heads = {word.text for word in run}
        if link[0] in kinds.LINKS:
            return not heads.isdisjoint(kinds.OPENS_LONG) and link[1:] in ([], ["the"])
        if link == ["and"]:
            return "of" in heads and not heads.isdisjoint(_JOINS)
        return all(word in kinds.PARTICLES for word in link)

    def _parts(self, run: list[_Word], at: int, behind: int, *, opens: bool) -> Iterator[Name]:
        """The names in a run."""
        is_first = opens
        while run and run[0].text.lower() in kinds.FUNCTION and run[0].text not in _ABBREVIATED:
            run, is_first = run[1:], False
        while (
            run
            and (run[-1].text.lower() in kinds.FUNCTION or run[-1].text in kinds.PARTICLES | kinds.LINKS)
            and run[-1].text not in _ABBREVIATED
        ):
            run = run[:-1]
        run = [] if all(self._is_shouted(word.text) for word in run) else run
        is_alone = len(run) == 1
        while run:
            known = self._known_prefix(run)
            if not known:
                break
            yield self._name(run[:known], self._known.known[_text(run[:known])].type)
            run, is_first = run[known:], False
        title = self._title(run)
        if title:
            yield from self._person(run[:title], run[title:])
            return
        is_opening = is_first and len(run) > 1 and run[0].text not in kinds.OPENS_NAMES
        if is_opening and self._is_common(run[0].text) and not kinds.kind_of([run[-1].text]):
            run = run[1:]
            is_first = False
        if run:
            is_doubtful = is_first and is_alone and self._is_doubtful(run[0].text, behind)
            yield from self._rest(run, at, behind, is_doubtful=is_doubtful)

    def _known_prefix(self, run: list[_Word]) -> int:
        """How many words at the front are a name of their own, before other words of the run or alone."""
        for size in range(min(len(run), 4), 0, -1):
            name = _text(run[:size])
            if name in self._known.known and self._stands_alone(run, size, name):
                return size
        return 0

    def _stands_alone(self, run: list[_Word], size: int, name: str) -> bool:
        rest = [word.text for word in run[size:]]
        if not rest or name in _ABBREVIATED or (rest[0] in self._known.titles and not kinds.kind_of(rest)):
            return True
        if rest[0] in self._known.given and not kinds.kind_of(rest):
            return True
        if kinds.kind_of(rest) or not rest[0][0].isupper():
            return False
        is_like_person = len(rest) in (2, 3) and not any(self._is_common(text) for text in rest)
        return name in self._known.adjectives or is_like_person

    def _title(self, run: list[_Word]) -> int:
        """How many words at the front are the title of a person, whose name follows."""
        size = 0
        while size < len(run) and (
            run[size].text in self._known.titles or (size and run[size].text.lower() in ("of", "for"))
        ):
            size += 1
        titles, rest = [word.text for word in run[:size]], [word.text for word in run[size:]]
        if not titles:
            return 0
        is_weak = all(title in kinds.WEAK_TITLES for title in titles)
        if not rest:
            return size if all(title in self._known.titles for title in titles) and not kinds.kind_of(titles) else 0
        is_namesake = rest[0] in self._known.given and rest[-1] in kinds.SURNAMES
        is_person = (is_namesake or not kinds.kind_of(rest[-1:])) and len(rest) < _LONGEST_PERSON
        return size if is_person and (not is_weak or rest[0] in self._known.given or len(titles) > 1) else 0

    def _person(self, title: list[_Word], run: list[_Word]) -> Iterator[Name]:
        if not run:
            return
        found = next((at for at, word in enumerate(run) if word.text in kinds.LINKS), None)
        if found and found + 1 < len(run):
            return
        yield replace(self._name(run, "person"), title=_text(title))

    def _rest(self, run: list[_Word], at: int, behind: int, *, is_doubtful: bool) -> Iterator[Name]:
        texts = [word.text for word in run]
        cut = self._person_behind_office(texts)
        if cut:
            yield from self._office(run[:cut])
            yield replace(
                self._name(run[cut:], "person"), title=texts[cut - 1] if texts[cut - 1] in self._known.titles else ""
            )
            return
        if not any(text[0].isupper() or _ARTICLE.match(text) for text in texts):
            return
        kind = self._type(texts, at, behind)
        yield Name(Span(run[0].start, run[-1].end), " ".join(texts), kind, is_doubtful=is_doubtful)

    def _person_behind_office(self, texts: list[str]) -> int:
        """Where a person's name follows the name of an office: Police Chief Jane, European Commission President Ursula."""
        for at in range(1, len(texts) - 1):
            is_office = kinds.kind_of(texts[at - 1 : at]) or texts[at - 1] in self._known.titles
            if texts[at] in self._known.given and is_office and not kinds.kind_of(texts[at:]):
                return at
        return 0

    def _office(self, run: list[_Word]) -> Iterator[Name]:
        """The organisation in the words before a person's name, without the person's title."""
        while run and run[-1].text in self._known.titles and not kinds.kind_of([run[-1].text]):
            run = run[:-1]
        if run and kinds.kind_of([word.text for word in run]):
            yield self._name(run, kinds.kind_of([word.text for word in run]))

    def _type(self, texts: list[str], at: int, behind: int) -> str:  # noqa: PLR0911 -- a list of cases, most certain first
        name, given = " ".join(texts), self._known.given
        around = [*self._words[max(0, at - _NEAR) : at], *self._words[behind : behind + _NEAR]] if behind else []
        if name in self._known.known:
            return self._known.known[name].type
        if len(texts) > 1 and texts[0] in given and texts[-1] in kinds.SURNAMES:
            return "person"
        if kinds.kind_of(texts[-1:]) and "of" not in texts and "for" not in texts:
            return kinds.kind_of(texts[-1:])
        if len(texts) > 1 and name in self._known.cities:
            return "place"
        if len(texts) > 1 and texts[0] in given and not kinds.kind_of(texts):
            return "person"
        if kinds.kind_of(texts):
            return kinds.kind_of(texts)
        is_code = any(char.isdigit() for char in name) or name.isupper()
        if is_code and any(token.text in kinds.WEAPON_NEAR for token in around):
            return "weapon"
        if len(texts) == 1:
            return self._single_type(texts[0], at)
        if kinds.PARTICLES & set(texts) and "for" not in texts and "of" not in texts:
            return "person"
        is_like_person = len(texts) <= _MIDDLE and all(
            text.istitle() or "-" in text or "'" in text or text.endswith(".") for text in texts
        )
        return "person" if is_like_person and not any(self._is_common(text) for text in texts) else ""

    def _single_type(self, text: str, at: int) -> str:
        known = self._known
        if text.isupper() and text.title() in known.cities and len(text) > _NEAR:
            return "place"
        if text in known.cities:
            is_behind = at > 0 and self._words[at - 1].text.lower() in _PLACE_BEFORE
            return "place" if text not in known.given or is_behind else ""
        if text.isupper() and len(text) in _ACRONYM:
            return "organisation"
        if at > 1 and self._words[at - 1].text == "of" and self._words[at - 2].text.lower() in _OF_PLACES:
            return "place"
        return (
            "person" if text in known.given and not self._is_ordinary(text) and text.lower() not in known.common else ""
        )

    def _is_doubtful(self, text: str, behind: int) -> bool:
        """Whether a word that opens a sentence, alone, may be no name: it is an ordinary word, or nobody who says something."""
        is_speaker = behind < len(self._words) and self._words[behind].text in INDIRECT
        is_listed = text in self._known.cities or text in self._known.given
        return self._is_ordinary(text) or not (is_speaker or is_listed or (text.isupper() and len(text) > 1))

    def _is_ordinary(self, text: str) -> bool:
        """Whether it is a common word, or looks like a form of one: ``Refusing``, but ``Ahmed``, too."""
        is_form = text.endswith(("ing", "ed", "ly")) and not self._known.is_place(text)
        return self._is_common(text) or (is_form and text not in self._known.given)

    def _is_common(self, text: str) -> bool:
        """Whether it is a common word, in this text or elsewhere."""
        lower = text.lower()
        return lower in self._lower or (lower in self._known.common and text not in self._known.given)

    def _is_shouted(self, text: str) -> bool:
        """An ordinary word in capitals for emphasis."""
        return len(text) > _NEAR and text.isupper() and text.lower() in self._known.common

    def _name(self, run: list[_Word], kind: str) -> Name:
        return Name(Span(run[0].start, run[-1].end), _text(run), kind)


_JOINS = frozenset(
    {
        "Department",
        "Ministry",
        "Union",
        "Bureau",
        "Secretary",
        "Office",
        "Institute",
        "Committee",
        "Organization",
        "Centre",
        "Center",
    }
)


def _settled(names: Iterable[Name]) -> list[Name]:
    """Names that others bear out: a doubtful one, where the text has it as part of a person's name or inside a sentence."""
    found, known = list(names), gazetteer()
    people = [name.text.split() for name in found if name.type == "person"]
    parts = {part for person in people for part in (person[0], person[-1])}
    certain = {name.text for name in found if not name.is_doubtful}
    settled = []
    for name in found:
        if name.text in parts and name.text not in known.known:
            settled.append(replace(name, type="person", is_doubtful=False))
        elif not name.is_doubtful or name.text in certain:
            kind = name.type or ("place" if name.text in known.cities else "")
            is_same = kind == name.type and not name.is_doubtful
            settled.append(name if is_same else replace(name, type=kind, is_doubtful=False))
    return settled


def _is_title_case(words: Sequence[Token]) -> bool:
    long = [token.text for token in words if token.is_word and token.text[0].isalpha()]
    if not long or words[-1].text == ".":
        return False
    return len(long) > _NEAR and sum(text[0].isupper() for text in long) > _TITLE_CASE * len(long)


def _is_capital(token: Token) -> bool:
    return token.is_word and (token.text[0].isupper() or _ARTICLE.match(token.text) is not None)


def _text(run: Sequence[_Word]) -> str:
    return " ".join(word.text for word in run)
