"""Builds that are timed against each other: ours, and others' of the same pages.

In: a publication (benchmarks/corpus.py). Out: what each build costs, round by round, each round all of them in turn; and what
stands in their output. A build that leaves a page out is no figure: MkDocs' relatives leave pages out without a word.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import build_scripts
from benchmarks.peers import PEERS, pages_of
from benchmarks.running import Cost, FailedError, run

COLD, COLD_2, NOTHING, EDIT = "cold", "cold, 2 workers", "nothing changed", "one article edited"
MKDOCS, ZENSICAL = "mkdocs", "zensical"

Build = Callable[[], Cost]
Tell = Callable[[str], object]

_NO_PLUGINS = re.compile(r"^plugins: \[\]$", re.MULTILINE)
_SHOWN = 5


def takes_workers() -> bool:
    """Whether ``mkdocs build`` can have two workers: whether this project's code asks for ``NEWSGLOSS_WORKERS`` at all."""
    package = Path(build_scripts.__file__).parent
    return any("NEWSGLOSS_WORKERS" in path.read_text(encoding="utf-8") for path in package.rglob("*.py"))


def program(name: str) -> Path:
    """A program of the environment that this runs in."""
    return Path(sys.executable).with_name(name)


def page_files(site: Path) -> frozenset[str]:
    """The files of a built site that are pages or frames."""
    return frozenset(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


@dataclass
class Ours:
    """A publication that ``mkdocs build`` builds with everything of this project."""

    root: Path
    stages: list[dict[str, float]] = field(default_factory=list)
    """Processor seconds of each stage, for each cold build by one process."""
    pages: frozenset[str] = frozenset()
    """The pages of the first build, which every other must have too."""
    size: int = 0
    """Bytes of these pages."""

    @property
    def site(self) -> Path:
        """Where it is built."""
        return self.root / "site"

    def cold(self) -> Cost:
        """Nothing is there of an earlier build."""
        self._empty()
        told = self.root.with_name(f"{self.root.name}-timings.json")
        cost = self._build(NEWSGLOSS_TIMINGS=str(told), NEWSGLOSS_WORKERS="1")
        rows = json.loads(told.read_text(encoding="utf-8"))["stages"]
        self.stages.append({row["stage"]: row["cpu"] for row in rows})
        return cost

    def cold_2(self) -> Cost:
        """The same with two workers."""
        self._empty()
        return self._build(NEWSGLOSS_WORKERS="2")

    def again(self) -> Cost:
        """Everything is there of an earlier build, and nothing changed since."""
        return self._build(NEWSGLOSS_WORKERS="1")

    def edited(self) -> Cost:
        """The same, but for one article that says one sentence more, which names an entity. The article is put back after."""
        with self._edit() as (article, words):
            cost = self._build(NEWSGLOSS_WORKERS="1")
            if words not in (self.site / "articles" / article / "index.html").read_text(encoding="utf-8"):
                raise FailedError(f"the edit of {article} is not on its page")
        return cost

    def stage(self, out: Path) -> None:
        """Write the pages as Markdown."""
        run([sys.executable, "-m", "build_scripts", "build", "--root", ".", "--out", out], self.root)

    @contextmanager
    def _edit(self) -> Iterator[tuple[str, str]]:
        """Id of an article amid the others, and the words that it has meanwhile."""
        articles = sorted((self.root / "sources" / "articles").iterdir())
        path = articles[len(articles) // 2] / "article.md"
        entity = next(iter(sorted((self.root / "sources" / "entities").glob("*.yml"))))
        name = re.search(r"^name: (.+)$", entity.read_text(encoding="utf-8"), re.MULTILINE)
        text, words = path.read_text(encoding="utf-8"), "had read what was added here"
        path.write_text(f"{text.rstrip()}\n\nBy noon {name[1] if name else ''} {words}.\n", encoding="utf-8")
        try:
            yield path.parent.name, words
        finally:
            path.write_text(text, encoding="utf-8")

    def _empty(self) -> None:
        for folder in (self.root / ".cache", self.site):
            shutil.rmtree(folder, ignore_errors=True)

    def _build(self, **environment: str) -> Cost:
        cost = run([program("mkdocs"), "build", "--quiet"], self.root, **environment)
        made = page_files(self.site)
        if not self.pages:
            self.pages, self.size = made, sum((self.site / name).stat().st_size for name in made)
        same_pages(self.pages, made, "another build of this project")
        return cost


@dataclass(frozen=True)
class Other:
    """A folder that another program builds into its ``site``. ``pages``: how many there must be, if not all of ``ours``."""

    folder: Path
    command: tuple[str, ...]
    ours: Ours
    pages: int | None = None

    def cold(self) -> Cost:
        """Nothing is there of an earlier build. Raises FailedError, also where pages are missing."""
        for name in (".cache", "site"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        cost = run(self.command, self.folder)
        made = page_files(self.folder / "site")
        if self.pages is None:
            same_pages(self.ours.pages, made, self.command[0])
        elif len(made) != self.pages:
            raise FailedError(f"{self.command[0]} made {len(made)} pages of {self.pages}")
        return cost


def same_pages(ours: frozenset[str], theirs: frozenset[str], name: str) -> None:
    """Raises FailedError where two sites don't have the same pages."""
    if ours != theirs:
        some = ", ".join(sorted(ours ^ theirs)[:_SHOWN])
        raise FailedError(f"{name} makes {len(theirs)} pages and this project {len(ours)}; not in both: {some}")


def staged(ours: Ours, out: Path) -> Path:
    """The same pages for others: plain Markdown, with the search that MkDocs has when nothing is said of plugins."""
    ours.stage(out)
    configuration = out / "mkdocs.yml"
    text, found = _NO_PLUGINS.subn("plugins: [search]", configuration.read_text(encoding="utf-8"))
    if not found:
        raise FailedError("mkdocs.yml has no line `plugins: []`, so MkDocs would not be timed with its search")
    configuration.write_text(text, encoding="utf-8")
    return out


def others(names: Iterable[str], ours: Ours, out: Path, tell: Tell) -> dict[str, Other]:
    """Those of the peers ``names`` that can be timed on the staged site ``out``; the reason is told for one that can't."""
    found = {}
    for name in names:
        try:
            found[name] = _other(name, ours, out)
        except FailedError as error:
            tell(f"{name} can't be installed, so it is not timed: {error}")
    return found


def _other(name: str, ours: Ours, out: Path) -> Other:
    folder = out.with_name(f"{out.name}-{name}")
    if name not in PEERS:
        shutil.copytree(out, folder, copy_function=os.link)
        return Other(folder, (str(program(name)), "build"), ours)
    command = PEERS[name].install()
    PEERS[name].prepare(out / "docs", folder)
    return Other(folder, tuple(command), ours, sum(1 for _page in pages_of(out / "docs")))


def in_turn(builds: Mapping[str, Build], times: int, tell: Tell) -> list[dict[str, Cost]]:
    """The cost of each build, so many ``times``: all of them once, then all of them again."""
    rounds = []
    for number in range(1, times + 1):
        costs = {}
        for name, build in builds.items():
            costs[name] = build()
            tell(f"round {number} of {times}: {name}: {costs[name].cpu:.1f} s of CPU, {costs[name].wall:.1f} s")
        rounds.append(costs)
    return rounds
