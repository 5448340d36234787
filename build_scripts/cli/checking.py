"""The command that tells what is wrong: once, upon each change, or with what is mechanical mended."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from build_scripts import progress
from build_scripts.built import check_built
from build_scripts.cache import Cache
from build_scripts.checks.originals import COPIED
from build_scripts.cli.group import main, root_option, tell, tell_github, timings_option
from build_scripts.cli.spreading import read_by, workers_options
from build_scripts.editing.drift import UnknownCommitError
from build_scripts.editing.drift import check as check_with_history
from build_scripts.editing.leaving import check as leaks
from build_scripts.editing.mending import mend
from build_scripts.editing.patches import write
from build_scripts.editing.watching import watch
from build_scripts.history import changed_lines
from build_scripts.pipeline import understand
from build_scripts.problems import Problem, in_order
from build_scripts.reports import as_json, as_text, as_watched, nearest_first
from build_scripts.timings import stage
from build_scripts.workers.shards import Workers


@main.command()
@root_option
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "github", "json"]),
    default="text",
    show_default=True,
    help="text: for people. github: annotations for a pull request, all problems in its step summary. json: for programs.",
)
@click.option(
    "--base",
    "--changed-since",
    metavar="REV",
    help="The commit to compare with, else the last one: follow annotations from its texts, see that nothing published changed "
    "unsaid. With github, problems near lines changed since come first.",
)
@click.option("--fix", "is_mending", is_flag=True, help="Mend what is mechanical, and tell what is left.")
@click.option("--watch", "is_watching", is_flag=True, help="Check again upon each change of a file, until Ctrl-C.")
@timings_option
@click.option(
    "--built",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Check the site built in DIR, as it is served, in place of sources/: structured data, what they lead to, whether readers "
    "see what programs are told, whether any file holds copied words of an original.",
)
@workers_options
def check(
    root: Path,
    style: str,
    base: str | None,
    is_mending: bool,
    is_watching: bool,
    built: Path | None,
    workers: Workers | None,
) -> None:
    """Tell everything that is wrong in sources/, with file, line, column, rule and a hint.

    Where an original is locked, every file that git tracks is looked through for copied words of it.

    Errors stop publishing; warnings do not. --fix makes an edit only where it is the one right edit and changes no
    meaning; the editing guide lists the rules that have one.

    \b
    Examples:
      newsgloss check
      newsgloss check --fix
      newsgloss check --watch
      newsgloss check --format github --base origin/main
      newsgloss check --built site
      newsgloss check --workers 4
    """
    _see_that_they_go_together(style, base, is_mending, is_watching, built, workers)
    try:
        if is_watching:
            _watch(root, base)
            return
        problems = _mended(root, base) if is_mending else _found(root, base, built, workers)
    except UnknownCommitError as error:
        raise click.BadParameter(str(error), param_hint="--base") from error
    if style == "json":
        tell(as_json(problems))
    elif style == "github":
        tell_github(root, nearest_first(problems, changed_lines(root, base) if base else {}))
    else:
        click.echo(as_text(problems))
    sys.exit(any(problem.is_error for problem in problems))


def _see_that_they_go_together(
    style: str, base: str | None, is_mending: bool, is_watching: bool, built: Path | None, workers: Workers | None
) -> None:
    if built and (base or is_mending or is_watching):
        raise click.UsageError("--built goes with none of --base, --fix and --watch")
    if workers and (is_watching or is_mending):
        raise click.UsageError("--workers and --scheduler go with neither --watch nor --fix")
    if is_watching and (is_mending or style != "text"):
        raise click.UsageError("--watch goes with neither --fix nor another --format than text")


def _found(root: Path, base: str | None, built: Path | None, workers: Workers | None) -> tuple[Problem, ...]:
    with Cache.of(root) as cache:
        if workers:
            read_by(workers, root, cache)
        if built:
            library, _problems = understand(root, cache=cache)
            with stage("built site"):
                return check_built(built, library)
        problems = check_with_history(root, base, cache=cache)
        told = {problem.place.path for problem in problems if problem.rule == COPIED.name}
        with stage("copied words"):
            return in_order([*problems, *leaks(root, told, cache)])


def _mended(root: Path, base: str | None) -> tuple[Problem, ...]:
    """What is left wrong once the rest is mended, which is told beside the report."""
    with Cache.of(root) as cache:
        mended = mend(root, base, cache)
    try:
        write(root, mended.patches)
    except OSError as error:
        raise click.ClickException(f"{error.filename} can't be written: {error.strerror}") from error
    for problem in mended.fixed:
        click.echo(f"fixed: {problem.bygone}", err=True)
    return mended.left


def _watch(root: Path, base: str | None) -> None:
    progress.show(False)  # upon each change a bar would come and go

    def check_again() -> tuple[Problem, ...]:
        with Cache.of(root) as cache:
            return check_with_history(root, base, cache=cache)

    try:
        for look in watch(root, check_again):
            if look.before is not None and sys.stdout.isatty():
                click.clear()
            click.echo(as_watched(look.problems, look.before, look.changed))
    except KeyboardInterrupt:
        click.echo()
