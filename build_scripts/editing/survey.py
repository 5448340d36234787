"""What became of the annotations of a whole publication, or of some of its articles, since older texts.

In: a root, ids of articles, and what the older texts are: a commit, a file, or the last commit in which all anchors held. Out:
findings in the order of the articles, and which articles have no older text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from build_scripts.anchoring.targets import selected, targets
from build_scripts.editing.older import Older, at_commit, from_file, last_good
from build_scripts.editing.reanchor import Finding, reanchor
from build_scripts.history import changed_files, commit
from build_scripts.problems import Problem
from build_scripts.reading.load import ArticleFiles, Sources, load


class CannotCompareError(Exception):
    """There is nothing to compare with; the message says what to give instead."""


@dataclass(frozen=True, slots=True)
class Survey:
    """``missing``: a line for each article that could not be compared, and for what of one could not be read."""

    sources: Sources
    findings: tuple[Finding, ...]
    missing: tuple[str, ...]


def survey(root: Path, names: Sequence[str], against: str | None, old: Path | None) -> Survey:
    """What became of each target of the articles ``names``, all if there are none. Raises CannotCompareError."""
    sources, problems = load(root)
    articles = _chosen(sources, names)
    unread = _unread(articles, problems)
    if old and against:
        raise CannotCompareError("--old and --against exclude each other")
    if old:
        if len(names) != 1:
            raise CannotCompareError("--old is the older text of one article: name it")
        return Survey(sources, tuple(reanchor(articles[0], _read(old, articles[0]))), unread)
    base = _base(root, against)
    older = {files.id: at_commit(root, files.id, base) if against else last_good(root, files.id) for files in articles}
    changed = {was.name: changed_files(root, was.name) for was in older.values() if was}
    findings = [
        found for files in articles if (was := older[files.id]) for found in reanchor(files, was, changed[was.name])
    ]
    where = (
        f"can't be read at {against}, or was not there: give another commit, or --old FILE"
        if against
        else "has no commit in which all its anchors held: give --against REV, or --old FILE"
    )
    missing = [f"{files.path} {where}" for files in articles if not older[files.id]]
    return Survey(sources, tuple(findings), (*unread, *missing))


def _chosen(sources: Sources, names: Sequence[str]) -> list[ArticleFiles]:
    articles = {files.id: files for files in sources.articles}
    unknown = [name for name in names if name not in articles]
    if unknown:
        raise CannotCompareError(f"no article {', '.join(unknown)} in sources/articles/")
    return [articles[name] for name in dict.fromkeys(names)] if names else list(articles.values())


def _unread(articles: Sequence[ArticleFiles], problems: Sequence[Problem]) -> tuple[str, ...]:
    """What of the articles' own files could not be read, so that nothing is said of it."""
    folders = {files.path.rpartition("/")[0] for files in articles}
    return tuple(f"{told}" for told in problems if told.is_error and told.place.path.rpartition("/")[0] in folders)


def _read(path: Path, files: ArticleFiles) -> Older:
    """The older text in a file; most annotations must stand in it or have been written for the present one."""
    try:
        older = from_file(path)
    except OSError as error:
        raise CannotCompareError(f"{path} can't be read: {error.strerror}") from error
    if older is None:
        raise CannotCompareError(f"{path} is no text in UTF-8")
    wanted = list(targets(files.annotations.facts)) if files.annotations else []
    known = sum(bool(selected(older.text, target.selector, every=target.every)) for target in wanted)
    if 2 * known < len(wanted):
        raise CannotCompareError(f"{path} is no older text of {files.id}: most of its annotations don't stand there")
    return older


def _base(root: Path, against: str | None) -> str:
    base = commit(root, against or "HEAD")
    if base is None:
        what = f"{against} names no commit" if against else "git knows no older version here"
        raise CannotCompareError(f"{what}; with --old FILE a file is the older text")
    return base
