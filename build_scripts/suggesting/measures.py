"""Measurements in a text: a number and a unit, and the same again in another unit behind it.

In: a text. Out: numbers with units, in pairs where the text converts one into the other: ``20 kilometers (12 miles)``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from build_scripts.anchoring.anchor import Span

_UNITS: dict[str, tuple[str, ...]] = {
    "kilometre": ("kilometers", "kilometer", "kilometres", "kilometre", "km", "kms"),
    "mile": ("miles", "mile", "mi"),
    "metre": ("meters", "meter", "metres", "metre", "m"),
    "centimetre": ("centimeters", "centimeter", "centimetres", "centimetre", "cm"),
    "millimetre": ("millimeters", "millimeter", "millimetres", "millimetre", "mm"),
    "yard": ("yards", "yard", "yd"),
    "foot": ("feet", "foot", "ft"),
    "inch": ("inches", "inch", "in."),
    "nautical_mile": ("nautical miles", "nautical mile"),
    "kilometre/hour": (
        "kilometers per hour",
        "kilometres per hour",
        "kilometers an hour",
        "kilometres an hour",
        "kph",
        "km/h",
    ),
    "mile/hour": ("miles per hour", "miles an hour", "mph"),
    "kilometre**2": (
        "square kilometers",
        "square kilometres",
        "square kilometer",
        "square kilometre",
        "sq km",
        "km²",
    ),
    "mile**2": ("square miles", "square mile", "sq miles", "sq mi"),
    "metre**2": ("square meters", "square metres", "m²"),
    "foot**2": ("square feet", "square foot", "sq ft"),
    "hectare": ("hectares", "hectare", "ha"),
    "acre": ("acres", "acre"),
    "kilogram": ("kilograms", "kilogram", "kilos", "kilo", "kg"),
    "gram": ("grams", "gram", "g"),
    "pound": ("pounds", "pound", "lbs", "lb"),
    "ounce": ("ounces", "ounce", "oz"),
    "metric_ton": ("metric tons", "metric ton", "tonnes", "tonne"),
    "ton": ("tons", "ton"),
    "litre": ("liters", "liter", "litres", "litre"),
    "gallon": ("gallons", "gallon"),
    "barrel": ("barrels", "barrel"),
    "celsius": ("degrees Celsius", "degrees centigrade", "°C", "C"),
    "fahrenheit": ("degrees Fahrenheit", "°F", "F"),
}
_BY_WORD = {word: unit for unit, words in _UNITS.items() for word in words}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_ALONE = frozenset(word for word in _BY_WORD if len(word) > 1 and word not in ("in.", "mi", "ha", "pound", "pounds"))
"""Words that are units without a conversion beside them, too."""

_NUMBER = r"(?P<number>\d{1,3}(?:,\d{3}){1,6}+(?:\.\d{1,15}+)?|\d{1,15}+(?:\.\d{1,15}+)?)(?:[ -](?P<scale>hundred|thousand|million|billion|trillion))?"
_UNIT = "|".join(regex.escape(word) for word in sorted(_BY_WORD, key=len, reverse=True))
_MEASURE = regex.compile(rf"(?<![\w.,])-?{_NUMBER}[ \u00a0\u202f-]?(?P<unit>{_UNIT})(?![\w²])")
_BETWEEN = regex.compile(
    r"(?:[ \u00a0]?\(|, or |/| or )(?:about |around |nearly |almost |roughly |some |approximately |over |~)?"
)


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with its unit, named as the package pint names it. ``same_as``: the same measurement in another unit."""

    span: Span
    value: float
    unit: str
    same_as: Measure | None = None


def measures(text: str) -> list[Measure]:
    """All measurements, in order; a conversion is part of what it converts."""
    return list(_paired(text, list(_MEASURE.finditer(text))))


def _paired(text: str, found: list[regex.Match[str]]) -> Iterator[Measure]:
    at = 0
    while at < len(found):
        one, other = found[at], found[at + 1] if at + 1 < len(found) else None
        if (
            other
            and _BETWEEN.fullmatch(text, one.end(), other.start())
            and _BY_WORD[one["unit"]] != _BY_WORD[other["unit"]]
        ):
            yield _measure(one, _measure(other))
            at += 2
            continue
        if one["unit"] in _ALONE:
            yield _measure(one)
        at += 1


def _measure(found: regex.Match[str], same_as: Measure | None = None) -> Measure:
    value = float(found["number"].replace(",", "")) * _SCALES.get(found["scale"] or "", 1)
    return Measure(Span(*found.span()), value, _BY_WORD[found["unit"]], same_as)
