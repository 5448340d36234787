"""`newsgloss check --watch`: a look at once, one after each change, an end without a trace."""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from build_scripts.cli import main
from build_scripts.editing.drift import check
from build_scripts.editing.watching import watch
from build_scripts.problems import Problem, Severity
from build_scripts.reports import as_watched
from build_scripts.source import Place
from tests.test_problems import GOLDEN

PATIENCE = 60


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(GOLDEN, tmp_path / "sources")
    return tmp_path


def problem(line: int, message: str = "wrong") -> Problem:
    return Problem(Place("sources/a.yml", line), Severity.ERROR, message, "a-rule", "put it right")


def test_each_change_is_looked_at_beside_the_look_before(root: Path) -> None:
    entity = root / "sources/entities/x.yml"

    def changes() -> Iterator[frozenset[str]]:
        entity.write_text("type: town\nname: X\ndescription: Y.\n", encoding="utf-8")
        yield frozenset({"sources/entities/x.yml"})
        shutil.rmtree(root / "sources/articles")
        entity.unlink()
        yield frozenset({"sources/articles", "sources/entities/x.yml"})

    first, second, third = watch(root, lambda: check(root), changes())
    assert (first.before, first.changed) == (None, frozenset())
    assert second.before == first.problems
    assert "wrong-value" in {problem.rule for problem in second.problems}
    assert third.before == second.problems
    assert "wrong-value" not in {problem.rule for problem in third.problems}


def test_files_that_vanish_while_they_are_read_are_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = open

    def vanish(path: str, *arguments: Any, **named: Any) -> Any:
        if str(path).endswith("anna.yml"):
            Path(path).unlink(missing_ok=True)
        return read(path, *arguments, **named)

    monkeypatch.setattr("builtins.open", vanish)
    assert "sources/entities/anna.yml:1:1: error: this" in "\n".join(map(str, check(root)))


def test_what_is_new_stands_at_the_end_and_moved_lines_are_not_new() -> None:
    before = [problem(1), problem(5, "gone"), problem(9)]
    text = as_watched([problem(2), problem(10), problem(11, "here")], before, {"sources/b.yml", "sources/a\x1b.yml"})
    assert text.splitlines() == [
        "=== changed: sources/a<U+001B>.yml, sources/b.yml",
        "sources/a.yml:2:1: error: wrong (a-rule)", "    hint: put it right",
        "sources/a.yml:10:1: error: wrong (a-rule)", "    hint: put it right",
        "mended: sources/a.yml:5:1: gone (a-rule)",
        "new: sources/a.yml:11:1: error: here (a-rule)", "    hint: put it right",
        "3 errors, 0 warnings: 1 new, 1 mended",
        "Watching sources/. Ctrl-C ends.",
    ]  # fmt: skip


def test_the_same_problem_a_second_time_is_new_once() -> None:
    assert "2 errors, 0 warnings: 1 new, 0 mended" in as_watched([problem(1), problem(2)], [problem(7)])
    assert "no problems: 0 new, 1 mended" in as_watched([], [problem(7)])


@pytest.mark.parametrize("arguments", [["--fix"], ["--format", "json"], ["--format", "github"]])
def test_what_does_not_go_together_is_told(root: Path, arguments: list[str]) -> None:
    result = CliRunner().invoke(main, ["check", "--root", str(root), "--watch", *arguments])
    assert result.exit_code == 2
    assert "--watch goes with neither" in result.output


def test_a_commit_that_is_none_is_told_before_anything_is_watched(root: Path) -> None:
    result = CliRunner().invoke(main, ["check", "--root", str(root), "--watch", "--base", "nowhere"])
    assert result.exit_code == 2
    assert "nowhere names no commit" in result.output


def test_a_file_that_is_saved_is_checked_and_ctrl_c_ends_it_in_silence(root: Path) -> None:
    command = [sys.executable, "-m", "build_scripts", "check", "--root", str(root), "--watch"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        assert until(process, "Ctrl-C ends.\n").endswith("0 errors, 1 warning\nWatching sources/. Ctrl-C ends.\n")
        entity = root / "sources/entities/x.yml"
        (root / "sources/entities/.x.yml.swp").write_text("x", encoding="utf-8")
        entity.write_text("type: town\nname: X\n", encoding="utf-8")
        entity.write_text("type: town\nname: X\ndescription: Y.\n", encoding="utf-8")
        told = until(process, "Ctrl-C ends.\n")
        assert told.startswith("=== changed: sources/entities/x.yml\n")
        assert "new: sources/entities/x.yml:1:7: error: " in told
        entity.unlink()
        assert "mended: sources/entities/x.yml:1:7: " in until(process, "Ctrl-C ends.\n")
        process.send_signal(signal.SIGINT)
        _out, error = process.communicate(timeout=PATIENCE)
        assert (process.returncode, error) == (0, b"")
    finally:
        process.kill()
        process.communicate()


def until(process: subprocess.Popen[bytes], end: str) -> str:
    """What the process says up to ``end``."""
    assert process.stdout is not None
    said, latest = b"", time.monotonic() + PATIENCE
    while not said.endswith(end.encode()):
        assert select.select([process.stdout], [], [], max(0, latest - time.monotonic()))[0], said
        read = os.read(process.stdout.fileno(), 65536)
        assert read, said
        said += read
    return said.decode()
