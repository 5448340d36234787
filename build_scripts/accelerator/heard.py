"""What MkDocs says of a page, kept until it is that page's turn, or for good where it was said before."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

_LOG = "mkdocs"


class _Noted(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it as a text, which goes from process to process."""
        record.msg, record.args, record.exc_info = record.getMessage(), None, None
        self.records.append(record)


@contextmanager
def heard() -> Iterator[list[logging.LogRecord]]:
    """What is said meanwhile; nobody else hears it."""
    log, noted = logging.getLogger(_LOG), _Noted()
    before = log.handlers, log.propagate
    log.handlers, log.propagate = [noted], False
    try:
        yield noted.records
    finally:
        log.handlers, log.propagate = before


def say(records: Iterable[logging.LogRecord]) -> None:
    """Say it."""
    for record in records:
        logging.getLogger(record.name).callHandlers(record)
