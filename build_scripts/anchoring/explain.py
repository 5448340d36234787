"""Why a selector selects nothing, or too much, told to an editor with the way out.

In: a text, a selector that does not anchor. Out: a problem that names every candidate with line and column.
"""

from __future__ import annotations

import json

from build_scripts.anchoring.anchor import Selector, Span, alike, candidates
from build_scripts.problems import Problem, Rule, Severity, shown
from build_scripts.reading.prose import Prose
from build_scripts.source import Place

WORDS_GONE = Rule(
    "words-gone",
    "The words of an annotation do not stand in the article. They are written as a reader sees them: without markup, a line "
    "break in the source is one space. When the text has changed, change the annotation with it.",
)
AMBIGUOUS_QUOTE = Rule(
    "ambiguous-quote",
    "The words of an annotation stand in more than one place. Say which with `occurrence: 2`, or with what stands directly "
    'before or after: `prefix: "the city of "`; `all: true` takes every place.',
    mending="says which place is meant, where the text changed elsewhere and the words are where they were at the last commit",
)
STRAYED = Rule(
    "anchor-strayed",
    "An annotation still selects words, but not those that it was written for: these are gone since the text changed, and "
    "others look the same. Anchor it anew or take it out; if it is meant where it stands, say so with `prefix`, `suffix` or "
    "`occurrence`.",
)
CLAIM_CHANGED = Rule(
    "claim-changed",
    "The words of a published check still stand, but what is right beside them changed, so that they can mean something else: "
    "a `not`, a `could`, a unit, quotation marks. Read the check again; any change of its file, such as the date in "
    "`checked` or `state: in-review`, says that somebody did.",
)
QUOTE_CHANGED = Rule(
    "quote-changed",
    "The words of a quotation still stand, but what is right beside them changed: quotation marks open or close elsewhere, or a "
    "`not` came or went. See whether `kind` and the words are still right.",
    Severity.WARNING,
)
RULES = (WORDS_GONE, AMBIGUOUS_QUOTE, STRAYED, CLAIM_CHANGED, QUOTE_CHANGED)


def explain(prose: Prose, selector: Selector, place: Place) -> Problem:
    """The problem of a selector that selects nothing, or too much, with the way out as hint."""
    found = candidates(prose.text, selector)
    if len(found) > 1 and selector.occurrence is None:
        message = f"{shown(selector.exact)} occurs {len(found)} times: {_places(prose, found)}"
        return AMBIGUOUS_QUOTE.problem(place, message, f"add `occurrence: {len(found)}`, or a prefix or suffix")
    if found:
        message = (
            f"{shown(selector.exact)} occurs {_times(len(found))}, not {selector.occurrence}: {_places(prose, found)}"
        )
        return WORDS_GONE.problem(place, message, f"write `occurrence: {len(found)}`")
    bare = candidates(prose.text, Selector(selector.exact))
    if bare:
        message = (
            f"{shown(selector.exact)} stands in the text, but not with this prefix and suffix: {_places(prose, bare)}"
        )
        return WORDS_GONE.problem(place, message, "copy what stands directly before and after, spaces included")
    near = alike(prose.text, selector.exact)
    if near:
        words = prose.text[near[0].start : near[0].end]
        message = (
            f"{shown(selector.exact)} does not stand in the text; nearly the same words do: {_places(prose, near)}"
        )
        return WORDS_GONE.problem(place, message, f"did you mean `exact: {as_yaml(words)}`?")
    message = f"{shown(selector.exact)} does not stand in {prose.source.path}"
    return WORDS_GONE.problem(place, message, "copy the words as a reader sees them, or delete the annotation")


def _places(prose: Prose, spans: list[Span], limit: int = 10) -> str:
    """``article.md:3:14, 4:14``; at most ``limit`` of them."""
    places = [prose.place(span.start) for span in spans[:limit]]
    name = places[0].path.rpartition("/")[2]
    more = f" and {len(spans) - limit} more" if len(spans) > limit else ""
    return f"{name}:" + ", ".join(f"{place.line}:{place.column}" for place in places) + more


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def as_yaml(words: str) -> str:
    """``words`` as YAML in double quotes, which are JSON's; what does not print is escaped, so that it can be pasted."""
    written = json.dumps(words, ensure_ascii=False)
    return "".join(char if char.isprintable() else json.dumps(char)[1:-1] for char in written)
