"""Commands as processes that can be killed at any moment, started without the second that Python takes to load them.

One process loads the code and forks at each request, so that what is killed is the real command in a process of its own.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.site.building import REPOSITORY, UNDRAWN

_NURSERY = """
import importlib, json, os, sys
import build_scripts.mkdocs_hook, build_scripts.cli.publishing
import build_scripts.cache as cache
from mkdocs.__main__ import cli as mkdocs
from build_scripts.cli import main as newsgloss
print("ready", flush=True)
for line in sys.stdin:
    told = json.loads(line)
    child = os.fork()
    if not child:
        os.setsid()
        log = os.open(told["log"], os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.chdir(told["folder"])
        if told["version"]:
            cache.code_version = told["version"].encode
        sys.argv = told["command"]
        {"mkdocs": mkdocs, "newsgloss": newsgloss}[sys.argv[0]]()
    print(child, flush=True)
    print(os.waitpid(child, 0)[1], flush=True)
"""


@dataclass(frozen=True)
class Run:
    """A command that has ended. ``status`` is negative where it was killed."""

    status: int
    log: str
    seconds: float


class Nursery:
    """Starts commands, one at a time."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        self._process, self._log = process, folder / "log.txt"

    def start(self, *command: str, cwd: Path, version: str = "") -> int:
        """The process id of the command, which leads a group of its own. ``version``: the code's, as caches have it."""
        told = {"command": command, "folder": str(cwd), "log": str(self._log), "version": version}
        assert self._process.stdin
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()
        return int(self._line())

    def end(self) -> tuple[int, str]:
        """Waits until it has ended: its status, and what it said on both streams."""
        return os.waitstatus_to_exitcode(int(self._line())), self.log()

    def log(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def run(self, *command: str, cwd: Path, killed_after: float | None = None, version: str = "") -> Run:
        """Run a command to its end, or for so many seconds."""
        began = time.monotonic()
        process = self.start(*command, cwd=cwd, version=version)
        if killed_after is not None:
            time.sleep(killed_after)
            kill(process)
        return Run(*self.end(), time.monotonic() - began)

    def _line(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline()


def kill(process: int) -> None:
    """kill -9 of a process and those that it started; of one that has ended already, nothing."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process, signal.SIGKILL)


@contextmanager
def nursery(folder: Path, **environment: str) -> Iterator[Nursery]:
    """A nursery whose commands draw no pictures and cache what they like in a cache of their own."""
    folder.mkdir(parents=True, exist_ok=True)
    variables: Mapping[str, str] = {
        **os.environ,
        **UNDRAWN,
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONUNBUFFERED": "1",
        "TMPDIR": str(folder),
        "XDG_STATE_HOME": str(folder / "state"),
        **environment,
    }
    command = [sys.executable, "-c", _NURSERY]
    with subprocess.Popen(
        command, cwd=REPOSITORY, env=variables, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        yield Nursery(process, folder)
        assert process.stdin
        process.stdin.close()
