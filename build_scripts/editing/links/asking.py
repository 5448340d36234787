"""Many links asked side by side: each host by one thread at a time.

In: addresses. Out: their answers as they come in. Whoever takes no more of them stops it, at once.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import defaultdict
from collections.abc import Callable, Generator, Iterable
from queue import Empty, SimpleQueue

from build_scripts.checks.reach import Answer
from build_scripts.editing.links.manners import Manners
from build_scripts.editing.links.turns import StoppedError, Turns
from build_scripts.editing.links.visit import visit
from build_scripts.editing.links.web import Address, Web

Clock = Callable[[], dt.datetime]


Result = tuple[Address, Answer] | Exception


def ask_all(
    addresses: Iterable[Address], manners: Manners, clock: Clock
) -> Generator[tuple[Address, Answer], None, None]:
    """Each address with its answer. To be closed where it is not taken to the end."""
    groups = _by_host(addresses)
    turns = Turns(Web(manners), manners)
    waiting: SimpleQueue[list[Address]] = SimpleQueue()
    for group in groups:
        waiting.put(group)
    answered: SimpleQueue[Result] = SimpleQueue()

    def answer(address: Address) -> Answer:
        return visit(turns.ask, address, manners.redirects, clock())

    for _ in range(min(manners.side_by_side, len(groups))):
        # A daemon: a look-up that hangs in the system must not keep the program from ending.
        threading.Thread(target=_work, args=(waiting, answered, answer), daemon=True).start()
    try:
        for _ in range(sum(map(len, groups))):
            result = answered.get()
            if isinstance(result, Exception):
                raise result
            yield result
    finally:
        turns.stop()


def _by_host(addresses: Iterable[Address]) -> list[list[Address]]:
    """The addresses of each host; first of the one with most, since it alone decides how long the whole takes."""
    groups: dict[str, list[Address]] = defaultdict(list)
    for address in addresses:
        groups[address.host].append(address)
    return sorted(groups.values(), key=len, reverse=True)


def _work(
    waiting: SimpleQueue[list[Address]], answered: SimpleQueue[Result], answer: Callable[[Address], Answer]
) -> None:
    """Ask one host after another until none is left; an error goes to whoever waits for answers."""
    try:
        while True:
            for address in waiting.get_nowait():
                answered.put((address, answer(address)))
    except (Empty, StoppedError):
        return
    except Exception as error:
        answered.put(error)
