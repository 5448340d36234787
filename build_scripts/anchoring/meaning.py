"""Whether what differs between old and new words can change what they mean.

In: two texts, the route of a span. Out: the difference that matters, else one that does not. What does not is a closed list:
glyphs of quotation marks and dashes, white space, points of Arabic and Hebrew, the capital at a sentence's start, signs that
only separate, a misspelling. All else does, whatever the likeness: sentences that differ in "20" and "200" are 99 % alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from build_scripts.anchoring.beside import Attribution, beside
from build_scripts.anchoring.differences import Difference, Exchange
from build_scripts.anchoring.follow import Route, Texts
from build_scripts.anchoring.forms import BREAK, QUOTATION_MARKS, glyphless, unpointed
from build_scripts.anchoring.spelling import is_same_word
from build_scripts.anchoring.wording import Wording

_SEPARATORS = frozenset({",", ";", ":", ".", "...", "-", "،", "؛", "。", "，", "、", BREAK})


@dataclass(frozen=True, slots=True)
class Subject:
    """What a span is, in the article's language (BCP 47).

    ``is_statement``: it says something, so a negation beside it concerns it. ``is_verbatim``: its words are a speaker's own.
    ``attribution``: of a quotation, which is told beside it.
    """

    language: str
    is_statement: bool = False
    is_verbatim: bool = False
    attribution: Attribution | None = None


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
        self._texts, self._old, self._new = texts, texts.old, texts.new
        self._route, self._subject = route, subject
        new_of = texts.alignment.new_of
        self._pairs = [(at, new_of[at]) for at in route.old if new_of[at] in route.new]

    def differences(self) -> Iterator[Difference]:
        if any(one[1] > other[1] for one, other in pairwise(self._pairs)):
            yield Difference("the words stand in another order", True)
            return
        for gone, come in self._gaps():
            yield from self._exchange(gone, come)
        for old, new in self._pairs:
            yield from self._rewritten(old, new)
        if self._subject.is_statement:
            yield from beside(self._texts, self._route, self._subject.attribution)
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
        exchange = Exchange(self._texts, gone, come)
        if gone and len(gone) == len(come) and set(exchange.forms) <= QUOTATION_MARKS:
            yield Difference("glyphs of quotation marks or dashes differ", False)
        elif self._is_misspelling(gone, come):
            yield Difference(f"spelling: {exchange}", False)
        elif exchange:
            is_sacred = self._subject.is_verbatim and not set(exchange.forms) <= QUOTATION_MARKS
            yield Difference(f"{'words of a quotation' if is_sacred else exchange.kind}: {exchange}", True)
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
            yield Difference(f"the sentence starts elsewhere: {Exchange(self._texts, [old], [new])}", False)
        else:
            yield Difference(f"names: {Exchange(self._texts, [old], [new])}", True)


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
