"""The page that tells what a copy is.

In: the publication, its address, the commit it was packed at. Out: HTML.
"""

from __future__ import annotations

import re
from pathlib import Path

from build_scripts import history
from build_scripts.export.previews import site_name
from build_scripts.export.templates import fill
from build_scripts.model import Library
from build_scripts.rendering.catalogue import site_language, words_of
from build_scripts.rendering.context import direction


def folder_name(library: Library) -> str:
    """The folder in which everything lies: the publication's name, as file systems take it."""
    return re.sub(r"[^a-z0-9]+", "-", site_name(library).lower()).strip("-") or "site"


def readme(library: Library, root: Path, home: str) -> str:
    """What the copy is, of which version, under which licence. ``home``: the site's full address, or empty."""
    words, language = words_of(library), site_language(library)
    commit = history.commit(root, "HEAD")
    return fill(
        "offline.html.j2",
        say=words.say,
        site=site_name(library),
        language=language,
        dir=direction(language),
        home=home,
        licence=library.publication.facts.licence if library.publication else "",
        commit=commit,
        date=words.day(history.day_of(root, commit)) if commit else "",
        is_changed=bool(commit and history.changed_files(root, commit)),
    )
