"""A Dask cluster of this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from build_scripts.workers.cluster import Cluster
from build_scripts.workers.local import LocalWorkers
from build_scripts.workers.shards import Workers


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


@contextmanager
def workers_of(request: pytest.FixtureRequest) -> Iterator[Workers]:
    """Two local ones, or those of the fixture ``scheduler``, as the parameter says: ``local`` or ``cluster``."""
    if request.param == "local":
        yield LocalWorkers(2)
        return
    with Cluster.at(request.getfixturevalue("scheduler")) as found:
        yield found
