"""A Dask cluster of this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def cluster(workers: int) -> Iterator[str]:
    """Gives the address of its scheduler."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        dashboard_address="127.0.0.1:0",  # else clusters side by side want the same port
        worker_dashboard_address="127.0.0.1:0",
        silence_logs=50,
        host="127.0.0.1",
    ) as made:
        yield made.scheduler_address
