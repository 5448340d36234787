"""What comes out: pages and files of a site, and what is wrong with the content they were made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from build_scripts.jobs import Job, Made
from build_scripts.problems import Problem
from build_scripts.timings import stage

PRIVATE = "newsgloss-private"
"""The class of the note on each page that shows an original to whoever holds it: such a page is never published."""


@dataclass(frozen=True, slots=True)
class Page:
    """A Markdown page. ``uri``: its path below docs/; ``content``: its text, or what gives the page.

    ``source``: the file to edit, a path from the root.
    """

    uri: str
    content: str | Made[Page] = field(repr=False)
    source: str | None = None

    @property
    def text(self) -> str:
        """The Markdown."""
        return self.content if isinstance(self.content, str) else self.content.value.text

    @property
    def data(self) -> bytes:
        """The same as UTF-8."""
        return self.text.encode()

    @property
    def key(self) -> bytes | None:
        """A digest of the text, where it is known without it."""
        return None if isinstance(self.content, str) else self.content.key


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that is published as it is: a copy of ``origin``, or ``content``; text is UTF-8.

    Content that takes time is a function that gives it, called when the file is written; no page of the site's own needs it.
    A job gives it when the site is made, from what was kept of earlier builds where it is there; one that looks at nothing, when
    the file is written. ``around``: what stands before and after a text; it may change though what the job gives stays.
    ``key``: a digest of it, or of all that it is made from, where that is known: with the same key it is not made again.
    """

    uri: str
    origin: Path | None = None
    content: str | bytes | Job[str] | Made[str] | Callable[[], bytes] = field(default="", repr=False)
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
        if isinstance(self.content, Job):
            return self._whole(self.content.make())
        if isinstance(self.content, str | Made):
            return self._whole(self.content if isinstance(self.content, str) else self.content.value)
        with stage(f"files {PurePosixPath(self.uri).suffix}"):
            return self.content()

    def _whole(self, text: str) -> bytes:
        return f"{self.around[0]}{text}{self.around[1]}".encode()


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
