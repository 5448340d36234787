"""Changes to files of sources/, to look at or to write.

In: files with their texts before and after. Out: a patch that git takes, or the files, each whole or not at all.
"""

from __future__ import annotations

import difflib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from build_scripts.reading.edits import extended
from build_scripts.source import Source
from build_scripts.staging import write_whole

ANNOTATIONS_HEAD = "# yaml-language-server: $schema=../../schemas/annotations.schema.json\n"


@dataclass(frozen=True, slots=True)
class Patch:
    """One file, by its path from the root, before and after, with the line ends that it has."""

    path: str
    before: str
    after: str


def patch(root: Path, path: str, after: str) -> Patch:
    """The change of a file to ``after``, which has LF line ends; CRLF stays CRLF. Raises OSError, and ValueError for mixed ones."""
    before = (root / path).read_bytes().decode("utf-8")
    returns = before.count("\r\n")
    if returns and returns != before.count("\n"):
        raise ValueError(f"{path} has line ends of two kinds")
    return Patch(path, before, after.replace("\n", "\r\n") if returns else after)


def extension(root: Path, path: str, items: Mapping[str, Sequence[Mapping[str, Any]]]) -> Patch:
    """Items at the end of lists of an annotations.yml, which is made where there is none.

    Raises CannotEditError, OSError, and ValueError for mixed line ends.
    """
    if not (root / path).exists():
        return Patch(path, "", extended(Source(path, ANNOTATIONS_HEAD), items))
    text = (root / path).read_text(encoding="utf-8")
    return patch(root, path, extended(Source(path, text), items))


def as_diff(patches: Iterable[Patch]) -> str:
    """A patch that git takes, paths from the root.

    It has no line ``diff --git``: below one git reads paths from the top of the repository and, run in a folder, skips
    in silence what is not below it.
    """
    return "".join(line for patch in patches if patch.before != patch.after for line in _diff(patch))


def write(root: Path, patches: Iterable[Patch]) -> list[str]:
    """Write the files that change; returns their paths. Raises OSError, and then leaves each file as it was or as it should be."""
    written = []
    for patch in patches:
        if patch.before != patch.after:
            path = (root / patch.path).resolve()  # of a link, what it leads to
            write_whole(path, patch.after.encode("utf-8"), path.stat().st_mode)
            written.append(patch.path)
    return written


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet, whole or not at all. Raises OSError, FileExistsError where there is one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = path.open("x", encoding="utf-8", newline="")
    try:
        with file:
            file.write(text)
    except BaseException:
        path.unlink()
        raise


def _diff(patch: Patch) -> Iterator[str]:
    before, after = (io.StringIO(text, newline="\n").readlines() for text in (patch.before, patch.after))
    for line in difflib.unified_diff(before, after, f"a/{patch.path}", f"b/{patch.path}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
