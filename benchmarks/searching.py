"""What a reader's browser fetches before it shows the first result of the search.

In: a built site. Out: bytes, as a host sends them that compresses text and scripts on the way, as GitHub Pages does: everything
below pagefind/, and the scripts that only the search needs; not the page around it. Records without a site can be measured, too:
``python -m benchmarks.searching 1000 5000`` prints how the bytes grow with the articles.
"""

from __future__ import annotations

import gzip
import re
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import click
from playwright.sync_api import Browser, sync_playwright

from benchmarks import corpus
from build_scripts.export.indexes import search_files
from build_scripts.export.scripts import scripts
from build_scripts.export.search import records
from build_scripts.pipeline import understand
from build_scripts.rendering.catalogue import words_of
from build_scripts.rendering.index import make_index

QUERIES = ("bridge", "council strike", "“the office wrote”", "harbour")
"""What is asked where nothing else is said: words that the corpus has everywhere, so that every part of an index is large."""

_COMPRESSED = frozenset({".css", ".html", ".js", ".json", ".svg", ".txt", ".xml"})
_COUNTED = re.compile(r"/(?:pagefind/|assets/newsgloss-(?:search|shards|groups|index)\.js)")
_PAGE = """<!doctype html><html lang="en"><title>Search</title><p class="ng-search"></p>
<script type="module" src="../assets/newsgloss-search.js"></script></html>"""
_SEEN = "seen"
_TELLS = f"""new MutationObserver((_changes, observer) => {{
  if (!document.querySelector(".ng-found > li")) return;
  observer.disconnect();
  fetch("/{_SEEN}");
}}).observe(document, {{ childList: true, subtree: true }});"""
"""Tells the server when the first result is there, since a page may go on to fetch more."""
_CHROMIUM = "/usr/bin/chromium"


@dataclass
class Sent:
    """Bytes of the search that were sent until its first result was shown."""

    bytes: int = 0
    is_shown: threading.Event = field(default_factory=threading.Event)


class _Handler(SimpleHTTPRequestHandler):
    """Sends files as a host does that compresses text, and notes how many bytes of the search it sent."""

    def __init__(self, *arguments: Any, sent: Sent, **options: Any) -> None:
        self._sent = sent
        super().__init__(*arguments, **options)

    def do_GET(self) -> None:
        if self.path == f"/{_SEEN}":
            self._sent.is_shown.set()
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        content = path.read_bytes()
        is_text = path.suffix in _COMPRESSED
        content = gzip.compress(content) if is_text else content
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path.name))
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=600")
        if is_text:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        if _COUNTED.match(urlsplit(self.path).path) and not self._sent.is_shown.is_set():
            self._sent.bytes += len(content)
        self.wfile.write(content)

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""


def bytes_to_first_result(site: Path, queries: Sequence[str] = QUERIES) -> int:
    """What the first results of one of ``queries`` take, in the mean, each asked by a browser that has nothing yet."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
        try:
            return sum(_bytes(site, query, browser) for query in queries) // len(queries)
        finally:
            browser.close()


def _bytes(site: Path, query: str, browser: Browser) -> int:
    context = browser.new_context()
    context.add_init_script(_TELLS)
    try:
        with _served(site) as (url, sent):
            page = context.new_page()
            page.goto(f"{url}search/?q={quote(query)}")
            page.locator(".ng-found > li").first.wait_for(timeout=120_000)
            sent.is_shown.wait(60)
            return sent.bytes
    finally:
        context.close()


@contextmanager
def _served(site: Path) -> Iterator[tuple[str, Sent]]:
    """Where ``site`` is served, and what of it is sent."""
    sent = Sent()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(site), sent=sent))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", sent
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def write_search(articles: int, folder: Path) -> int:
    """Make ``folder`` a site of nothing but the search of a corpus of so many ``articles``; returns its number of records."""
    corpus.write(articles, folder / "root")
    library, _problems = understand(folder / "root")
    found = list(records(make_index(library), {}))
    assets = {asset.uri: asset.data for asset in scripts(folder / "root" / "docs", words_of(library))}
    files = {f"pagefind/{path}": content for path, content in search_files(found).items()}
    for uri, content in {**assets, **files, "search/index.html": _PAGE.encode()}.items():
        path = folder / "site" / uri
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return len(found)


@click.command()
@click.argument("articles", type=click.IntRange(1), nargs=-1, required=True)
def main(articles: tuple[int, ...]) -> None:
    """Print the bytes to the first result for corpora of so many ARTICLES."""
    for number in articles:
        with tempfile.TemporaryDirectory() as folder:
            found = write_search(number, Path(folder))
            size = bytes_to_first_result(Path(folder) / "site")
        click.echo(f"{number:>7,} articles  {found:>8,} records  {size / 1e3:>8,.1f} kB")


if __name__ == "__main__":
    main()
