"""What other sites show in a frame: one small page for a claim or a quotation, and what programs read to show it (oEmbed).

In: previews. Out: pages without script, and JSON. Addresses in meta data are full ones, which takes the site's own.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial

from markupsafe import escape

from build_scripts import addresses
from build_scripts.cache import Cache, code_version, digest, same
from build_scripts.export.json_text import in_lines
from build_scripts.export.pictures import HEIGHT as PICTURE_HEIGHT
from build_scripts.export.pictures import WIDTH as PICTURE_WIDTH
from build_scripts.export.previews import Preview
from build_scripts.export.templates import fill
from build_scripts.export.typesetting import rows
from build_scripts.jobs import Job
from build_scripts.rendering.catalogue import catalogue
from build_scripts.site import Asset

WIDTH = 600
"""The widest that a frame is shown, in pixels."""
_COLUMNS = tuple(
    (em, width / em - 2.4) for width in (300, 375, 450, 525, WIDTH) for em in [min(20, max(15, 10 + width * 0.0167))]
)
"""Some widths: the size of letters there in pixels, and the room between the edges in ems."""

_WORDS, _SMALL = (1.15, 1.3), (0.9, 1.4)
"""Size in ems and height of a line in sizes, as the page's style sheet has them: of the words, of what stands around them."""
_ROOM = 4.2
"""Edges and gaps, in ems."""


def embeds(
    previews: Iterable[Preview], site: str, language: str, home: str, cache: Cache | None = None
) -> Iterator[Asset]:
    """The frame of each preview, and its description for programs, each made when it is asked for.

    ``site``, ``language``: the publication's name and the language of its own words. ``home``: the site's address, which ends
    with a slash; without it there is no description, since it would lead nowhere. ``cache``: may hold the same of a preview.
    """
    besides = site, language, home
    for preview in previews:
        make = partial(_of_preview, preview, *besides)
        yield from same(cache, "frames", (preview,), make, besides)


def _of_preview(preview: Preview, site: str, language: str, home: str) -> list[Asset]:
    key = digest(code_version(), site, language, home, preview.digest)
    page, description = partial(_page, preview, site, language, home), partial(_description, preview, site, home)
    found = []
    for shared in (preview.shared, *preview.former):
        found.append(_asset(addresses.embed(shared), page, key))
        if home:
            found.append(_asset(addresses.oembed(shared), description, key))
    return found


def _asset(uri: str, make: Callable[[], str], key: bytes) -> Asset:
    return Asset(uri, content=Job(uri, make, looks=False), key=key)


def _description(preview: Preview, site: str, home: str) -> str:
    return in_lines(_oembed(preview, site, home))


def _page(preview: Preview, site: str, language: str, home: str) -> str:
    described = _oembed(preview, site, home) if home else {}
    uri = addresses.embed(preview.shared)
    return fill(
        "embed.html.j2",
        say=catalogue(language).say,
        preview=preview,
        site=site,
        language=language,
        locale=language.replace("-", "_"),
        told=preview.finding or preview.about or preview.badge,
        home=home,
        frame=described.get("html"),
        root="../" * uri.count("/"),
        canonical=preview.address.partition("#")[0],
        own=uri.removesuffix("index.html"),
        oembed=addresses.oembed(preview.shared),
        width=PICTURE_WIDTH,
        height=PICTURE_HEIGHT,
    )


@lru_cache(maxsize=8)  # a page and its description are asked for one after the other
def _oembed(preview: Preview, site: str, home: str) -> dict[str, str | int]:
    height = frame_height(preview)
    return {
        "version": "1.0",
        "type": "rich",
        "provider_name": site,
        "provider_url": home,
        "title": preview.title,
        "author_name": preview.by if preview.source else site,
        "html": _frame(preview, home, height),
        "width": WIDTH,
        "height": height,
        **(_thumbnail(home + preview.picture) if preview.has_picture else {}),
    }


def _thumbnail(url: str) -> dict[str, str | int]:
    return {"thumbnail_url": url, "thumbnail_width": PICTURE_WIDTH, "thumbnail_height": PICTURE_HEIGHT}


def _frame(preview: Preview, home: str, height: int) -> str:
    address = home + addresses.embed(preview.shared).removesuffix("index.html")
    return (
        f'<iframe src="{escape(address)}" title="{escape(preview.title)}" width="{WIDTH}" height="{height}" loading="lazy"'
        ' sandbox="allow-top-navigation-by-user-activation" style="border: 0; max-width: 100%"></iframe>'
    )


def frame_height(preview: Preview) -> int:
    """The pixels in which all of a frame is seen, be it as narrow as a phone or as wide as it gets.

    Letters grow with the frame, so that both need about the same; the reader's own font may be wider than ours by a little.
    """
    verdict = f"{preview.badge} – {preview.finding}"
    small = verdict, f"{preview.by} · {preview.about}", " ".join(preview.source or ()), preview.kind
    words, others = _tall(preview.words, *_WORDS), [_tall(text, *_SMALL) for text in small]
    return max(math.ceil((next(words) + sum(map(next, others)) + _ROOM) * em) for em, _room in _COLUMNS)


def _tall(text: str, size: float, leading: float) -> Iterator[float]:
    """How tall ``text`` is in each of the columns, in ems."""
    lines = None
    for _em, room in _COLUMNS:  # each has more room than the one before
        if lines is None or lines > 1:
            lines = rows(text, room / size * 0.93, bold=True)
        yield lines * size * leading
