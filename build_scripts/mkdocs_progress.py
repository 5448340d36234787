"""The second door for MkDocs, which changes nothing of the site: how long the stages of a build took, if that is asked for.

It comes after the first in mkdocs.yml: what MkDocs does once the pages are handed to it counts for MkDocs.
"""

from __future__ import annotations

import logging

from build_scripts import timings

_log = logging.getLogger("mkdocs.plugins.newsgloss")


def on_startup(*, command: str, dirty: bool) -> None:  # noqa: ARG001 -- MkDocs' call
    """Count the stages of a build; a server that builds again and again has no end to tell them at."""
    timings.begin(timings.asked() if command != "serve" else "")


def on_nav(_nav: object, /, **_given: object) -> None:
    """All files are there."""
    timings.go_on("MkDocs: Markdown")


def on_env(_env: object, /, **_given: object) -> None:
    """All texts are rendered."""
    timings.go_on("MkDocs: templates and files")


def on_post_build(**_given: object) -> None:
    """All is written."""
    timings.end(timings.asked(), lambda told: _log.info("stages:\n%s", told))


def on_build_error(**_given: object) -> None:
    """The build ends early."""
    on_post_build()
