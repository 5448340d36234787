"""The command that asks whether links still lead somewhere."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from build_scripts.checks.reach import Answer
from build_scripts.cli.group import main, root_option, tell, tell_github
from build_scripts.editing.links import run
from build_scripts.editing.links.manners import Manners, is_any, is_public
from build_scripts.editing.links.web import Address
from build_scripts.reports import as_text, nearest_first
from build_scripts.staging import home


@main.command()
@root_option
@click.argument("ids", nargs=-1)
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "github", "json"]),
    default="text",
    show_default=True,
    help="text: for people. github: annotations, all problems in the step summary. json: for programs, with every answer.",
)
@click.option(
    "--max-age",
    type=click.IntRange(min=0, max=3650),
    default=7,
    show_default=True,
    metavar="DAYS",
    help="An answer younger than this is not asked for again; pages that are gone are asked daily, failures each time.",
)
@click.option("--offline", is_flag=True, help="Ask nobody: tell what earlier runs found out.")
@click.option(
    "--allow-private", is_flag=True, help="Ask addresses in private networks, too. Only for sources that you trust."
)
def links(root: Path, ids: tuple[str, ...], style: str, max_age: int, offline: bool, allow_private: bool) -> None:
    """Ask whether the links that the publication rests on still lead somewhere; IDS: of articles, claims, entities [default: all].

    Evidence and its archived copies, originals of articles, sources of facts, the same things elsewhere, links in texts. Each
    address is asked for its head alone, one request a second to a host; what it answered is kept in .cache/links.json. Nothing
    is asked when the site is built.

    \b
    dead     an error; a warning where evidence has an archived copy that works
    failing  a warning: not reached once; dead if it fails again, an hour later or more
    moved    a warning, with the new address to paste
    refused  a notice: many sites refuse programs, so it can't be told

    \b
    Examples:
      newsgloss links
      newsgloss links kharkiv-border-distance --max-age 0
      newsgloss links --offline --format json
    """
    manners = None if offline else Manners(may_connect=is_any if allow_private else is_public)
    way = run.Way(manners, dt.timedelta(days=max_age), _now, _home(root), _follow)
    try:
        result = run.links(root, ids, way)
    except run.UnknownIdError as error:
        raise click.BadParameter(str(error), param_hint="IDS") from error
    except run.CutOffError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{error.filename} can't be written: {error.strerror}") from error
    _show(root, result, style)
    sys.exit(any(problem.is_error for problem in result.problems))


def _show(root: Path, result: run.Links, style: str) -> None:
    if result.complaint:
        click.echo(result.complaint, err=True)
    if style == "json":
        tell(run.as_json(result))
        return
    if style == "github":
        tell_github(root, nearest_first(result.problems, {}), run.summary(result))
    else:
        click.echo(as_text(result.problems))
    click.echo(run.summary(result))


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _home(root: Path) -> str:
    try:
        return home(root)
    except (OSError, ValueError):
        return ""  # a broken mkdocs.yml is told by who builds


def _follow(answers: Iterator[tuple[Address, Answer]], number: int) -> Iterable[tuple[Address, Answer]]:
    return _bar(answers, number) if number and sys.stderr.isatty() else answers


def _bar(answers: Iterator[tuple[Address, Answer]], number: int) -> Iterator[tuple[Address, Answer]]:
    with click.progressbar(answers, length=number, label="Links", file=sys.stderr) as bar:
        yield from bar
