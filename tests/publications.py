"""The golden publication with a line more in its publication.yml."""

from __future__ import annotations

import shutil
from pathlib import Path

from build_scripts.pipeline import understand
from build_scripts.reading.schema import Publication

_GOLDEN = Path(__file__).parent / "golden"


def publication_with(line: str, root: Path) -> tuple[Publication | None, list[str]]:
    """What is understood of it, in the folder ``root``, and what is wrong with it."""
    shutil.copytree(_GOLDEN / "sources", root / "sources")
    path = root / "sources" / "publication.yml"
    path.write_text(f"{path.read_text(encoding='utf-8')}{line}\n", encoding="utf-8")
    library, problems = understand(root)
    faults = [str(problem) for problem in problems if problem.place.path.endswith("publication.yml")]
    return library.publication.facts if library.publication else None, faults
