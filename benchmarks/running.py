"""What a run of a program costs: the program and all that it starts and waits for.

In: a command. Out: processor time, time on the clock, memory. A run that fails is no figure: it is told with its last lines.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_LAST_LINES = 12
_KIB = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class Cost:
    """Seconds of processor time and on the clock; bytes at the peak of the largest process."""

    cpu: float
    wall: float
    memory: float


class FailedError(Exception):
    """A run that gives no figure; the message says why."""


def run(command: Sequence[str | Path], folder: Path, **environment: str) -> Cost:
    """What ``command`` costs, run in ``folder``. Raises FailedError."""
    with tempfile.TemporaryFile() as told:
        start = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 -- programs of this project and its peers, with arguments made here
            [str(part) for part in command],
            cwd=folder,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=subprocess.STDOUT,
        )
        _process, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            told.seek(0)
            last = told.read().decode(errors="replace").splitlines()[-_LAST_LINES:]
            raise FailedError("\n".join([f"{command[0]} ended with {process.returncode}:", *last]))
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss * _KIB)
