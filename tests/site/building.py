"""Roots to build from, and what a build of one gave.

A root here has the repository's own configuration, theme and hand-written pages. Sites that several tests read are built
once, by whichever worker asks first.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).parents[2]
UNDRAWN = {"PYTHONPATH": os.pathsep.join((str(Path(__file__).parent / "undrawn"), str(REPOSITORY)))}
"""The environment of a build that draws no pictures, which takes half the time where there are hundreds."""
_NOT_IN_YAML = re.compile("[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]")


@dataclass(frozen=True)
class Built:
    """A site as MkDocs made it. ``root``: its sources; ``site``: its pages; ``log``: what MkDocs said."""

    root: Path
    site: Path
    status: int
    log: str

    def page(self, uri: str) -> str:
        """The HTML made of the page at ``uri``, a path below docs/."""
        return self.file(uri).read_text(encoding="utf-8")

    def file(self, uri: str) -> Path:
        return self.site / address(uri) / "index.html"


def address(uri: str) -> str:
    """The address of a page below the site's own: ``claims/x/`` for ``claims/x.md``."""
    way = uri.removesuffix(".md")
    way = "" if way == "index" else way.removesuffix("/index")
    return f"{way}/" if way else ""


def program(name: str) -> str:
    """A program of the environment in which the tests run."""
    return str(Path(sys.executable).parent / name)


def run(*command: str, cwd: Path = REPOSITORY, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program to its end; what it prints on both streams is in ``stdout``."""
    variables = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment}
    return subprocess.run(
        command,
        cwd=cwd,
        env=variables,
        check=False,
        text=True,
        encoding="utf-8",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def build_with_mkdocs(root: Path, site: Path, **environment: str) -> Built:
    configuration = str(root / "mkdocs.yml")
    done = run(program("mkdocs"), "build", "--strict", "-f", configuration, "-d", str(site), cwd=root, **environment)
    return Built(root, site, done.returncode, done.stdout)


def new_root(root: Path) -> Path:
    """A root without articles, claims and entities; verdicts and people are the repository's."""
    empty_sources = root / "sources"
    for folder in ("articles", "claims", "entities"):
        (empty_sources / folder).mkdir(parents=True)
    for name in ("publication.yml", "rating-scale.yml"):
        shutil.copy(REPOSITORY / "sources" / name, empty_sources / name)
    _add_configuration(root)
    return root


def copy_of_repository(root: Path) -> Path:
    """A root with the repository's own sources."""
    shutil.copytree(REPOSITORY / "sources", root / "sources")
    _add_configuration(root)
    return root


def small_publication(root: Path) -> Path:
    """A root with the sources of the golden publication, for tests that build often."""
    shutil.copytree(REPOSITORY / "tests/golden/sources", root / "sources")
    _add_configuration(root)
    return root


def _add_configuration(root: Path) -> None:
    shutil.copy(REPOSITORY / "mkdocs.yml", root / "mkdocs.yml")
    shutil.copytree(REPOSITORY / "docs", root / "docs")
    (root / "build_scripts").symlink_to(REPOSITORY / "build_scripts")


def write_yaml(path: Path, values: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml(values) + "\n", encoding="utf-8")


def write_markdown(path: Path, values: Mapping[str, Any], body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{yaml(values)}\n---\n{body}", encoding="utf-8")


def yaml(values: Any) -> str:
    """JSON that is YAML too: what YAML takes for line ends or refuses is written as an escape."""
    text = json.dumps(values, ensure_ascii=False, indent=1)
    return _NOT_IN_YAML.sub(lambda char: f"\\u{ord(char.group()):04x}", text)


def article_facts(**values: Any) -> dict[str, Any]:
    """Front matter of an open article in English, but for ``values``."""
    return {
        "headline": "A headline",
        "publisher": "A publisher",
        "published": "2024-06-05",
        "language": "en",
        "summary": "A summary.",
        "rights": {"text": "open", "holder": "A holder", "licence": "CC0-1.0"},
    } | values


def claim_facts(**values: Any) -> dict[str, Any]:
    """Front matter of a claim that was published and is in review again, but for ``values``."""
    return {
        "claim_reviewed": "A claim",
        "rating": "unverified",
        "summary": "A finding.",
        "author": "newsgloss-desk",
        "state": "in-review",
        "published": "2024-06-06",
        "selection_reason": "A reason.",
    } | values


def made_once(factory: pytest.TempPathFactory, name: str, fill: Callable[[Path], Built]) -> Built:
    """The site that ``fill`` builds in an empty folder; workers that come later wait for it and read it."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    record = shared / f"{name}.json"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not record.exists():
            built = fill(_emptied(shared / name))
            record.write_text(json.dumps([str(built.root), str(built.site), built.status, built.log]))
    root, site, status, log = json.loads(record.read_text())
    return Built(Path(root), Path(site), status, log)


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder
