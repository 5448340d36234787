"""The workers of a Dask cluster: the only module that knows Dask.

They need this package in the version that asks them, and no files: what they work on is sent to them. The scheduler gives a lost
worker's shards to others; one whose worker was lost too often is tried once more when nothing else is.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self, cast

from build_scripts.cache import code_version, pack
from build_scripts.workers.shards import LostError, Result, Shard, Shared

_PATIENCE = "30s"


class NoClusterError(Exception):
    """The cluster can't be used; the message says why."""


@dataclass(frozen=True)
class Cluster:
    """A cluster, connected. Use as a context."""

    client: Any

    @classmethod
    def at(cls, address: str) -> Self:
        """The cluster whose scheduler listens at ``address``. Raises NoClusterError."""
        if not address.strip():  # Dask would start one
            raise NoClusterError("no scheduler is named")
        try:
            import dask.config  # noqa: PLC0415 -- an extra; the message says how to install it
            from distributed import Client  # noqa: PLC0415
        except ImportError as error:
            raise NoClusterError('a cluster needs Dask: pip install "newsgloss[cluster]"') from error
        # What all calls share is one message, however large.
        dask.config.set({"distributed.admin.large-graph-warning-threshold": "10 GB"})
        try:
            client = Client(address, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            raise NoClusterError(f"no scheduler answers at {address}: {error}") from error
        return cls(client)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.client.close()

    @property
    def number(self) -> int:
        """As Workers says; one where none has come yet."""
        return max(1, len(self.client.scheduler_info(n_workers=-1)["workers"]))

    def each(
        self, work: Callable[[Shared, Shard], Result], shared: Shared, shards: Sequence[Shard]
    ) -> Iterator[Result]:
        """As Workers says. Raises NoClusterError where no worker is there, or one has another version."""
        from distributed.scheduler import KilledWorker  # noqa: PLC0415 -- an extra

        if not shards:
            return
        self._wait()
        packed, lost = pack(shared), list[Shard]()
        for shard, future in self._asked(work, packed, shards):
            try:
                result = future.result()
            except KilledWorker:  # this shard's doing, or that of one that it had to wait for
                lost.append(shard)
            else:
                yield cast(Result, result)
        for alone in lost:
            for shard, future in self._asked(work, packed, [alone]):
                try:
                    yield cast(Result, future.result())
                except KilledWorker as error:
                    raise LostError(shard) from error

    def _asked(
        self, work: Callable[[Any, Shard], object], packed: bytes, shards: Sequence[Shard]
    ) -> Iterator[tuple[Shard, Any]]:
        """The shards, each with what holds its result, as they end."""
        from distributed import as_completed  # noqa: PLC0415 -- an extra

        version = code_version()
        # A call, not data that is sent to workers: what a lost worker held is lost, what it worked out is worked out again.
        held = self.client.submit(_unpacked, packed, pure=False)
        calls = {self.client.submit(_called, version, work, held, shard, pure=False): shard for shard in shards}
        for future in as_completed(list(calls), loop=self.client.loop):
            yield calls[future], future

    def _wait(self) -> None:
        try:
            self.client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError as error:
            raise NoClusterError(f"the cluster has no workers yet: none came within {_PATIENCE}") from error


def _unpacked(packed: bytes) -> Any:
    return pickle.loads(packed)  # noqa: S301 -- from the client; whoever can talk to a scheduler can run code on its workers


def _called(version: bytes, work: Callable[[Shared, Shard], Result], shared: Shared, shard: Shard) -> Result:
    """``work`` on a worker, which must have this very code."""
    if code_version() != version:
        raise NoClusterError(
            "a worker of the cluster has another version of newsgloss or of the packages it is built on"
        )
    return work(shared, shard)
