"""The command that drafts annotations."""

from __future__ import annotations

from pathlib import Path

import click

from build_scripts.cli.group import main, root_option, tell, timings_option
from build_scripts.editing import suggest as drafts
from build_scripts.editing import suggested
from build_scripts.reading.edits import CannotEditError


@main.command()
@root_option
@click.argument("article_id")
@click.option(
    "--write", "is_writing", is_flag=True, help="Add the items to annotations.yml, and write files for new entities."
)
@click.option(
    "--format",
    "style",
    type=click.Choice(["yaml", "json", "text"]),
    default="yaml",
    show_default=True,
    help="yaml: what would be added, to paste. json: everything found, with places. text: for people.",
)
@timings_option
def suggest(root: Path, article_id: str, is_writing: bool, style: str) -> None:
    """Draft the annotations of an article: names, quotations with speakers, dates, sentences worth checking.

    Every item is marked `status: suggested` and never shown until a person has looked at it and taken the mark out.

    \b
    Example:
      newsgloss suggest 2024-06-05-us-weapons-inside-russia --write
    """
    try:
        proposed = drafts.suggest(root, article_id)
    except drafts.CannotSuggestError as error:
        raise click.BadParameter(str(error), param_hint="ARTICLE_ID") from error
    if is_writing:
        _write_suggested(root, proposed)
    elif style == "json":
        tell(suggested.as_json(proposed))
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
