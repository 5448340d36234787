"""Records as the files of a static search index; the only module that knows Pagefind.

In: records. Out: the files that a browser loads, by path; the same records give the same bytes. Three things differ from
Pagefind's ways. Its Python class waits a tenth of a second for each record, so its service is spoken to here: requests go in,
each base64 of JSON ended by a comma, and as many answers come out. Its filters come in another order at each run, so what the
records can be filtered by stands in a file of ours. Everything is in one index without word stems, whatever the language:
merged indexes would share one language's stems, and a phrase would find other words than its own.
"""

from __future__ import annotations

import base64
import contextlib
import gzip
import json
import subprocess
import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import IO, Any, cast

from pagefind.service import get_executable

from build_scripts.export.search import Record
from build_scripts.export.words import has_words, indexed

TIMEOUT = 120.0
"""Seconds after which the service is given up; 5,000 records take one."""

_LANGUAGE = "mul"
_PIPE = subprocess.PIPE
_SCRIPTS = ("pagefind.js", "pagefind-worker.js")
_FRAGMENT = ".pf_fragment"
_DATA = (".pf_meta", ".pf_index", _FRAGMENT, ".pagefind", ".json")
_SIGNATURE = b"pagefind_dcd"


class IndexingError(Exception):
    """The search index could not be made; the message says why."""


def search_files(records: Sequence[Record]) -> dict[str, bytes]:
    """The files of the index, in the order of their paths. Raises IndexingError."""
    requests: list[dict[str, Any]] = [{"type": "NewIndex", "config": {}}]
    requests += [{"type": "AddRecord", "index_id": 0, **_payload(record)} for record in records]
    requests.append({"type": "GetFiles", "index_id": 0})
    found = {file["path"]: base64.b64decode(file["content"]) for file in _ask(requests, TIMEOUT)[-1]["files"]}
    files = {path: content for path, content in found.items() if _is_needed(path)}
    shown = {record.url: record for record in records}
    ids: dict[str, str] = {}
    for path in [path for path in files if path.endswith(_FRAGMENT)]:
        fragment = json.loads(gzip.decompress(files[path]).removeprefix(_SIGNATURE))
        ids[fragment["url"]] = PurePosixPath(path).stem
        files[path] = _with_notes(fragment, shown[fragment["url"]])
    return dict(sorted({**files, "facets.json": _facets(records, ids)}.items()))


def _payload(record: Record) -> dict[str, Any]:
    """A record as the service takes it. One without a word is not kept, so a title stands in for text that says none."""
    return {
        "url": record.url,
        "content": indexed(record.text if has_words(record.text) else record.title),
        "language": _LANGUAGE,
        "meta": {"title": indexed(record.title)},
    }


def _with_notes(fragment: Mapping[str, Any], record: Record) -> bytes:
    """What the index keeps of a record, with what is shown of it beside; the index itself would find it by those words, too.

    It is not compressed again, since that differs between machines: a browser reads it either way.
    """
    shown = {"kind": record.kind.label, "lang": record.language, "note": record.note}
    return _SIGNATURE + json.dumps({**fragment, "meta": fragment["meta"] | shown}, ensure_ascii=False).encode()


def _facets(records: Sequence[Record], ids: Mapping[str, str]) -> bytes:
    """For each filter its choices, and for each record the numbers of its choices; the newest record first."""
    names = list(records[0].choices) if records else []
    offered = {
        name: sorted(
            {choice for record in records for choice in record.choices[name]},
            key=lambda choice: (choice.rank, choice.label.casefold(), choice.id),
        )
        for name in names
    }
    number = {name: {choice: place for place, choice in enumerate(offered[name])} for name in names}
    return json.dumps(
        {
            "choices": {name: [[choice.id, choice.label] for choice in offered[name]] for name in names},
            "records": {
                ids[record.url]: [[number[name][choice] for choice in record.choices[name]] for name in names]
                for record in sorted(records, key=lambda record: record.date, reverse=True)
                if record.url in ids
            },
        },
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()


def _is_needed(path: str) -> bool:
    """Whether the site's own search page uses the file: not the interfaces that Pagefind brings along."""
    return path in _SCRIPTS or PurePosixPath(path).suffix in _DATA


def _ask(requests: Sequence[Mapping[str, Any]], timeout: float) -> list[dict[str, Any]]:
    """The service's answers, in the order of the requests."""
    lines = [
        base64.b64encode(json.dumps({"message_id": number, "payload": request}).encode()) + b","
        for number, request in enumerate(requests)
    ]
    messages = [json.loads(base64.b64decode(line)) for line in _talk(lines, timeout)]
    for message in messages:
        if message["payload"]["type"] == "Error":
            raise IndexingError(f"Pagefind says: {message['payload']['message']}")
    if len(messages) < len(requests):
        raise IndexingError(f"Pagefind ended after {len(messages)} of {len(requests)} answers, or took too long")
    return [message["payload"] for message in sorted(messages, key=lambda message: int(message["message_id"]))]


def _talk(lines: Sequence[bytes], timeout: float) -> list[bytes]:
    """What the service says to ``lines``: as many parts, or fewer where it ended or ``timeout`` seconds went by."""
    program = get_executable()
    if program is None:
        raise IndexingError("there is no Pagefind: install this package with its dependencies")
    command = [str(program), "--service"]
    try:
        # Unbuffered: what is left unsaid to a service that is gone is no error when its pipe is closed.
        process = subprocess.Popen(command, stdin=_PIPE, stdout=_PIPE, stderr=subprocess.DEVNULL, bufsize=0)  # noqa: S603 -- no shell, no words of others
    except OSError as error:
        raise IndexingError(f"Pagefind can't be run: {error}") from error
    with process:
        # Both pipes are short: unless somebody reads while we write, each side waits for the other.
        feeder = threading.Thread(target=_feed, args=(process.stdin, lines))
        guard = threading.Timer(timeout, process.kill)
        feeder.start()
        guard.start()
        try:
            return _read(cast(IO[bytes], process.stdout), len(lines))
        finally:
            guard.cancel()
            process.kill()
            feeder.join()


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
