"""Commands about what changed: what became of annotations, what readers will see."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from build_scripts.cache import Cache
from build_scripts.cli.group import main, root_option, tell
from build_scripts.editing.apply import patches
from build_scripts.editing.comparing.compare import compare
from build_scripts.editing.findings import as_json, as_text
from build_scripts.editing.patches import Patch, as_diff, write
from build_scripts.editing.survey import CannotCompareError, Survey, survey


@main.command()
@root_option
@click.argument("article_ids", nargs=-1)
@click.option(
    "--against", metavar="REV", help="The commit whose text is the old one [default: the last whose anchors held]."
)
@click.option(
    "--old",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with the old text; for one article.",
)
@click.option("--write", "is_writing", is_flag=True, help="Change the files, where the words are the same.")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "diff"]),
    default="text",
    show_default=True,
    help="text: for people. json: for programs. diff: what --write would change, as a patch for `git apply`.",
)
def reanchor(
    root: Path, article_ids: tuple[str, ...], against: str | None, old: Path | None, is_writing: bool, style: str
) -> None:
    """Tell what became of annotations since the text of articles changed; ARTICLE_IDS: all, if none is given.

    \b
    unchanged        the same words in the same place
    moved            the same words elsewhere, or written in a way that can't change their meaning
    meaning changed  other words: a person looks; --write puts published checks back into review
    lost             gone, or in places that can't be told apart: a person looks

    Exit status 1: something is left for a person, or could not be compared.

    \b
    Examples:
      newsgloss reanchor
      newsgloss reanchor 2024-06-05-us-weapons-inside-russia --against HEAD~3 --format diff
      newsgloss reanchor --write
    """
    try:
        found = survey(root, article_ids, against, old)
    except CannotCompareError as error:
        raise click.UsageError(str(error)) from error
    made, refused = _patches(root, found)
    if style == "diff":
        click.echo(as_diff(made), nl=False)
    elif style == "json":
        tell(as_json(found.findings))
    else:
        click.echo(as_text(found.findings))
    for message in (*found.missing, *refused):
        click.echo(message, err=True)
    if is_writing:
        _write_patches(root, made)
    sys.exit(bool(refused or found.missing) or any(finding.needs_person for finding in found.findings))


@main.command()
@root_option
@click.argument("base")
@click.argument("head", required=False)
def diff(root: Path, base: str, head: str | None) -> None:
    """Tell what readers will see changed from BASE to HEAD; without HEAD, from where BASE was left to the files as they are.

    Markdown, for a pull request: verdicts, evidence, words of articles, quotations, names, moved annotations, entities.

    \b
    Examples:
      newsgloss diff origin/main
      newsgloss diff v1.0 v1.1
    """
    try:
        with Cache.of(root) as cache:
            click.echo(compare(root, base, head, cache), nl=False)
    except CannotCompareError as error:
        raise click.UsageError(str(error)) from error


def _patches(root: Path, found: Survey) -> tuple[list[Patch], list[str]]:
    try:
        return patches(root, found.findings, found.sources)
    except OSError as error:
        raise click.ClickException(f"{error.filename} can't be read: {error.strerror}") from error


def _write_patches(root: Path, made: list[Patch]) -> None:
    try:
        for path in write(root, made):
            click.echo(f"wrote {path}", err=True)
    except OSError as error:
        raise click.ClickException(f"{error.filename} can't be written: {error.strerror}") from error
