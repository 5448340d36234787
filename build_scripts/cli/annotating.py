"""The command that takes in annotations that other programs made."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

import click

from build_scripts.cli.group import Readable, Refused, main, root_option
from build_scripts.editing.add import CannotAddError
from build_scripts.editing.webanno.documents import MAX_BYTES, CannotReadError, read
from build_scripts.editing.webanno.import_annotations import Imported, as_yaml, import_annotations, report, write_items
from build_scripts.reading.edits import CannotEditError


@main.command(name="import-annotations")
@root_option
@click.argument("article_id", metavar="ARTICLE-ID")
@click.argument("file", type=Readable("rb"))
@click.option("--write", "is_writing", is_flag=True, help="Add the items to annotations.yml.")
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="URL",
    help="An address by which the annotations call the article, besides its own and its original's.",
)
def import_file(root: Path, article_id: str, file: BinaryIO, is_writing: bool, sources: tuple[str, ...]) -> None:
    """Take annotations from FILE: W3C Web Annotations (our own export, Recogito) or rows of Hypothesis (- reads standard input).

    What names an entity of ours, by our address or one in `same_as`, becomes a mention; what leads to a check, a claim; a quotation
    of our own export, a quotation. Words must stand in the article exactly, in one place. All else is told with the reason.
    Others' items are marked `status: suggested` and never shown until a person has taken the mark out. Exit status 1: something was
    not taken.

    \b
    Examples:
      newsgloss import-annotations 2024-06-05-x annotations.jsonld
      newsgloss import-annotations 2024-06-05-x rows.json --source https://example.org/preview/ --write
    """
    name = str(getattr(file, "name", "-"))
    try:
        imported = import_annotations(root, article_id, read(file.read(MAX_BYTES + 1)), sources)
        written = write_items(imported) if is_writing else []
    except CannotReadError as error:
        raise Refused(f"{name}: {error}") from error
    except (CannotAddError, CannotEditError, ValueError) as error:
        raise Refused(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{error.filename} can't be read or written: {error.strerror}") from error
    _tell(imported, written, is_writing=is_writing)
    sys.exit(bool(imported.left_out))


def _tell(imported: Imported, written: list[str], *, is_writing: bool) -> None:
    for line in report(imported):
        click.echo(line, err=True)
    if not is_writing:
        click.echo(as_yaml(imported), nl=False)
    for path in written:
        click.echo(f"wrote {path}")
