"""Pagefind, which makes the files of a static search index; the only module that knows its service.

In: what an index is to hold. Out: its files, by path. Pagefind's Python class waits a tenth of a second for each record, so its
service is spoken to here: requests go in, each base64 of JSON ended by a comma, and as many answers come out.
"""

from __future__ import annotations

import base64
import contextlib
import subprocess
import threading
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Any, Self, cast

from build_scripts.export.json_text import compact, read

TIMEOUT = 120.0
"""Seconds after which the service is given up at one index; 5,000 records take one."""

_PIPE = subprocess.PIPE


class IndexingError(Exception):
    """The search index could not be made; the message says why."""


class Pagefind:
    """The service: it is started when it is first asked, and left at the end. It makes indexes while whoever asked goes on."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._talks = ThreadPoolExecutor(1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._process:
            self._process.kill()  # which ends a talk that goes on
        self._talks.shutdown(cancel_futures=True)
        if self._process:
            self._process.__exit__(kind, error, at)

    def begin(self, several: Sequence[Iterable[Mapping[str, Any]]]) -> list[Index]:
        """An index of each of such records, in the making. Raises IndexingError."""
        if not several:
            return []
        self._process = self._process or _started()
        made = _answers(self._talk(_lines([{"type": "NewIndex", "config": {}}] * len(several))), len(several))
        return [self._begun(answer["index_id"], records) for answer, records in zip(made, several, strict=True)]

    def _begun(self, number: int, records: Iterable[Mapping[str, Any]]) -> Index:
        index = {"index_id": number}
        requests: list[Mapping[str, Any]] = [{"type": "AddRecord", **index, **record} for record in records]
        lines = _lines([*requests, {"type": "GetFiles", **index}, {"type": "DeleteIndex", **index}])
        return Index(len(lines), self._talks.submit(self._talk, lines))

    def _talk(self, lines: Sequence[bytes]) -> list[bytes]:
        """What the service says to ``lines``: as many parts, or fewer where it ended or TIMEOUT seconds went by."""
        process = cast("subprocess.Popen[bytes]", self._process)
        # Both pipes are short: unless somebody reads while we write, each side waits for the other.
        feeder = threading.Thread(target=_feed, args=(process.stdin, lines))
        guard = threading.Timer(TIMEOUT, process.kill)
        feeder.start()
        guard.start()
        try:
            return _read(cast(IO[bytes], process.stdout), len(lines))
        except BaseException:
            process.kill()
            raise
        finally:
            guard.cancel()
            feeder.join()


@dataclass(frozen=True)
class Index:
    """An index in the making. ``number``: of answers; ``said``: these, when all are there."""

    number: int
    said: Future[list[bytes]]

    def made(self) -> tuple[dict[str, bytes], int]:
        """Its files, by path, and how many words it has. Raises IndexingError."""
        *added, answer, _gone = _answers(self.said.result(), self.number)
        files = {file["path"]: base64.b64decode(file["content"]) for file in answer["files"]}
        return files, sum(record["page_word_count"] for record in added)


def _lines(requests: Iterable[Mapping[str, Any]]) -> list[bytes]:
    return [
        base64.b64encode(compact({"message_id": number, "payload": request})) + b","
        for number, request in enumerate(requests)
    ]


def _answers(said: Iterable[bytes], number: int) -> list[dict[str, Any]]:
    """What was said, in the order of the requests, of which there were so many. Raises IndexingError."""
    messages = [read(base64.b64decode(line)) for line in said]
    for message in messages:
        if message["payload"]["type"] == "Error":
            raise IndexingError(f"Pagefind says: {message['payload']['message']}")
    if len(messages) < number:
        raise IndexingError(f"Pagefind ended after {len(messages)} of {number} answers, or took too long")
    return [message["payload"] for message in sorted(messages, key=lambda message: int(message["message_id"]))]


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
