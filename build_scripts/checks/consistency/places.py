"""Cities in a country that has none of that name.

In: an English text. Out: findings, for cities of more than 15,000 people beside a country's name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
_BEHIND = regex.compile(r", \p{Lu}")
"""What a country needs, too, and is found sooner."""
_ALSO_CALLED = {"US": "US", "UK": "GB", "Britain": "GB", "England": "GB", "Scotland": "GB", "Wales": "GB",
                "Georgia": "GE US", "Ireland": "IE GB"}  # fmt: skip
"""Names of countries, or of parts of several."""

_PARTS = {"CN": "HK MO", "DK": "FO GL", "FI": "AX", "FR": "GF GP MQ NC PF RE YT", "GB": "BM FK GG GI IM JE KY",
          "NL": "AW CW SX", "US": "AS GU MP PR VI"}  # fmt: skip
"""What has a code of its own and belongs to another country."""

_MOST = 3
"""Countries named in a hint."""


def check(text: Text) -> Iterator[Finding]:
    """Each city beside a country where there is no city of that name."""
    if text.language != "en":
        return
    for found in _BESIDE.finditer(text.text) if _BEHIND.search(text.text) else ():
        codes = _countries().get(found["country"], frozenset())
        homes = gazetteer().cities.get(found["city"], "") if codes else ""
        if homes and codes.isdisjoint(homes.split(",")):
            message = f"{shown(found['city'])} is no city in {found['country']}, as far as is known"
            hint = f"correct the city or the country; it is known in: {_named(homes.split(','))}"
            yield Finding(COUNTRY, found.start("city"), message, hint)


def _named(codes: Sequence[str]) -> str:
    more = f" and {len(codes) - _MOST} more" if len(codes) > _MOST else ""
    return ", ".join(Locale("en").territories.get(code, code) for code in codes[:_MOST]) + more


@cache
def _countries() -> Mapping[str, frozenset[str]]:
    """Codes of countries and of their parts by their English names."""
    names = Locale("en").territories
    codes = {name: code for code, name in names.items() if len(code) == 2 and code.isalpha()}  # noqa: PLR2004 -- ISO 3166
    return {name: frozenset(f"{some} {_PARTS.get(some, '')}".split()) for name, some in (codes | _ALSO_CALLED).items()}
