"""Folders under git, for tests of what looks at older versions."""

from __future__ import annotations

import subprocess
from pathlib import Path

_IDENTITY = (
    "-c",
    "user.name=Tests",
    "-c",
    "user.email=tests@example.org",
    "-c",
    "commit.gpgsign=false",
    "-c",
    "core.autocrlf=false",
)


def git(root: Path, *arguments: str) -> str:
    """What git prints in ``root``."""
    result = subprocess.run(["git", *_IDENTITY, *arguments], cwd=root, check=True, capture_output=True)
    return result.stdout.decode("utf-8")


def commit(root: Path) -> None:
    """Commit everything in ``root``, which becomes a repository if it is none."""
    if not (root / ".git").exists():
        git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", "As it was")
