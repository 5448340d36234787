"""The door for MkDocs: pages become virtual files, problems become log lines. No logic of its own.

Under ``mkdocs build`` an error in the content stops the build; under ``mkdocs serve``, which is a preview, the page shows it.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import Files

from build_scripts.accelerator.files import add
from build_scripts.accelerator.pages import assign
from build_scripts.cache import lasting
from build_scripts.export.pagefind import IndexingError
from build_scripts.pipeline import build, while_editing

_log = logging.getLogger("mkdocs.plugins.newsgloss")
_command = "build"


def on_startup(*, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG001 -- MkDocs' call
    """Note which command runs: MkDocs tells nobody else."""
    global _command  # noqa: PLW0603 -- MkDocs hands no object from this event to the next
    _command = command


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add everything that is made from sources/."""
    root = Path(config.config_file_path).resolve().parent
    asked = _command == "build" and os.environ.get("NEWSGLOSS_PREVIEW") == "1"  # gh-deploy publishes
    try:
        site = build(root, home=config.site_url or "", is_preview=asked or _command == "serve", cache=lasting(root))
    except IndexingError as error:
        raise Abort(f"the search index can't be made: {error}") from error
    for problem in site.problems:  # a warning of ours does not stop a strict build, so it is none to MkDocs
        _log.log(logging.ERROR if problem.is_error else logging.INFO, "%s", problem)
    if site.has_errors and _command != "serve":
        raise Abort(f"{sum(problem.is_error for problem in site.problems)} error(s) in sources/")
    add(files, site if _command != "serve" else while_editing(site), config)
    assign(files, config)
    return files
