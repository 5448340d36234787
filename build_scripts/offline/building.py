"""The site as MkDocs builds it, for whoever has none yet.

In: a root. Out: a folder of pages. The published site and no other: a preview is never packed by mistake.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


class BuildError(Exception):
    """MkDocs could not build the site; the message is what it said."""


def build_site(root: Path, site: Path) -> None:
    """Build what ``root`` publishes into ``site``. Raises BuildError."""
    configuration = root / "mkdocs.yml"
    if not configuration.is_file():
        raise BuildError(f"{configuration} is not there: without it nothing tells how the site is built")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    command += ["--config-file", str(configuration), "--site-dir", str(site)]
    environment = {name: value for name, value in os.environ.items() if name != "NEWSGLOSS_PREVIEW"}
    done = subprocess.run(  # noqa: S603 -- no shell, and paths are no options
        command, cwd=root, env=environment, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if done.returncode:
        raise BuildError(done.stdout.decode("utf-8", "replace").strip())
