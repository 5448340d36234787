"""What around a statement concerns it, though its own words are the same: a `not`, a question mark, who is said to say it.

In: two texts, the route of a statement. Out: differences that matter, in its sentence and no further.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from build_scripts.anchoring.differences import Difference, Exchange
from build_scripts.anchoring.follow import Route, Texts
from build_scripts.anchoring.weighty import kinds_of
from build_scripts.anchoring.wording import Wording

BESIDE = 3
"""Words on either side in which any weighty word or name that comes or goes concerns a statement."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says a quotation is told in its sentence. ``cue``: the forms of the words that attribute it."""

    cue: frozenset[str] = frozenset()


def beside(texts: Texts, route: Route, attribution: Attribution | None) -> Iterator[Difference]:
    """What changed around the statement; ``attribution``: for a quotation."""
    gone, come = _different(texts, route)
    if attribution:
        told = Exchange(
            texts,
            [at for at in gone if _attributes(texts.old, at, attribution)],
            [at for at in come if _attributes(texts.new, at, attribution) and _is_near(route.new, at)],
        )
        if told.gone:
            yield Difference(f"who says it, and how: {_brief(told)}", True)
    weighty = Exchange(
        texts,
        [at for at in gone if _weighs(texts.old, at, route.old)],
        [at for at in come if _weighs(texts.new, at, route.new)],
    )
    if weighty:
        yield Difference(f"{weighty.kind} beside it: {_brief(weighty)}", True)
    if _asks(texts.old, route.old) != _asks(texts.new, route.new):
        yield Difference("its sentence became a question, or ceased to be one", True)
    yield from _requoted(texts, route)


def _different(texts: Texts, route: Route) -> tuple[list[int], list[int]]:
    """The words of the sentence, outside the statement, that went and that came; what only changed its place did neither."""
    gone = [at for at in texts.old.sentence(route.old) if at not in route.old and texts.is_gone(range(at, at + 1))]
    come = [at for at in texts.new.sentence(route.new) if at not in route.new and texts.is_new(range(at, at + 1))]
    was, now = _counts(texts.old, gone), _counts(texts.new, come)
    went, came = was - now, now - was
    return [at for at in gone if texts.old.words[at].form in went], [
        at for at in come if texts.new.words[at].form in came
    ]


def _counts(wording: Wording, numbers: Sequence[int]) -> Counter[str]:
    return Counter(wording.words[at].form for at in numbers)


def _attributes(wording: Wording, at: int, attribution: Attribution) -> bool:
    """Whether a word outside quotation marks is a name, or of the cue."""
    is_telling = wording.is_name(at) or wording.words[at].form in attribution.cue
    return is_telling and not wording.is_quoted(at)


def _weighs(wording: Wording, at: int, mine: range) -> bool:
    kinds = kinds_of(wording.words[at].form)
    return "negation" in kinds or (_is_near(mine, at) and (bool(kinds) or wording.is_name(at)))


def _is_near(mine: range, at: int) -> bool:
    return mine.start - BESIDE <= at < mine.stop + BESIDE


def _asks(wording: Wording, mine: range) -> bool:
    """Whether a question mark ends the sentence, or stands in the statement itself at its end."""
    sentence = wording.sentence(mine)
    return any(wording.words[at].form[0] in "?？؟" for at in sentence[-2:])


def _requoted(texts: Texts, route: Route) -> Iterator[Difference]:
    """Whether words came into quotation marks, or out of them."""
    for old in route.old:
        new = texts.alignment.new_of[old]
        if new in route.new and texts.old.is_word(old) and texts.old.is_quoted(old) != texts.new.is_quoted(new):
            yield Difference("quotation marks: they open or close around other words", True)
            return


def _brief(exchange: Exchange) -> Exchange:
    """The first word on either side: what stands between several may have stayed."""
    return Exchange(exchange.texts, exchange.gone[:1], exchange.come[:1])
