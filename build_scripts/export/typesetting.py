"""Words in lines: which of them the bundled fonts can draw, how wide they are, where they break.

In: text. Out: lines and a size. Widths are in ems, the size of the letters; they are those of letters that stand alone, so
that joined ones are never wider.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, reduce
from itertools import islice
from pathlib import Path

import regex

FONTS = {weight: str(Path(__file__).parent / "fonts" / f"NotoSans-{weight}.ttf") for weight in ("Regular", "Bold")}
"""The files of the fonts, by their weight."""

_JOINERS = frozenset("\u200c\u200d\u200e\u200f")
"""Signs that are not seen and tell how their neighbours join or run."""
_PICTOGRAPHS = ("So", "Sk", "Cf", "Co", "Cn")
_WIDEST = 1.0
"""The width of a letter that no font has."""
_KNOWN = 1 << 14
"""Words whose widths are remembered."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Text in lines of letters of one size, in pixels."""

    lines: tuple[str, ...]
    size: int


def drawable(text: str) -> str:
    """``text`` in one line, without pictographs and marks that reorder it; empty where the fonts lack something else of it."""
    signs = unicodedata.normalize("NFC", " ".join(text.split()))
    shown = "".join(sign for sign in signs if _is_known(sign) or unicodedata.category(sign) not in _PICTOGRAPHS)
    return " ".join(shown.split()) if all(map(_is_known, shown)) else ""


def width(text: str, *, bold: bool = False) -> float:
    """How wide ``text`` is, in ems."""
    return sum(map(_advances("Bold" if bold else "Regular").__getitem__, text))


def broken(text: str, wide: float, *, bold: bool = False) -> Iterator[str]:
    """``text`` in lines of at most ``wide`` ems, broken at spaces; inside a word only where it is wider than a line."""
    line, filled, space = "", 0.0, width(" ", bold=bold)
    for word, whole in _measured(text, bold)[0]:
        for part, size in ((word, whole),) if whole <= wide else _parts(word, wide, bold):
            if line and filled + space + size > wide:
                yield line
                line, filled = part, size
            else:
                line, filled = (f"{line} {part}", filled + space + size) if line else (part, size)
    if line:
        yield line


def rows(text: str, wide: float, *, bold: bool = False) -> int:
    """How many lines ``broken`` gives."""
    words, whole = _measured(text, bold)
    if whole <= wide:
        return 1 if words else 0
    count, filled, space = 0, 0.0, width(" ", bold=bold)
    for _word, size in words:
        if size > wide:
            return sum(1 for _line in broken(text, wide, bold=bold))
        if count and filled + space + size <= wide:
            filled = filled + space + size
        else:
            count, filled = count + 1, size
    return count


def set_in(text: str, wide: float, high: float, sizes: Sequence[int], *, leading: float = 1.25) -> Lines:
    """``text`` in bold letters within a box of pixels: the first of ``sizes``, the largest first, that all of it fits.

    Where none does it is cut at a word, with an ellipsis, in letters of the last size.
    """
    for size in sizes:
        room = max(1, int(high / (size * leading)))
        lines = tuple(islice(broken(text, wide / size, bold=True), room + 1))
        if len(lines) <= room:
            return Lines(lines, size)
    return Lines((*lines[: room - 1], cut(f"{lines[room - 1]} {lines[room]}", wide / size, bold=True)), size)


def cut(text: str, wide: float, *, bold: bool = False) -> str:
    """``text`` in one line of at most ``wide`` ems; where it is longer, its first words and an ellipsis."""
    if width(text, bold=bold) <= wide:
        return text
    first = next(broken(text, wide - width("…", bold=bold), bold=bold), "")
    return f"{first.rstrip(' ,;:.–—')}…"


@lru_cache(_KNOWN)
def _wide(word: str, bold: bool) -> float:
    return width(word, bold=bold)


@lru_cache(maxsize=64)
def _measured(text: str, bold: bool) -> tuple[tuple[tuple[str, float], ...], float]:
    """The words of ``text``, each with its width, and that of all of them in a line: one text is set in several sizes, one after the other."""
    words = tuple([(word, _wide(word, bold)) for word in text.split()])
    space = width(" ", bold=bold)
    return words, reduce(lambda filled, size: filled + space + size, [size for _word, size in words] or [0.0])


def _parts(word: str, wide: float, bold: bool) -> Iterator[tuple[str, float]]:
    """``word``, which is wider than a line, in pieces that fit, each with its width; cut between characters as a reader sees them."""
    piece, filled = "", 0.0
    for cluster in regex.findall(r"\X", word):
        size = width(cluster, bold=bold)
        if piece and filled + size > wide:
            yield piece, filled
            piece, filled = "", 0.0
        piece, filled = piece + cluster, filled + size
    yield piece, filled


def _is_known(sign: str) -> bool:
    return sign in _JOINERS or (sign in _advances("Regular") and not unicodedata.category(sign).startswith("C"))


class _Advances(dict[str, float]):
    """The widths of the signs that a font has; asked for another, what stands in its place."""

    def __missing__(self, sign: str) -> float:
        return 0.0 if sign in _JOINERS else _WIDEST


@cache
def _advances(weight: str) -> _Advances:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 -- slow to load, and not needed where nothing is set

    with TTFont(FONTS[weight], lazy=True) as font:
        metrics, em = font["hmtx"].metrics, font["head"].unitsPerEm
        return _Advances({chr(sign): metrics[glyph][0] / em for sign, glyph in font.getBestCmap().items()})
