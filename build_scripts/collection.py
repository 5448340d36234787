"""Python's search for things that refer to each other in a circle, put off while a great many that do not are made.

In: the length of a piece of work. Out: the same work, in less time: what is made for 1,000 articles would be looked through again
and again for circles that are not there.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collection() -> Iterator[None]:
    """Nothing is looked through meanwhile; nor is what is there at the end, until the next time."""
    was_on = gc.isenabled()
    gc.disable()
    gc.unfreeze()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()
