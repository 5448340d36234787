"""What commands share that let workers help: their options, and how the work goes on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

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
def spreading(label: str) -> Iterator[Callable[[int, int], None]]:
    """Gives what is told how far the workers are; a bar shows it on a terminal. What befalls them is told."""
    with click.progressbar(length=1, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def follow(done: int, number: int) -> None:
            bar.length = number
            bar.update(done - bar.pos)

        try:
            yield follow
        except (LostError, NoClusterError) as error:
            raise click.ClickException(f"the work was not done: {error}") from error
        except OSError as error:
            raise click.ClickException(
                f"{error.filename or 'the cluster'} can't be read: {error.strerror or error}"
            ) from error
