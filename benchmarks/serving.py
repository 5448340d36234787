"""How long an editor waits: from saving a file to the reload of the page, with ``mkdocs serve`` running.

    python -m benchmarks.serving [ARTICLES]

In: a number of articles; the publication is made here. Out: for each kind of edit the seconds on the clock, how many of them the
server made anything, and its processor time, that of programs that it starts included. Before a server makes anything, MkDocs
looks for changes twice a second, and waits for a tenth of a second in which there is none: up to 0.6 s, which no site can change.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import click

from benchmarks import corpus
from benchmarks.contest import program
from benchmarks.running import FailedError

_MOUNTED = "newsgloss/"
_START = 3_600.0
_PATIENCE = 120.0
_EPOCH = re.compile(r"livereload\((\d+), ")
_BUILT = re.compile(r"Building documentation\.\.\. .* in ([\d.]+) seconds")
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Waited:
    """Seconds: ``clock``, from saving to the reload; ``making``, those in which the server worked; ``cpu``. ``is_short``: not all was built."""

    clock: float
    making: float
    cpu: float
    is_short: bool


class Server:
    """``mkdocs serve`` of a root on a port, and what it says."""

    def __init__(self, process: subprocess.Popen[bytes], url: str, said: Path) -> None:
        self._process, self._url, self._said = process, url, said

    def epoch(self) -> int:
        """Which version of the site it shows. Raises FailedError."""
        found = _EPOCH.search(self.page(""))
        if not found:
            raise FailedError("the server's pages do not reload")
        return int(found[1])

    def page(self, path: str) -> str:
        """A page as it is now, or what is said in its place."""
        try:
            with urllib.request.urlopen(f"{self._url}{path}", timeout=_PATIENCE) as answer:  # noqa: S310 -- our own
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            return str(error)

    def waited(self, save: Callable[[], object], path: str, sign: str) -> Waited:
        """What an edit costs until pages reload, and the page at ``path`` shows ``sign``. Raises FailedError."""
        epoch, said, cpu = self.epoch(), self._said.stat().st_size, self._cpu()
        begun = time.monotonic()
        save()
        reload = f"{self._url.removesuffix(_MOUNTED)}livereload/{epoch}/0"
        with urllib.request.urlopen(reload, timeout=_PATIENCE):  # noqa: S310 -- the same
            clock, used = time.monotonic() - begun, self._cpu() - cpu
        if not re.search(sign, self.page(path)):
            raise FailedError(f"after an edit {path} does not show what it should")
        made = _BUILT.search(self._said.read_bytes()[said:].decode())
        return Waited(clock, float(made[1]) if made else clock, used, made is not None)

    def _cpu(self) -> float:
        fields = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / _TICKS


@contextmanager
def serving(root: Path) -> Iterator[Server]:
    """A server of ``root``, from when it answers. Raises FailedError."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    said = root / "said.txt"
    with said.open("wb") as log:
        command = [str(program("mkdocs")), "serve", "--dev-addr", address]
        environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
        process = subprocess.Popen(command, cwd=root, env=environment, stdout=log, stderr=log)  # noqa: S603 -- our own
    try:
        end = time.monotonic() + _START
        while "Serving on" not in said.read_text(encoding="utf-8"):
            if process.poll() is not None or time.monotonic() > end:
                raise FailedError(f"no server:\n{said.read_text(encoding='utf-8')[-2_000:]}")
            time.sleep(0.2)
        yield Server(process, f"http://{address}/{_MOUNTED}", said)
    finally:
        process.terminate()
        process.wait()


Edits = Iterator[tuple[str, Callable[[], object], str, str]]
"""What an edit is called, what makes it, the page that shows it, and a pattern of what is to be seen there."""


def edits(root: Path, number: int) -> Edits:
    """One of each kind; ``number``: tells them from those before."""
    articles = sorted(path for path in (root / "sources" / "articles").iterdir() if not path.name.startswith("new-"))
    there = articles[(number + 1) * 7 % len(articles)]
    file, new = there / "article.md", there.with_name(f"new-{number}")
    entity = max((root / "sources" / "entities").iterdir()).read_text(encoding="utf-8")
    name = entity.partition("\nname: ")[2].partition("\n")[0]
    page, of_new = f"articles/{there.name}/", f"articles/{new.name}/"
    yield "a sentence", _adding(file, f"By noon they had read edition {number}."), page, f"had read edition {number}"
    words = f"By noon {name} had seen edition {number}."
    yield "a sentence that names an entity", _adding(file, words), page, f"had seen edition {number}"
    yield "a new article", lambda: shutil.copytree(there, new), of_new, "<article"
    yield "a removed article", lambda: shutil.rmtree(new), of_new, "404"


def _adding(file: Path, words: str) -> Callable[[], object]:
    return lambda: file.write_text(f"{file.read_text(encoding='utf-8')}\n\n{words}\n", encoding="utf-8")


@click.command()
@click.argument("articles", type=click.IntRange(20), default=1_000)
@click.option("--repeat", type=click.IntRange(1), default=3, show_default=True, help="How often each edit is made.")
def main(articles: int, repeat: int) -> None:
    """Time edits of a publication of so many ARTICLES while it is served."""
    found: dict[str, list[Waited]] = {}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "root")
        corpus.write(articles, root)
        try:
            with serving(root) as server:
                for number in range(repeat):
                    for kind, save, page, sign in edits(root, number):
                        found.setdefault(kind, []).append(server.waited(save, page, sign))
        except FailedError as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"{articles:,} articles: seconds, each the median of {repeat}")
    for kind, each in found.items():
        clock, making, cpu = (median(getattr(one, name) for one in each) for name in ("clock", "making", "cpu"))
        whole = "" if all(one.is_short for one in each) else "  everything built"
        click.echo(f"{kind:<34} {clock:6.2f} to the reload, {making:6.2f} of them making, {cpu:6.2f} of CPU{whole}")


if __name__ == "__main__":
    main()
