"""The work on a publication spread over workers: what they work out goes into the cache, and the run goes on from there.

In: what is to be worked out, workers, a cache. Out: a cache that holds what the run would work out by itself, article by article.
Nothing else depends on the workers: what they did not get to is worked out by the run, so a run that was broken off goes on where
it was, and the same comes out whoever did the work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from build_scripts.cache import Cache
from build_scripts.editing.suggest import Asked
from build_scripts.suggesting.draft import Draft
from build_scripts.workers.shards import Workers, cut

Follow = Callable[[int, int], None]
"""Is told how many are done, of how many."""


def drafted(texts: Iterable[Asked], workers: Workers, cache: Cache, follow: Follow) -> None:
    """Have every text's annotations drafted whose draft the cache does not hold. Raises LostError."""
    keys = {asked.key: asked for asked in texts}
    waiting = [asked for key, asked in keys.items() if cache.get("draft", key) is None]
    done = len(keys) - len(waiting)
    for some in workers.each(_drafts, None, cut(waiting, workers.number)):
        for asked, found in some:
            cache.put("draft", asked.key, found)
        done += len(some)
        follow(done, len(keys))


def _drafts(_shared: None, shard: Sequence[Asked]) -> list[tuple[Asked, Draft]]:
    return [(asked, asked.drafted()) for asked in shard]
