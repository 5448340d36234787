"""Everything that editors write, as texts.

In: the library. Out: each text with the way to its places. What stands in them everybody can read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from build_scripts.model import Library
from build_scripts.reading.values import Path, Values
from build_scripts.source import Place


@dataclass(frozen=True, slots=True)
class Text:
    """A text, and where the code point at an offset stands; of a value in YAML only where it begins is known."""

    words: str
    place: Callable[[int], Place]


def texts(library: Library) -> Iterator[Text]:
    """The texts of articles and notes, and every value of a front matter or YAML file."""
    articles = (*library.articles.values(), *library.withdrawn.values())
    for prose in (*(one.prose for one in articles), *(claim.note for claim in library.claims.values())):
        yield Text(prose.text, prose.place)
    loaded: list[Any] = [
        library.publication,
        library.scale,
        *(article.loaded for article in articles),
        *(article.files.annotations for article in articles),
        *(claim.loaded for claim in library.claims.values()),
        *(entity.loaded for entity in library.entities.values()),
    ]
    for one in loaded:
        if one:
            yield from _in_values(one.values, one.values.data, ())


def _in_values(values: Values, data: Any, path: Path) -> Iterator[Text]:
    if isinstance(data, str):
        yield Text(data, partial(_start, values, path))
        return
    inner = data.items() if isinstance(data, Mapping) else enumerate(data) if isinstance(data, list | tuple) else ()
    for key, value in inner:
        yield from _in_values(values, value, (*path, key))


def _start(values: Values, path: Path, _offset: int) -> Place:
    return values.place(*path)
