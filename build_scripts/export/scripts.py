"""Scripts as they are served: without what only their authors read.

In: the folder with the hand-written scripts, the site's words. Out: the same files, smaller; beside them what they say.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from rjsmin import jsmin

from build_scripts.rendering.catalogue import Catalogue
from build_scripts.site import Asset


def scripts(docs: Path, words: Catalogue) -> Iterator[Asset]:
    """Our own scripts in ``docs``/assets, without comments and indentation, and their ``words``."""
    paths = sorted((docs / "assets").glob("newsgloss*.js"))
    for path in paths:
        yield Asset(f"assets/{path.name}", content=str(jsmin(path.read_text(encoding="utf-8"))))
    if paths:
        yield Asset("assets/newsgloss-catalogue.js", content=_catalogue(words))


def _catalogue(words: Catalogue) -> str:
    """A language's messages as a module: by the English ones, and which form a number takes."""
    facts = {"language": words.language, "dir": words.direction, "words": words.of_scripts()}
    values = ",".join(f"{name}:{json.dumps(value, ensure_ascii=False)}" for name, value in facts.items())
    return f"export default {{{values},plural:(n)=>+({words.plural})}};\n"
