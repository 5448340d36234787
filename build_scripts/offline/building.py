"""The site as MkDocs builds it, for whoever has none yet.

In: a root. Out: a folder of pages. The published site and no other: a preview is never packed by mistake.
"""

from __future__ import annotations

import os
import signal
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


def serve_staged(folder: Path, port: int) -> None:
    """Serve the staged site in ``folder`` to this machine alone, until Ctrl-C or a request to end. Raises BuildError."""
    command = [sys.executable, "-m", "mkdocs", "serve", "--no-livereload", "--quiet"]
    command += ["--config-file", str(folder / "mkdocs.yml"), "--dev-addr", f"127.0.0.1:{port}"]
    environment = {**os.environ, "SITE_URL": f"http://127.0.0.1:{port}/"}
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that nothing is left running, nor any file
    try:
        done = subprocess.run(command, cwd=folder, env=environment, check=False)  # noqa: S603 -- no shell, and paths are no options
    except KeyboardInterrupt:
        return
    finally:
        signal.signal(signal.SIGTERM, before)
    if done.returncode:
        raise BuildError(f"MkDocs could not serve the site: exit code {done.returncode}")
