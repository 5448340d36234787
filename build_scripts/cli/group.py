"""The command `newsgloss` and what its commands share."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from build_scripts import progress, timings
from build_scripts.history import below_top
from build_scripts.problems import Problem
from build_scripts.reports import MAX_SUMMARY, as_github, as_markdown, below

MODULES: Mapping[str, str] = {
    "accept": "deciding",
    "add": "adding",
    "addresses": "publishing",
    "attach": "originals",
    "build": "publishing",
    "check": "checking",
    "detach": "originals",
    "diff": "changes",
    "epub": "offline",
    "export": "publishing",
    "find": "articles",
    "import": "articles",
    "import-annotations": "annotating",
    "links": "links",
    "new": "starting",
    "pack": "offline",
    "reanchor": "changes",
    "reject": "deciding",
    "schema": "publishing",
    "serve": "private",
    "stats": "figures",
    "suggest": "suggesting",
}
"""The module of this package that holds each command."""


class _OneAtATime(click.Group):
    """Imports a command's module when the command is asked for: what the others need takes a second."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return list(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name in MODULES:
            import_module(f"build_scripts.cli.{MODULES[cmd_name]}")
        return super().get_command(ctx, cmd_name)


def _root(_context: click.Context, _option: click.Parameter, value: Path) -> Path:
    if not (value / "sources").is_dir():
        raise click.BadParameter(f"{value} holds no folder sources/")
    return value.resolve()


class Readable(click.File):
    """A file to read; ``-`` is standard input, which may be closed."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The open file."""
        if value == "-" and sys.stdin is None:
            self.fail("standard input is closed", param, ctx)
        return super().convert(value, param, ctx)


root_option = click.option(
    "--root",
    type=click.Path(file_okay=False, path_type=Path),
    default=".",
    show_default=True,
    callback=_root,
    help="The folder that holds sources/.",
)


def _timed(context: click.Context, _option: click.Parameter, value: bool) -> None:
    progress.show(True)
    context.call_on_close(lambda: progress.show(False))
    wanted = timings.asked() or ("1" if value else "")
    timings.begin(wanted)
    context.call_on_close(lambda: timings.end(wanted, lambda told: click.echo(told, err=True)))


timings_option = click.option(
    "--timings",
    is_flag=True,
    expose_value=False,
    callback=_timed,
    help="Tell at the end how long each stage took, on standard error. NEWSGLOSS_TIMINGS=FILE writes it as JSON.",
)


@click.group(cls=_OneAtATime, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="newsgloss")
def main() -> None:
    """Publish annotated news: check and build what is in sources/.

    Exit status: 0 clean, 1 problems found, 2 wrong usage.
    """


class Refused(click.ClickException):
    """What was asked for can't be done as it was asked: nothing is written."""

    exit_code = 2


def tell(values: Any) -> None:
    """Print plain values as JSON that a person can read, too."""
    click.echo(json.dumps(values, ensure_ascii=False, indent=2))


def tell_github(root: Path, ranked: Sequence[Problem], remark: str = "") -> None:
    """Print annotations with paths from the repository's top, the only ones that GitHub finds, and add to the step's summary.

    ``remark``: a line that stands below the problems, or for itself where there are none.
    """
    shown = below(below_top(root), ranked)
    click.echo(as_github(shown), nl=False)
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary:
        line = f"\n{remark}\n" if remark else ""
        with Path(summary).open("a", encoding="utf-8") as file:
            room = MAX_SUMMARY - file.tell() - len(line.encode())
            file.write((as_markdown(shown, room) if shown or not remark else "") + line)
