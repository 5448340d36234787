"""How long stages took: what counts for which, and that it is told where it is asked for and nowhere else."""

from __future__ import annotations

import json
import logging
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.structure.files import Files

from build_scripts import mkdocs_progress, timings
from build_scripts.cli import main
from build_scripts.timings import Spent, stage, timed

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def told() -> Iterator[list[str]]:
    """What is told at the end; nothing goes on counting after a test."""
    yield []
    timings.begin("")


def busy(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def counted(tmp_path: Path) -> dict[str, Spent]:
    out = tmp_path / "timings.json"
    timings.end(str(out), pytest.fail)
    return {row["stage"]: Spent(row["cpu"], row["wall"]) for row in json.loads(out.read_text())["stages"]}


def test_off_nothing_is_counted_and_nothing_told(told: list[str]) -> None:
    items = [1, 2]
    with stage("a"):
        assert timed("b", items) is items
    timings.go_on("c")
    timings.end("1", told.append)
    assert told == []


@pytest.mark.usefixtures("told")
def test_a_stage_within_another_counts_for_itself_alone(tmp_path: Path) -> None:
    timings.begin("1")
    with stage("outer"):
        busy(0.02)
        with stage("inner"):
            busy(0.06)
    spent = counted(tmp_path)
    assert list(spent) == ["outer", "inner", "rest"]
    assert 0.02 <= spent["outer"].cpu < 0.06 <= spent["inner"].cpu
    assert spent["inner"].wall >= 0.06


@pytest.mark.usefixtures("told")
def test_what_is_lazy_counts_where_it_is_made_and_what_its_user_does_does_not(tmp_path: Path) -> None:
    def made() -> Iterator[int]:
        for at in range(3):
            busy(0.02)
            yield at

    timings.begin("1")
    with stage("use"):
        for _item in timed("make", made()):
            busy(0.01)
    spent = counted(tmp_path)
    assert spent["make"].cpu >= 0.06
    assert 0.03 <= spent["use"].cpu < 0.06


@pytest.mark.usefixtures("told")
def test_programs_that_a_stage_ran_count_for_it(tmp_path: Path) -> None:
    timings.begin("1")
    with stage("program"):
        work = "import time\nwhile time.process_time() < .1: pass"
        subprocess.run([sys.executable, "-c", work], check=True)
    assert counted(tmp_path)["program"].cpu >= 0.09


@pytest.mark.usefixtures("told")
def test_stages_of_other_threads_do_not_disturb(tmp_path: Path) -> None:
    def other() -> None:
        with stage("elsewhere"):
            pass

    timings.begin("1")
    with stage("here"):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert list(counted(tmp_path)) == ["here", "rest"]


@pytest.mark.usefixtures("told")
def test_a_stage_that_fails_is_left(tmp_path: Path) -> None:
    timings.begin("1")
    with pytest.raises(ValueError, match="no"), stage("fails"):
        raise ValueError("no")
    with stage("next"):
        busy(0.01)
    assert set(counted(tmp_path)) == {"fails", "next", "rest"}


def test_the_table_adds_up() -> None:
    text = timings.as_text({"load": Spent(1, 2), "rest": Spent(3, 4)})
    assert text.splitlines() == [
        "stage    CPU s        %   wall s",
        "load      1.00     25.0     2.00",
        "rest      3.00     75.0     4.00",
        "whole     4.00    100.0     6.00",
    ]


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize(
    ("arguments", "stages"),
    [
        (["check"], ["load", "annotate", "check", "history", "copied words"]),
        (["suggest", "harbour-fire"], ["load", "draft"]),
        (["export", "--out", "OUT"], ["load", "annotate", "check", "index", "tables", "search", "pages", "write"]),
        (["build", "--out", "OUT"], ["load", "annotate", "check", "search", "pages", "write", "files .png"]),
    ],
)
def test_a_command_tells_its_stages_beside_what_it_prints(
    tmp_path: Path, arguments: list[str], stages: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    command = [str(tmp_path / "out") if word == "OUT" else word for word in arguments]
    plain = run(*command, "--root", GOLDEN)
    shutil.rmtree(tmp_path / "out", ignore_errors=True)
    timed_run = run(*command, "--root", GOLDEN, "--timings")
    assert timed_run[:2] == plain[:2]
    table = timed_run[2].partition("stage ")[2].splitlines()
    named = [line[:24].rstrip(" 0123456789.") for line in table[1:]]
    assert [name for name in named if name in stages] == stages
    assert named[-1] == "whole"
    monkeypatch.setenv("NEWSGLOSS_TIMINGS", str(tmp_path / "out.json"))
    silent = run(*command, "--root", GOLDEN)
    assert "whole" not in silent[2]
    assert set(stages) <= {row["stage"] for row in json.loads((tmp_path / "out.json").read_text())["stages"]}


def test_a_file_that_cannot_be_written_is_told_and_the_command_does_its_work(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NEWSGLOSS_TIMINGS", str(tmp_path / "none" / "out.json"))
    code, out, errors = run("check", "--root", GOLDEN)
    assert code == 0
    assert "0 errors" in out
    assert "the timings can't be written to" in errors
    assert "No such file or directory" in errors


@pytest.mark.parametrize(("command", "is_told"), [("build", True), ("gh-deploy", True), ("serve", False)])
def test_a_build_by_mkdocs_tells_its_stages_at_the_end(
    command: str, is_told: bool, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("NEWSGLOSS_TIMINGS", "1")
    caplog.set_level(logging.INFO, "mkdocs.plugins.newsgloss")
    mkdocs_progress.on_startup(command=command, dirty=False)
    with stage("load"):
        pass
    mkdocs_progress.on_nav(object(), config=None, files=Files([]))
    mkdocs_progress.on_env(object(), config=None, files=Files([]))
    mkdocs_progress.on_post_build(config=None)
    mkdocs_progress.on_build_error(error=ValueError())
    found = [record.getMessage() for record in caplog.records]
    assert len(found) == is_told
    for name in ("load", "MkDocs: Markdown", "MkDocs: templates and files", "whole") if is_told else ():
        assert f"\n{name} " in found[0]
