"""Zip archives that are the same on every machine.

In: files by name. Out: the archive's bytes. The order is the caller's; dates and rights are always the same, and nothing is
compressed unless it is asked for, since that differs between machines.
"""

from __future__ import annotations

import io
import os
import time
import zipfile
from collections.abc import Iterable

_FIRST, _LAST = 315532800, 4354819198
"""The first and the last second that a zip can name, in 1980 and 2107."""


def zipped(files: Iterable[tuple[str, bytes]], *, is_small: bool = False) -> bytes:
    """An archive of ``files``, each its name and content; ``is_small``: compressed."""
    method = zipfile.ZIP_DEFLATED if is_small else zipfile.ZIP_STORED
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files:
            archive.writestr(_entry(name, method), content)
    return buffer.getvalue()


def _entry(name: str, method: int) -> zipfile.ZipInfo:
    """What an archive says of a file; the date is that of SOURCE_DATE_EPOCH, where it is set."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    given = int(seconds) if seconds.isdecimal() else 0
    info = zipfile.ZipInfo(name, time.gmtime(min(max(_FIRST, given), _LAST))[:6])
    info.compress_type = method
    info.create_system = 3  # as on Unix, so that the rights count
    info.external_attr = 0o100644 << 16
    return info
