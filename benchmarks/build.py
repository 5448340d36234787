"""How long a build takes, as ratios to other site generators and to itself: what is printed holds on any machine.

    python -m benchmarks.build [--articles N] [--peers NAME,NAME] [--large] [--json OUT]

In: nothing but the size; the publication is made here. Out: a table, and JSON with a key a row.
"""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

import click
from playwright.sync_api import Error as PlaywrightError

from benchmarks import corpus
from benchmarks.contest import (
    COLD,
    COLD_2,
    EDIT,
    MKDOCS,
    NOTHING,
    ZENSICAL,
    Build,
    Ours,
    Tell,
    in_turn,
    others,
    staged,
    takes_workers,
)
from benchmarks.running import Cost, FailedError, run

OWN_STAGES = frozenset({"load", "annotate", "check", "index", "structured data", "pages"})
"""From sources to Markdown, by their names in ``--timings``."""

ALL_PEERS = (MKDOCS, ZENSICAL, "eleventy", "hugo")
SIZE, MIDDLE, LARGEST, SMALLEST = 1_000, 5_000, 20_000, 100


@dataclass(frozen=True)
class Goal:
    """``most`` or ``least``: what the ratio may be, where there is a goal at this size."""

    told: str
    most: float | None = None
    least: float | None = None

    def is_reached(self, ratio: float) -> bool | None:
        """Whether it is; none where there is no goal."""
        if self.most is not None:
            return ratio <= self.most
        return None if self.least is None else ratio >= self.least


GOALS: Mapping[str, Goal] = {
    "cold_vs_mkdocs_cpu": Goal("cold build / stock MkDocs", 0.35),
    "cold_vs_mkdocs_wall_2": Goal("cold build with 2 workers / stock MkDocs, on the clock", 0.25),
    "cold_vs_zensical_cpu": Goal("cold build / Zensical", 0.35),
    "cold_vs_eleventy_cpu": Goal("cold build / bare Eleventy", 1.6),
    "cold_vs_hugo_cpu": Goal("cold build / bare Hugo", 2.0),
    "nothing_changed_vs_mkdocs_cpu": Goal("nothing changed / stock MkDocs, cold", 0.15),
    "nothing_changed_vs_mkdocs_cpu_5000": Goal("the same, 5,000 articles", 0.10),
    "one_edit_vs_mkdocs_cpu": Goal("one article edited / stock MkDocs, cold", 0.12),
    "one_edit_vs_mkdocs_cpu_5000": Goal("the same, 5,000 articles", 0.06),
    "page_cpu_20000_vs_1000": Goal("cold build, CPU a page, 20,000 articles / 1,000", 1.15),
    "page_bytes_20000_vs_100": Goal("bytes of HTML a page, 20,000 articles / 100", 1.02),
    "own_stages_share": Goal("sources to Markdown / whole cold build", 0.20),
    "peak_memory_vs_mkdocs": Goal("peak memory, cold / stock MkDocs"),
    "peak_memory_vs_mkdocs_5000": Goal("the same, 5,000 articles", 1.2),
    "search_bytes_vs_lunr": Goal("bytes to the first search result / MkDocs’ search"),
    "search_bytes_vs_lunr_5000": Goal("the same, 5,000 articles", 0.02),
    "workers_2_vs_1": Goal("articles a second, 2 workers / 1", least=1.7),
}
"""The rows, in their order."""


@dataclass(frozen=True)
class Row:
    """A figure. ``spread``: the least and the most ratio of a round; ``wall``: the ratio on the clock, beside one of CPU."""

    ratio: float
    ours: float
    theirs: float
    unit: str
    spread: tuple[float, float]
    wall: float | None = None


Rows = dict[str, Row | str]
"""By key; in place of a figure, why there is none."""


def row(pairs: Sequence[tuple[float, float]], unit: str) -> Row:
    """What the rounds come to: the median of their ratios."""
    ratios = [ours / theirs for ours, theirs in pairs]
    ours, theirs = (median(side) for side in zip(*pairs, strict=True))
    return Row(median(ratios), ours, theirs, unit, (min(ratios), max(ratios)))


def against(rounds: Sequence[Mapping[str, Cost]], ours: str, theirs: str) -> Row:
    """CPU of two builds, with the ratio on the clock beside."""
    found = row([(each[ours].cpu, each[theirs].cpu) for each in rounds], "s of CPU")
    wall = row([(each[ours].wall, each[theirs].wall) for each in rounds], "s")
    return Row(found.ratio, found.ours, found.theirs, found.unit, found.spread, wall.ratio)


@dataclass(frozen=True)
class Measured:
    """What was found at one size. ``stock``: the site as stock MkDocs builds it, where it does."""

    ours: Ours
    rounds: Sequence[Mapping[str, Cost]]
    stock: Path | None = None

    def has(self, name: str) -> bool:
        """Whether this build was timed."""
        return name in self.rounds[0]

    @property
    def page_cpu(self) -> float:
        """Seconds of CPU that a cold build takes a page."""
        return median(each[COLD].cpu for each in self.rounds) / len(self.ours.pages)

    @property
    def page_bytes(self) -> float:
        """Bytes of HTML a page."""
        return self.ours.size / len(self.ours.pages)


@dataclass(frozen=True)
class Where:
    """The folder for all that is built, and who is told how far it is; ``has_books``: whether the articles are books, too."""

    folder: Path
    tell: Tell
    has_books: bool = False


def measure(articles: int, names: Sequence[str], times: int, where: Where) -> Measured:
    """Build a publication of so many articles in the ways ``names``, in turn. Raises FailedError where one leaves out a page."""
    folder, tell = where.folder, where.tell
    ours = Ours(folder / f"{articles}")
    corpus.write(articles, ours.root, books=where.has_books)
    ways: dict[str, Build] = {COLD: ours.cold, NOTHING: ours.again, EDIT: ours.edited, COLD_2: ours.cold_2}
    peers = [name for name in names if name not in ways]
    found = others(peers, ours, staged(ours, folder / f"{articles}-staged"), tell) if peers else {}
    builds = {name: way for name, way in ways.items() if name in names}
    rounds = in_turn(builds | {name: other.cold for name, other in found.items()}, times, tell)
    return Measured(ours, rounds, found[MKDOCS].folder / "site" if MKDOCS in found else None)


def of_one_size(at: Measured, suffix: str = "") -> Iterator[tuple[str, Row | str]]:
    """The rows of one size, of the builds that were timed there; ``suffix``: how their keys end."""
    for peer in ALL_PEERS:
        if at.has(peer):
            yield f"cold_vs_{peer}_cpu{suffix}", against(at.rounds, COLD, peer)
    if at.has(MKDOCS):
        yield f"nothing_changed_vs_mkdocs_cpu{suffix}", against(at.rounds, NOTHING, MKDOCS)
        yield f"one_edit_vs_mkdocs_cpu{suffix}", against(at.rounds, EDIT, MKDOCS)
        memory = [(each[COLD].memory / 1e6, each[MKDOCS].memory / 1e6) for each in at.rounds]
        yield f"peak_memory_vs_mkdocs{suffix}", row(memory, "MB")
        if at.has(COLD_2):
            wall = [(each[COLD_2].wall, each[MKDOCS].wall) for each in at.rounds]
            yield f"cold_vs_mkdocs_wall_2{suffix}", row(wall, "s")
        yield f"search_bytes_vs_lunr{suffix}", search_bytes(at)
    own = [
        (sum(cpu for name, cpu in stages.items() if name in OWN_STAGES), each[COLD].cpu)
        for stages, each in zip(at.ours.stages, at.rounds, strict=True)
    ]
    yield f"own_stages_share{suffix}", row(own, "s of CPU")


def of_sizes(small: Measured, usual: Measured, large: Measured) -> Iterator[tuple[str, Row | str]]:
    """The rows that compare sizes."""
    yield "page_cpu_20000_vs_1000", row([(large.page_cpu * 1e3, usual.page_cpu * 1e3)], "ms of CPU")
    yield "page_bytes_20000_vs_100", row([(large.page_bytes, small.page_bytes)], "bytes")


def search_bytes(at: Measured) -> Row | str:
    """What a reader's browser fetches before the first result: of our search, and of the one that MkDocs has."""
    if at.stock is None:
        return "not measured: without stock MkDocs"
    try:
        searching = import_module("benchmarks.searching")  # it needs a browser, which may be missing
        fetched = searching.bytes_to_first_result(at.ours.site)
    except ModuleNotFoundError:
        return "not measured: there is no benchmarks/searching.py yet"
    except PlaywrightError as error:
        return f"not measured: {str(error).splitlines()[0]}"
    index = gzip.compress((at.stock / "search" / "search_index.json").read_bytes())
    return row([(fetched / 1e3, len(index) / 1e3)], "kB, compressed")


def workers(ours: Ours, times: int, tell: Tell) -> Row | str:
    """Articles a second that two workers take from sources to Markdown, against one."""
    command = [sys.executable, "-m", "build_scripts", "build"]
    told = subprocess.run([*command, "--help"], capture_output=True, text=True, check=True, cwd=ours.root).stdout  # noqa: S603 -- ours
    if "--workers" not in told:
        return "not measured: `newsgloss build` has no --workers yet"
    file, seconds = ours.root.with_name("workers.json"), dict[str, list[float]]()

    def timed(count: str) -> Cost:
        shutil.rmtree(ours.root / ".cache", ignore_errors=True)
        with tempfile.TemporaryDirectory() as out:
            cost = run([*command, "--out", out, "--workers", count], ours.root, NEWSGLOSS_TIMINGS=str(file))
        stages = json.loads(file.read_text(encoding="utf-8"))["stages"]
        seconds.setdefault(count, []).append(sum(row["wall"] for row in stages if row["stage"] in OWN_STAGES))
        return cost

    in_turn({"1 worker": lambda: timed("1"), "2 workers": lambda: timed("2")}, times, tell)
    articles = len(list((ours.root / "sources" / "articles").iterdir()))
    pairs = zip(seconds["2"], seconds["1"], strict=True)
    return row([(articles / two, articles / one) for two, one in pairs], "articles a second")


def as_json(rows: Mapping[str, Row | str], articles: int) -> str:
    """What was found, a key a row; a row without a figure says why."""
    found = {key: _plain(GOALS.get(key, Goal(key)), value) for key, value in rows.items()}
    return json.dumps({"articles": articles, **found}, indent=2, ensure_ascii=False) + "\n"


def _plain(goal: Goal, value: Row | str) -> dict[str, Any]:
    wanted = goal.most if goal.most is not None else goal.least
    if isinstance(value, str):
        return {"ratio": None, "goal": wanted, "reached": None, "why": value}
    return {"ratio": value.ratio, "goal": wanted, "reached": goal.is_reached(value.ratio), **asdict(value)}


def as_table(rows: Mapping[str, Row | str]) -> str:
    """The same for people, as Markdown."""
    lines = ["| | ratio | least–most | goal | | wall | ours | theirs | in |", "|--|--|--|--|--|--|--|--|--|"]
    for key, value in rows.items():
        goal = GOALS.get(key, Goal(key.replace("_", " ")))
        cells = [value, *[""] * 7] if isinstance(value, str) else _cells(goal, value)
        lines.append(f"| {' | '.join([goal.told, *cells])} |")
    return "\n".join(lines)


def _cells(goal: Goal, value: Row) -> list[str]:
    wanted = f"<= {goal.most}" if goal.most is not None else f">= {goal.least}" if goal.least is not None else ""
    reached = {True: "reached", False: "short", None: ""}[goal.is_reached(value.ratio)]
    wall = "" if value.wall is None else f"{value.wall:.3f}"
    spread = "–".join(f"{end:.3f}" for end in value.spread)
    return [
        f"{value.ratio:.3f}",
        spread,
        wanted,
        reached,
        wall,
        f"{value.ours:,.2f}",
        f"{value.theirs:,.2f}",
        value.unit,
    ]


def figures(articles: int, peers: Sequence[str], times: int, where: Where, *, is_large: bool) -> Rows:
    """All rows, in the order of the goals."""
    ours = (COLD, NOTHING, EDIT)
    usual = measure(articles, [*ours, *([COLD_2] if takes_workers() else []), *peers], times, where)
    rows: Rows = dict(of_one_size(usual))
    if MKDOCS in peers:
        rows.setdefault("cold_vs_mkdocs_wall_2", "not measured: `mkdocs build` takes no NEWSGLOSS_WORKERS yet")
    for peer in peers:
        rows.setdefault(f"cold_vs_{peer}_cpu", f"not measured: {peer} can't be installed")
    rows["workers_2_vs_1"] = workers(usual.ours, times, where.tell)
    if is_large:
        rows |= dict(of_one_size(measure(MIDDLE, [*ours, MKDOCS], 1, where), f"_{MIDDLE}"))
        small, large = (measure(size, [COLD], 1, where) for size in (SMALLEST, LARGEST))
        rows |= dict(of_sizes(small, usual, large))
    return {key: rows[key] for key in sorted(rows, key=_place)}


def _place(key: str) -> tuple[int, str]:
    """Where a row stands: in the order of the goals, what has none last."""
    keys = list(GOALS)
    return (keys.index(key) if key in keys else len(keys), key)


def _peers(_context: click.Context, _option: click.Parameter, value: str) -> list[str]:
    names = [name.strip() for name in value.split(",") if name.strip()]
    unknown = [name for name in names if name not in ALL_PEERS]
    if unknown:
        raise click.BadParameter(f"{', '.join(unknown)}: there is {', '.join(ALL_PEERS)}")
    return names


@click.command()
@click.option(
    "--articles", default=SIZE, show_default=True, type=click.IntRange(1), help="How many; the goals are for 1,000."
)
@click.option(
    "--peers", default=",".join(ALL_PEERS), show_default=True, callback=_peers, help="Who else builds the pages."
)
@click.option("--repeat", "times", default=3, show_default=True, type=click.IntRange(1), help="How often, in turn.")
@click.option("--large", "is_large", is_flag=True, help="5,000 and 20,000 articles too, once: an hour and 20 GB.")
@click.option(
    "--quick", "is_quick", is_flag=True, help="100 articles, once: whether all is in place. No figure to go by."
)
@click.option("--books", "has_books", is_flag=True, help="Ours makes a book of each article, too, as no peer does.")
@click.option(
    "--json", "out", type=click.Path(dir_okay=False, path_type=Path), help="Write the figures to this file, too."
)
def main(  # noqa: PLR0913, PLR0917 -- the options of a command are its arguments
    articles: int, peers: list[str], times: int, is_large: bool, is_quick: bool, has_books: bool, out: Path | None
) -> None:
    """Time builds of this project against those of others, each in turn, and print the ratios."""
    if is_quick:
        articles, times = SMALLEST, 1
    with tempfile.TemporaryDirectory() as folder:
        try:
            rows = figures(articles, peers, times, Where(Path(folder), _tell, has_books), is_large=is_large)
        except FailedError as error:
            raise click.ClickException(str(error)) from error
    click.echo(as_table(rows))
    if out:
        out.write_text(as_json(rows, articles), encoding="utf-8")


def _tell(line: str) -> None:
    click.echo(line, err=True)


if __name__ == "__main__":
    main()
