"""Scripts as they are served: without what only their authors read.

In: the folder with the hand-written scripts. Out: the same files, smaller.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rjsmin import jsmin

from build_scripts.site import Asset


def scripts(docs: Path) -> Iterator[Asset]:
    """Our own scripts in ``docs``/assets, without comments and indentation."""
    for path in sorted((docs / "assets").glob("newsgloss*.js")):
        yield Asset(f"assets/{path.name}", content=str(jsmin(path.read_text(encoding="utf-8"))))
