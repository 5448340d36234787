"""The texts of a file of any kind: of an archive its members', of a database its rows', of a picture what is written into it.

In: bytes. Out: texts, each with the way to it inside the file. What can't be opened is told, never passed over.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import contextlib
import io
import re
import sqlite3
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

MOST = 512 * 1024 * 1024
"""Bytes that one file may hold when it is unpacked."""
_DEPTH = 4
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEAST = 15
"""Eight words have so many characters at least."""
# What is written among other bytes: in UTF-8, or in UTF-16 as cameras write comments.
_WRITTEN = re.compile(
    rb"(?:[\x20-\x7e\t\r\n]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}){%d,}" % _LEAST
)
_WIDE = (
    (re.compile(rb"(?:[\x20-\xff\t\r\n]\x00|[\x00-\x40]\x20){%d,}" % _LEAST), "utf-16-le"),
    (re.compile(rb"(?:\x00[\x20-\xff\t\r\n]|\x20[\x00-\x40]){%d,}" % _LEAST), "utf-16-be"),
)
_DATA_URI = re.compile(r"base64,([A-Za-z0-9+/\s]{20,}={0,2})")
_VIRTUAL = re.compile(r"\s*CREATE\s+VIRTUAL\b", re.IGNORECASE)


class CannotOpenError(Exception):
    """What a file holds can't be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Inside:
    """A text of a file. ``member``: the way to it; empty where the text is the file. ``has_lines``: whether people count its lines."""

    member: str
    text: str
    has_lines: bool = True


class Opened:
    """A file's texts, and what could not be read of it."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._left = MOST
        self.closed: list[tuple[str, str]] = []
        """Members that could not be opened, and why."""

    def texts(self) -> Iterator[Inside]:
        """Every text."""
        yield from self._inside("", self._content, 0)

    def _inside(self, member: str, content: bytes, depth: int) -> Iterator[Inside]:
        try:
            if depth > _DEPTH:
                raise CannotOpenError("it is packed too deep")
            if content.startswith(b"PK\x03\x04"):
                yield from self._zip(member, content, depth)
            elif content.startswith(b"\x1f\x8b"):
                yield from self._inside(member, self._gunzipped(content), depth + 1)
            elif content.startswith(b"SQLite format 3\0"):
                yield from _database(member, content)
            else:
                yield from self._plain(member, content, depth)
        except CannotOpenError as error:
            self.closed.append((member, str(error)))

    def _zip(self, member: str, content: bytes, depth: int) -> Iterator[Inside]:
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                comments = [archive.comment, *(info.comment for info in archive.infolist())]
                yield Inside(member, b"\n".join(comments).decode("utf-8", "replace"), has_lines=False)
                for info in archive.infolist():
                    if not info.is_dir():
                        self._take(info.file_size)
                        yield from self._inside(_way(member, info.filename), archive.read(info), depth + 1)
        # NotImplementedError: a way of packing that Python does not know; RuntimeError: a password.
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error) as error:
            raise CannotOpenError(f"it is no whole zip file: {error}") from error

    def _gunzipped(self, content: bytes) -> bytes:
        out: list[bytes] = []
        while content.startswith(b"\x1f\x8b"):
            data, content = self._inflated(content, 16 + zlib.MAX_WBITS)
            out.append(data)
        return b"".join(out)

    def _inflated(self, content: bytes, bits: int = zlib.MAX_WBITS) -> tuple[bytes, bytes]:
        """What is packed, and what stands behind it."""
        unpacker = zlib.decompressobj(bits)
        try:
            data = unpacker.decompress(content, self._left + 1)
        except zlib.error as error:
            raise CannotOpenError(f"it is not whole: {error}") from error
        self._take(len(data))
        if not unpacker.eof:
            raise CannotOpenError("it is not whole")
        return data, unpacker.unused_data

    def _take(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise CannotOpenError(f"it holds more than {MOST // 1024 // 1024} MB")

    def _plain(self, member: str, content: bytes, depth: int) -> Iterator[Inside]:
        text = _decoded(content)
        if text is None:
            for one in (content, *self._packed_chunks(content)):
                yield Inside(member, "\n".join(_written(one)), has_lines=False)
            return
        yield Inside(member, text)
        for match in _DATA_URI.finditer(text):
            with contextlib.suppress(binascii.Error):
                inner = base64.b64decode(match[1] + "=" * (-len(match[1]) % 4))
                yield from self._inside(_way(member, "base64"), inner, depth + 1)

    def _packed_chunks(self, content: bytes) -> Iterator[bytes]:
        """The packed texts of a PNG file."""
        for kind, data in _png_chunks(content):
            packed = {b"zTXt": 2, b"iTXt": 3}.get(kind)
            start = data.find(b"\0") + (packed or 0)
            if kind == b"iTXt" and data[start - 2 : start - 1] == b"\x01":
                start = data.find(b"\0", data.find(b"\0", start) + 1) + 1
            elif kind != b"zTXt":
                continue
            yield self._inflated(data[start:])[0]


def _database(member: str, content: bytes) -> Iterator[Inside]:
    """A text for each table; a value a line."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(content)
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        schema = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
        yield Inside(member, "\n".join(sql or "" for _type, _name, sql in schema), has_lines=False)
        for kind, name, sql in schema:
            if kind == "table" and not _VIRTUAL.match(sql or ""):
                quoted = name.replace('"', '""')
                rows = connection.execute(f'SELECT * FROM "{quoted}"')  # noqa: S608 -- no value, and its quotes are doubled
                cells = (_cell(value) for row in rows for value in row if isinstance(value, str | bytes))
                yield Inside(_way(member, name), "\n".join(cells), has_lines=False)
    except sqlite3.Error as error:
        raise CannotOpenError(f"SQLite can't read it: {error}") from error
    finally:
        connection.close()


def _cell(value: str | bytes) -> str:
    return value if isinstance(value, str) else "\n".join(_written(value))


def _way(member: str, name: str) -> str:
    return f"{member}:{name}" if member else name


def _decoded(content: bytes) -> str | None:
    """A text; None for bytes that are none."""
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return content.decode(encoding, "replace")
    if b"\0" in content:
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        is_text = not re.search(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]", content)
        return content.decode("cp1252", "replace") if is_text else None


def _written(content: bytes) -> Iterator[str]:
    for match in _WRITTEN.finditer(content):
        yield match[0].decode("utf-8", "replace")
    for pattern, encoding in _WIDE:
        for match in pattern.finditer(content):
            yield match[0].decode(encoding, "replace")


def _png_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while content.startswith(b"\x89PNG\r\n\x1a\n") and at + 8 <= len(content):
        size, kind = struct.unpack(">I4s", content[at : at + 8])
        yield kind, content[at + 8 : at + 8 + size]
        at += size + 12
