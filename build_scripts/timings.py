"""How long the stages of a run take.

In: stages named around the code that runs them. Out: for each, seconds of processor time and on the clock, what a stage within
it takes not counted; so they add up to the whole. Off until a door switches it on, and then nearly free. Programs that a stage
started and waited for count, and so does what other threads do meanwhile.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from threading import get_ident
from typing import TypeVar

VARIABLE = "NEWSGLOSS_TIMINGS"
"""Asks for the figures without an option: 1 for a table, the name of a file for JSON."""

T = TypeVar("T")

_REST = "rest"
_OFF = nullcontext()


@dataclass
class Spent:
    """Seconds: of processor time, and on the clock."""

    cpu: float = 0.0
    wall: float = 0.0


class Clock:
    """Counts for one stage at a time: the one that was entered last and not left yet."""

    def __init__(self) -> None:
        self.stages: dict[str, Spent] = {}
        self._open = [_REST]
        self._last = _now()
        self._thread = get_ident()

    @property
    def is_ours(self) -> bool:
        """Whether this is the thread whose stages are counted."""
        return self._thread == get_ident()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """What runs meanwhile counts for ``name``."""
        self._count()
        self._open.append(name)
        try:
            yield
        finally:
            self._count()
            self._open.pop()

    def go_on(self, name: str) -> None:
        """Until further notice, ``name`` is what runs outside all stages."""
        self._count()
        self._open[0] = name

    def stop(self) -> Mapping[str, Spent]:
        """The figures, in the order in which the stages were begun; what none was named for comes last."""
        self._count()
        rest = self.stages.pop(_REST, Spent())
        return self.stages | {_REST: rest}

    def _count(self) -> None:
        cpu, wall = _now()
        spent = self.stages.setdefault(self._open[-1], Spent())
        spent.cpu += cpu - self._last[0]
        spent.wall += wall - self._last[1]
        self._last = cpu, wall


_clock: Clock | None = None


def stage(name: str) -> AbstractContextManager[None]:
    """What runs meanwhile counts for the stage ``name``; of what is lazy, see ``timed``."""
    return _clock.stage(name) if _clock and _clock.is_ours else _OFF


def timed(name: str, items: Iterable[T]) -> Iterable[T]:
    """The same items; what it takes to make each counts for the stage ``name``."""
    return _each_timed(name, items) if _clock else items


def go_on(name: str) -> None:
    """From here on, what runs outside all stages counts for ``name``."""
    if _clock:
        _clock.go_on(name)


def asked() -> str:
    """What the environment asks for: a file's name, 1, or nothing."""
    wanted = os.environ.get(VARIABLE, "")
    return "" if wanted == "0" else wanted


def begin(wanted: str) -> None:
    """Count from now on, where that is wanted; what was counted before is forgotten."""
    global _clock  # noqa: PLW0603 -- stages lie deep in the code, and a run counts for itself alone
    _clock = Clock() if wanted else None


def end(wanted: str, tell: Callable[[str], object]) -> None:
    """Give what was counted: to ``tell`` as a table, or to the file that is ``wanted``; why it can't be written is told."""
    global _clock  # noqa: PLW0603 -- see above
    if _clock is None:
        return
    stages = _clock.stop()
    _clock = None
    if wanted == "1":
        tell(as_text(stages))
        return
    try:
        Path(wanted).write_text(as_json(stages), encoding="utf-8")
    except OSError as error:
        tell(f"the timings can't be written to {wanted}: {error.strerror}")


def as_text(stages: Mapping[str, Spent]) -> str:
    """A table, the whole in its last line."""
    whole = _whole(stages)
    width = max(len(name) for name in (*stages, "stage"))
    lines = [f"{'stage':<{width}}    CPU s        %   wall s"]
    for name, spent in (*stages.items(), ("whole", whole)):
        share = 100 * spent.cpu / whole.cpu if whole.cpu else 0
        lines.append(f"{name:<{width}} {spent.cpu:8.2f} {share:8.1f} {spent.wall:8.2f}")
    return "\n".join(lines)


def as_json(stages: Mapping[str, Spent]) -> str:
    """The same for programs."""
    rows = [{"stage": name, "cpu": round(spent.cpu, 6), "wall": round(spent.wall, 6)} for name, spent in stages.items()]
    whole = _whole(stages)
    return json.dumps({"stages": rows, "cpu": round(whole.cpu, 6), "wall": round(whole.wall, 6)}, indent=2) + "\n"


def _whole(stages: Mapping[str, Spent]) -> Spent:
    return Spent(sum(spent.cpu for spent in stages.values()), sum(spent.wall for spent in stages.values()))


def _each_timed(name: str, items: Iterable[T]) -> Iterator[T]:
    with stage(name):
        made = iter(items)
    while True:
        with stage(name):
            try:
                item = next(made)
            except StopIteration:
                return
        yield item


def _now() -> tuple[float, float]:
    """Processor time, that of programs that ended and were waited for included; and the clock's."""
    others = os.times()
    return time.process_time() + others.children_user + others.children_system, time.perf_counter()
