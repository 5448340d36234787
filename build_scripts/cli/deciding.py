"""Commands that take suggestions or turn them down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import click

from build_scripts.cli.group import Refused, main, root_option
from build_scripts.editing import decide
from build_scripts.editing.decide import CannotDecideError, Waiting

T = TypeVar("T")

_article = click.argument("article_id", metavar="ARTICLE-ID")
_items = click.argument("items", nargs=-1, metavar="[ITEM]...")


@main.command()
@root_option
@_article
@_items
def accept(root: Path, article_id: str, items: tuple[str, ...]) -> None:
    """Take suggestions over as they stand; without ITEM, tell which ones wait.

    ITEM is a quotation's id; of mentions and claims it is the entity's or the claim's, and means all of them. What is not right
    yet is edited in annotations.yml first. Nothing is taken over that `newsgloss check` would find fault with.

    \b
    Examples:
      newsgloss accept 2024-06-05-x
      newsgloss accept 2024-06-05-x lindqvist-there ada-lindqvist
    """
    if items:
        _tell("accepted", _decided(lambda: decide.accept(root, article_id, items)))
        return
    waiting = _decided(lambda: decide.waiting(root, article_id))
    for one in waiting:
        click.echo(f"{one.place}: {one.name} ({one.about})")
    if waiting:
        names = " ".join(dict.fromkeys(one.name for one in waiting))
        click.echo(f"\nWhat is right:  newsgloss accept {article_id} {names}")
        click.echo(f"What is not:    newsgloss reject {article_id} ITEM...")
    else:
        click.echo("no suggestion waits")


@main.command()
@root_option
@_article
@click.argument("items", nargs=-1, metavar="ITEM...", required=True)
def reject(root: Path, article_id: str, items: tuple[str, ...]) -> None:
    """Turn suggestions down: they stay in annotations.yml, unseen, so that they are not suggested again.

    ITEM as in `newsgloss accept`, which also takes a rejected one back.

    \b
    Example:
      newsgloss reject 2024-06-05-x somebody-ferry-fire harbour-gazette
    """
    rejected = _decided(lambda: decide.reject(root, article_id, items))
    _tell("rejected", rejected)
    for path in _decided(lambda: decide.drafts(root, rejected, article_id)):
        click.echo(f"{path} is a draft that nothing else in this article names: delete it, unless you need it")


def _decided(deciding: Callable[[], T]) -> T:
    try:
        return deciding()
    except CannotDecideError as error:
        raise Refused(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{error.filename} can't be written: {error.strerror}") from error


def _tell(verb: str, items: Sequence[Waiting]) -> None:
    for one in items:
        click.echo(f"{verb} {one.place}: {one.name} ({one.about})")
