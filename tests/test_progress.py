"""How far a run is: a bar where a person looks, and nowhere else anything of it."""

from __future__ import annotations

import io
import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from mkdocs.structure.files import InclusionLevel

from build_scripts import mkdocs_progress, progress
from build_scripts.cli import main
from build_scripts.progress import FEW, follow, steps

GOLDEN = Path(__file__).parent / "golden"
MANY = list(range(2 * FEW))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True

    @property
    def screen(self) -> str:
        """What is left to be seen once everything is written."""
        lines, at = [""], 0
        for part in re.findall(r"\x1b\[\??\d*[a-zA-Z]|\r|\n|[^\x1b\r\n]+", self.getvalue()):
            if part == "\n":
                at += 1
                lines += [""] * (at + 1 - len(lines))
            elif part == "\x1b[A":
                at -= 1
            elif part == "\x1b[2K":
                lines[at] = ""
            elif part[0] not in "\r\x1b":
                lines[at] = part + lines[at][len(part) :]
        return "\n".join(lines)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    shown = Terminal()
    # The module's own view: pytest puts a standard error of its own in place between set-up and test.
    monkeypatch.setattr(progress, "sys", SimpleNamespace(stderr=shown))
    progress.show(True)
    yield shown
    progress.show(False)


def test_a_bar_shows_how_many_are_done_and_goes_away(terminal: Terminal) -> None:
    seen = []
    for item in follow("Pages", MANY):
        seen.append(item)
        if len(seen) == FEW:
            assert "Pages" in terminal.screen
            assert " 49%" in terminal.screen
    assert seen == MANY
    assert "100%" in terminal.getvalue()
    assert terminal.screen.strip() == ""
    hidden = terminal.getvalue().rpartition("\x1b[?25l")
    assert hidden[1]
    assert "\x1b[?25h" in hidden[2]


def test_a_few_items_have_no_bar(terminal: Terminal) -> None:
    assert list(follow("Pages", MANY[: FEW - 1])) == MANY[: FEW - 1]
    assert terminal.getvalue() == ""


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_who_asks_for_plain_output_gets_it(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert list(follow("Pages", MANY)) == MANY
    assert terminal.getvalue() == ""


def test_no_bar_unless_a_door_asks_for_it(terminal: Terminal) -> None:
    progress.show(False)
    assert follow("Pages", MANY) is MANY
    assert terminal.getvalue() == ""


def test_nothing_of_a_bar_goes_into_a_file_or_a_pipe(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    piped = io.StringIO()
    monkeypatch.setattr(progress, "sys", SimpleNamespace(stderr=piped))
    assert follow("Pages", MANY) is MANY
    with steps("Files", 1000):
        progress.step()
        progress.clear()
    assert piped.getvalue() + terminal.getvalue() == ""


def test_within_a_bar_there_is_no_other(terminal: Terminal) -> None:
    for _item in follow("Outer", MANY):
        assert follow("Inner", MANY) is MANY
    assert "Inner" not in terminal.getvalue()


def test_a_run_that_fails_leaves_no_bar(terminal: Terminal) -> None:
    def work() -> None:
        for item in follow("Pages", MANY):
            if item == FEW:
                raise ValueError(item)

    with pytest.raises(ValueError, match=str(FEW)):
        work()
    progress.show(False)
    assert terminal.screen.strip() == ""


def test_a_process_that_was_forked_does_not_draw(terminal: Terminal) -> None:
    with steps("Files", 1000):
        before = terminal.getvalue()
        child = os.fork()
        if child == 0:
            progress.step()
            progress.clear()
            progress.end()
            os._exit(terminal.getvalue() != before)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_commands_that_may_take_long_ask_for_bars_while_they_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[int] = []

    def seen(length: int) -> bool:
        asked.extend([length] if progress._is_wanted else [])
        return False

    monkeypatch.setattr(progress, "_is_seen", seen)
    for command in (["check"], ["build", "--out", str(tmp_path / "a")], ["export", "--out", str(tmp_path / "b")]):
        before = len(asked)
        assert CliRunner().invoke(main, [*command, "--root", str(GOLDEN)]).exit_code == 0
        assert len(asked) > before
        assert progress._is_wanted is False


class Files(list[object]):
    def documentation_pages(self) -> list[object]:
        return [object()] * len(self)


def test_a_build_by_mkdocs_has_its_bars_and_lines_of_the_log_stay_whole(terminal: Terminal) -> None:
    log = logging.getLogger("mkdocs")
    lines = logging.StreamHandler(terminal)
    log.addHandler(lines)
    level = log.level
    log.setLevel(logging.INFO)
    files = Files(type("AssetFile", (), {"asset": "x", "inclusion": InclusionLevel.UNDEFINED})() for _each in MANY)
    try:
        mkdocs_progress.on_startup(command="build", dirty=False)
        mkdocs_progress.on_nav(None, files=files, config=None)
        for _page in MANY[:FEW]:
            mkdocs_progress.on_page_content("", page=None)
        log.info("a line")
        assert terminal.screen.splitlines()[-1:] == ["a line"]
        mkdocs_progress.on_page_content("", page=None)
        assert "Rendering" in terminal.screen.splitlines()[-1]
        mkdocs_progress.on_env(None, files=files, config=None)
        assert "Files" in terminal.screen.splitlines()[-1]
        for _page in MANY:
            mkdocs_progress.on_page_context({}, page=None, nav=None, config=None)
            mkdocs_progress.on_post_page("", page=None, config=None)
        assert "Writing" in terminal.screen.splitlines()[-1]
        assert "100%" in terminal.screen.splitlines()[-1]
        mkdocs_progress.on_post_build(config=None)
        assert [line for line in terminal.screen.splitlines() if line.strip()] == ["a line"]
        assert mkdocs_progress._room not in log.handlers
    finally:
        log.removeHandler(lines)
        log.setLevel(level)


@pytest.mark.parametrize(("command", "level"), [("serve", logging.INFO), ("build", logging.ERROR)])
def test_a_server_and_a_quiet_build_have_none(terminal: Terminal, command: str, level: int) -> None:
    log = logging.getLogger("mkdocs")
    before = log.level
    log.setLevel(level)
    try:
        mkdocs_progress.on_startup(command=command, dirty=False)
        mkdocs_progress.on_nav(None, files=Files(MANY), config=None)
        assert terminal.getvalue() == ""
    finally:
        mkdocs_progress.on_post_build()
        log.setLevel(before)
