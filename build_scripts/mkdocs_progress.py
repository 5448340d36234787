"""The second door for MkDocs, which changes nothing of the site: how far a build is, and how long its stages took, if that is asked.

It comes after the first in mkdocs.yml: what MkDocs does once the pages are handed to it counts for MkDocs.
"""

from __future__ import annotations

import logging
from typing import Any

from build_scripts import progress, timings

_log = logging.getLogger("mkdocs.plugins.newsgloss")


class _RoomForLines(logging.Handler):
    """Takes the bar away before a line of the log is written."""

    def emit(self, _record: logging.LogRecord) -> None:
        """Write nothing."""
        progress.clear()


_room = _RoomForLines()
_unwritten = 0
"""Pages to be written once all files are."""


def on_startup(*, command: str, dirty: bool) -> None:  # noqa: ARG001 -- MkDocs' call
    """Follow a build, unless it is to be quiet; a server that builds again and again has no end to tell figures at."""
    is_build = command != "serve"
    timings.begin(timings.asked() if is_build else "")
    progress.show(is_build and _log.isEnabledFor(logging.INFO))
    logging.getLogger("mkdocs").handlers.insert(0, _room)  # before the one that writes


def on_nav(_nav: object, /, *, files: Any, **_given: object) -> None:
    """All files are there, and pages are rendered next."""
    timings.go_on("MkDocs: Markdown")
    progress.begin("Rendering", len(files.documentation_pages()))


def on_page_content(_html: str, /, **_given: object) -> None:
    """A page is rendered."""
    progress.step()


def on_env(_env: object, /, *, files: Any, **_given: object) -> None:
    """All pages are rendered, and files are written next, each of which takes a step itself."""
    global _unwritten  # noqa: PLW0603 -- MkDocs has no event between the files and the pages
    _unwritten = len(files.documentation_pages())
    timings.go_on("MkDocs: templates and files")
    progress.begin(
        "Files", sum(getattr(file, "asset", None) is not None and file.inclusion.is_included() for file in files)
    )


def on_page_context(_context: object, /, **_given: object) -> None:
    """A page is put into its template; the first of them comes after all files."""
    global _unwritten  # noqa: PLW0603 -- see above
    if _unwritten:
        progress.begin("Writing", _unwritten)
        _unwritten = 0


def on_post_page(_output: str, /, **_given: object) -> None:
    """A page is complete."""
    progress.step()


def on_post_build(**_given: object) -> None:
    """All is written."""
    logging.getLogger("mkdocs").removeHandler(_room)
    progress.show(False)
    timings.end(timings.asked(), lambda told: _log.info("stages:\n%s", told))


def on_build_error(**_given: object) -> None:
    """The build ends early."""
    on_post_build()
