"""Commands of whoever publishes: build, and the lists and schemas that are files of the publication."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from build_scripts.cache import Cache
from build_scripts.cli.group import main, root_option, timings_option
from build_scripts.cli.spreading import telling, workers_options
from build_scripts.editing.addresses import list_addresses
from build_scripts.export.pagefind import IndexingError
from build_scripts.reports import as_text
from build_scripts.schemas import write_schemas
from build_scripts.site import Site
from build_scripts.spread import built
from build_scripts.staging import ForeignFolderError, home, stage, stage_split, write_downloads
from build_scripts.workers.shards import Workers

T = TypeVar("T")


@main.command()
@root_option
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to write.")
@click.option(
    "--preview",
    "is_preview",
    is_flag=True,
    help="For reviewers: with drafts and checks in review, marked as not published.",
)
@click.option(
    "--split",
    type=click.Choice(["year"]),
    help="In parts, for a site too large for one run of MkDocs: OUT with what articles share, OUT/2024 with the articles of that "
    "year, and so on.",
)
@workers_options
@timings_option
def build(root: Path, out: Path, is_preview: bool, split: str | None, workers: Workers | None) -> None:
    """Write the site as Markdown: OUT/mkdocs.yml and OUT/docs, hand-written pages included.

    Only changed files are written; files of an earlier run that are no longer made are removed. With errors in sources/
    nothing is written.

    \b
    Examples:
      newsgloss build --out .build && mkdocs build -f .build/mkdocs.yml
      newsgloss build --out .preview --preview
      newsgloss build --out .build --split year --workers 4
    """
    site = _built(root, workers, is_preview=is_preview)
    if split:
        years, changed = _written(out, lambda folder: stage_split(site, root, folder))
        click.echo(f"{len(site.pages)} pages in {out} and its parts {', '.join(years)}, {changed} files changed")
        return
    changed = _written(out, lambda folder: stage(site, root, folder))
    click.echo(f"{len(site.pages)} pages in {out}, {changed} files changed")


FORMATS = {
    "csv": ("*.csv", "datapackage.json"),
    "json": ("*.json",),
    "sqlite": ("*.sqlite", "datasette.json"),
    "jsonld": ("*.jsonld", "*.txt"),
    "atom": ("*.atom",),
}
"""The names of the files of each format, and of what is needed to read them."""


@main.command()
@root_option
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to write.")
@click.option(
    "--format",
    "formats",
    type=click.Choice(list(FORMATS)),
    multiple=True,
    help="Only these files; may be given several times. jsonld: ClaimReview and annotations, with the texts in which they "
    "count. [default: all]",
)
@workers_options
@timings_option
def export(root: Path, out: Path, formats: tuple[str, ...], workers: Workers | None) -> None:
    """Write what the site has for download, the files below its /data/ and /feeds/: tables, annotations, checks.

    They hold what is published and nothing else. Only changed files are written; files of an earlier run that are not asked
    for now are removed. With errors in sources/ nothing is written.

    \b
    Examples:
      newsgloss export --out tables --format sqlite && datasette tables/newsgloss.sqlite -m tables/datasette.json
      newsgloss export --out tables --format csv --format json
    """
    site = _built(root, workers)
    names = [name for style in formats or FORMATS for name in FORMATS[style]]
    number, changed = _written(out, lambda folder: write_downloads(site, folder, names))
    click.echo(f"{number} files in {out}, {changed} changed")


@main.command()
@root_option
def schema(root: Path) -> None:
    """Write the JSON Schemas of all files into sources/schemas/, for text editors that check YAML."""
    for path in write_schemas(root):
        click.echo(f"wrote {path}")


@main.command()
@root_option
def addresses(root: Path) -> None:
    """Add the addresses of new pages, quotations and claims to sources/addresses.txt.

    Run it before a site goes public: `check` then keeps every listed address from leading nowhere.
    """
    with Cache.of(root) as cache:
        click.echo(f"{list_addresses(root, cache)} addresses added to sources/addresses.txt")


def _built(root: Path, workers: Workers | None, *, is_preview: bool = False) -> Site:
    """The site; its problems are told, and errors among them end the run."""
    cache = click.get_current_context().with_resource(Cache.of(root))  # files are made as they are written
    try:
        with telling():
            site = built(root, _home(root), cache, workers, is_preview=is_preview)
    except IndexingError as error:
        raise click.ClickException(f"the search index can't be made: {error}") from error
    if site.problems:
        click.echo(as_text(site.problems), err=True)
    if site.has_errors:
        sys.exit(1)
    return site


def _written(out: Path, write: Callable[[Path], T]) -> T:
    """What ``write`` gives for the folder ``out``; what keeps it from writing is told."""
    try:
        return write(out.resolve())
    except ForeignFolderError as error:
        raise click.BadParameter(str(error), param_hint="--out") from error
    except OSError as error:
        raise click.ClickException(f"{out} can't be written: {error.strerror}") from error
    except ValueError as error:
        raise click.ClickException(f"mkdocs.yml can't be copied: {error}") from error


def _home(root: Path) -> str:
    try:
        return home(root)
    except ValueError as error:
        raise click.ClickException(f"mkdocs.yml can't be copied: {error}") from error
