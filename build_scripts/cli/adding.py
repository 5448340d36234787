"""Commands that add to an article's annotations."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from build_scripts.cli.group import Refused, main, root_option
from build_scripts.editing.add import Added, CannotAddError, add_claim, add_mention, add_quote
from build_scripts.editing.placing import Wanted
from build_scripts.reading.schema import QuoteKind

_article = click.argument("article_id", metavar="ARTICLE-ID")
_occurrence = click.option(
    "--occurrence",
    "numbers",
    type=click.IntRange(min=1),
    multiple=True,
    metavar="N",
    help="Which place, counted from 1, where the words stand in several; once for each of the WORDS.",
)


@main.group()
def add() -> None:
    """Add a quotation, a claim or a mention to an article, with a selector that has just enough context.

    WORDS are those of the article, as a reader sees them, whatever the glyphs of quotation marks and dashes. What stands in
    annotations.yml keeps every character, and nothing is added that `newsgloss check` would find fault with. Behind `--`, WORDS
    may begin with a hyphen.

    \b
    Examples:
      newsgloss add quote 2024-06-05-x "We were there in four minutes." --speaker ada-lindqvist --kind direct --cue said
      newsgloss add claim 2024-06-05-x "in four minutes" --claim four-minutes
      newsgloss add mention 2024-06-05-x "the brigade" --entity port-anna-fire-brigade --occurrence 2
    """


@add.command()
@root_option
@_article
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--kind",
    required=True,
    type=click.Choice([kind.value for kind in QuoteKind]),
    help="direct: the speaker's words. indirect: retold. mixed: retold with words of the speaker.",
)
@click.option("--speaker", metavar="ENTITY-ID", help="Who speaks.")
@click.option(
    "--anonymous",
    "described",
    metavar="DESCRIPTION",
    help="In place of --speaker: how the article describes an unnamed source.",
)
@click.option("--reason", help="With --anonymous: why the article gives no name, in its own terms.")
@click.option("--cue", help="How the article attributes it: said, warned, according to.")
@click.option("--date", metavar="YYYY-MM-DD", help="When it was said, where known: also YYYY-MM or YYYY.")
@click.option(
    "--id",
    "quote_id",
    metavar="ID",
    help="Its id in the article, part of its address for good; asked for on a terminal.",
)
@_occurrence
def quote(
    root: Path,
    article_id: str,
    words: tuple[str, ...],
    numbers: tuple[int, ...],
    speaker: str | None,
    described: str | None,
    reason: str | None,
    quote_id: str | None,
    **more: str | None,
) -> None:
    """Add a quotation: several WORDS, each in its own quotation marks of the shell, are one that its cue interrupts.

    \b
    Examples:
      newsgloss add quote x "We were there" "in four minutes." --speaker ada-lindqvist --kind direct --cue said --id lindqvist-there
      newsgloss add quote x "ban was lifted" --anonymous "a US official" --reason "Not authorised to speak." --kind indirect
    """  # fmt: skip
    if (speaker is None) == (described is None):
        raise click.UsageError("a quotation has either --speaker ENTITY-ID or --anonymous DESCRIPTION")
    if reason is not None and described is None:
        raise click.UsageError("--reason is for --anonymous: a speaker with a name needs none")
    anonymous = {"description": described, **({"reason": reason} if reason else {})} if described else None
    facts = {
        "id": quote_id,
        "speaker": speaker,
        "anonymous": anonymous,
        "cue": more["cue"],
        "kind": more["kind"],
        "date": more["date"],
    }
    ask = _ask if sys.stdin.isatty() and sys.stdout.isatty() else None
    given = {key: value for key, value in facts.items() if value is not None}
    _tell(lambda: add_quote(root, article_id, Wanted(words, numbers), given, ask))


@add.command()
@root_option
@_article
@click.argument("words")
@click.option(
    "--claim",
    "claim_id",
    required=True,
    metavar="CLAIM-ID",
    help="The claim that the words make: the name of its file.",
)
@_occurrence
def claim(root: Path, article_id: str, words: str, claim_id: str, numbers: tuple[int, ...]) -> None:
    """Add the place where the article makes a claim.

    \b
    Example:
      newsgloss add claim 2024-06-05-x "in four minutes" --claim four-minutes
    """
    _tell(lambda: add_claim(root, article_id, Wanted((words,), numbers), claim_id))


@add.command()
@root_option
@_article
@click.argument("words")
@click.option(
    "--entity", "entity_id", required=True, metavar="ENTITY-ID", help="What the words name: the name of its file."
)
@_occurrence
def mention(root: Path, article_id: str, words: str, entity_id: str, numbers: tuple[int, ...]) -> None:
    """Add words that name an entity. Its name and aliases are found without it.

    \b
    Example:
      newsgloss add mention 2024-06-05-x "the brigade" --entity port-anna-fire-brigade --occurrence 2
    """
    _tell(lambda: add_mention(root, article_id, Wanted((words,), numbers), entity_id))


def _ask(proposed: str) -> str:
    """What a person answers on the terminal."""
    return str(click.prompt("id, part of the quotation's address for good", default=proposed)).strip()


def _tell(adding: Callable[[], Added]) -> None:
    try:
        added = adding()
    except CannotAddError as error:
        raise Refused(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{error.filename} can't be written: {error.strerror}") from error
    if added.item:
        click.echo(f"wrote {added.path}")
        click.echo("".join(f"    {line}\n" for line in added.item.split("\n")), nl=False)
    for note in added.notes:
        click.echo(note)
