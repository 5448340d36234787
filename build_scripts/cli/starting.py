"""Commands that start an article, an entity or a claim."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from build_scripts.cli.group import Refused, main, root_option
from build_scripts.editing.new import CannotCreateError, Kind, start
from build_scripts.reading.schema import EntityType


class _Kinds(click.Group):
    """A group that says what it takes where an id stands in the place of a kind."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that ``args`` name. Raises UsageError."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            kinds = ", ".join(f"newsgloss new {kind} ID" for kind in self.commands)
            raise click.UsageError(f"{args[0]!r} is no kind of file; start one by: {kinds}", ctx)
        return super().resolve_command(ctx, args)


@main.group(cls=_Kinds)
def new() -> None:
    """Start an article, an entity or a claim, to be filled in.

    Each field that there is stands in the file, with a comment that says what it is and what values it takes. Nothing is
    overwritten, and no id is used a second time.

    \b
    Examples:
      newsgloss new article 2024-06-05-us-weapons-inside-russia
      newsgloss new entity john-kirby --type person --name "John Kirby"
      newsgloss new claim kharkiv-border-distance --claimant associated-press
    """


@new.command()
@root_option
@click.argument("article_id", metavar="ID")
@click.option("--headline", help="The headline, as the original has it.")
@click.option("--publisher", help="Who published the original.")
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="The day the original was published.")
@click.option("--url", help="The original's address.")
@click.option("--language", help="Its language, if not the publication's: en, de-CH, zh-Hant.")
@click.option(
    "--rights", type=click.Choice(["open", "digest"]), help="open: its text may be shown here. digest: it may not."
)
@click.option("--licence", help="For an open text: CC-BY-4.0, or the address of its licence.")
@click.option("--author", metavar="PERSON-ID", help="Who writes the text shown here.")
def article(
    root: Path,
    article_id: str,
    published: dt.datetime | None,
    rights: str | None,
    licence: str | None,
    publisher: str | None,
    **facts: str | None,
) -> None:
    """Start an article: sources/articles/ID with article.md and annotations.yml.

    ID is its permanent address: lower-case letters, digits and hyphens.

    \b
    Example:
      newsgloss new article 2024-06-05-us-weapons-inside-russia --publisher "The Gazette"
    """
    more = {
        ("publisher",): publisher,
        ("published",): published.date() if published else None,
        ("rights", "text"): rights,
        ("rights", "holder"): publisher,
        ("rights", "licence"): licence,
    }
    _start(root, "article", article_id, {**{(key,): value for key, value in facts.items()}, **more})


@new.command()
@root_option
@click.argument("entity_id", metavar="ID")
@click.option(
    "--type", "kind", type=click.Choice([kind.value for kind in EntityType]), help="What kind of thing it is."
)
@click.option("--name", help="Its name; it is linked wherever it stands.")
@click.option(
    "--alias", "aliases", multiple=True, metavar="NAME", help="Another name of it; may be given several times."
)
@click.option("--description", help="One sentence: who or what it is.")
def entity(
    root: Path, entity_id: str, kind: str | None, name: str | None, aliases: tuple[str, ...], description: str | None
) -> None:
    """Start an entity, whatever has a name: sources/entities/ID.yml.

    \b
    Example:
      newsgloss new entity john-kirby --type person --name "John Kirby" --alias Kirby
    """
    given = {("type",): kind, ("name",): name, ("aliases",): aliases, ("description",): description}
    _start(root, "entity", entity_id, given)


@new.command()
@root_option
@click.argument("claim_id", metavar="ID")
@click.option("--claim", "reviewed", metavar="WORDS", help="The claim in one sentence, without a verdict.")
@click.option(
    "--claimant", "claimants", multiple=True, metavar="ENTITY-ID", help="Who makes it; may be given several times."
)
@click.option("--author", metavar="PERSON-ID", help="Who writes the check.")
def claim(root: Path, claim_id: str, reviewed: str | None, claimants: tuple[str, ...], author: str | None) -> None:
    """Start the check of a claim: sources/claims/ID.md, as a draft.

    \b
    Example:
      newsgloss new claim kharkiv-border-distance --claim "Kharkiv is 20 km from Russia" --claimant associated-press
    """
    _start(root, "claim", claim_id, {("claim_reviewed",): reviewed, ("claimant",): claimants, ("author",): author})


def _start(root: Path, kind: Kind, name: str, facts: Mapping[Any, Any]) -> None:
    try:
        paths = start(root, kind, name, {path: value for path, value in facts.items() if value})
    except CannotCreateError as error:
        raise Refused(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{error.filename} can't be written: {error.strerror}") from error
    for path in paths:
        click.echo(f"wrote {path}")
    click.echo("fill it in; newsgloss check says what is missing")
