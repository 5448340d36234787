"""Measurements given twice, in two units, that are not the same.

In: an English text. Out: findings, for conversions that no rounding explains.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

import regex

from build_scripts.checks.consistency.finding import Finding, Text
from build_scripts.checks.consistency.numbers import ABOUT, NUMBER, ROUNDED, SCALES, Interval, interval, is_about
from build_scripts.computing.compute import NotComputableError, in_unit
from build_scripts.problems import Rule, shown

if TYPE_CHECKING:
    from build_scripts.suggesting.measures import Measure

CONVERSION = Rule(
    "unit-conversion",
    "A measurement and its conversion are the same: *20 kilometres (12 miles)* is right, *20 kilometres (20 miles)* is not. "
    "Both numbers may be rounded, and more so behind words such as *about*.",
)
RULES = (CONVERSION,)

_MEANINGS = {
    "ton": ("short_ton", "long_ton", "metric_ton"),
    "gallon": ("gallon", "imperial_gallon"),
    "barrel": ("oil_bbl", "barrel"),
}
"""Words that mean several units: any of them will do."""

_DEGREES = {("celsius", "fahrenheit"): 9 / 5, ("fahrenheit", "celsius"): 5 / 9}
"""How many of the other are one degree, where no temperature but a difference is meant."""

_CHANGE = regex.compile(
    r"\b(?:warm|cool|hott|cold|ris|rose|fell|fall|drop|increas|decreas|swing|sw[au]ng|differen|chang|rang|climb|jump|plung|plummet|soar|above|below|by\b|more\b|less\b|up\b|down\b)",
    regex.IGNORECASE,
)
"""Words of a change of temperature, or of a difference."""

_SMALL = {"celsius": 30, "fahrenheit": 50}
"""Degrees up to which a difference can be meant without such a word."""

_PRINTED = regex.compile(rf"({NUMBER})(?:[ -]({'|'.join(SCALES)}))?")
_SIGN = regex.compile(rf"[\p{{L}}°²][ \u00a0]?\((?:{ABOUT}[ ])?-?\d|, or (?:{ABOUT}[ ])?-?\d")
_BRACKET_OR = re.compile(r"\(|, or ")
_WINDOW = 48
"""Characters on either side of a bracket or an *or* before a number that can be part of the same conversion."""

_BESIDE = regex.compile(r"[ \u00a0]?\(|, or ")
_PART = regex.compile(
    r"(?:\d[ \u00a0]?(?:[-–—x×]|to|and|or|by)[ \u00a0]?|[/½¼¾⅓⅔×]|\d[ \u00a0-]|\b(?:by|feet|foot|ft|pounds|stone|st)[ \u00a0])$"
)
_GOES_ON = regex.compile(r"[ \u00a0,-]{0,2}(?:\d|and \d|to \d|per\b|a\b|an\b|[½¼¾⅓⅔²³/×x])")
_MINUS = regex.compile(r"(?:(?<![\w)])[-−–]|\bminus[ \u00a0])$")
_REACH = 12


def check(text: Text) -> Iterator[Finding]:
    """Each conversion that is wrong. Other languages print numbers another way."""
    signs = list(_signs(text.text)) if text.language == "en" else []
    if not signs:
        return
    from build_scripts.suggesting.measures import measures  # noqa: PLC0415 -- slow to make ready, and few texts convert

    for start, words in _windows(text.text, signs):
        for one in measures(words):
            if one.same_as and _is_conversion(words, one, one.same_as):
                yield from _compared(start, words, one, one.same_as)


def _windows(text: str, signs: Iterable[regex.Match[str]]) -> Iterator[tuple[int, str]]:
    """Where conversions can stand; none overlaps another."""
    start = end = 0
    for sign in signs:
        if sign.start() - _WINDOW > end:
            yield start, text[start:end]
            start = sign.start() - _WINDOW
        end = sign.end() + _WINDOW
    yield start, text[start:end]


def _signs(text: str) -> Iterator[regex.Match[str]]:
    """A bracket or an *or* before a number, each with a letter or sign before the bracket."""
    for found in _BRACKET_OR.finditer(text):
        at = found.start()
        for start in (at - 2, at - 1) if found[0] == "(" else (at,):
            sign = _SIGN.match(text, start) if start >= 0 else None
            if sign and sign.end() > at:
                yield sign
                break


def _is_conversion(text: str, one: Measure, other: Measure) -> bool:
    """Whether the second is nothing but the first again: no part of a range, a size or a fraction."""
    between = text[one.span.end : other.span.start]
    is_part = _PART.search(text, max(0, one.span.start - _REACH), one.span.start)
    goes_on = _GOES_ON.match(text, other.span.end)
    in_brackets = "(" in between
    closes = not in_brackets or text[other.span.end : other.span.end + 1] in (")", ",", ";", "/")
    return bool(_BESIDE.match(between)) and not is_part and not goes_on and closes


def _compared(start: int, text: str, one: Measure, other: Measure) -> Iterator[Finding]:
    given, converted = _interval(text, one), _interval(text, other)
    meant = [*_in_other_unit(given, one.unit, other.unit), *_difference(given, text, one, other)]
    if not meant or any(possible.meets(converted) for possible in meant):
        return
    first = meant[0]
    words = text[one.span.start : other.span.end] + (")" if "(" in text[one.span.end : other.span.start] else "")
    right = f"{first.low:.4g} to {first.high:.4g}"
    message = f"{shown(words)} is not the same in both units"
    hint = f"{shown(text[slice(*one.span)])}, rounded as it is, means {right} in the other unit: correct one of the two"
    yield Finding(CONVERSION, start + one.span.start, message, hint)


def _interval(text: str, measure: Measure) -> Interval:
    """What the printed number can mean, in its own unit."""
    printed = _PRINTED.search(text, *measure.span)
    assert printed is not None  # noqa: S101 -- a measure holds a number
    meant = interval(printed[1], round_zeros=True)
    if is_about(text, measure.span.start):
        meant = meant.wider(ROUNDED)
    factor = SCALES.get(printed[2] or "", 1.0)
    low, high = meant.low * factor, meant.high * factor
    return (
        Interval(-high, -low)
        if _MINUS.search(text, max(0, printed.start() - _REACH), printed.start())
        else Interval(low, high)
    )


def _in_other_unit(given: Interval, unit: str, to: str) -> Iterator[Interval]:
    """What the interval is in another unit: several, where a word means several units; none for other kinds of units."""
    for mine in _MEANINGS.get(unit, (unit,)):
        for theirs in _MEANINGS.get(to, (to,)):
            line = _line(mine, theirs)
            if line:
                yield Interval(line[0] + line[1] * given.low, line[0] + line[1] * given.high)


def _difference(given: Interval, text: str, one: Measure, other: Measure) -> Iterator[Interval]:
    """What degrees are in other degrees where a difference may be meant."""
    factor = _DEGREES.get((one.unit, other.unit))
    before, behind = (
        text[max(0, one.span.start - _WINDOW) : one.span.start],
        text[other.span.end : other.span.end + _WINDOW],
    )
    line = before.rpartition("\n")[2] + behind.partition("\n")[0]
    if factor and (given.low <= _SMALL[one.unit] or _CHANGE.search(line)):
        yield Interval(given.low * factor, given.high * factor)


@cache
def _line(unit: str, to: str) -> tuple[float, float] | None:
    """What nothing of a unit is in another, and how many of that one more is; None for other kinds of units."""
    try:
        zero, one = in_unit(0, unit, to), in_unit(1, unit, to)
    except NotComputableError:
        return None
    return zero, one - zero
