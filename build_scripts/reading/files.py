"""Files under sources/ as text.

In: paths below a root. Out: sources, or problems for what can't be read: missing, a folder, outside, unreadable, not UTF-8.
"""

from __future__ import annotations

import os
import re
import stat
import time
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from build_scripts.problems import Problem, Rule, Severity
from build_scripts.reading.fields import MAX_ID, is_id
from build_scripts.reading.values import TEXT_PROFILE, controls
from build_scripts.source import Edit, Place, Source

MAX_BYTES = 4_000_000
_JUST_NOW = 2_000_000_000
"""Nanoseconds in which a file may be written twice and seem to be written once: a clock of files may have whole seconds."""

UNREADABLE = Rule("unreadable-file", "A file of sources/ is missing, is a folder, is too large or can't be opened.")
OUTSIDE = Rule("outside-sources", "A symbolic link leads out of sources/. Only files inside are read and published.")
BAD_NAME = Rule(
    "bad-name",
    "The name of a file or folder is its permanent id: lower-case letters a to z, digits and single hyphens between them, "
    "at most 100 characters: `john-kirby.yml`. `index` is taken: it is the name of each register's page.",
)
UNKNOWN_FILE = Rule(
    "unknown-file", "A file that nothing reads: misplaced, or with another ending than .yml or .md.", Severity.WARNING
)
RULES = (UNREADABLE, OUTSIDE, BAD_NAME, UNKNOWN_FILE)


@dataclass(frozen=True, slots=True)
class Files:
    """The files below ``root``; paths are relative to it, with ``/``."""

    root: Path
    instead: Mapping[str, bytes] = field(default_factory=dict)
    """What files are taken to hold in place of what they do."""

    _inside: dict[str, bool] = field(default_factory=dict)
    """The folders that were looked at already, and whether they lie within."""

    def text(self, path: str) -> tuple[Source | None, list[Problem]]:
        """The text of one file with LF line ends; no source where it can't be read."""
        raw = self.content(path)
        return (None, [raw]) if isinstance(raw, Problem) else decoded(path, raw)

    def content(self, path: str) -> bytes | Problem:
        """The bytes of one file, or why it can't be read."""
        try:
            problem = self._refusal(path)
            if problem:
                return problem
            if path in self.instead:
                return self.instead[path]
            with open(f"{self.root}/{path}", "rb", buffering=0) as file:  # noqa: PTH123 -- half the time of a Path's
                return file.read()
        except OSError as error:
            return UNREADABLE.problem(Place(path), f"this file can't be read: {error.strerror}", "see who may read it")

    def facts(self, path: str) -> tuple[int, ...] | None:
        """What is another once the file at ``path`` changed; None of one that is not like most, or was written just now."""
        found = self._plain(path)
        if not found or path in self.instead or time.time_ns() - found.st_mtime_ns < _JUST_NOW:
            return None
        return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino

    def _refusal(self, path: str) -> Problem | None:
        if self._plain(path):
            return None
        full, place = self.root / path, Place(path)
        if not self._is_within(full):
            return OUTSIDE.problem(place, "this leads out of sources/", "put a copy in its place")
        if not full.exists():
            return UNREADABLE.problem(place, "this file is missing", "add it; sources/README.md shows what it holds")
        if not full.is_file():
            return UNREADABLE.problem(place, "this is not a file", "a file is expected here")
        if full.stat().st_size > MAX_BYTES:
            return UNREADABLE.problem(place, f"more than {MAX_BYTES:,} bytes", "split it")
        return None

    def _plain(self, path: str) -> os.stat_result | None:
        """A file like most: no link, not large, in a folder within."""
        try:
            found = os.lstat(f"{self.root}/{path}")
        except OSError:
            return None
        is_small = stat.S_ISREG(found.st_mode) and found.st_size <= MAX_BYTES
        return found if is_small and self._is_folder_within(path.rpartition("/")[0]) else None

    def _is_folder_within(self, folder: str) -> bool:
        """The same as ``_is_within``; what is no link lies where its folder lies."""
        if folder not in self._inside:
            parent = folder.rpartition("/")[0]
            full = f"{self.root}/{folder}"
            is_plain = bool(parent) and not os.path.islink(full) and os.path.isdir(full)  # noqa: PTH112, PTH114 -- as above
            self._inside[folder] = self._is_folder_within(parent) if is_plain else self._is_within(self.root / folder)
        return self._inside[folder]

    def names(self, folder: str) -> tuple[list[str], list[Problem]]:
        """The visible entries of a folder, sorted; none where there is no such folder."""
        full = f"{self.root}/{folder}"
        if not os.path.exists(full):  # noqa: PTH110 -- half the time of a Path's
            return [], []
        if not self._is_folder_within(folder):
            return [], [OUTSIDE.problem(Place(folder), "this leads out of sources/", "put a copy in its place")]
        try:
            return sorted(name for name in os.listdir(full) if not name.startswith(".")), []  # noqa: PTH208 -- names alone
        except OSError as error:
            return [], [
                UNREADABLE.problem(Place(folder), f"this folder can't be read: {error.strerror}", "see who may read it")
            ]

    def _is_within(self, full: Path) -> bool:
        """Whether ``full`` lies under sources/ when all links are followed; a loop of links lies nowhere."""
        try:
            return full.resolve().is_relative_to((self.root / "sources").resolve())
        except (OSError, RuntimeError):
            return False

    def is_folder(self, path: str) -> bool:
        """Whether a folder is at ``path``."""
        return os.path.isdir(f"{self.root}/{path}")  # noqa: PTH112 -- as above

    def is_inside(self, path: str) -> bool:
        """Whether a file is at ``path`` and it lies under sources/ when all links are followed."""
        full = self.root / path
        return full.is_file() and self._is_within(full)


def bad_name(path: str, stem: str) -> Iterator[Problem]:
    """A problem if ``stem`` can be no id."""
    if not is_id(stem):
        plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
        name = "-".join(re.findall("[a-z0-9]+", plain))[:MAX_ID].strip("-")
        yield BAD_NAME.problem(
            Place(path), "this name can't be an id", f"rename it, for example to {name if is_id(name) else 'a-name'}"
        )


def decoded(path: str, raw: bytes) -> tuple[Source | None, list[Problem]]:
    """The text of a file's bytes with LF line ends; no source, and why, where it is no text of ours."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        place = Source(path, raw[: error.start].decode("utf-8")).place(error.start)
        return None, [
            TEXT_PROFILE.problem(place, f"byte 0x{raw[error.start]:02X} is not UTF-8", "save the file as UTF-8")
        ]
    if text.startswith("\ufeff"):
        hint = "save the file as UTF-8 without BOM"
        return None, [TEXT_PROFILE.problem(Place(path), "a byte order mark", hint, [Edit(0, 1, "")])]
    source = Source(path, text.replace("\r\n", "\n"))
    if found := list(controls(source.text)):
        message = f"{len(found)} control character(s), the first is U+{ord(found[0].group()):04X}"
        return None, [TEXT_PROFILE.problem(source.place(found[0].start()), message, "delete them")]
    return source, []
