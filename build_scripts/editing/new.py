"""A new article's folder, to be filled in.

In: an id. Out: article.md and annotations.yml; never over something that exists.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from build_scripts.reading.fields import is_id

_ARTICLE = """\
---
headline:
publisher:
published:            # YYYY-MM-DD
language: en
summary:              # one sentence, for lists and search results
url:                  # the original's address
rights:
  text: digest        # digest: our own summary of it. open: the text itself, with `licence`
  holder:
  basis:              # why summarising and quoting is lawful here
---
"""

ANNOTATIONS = """\
# yaml-language-server: $schema=../../schemas/annotations.schema.json
# Names and aliases of entities are found by themselves; `mentions` is for the others.
mentions: []

# quotes:
#   - id: smith-first-words
#     speaker: jane-smith         # an entity; or in its place  anonymous: {description: ..., reason: ...}
#     cue: said
#     kind: direct                # direct | indirect | mixed
#     content:
#       - The words as they stand in article.md, without the outer quotation marks
#     date: 2024-06-05
quotes: []

# claims:
#   - {claim: an-id-of-sources-claims, exact: the words as they stand in article.md}
claims: []
"""


class CannotCreateError(Exception):
    """The article can't be started; the message says why."""


def create(root: Path, name: str) -> list[str]:
    """Make sources/articles/<name> to be filled in; returns the paths written, from the root. Raises CannotCreateError."""
    return make(root, name, {"article.md": _ARTICLE, "annotations.yml": ANNOTATIONS})


def make(root: Path, name: str, texts: Mapping[str, str]) -> list[str]:
    """Make sources/articles/<name> with these files; returns the paths written, from the root.

    Raises CannotCreateError, and OSError; then nothing is written.
    """
    if not is_id(name):
        raise CannotCreateError(f"{name!r} can't be an id: use lower-case letters, digits and single hyphens")
    folder = root / "sources" / "articles" / name
    if folder.exists():
        raise CannotCreateError(f"{folder.relative_to(root)} exists")
    folder.parent.mkdir(parents=True, exist_ok=True)
    # All or nothing: the folder gets its name when both files are in it.
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".") as temporary:
        for file, text in texts.items():
            (Path(temporary) / "made" / file).parent.mkdir(exist_ok=True)
            (Path(temporary) / "made" / file).write_text(text, encoding="utf-8")
        shutil.move(Path(temporary) / "made", folder)
    return [(folder / file).relative_to(root).as_posix() for file in texts]
