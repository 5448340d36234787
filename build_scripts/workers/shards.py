"""What workers take on, and what becomes of a worker that is lost.

In: a function, what all its calls share, and shards: what each call is about. Out: what the calls give, as they end. The function
may be called again for the same shard after a worker was lost, so it gives values and changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Protocol, TypeVar

Shared = TypeVar("Shared")
Shard = TypeVar("Shard")
Result = TypeVar("Result")

ATTEMPTS = 3
"""How often a shard may lose its worker on this machine; how often in a cluster, its scheduler decides."""


class LostError(Exception):
    """A shard whose worker ended each time it was tried; the message names it."""

    def __init__(self, shard: object) -> None:
        super().__init__(f"each worker in turn that took on {str(shard)[:200]} was lost")


class Workers(Protocol):
    """Local processes or a cluster's."""

    @property
    def number(self) -> int:
        """How many there are now."""

    def each(
        self, work: Callable[[Shared, Shard], Result], shared: Shared, shards: Sequence[Shard]
    ) -> Iterator[Result]:
        """What ``work`` gives for ``shared`` and each of the shards, in the order in which they end.

        A shard whose worker is lost is given to another. Raises LostError where that happens time and again, and whatever
        ``work`` raises.
        """


def cut(things: Sequence[Shard], workers: int, most: int = 200) -> list[Sequence[Shard]]:
    """``things`` in shards of nearly one size, at most ``most``: several for each worker, so that none waits long for the last."""
    count = min(len(things), max(-(-len(things) // most), 4 * workers))
    edges = [len(things) * at // count for at in range(count + 1)] if count else [0]
    return [things[start:end] for start, end in pairwise(edges)]
