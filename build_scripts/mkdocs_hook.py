"""The door for MkDocs: pages become virtual files, problems become log lines. No logic of its own.

An error in the content stops ``mkdocs build``; under ``mkdocs serve``, which is a preview, the page shows it.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import Files

from build_scripts.accelerator.run import (
    command,
    fill,
    on_build_error,
    on_config,
    on_env,
    on_nav,
    on_post_build,
    on_post_page,
    on_startup,
)
from build_scripts.accelerator.serving import made, on_serve
from build_scripts.cache import lasting
from build_scripts.export.pagefind import IndexingError
from build_scripts.pipeline import while_editing
from build_scripts.site import Site
from build_scripts.spread import built
from build_scripts.workers.local import asked as workers
from build_scripts.workers.shards import LostError

__all__ = [
    "on_build_error", "on_config", "on_env", "on_files", "on_nav", "on_post_build", "on_post_page", "on_serve", "on_startup",
]  # fmt: skip

_log = logging.getLogger("mkdocs.plugins.newsgloss")


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add everything that is made from sources/."""
    return fill(files, made(_site, config), config)


def _site(config: MkDocsConfig) -> Site:
    root = Path(config.config_file_path).resolve().parent
    asked = command() == "build" and os.environ.get("NEWSGLOSS_PREVIEW") == "1"  # gh-deploy publishes
    try:
        site = built(root, config.site_url or "", lasting(root), workers(), is_preview=asked or command() == "serve")
    except (IndexingError, LostError) as error:
        kind = "the search index" if isinstance(error, IndexingError) else "the site"
        raise Abort(f"{kind} can't be made: {error}") from error
    for problem in site.problems:  # a warning of ours does not stop a strict build, so it is none to MkDocs
        _log.log(logging.ERROR if problem.is_error else logging.INFO, "%s", problem)
    if site.has_errors and command() != "serve":
        raise Abort(f"{sum(problem.is_error for problem in site.problems)} error(s) in sources/")
    return site if command() != "serve" else while_editing(site)
