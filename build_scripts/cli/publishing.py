"""Commands of whoever publishes: build, and the lists and schemas that are files of the publication."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from build_scripts.cli.group import main, root_option
from build_scripts.editing.addresses import list_addresses
from build_scripts.export.pagefind import IndexingError
from build_scripts.pipeline import build as build_site
from build_scripts.rendering.pages import Job
from build_scripts.reports import as_text
from build_scripts.schemas import write_schemas
from build_scripts.staging import ForeignFolderError, home, stage


@main.command()
@root_option
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to write.")
@click.option(
    "--preview",
    "is_preview",
    is_flag=True,
    help="For reviewers: with drafts and checks in review, marked as not published.",
)
def build(root: Path, out: Path, is_preview: bool) -> None:
    """Write the site as Markdown: OUT/mkdocs.yml and OUT/docs, hand-written pages included.

    Only changed files are written; files of an earlier run that are no longer made are removed. With errors in sources/
    nothing is written.

    \b
    Examples:
      newsgloss build --out .build && mkdocs build -f .build/mkdocs.yml
      newsgloss build --out .preview --preview
    """
    try:
        site = build_site(root, _with_progress, _home(root), is_preview=is_preview)
    except IndexingError as error:
        raise click.ClickException(f"the search index can't be made: {error}") from error
    if site.problems:
        click.echo(as_text(site.problems), err=True)
    if site.has_errors:
        sys.exit(1)
    try:
        changed = stage(site, root, out.resolve())
    except ForeignFolderError as error:
        raise click.BadParameter(str(error), param_hint="--out") from error
    except OSError as error:
        raise click.ClickException(f"{out} can't be written: {error.strerror}") from error
    except ValueError as error:
        raise click.ClickException(f"mkdocs.yml can't be copied: {error}") from error
    click.echo(f"{len(site.pages)} pages in {out}, {changed} files changed")


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
    click.echo(f"{list_addresses(root)} addresses added to sources/addresses.txt")


def _home(root: Path) -> str:
    try:
        return home(root)
    except ValueError as error:
        raise click.ClickException(f"mkdocs.yml can't be copied: {error}") from error


def _with_progress(jobs: list[Job]) -> Iterable[Job]:
    return _bar(jobs) if sys.stderr.isatty() else jobs


def _bar(jobs: list[Job]) -> Iterator[Job]:
    with click.progressbar(jobs, label="Pages", file=sys.stderr) as bar:
        yield from bar
