"""An older version of an article, to compare the present one with.

In: a root, an article's id, a commit or a file. Out: its text as a reader saw it then, and the annotations that it had.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from build_scripts.anchoring.targets import selected, targets
from build_scripts.history import commits_of, content_at
from build_scripts.reading.files import decoded
from build_scripts.reading.load import markdown_file, read_record
from build_scripts.reading.prose import read_prose
from build_scripts.reading.schema import AnnotationsFile
from build_scripts.source import Source

MAX_COMMITS = 500
"""Commits of an article that are looked at for the last one in which all anchors held."""


@dataclass(frozen=True, slots=True)
class Older:
    """``text``: canonical text of the older article. ``known``: identities of the targets it had; empty if unknown.

    ``name``: what it is, for messages: the first letters of a commit's id, a file's path.
    """

    name: str
    text: str
    known: frozenset[Any] = frozenset()
    holds: bool = False


def at_commit(root: Path, article: str, commit_id: str) -> Older | None:
    """The article as it was at a commit; None where it was not there or can't be read."""
    folder = f"sources/articles/{article}"
    text = _source(f"{folder}/article.md", content_at(root, commit_id, f"{folder}/article.md"))
    if text is None:
        return None
    prose = _text(text)
    source = _source(f"{folder}/annotations.yml", content_at(root, commit_id, f"{folder}/annotations.yml"))
    loaded = read_record(source, AnnotationsFile)[0] if source else None
    had = list(targets(loaded.facts)) if loaded else []
    holds = all(selected(prose, target.selector, every=target.every) for target in had)
    return Older(commit_id[:10], prose, frozenset(target.identity for target in had), holds)


def last_good(root: Path, article: str) -> Older | None:
    """The article at the last commit in which all its anchors held."""
    return next((older for older in _versions(root, article) if older.holds), None)


def from_file(path: Path) -> Older | None:
    """The article in a file, with or without front matter; None where it is no text. Raises OSError."""
    source = _source(path.as_posix(), path.read_bytes())
    return Older(path.as_posix(), _text(source)) if source else None


def _versions(root: Path, article: str) -> Iterator[Older]:
    for commit_id in commits_of(root, f"sources/articles/{article}", MAX_COMMITS):
        older = at_commit(root, article, commit_id)
        if older:
            yield older


def _source(path: str, content: bytes | None) -> Source | None:
    return None if content is None else decoded(path, content)[0]


def _text(source: Source) -> str:
    file = markdown_file(source)
    return read_prose(source, file.body if file else 0)[0].text
