"""The built site as a zip for a disk.

In: the folder of a built site, what its README says. Out: the zip. Everything is in one folder, in the order of names: the same
site gives the same bytes. What only a server has a use for is left out.
"""

from __future__ import annotations

import base64
import json
import posixpath
from collections.abc import Iterator, Mapping
from functools import partial
from importlib.resources import files
from pathlib import Path

from build_scripts.export.archive import zipped
from build_scripts.offline.pages import Disk, on_disk
from build_scripts.offline.scripts import TABLE, classic, imports

README = "README.html"
INDEX = "pagefind/"
LOADER = "assets/newsgloss-index.js"
_SERVERS = frozenset({"404.html", "robots.txt", "sitemap.xml.gz", "CNAME", f"{INDEX}pagefind-worker.js"})
_PRIVATE = frozenset({"original.txt"})


class NotASiteError(Exception):
    """The folder can't be packed; the message says why."""


def packed(site: Path, folder: str, readme: str, home: str, *, is_small: bool = False) -> bytes:
    """The zip of the built ``site``, all of it in ``folder``; ``home``: its full address, ends with a slash, or empty.

    ``is_small``: compressed. Raises NotASiteError, UnknownModuleError, OSError.
    """
    paths = _paths(site)
    members = {README: readme.encode()} | dict(_members(site, paths, home))
    return zipped(((f"{folder}/{name}", members[name]) for name in sorted(members)), is_small=is_small)


def _paths(site: Path) -> list[str]:
    """The files of ``site`` that are packed, in order."""
    found = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    if "index.html" not in found:
        raise NotASiteError(f"{site} is no built site: it has no index.html")
    private = [path for path in found if posixpath.basename(path) in _PRIVATE or (site / path).is_symlink()]
    if private:
        raise NotASiteError(f"{site} holds what may not leave the house: {', '.join(private)}")
    return [path for path in found if path not in _SERVERS and not any(part[0] == "." for part in path.split("/"))]


def _members(site: Path, paths: list[str], home: str) -> Iterator[tuple[str, bytes]]:
    texts = {
        path: (site / path).read_text(encoding="utf-8")
        for path in paths
        if path.startswith("assets/newsgloss") and path.endswith(".js")
    }
    if LOADER in texts:
        texts[LOADER] = (files(__package__) / "index.js").read_text(encoding="utf-8")
    disk = Disk(frozenset(paths), home, partial(_needed, texts))
    for path in paths:
        if path in texts:
            yield path, classic(f"./{posixpath.basename(path)}", texts[path]).encode()
        elif path.startswith(INDEX):
            yield _of_index(path, (site / path).read_bytes())
        elif path.endswith(".html"):
            yield path, on_disk((site / path).read_text(encoding="utf-8"), path, disk).encode()
        else:
            yield path, (site / path).read_bytes()


def _needed(texts: Mapping[str, str], path: str) -> list[str]:
    """The modules that the one at ``path`` needs, each once and after those that it needs itself; itself last."""
    found: dict[str, None] = {}
    for name in imports(texts.get(path, "")):
        found |= dict.fromkeys(_needed(texts, posixpath.join(posixpath.dirname(path), name.removeprefix("./"))))
    return [*found, path]


def _of_index(path: str, content: bytes) -> tuple[str, bytes]:
    """A file of the search's index: Pagefind itself as a script that asks ours for files, every other as one that hands itself over."""
    name = path.removeprefix(INDEX)
    if name == "pagefind.js":
        # It would ask a worker first, which no page on a disk can have.
        given = {"fetch": f"{TABLE}.fetch", "Worker": "undefined"}
        return path, classic("./pagefind.js", content.decode(), given, json.dumps(f"offline:/{name}")).encode()
    handed = base64.b64encode(content).decode()
    return f"{path}.js", f"(window.newsglossFiles ??= {{}})[{json.dumps(name)}] = {json.dumps(handed)};\n".encode()
