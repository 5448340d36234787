"""What git knows; the only module that asks it.

In: a root folder and a commit. Out: which lines changed since. Where git can't answer, nothing changed.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

_FILE = re.compile(r'^\+\+\+ "?b/(.*?)"?\t?$')
_HUNK = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@")


def changed_lines(root: Path, revision: str) -> dict[str, list[range]]:
    """For each file below ``root`` that changed since ``revision``, the ranges of its changed lines, from 1."""
    command = [
        "git",
        "-C",
        str(root),
        "-c",
        "core.quotePath=off",
        "diff",
        "--unified=0",
        "--relative",
        "--no-color",
        "--end-of-options",
        revision,
        "--",
        ".",
    ]
    result = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 -- no shell, and the revision is no option
    if result.returncode:
        return {}
    changed: dict[str, list[range]] = {}
    path = ""
    for line in result.stdout.decode("utf-8", "replace").splitlines():
        if file := _FILE.match(line):
            path = file[1]
        elif hunk := _HUNK.match(line):
            start, count = int(hunk[1]), int(hunk[2] or 1)
            changed.setdefault(path, []).append(range(start, start + max(1, count)))
    return changed
