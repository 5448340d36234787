"""How far a run is: a bar on the terminal for what takes long, which goes away when it is done.

In: items, or steps counted by hand. Out: the same items; a bar on standard error where a door asked for it and a person looks: not
in a file, a pipe or a log, not with NO_COLOR, and not for a few items. One bar at a time.
"""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar  # click names the type nowhere else

T = TypeVar("T")

FEW = 50
"""So many items are done before anybody has read a bar."""

_REDRAWN = 200
"""How often a bar is drawn anew, at most."""


@dataclass
class _Shown:
    bar: ProgressBar[int]
    process: int


_is_wanted = False
_shown: _Shown | None = None


def show(is_wanted: bool) -> None:
    """Whether there are bars from now on."""
    global _is_wanted  # noqa: PLW0603 -- what takes long lies deep in the code, and there is one terminal
    end()
    _is_wanted = is_wanted


def follow(label: str, items: Sequence[T]) -> Iterable[T]:
    """The same items, with a bar of how many were taken; within another bar without."""
    return _followed(label, items) if _is_seen(len(items)) and _shown is None else items


@contextmanager
def steps(label: str, length: int) -> Iterator[None]:
    """A bar for ``length`` times ``step``."""
    begin(label, length)
    try:
        yield
    finally:
        end()


def begin(label: str, length: int) -> None:
    """Show a bar in place of any other."""
    global _shown  # noqa: PLW0603 -- see above
    end()
    if _is_seen(length):
        steps_between = max(1, length // _REDRAWN)
        bar: ProgressBar[int] = click.progressbar(
            length=length, label=f"{label:<10}", file=sys.stderr, update_min_steps=steps_between
        )
        atexit.register(end)  # whatever ends the run: the cursor is shown again
        bar.render_progress()
        _shown = _Shown(bar, os.getpid())


def step() -> None:
    """One more is done."""
    if _shown and _shown.process == os.getpid():
        _shown.bar.update(1)


def clear() -> None:
    """Make room for a line of a log; the bar is drawn again below it."""
    if _shown and _shown.process == os.getpid():
        click.echo("\r\033[2K", file=_shown.bar.file, nl=False, color=True)


def end() -> None:
    """Take the bar away, if there is one."""
    global _shown  # noqa: PLW0603 -- see above
    if _shown and _shown.process == os.getpid():
        _shown.bar.render_finish()  # which shows the cursor again, and goes to the next line
        click.echo("\033[A\r\033[2K", file=_shown.bar.file, nl=False, color=True)
    _shown = None
    atexit.unregister(end)


def _followed(label: str, items: Sequence[T]) -> Iterator[T]:
    with steps(label, len(items)):
        for item in items:
            yield item
            step()


def _is_seen(length: int) -> bool:
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return _is_wanted and length >= FEW and not plain and sys.stderr is not None and sys.stderr.isatty()
