"""Dates of publication as pages and files write them.

In: a text. Out: days; only forms that mean one day in every country: ISO 8601, and months by name in five languages.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import regex

_MONTHS = {
    1: "january januari januar janvier enero",
    2: "february februari februar février febrero",
    3: "march mars märz maart marzo",
    4: "april avril abril",
    5: "may mai mei mayo",
    6: "june juni juin junio",
    7: "july juli juillet julio",
    8: "august augusti août augustus agosto",
    9: "september septembre septiembre",
    10: "october oktober octobre octubre",
    11: "november novembre noviembre",
    12: "december dezember décembre diciembre",
}
_MONTH_OF = {name: number for number, names in _MONTHS.items() for name in names.split()}
_SHORT = {name[:3]: number for name, number in _MONTH_OF.items() if number not in (6, 7) or len(name) == len("juni")}
_NAME = r"(?P<month>\p{L}{3,10}+)\.?"
_DAY = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th|er|\.)?"
_YEAR = r"(?P<year>[12][0-9]{3})(?![0-9])"
_FORMS = tuple(
    regex.compile(form)
    for form in (
        rf"(?<![0-9]){_YEAR}-(?P<month>[01][0-9])-(?P<day>[0-3][0-9])(?![0-9])(?:[T ][0-9:.]*(?:Z|\s?[+-][0-9:]+)?)?",
        rf"(?<!\p{{L}}){_NAME},?\s{{1,2}}{_DAY},?\s{{1,2}}{_YEAR}",
        rf"(?<![0-9]){_DAY}\s{{1,2}}(?:de\s)?{_NAME},?\s{{1,2}}(?:de\s)?{_YEAR}",
    )
)
_LABEL = regex.compile(
    r"\b(?:(?P<later>(?:last )?(?:updated|modified|edited)|aktualisiert|mis à jour|actualizado)|"
    r"(?:first )?published|posted|date|created|publié|veröffentlicht|publicado)\b(?: (?:on|at|le|am|el)\b)?[ :]*",
    regex.IGNORECASE,
)
_BESIDE = regex.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|at|am|pm|"
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|"
    r"uhr|utc|gmt|[ecmp][sd]?t|bst|cest|cet|[ap]\.m)\b|[0-9]{1,2}(?:[:.h][0-9]{2}){1,2}(?:[ap]m\b)?|[0-9]{1,2} ?[ap]m\b",
    regex.IGNORECASE,
)
_MAX_LINE = 160


@dataclass(frozen=True, slots=True)
class DateLine:
    """What a line that says only dates says."""

    published: dt.date | None
    updated: dt.date | None


def date_in(text: str) -> dt.date | None:
    """The first day that ``text`` names."""
    found = [match for match in (form.search(text[:_MAX_LINE]) for form in _FORMS) if match]
    days = (_day(match) for match in sorted(found, key=lambda match: match.start()))
    return next(filter(None, days), None)


def date_line(text: str) -> DateLine | None:
    """The dates of a line that says nothing else; None for any other line."""
    if len(text) > _MAX_LINE:
        return None
    dates = {True: None, False: None} | dict(_dated(text))
    rest = text
    for part in (*_FORMS, _LABEL, _BESIDE):
        rest = part.sub(" ", rest)
    is_date = any(dates.values()) and not any(char.isalnum() for char in rest)
    return DateLine(dates[False], dates[True]) if is_date else None


def _dated(text: str) -> list[tuple[bool, dt.date]]:
    """Each day of ``text``, with whether it is that of a later change."""
    found = []
    for match in (match for form in _FORMS for match in form.finditer(text)):
        labels = [label for label in _LABEL.finditer(text) if label.start() < match.start()]
        day = _day(match)
        if day:
            found.append((bool(labels and labels[-1]["later"]), day))
    return found


def _day(match: regex.Match[str]) -> dt.date | None:
    name = match["month"].lower()
    month = (
        int(name)
        if name.isdecimal()
        else _MONTH_OF.get(name) or _SHORT.get(name[:4].rstrip("t") if name == "sept" else name)
    )
    try:
        return dt.date(int(match["year"]), month or 0, int(match["day"]))
    except ValueError:
        return None
