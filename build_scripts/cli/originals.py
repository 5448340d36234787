"""Commands of whoever holds an original that may not be republished."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import BinaryIO

import click

from build_scripts.cli.group import Readable, Refused, main, root_option
from build_scripts.editing.attaching.attach import CannotAttachError, Copy, verification
from build_scripts.editing.attaching.attach import attach as attach_copy
from build_scripts.editing.attaching.attach import detach as detach_copy
from build_scripts.editing.importing.decoding import MAX_BYTES


@main.command()
@root_option
@click.argument("article_id")
@click.argument("file", type=Readable("rb"))
@click.option(
    "--verified-by",
    "by",
    metavar="PERSON-ID|NAME",
    help="Who compared the digest with the original and vouches for it.",
)
@click.option("--verified", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day it was compared.")
@click.option(
    "--passage",
    "passages",
    multiple=True,
    metavar="ITEM=BLOCK[:FIRST-LAST]",
    help="Where a claim or a retold quotation stands in the original: a block and its words, counted from 1. May be given several "
    "times, for one claim, too; the lock keeps it.",
)
def attach(
    root: Path, article_id: str, file: BinaryIO, by: str | None, day: dt.datetime | None, passages: tuple[str, ...]
) -> None:
    """Lock the original of a digest: FILE is a copy that you hold lawfully (- reads standard input).

    The copy is kept as original.txt, which git ignores and the site never holds; original.lock.yml, which is committed, proves
    by hashes what the digest says of it. Who vouches for the comparison is asked for on a terminal, else it says that nobody
    does. The same file again changes nothing. Exit status 1: a quotation does not stand in the original.

    \b
    Examples:
      newsgloss attach 2024-06-05-us-weapons-inside-russia report.html
      newsgloss attach 2024-06-05-us-weapons-inside-russia - --verified-by newsgloss-review --verified 2026-11-29 <report.txt
      newsgloss attach 2024-06-05-us-weapons-inside-russia report.txt --passage c-aid-delay=11:1-22
    """
    name = str(getattr(file, "name", "-"))
    try:
        raw = file.read(MAX_BYTES + 1)
        given = verification(root, *_asked(by, day, is_file=name not in ("-", "<stdin>")))
        done = attach_copy(root, article_id, Copy(raw, name), given, passages)
    except CannotAttachError as error:
        raise Refused(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{error.filename or name}: {error.strerror}") from error
    for line in (*done.notes, *(f"wrote {path}" for path in done.written or ())):
        click.echo(line)
    if not done.written:
        click.echo("nothing changed")
    sys.exit(not done.is_sound)


@main.command()
@root_option
@click.argument("article_id")
def detach(root: Path, article_id: str) -> None:
    """Remove the copy of an original; its lock stays, and what the site shows.

    \b
    Example:
      newsgloss detach 2024-06-05-us-weapons-inside-russia
    """
    try:
        path = detach_copy(root, article_id)
    except CannotAttachError as error:
        raise Refused(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{error.filename} can't be removed: {error.strerror}") from error
    click.echo(f"removed {path}" if path else "no original is attached")


def _asked(by: str | None, day: dt.datetime | None, *, is_file: bool) -> tuple[str, dt.date | None]:
    """What was given, else what a person answers on a terminal; nobody is an answer."""
    if by is None and day is None and is_file and sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty():
        by = click.prompt("verified by (a name or an id; empty: as it was, or nobody)", default="", show_default=False)
        if by:
            day = click.prompt("verified on (YYYY-MM-DD)", type=click.DateTime(["%Y-%m-%d"]))
    return (by or "").strip(), day.date() if day else None
