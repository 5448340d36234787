"""The hooks for pre-commit, run by pre-commit."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repositories import commit, git
from tests.test_problems import GOLDEN

ROOT = Path(__file__).parents[1]
ENTITY = "sources/entities/x.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository that asks for the hook as the editing guide says."""
    root = tmp_path / "newsroom"
    shutil.copytree(GOLDEN, root / "sources")
    guide = (ROOT / "docs/editing.md").read_text(encoding="utf-8")
    config = re.search(r"```yaml\n(repos:\n.*?)```", guide, re.DOTALL)
    assert config
    (root / ".pre-commit-config.yaml").write_text(config[1], encoding="utf-8")
    commit(root)
    return root


def pre_commit(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "PYTHONPATH": str(ROOT),
        "PRE_COMMIT_HOME": str(root.parent / "cache"),
    }
    command = [sys.executable, "-m", "pre_commit", *arguments]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


def test_the_hook_of_the_guide_stops_what_is_wrong_and_mends_when_asked_to(root: Path) -> None:
    (root / ENTITY).write_text("type: place\nname: no\ndescription: Y.\n", encoding="utf-8")
    git(root, "add", "-A")
    stopped = pre_commit(root, "run")
    assert stopped.returncode == 1
    assert f"{ENTITY}:2:7: error: YAML readers disagree" in stopped.stdout
    config = root / ".pre-commit-config.yaml"
    config.write_text(config.read_text(encoding="utf-8").replace("newsgloss check\n        language", "newsgloss check --fix\n        language"), encoding="utf-8")  # fmt: skip
    git(root, "add", "-A")
    mended = pre_commit(root, "run")
    assert mended.returncode == 1
    assert "files were modified by this hook" in mended.stdout
    git(root, "add", "-A")
    passed = pre_commit(root, "run")
    assert passed.returncode == 0
    assert "Passed" in passed.stdout


def test_what_is_not_in_sources_asks_for_no_check(root: Path) -> None:
    (root / "notes.txt").write_text("x", encoding="utf-8")
    git(root, "add", "-A")
    assert "(no files to check)Skipped" in pre_commit(root, "run").stdout


def test_the_files_for_pre_commit_are_as_it_wants_them(root: Path) -> None:
    for command, name in (
        ("validate-config", ".pre-commit-config.yaml"),
        ("validate-manifest", ".pre-commit-hooks.yaml"),
    ):
        result = pre_commit(root, command, str(ROOT / name))
        assert (result.returncode, result.stdout + result.stderr) == (0, "")
