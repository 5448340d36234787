"""The pictures beside shared links: 1200 by 630 pixels, drawn as SVG and turned into PNG.

In: previews. Out: assets that are drawn when they are written. The same preview gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import resvg_py

from build_scripts import addresses
from build_scripts.export.previews import Preview
from build_scripts.export.templates import fill
from build_scripts.export.typesetting import FONTS, cut, drawable, set_in, width
from build_scripts.rendering.catalogue import Catalogue, catalogue
from build_scripts.site import Asset

WIDTH, HEIGHT = 1200, 630

_MARGIN = 76
_ROOM = WIDTH - 2 * _MARGIN
_TOP, _BOTTOM = 146, 448
_SIZES = (68, 60, 54, 48, 42, 36)
_LEADING = 1.25


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture that is drawn when it is asked for, from nothing but these values. ``language``: of our own words."""

    preview: Preview
    site: str
    language: str

    def __call__(self) -> bytes:
        """The PNG."""
        svg, fonts = as_svg(self.preview, self.site, catalogue(self.language)), list(FONTS.values())
        return bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=fonts))


def pictures(previews: Iterable[Preview], site: str, words: Catalogue) -> Iterator[Asset]:
    """The picture of each preview that has one; ``site`` is the publication's name, ``words`` are its own."""
    for preview in previews:
        if preview.has_picture:
            yield Asset(addresses.picture(preview.shared), content=Drawing(preview, site, words.language))


def as_svg(preview: Preview, site: str, words: Catalogue) -> str:
    """The picture of ``preview``; words that the fonts can't draw are left out."""
    rtl = preview.direction == "rtl"
    shown = set_in(drawable(preview.words), _ROOM, _BOTTOM - _TOP, _SIZES, leading=_LEADING)
    badge = _line(preview.badge, 30, bold=True, room=_ROOM - 48)
    leading = shown.size * _LEADING
    about = " · ".join(filter(None, (preview.by, preview.about))) if badge else preview.about
    return fill(
        "picture.svg.j2",
        width=WIDTH,
        height=HEIGHT,
        margin=_MARGIN,
        rtl=rtl,
        colour=preview.colour,
        site=_line(site, 30, bold=True, room=_ROOM * 0.75),
        kind=words.say(preview.kind) if preview.kind else "",
        lines=shown.lines,
        size=shown.size,
        leading=leading,
        top=_first_baseline(len(shown.lines), leading),
        badge=badge,
        badge_width=round(width(badge, bold=True) * 30 + 48),
        by=_line(preview.by, 32, bold=True),
        about=_line(about, 28),
    )


def _first_baseline(lines: int, leading: float) -> float:
    """Where the first line stands so that all of them have as much room above as below."""
    return (_TOP + _BOTTOM - lines * leading) / 2 + leading * 0.76


def _line(text: str, size: int, *, bold: bool = False, room: float = _ROOM) -> str:
    return cut(drawable(text), room / size, bold=bold)
