"""Whether a build is this package's alone: other plugins and hooks may do anything to a page.

In: the settings. Out: the answer; a warning where it is an older or newer copy of our own hooks that stands in the way.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

_PACKAGE = Path(__file__).resolve().parents[1]
_log = logging.getLogger("mkdocs.plugins.newsgloss")


def is_ours_alone(config: MkDocsConfig) -> bool:
    """Whether no plugin and no hook but this package's takes part in the build."""
    others = list(_others(config))
    if others and all(map(_is_copy, others)):
        for place in others:
            _log.warning(
                "%s is not that of the installed newsgloss, so every page is made anew in each build: copy %s over it, "
                "or give it another name if it is meant to differ",
                place,
                _PACKAGE / place.name,
            )
    return not others


def _others(config: MkDocsConfig) -> Iterator[Path]:
    """Where those come from that are not this package's, byte for byte."""
    for plugin in config.plugins.values():
        place = Path(getattr(plugin, "__file__", None) or "")
        own = _PACKAGE / place.name
        if not (own.is_file() and own.read_bytes() == place.read_bytes()):
            yield place


def _is_copy(place: Path) -> bool:
    return (_PACKAGE / place.name).is_file() and b"build_scripts" in place.read_bytes()
