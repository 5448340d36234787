"""A folder as a web site on this machine, below a path like that of a project's pages on GitHub."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

PROJECT = "/newsgloss/"
"""The path of ``site_url``: pages that are asked for elsewhere are not there."""


class _Handler(SimpleHTTPRequestHandler):
    def translate_path(self, path: str) -> str:
        return super().translate_path(f"/{path.removeprefix(PROJECT)}" if path.startswith(PROJECT) else "/outside")

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing: a browser tells what it could not load."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve ``folder`` at a free port; gives the address, which ends with a slash."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{PROJECT}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
