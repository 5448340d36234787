"""Whether what differs between old and new words can change what they mean.

In: two texts, the route of a span. Out: the difference that matters, else one that does not. What does not is a closed list:
glyphs of quotation marks and dashes, white space, points of Arabic and Hebrew, the capital at a sentence's start, signs that
only separate, a misspelling. All else does, whatever the likeness: sentences that differ in "20" and "200" are 99 % alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from build_scripts.anchoring.follow import Route, Texts
from build_scripts.anchoring.forms import BREAK, glyphless, unpointed
from build_scripts.anchoring.spelling import is_same_word
from build_scripts.anchoring.weighty import KINDS, kinds_of
from build_scripts.anchoring.wording import Wording

BESIDE = 3
"""Words on either side of a statement in which a weighty word that comes or goes belongs to it."""

_MARKS = frozenset("\"'")
_SEPARATORS = frozenset({",", ";", ":", ".", "...", "-", "،", "؛", "。", "，", "、", BREAK})
_KINDS = ("digits", *(name for name, _words in KINDS))
_MEASURES = frozenset("%‰°$€£¥₴₽₪₹")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a span is, in the article's language (BCP 47).

    ``is_statement``: it says something, so a negation beside it concerns it. ``is_verbatim``: its words are a speaker's own.
    """

    language: str
    is_statement: bool = False
    is_verbatim: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs, in an editor's words; ``matters``: it can change the meaning."""

    what: str
    matters: bool


def difference(texts: Texts, route: Route, subject: Subject) -> Difference | None:
    """The first difference that matters, else the first; None where the words are the same, letter by letter."""
    first = None
    for found in _Guard(texts, route, subject).differences():
        if found.matters:
            return found
        first = first or found
    return first


class _Guard:
    """Compares the old and the new words of one route."""

    def __init__(self, texts: Texts, route: Route, subject: Subject) -> None:
        self._old, self._new, self._new_of = texts.old, texts.new, texts.alignment.new_of
        self._route, self._subject = route, subject
        self._pairs = [(at, self._new_of[at]) for at in route.old if self._new_of[at] in route.new]

    def differences(self) -> Iterator[Difference]:
        if any(one[1] > other[1] for one, other in pairwise(self._pairs)):
            yield Difference("the words stand in another order", True)
            return
        for gone, come in self._gaps():
            yield from self._exchange(gone, come)
        for old, new in self._pairs:
            yield from self._rewritten(old, new)
        if self._subject.is_statement:
            yield from self._beside()
            yield from self._requoted()
        if self._old.shown(self._route.old) != self._new.shown(self._route.new):
            yield Difference("white space differs", False)

    def _gaps(self) -> Iterator[tuple[range, range]]:
        """Between neighbouring pairs: the old words that went, the new ones that came."""
        ends = (self._route.old.start - 1, self._route.new.start - 1), (self._route.old.stop, self._route.new.stop)
        for (old, new), (next_old, next_new) in pairwise([ends[0], *self._pairs, ends[1]]):
            if next_old - old > 1 or next_new - new > 1:
                yield range(old + 1, next_old), range(new + 1, next_new)

    def _exchange(self, old: range, new: range) -> Iterator[Difference]:
        gone = [at for at in old if not _only_separates(self._old, at)]
        come = [at for at in new if not _only_separates(self._new, at)]
        if gone and len(gone) == len(come) and set(self._forms(gone, come)) <= _MARKS:
            yield Difference("glyphs of quotation marks or dashes differ", False)
        elif self._is_misspelling(gone, come):
            yield Difference(f"spelling: {self._change(gone, come)}", False)
        elif gone or come:
            yield Difference(f"{self._kind(gone, come)}: {self._change(gone, come)}", True)
        elif any(self._old.words[at].form != BREAK for at in old) or any(
            self._new.words[at].form != BREAK for at in new
        ):
            yield Difference("punctuation differs", False)

    def _is_misspelling(self, gone: Sequence[int], come: Sequence[int]) -> bool:
        if self._subject.is_verbatim or len(gone) != 1 or len(come) != 1:
            return False
        is_name = self._old.is_name(gone[0]) or self._new.is_name(come[0])
        one, other = self._old.words[gone[0]].form, self._new.words[come[0]].form
        return not is_name and is_same_word(one, other, self._subject.language)

    def _rewritten(self, old: int, new: int) -> Iterator[Difference]:
        """What differs between two words of one form: glyphs, points, capitals."""
        was, now = self._old.shown([old]), self._new.shown([new])
        if was == now or self._old.words[old].form == BREAK:
            return
        if unpointed(was) == unpointed(now) or not self._old.is_word(old):
            pointed = glyphless(was) != glyphless(now)
            yield Difference("vowel marks differ" if pointed else "glyphs of quotation marks or dashes differ", False)
        elif unpointed(was)[1:] == unpointed(now)[1:] and (
            self._old.starts_sentence(old) or self._new.starts_sentence(new)
        ):
            yield Difference(f"the sentence starts elsewhere: {self._change([old], [new])}", False)
        else:
            yield Difference(f"names: {self._change([old], [new])}", True)

    def _beside(self) -> Iterator[Difference]:
        """Weighty words that came or went right before or behind, in the same sentence."""
        was, now = _beside(self._old, self._route.old), _beside(self._new, self._route.new)
        stayed = {self._new_of[at] for at in self._old.line(self._route.old, 4 * BESIDE)}
        gone = [at for at in was if self._new_of[at] < 0 and kinds_of(self._old.words[at].form)]
        come = [at for at in now if at not in stayed and kinds_of(self._new.words[at].form)]
        if gone or come:
            yield Difference(f"{self._kind(gone, come)} beside it: {self._change(gone[:1], come[:1])}", True)

    def _requoted(self) -> Iterator[Difference]:
        """Whether words came into quotation marks, or out of them."""
        for old, new in self._pairs:
            if self._old.is_word(old) and self._old.is_quoted(old) != self._new.is_quoted(new):
                yield Difference("quotation marks: they open or close around other words", True)
                return

    def _kind(self, gone: Sequence[int], come: Sequence[int]) -> str:
        """What kind of words were exchanged: the one that most of them are of, of several the weightiest."""
        forms = self._forms(gone, come)
        if set(forms) <= _MARKS:
            return "quotation marks"
        if self._subject.is_verbatim:
            return "words of a quotation"
        counts = Counter(kind for form in forms for kind in (["units"] if form in _MEASURES else kinds_of(form)))
        has_name = any(map(self._old.is_name, gone)) or any(map(self._new.is_name, come))
        return max(_KINDS, key=lambda kind: counts[kind]) if counts else "names" if has_name else "other words"

    def _forms(self, gone: Sequence[int], come: Sequence[int]) -> list[str]:
        return [self._old.words[at].form for at in gone] + [self._new.words[at].form for at in come]

    def _change(self, gone: Sequence[int], come: Sequence[int]) -> str:
        was, now = self._old.shown(gone), self._new.shown(come)
        if not gone or not come:
            return f"“{now}” came" if come else f"“{was}” went"
        return f"“{was}” became “{now}”"


def _beside(wording: Wording, mine: range) -> list[int]:
    """The words right before and behind, no further than the sentence goes."""
    sentence = wording.sentence(mine)
    near = range(max(sentence.start, mine.start - BESIDE), min(sentence.stop, mine.stop + BESIDE))
    return [at for at in near if at not in mine]


def _only_separates(wording: Wording, at: int) -> bool:
    """Whether a sign carries no meaning: it stands between no digits and is no minus."""
    word = wording.words[at]
    if word.form not in _SEPARATORS:
        return False
    before = wording.words[at - 1].form if at else " "
    behind = wording.words[at + 1] if at + 1 < len(wording) else None
    if behind is None or not behind.form[0].isnumeric():
        return True
    return not before[-1].isnumeric() and not (word.form == "-" and behind.start == word.end)
