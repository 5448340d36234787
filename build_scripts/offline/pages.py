"""HTML pages for a disk: every link names a file, every module is a script.

In: a page, its address below the site's own, what else there is. Out: the same page; nothing of it changes but addresses and
the tags of modules. Full addresses stay, since they lead to the published site, but for links to pages that are here.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urlsplit

_VALUES = r"""(?:[^>"']|"[^"]*"|'[^']*')*"""
_TAG = re.compile(
    rf"<!--.*?-->|(?P<raw><(?P<name>script|style|textarea|title)\b{_VALUES}>)(?P<text>.*?</(?P=name)\s*>)"
    rf"|<[a-zA-Z]{_VALUES}>",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""(?P<name>\s[^\s=>"'/]+)(?P<is>\s*=\s*)(?P<sign>["'])(?P<value>.*?)(?P=sign)""", re.DOTALL)
_ADDRESSES = frozenset({"href", "src", "action", "xlink:href"})
_REFRESH = re.compile(r"(\d+; ?url=)(.*)", re.DOTALL)
_MODULE = re.compile(r"""\stype=["']?module["']?(?=[\s>])""")
_SRC = re.compile(r"""\ssrc="([^"]*)\"""")
_FOLDER = "index.html"
_KEPT = "/!@$&'()*+,;=~"


@dataclass(frozen=True)
class Disk:
    """What a page finds beside it. ``files``: all paths; ``home``: the site's full address, which ends with a slash, or empty.

    ``needed``: the modules that a module imports, itself last, as paths.
    """

    files: Set[str] = field(repr=False)
    home: str
    needed: Callable[[str], list[str]] = field(repr=False)


def on_disk(page: str, path: str, disk: Disk) -> str:
    """The ``page`` that stands at ``path``, as it works from a disk."""
    loaded: set[str] = set()

    def change(tag: re.Match[str]) -> str:
        if tag["raw"] is None:
            return tag[0] if tag[0].startswith("<!--") else _with_files(tag[0], path, disk)
        if _MODULE.search(tag["raw"]):
            return "".join(_scripts(tag["raw"], path, disk, loaded))
        return _with_files(tag["raw"], path, disk) + tag["text"]

    return _TAG.sub(change, page)


def _scripts(tag: str, path: str, disk: Disk, loaded: set[str]) -> Iterator[str]:
    """The scripts that stand for a module; those that the page has ``loaded`` are left out."""
    address = _SRC.search(tag)
    own = _target(html.unescape(address[1]), path, disk) if address else None
    for needed in disk.needed(own) if own else ():
        if needed not in loaded:
            loaded.add(needed)
            yield f'<script src="{html.escape(posixpath.relpath(needed, posixpath.dirname(path) or "."))}" defer></script>'


def _with_files(tag: str, path: str, disk: Disk) -> str:
    """A tag whose addresses name files."""
    is_link, is_meta = tag[:2].lower() == "<a", tag[:5].lower() == "<meta"

    def change(found: re.Match[str]) -> str:
        refresh = _REFRESH.fullmatch(found["value"]) if is_meta else None
        if found["name"].strip().lower() not in _ADDRESSES and not refresh:
            return found[0]
        before, url = refresh.groups() if refresh else ("", found["value"])
        way = _way(html.unescape(url), path, disk, is_link=is_link)
        if way is None:
            return found[0]
        return f"{found['name']}{found['is']}{found['sign']}{before}{html.escape(way)}{found['sign']}"

    return _ATTRIBUTE.sub(change, tag)


def _way(url: str, path: str, disk: Disk, *, is_link: bool) -> str | None:
    """The address of the file that ``url`` means on the page at ``path``; None where it stays as it is."""
    file = _target(url, path, disk, is_link=is_link)
    if file is None:
        return None
    parts = urlsplit(url)
    way = quote(posixpath.relpath(file, posixpath.dirname(path) or "."), safe=_KEPT)
    return way + (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")


def _target(url: str, path: str, disk: Disk, *, is_link: bool = True) -> str | None:
    """The file that ``url`` means on the page at ``path``; None where it names no other page, or nothing that is here."""
    parts = urlsplit(url)
    if is_link and disk.home and url.startswith(disk.home):
        way = urlsplit(url.removeprefix(disk.home)).path
        start = ""
    elif parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return None
    else:
        way, start = parts.path, posixpath.dirname(path)
    file = posixpath.normpath(posixpath.join(start, unquote(way)) or ".")
    index = _FOLDER if file == "." else f"{file}/{_FOLDER}"
    return file if file in disk.files else index if index in disk.files else None
