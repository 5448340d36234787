"""What is made long before it is needed, out of the way meanwhile.

In: bytes. Out: the same when they are asked for. They wait in a file without a name, which is gone when nobody has anything of it
any more; where the disk takes nothing, in memory. What was forked reads what was put there before; what it puts there itself it
holds.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import weakref
from functools import cached_property
from typing import BinaryIO


class Spool:
    """Where bytes wait."""

    def __init__(self) -> None:
        self._end = 0
        self._owner = os.getpid()

    def put(self, data: bytes) -> Waiting:
        """Have bytes wait."""
        if os.getpid() == self._owner:
            with contextlib.suppress(OSError):  # no room, or no right to write anywhere
                self._file.seek(self._end)
                if self._file.write(data) == len(data):
                    self._end += len(data)
                    return Waiting(self, self._end - len(data), len(data))
        return Waiting(self, 0, len(data), data)

    def read(self, start: int, size: int) -> bytes:
        """What was written at a place."""
        if hasattr(os, "pread"):  # processes that were forked share where a file is read
            return os.pread(self._file.fileno(), size, start)
        self._file.seek(start)
        return self._file.read(size)

    @cached_property
    def _file(self) -> BinaryIO:
        file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 -- closed when nobody has anything of it any more
        weakref.finalize(self, file.close)
        return file


class Waiting:
    """Bytes that wait; equal to others that hold the same."""

    __slots__ = ("_data", "_size", "_spool", "_start")
    __hash__ = None  # type: ignore[assignment]  # it would have to read

    def __init__(self, spool: Spool, start: int, size: int, data: bytes | None = None) -> None:
        self._spool, self._start, self._size, self._data = spool, start, size, data

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Waiting) and self.data == other.data)

    @property
    def data(self) -> bytes:
        """The bytes. Raises OSError."""
        return self._spool.read(self._start, self._size) if self._data is None else self._data
