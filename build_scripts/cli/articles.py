"""Commands of whoever has an article: import it, find words in it."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import BinaryIO, Literal

import click

from build_scripts.cli.group import Readable, main, root_option, tell
from build_scripts.editing.find import as_json, as_text
from build_scripts.editing.find import find as search
from build_scripts.editing.import_ import Given, complete, draft, report
from build_scripts.editing.import_ import read as read_found
from build_scripts.editing.import_ import write as write_draft
from build_scripts.editing.importing.decoding import MAX_BYTES
from build_scripts.editing.importing.found import CannotImportError, Facts
from build_scripts.editing.importing.zones import without_publisher


@main.command(name="import")
@root_option
@click.argument("file", type=Readable("rb"))
@click.option("--id", "article_id", help="Its permanent address [default: date and headline].")
@click.option("--headline", default="", help="The headline, where none is found or another is meant.")
@click.option("--publisher", default="", help="Who published the original.")
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="The day the original was published.")
@click.option("--url", default="", help="The original's address.")
@click.option("--language", default="", help="Its language: en, de-CH, zh-Hant.")
@click.option(
    "--rights", type=click.Choice(["open", "digest"]), help="open: its text may be shown here. digest: it may not."
)
@click.option("--licence", default="", help="For an open text: CC-BY-4.0, or the address of its licence.")
@click.option("--encoding", help="For a file that is not UTF-8: windows-1252.")
def import_article(
    root: Path,
    file: BinaryIO,
    article_id: str | None,
    published: dt.datetime | None,
    rights: Literal["open", "digest"] | None,
    licence: str,
    encoding: str | None,
    headline: str,
    publisher: str,
    url: str,
    language: str,
) -> None:
    """Start an article from FILE: scraped text, a web page, Markdown or a Word document (- reads standard input).

    What can't be found is asked for on a terminal; without one it must be given. Every line that does not go into the text is
    shown with the reason; nothing is overwritten.

    \b
    Examples:
      newsgloss import page.html --rights open --licence CC-BY-4.0
      newsgloss import - --publisher "The Gazette" --published 2024-06-05 --language en --rights digest <text.txt
    """
    day = published.date() if published else None
    facts = Facts(headline, publisher, published=day, url=url, language=language)
    given = Given(facts, article_id or "", rights, licence)
    is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    name = str(getattr(file, "name", "-"))
    try:
        found = read_found(_bytes(file), name, encoding)
        known = complete(given, found.facts, _ask if is_terminal else None)
        found = without_publisher(found, known.facts.publisher)
        article = draft(found, known, dt.datetime.now().astimezone().date())
        paths = write_draft(root, article)
    except CannotImportError as error:
        raise click.UsageError(f"{name}: {error}") from error
    for line in (*report(found, article), *(f"wrote {path}" for path in paths)):
        click.echo(line)


def _bytes(file: BinaryIO) -> bytes:
    """What the file holds; one byte more than can be imported tells that it is too long."""
    try:
        return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CannotImportError(f"can't be read: {error.strerror}") from error


def _ask(option: str, why: str) -> str:
    """What a person answers on the terminal; ``why``: what was wrong with the answer before."""
    if why:
        click.echo(f"Error: {why}")
    if option == "published":
        return str(click.prompt("published (YYYY-MM-DD)", type=click.DateTime(["%Y-%m-%d"])).date())
    return str(click.prompt(option, type=click.Choice(["open", "digest"]) if option == "rights" else None)).strip()


@main.command()
@root_option
@click.argument("words")
@click.argument("article_ids", nargs=-1)
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
def find(root: Path, words: str, article_ids: tuple[str, ...], style: str) -> None:
    """Tell where WORDS stand in articles, each with a selector to paste into annotations.yml.

    Where they stand nowhere as they are given, other quotation marks, dashes, white space and case are tried. Exit status 1:
    they stand nowhere.

    \b
    Example:
      newsgloss find "the Kharkiv region" 2024-06-05-us-weapons-inside-russia
    """
    found = search(root, words, article_ids)
    if style == "json":
        tell(as_json(found))
    else:
        click.echo(as_text(found) or "these words stand in no article that was looked at\n", nl=False, err=not found)
    sys.exit(not found)
