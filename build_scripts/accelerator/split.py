"""Pages rendered and put into their templates, and other files made, by several processes side by side.

In: what is to be written, when all files and the navigation are known. Out: the same files, written into the folder that the build
fills, and which they are. What is not among them, whatever the reason, is left to MkDocs, which says what is wrong with it. The processes are forked, so
that they have all that a template asks for, and none of it is sent.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment
from mkdocs.commands.build import _build_page, get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation

from build_scripts import progress
from build_scripts.accelerator.heard import heard
from build_scripts.accelerator.kept import Kept
from build_scripts.accelerator.pages import AcceleratedPage, Done
from build_scripts.cache import Cache
from build_scripts.workers.local import LocalWorkers
from build_scripts.workers.shards import LostError, cut


@dataclass(frozen=True, eq=False)
class Split:
    """What is to be written. ``shown``: all files whose pages MkDocs would write."""

    files: Sequence[File]
    shown: Sequence[File]
    config: MkDocsConfig
    navigation: Navigation
    env: Environment
    kept: Kept
    cache: Cache

    def write(self, workers: LocalWorkers) -> Iterator[tuple[File, Done | None]]:
        """Those files that are written, as they come, pages with what came of them; the others are not there when it ends."""
        if not hasattr(os, "fork") or not self.files:
            return
        self._prepare()
        left = dict(enumerate(self.files))
        with contextlib.suppress(LostError, OSError):  # no process can be started, or none lives: MkDocs does the rest
            for written in workers.each(_write, self, cut(range(len(self.files)), workers.number)):
                for at, done in written:
                    yield left.pop(at), done
        for file in left.values():
            Path(file.abs_dest_path).unlink(missing_ok=True)

    def _prepare(self) -> None:
        """Do once what each process would do for itself, or do again what is done."""
        page = next((file.page for file in self.files if file.page and file.page.content is not None), None)
        if page:
            with contextlib.suppress(Exception):  # a template that is broken: MkDocs says so
                self.env.get_template("main.html").render(get_context(self.navigation, self.shown, self.config, page))
        self.cache.flush()

    def write_one(self, file: File) -> bool:
        """Write a file as MkDocs does; whether it is there then."""
        try:
            if file.page:
                if isinstance(file.page, AcceleratedPage) and file.page.content is None:
                    file.page.make_ahead(self.kept)
                _build_page(file.page, self.config, self.shown, self.navigation, self.env)
            else:
                file.copy_file()
        except Exception:  # whatever it is, MkDocs meets it again, and tells it where somebody reads it
            return False
        return Path(file.abs_dest_path).is_file()


def _write(split: Split, places: Sequence[int]) -> list[tuple[int, Done | None]]:
    """Which of the files at these places are written; in a process of its own."""
    progress.show(False)
    with heard():  # what can't be made is made again, and that is said
        written = [(at, _done(split.files[at])) for at in places if split.write_one(split.files[at])]
    split.cache.flush()  # nobody else has what is kept here
    return written


def _done(file: File) -> Done | None:
    return file.page.done if isinstance(file.page, AcceleratedPage) else None
