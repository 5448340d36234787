"""``newsgloss links``: every address asked once, told at each of its places; what was found out is kept."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import build_scripts.cli.links as command
from build_scripts.checks.reach import RULES, Answer, Cited, Verdict, check, cited
from build_scripts.cli import main
from build_scripts.editing.links import cache, run
from build_scripts.editing.links.manners import Manners, is_any
from build_scripts.pipeline import understand
from build_scripts.source import Place
from tests.servers import Handler, Names, Server, names, server, serving, status, to

__all__ = ["names", "server"]

GOLDEN = Path(__file__).parent / "golden"
NOW = dt.datetime(2024, 6, 5, 12, tzinfo=dt.UTC)
HOUR, DAY, WEEK = dt.timedelta(hours=1), dt.timedelta(days=1), dt.timedelta(days=7)
QUICK = Manners(delay=0, back_off=0.01, may_connect=is_any)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The golden publication without its links."""
    shutil.copytree(GOLDEN / "sources", tmp_path / "sources")
    for path in (tmp_path / "sources").rglob("*.*"):
        if path.suffix in {".md", ".yml"}:
            text = path.read_text(encoding="utf-8").replace("https://", "https://elsewhere.test/")
            path.write_text(text, encoding="utf-8")
    return tmp_path


def entity(root: Path, name: str, *urls: str) -> str:
    """A file of which each line from the fifth on is an address; returns its path."""
    lines = "".join(f"\n  - {url}" for url in urls)
    path = f"sources/entities/{name}.yml"
    (root / path).write_text(f"type: other\nname: Quux {name}\ndescription: Quux.\nsame_as:{lines}\n", encoding="utf-8")
    return path


def way(now: dt.datetime = NOW, manners: Manners | None = QUICK, max_age: dt.timedelta = WEEK) -> run.Way:
    return run.Way(manners, max_age, lambda: now)


def told(found: run.Links) -> list[str]:
    return [f"{one.place}: {one.severity} ({one.rule})" for one in found.problems]


# --- where addresses stand ------------------------------------------------------------------------------------------


def test_every_address_of_the_publication_is_found_in_its_place() -> None:
    library, _problems = understand(GOLDEN)
    found = cited(library)
    text = {path: (GOLDEN / path).read_text(encoding="utf-8").split("\n") for path in {one.place.path for one in found}}
    assert {one.place.path.split("/")[1] for one in found} >= {"articles", "claims", "entities"}
    for one in found:
        line = text[one.place.path][one.place.line - 1]
        # An address in a list or mapping stands at its place; a link in a text by its first words.
        assert one.url in line[one.place.column - 1 :]


def test_no_address_is_overlooked_and_none_of_what_was_withdrawn_asked() -> None:
    library, _problems = understand(GOLDEN)
    asked = {one.url for one in cited(library)}
    withdrawn = {claim.path for claim in library.claims.values() if claim.facts.state == "withdrawn"}
    written = {
        word.strip("'\"()[]{},>")
        for path in (GOLDEN / "sources").rglob("*.*")
        if path.suffix in {".md", ".yml"} and path.relative_to(GOLDEN).as_posix() not in withdrawn
        for line in path.read_text(encoding="utf-8").split("\n")
        for word in line.replace("(", " ").replace(")", " ").split()
        if word.strip("'\"()[]{},>").startswith(("http://", "https://"))
    }
    assert asked == written


# --- verdict and place to problem -----------------------------------------------------------------------------------

URL, COPY = "https://a.test/page", "https://copy.test/page"
PLACE, OTHER = Place("sources/claims/x.md", 3, 5), Place("sources/claims/x.md", 4, 5)


def answer(verdict: str, since: dt.timedelta | None = None, location: str = "") -> Answer:
    return Answer(Verdict(verdict), "so it is", NOW, location, NOW - since if since is not None else None)


@pytest.mark.parametrize(
    ("page", "copy", "rules"),
    [
        (answer("alive"), None, []),
        (answer("gone"), None, ["link-dead"]),
        (answer("gone"), answer("alive"), ["link-dead-archived"]),
        (answer("gone"), answer("refused"), ["link-dead-archived", "link-refused"]),
        (answer("gone"), answer("gone"), ["link-dead", "link-dead"]),
        (answer("alive"), answer("gone"), ["link-dead-archived"]),
        (answer("failed", 0 * HOUR), None, ["link-failing"]),
        (answer("failed", 0.9 * HOUR), None, ["link-failing"]),
        (answer("failed", HOUR), None, ["link-dead"]),
        (answer("failed", DAY), answer("failed", 0 * HOUR), ["link-dead-archived", "link-failing"]),
        (answer("failed", DAY), answer("failed", DAY), ["link-dead", "link-dead"]),
        (answer("moved", location="https://b.test/"), None, ["link-moved"]),
        (answer("private"), None, ["link-private"]),
        (answer("refused"), None, ["link-refused"]),
        (None, None, []),
    ],
)  # fmt: skip
def test_a_verdict_is_a_problem_by_what_else_there_is(
    page: Answer | None, copy: Answer | None, rules: list[str]
) -> None:
    found = [Cited(URL, PLACE, "x", "mend it", COPY if copy else "")]
    found += [Cited(COPY, OTHER, "x", "mend it", URL)] if copy else []
    answers = {url: one for url, one in ((URL, page), (COPY, copy)) if one}
    problems = list(check(found, answers))
    assert [problem.rule for problem in problems] == rules
    assert [problem.place for problem in problems if problem.rule != "link-refused"][:1] in ([PLACE], [OTHER], [])
    assert all(problem.hint for problem in problems)


def test_every_rule_of_links_is_tried() -> None:
    tried = {"link-dead", "link-dead-archived", "link-failing", "link-moved", "link-private", "link-refused"}
    assert {rule.name for rule in RULES} == tried


@pytest.mark.parametrize(
    ("url", "location", "pasted"),
    [
        ("https://a.test/#part", "https://b.test/", "https://b.test/#part"),
        ("https://a.test/#part", "https://b.test/#other", "https://b.test/#other"),
        ("https://a.test/", "https://b.test/#other", "https://b.test/#other"),
    ],
)
def test_the_new_address_can_be_pasted(url: str, location: str, pasted: str) -> None:
    moved = {url: answer("moved", location=location)}
    (problem,) = check([Cited(url, PLACE, "x", "")], moved)
    assert problem.hint == f"write {pasted}"


# --- a run ----------------------------------------------------------------------------------------------------------


def test_an_address_is_asked_once_and_told_at_each_place(root: Path, server: Server) -> None:
    one = entity(root, "one", server.url("/gone"), server.url("/gone#part"))
    other = entity(root, "other", server.url("/gone"))
    found = run.links(root, ["one", "other"], way())
    assert told(found) == [
        f"{one}:5:5: error (link-dead)",
        f"{one}:6:5: error (link-dead)",
        f"{other}:5:5: error (link-dead)",
    ]
    assert server.asked() == ["HEAD /gone", "GET /gone"]


@pytest.mark.parametrize(
    ("code", "later", "max_age", "asked"),
    [(200, 6 * DAY, WEEK, 0), (200, WEEK, WEEK, 1), (200, HOUR, 0 * DAY, 1), (403, 6 * DAY, WEEK, 0), (404, 23 * HOUR, WEEK, 0),
     (404, DAY, WEEK, 1), (404, HOUR, HOUR, 1), (500, 0 * HOUR, WEEK, 1), (200, -HOUR, WEEK, 1)],
)  # fmt: skip
def test_what_was_asked_lately_is_not_asked_again(
    root: Path, code: int, later: dt.timedelta, max_age: dt.timedelta, asked: int
) -> None:
    with serving() as other:
        other.answers["/a"] = status(code)
        entity(root, "one", other.url("/a", "127.0.0.1"))
        first = run.links(root, ["one"], way())
        other.requests.clear()
        second = run.links(root, ["one"], way(NOW + later, max_age=max_age))
    assert (first.asked, second.asked) == (1, asked)
    assert bool(other.requests) == bool(asked)
    assert told(first) == told(second)


def test_a_failure_counts_once_it_is_seen_again_an_hour_later(root: Path, server: Server) -> None:
    server.answers["/a"] = status(500)
    entity(root, "one", server.url("/a"))
    rules = [
        [problem.rule for problem in run.links(root, ["one"], way(NOW + later)).problems]
        for later in (0 * HOUR, 0.5 * HOUR, HOUR)
    ]
    assert rules == [["link-failing"], ["link-failing"], ["link-dead"]]
    server.answers["/a"] = status(200)
    assert run.links(root, ["one"], way(NOW + 2 * HOUR)).problems == ()
    server.answers["/a"] = status(500)
    (problem,) = run.links(root, ["one"], way(NOW + 3 * WEEK)).problems
    assert problem.rule == "link-failing"


def test_without_a_network_nothing_is_held_against_anybody(root: Path, names: Names) -> None:
    assert names.known == {}
    entity(root, "one", *(f"http://{name}.example/" for name in "abc"))
    with pytest.raises(run.CutOffError, match="none of 3 hosts"):
        run.links(root, ["one"], way())
    assert cache.read(root) == ({}, "")


def test_an_address_that_cannot_be_asked_is_dead(root: Path) -> None:
    path = entity(root, "one", "http://a.example:0/")
    assert told(run.links(root, ["one"], way())) == [f"{path}:5:5: error (link-dead)"]


def test_nobody_is_asked_offline(root: Path, server: Server) -> None:
    server.answers["/a"] = status(403)
    path = entity(root, "one", server.url("/a"), server.url("/b"))
    assert run.summary(run.links(root, ["one"], way(manners=None))) == "2 links: 2 never asked; 0 asked now"
    entity(root, "one", server.url("/a"))
    run.links(root, ["one"], way())
    asked = len(server.requests)
    entity(root, "one", server.url("/a"), server.url("/b"))
    found = run.links(root, ["one"], way(NOW + 100 * DAY, manners=None))
    assert told(found) == [f"{path}:5:5: notice (link-refused)"]
    assert run.summary(found) == "2 links: 1 refused, 1 never asked; 0 asked now"
    assert len(server.requests) == asked


def test_a_private_address_is_asked_where_that_is_allowed(root: Path, server: Server) -> None:
    server.answers["/a"] = status(200)
    path = entity(root, "one", server.url("/a"))
    assert told(run.links(root, ["one"], way(manners=Manners(delay=0)))) == [f"{path}:5:5: warning (link-private)"]
    assert server.requests == []
    assert run.links(root, ["one"], way()).problems == ()


# --- the cache ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "damage",
    [lambda text: text[: len(text) // 2], lambda _text: "", lambda _text: "[]", lambda _text: "[" * 100_000,
     lambda text: text.replace("alive", "well"), lambda text: text.replace("+00:00", ""), lambda text: text.replace('"200 OK"', "200"),
     lambda text: text.replace("2024", "20 24"), lambda text: text.replace('"version": 1', '"version": 99'), lambda _text: "\0\ud800"],
)  # fmt: skip
def test_a_damaged_cache_is_ignored_and_told(root: Path, server: Server, damage: Callable[[str], str]) -> None:
    server.answers["/a"] = status(200)
    entity(root, "one", server.url("/a"))
    run.links(root, ["one"], way())
    path = root / cache.PATH
    path.write_text(damage(path.read_text(encoding="utf-8")), encoding="utf-8", errors="surrogatepass")
    found = run.links(root, ["one"], way())
    assert found.complaint.startswith(".cache/links.json is ignored: ")
    assert found.asked == 1
    assert run.links(root, ["one"], way()).complaint == ""


def test_what_is_kept_is_read_as_it_was(root: Path) -> None:
    answers = {
        "http://a.test/": answer("moved", location="http://b.test/"),
        "http://b.test/": answer("failed", DAY),
        "http://c.test/": answer("alive"),
    }
    cache.write(root, answers)
    assert cache.read(root) == (answers, "")


def test_what_is_no_longer_named_is_not_kept_and_what_is_not_asked_for_is(root: Path, server: Server) -> None:
    entity(root, "one", server.url("/a"))
    entity(root, "other", server.url("/b"))
    run.links(root, ["one"], way())
    run.links(root, ["other"], way())
    assert cache.read(root)[0].keys() == {server.url("/a"), server.url("/b")}
    (root / "sources/entities/one.yml").unlink()
    run.links(root, ["other"], way())
    assert cache.read(root)[0].keys() == {server.url("/b")}


def test_a_run_that_is_broken_off_keeps_what_it_knows(root: Path) -> None:
    # Names that the system itself looks up: this is another process.
    with serving() as other, ExitStack() as at_the_end:
        never = threading.Event()
        at_the_end.callback(never.set)

        def slow(_handler: Handler) -> None:
            never.wait(60)

        other.answers |= {"/": status(200), "/slow": slow}
        entity(root, "one", other.url("/", "127.0.0.1"), other.url("/slow", "127.0.0.1"))
        shell = [sys.executable, "-m", "build_scripts", "links", "one", "--root", str(root), "--allow-private"]
        with subprocess.Popen(shell, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            # The second address is asked a second after the first has answered.
            while "HEAD /slow" not in other.asked() and process.poll() is None:
                time.sleep(0.02)
            began = time.monotonic()
            process.send_signal(signal.SIGINT)
            output, error = process.communicate(timeout=60)
    assert time.monotonic() - began < 15
    assert process.returncode == 1
    assert "Traceback" not in error
    assert "\r" not in output + error
    assert cache.read(root)[0].keys() == {other.url("/", "127.0.0.1")}


# --- the command ----------------------------------------------------------------------------------------------------


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "Manners", lambda may_connect: replace(QUICK, may_connect=may_connect))


def newsgloss(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["links", "--root", str(root), *arguments])


@pytest.mark.usefixtures("quick")
def test_the_command_tells_problems_with_places_and_hints(root: Path, server: Server) -> None:
    server.answers |= {"/old": to("/new", 301), "/new": status(200), "/closed": status(403)}
    path = entity(root, "one", *map(server.url, ("/old#x", "/gone", "/closed")))
    result = newsgloss(root, "one", "--allow-private")
    assert result.exit_code == 1
    assert result.output == (
        f'{path}:5:5: warning: "{server.url("/old#x")}" moved for good (link-moved)\n'
        f"    hint: write {server.url('/new')}#x\n"
        f'{path}:6:5: error: "{server.url("/gone")}" is dead: 404 Not Found (link-dead)\n'
        "    hint: correct it, or delete it\n"
        f'{path}:7:5: notice: "{server.url("/closed")}" does not answer programs: 403 Forbidden (link-refused)\n'
        "    hint: open it in a browser\n"
        "1 error, 1 warning, 1 notice\n"
        "3 links: 1 moved, 1 gone, 1 refused; 3 asked now\n"
    )


@pytest.mark.usefixtures("quick")
def test_only_errors_exit_1(root: Path, server: Server) -> None:
    server.answers |= {"/old": to("/new", 301), "/new": status(200), "/closed": status(403), "/broken": status(500)}
    entity(root, "one", *map(server.url, ("/old", "/closed", "/broken")))
    assert newsgloss(root, "one", "--allow-private").exit_code == 0


@pytest.mark.usefixtures("quick")
def test_json_has_every_answer(root: Path, server: Server) -> None:
    server.answers["/a"] = status(200)
    path = entity(root, "one", server.url("/a"), server.url("/a"))
    found = json.loads(newsgloss(root, "one", "--allow-private", "--format", "json").output)
    (link,) = found["links"]
    assert found["problems"] == []
    assert (link["url"], link["verdict"], link["detail"]) == (server.url("/a"), "alive", "200 OK")
    assert link["places"] == [f"{path}:5:5", f"{path}:6:5"]
    assert dt.datetime.fromisoformat(link["asked"]).tzinfo


@pytest.mark.usefixtures("quick")
def test_github_gets_annotations_and_a_summary(
    root: Path, server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    server.answers["/closed"] = status(403)
    path = entity(root, "one", server.url("/gone"), server.url("/closed"))
    output = newsgloss(root, "one", "--allow-private", "--format", "github").output
    assert f"::error file={path},line=5,col=5,title=link-dead::" in output
    assert f"::notice file={path},line=6,col=5,title=link-refused::" in output
    summary = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert f"{path}:5:5" in summary
    assert "2 links: 1 gone, 1 refused; 2 asked now" in summary


@pytest.mark.usefixtures("quick")
def test_the_publication_says_who_asks(root: Path, server: Server) -> None:
    publication = root / "sources/publication.yml"
    facts = "".join(
        line
        for line in publication.read_text(encoding="utf-8").splitlines(keepends=True)
        if not line.startswith(("name:", "url:"))
    )
    publication.write_text(f'name: "Zeitung (Süd)\\\\ 日"\nurl: {server.url("/")}\n{facts}', encoding="utf-8")
    entity(root, "one", server.url("/a"))
    newsgloss(root, "one", "--allow-private")
    assert server.requests[0].headers["User-Agent"] == (
        f"Newsgloss-links/0.1.0 (checks the links of Zeitung Sd; {server.url('/')})"
    )


@pytest.mark.usefixtures("quick", "names")
@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [(["nothing"], 2, "no article, claim or entity nothing"), (["--max-age", "-1"], 2, "range"),
     (["--max-age", "4000"], 2, "range"), (["--max-age", "nan"], 2, ""), (["--format", "xml"], 2, "")],
)  # fmt: skip
def test_wrong_usage_is_told(root: Path, arguments: list[str], code: int, words: str) -> None:
    result = newsgloss(root, *arguments)
    assert result.exit_code == code
    assert words in result.output


@pytest.mark.usefixtures("quick", "names")
def test_a_cache_that_cannot_be_written_is_told(root: Path) -> None:
    (root / ".cache").write_text("in the way", encoding="utf-8")
    entity(root, "one", "http://nowhere.example/")
    result = newsgloss(root, "one")
    assert result.exit_code == 1
    assert "can't be written" in result.output


def test_help_has_examples() -> None:
    output = CliRunner().invoke(main, ["links", "--help"]).output
    assert "newsgloss links --offline" in output
    assert "--allow-private" in output
