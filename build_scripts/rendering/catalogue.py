"""The site's own words in the publication's language: messages, counts, dates, names of countries.

In: messages in English, as templates, modules and scripts have them. Out: the same by the language's catalogue, a gettext
file ``locale/<language>.po`` beside this module; English where a language has none. The only module that knows gettext.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import gettext
import re
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_interval, format_skeleton
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_percent

from build_scripts.model import Library

PLACEHOLDER = re.compile(r"\{(\w+)\}")
"""Where a message takes a part, by its name."""
_ENGLISH = "en_001"
"""English as our messages are written: the day before the month."""


class Said(str):
    """A message in the site's language: as a string plain text; ``pattern`` and ``parts`` are for whoever escapes them."""

    __slots__ = ("parts", "pattern")

    pattern: str
    parts: dict[str, Any]

    def __new__(cls, pattern: str, parts: dict[str, Any]) -> Said:
        """``pattern`` with each placeholder replaced by the part of that name. Raises KeyError where there is none."""
        said = super().__new__(cls, _filled(pattern, parts) if "{" in pattern else pattern)
        said.pattern, said.parts = pattern, parts
        return said

    def __reduce__(self) -> tuple[type[Said], tuple[str, dict[str, Any]]]:
        """How another process makes it again."""
        return Said, (self.pattern, self.parts)

    @property
    def told_by(self) -> object:
        """What tells it from other messages, however it will be escaped."""
        return self.pattern, self.parts


def message(english: str) -> str:
    """Marks a message that stands in a table, to be said later."""
    return english


def counted(one: str, many: str) -> tuple[str, str]:
    """The same for the two forms of a count."""
    return one, many


class Catalogue:
    """The words of a language. ``language``: the tag of what is said, which is ``en`` where there is no catalogue."""

    def __init__(self, language: str) -> None:
        self._entries = _read(language)
        self.language = language if self._entries or _base(language) == "en" else "en"
        self._locale = _locale(self.language)
        self._translations = _translations(self._entries)
        self._whole: dict[str, Said] = {}

    @property
    def direction(self) -> str:
        """How the language is written: ``rtl`` or ``ltr``."""
        return "rtl" if self._locale.character_order == "right-to-left" else "ltr"

    def say(self, message: str, /, **parts: Any) -> Said:
        """``message``, its placeholders filled in by ``parts``."""
        if parts:
            return Said(self._translations.gettext(message), parts)
        said = self._whole.get(message)
        if said is None:  # there are as many messages as our code says
            said = self._whole[message] = Said(self._translations.gettext(message), {})
        return said

    def say_count(self, number: int, one: str, many: str, /, **parts: Any) -> Said:
        """``one`` or ``many``, as ``number`` takes it in the language; ``{n}`` is the number."""
        return Said(self._translations.ngettext(one, many, number), {"n": number, **parts})

    def day(self, value: dt.date | str | None) -> str:
        """A date in words: 5 June 2024, June 2024, 2024."""
        return "" if value is None else _day(self._locale, str(value))

    def days(self, first: str, last: str) -> str:
        """From a day to another, each YYYY-MM-DD: 5–9 June 2024; where one is a month or a year, both in words."""
        if len(first) == len(last) == len("YYYY-MM-DD"):
            return _interval(self._locale, first, last)
        return self.say("{first} to {last}", first=self.day(first), last=self.day(last))

    def percent(self, value: float) -> str:
        """A share in percent, to one digit."""
        return str(format_percent(round(value / 100, 3), locale=self._locale, decimal_quantization=False))

    def month(self, date: str) -> str:
        """The short name of a date's month: Jun for 2024-06 or a day in it."""
        return str(format_date(dt.date.fromisoformat(f"{date[:7]}-01"), "LLL", locale=self._locale))

    def country(self, english: str) -> str:
        """The name of a country; as a message where Unicode's names of countries lack it."""
        code = _countries().get(english, "")
        return str(self._locale.territories[code]) if code and self._entries else self.say(english)

    @property
    def plural(self) -> str:
        """Which form a number ``n`` takes, as an expression of C and JavaScript."""
        return str(self._entries.plural_expr) if self._entries else "n != 1"

    def of_scripts(self) -> dict[str, str | list[str]]:
        """What scripts say, by the English message, or by the first of two; several where numbers have forms."""
        return {_first(entry.id): _plain(entry.string) for entry in self._entries or () if _is_of_scripts(entry)}


@cache
def catalogue(language: str) -> Catalogue:
    """The words of a language, by its tag (BCP 47)."""
    return Catalogue(language)


def site_language(library: Library) -> str:
    """The language of the publication's own words."""
    return library.publication.facts.language if library.publication else "en"


def words_of(library: Library) -> Catalogue:
    """What the publication says with."""
    return catalogue(site_language(library))


def languages() -> list[str]:
    """The languages that have a catalogue."""
    folder = files(__package__) / "locale"
    return sorted(file.name.removesuffix(".po") for file in folder.iterdir() if file.name.endswith(".po"))


def language_name(language: str) -> str:
    """What those who speak a language call it: Deutsch for ``de``; the tag beside it, or alone, as far as Unicode lacks it."""
    import langcodes  # noqa: PLC0415 -- slow to load, and few publications speak of other languages

    known = langcodes.standardize_tag(language)
    for tag, shown in ((known, "{name}"), (_base(known), "{name} ({tag})")):
        with contextlib.suppress(UnknownLocaleError, ValueError):
            locale = Locale.parse(tag, sep="-")
            name = locale.get_display_name()
            # Of a tag that names no language, Unicode takes the likeliest.
            if name and locale.language == _base(known):
                return shown.format(name=name, tag=language)
    return language


@lru_cache(maxsize=16_384)
def _interval(locale: Locale, first: str, last: str) -> str:
    start, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    return str(format_interval(start, end, "yMMMMd", locale=locale))


@lru_cache(maxsize=4_096)  # what happened on a day is told on many pages
def _day(locale: Locale, value: str) -> str:
    parts = value.split("-")
    when = dt.date.fromisoformat("-".join([*parts, "01", "01"][:3]))
    if len(parts) == len(("year", "month", "day")):
        return str(format_date(when, "long", locale=locale))
    return str(format_skeleton("y" if len(parts) == 1 else "yMMMM", when, locale=locale))


def _filled(pattern: str, parts: dict[str, Any]) -> str:
    return PLACEHOLDER.sub(lambda place: str(parts[place[1]]), pattern)


def _base(language: str) -> str:
    return language.partition("-")[0].lower()


def _read(language: str) -> Catalog | None:
    base = _base(language)
    if base not in languages():
        return None
    with (files(__package__) / "locale" / f"{base}.po").open("rb") as file:
        return read_po(file, locale=base, abort_invalid=True)


def _translations(entries: Catalog | None) -> gettext.NullTranslations:
    """The look-up of gettext, which reads compiled catalogues only."""
    if entries is None:
        return gettext.NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, entries)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _locale(language: str) -> Locale:
    """The language with its region where Unicode knows how both write dates."""
    if language == "en":
        return Locale.parse(_ENGLISH)
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(_ENGLISH if _base(language) == "en" else _base(language))


@cache
def _countries() -> dict[str, str]:
    """Codes of countries by their English names."""
    return {str(name): str(code) for code, name in Locale("en").territories.items()}


def _is_of_scripts(entry: Any) -> bool:
    return any(path.endswith(".js") for path, _line in entry.locations)


def _first(key: Any) -> str:
    return key if isinstance(key, str) else str(key[0])


def _plain(said: Any) -> str | list[str]:
    return said if isinstance(said, str) else list(said)
