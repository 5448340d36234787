"""A whole publication as it was at a commit.

In: a root folder, a commit. Out: its library, and of checks that are looked at again what readers saw last.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from build_scripts.cache import Cache
from build_scripts.editing.older import MAX_COMMITS
from build_scripts.history import commits_of, content_at, take_out
from build_scripts.model import Claim, Library
from build_scripts.reading.files import decoded
from build_scripts.reading.load import load, markdown_file, read_record
from build_scripts.reading.schema import ClaimFile, ClaimState
from build_scripts.resolve import resolve


def library_at(root: Path, commit_id: str, cache: Cache | None = None) -> Library:
    """The publication below ``root`` as it was understood at a commit; an empty one where there was none.

    ``cache``: has what was understood before, of whatever version.
    """
    with tempfile.TemporaryDirectory(prefix="newsgloss-") as folder:
        take_out(root, commit_id, "sources", Path(folder))
        return resolve(*load(Path(folder), cache=cache), cache)[0]


def last_verdicts(root: Path, commit_id: str, older: Library) -> Mapping[str, ClaimFile]:
    """What readers saw of each check when it last showed a verdict, at a commit or before; by its id at that commit."""
    shown = {claim.id: _last_verdict(root, commit_id, claim) for claim in older.claims.values()}
    return {name: facts for name, facts in shown.items() if facts}


def _last_verdict(root: Path, commit_id: str, claim: Claim) -> ClaimFile | None:
    if claim.has_verdict:
        return claim.facts
    if not (claim.listed or claim.facts.published):
        return None
    paths = [f"sources/claims/{name}.md" for name in (claim.id, *claim.facts.formerly)]
    versions = (
        _claim_at(root, commit, path) for path in paths for commit in commits_of(root, path, MAX_COMMITS, commit_id)
    )
    return next((facts for facts in versions if facts and facts.state is ClaimState.PUBLISHED), None)


def _claim_at(root: Path, commit_id: str, path: str) -> ClaimFile | None:
    content = content_at(root, commit_id, path)
    source = decoded(path, content)[0] if content is not None else None
    text = markdown_file(source) if source else None
    if source is None or text is None:
        return None
    loaded = read_record(source, ClaimFile, text.facts.start, text.facts.stop)[0]
    return loaded.facts if loaded else None
