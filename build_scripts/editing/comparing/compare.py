"""What readers will see: two versions of a publication compared.

In: a root and two commits, or one and the files as they are. Out: Markdown; the same versions give the same text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from build_scripts.cache import Cache
from build_scripts.editing.comparing import articles, claims, entities, publication
from build_scripts.editing.comparing.markdown import Entry, plain, report
from build_scripts.editing.survey import CannotCompareError
from build_scripts.editing.versions import library_at
from build_scripts.history import changed_files, commit, meeting
from build_scripts.pipeline import understand

_MADE_FROM = ("docs/", "mkdocs.yml", "build_scripts/rendering/", "build_scripts/export/")
"""What pages are made from beside sources/."""


def compare(root: Path, base: str, head: str | None = None, cache: Cache | None = None) -> str:
    """What changed from ``base`` to ``head``; without it, from where ``base`` was left to the files as they are.

    ``cache``: has what was understood before. Raises CannotCompareError.
    """
    old, new = _commit(root, base), _commit(root, head) if head is not None else None
    if new is None:
        old = meeting(root, old) or old
    changed = changed_files(root, old, new)
    older = library_at(root, old, cache)
    library = library_at(root, new, cache) if new else understand(root, cache=cache)[0]
    sections = (
        ("Publication", list(publication.entries(older, library))),
        ("Checks", list(claims.entries(older, library))),
        ("Articles", list(articles.entries(older, library, changed))),
        ("Entities", list(entities.entries(older, library))),
        ("Pages by hand, and how pages are made", list(_others(changed))),
    )
    return report("What readers will see", sections, "Nothing that readers see changes.")


def _commit(root: Path, revision: str) -> str:
    found = commit(root, revision)
    if found is None:
        raise CannotCompareError(f"{revision} is no commit here")
    return found


def _others(changed: Iterable[str]) -> Iterator[Entry]:
    names = sorted(name for name in changed if name.startswith(_MADE_FROM))
    if names:
        yield Entry("Files", tuple(map(plain, names)))
