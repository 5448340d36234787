"""How English writes dates.

In: a text. Out: what looks like a date, of which kind it is, and its parts by name; looked for near telling words only.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

import regex

from build_scripts.anchoring.anchor import Span

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_SHORT = {
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "sept": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
_NUMBERS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50}
_DAY = r"(?P<day>[0-3]?\d)(?:st|[nr]d|th)?"
_MONTH = r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
_WEEKDAY = r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_COUNT = r"(?P<count>\[?(?:\d{1,3}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")\]?)"
_UNIT = r"(?P<unit>day|week|weekend|month|year|decade|century|hour)"

_PATTERNS: dict[str, str] = {
    "iso": r"\b(?P<year>1[5-9]\d\d|20\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)\b",
    "full": rf"\b(?:{_WEEKDAY},?\s+)?{_MONTH},?\s+{_DAY}(?!\d)(?:,?\s+{_YEAR}\b)?(?!:\d)",
    "day_first": rf"\b(?:{_WEEKDAY},?\s+)?(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR}\b)?",
    "month": rf"\b{_MONTH},?\s+(?:of\s+)?{_YEAR}\b",
    "season": rf"\b(?:the\s+)?(?:(?P<season>spring|summer|autumn|winter)\s+(?:of\s+)?|(?P<fall>fall)\s+){_YEAR}\b",
    "quarter": rf"\b(?:the\s+)?(?P<quarter>first|second|third|fourth)[\s-]quarter\s+(?:of\s+)?{_YEAR}\b",
    "month_alone": r"\b(?:(?P<which>last|next|this)\s+|(?<=\b(?:in|since|until|from|during|early|late|between)\s|\bmid-)|(?<=\b(?:by|of|to|and)\s)(?!\w+\s+(?-i:\p{Lu}\p{Ll})))(?P<month>January|February|March|April|May|June|July|August|September|October|November|December)\b(?!\s+\d)",
    "ago": rf"\b(?:about\s+|around\s+|nearly\s+|almost\s+)?(?:{_COUNT}|(?P<few>a\s+few|several))\s+{_UNIT}s?\s+(?:ago|earlier)\b",
    "past": rf"\b(?:over\s+)?(?:the\s+)?(?P<side>past|last|previous|next|coming)\s+(?:{_COUNT}|(?P<few>few|several|couple\s+of))\s+{_UNIT}s\b",
    "past_one": r"\b(?:over\s+|during\s+|in\s+)?the\s+past\s+(?P<unit>week|month|year|decade)\b",
    "in": rf"\b(?:with)?in\s+(?:about\s+|around\s+)?{_COUNT}\s+{_UNIT}(?:s?['’]s?\s+(?P<time>time)\b|s?\b)",
    "vague": r"\b(?:the\s+)?recent\s+(?P<unit>day|week|month|year)s\b",
    "weekday": rf"\b(?:(?P<which>last|next|this|the\s+next|the\s+following|the\s+previous)\s+)?{_WEEKDAY}\b(?:\s+(?P<weeks>last\s+week|next\s+week|this\s+week))?",
    "relative": r"\b(?P<word>today|yesterday|tomorrow|tonight|this\s+(?:morning|afternoon|evening)|last\s+night|overnight)\b",
    "unit": r"\b(?P<which>this|last|next|earlier\s+this|later\s+this|(?<=\b(?:over|during|throughout)\s)the(?=\s+weekend)|the\s+previous|the\s+following|the\s+coming)\s+(?P<unit>week|weekend|month|year|decade|century|spring|summer|autumn|fall|winter)s?\b",
    "end": r"\b(?:the\s+)?(?:(?P<edge>end|start|beginning)\s+of\s+(?P<which>the|this|last|next)\s+(?P<unit>year|month|week)|(?P<unit2>year)[-\s]end)\b",
    "decade": r"\b(?:the\s+)?(?:early\s+|late\s+|mid-)?(?P<decade>1[5-9]\d0|20\d0)s\b",
    "year": r"(?<![\d.,$£€#/-])\b(?P<year>1[5-9]\d\d|20\d\d)\b(?![\d]|[.,/]\d|%|\s*(?:percent|per\s+cent|people|dollars|euros|pounds|miles|km|kilometers|kilometres|feet|metres|meters|tons|troops|soldiers|workers|jobs|homes))",
}
_DATE = regex.compile(
    "|".join(
        f"(?P<{name}_>{regex.sub('[(][?]P<([a-z0-9]+)>', rf'(?P<{name}_' + chr(92) + '1>', pattern)})"
        for name, pattern in _PATTERNS.items()
    ),
    regex.IGNORECASE,
)
_HINT = re.compile(
    r"\b(?:(?:1[5-9]|20)\d\ds?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August"
    r"|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    r"|(?i:ago|earlier|to(?:day|night|morrow)|yesterday|overnight|days?|weeks?|weekends?|months?|years?|decades?|centur(?:y|ies)"
    r"|hours?|spring|summer|autumn|fall|winter|morning|afternoon|evening|night))\b"
)
_BEFORE, _BEHIND = 32, 24
"""Characters on either side of a telling word that can be part of the same date: most dates have several such words."""


def written(text: str) -> Iterator[tuple[str, regex.Match[str], dict[str, str]]]:
    """What looks like a date, in order: its kind, where it stands, its parts.

    Near a telling word only: to try the whole pattern at every word takes four times as long.
    """
    for window in _windows(text):
        for found in _DATE.finditer(text, *window):
            kind = next(name for name in _PATTERNS if found[f"{name}_"] is not None)
            prefix = f"{kind}_"
            named = ((key, value) for key, value in found.groupdict().items() if value and key.startswith(prefix))
            yield kind, found, {key.removeprefix(prefix): value for key, value in named if key != prefix}


def month_number(word: str) -> int:
    """1 to 12, for a name, its short form or a number."""
    plain = word.lower().rstrip(".")
    return int(plain) if plain.isdigit() else _MONTHS.get(plain) or _SHORT[plain]


def count(parts: dict[str, str]) -> int:
    """The number that a date counts with; 1 where it gives none."""
    word = parts.get("count", "1").lower().strip("[]")
    return int(word) if word.isdigit() else _NUMBERS[word]


def _windows(text: str) -> list[Span]:
    """Where dates can stand; none overlaps another."""
    windows: list[Span] = []
    for hint in _HINT.finditer(text):
        start, end = max(0, hint.start() - _BEFORE), min(len(text), hint.end() + _BEHIND)
        if windows and start <= windows[-1].end:
            windows[-1] = Span(windows[-1].start, end)
        else:
            windows.append(Span(start, end))
    return windows
