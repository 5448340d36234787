"""Dates in a text, as days, months, years or spans of days.

In: an English text and the day of its publication, where known. Out: the words, and the days that they mean: of the
days that they could mean, the one nearest before publication, or behind it where the sentence looks ahead. Without a
day of publication, what depends on it stays open and says so.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import regex

from build_scripts.anchoring.anchor import Span
from build_scripts.suggesting.date_forms import count, month_number, written

_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_QUARTERS = ("first", "second", "third", "fourth")
_ALONE = frozenset(["iso", "full", "day_first", "month", "season", "quarter", "year", "in"])
"""Kinds of dates that need no day of publication, or are none without one."""

_FEW = 7
"""Days that ``recent days`` may mean."""

_AHEAD = regex.compile(
    r"\b(?:will|shall|would|plans?|planned|planning|expected|scheduled|due|set|upcoming|to\s+be|is\s+to|are\s+to|going\s+to|until|deadline|hopes?|aims?|ahead)\b"
)
_PAST = regex.compile(
    r"\b(?:was|were|had|did|said|told|held|took|came|went|began|ran|saw|won|lost|met|left|made|got|gave|fell|rose|broke|brought|(?<!\bbe\s)[a-z]\w*ed)\b"
)
_REACH = 80
"""Characters on either side in which a sentence shows that it looks ahead."""


@dataclass(frozen=True, slots=True)
class Dated:
    """Words that mean a time. ``value``: YYYY-MM-DD, YYYY-MM or YYYY; else ``start`` and ``end``, days.

    ``is_vague``: no more than the span is certain. ``note``: why it stays open.
    """

    span: Span
    rule: str
    value: str = ""
    start: dt.date | None = None
    end: dt.date | None = None
    is_vague: bool = False
    note: str = ""


def dates(text: str, published: dt.date | None) -> list[Dated]:
    """All dates, in order."""
    return list(_Grammar(text, published).dates())


class _Grammar:
    """The dates of one text; a year that a date leaves out is that of publication, or the one before."""

    def __init__(self, text: str, published: dt.date | None) -> None:
        self._text = text
        self._published = published
        self._readers: dict[str, Callable[[regex.Match[str], dict[str, str]], Dated | None]] = {
            "iso": self._day, "full": self._day, "day_first": self._day, "month": self._month, "month_alone": self._month_alone,
            "season": self._season, "quarter": self._quarter, "past_one": self._past, "in": self._in,
            "ago": self._ago, "past": self._past, "vague": self._recent, "weekday": self._weekday, "relative": self._relative,
            "unit": self._unit, "end": self._end, "decade": self._decade, "year": self._year,
        }  # fmt: skip

    def dates(self) -> Iterator[Dated]:
        for kind, found, parts in written(self._text):
            if kind == "month_alone" and not _is_name_of_month(found[0]):
                continue
            read = self._readers[kind](found, parts)
            if read is None and self._published is None and kind not in _ALONE:
                read = Dated(_span(found), kind, note="depends on the day of publication, which is not known")
            if read:
                yield read

    # --- dates with a day or a month ----------------------------------------------------------------------------------

    def _day(self, found: regex.Match[str], parts: dict[str, str]) -> Dated | None:
        month, day = month_number(parts["month"]), int(parts["day"])
        if not parts["month"].isdigit() and not parts["month"][0].isupper():
            return None
        year = (
            int(parts["year"]) if "year" in parts else self._nearest_year(month, day, found, parts.get("weekday", ""))
        )
        if not year:
            return Dated(_span(found), "day", note="depends on the day of publication, which is not known")
        try:
            return Dated(_span(found), "day", dt.date(year, month, day).isoformat())
        except ValueError:
            return None

    def _nearest_year(self, month: int, day: int, found: regex.Match[str], weekday: str) -> int:
        """The year that brings the day nearest to publication: before it, but for what lies ahead; on the weekday, if any."""
        here = self._published
        if not here:
            return 0
        near = [dt.date(year, month, day) for year in range(here.year - 1, here.year + 2) if _exists(year, month, day)]
        is_ahead = self._looks_ahead(found)

        def distance(one: dt.date) -> int:
            is_other_side = one != here and (one > here) != is_ahead
            return abs((one - here).days) + (_HALF_YEAR if is_other_side else 0)

        nearest = min(near, key=distance).year if near else here.year
        years = range(nearest, nearest - _YEARS, -1) if weekday else ()
        fitting = (
            year for year in years if _exists(year, month, day) and _falls_on(dt.date(year, month, day), weekday)
        )
        return next(fitting, nearest)

    def _month(self, found: regex.Match[str], parts: dict[str, str]) -> Dated:
        return Dated(_span(found), "month", f"{parts['year']}-{month_number(parts['month']):02}")

    def _month_alone(self, found: regex.Match[str], parts: dict[str, str]) -> Dated | None:
        if not self._published:
            return None
        month, here = month_number(parts["month"]), self._published
        is_ahead = parts.get("which", "").lower() == "next" or self._looks_ahead(found)
        year = here.year + (month < here.month) if is_ahead else here.year - (month > here.month)
        if parts.get("which", "").lower() == "last" and month == here.month:
            year -= 1
        return Dated(_span(found), "month", f"{year}-{month:02}")

    def _season(self, found: regex.Match[str], parts: dict[str, str]) -> Dated:
        first = dt.date(int(parts["year"]), _SEASONS[parts.get("season", "fall").lower()], 1)
        return Dated(_span(found), "season", start=first, end=_add_months(first, 3) - dt.timedelta(1))

    def _quarter(self, found: regex.Match[str], parts: dict[str, str]) -> Dated:
        first = dt.date(int(parts["year"]), 1 + 3 * _QUARTERS.index(parts["quarter"].lower()), 1)
        return Dated(_span(found), "quarter", start=first, end=_add_months(first, 3) - dt.timedelta(1))

    def _year(self, found: regex.Match[str], parts: dict[str, str]) -> Dated:
        return Dated(_span(found), "year", parts["year"])

    def _decade(self, found: regex.Match[str], parts: dict[str, str]) -> Dated:
        first = int(parts["decade"])
        return Dated(_span(found), "decade", start=dt.date(first, 1, 1), end=dt.date(first + 9, 12, 31), is_vague=True)

    # --- dates that depend on publication -----------------------------------------------------------------------------

    def _weekday(self, found: regex.Match[str], parts: dict[str, str]) -> Dated | None:
        if not parts["weekday"][0].isupper() or not self._published:
            return None
        here, wanted = self._published, _DAYS.index(parts["weekday"].lower())
        back, ahead = (here.weekday() - wanted) % 7, (wanted - here.weekday()) % 7
        which, weeks = (
            " ".join(parts.get("which", "").lower().split()),
            " ".join(parts.get("weeks", "").lower().split()),
        )
        if weeks:
            monday = (
                here
                - dt.timedelta(here.weekday())
                + dt.timedelta(7 * (("last week", "this week", "next week").index(weeks) - 1))
            )
            day = monday + dt.timedelta(wanted)
        elif which in ("next", "the next", "the following"):
            day = here + dt.timedelta(ahead or 7)
        elif which == "last":
            day = here - dt.timedelta(back or 7)
        elif which == "this":
            day = (
                here + dt.timedelta(ahead)
                if self._looks_ahead(found) or not self._looks_back(found)
                else here - dt.timedelta(back)
            )
        else:
            day = here + dt.timedelta(ahead) if self._looks_ahead(found) and back else here - dt.timedelta(back)
        return Dated(_span(found), "weekday", day.isoformat())

    def _relative(self, found: regex.Match[str], parts: dict[str, str]) -> Dated | None:
        if not self._published:
            return None
        word = " ".join(parts["word"].lower().split())
        shift = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(word, 0)
        return Dated(_span(found), "relative", (self._published + dt.timedelta(shift)).isoformat())

    def _unit(self, found: regex.Match[str], parts: dict[str, str]) -> Dated | None:
        if not self._published:
            return None
        which, unit = " ".join(parts["which"].lower().split()), parts["unit"].lower()
        shift = {"last": -1, "the previous": -1, "next": 1, "the following": 1, "the coming": 1}.get(which, 0)
        return self._shifted(_span(found), unit, shift, is_past=self._looks_back(found))

    def _shifted(self, span: Span, unit: str, shift: int, *, is_past: bool) -> Dated:
        here = self._published
        assert here is not None  # noqa: S101 -- asked only with a day of publication
        if unit == "year":
            return Dated(span, "unit", str(here.year + shift))
        if unit == "month":
            return Dated(span, "unit", _add_months(here, shift).isoformat()[:7])
        if unit in _SEASONS:
            return _season(span, unit, here, shift)
        if unit in ("decade", "century"):
            size = 10 if unit == "decade" else 100
            first = max(1, here.year // size * size + shift * size)
            return Dated(span, "unit", start=dt.date(first, 1, 1), end=dt.date(first + size - 1, 12, 31), is_vague=True)
        monday = here - dt.timedelta(here.weekday()) + dt.timedelta(7 * shift)
        if unit == "weekend":
            saturday = monday + dt.timedelta(5)
            if saturday > here and (shift < 0 or (not shift and is_past and here.weekday() < _THURSDAY)) and shift >= 0:
                saturday -= dt.timedelta(7)
            return Dated(span, "unit", start=saturday, end=saturday + dt.timedelta(1))
        return Dated(span, "unit", start=monday, end=monday + dt.timedelta(6))

    def _ago(self, found: regex.Match[str], parts: dict[str, str]) -> Dated | None:
        if not self._published:
            return None
        number, unit = count(parts), parts["unit"].lower()
        if "few" in parts:
            return Dated(_span(found), "ago", start=_back(self._published, unit, 7), end=self._published, is_vague=True)
        day = _back(self._published, unit, number)
        if unit in ("year", "decade", "century"):
            return Dated(_span(found), "ago", str(day.year))
        return Dated(_span(found), "ago", day.isoformat()[:7] if unit == "month" else day.isoformat())

    def _in(self, found: regex.Match[str], parts: dict[str, str]) -> Dated | None:
        """``in two weeks``, where the sentence looks ahead; else it tells how long something took."""
        if not self._published or not ("time" in parts or self._looks_ahead(found)):
            return None
        day, unit = _back(self._published, parts["unit"].lower(), -count(parts)), parts["unit"].lower()
        value = day.isoformat()[: {"month": 7, "year": 4, "decade": 4, "century": 4}.get(unit, 10)]
        return Dated(_span(found), "in", value)

    def _past(self, found: regex.Match[str], parts: dict[str, str]) -> Dated | None:
        if not self._published:
            return None
        unit, number = parts["unit"].lower(), _FEW if "few" in parts else count(parts)
        if parts.get("side", "past").lower() in ("next", "coming"):
            return Dated(
                _span(found), "past", start=self._published, end=_back(self._published, unit, -number), is_vague=True
            )
        return Dated(
            _span(found), "past", start=_back(self._published, unit, number), end=self._published, is_vague=True
        )

    def _recent(self, found: regex.Match[str], parts: dict[str, str]) -> Dated | None:
        if not self._published:
            return None
        return Dated(
            _span(found),
            "vague",
            start=_back(self._published, parts["unit"].lower(), _FEW),
            end=self._published,
            is_vague=True,
        )

    def _end(self, found: regex.Match[str], parts: dict[str, str]) -> Dated | None:
        if not self._published:
            return None
        here, unit = self._published, parts.get("unit", "year").lower()
        shift = {"last": -1, "next": 1}.get(parts.get("which", "").lower(), 0)
        if unit == "week":
            return self._shifted(_span(found), "week", shift, is_past=False)
        first = dt.date(here.year + shift, 1, 1) if unit == "year" else _add_months(here.replace(day=1), shift)
        behind = dt.date(first.year + 1, 1, 1) if unit == "year" else _add_months(first, 1)
        is_start = parts.get("edge", "end").lower() != "end"
        return Dated(_span(found), "end", (first if is_start else behind - dt.timedelta(1)).isoformat())

    # --- the sentence around ------------------------------------------------------------------------------------------

    def _looks_ahead(self, found: regex.Match[str]) -> bool:
        """Whether the sentence, before or right behind the date, tells of what is to come, and of nothing past between."""
        before, behind = self._around(found)
        ahead = [one.end() for one in _AHEAD.finditer(before)]
        past = [one.end() for one in _PAST.finditer(before)]
        if ahead:
            return not past or ahead[-1] >= past[-1]
        first_ahead, first_past = _AHEAD.search(behind), _PAST.search(behind)
        return not past and first_ahead is not None and (first_past is None or first_ahead.start() < first_past.start())

    def _looks_back(self, found: regex.Match[str]) -> bool:
        before, behind = self._around(found)
        return not self._looks_ahead(found) and bool(_PAST.search(before) or _PAST.search(behind))

    def _around(self, found: regex.Match[str]) -> tuple[str, str]:
        before = self._text[max(0, found.start() - _REACH) : found.start()]
        behind = self._text[found.end() : found.end() + _REACH]
        start = max(before.rfind(". "), before.rfind("\n"), before.rfind('" '), before.rfind("” "))
        ends = [at for at in (behind.find(". "), behind.find("\n")) if at >= 0]
        return before[start + 1 :], behind[: min(ends, default=len(behind))]


_YEARS = 3
"""Years that a weekday decides between: an older year stands beside its day, and a weekday that fits none is a slip."""

_HALF_YEAR, _THURSDAY = 183, 3


def _span(found: regex.Match[str]) -> Span:
    return Span(*found.span())


def _is_name_of_month(words: str) -> bool:
    return words.rsplit(maxsplit=1)[-1][0].isupper()


def _falls_on(day: dt.date, weekday: str) -> bool:
    return _DAYS[day.weekday()] == weekday.lower()


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]  # noqa: PLR2004 -- months


def _add_months(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return day
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _back(day: dt.date, unit: str, count: int) -> dt.date:
    """The day so many units before; behind for a negative count."""
    months = {"month": 1, "year": 12, "decade": 120, "century": 1200}.get(unit)
    if months:
        return _add_months(day, -months * count)
    days = {"week": 7, "weekend": 7, "hour": 0}.get(unit, 1) * count
    return day - dt.timedelta(days if unit != "hour" else count // 24)


def _season(span: Span, unit: str, here: dt.date, shift: int) -> Dated:
    first = dt.date(here.year, _SEASONS[unit], 1)
    if shift < 0 and first > here - dt.timedelta(92):
        first = dt.date(here.year - 1, _SEASONS[unit], 1)
    if shift > 0 and first <= here:
        first = dt.date(here.year + 1, _SEASONS[unit], 1)
    return Dated(span, "unit", start=first, end=_add_months(first, 3) - dt.timedelta(1))
