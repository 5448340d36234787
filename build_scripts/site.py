"""What comes out: pages and files of a site, and what is wrong with the content they were made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from build_scripts.jobs import Job
from build_scripts.problems import Problem
from build_scripts.spool import Spool, Waiting
from build_scripts.timings import stage

PRIVATE = "newsgloss-private"
"""The class of the note on each page that shows an original to whoever holds it: such a page is never published."""


@dataclass(frozen=True, slots=True)
class Page:
    """A Markdown page. ``uri``: its path below docs/; ``content``: its text; ``source``: the file to edit, a path from the root.

    ``key``: a digest of all that it is made from, where that is known.
    """

    uri: str
    content: str | Waiting = field(repr=False)
    source: str | None = None
    key: bytes | None = field(default=None, repr=False)

    @property
    def text(self) -> str:
        """The Markdown."""
        return self.content if isinstance(self.content, str) else self.content.data.decode()

    @property
    def data(self) -> bytes:
        """The same as UTF-8."""
        return self.content.encode() if isinstance(self.content, str) else self.content.data

    def aside(self, spool: Spool) -> Page:
        """The same page, whose text waits in ``spool`` until somebody asks for it."""
        return replace(self, content=spool.put(self.data))


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that is published as it is: a copy of ``origin``, or ``content``; text is UTF-8.

    Content that takes time is a function that gives it, called when the file is written; no page of the site's own needs it.
    A job gives it when the site is made, from what was kept of earlier builds where it is there; one that looks at nothing, when
    the file is written. ``around``: what stands before and after a text; it may change though what the job gives stays.
    ``key``: a digest of all that it is made from, where that is known: with the same key it is not made again.
    """

    uri: str
    origin: Path | None = None
    content: str | bytes | Job[str] | Callable[[], bytes] = field(default="", repr=False)
    around: tuple[str, str] = field(default=("", ""), repr=False)
    key: bytes | None = field(default=None, repr=False)

    @property
    def is_costly(self) -> bool:
        """Whether ``data`` takes time: better not asked for after each edit."""
        return callable(self.content)

    @property
    def data(self) -> bytes:
        """What the file holds. Raises OSError where ``origin`` can't be read."""
        if self.origin:
            return self.origin.read_bytes()
        if isinstance(self.content, bytes):
            return self.content
        if isinstance(self.content, str | Job):
            text = self.content if isinstance(self.content, str) else self.content.make()
            return f"{self.around[0]}{text}{self.around[1]}".encode()
        with stage(f"files {PurePosixPath(self.uri).suffix}"):
            return self.content()


@dataclass(frozen=True, slots=True)
class Site:
    """Everything made from sources/. ``years``: the year in which each article was published, by its id."""

    pages: tuple[Page, ...]
    assets: tuple[Asset, ...]
    problems: tuple[Problem, ...]
    years: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def has_errors(self) -> bool:
        """Whether something must be mended before this is published."""
        return any(problem.is_error for problem in self.problems)
