"""The command that drafts annotations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click

from build_scripts import spread
from build_scripts.cache import Cache
from build_scripts.cli.group import main, root_option, tell, timings_option
from build_scripts.cli.spreading import telling, workers_options
from build_scripts.editing import suggest as drafts
from build_scripts.editing import suggested
from build_scripts.reading.edits import CannotEditError
from build_scripts.suggesting.draft import Draft
from build_scripts.workers.shards import Workers


@main.command()
@root_option
@click.argument("article_ids", nargs=-1)
@click.option("--all", "is_all", is_flag=True, help="All articles.")
@click.option(
    "--write", "is_writing", is_flag=True, help="Add the items to annotations.yml, and write files for new entities."
)
@click.option(
    "--format",
    "style",
    type=click.Choice(["yaml", "json", "text"]),
    default="yaml",
    show_default=True,
    help="yaml: what would be added, to paste. json: everything found, with places; a list, with --all. text: for people.",
)
@workers_options
@timings_option
def suggest(
    root: Path, article_ids: tuple[str, ...], is_all: bool, is_writing: bool, style: str, workers: Workers | None
) -> None:
    """Draft the annotations of articles: names, quotations with speakers, dates, sentences worth checking.

    Every item is marked `status: suggested` and never shown until a person has looked at it and taken the mark out.

    \b
    Examples:
      newsgloss suggest 2024-06-05-us-weapons-inside-russia --write
      newsgloss suggest --all --write --workers 4
    """
    if bool(article_ids) == is_all:
        raise click.UsageError("name articles, or say --all")
    with Cache.of(root) if is_all or workers else Cache() as cache:
        proposals = drafts.suggest_all(root, article_ids, lambda texts: _drafted(texts, workers, cache))
        try:
            _tell(root, proposals, "all" if is_all else "", style if not is_writing else "write")
        except drafts.CannotSuggestError as error:
            raise click.BadParameter(str(error), param_hint="ARTICLE_IDS") from error


def _drafted(texts: Sequence[drafts.Asked], workers: Workers | None, cache: Cache) -> Callable[[drafts.Asked], Draft]:
    """Gives each text's draft, which workers have made where there are any."""
    if workers:
        with telling():
            spread.drafted(texts, workers, cache)
    return lambda asked: cache.kept("draft", asked.key, asked.drafted)


def _tell(root: Path, proposals: Iterator[drafts.Suggestions], which: str, style: str) -> None:
    if style == "json":
        told = [suggested.as_json(proposed) for proposed in proposals]
        tell(told if which or len(told) > 1 else told[0])
        return
    for proposed in proposals:
        if style == "write":
            _write_suggested(root, proposed)
        else:
            click.echo((suggested.as_yaml if style == "yaml" else suggested.as_text)(proposed), nl=False)


def _write_suggested(root: Path, proposed: drafts.Suggestions) -> None:
    try:
        written = drafts.write(root, drafts.patches(root, proposed))
    except (CannotEditError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{error.filename} can't be written: {error.strerror}") from error
    for line in (*(f"wrote {path}" for path in written), *proposed.notes):
        click.echo(line)
