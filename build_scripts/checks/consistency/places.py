"""Cities in a country that has none of that name.

In: an English text. Out: findings, for cities of more than 15,000 people beside a country's name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

import regex
from babel import Locale

from build_scripts.checks.consistency.finding import Finding, Text
from build_scripts.problems import Rule, Severity, shown
from build_scripts.suggesting.gazetteer import gazetteer

COUNTRY = Rule(
    "city-country",
    "A city stands beside its own country: *in Kharkiv, Ukraine,* and not *in Kharkiv, Poland,*. Only cities with more than "
    "15,000 people are known.",
    Severity.WARNING,
)
RULES = (COUNTRY,)

_WORD = r"\p{Lu}[\p{L}\p{M}’'-]{1,30}+"
_BESIDE = regex.compile(
    rf"\b(?:in|at|near|from|to|of|outside|around)[ ](?P<city>{_WORD}(?:[ ]{_WORD}){{0,2}}),[ ](?P<country>{_WORD}(?:[ ]{_WORD}){{0,2}})"
    r"(?=[,.;:)]|[ ]on\b|$)(?!,[ ](?:and|or|\p{Lu})|[ ](?:and|or)\b)",
    regex.MULTILINE,
)
_ALSO_CALLED = {"US": "United States", "UK": "United Kingdom", "Britain": "United Kingdom", "England": "United Kingdom",
                "Scotland": "United Kingdom", "Wales": "United Kingdom"}  # fmt: skip


def check(text: Text) -> Iterator[Finding]:
    """Each city beside a country where there is no city of that name."""
    if text.language != "en":
        return
    for found in _BESIDE.finditer(text.text):
        code = _countries().get(_ALSO_CALLED.get(found["country"], found["country"]))
        homes = gazetteer().cities.get(found["city"], "") if code else ""
        if code and homes and code not in homes.split(","):
            message = f"{shown(found['city'])} is no city in {found['country']}, as far as is known"
            yield Finding(COUNTRY, found.start("city"), message, "correct the city or the country")


@cache
def _countries() -> Mapping[str, str]:
    """Codes of countries by their English names."""
    names = Locale("en").territories
    return {name: code for code, name in names.items() if len(code) == 2 and code.isalpha()}  # noqa: PLR2004 -- ISO 3166
