"""What git knows; the only module that asks it.

In: a root folder and a commit. Out: which files and lines changed since, what a file or a folder held then, which commits
changed it. Where git can't answer, nothing changed and nothing was there.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

_FILE_AT = re.compile(r"(?P<mode>100644|100755|120000) blob (?P<id>[0-9a-f]{40,64})\t(?P<path>.+)", re.DOTALL)
_FILE = re.compile(r'^\+\+\+ (?:"?b/(.*?)"?\t?|/dev/null)$')
_PREFIXES = ("--src-prefix=a/", "--dst-prefix=b/")
"""Whatever a person's git is set to: diff.noprefix, diff.mnemonicPrefix."""

_HUNK = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@")


def below_top(root: Path) -> str:
    """The path from the repository's top to ``root``, with a slash at its end; empty at the top, or where there is no git."""
    return (_git(root, "rev-parse", "--show-prefix") or b"").decode("utf-8", "replace").rstrip("\n")


def changed_lines(root: Path, revision: str) -> dict[str, list[range]]:
    """For each file below ``root`` that changed since ``revision``, the ranges of its changed lines, from 1."""
    options = ("--unified=0", "--relative", "--no-color", "--no-ext-diff", *_PREFIXES, "--end-of-options")
    changed: dict[str, list[range]] = {}
    path = ""
    for line in (_git(root, "diff", *options, revision, "--", ".") or b"").decode("utf-8", "replace").splitlines():
        if file := _FILE.match(line):
            path = file[1] or ""
        elif path and (hunk := _HUNK.match(line)):
            start, count = int(hunk[1]), int(hunk[2] or 1)
            changed.setdefault(path, []).append(range(start, start + max(1, count)))
    return changed


def changed_files(root: Path, revision: str, head: str | None = None) -> frozenset[str]:
    """The tracked files below ``root`` that differ between ``revision`` and ``head``, else what is there now; gone ones, too."""
    commits = [revision, *([head] if head else [])]
    options = ("--name-only", "--no-renames", "--relative", "-z", "--no-ext-diff", "--end-of-options")
    names = _git(root, "diff", *options, *commits, "--", ".") or b""
    return frozenset(name for name in names.decode("utf-8", "replace").split("\0") if name)


def tracked(root: Path, *patterns: str) -> list[str]:
    """The tracked files below ``root`` that the patterns match; paths relative to it."""
    names = _git(root, "ls-files", "-z", "--", *patterns) or b""
    return [name for name in names.decode("utf-8", "replace").split("\0") if name]


def may_be_added(root: Path, path: str) -> bool:
    """Whether ``git add`` would take the file ``path`` (relative to ``root``): it lies in a repository that does not ignore it."""
    is_ignored = _git(root, "check-ignore", "--quiet", "--", path) is not None
    return _git(root, "rev-parse", "--is-inside-work-tree") is not None and not is_ignored


def commit(root: Path, revision: str) -> str | None:
    """The id of the commit that ``revision`` names; None where there is none."""
    name = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    return name.decode("ascii").strip() if name else None


def day_of(root: Path, commit_id: str) -> str | None:
    """The day of a commit where it was made, as YYYY-MM-DD."""
    day = _git(root, "show", "--no-patch", "--format=%cs", "--end-of-options", commit_id)
    return day.decode("ascii").strip() if day else None


def meeting(root: Path, revision: str) -> str | None:
    """The id of the last commit that ``revision`` and the present one have in common: what changed since is not ``revision``'s."""
    name = _git(root, "merge-base", "--end-of-options", revision, "HEAD")
    return name.decode("ascii").strip() if name else None


def commits_of(root: Path, path: str, limit: int, until: str = "HEAD") -> list[str]:
    """The last ``limit`` commits up to ``until`` that changed something at ``path`` (relative to ``root``), the newest first."""
    log = _git(root, "rev-list", f"--max-count={limit}", "--end-of-options", until, "--", path)
    return (log or b"").decode("ascii").split()


def content_at(root: Path, commit_id: str, path: str) -> bytes | None:
    """What the file ``path`` (relative to ``root``) held at a commit; None where it was not there."""
    return _git(root, "cat-file", "blob", f"{commit_id}:./{path}")


def days_of(root: Path, folder: str) -> dict[str, dt.date]:
    """For each file below ``folder`` (relative to ``root``) the day, by UTC, of the last commit that changed it.

    What has changed since is left out. Nothing is known where history is cut short: there the oldest commit that is left
    seems to have written everything.
    """
    if (_git(root, "rev-parse", "--is-shallow-repository") or b"").strip() != b"false":
        return {}
    options = ("--format=%x00%ct", "--name-only", "--no-renames", "--relative", "--no-ext-diff")
    log = (_git(root, "log", *options, "HEAD", "--", folder) or b"").decode("utf-8", "replace")
    days: dict[str, dt.date] = {}
    for seconds, *names in (commit.split("\n") for commit in log.split("\0") if commit):
        day = dt.datetime.fromtimestamp(int(seconds), dt.UTC).date()
        days |= {name: max(day, days.get(name, day)) for name in names if name}
    changed = changed_files(root, "HEAD")
    return {name: day for name, day in days.items() if name not in changed}


def take_out(root: Path, commit_id: str, folder: str, to: Path) -> None:
    """Write what ``folder`` (relative to ``root``) held at a commit below ``to``; nothing where it was not there.

    What would lie outside ``to``, or is neither file, folder nor link within it, is left out.
    """
    # `git archive` would leave out and rewrite what .gitattributes of that commit tells it to.
    listing = (_git(root, "ls-tree", "-r", "-z", commit_id, "--", folder) or b"").decode("utf-8", "surrogateescape")
    entries = [_FILE_AT.fullmatch(line) for line in listing.split("\0") if line]
    files = [entry for entry in entries if entry]
    contents = _contents(root, [entry["id"] for entry in files])
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        for entry, content in zip(files, contents, strict=True):
            tar.addfile(_member(entry, content), io.BytesIO(content))
    archive.seek(0)
    with tarfile.open(fileobj=archive) as tar:
        tar.extractall(to, filter=_harmless)  # noqa: S202 -- the filter keeps everything inside


def _member(entry: re.Match[str], content: bytes) -> tarfile.TarInfo:
    member = tarfile.TarInfo(entry["path"])
    if entry["mode"] == "120000":
        member.type, member.linkname = tarfile.SYMTYPE, content.decode("utf-8", "surrogateescape")
    else:
        member.size = len(content)
    return member


def _contents(root: Path, ids: list[str]) -> Iterator[bytes]:
    """What each of the blobs holds; nothing of one that is not here, as in a partial clone."""
    answer = io.BytesIO(_git(root, "cat-file", "--batch", given="\n".join(ids).encode("ascii")) or b"")
    for _id in ids:
        head = answer.readline().split()
        size = int(head[2]) if len(head) > 2 else -1  # noqa: PLR2004 -- id, kind and size, else "missing"
        yield answer.read(size) if size >= 0 else b""
        answer.read(size >= 0)


def _harmless(member: tarfile.TarInfo, to: str) -> tarfile.TarInfo | None:
    try:
        return tarfile.data_filter(member, to)
    except tarfile.FilterError:
        return None


def _git(root: Path, *arguments: str, given: bytes = b"") -> bytes | None:
    """What git prints; None where it fails, or is not here."""
    command = ["git", "-C", str(root), "-c", "core.quotePath=off", *arguments]
    try:
        result = subprocess.run(command, input=given, capture_output=True, check=False)  # noqa: S603 -- no shell, and revisions are no options
    except OSError:
        return None
    return None if result.returncode else result.stdout
