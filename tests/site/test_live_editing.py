"""``mkdocs serve``: an edit is on the page at once, a mistake stands on top of the page, and nothing is made in vain."""

from __future__ import annotations

import http.client
import os
import queue
import re
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.html import words
from tests.site.building import program, small_publication
from tests.site.watching import result, search, watched

ARTICLE = "harbour-fire"
PAGE = f"/newsgloss/articles/{ARTICLE}/"
SOON = 60.0
"""Seconds that an edit may take on a slow machine; it takes less than two on an ordinary one."""
START = 60.0
QUIET = 3.0


@dataclass
class Server:
    """A running ``mkdocs serve``: its root, its port, its log line by line."""

    root: Path
    port: int
    lines: queue.Queue[str]

    def wait_for(self, pattern: str, timeout: float = SOON) -> list[str]:
        """The log up to the first line that matches; fails after ``timeout`` seconds."""
        seen: list[str] = []
        end = time.monotonic() + timeout
        while not seen or not re.search(pattern, seen[-1]):
            try:
                seen.append(self.lines.get(timeout=max(0.0, end - time.monotonic())))
            except queue.Empty:
                pytest.fail(f"nothing like {pattern} in {timeout} s:\n" + "".join(seen))
        return seen

    def rest(self, quiet: float) -> list[str]:
        """What the log says until it was silent for ``quiet`` seconds."""
        seen: list[str] = []
        while True:
            try:
                seen.append(self.lines.get(timeout=quiet))
            except queue.Empty:
                return seen

    def page(self, path: str = PAGE) -> str:
        """The page as it is served now: while the site is being built the server lets us wait."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SOON)
        try:
            connection.request("GET", path)
            return connection.getresponse().read().decode("utf-8")
        finally:
            connection.close()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    root = small_publication(tmp_path_factory.mktemp("served") / "root")
    with _running(root) as server:
        server.wait_for("Serving on", START)
        yield server


@pytest.fixture
def server(running: Server) -> Iterator[Server]:
    """The server with the sources as they were at first, and nothing in its log; a test that edits files waits until it is done."""
    folder = running.root / "sources/articles" / ARTICLE
    texts = {path: path.read_bytes() for path in folder.iterdir()}
    yield running
    changed = [path for path, content in texts.items() if path.read_bytes() != content]
    for path in changed:
        path.write_bytes(texts[path])
        running.wait_for("Reloading browsers")
    running.rest(0.1)


def test_an_edit_of_the_text_is_on_the_page_at_once_and_built_once(
    server: Server, record_testsuite_property: Callable[[str, object], None]
) -> None:
    article = server.root / "sources/articles" / ARTICLE / "article.md"
    assert "antediluvian" not in server.page()
    started = time.monotonic()
    article.write_text(article.read_text(encoding="utf-8") + "\nAn antediluvian word.\n", encoding="utf-8")
    log = server.wait_for("Reloading browsers")
    assert "An antediluvian word." in words(server.page())
    seconds = time.monotonic() - started
    record_testsuite_property("seconds from edit to page", round(seconds, 2))
    assert seconds < SOON
    assert _builds([*log, *server.rest(QUIET)]) == 1


def test_a_mistake_stands_on_top_of_the_page_and_in_the_log_until_it_is_mended(server: Server) -> None:
    annotations = server.root / "sources/articles" / ARTICLE / "annotations.yml"
    text = annotations.read_text(encoding="utf-8")
    words_of_nobody = "words that no text holds"
    item = f"mentions:\n  - {{entity: port-anna, exact: {words_of_nobody}}}\n"
    broken = re.sub(r"^mentions:( \[\])?\n", item, text, count=1, flags=re.MULTILINE)
    assert broken != text
    before = broken[: broken.index(words_of_nobody)].split("\n")
    place = f"sources/articles/{ARTICLE}/annotations.yml:{len(before)}:{len(before[-1]) + 1}"
    annotations.write_text(broken, encoding="utf-8")
    log = "".join(server.wait_for("Reloading browsers"))
    assert re.search(f"ERROR .*{re.escape(place)}: error:", log), log
    shown = server.page()
    assert f"{place}: error:" in words(shown)
    assert 'class="problems"' in shown
    assert shown.index('class="problems"') < shown.index("<h1")
    annotations.write_text(text, encoding="utf-8")
    server.wait_for("Reloading browsers")
    assert 'class="problems"' not in server.page()


def test_the_search_finds_what_was_written_just_now(server: Server, chromium: Browser) -> None:
    article = server.root / "sources/articles" / ARTICLE / "article.md"
    article.write_text(article.read_text(encoding="utf-8") + "\nAn antediluvian word.\n", encoding="utf-8")
    server.wait_for("Reloading browsers")
    home = f"http://127.0.0.1:{server.port}/newsgloss/"
    with watched(chromium, home) as watch:
        watch.page.goto(f"{home}about/")
        search(watch.page, "“antediluvian word”")
        expect(result(watch.page, f"articles/{ARTICLE}/")).to_be_visible()


def test_a_server_that_nobody_disturbs_builds_once_and_draws_no_picture(server: Server) -> None:
    assert _builds(server.rest(QUIET)) == 0
    assert "PNG" not in server.page("/newsgloss/pictures/site.png")
    assert "<blockquote" in server.page("/newsgloss/embed/quotes/harbour-fire/came-fast/")


def _builds(lines: list[str]) -> int:
    return sum("Building documentation" in line for line in lines)


@contextmanager
def _running(root: Path) -> Iterator[Server]:
    port = _free_port()
    command = [program("mkdocs"), "serve", "-a", f"127.0.0.1:{port}"]
    variables = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUNBUFFERED": "1"}
    variables["SITE_URL"] = "https://example.org/newsgloss/"
    with subprocess.Popen(
        command, cwd=root, env=variables, text=True, encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        server = Server(root, port, queue.Queue())
        reader = threading.Thread(target=_read, args=(process, server.lines), daemon=True)
        reader.start()
        try:
            yield server
        finally:
            process.terminate()  # an interrupt is ignored below a shell that runs in the background
            process.wait(timeout=START)
            reader.join()


def _read(process: subprocess.Popen[str], lines: queue.Queue[str]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        lines.put(line)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
