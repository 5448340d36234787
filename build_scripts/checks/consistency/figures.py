"""Arithmetic in a sentence: a change in per cent, a sum.

In: an English text. Out: findings, in patterns that leave no doubt what is reckoned, where no rounding explains the result.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from build_scripts.checks.consistency.finding import Finding, Text
from build_scripts.checks.consistency.numbers import ABOUT, NUMBER, ROUNDED, SCALES, Interval, interval, is_about
from build_scripts.problems import Rule, Severity, shown

PERCENT = Rule(
    "percent-change",
    "A change in per cent is that of the two numbers beside it: *rose from 20 to 30, or 50 percent*, not *40 percent*.",
    Severity.WARNING,
)
SUM = Rule(
    "sum", "Parts add up to the whole beside them: *3 men and 4 women, 7 in all*, not *8 in all*.", Severity.WARNING
)
RULES = (PERCENT, SUM)

_S = r"[ \u00a0]"


def _amount(name: str) -> str:
    return (
        rf"(?P<about_{name}>{ABOUT}{_S})?+(?P<sign_{name}>[$€£]|US\$)?+(?P<{name}>{NUMBER})(?![\d.,]\d)"
        rf"(?:{_S}(?P<scale_{name}>{'|'.join(SCALES)}))?+(?P<percent_{name}>{_S}?(?:%|percent|per cent))?+(?!\p{{L}}|-|/|:\d)"
    )


_PER_CENT = rf"(?P<about>{ABOUT}{_S})?+(?P<percent>{NUMBER}){_S}?(?:%|percent\b|per{_S}cent\b)(?!{_S}(?:of|points?)\b)"
_RISE = r"(?:increase|rise|jump|growth|gain|surge|decrease|fall|drop|decline|reduction|cut)"
_ROSE = (
    r"(?:rose|risen|rising|grew|grown|growing|increased|increasing|climbed|jumped|surged|gained|up|fell|fallen|falling|dropp(?:ed|ing)"
    r"|declin(?:ed|ing)|decreased|decreasing|shrank|slipped|down|(?:increase|rise|fall|drop|decline|growth)(?: of)?)"
)
_UNITS = rf"(?:{_S}\p{{Ll}}{{1,20}}){{0,2}}?"
_CHANGES = (
    (
        rf"\bfrom{_S}{_amount('a')}{_UNITS}{_S}to{_S}{_amount('b')}{_UNITS}"
        rf"(?:,?{_S}(?:or|an?{_S}(?:\p{{Ll}}{{3,12}}{_S})?{_RISE}{_S}of){_S}|{_S}\((?:an?{_S}{_RISE}{_S}of{_S}|up{_S}|down{_S}|[+−-])?){_PER_CENT}(?=[^\p{{L}}\p{{N}}]|$)"
    ),
    rf"\b{_ROSE}{_S}(?:by{_S})?{_PER_CENT},?{_S}from{_S}{_amount('a')}{_UNITS}{_S}to{_S}{_amount('b')}",
    rf"\b{_ROSE}{_S}(?:by{_S})?{_PER_CENT},?{_S}to{_S}{_amount('b')}{_UNITS},?{_S}from{_S}{_amount('a')}",
    rf"\bfrom{_S}{_amount('a')}{_UNITS}{_S}to{_S}{_amount('b')}{_UNITS},?{_S}an?{_S}{_PER_CENT}{_S}{_RISE}\b",
    rf"\bto{_S}{_amount('b')}{_UNITS}{_S}from{_S}{_amount('a')}{_UNITS},?{_S}an?{_S}{_PER_CENT}{_S}{_RISE}\b",
)
_AGES_NEAR = regex.compile(r"\b(?:ages?|aged|years?|months?|pages?|grades?|voters)\b", regex.IGNORECASE)
"""Numbers that name a group and do not change."""
_BEFORE = 30
_PERCENT_NEAR = ("%", "percent", "per cent")
_YEARS = range(1500, 2100)
_THOUSAND = 1000

_NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty"
)
_WORDS = {word: number for number, word in enumerate(_NUMBERS.split())}
_COUNT = rf"(?:{'|'.join(_WORDS)}|\d{{1,3}}(?:,\d{{3}})?)"
_THING = rf"(?:{_S}\p{{Ll}}[\p{{Ll}}-]{{2,20}}){{1,2}}"
_PART = rf"(?<!\d[.,]|[$€£])\b(?P<part>{_COUNT}){_THING}"
_ALL = r"(?:people|persons|dead|casualties|victims|children|members|prisoners|passengers|adults|animals)\b"
_PARTS = rf"{_PART}(?:,{_S}{_PART}){{0,4}},?{_S}and{_S}{_PART}"
_SUMS = (
    rf"{_PARTS},{_S}(?:(?:a|for{_S}a){_S}total{_S}of{_S}(?P<all>{_COUNT})\b(?!{_S}(?!{_ALL}|and\b|in\b|on\b|at\b|were\b|are\b)\p{{L}})|(?P<all>{_COUNT}){_S}(?:in{_S}all|altogether|in{_S}total)\b)",
    rf"\b(?P<all>{_COUNT}){_S}(?:people|persons|dead|victims|children|members|prisoners|passengers|adults|animals){_S}?(?:\(|[–—]{_S}?){_PARTS}{_S}?[)–—]",
)  # fmt: skip
_SUM_WORDS = (
    "in all", "total", "altogether", "people", "persons", "dead", "victims", "children", "members", "prisoners", "passengers",
    "adults", "animals",
)  # fmt: skip
_SUM_SIGNS = tuple(",(–—")
"""One of them stands between the parts and the sum."""
_SUM_NEAR = regex.compile(rf"\b(?:{'|'.join(_SUM_WORDS)})\b", regex.IGNORECASE)


def check(text: Text) -> Iterator[Finding]:
    """Each change and each sum that is wrong."""
    if text.language != "en":
        return
    for start, line in text.lines_with(_PERCENT_NEAR):
        for pattern in _ready(_CHANGES):
            for found in pattern.finditer(line):
                yield from _change(line, start, found)
    for start, line in text.lines_with(_SUM_SIGNS):
        folded = line.casefold()  # to look for words is faster than for what they may be part of
        if "and" in folded and any(word in folded for word in _SUM_WORDS) and _SUM_NEAR.search(line):
            for pattern in _ready(_SUMS, regex.IGNORECASE):
                for found in pattern.finditer(line):
                    yield from _sum(start, found)


@cache
def _ready(patterns: tuple[str, ...], flags: int = 0) -> tuple[regex.Pattern[str], ...]:
    """Patterns that take longer to make ready than many a text to check: when the first text may hold what they mean."""
    return tuple(regex.compile(pattern, flags) for pattern in patterns)


def _change(line: str, start: int, found: regex.Match[str]) -> Iterator[Finding]:
    signs = {sign for sign in (found["sign_a"], found["sign_b"]) if sign}
    is_group = _AGES_NEAR.search(line, max(0, found.start() - _BEFORE), found.end())
    if is_group or _are_years(found) or len(signs) > 1:
        return
    said = interval(found["percent"])
    if found["about"] or is_about(line, found.start("percent")):
        said = said.wider(ROUNDED)
    possible = list(_changes(found))
    if not possible or any(change.meets(said) for change in possible):
        return
    one, other = (sum(_scaled(found, name, 1)) for name in ("a", "b"))
    message = f"{shown(found[0], 90)}: the change is {abs(other - one) / one * 100:.3g} percent"
    yield Finding(PERCENT, start + found.start(), message, "correct the numbers or the change")


def _are_years(found: regex.Match[str]) -> bool:
    plain = [found[name] for name in ("a", "b") if not found[f"sign_{name}"] and not found[f"scale_{name}"]]
    return len(plain) > 1 and all(number.isdigit() and int(number) in _YEARS for number in plain)


def _changes(found: regex.Match[str]) -> Iterator[Interval]:
    """The changes in per cent that can be meant: where one scale stands for both numbers, or shares change by points."""
    scales = {name: SCALES.get(found[f"scale_{name}"] or "", 1.0) for name in ("a", "b")}
    options = [scales] if found["scale_a"] or not found["scale_b"] else [scales, {"a": scales["b"], "b": scales["b"]}]
    for option in options:
        one, other = (_scaled(found, name, option[name]) for name in ("a", "b"))
        if one.low > 0:
            ends = [abs(b - a) / a * 100 for a in one for b in other]
            yield Interval(0 if one.meets(other) else min(ends), max(ends))
        if found["percent_b"]:
            points = [abs(b - a) for a in one for b in other]
            yield Interval(min(points), max(points))


def _scaled(found: regex.Match[str], name: str, scale: float) -> Interval:
    meant = interval(found[name], round_zeros=float(found[name].replace(",", "")) >= _THOUSAND)
    if found[f"about_{name}"]:
        meant = meant.wider(ROUNDED)
    return Interval(meant.low * scale, meant.high * scale)


def _sum(start: int, found: regex.Match[str]) -> Iterator[Finding]:
    parts, whole = [_count(part) for part in found.captures("part")], _count(found["all"])
    if sum(parts) != whole:
        message = f"{shown(found[0], 90)}: the parts add up to {sum(parts)}"
        yield Finding(SUM, start + found.start(), message, "correct the parts or the sum")


def _count(words: str) -> int:
    plain = words.replace(",", "").lower()
    return int(plain) if plain.isdigit() else _WORDS[plain]
