"""Dates that no calendar has: a wrong day of the week, a day that its month does not have.

In: a text in any language whose names of days and months are known. Out: findings. A date without a year is only held
against its weekday when it is near the day of publication and no other year is spoken of beside it.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import regex
from babel import Locale, UnknownLocaleError

from build_scripts.checks.consistency.finding import Finding, Text
from build_scripts.problems import Rule, shown

WEEKDAY = Rule(
    "weekday-of-date",
    "A date and the day of the week beside it belong together: *Friday, 31 May 2024* is right, *Thursday, 31 May 2024* is not. "
    "Without a year the date is taken to be near the day of publication.",
)
IMPOSSIBLE = Rule(
    "impossible-date", "A date is one that the calendar has: not *31 June*, and *29 February* only in a leap year."
)
RULES = (WEEKDAY, IMPOSSIBLE)

FIRST_YEAR = 1924
"""Before it, some countries counted days by the Julian calendar."""

NEAR = 60
"""Days from publication within which a date without a year is taken to be of the nearest year."""

_FEBRUARY = 2
_BESIDE = 300
"""Characters on either side in which another year makes the year of a date uncertain."""

_YEAR = regex.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_ISO = regex.compile(r"(?<![\w./-])(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>29|3[01])(?![\w/-])")
_LATE = ("-29", "-30", "-31")
_DIGITS = tuple("0123456789")
_ENDS = regex.compile(r"[ \u00a0]?(?:[,.;:!?)\]”\"–—]|\n|$)")
_THE = regex.compile(r"\bthe[ \u00a0]$", regex.IGNORECASE)
"""Before a number of things, too: *the 31 June arrests*."""
_BEFORE = regex.compile(
    r"\b(?:on|until|till|since|by|before|after|from|to|through|the|dated?)[ \u00a0]$", regex.IGNORECASE
)


_ORDINAL = r"st|[nr]d|th|er|º|\."
_LINK = r"(?:of|de|di|d’)[ ]?"
"""Between a day and its month."""

_OTHER_WORDS = frozenset(("Sun", "Sat", "Wed"))
"""A newspaper and two verbs, which are no days of the week."""

_ALSO_ENGLISH = {"Tues": 1, "Weds": 2, "Thurs": 3}


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of a language's days (Monday is 0) and months, and the patterns that are made of them.

    ``shortest``: where none of these stands, there is no name of a month. ``near``: a digit and a month, as in a date.
    """

    days: Mapping[str, int]
    months: Mapping[str, int]
    shortest: tuple[str, ...]
    near: re.Pattern[str]
    patterns: tuple[regex.Pattern[str], ...]

    def may_stand_in(self, line: str) -> bool:
        """Whether a line with a digit can hold a date: what tells so of most is the quicker, the earlier."""
        return any(name in line for name in self.shortest) and self.near.search(line) is not None


def check(text: Text) -> Iterator[Finding]:
    """Each date that can't be."""
    names = _names(text.language)
    if names:
        lines = [(start, start + len(line)) for start, line in text.lines_with(_DIGITS) if names.may_stand_in(line)]
        for pattern in names.patterns:
            for start, end in lines:  # no date goes on in another line
                for found in pattern.finditer(text.text, start, end):
                    yield from _date(text, names, found)
    for found in _ISO.finditer(text.text) if any(day in text.text for day in _LATE) else ():
        year, month, day = int(found["year"]), int(found["month"]), int(found["day"])
        if day > calendar.monthrange(year, month)[1]:
            yield _impossible(found, year, month)


def _date(text: Text, names: _Names, found: regex.Match[str]) -> Iterator[Finding]:
    month, day = names.months[found["month"]], int(found["day"])
    year = int(found["year"]) if found["year"] else 0
    weekday = (
        names.days[(found["weekday"] or found["behind"]).rstrip(".")] if found["weekday"] or found["behind"] else None
    )
    days = calendar.monthrange(year or 2000, month)[1]
    if day > days:
        if year or weekday is not None or _is_date(text, found):
            yield _impossible(found, year, month)
    elif weekday is not None and day:
        date = dt.date(year, month, day) if year else _near(text, month, day, found)
        if date and date.year >= FIRST_YEAR and date.weekday() != weekday:
            yield _wrong_weekday(names, found, date)


def _impossible(found: regex.Match[str], year: int, month: int) -> Finding:
    days = calendar.monthrange(year or 2000, month)[1]
    message = f"{shown(found[0].rstrip('.'))}: there is no such day"
    of_year = f" in {year}" if year and month == _FEBRUARY else ""
    return Finding(IMPOSSIBLE, found.start(), message, f"that month has {days} days{of_year}: look it up")


def _wrong_weekday(names: _Names, found: regex.Match[str], date: dt.date) -> Finding:
    right = next(name for name, number in names.days.items() if number == date.weekday())
    message = f"{shown(found[0].rstrip('.'))}: {date.isoformat()} is a {calendar.day_name[date.weekday()]}"
    return Finding(WEEKDAY, found.start(), message, f"correct the day or the date; with this date it is {right}")


def _is_date(text: Text, found: regex.Match[str]) -> bool:
    """Whether a day and a month without year or weekday are a date and not a number of things in a month."""
    if found["ordinal"] or text.language != "en":
        return True
    is_month_first = found.start("month") < found.start("day")
    if is_month_first or _THE.search(text.text, max(0, found.start() - 12), found.start()):
        return _ENDS.match(text.text, found.end()) is not None
    return _BEFORE.search(text.text, max(0, found.start() - 12), found.start()) is not None


def _near(text: Text, month: int, day: int, found: regex.Match[str]) -> dt.date | None:
    """The date nearest to publication; none where it may be one of another year."""
    today = text.published
    if not today or today.year in (dt.MINYEAR, dt.MAXYEAR):
        return None
    beside = text.text[max(0, found.start() - _BESIDE) : found.end() + _BESIDE]
    if any(int(year) != today.year for year in _YEAR.findall(beside)):
        return None
    years = (year for year in range(today.year - 1, today.year + 2) if day <= calendar.monthrange(year, month)[1])
    dates = (dt.date(year, month, day) for year in years)
    return next((date for date in dates if abs((date - today).days) <= NEAR), None)


@cache
def _names(language: str) -> _Names | None:
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return None
    days = _by_name(locale.days)
    months = _by_name(locale.months)
    days = {name: number for name, number in days.items() if name not in _OTHER_WORDS}
    if language == "en":
        days |= _ALSO_ENGLISH
        months |= {"Sept": 9}
    return (
        _Names(days, months, _shortest(months), _beside(months), _patterns(days, months)) if days and months else None
    )


def _shortest(names: Collection[str]) -> tuple[str, ...]:
    """The names that hold no other."""
    return tuple(name for name in names if not any(other in name for other in names if other != name))


def _by_name(widths: Mapping[str, Mapping[str, Mapping[int, str]]]) -> dict[str, int]:
    """Numbers by name, wide and abbreviated, inside a text and alone, also with a capital; the first is the usual one."""
    names = {
        spelling: number
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for number, name in widths[context][width].items()
        for spelling in (name.rstrip("."), name[:1].upper() + name[1:].rstrip("."))
    }
    return {name: number for name, number in names.items() if len(name) > 1 and name.replace("-", "").isalpha()}


def _patterns(days: Mapping[str, int], months: Mapping[str, int]) -> tuple[regex.Pattern[str], ...]:
    weekday, month = rf"(?P<weekday>{_any(days)})", rf"(?P<month>{_any(months)})"
    day = rf"(?P<day>[12]\d|3[01]|0?[1-9])(?P<ordinal>{_ORDINAL})?"
    year = r"(?P<year>(?:19|20)\d\d)(?!\d)"
    behind = rf"(?:[,]?[ ](?:\((?P<behind>{_any(days)})\)|a[ ](?P<behind>{_any(days)})(?=[,.;)])))?+"
    before = rf"(?<![\p{{L}}\p{{N}}])(?:{weekday}[.]?[,]?[ \u00a0](?:(?:the|den|der|dem|le|el|il|a)[ ])?+)?+"
    first = rf"{before}(?<![\p{{L}}\p{{N}}.,:/$€£-]){day}[ \u00a0](?:{_LINK})?+{month}(?!\p{{L}})[.]?(?:,?[ \u00a0](?:de[ ]|del[ ])?+{year})?+{behind}"
    second = (
        rf"{before}{month}[.,]?[ \u00a0]{day}(?![\p{{L}}\p{{N}}%]|[.,:/-]\d|-\p{{L}})(?:,?[ \u00a0]{year})?+{behind}"
    )
    return regex.compile(first), regex.compile(second)


def _beside(months: Iterable[str]) -> re.Pattern[str]:
    """The least that both patterns ask for."""
    month = "|".join(map(re.escape, months))
    return re.compile(rf"(?:{month})[.,]?[ \u00a0]\d|\d(?:{_ORDINAL})?[ \u00a0](?:{_LINK})?(?:{month})")


def _any(names: Mapping[str, int]) -> str:
    return "|".join(regex.escape(name) for name in sorted(names, key=len, reverse=True))
