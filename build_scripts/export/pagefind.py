"""Pagefind, which makes the files of a static search index; the only module that knows its service.

In: what an index is to hold. Out: its files, by path. Pagefind's Python class waits a tenth of a second for each record, so its
service is spoken to here: requests go in, each base64 of JSON ended by a comma, and as many answers come out.
"""

from __future__ import annotations

import base64
import contextlib
import json
import subprocess
import threading
from collections.abc import Iterable, Mapping, Sequence
from types import TracebackType
from typing import IO, Any, Self, cast

TIMEOUT = 120.0
"""Seconds after which the service is given up at one index; 5,000 records take one."""

_PIPE = subprocess.PIPE


class IndexingError(Exception):
    """The search index could not be made; the message says why."""


class Pagefind:
    """The service: it is started when it is first asked, and left at the end."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._process:
            self._process.kill()
            self._process.__exit__(kind, error, at)

    def index(self, records: Sequence[Mapping[str, Any]]) -> tuple[dict[str, bytes], int]:
        """The files of an index of ``records``, by path, and how many words it has. Raises IndexingError."""
        (made,) = self._ask([{"type": "NewIndex", "config": {}}])
        index = {"index_id": made["index_id"]}
        requests: list[Mapping[str, Any]] = [{"type": "AddRecord", **index, **record} for record in records]
        *added, answer, _gone = self._ask([*requests, {"type": "GetFiles", **index}, {"type": "DeleteIndex", **index}])
        files = {file["path"]: base64.b64decode(file["content"]) for file in answer["files"]}
        return files, sum(record["page_word_count"] for record in added)

    def _ask(self, requests: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """The service's answers, in the order of the requests."""
        lines = [
            base64.b64encode(json.dumps({"message_id": number, "payload": request}).encode()) + b","
            for number, request in enumerate(requests)
        ]
        messages = [json.loads(base64.b64decode(line)) for line in self._talk(lines)]
        for message in messages:
            if message["payload"]["type"] == "Error":
                raise IndexingError(f"Pagefind says: {message['payload']['message']}")
        if len(messages) < len(requests):
            raise IndexingError(f"Pagefind ended after {len(messages)} of {len(requests)} answers, or took too long")
        return [message["payload"] for message in sorted(messages, key=lambda message: int(message["message_id"]))]

    def _talk(self, lines: Sequence[bytes]) -> list[bytes]:
        """What the service says to ``lines``: as many parts, or fewer where it ended or TIMEOUT seconds went by."""
        self._process = self._process or _started()
        # Both pipes are short: unless somebody reads while we write, each side waits for the other.
        feeder = threading.Thread(target=_feed, args=(self._process.stdin, lines))
        guard = threading.Timer(TIMEOUT, self._process.kill)
        feeder.start()
        guard.start()
        try:
            return _read(cast(IO[bytes], self._process.stdout), len(lines))
        except BaseException:
            self._process.kill()
            raise
        finally:
            guard.cancel()
            feeder.join()


def _started() -> subprocess.Popen[bytes]:
    from pagefind.service import get_executable  # noqa: PLC0415 -- slow to load, and not needed where the index is kept

    program = get_executable()
    if program is None:
        raise IndexingError("there is no Pagefind: install this package with its dependencies")
    command = [str(program), "--service"]
    try:
        # Unbuffered: what is left unsaid to a service that is gone is no error when its pipe is closed.
        return subprocess.Popen(command, stdin=_PIPE, stdout=_PIPE, stderr=subprocess.DEVNULL, bufsize=0)  # noqa: S603 -- no shell, no words of others
    except OSError as error:
        raise IndexingError(f"Pagefind can't be run: {error}") from error


def _feed(stdin: IO[bytes], lines: Iterable[bytes]) -> None:
    """Write all lines. The pipe stays open: at its end the service would leave, its answers unsaid."""
    with contextlib.suppress(OSError):  # it is gone already; the answers that are missing say so
        for line in lines:
            stdin.write(line)


def _read(stdout: IO[bytes], number: int) -> list[bytes]:
    """Read until ``number`` parts have come, or the end."""
    said = bytearray()
    seen = 0
    while seen < number and (more := stdout.read(1 << 16)):
        said += more
        seen += more.count(b",")
    return bytes(said).split(b",")[:-1]
