"""What commands share that let workers help: their options, and how the work goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from build_scripts import spread
from build_scripts.cache import Cache
from build_scripts.workers.cluster import Cluster, NoClusterError
from build_scripts.workers.local import LocalWorkers
from build_scripts.workers.shards import LostError, Workers


def _chosen(context: click.Context, _option: click.Parameter, value: str | None) -> Workers | None:
    """The workers that were asked for; a cluster is left again when the command ends."""
    number = context.params.pop("number", None)
    if value is None:
        return LocalWorkers(number) if number else None
    if number:
        raise click.UsageError("--workers goes with no --scheduler: how many a cluster has is the cluster's")
    try:
        return context.with_resource(Cluster.at(value))
    except NoClusterError as error:
        raise click.ClickException(str(error)) from error


_number = click.option(
    "--workers",
    "number",
    metavar="N",
    type=click.IntRange(1),
    is_eager=True,
    help="Let so many processes of this machine work side by side.",
)
_scheduler = click.option(
    "--scheduler",
    "workers",
    metavar="ADDRESS",
    callback=_chosen,
    help="Let the workers of a Dask cluster work, whose scheduler listens there: tcp://host:8786. Needs newsgloss[cluster].",
)


def workers_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives ``command`` the parameter ``workers``: whom to ask, None for nobody."""
    return _number(_scheduler(command))


@contextmanager
def telling() -> Iterator[None]:
    """What befalls workers is told in place of what they were to do."""
    try:
        yield
    except (LostError, NoClusterError) as error:
        raise click.ClickException(f"the work was not done: {error}") from error


def read_by(workers: Workers, root: Path, cache: Cache) -> None:
    """Have the articles read, annotated and checked into the cache."""
    with telling():
        spread.read_and_checked(root, workers, cache)
