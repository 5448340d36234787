"""Templates as Python compiled them in an earlier build: ours, and the theme's."""

from __future__ import annotations

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from build_scripts.cache import Cache, digest


class Compiled(BytecodeCache):
    """Keeps what templates are compiled to where all else is kept, under the same seal: it is code. ``way``: how they are compiled."""

    def __init__(self, cache: Cache, way: str) -> None:
        self._cache = cache
        self._way = way

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket, where its template was compiled before."""
        code = self._cache.get("template", digest(self._way, bucket.key, bucket.checksum))
        if code:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what is in the bucket."""
        self._cache.put("template", digest(self._way, bucket.key, bucket.checksum), bucket.bytecode_to_string())
