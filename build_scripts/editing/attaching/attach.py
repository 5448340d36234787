"""A lawfully held copy of an original beside its digest, and the lock that proves what it proves.

In: an article's id, the bytes of the copy, who compared it. Out: original.txt, which git ignores, and original.lock.yml; both or
neither. The same copy again changes nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from build_scripts.anchoring.anchor import Span
from build_scripts.editing.attaching.telling import Digest, lost, missing, told
from build_scripts.editing.import_ import held as read_copy
from build_scripts.editing.importing.found import CannotImportError
from build_scripts.editing.importing.roles import with_roles
from build_scripts.history import may_be_added
from build_scripts.originals.declared import said
from build_scripts.originals.locate import words_between
from build_scripts.originals.locking import lock_text, make_lock
from build_scripts.originals.profile import Original, original
from build_scripts.originals.shingles import tokens
from build_scripts.problems import one_line, shown
from build_scripts.reading.fields import is_id
from build_scripts.reading.files import MAX_BYTES
from build_scripts.reading.load import load
from build_scripts.reading.lock import LOCK, ORIGINAL, LockFile, Verification
from build_scripts.resolve import resolve
from build_scripts.staging import write_whole

_PASSAGE = re.compile(r"(?P<item>[cq]-[a-z0-9-]+)=(?P<block>\d{1,6})(?::(?P<first>\d{1,6})(?:-(?P<last>\d{1,6}))?)?")
_LEAST = 40
"""Words of a text that is a story."""


class CannotAttachError(Exception):
    """Nothing is written; the message says why."""


@dataclass(frozen=True, slots=True)
class Attached:
    """``written``: paths; none where all stood there. ``notes``: what was found. ``is_sound``: every quotation was found."""

    written: tuple[str, ...]
    notes: tuple[str, ...]
    is_sound: bool


@dataclass(frozen=True, slots=True)
class Copy:
    """What a file holds, and its name."""

    raw: bytes
    file: str = ""


def verification(root: Path, by: str, day: dt.date | None) -> Verification | None:
    """Who compared, as given; none where nobody is. Raises CannotAttachError."""
    if not by and day is None:
        return None
    if not by or day is None:
        raise CannotAttachError("give both --verified-by and --verified, or neither")
    people = resolve(*load(root))[0].people
    if is_id(by) and by not in people:
        known = ", ".join(sorted(people)) or "nobody"
        raise CannotAttachError(f"{by} is no id of sources/publication.yml, which knows {known}; a name has capitals")
    return Verification(by=by, date=day)


def attach(root: Path, name: str, copy: Copy, by: Verification | None = None, passages: Sequence[str] = ()) -> Attached:
    """Store the copy and lock it. Raises CannotAttachError, OSError, and then leaves what was there."""
    opened = _opened(root, name)
    made = _original(copy)
    given = _given(made, opened, passages)
    found = make_lock(made, opened.said, opened.before, given, by)
    unfound = tuple(missing(found, opened))
    vouched = None if unfound else by or _still(opened, found.lock)
    locking = make_lock(made, opened.said, opened.before, given, vouched)
    written = _write(root, opened.folder, made, locking.lock)
    notes = [*told(made, locking, opened), *unfound, *lost(opened, made, locking)]
    return Attached(tuple(written), tuple(map(one_line, notes)), not unfound)


def detach(root: Path, name: str) -> str | None:
    """Remove the copy; returns its path, none where there was none. The lock stays. Raises CannotAttachError, OSError."""
    if not is_id(name) or not (root / "sources" / "articles" / name).is_dir():
        raise CannotAttachError(f"there is no article {shown(name)}")
    path = f"sources/articles/{name}/{ORIGINAL}"
    if not (root / path).exists() and not (root / path).is_symlink():
        return None
    (root / path).unlink()
    return path


def _opened(root: Path, name: str) -> Digest:
    library, problems = resolve(*load(root))
    article = library.articles.get(name)
    if article is None:
        why = (
            "is taken back or can't be read"
            if is_id(name) and (root / "sources/articles" / name).is_dir()
            else "is none"
        )
        raise CannotAttachError(f"the article {shown(name)} {why}: run `newsgloss check`")
    if article.facts.rights.text == "open":
        raise CannotAttachError("its text may be shown (`text: open`): only the original of a digest is locked")
    folder = article.path.rpartition("/")[0]
    broken = next((one for one in problems if one.is_error and one.place.path.startswith(f"{folder}/")), None)
    if broken or f"{folder}/{LOCK}" in _unread(root, folder):
        raise CannotAttachError(f"the digest has errors, mend them first: {broken or f'{folder}/{LOCK}'}")
    if may_be_added(root, f"{folder}/{ORIGINAL}"):
        raise CannotAttachError(
            f"git would take the original in: add a line `/sources/articles/*/{ORIGINAL}` to .gitignore first"
        )
    return Digest(article, library, said(article, library))


def _unread(root: Path, folder: str) -> set[str]:
    """The files of a folder that are there and can't be read."""
    return {
        problem.place.path for problem in load(root)[1] if problem.is_error and problem.place.path.startswith(folder)
    }


def _original(copy: Copy) -> Original:
    try:
        made = original(with_roles(read_copy(copy.raw, copy.file)))
    except CannotImportError as error:
        raise CannotAttachError(str(error)) from error
    if len(tokens(made.text)) < _LEAST:
        raise CannotAttachError(f"fewer than {_LEAST} words: this is no story")
    if len(made.text.encode()) > MAX_BYTES:
        raise CannotAttachError(f"more than {MAX_BYTES:,} bytes of text")
    return made


def _given(made: Original, opened: Digest, passages: Sequence[str]) -> dict[str, list[Span]]:
    """Where an editor says that items stand."""
    given: dict[str, list[Span]] = {}
    retold = {item.item for item in opened.said.items if not item.words}
    for passage in passages:
        match = _PASSAGE.fullmatch(passage)
        if match is None:
            raise CannotAttachError(f"{shown(passage)} is no passage: write c-aid-delay=9 or c-aid-delay=9:1-22")
        if match["item"] not in retold:
            raise CannotAttachError(f"{match['item']} is no claim and no retold quotation; there are {_list(retold)}")
        first, last = (int(match[key]) if match[key] else None for key in ("first", "last"))
        span = words_between(made, int(match["block"]), first, last)
        if span is None:
            raise CannotAttachError(f"{shown(passage)}: the original has no such block or words")
        given.setdefault(match["item"], []).append(span)
    return given


def _still(opened: Digest, now: LockFile) -> Verification | None:
    """Who vouched for the lock before, where nothing that a person compares changed since, nor anything by hand."""
    before = opened.before
    if before is None or not opened.is_sealed:
        return None
    kept = {name: getattr(before, name) for name in ("verified", "word_blocks", "seal")}
    is_same = now.model_copy(update=kept) == before
    return before.verified if is_same else None


def _write(root: Path, folder: str, made: Original, lock: LockFile) -> list[str]:
    """Both files or neither; what is as it should be is not written."""
    wanted = {f"{folder}/{ORIGINAL}": made.text, f"{folder}/{LOCK}": lock_text(lock)}
    before = {path: (root / path).read_bytes() if (root / path).is_file() else None for path in wanted}
    written: list[str] = []
    try:
        for path, text in wanted.items():
            if before[path] != text.encode():
                write_whole(root / path, text.encode())
                written.append(path)
    except OSError:
        for path in written:
            content = before[path]
            (root / path).unlink() if content is None else write_whole(root / path, content)
        raise
    return written


def _list(names: set[str]) -> str:
    return ", ".join(sorted(names)) or "none"
