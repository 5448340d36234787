"""The command line: the only module that prints.

Exit status: 0 clean, 1 problems found, 2 wrong usage.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Literal

import click

from build_scripts.editing.addresses import list_addresses
from build_scripts.editing.apply import patches
from build_scripts.editing.comparing.compare import compare
from build_scripts.editing.drift import UnknownCommitError
from build_scripts.editing.drift import check as check_with_history
from build_scripts.editing.findings import as_json as findings_as_json
from build_scripts.editing.findings import as_text as findings_as_text
from build_scripts.editing.import_ import Given, complete, draft, report
from build_scripts.editing.import_ import read as read_found
from build_scripts.editing.import_ import write as write_draft
from build_scripts.editing.importing.decoding import MAX_BYTES
from build_scripts.editing.importing.found import CannotImportError, Facts
from build_scripts.editing.new import CannotCreateError, create
from build_scripts.editing.patches import Patch, as_diff, write
from build_scripts.editing.survey import CannotCompareError, Survey, survey
from build_scripts.export.pagefind import IndexingError
from build_scripts.history import changed_lines
from build_scripts.pipeline import build as build_site
from build_scripts.problems import Problem
from build_scripts.rendering.pages import Job
from build_scripts.reports import as_github, as_json, as_markdown, as_text
from build_scripts.schemas import write_schemas
from build_scripts.staging import ForeignFolderError, home, stage


def _root(_context: click.Context, _option: click.Parameter, value: Path) -> Path:
    if not (value / "sources").is_dir():
        raise click.BadParameter(f"{value} holds no folder sources/")
    return value.resolve()


root_option = click.option(
    "--root",
    type=click.Path(file_okay=False, path_type=Path),
    default=".",
    show_default=True,
    callback=_root,
    help="The folder that holds sources/.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="newsgloss")
def main() -> None:
    """Publish annotated news: check and build what is in sources/.

    Exit status: 0 clean, 1 problems found, 2 wrong usage.
    """


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
def check(root: Path, style: str, base: str | None) -> None:
    """Tell everything that is wrong in sources/, with file, line, column, rule and a hint.

    Errors stop publishing; warnings do not.

    \b
    Examples:
      newsgloss check
      newsgloss check --format github --base origin/main
    """
    try:
        problems = check_with_history(root, base)
    except UnknownCommitError as error:
        raise click.BadParameter(str(error), param_hint="--base") from error
    if style == "json":
        click.echo(json.dumps(as_json(problems), ensure_ascii=False, indent=2))
    elif style == "github":
        click.echo(as_github(problems, changed_lines(root, base) if base else {}), nl=False)
        _write_summary(problems)
    else:
        click.echo(as_text(problems))
    sys.exit(any(problem.is_error for problem in problems))


@main.command()
@root_option
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to write.")
def build(root: Path, out: Path) -> None:
    """Write the site as Markdown: OUT/mkdocs.yml and OUT/docs, hand-written pages included.

    Only changed files are written; files of an earlier run that are no longer made are removed. With errors in sources/
    nothing is written.

    \b
    Example:
      newsgloss build --out .build && mkdocs build -f .build/mkdocs.yml
    """
    try:
        site = build_site(root, _with_progress, _home(root))
    except IndexingError as error:
        raise click.ClickException(f"the search index can't be made: {error}") from error
    if site.problems:
        click.echo(as_text(site.problems), err=True)
    if site.has_errors:
        sys.exit(1)
    try:
        changed = stage(site, root, out.resolve())
    except ForeignFolderError as error:
        raise click.BadParameter(str(error), param_hint="--out") from error
    except OSError as error:
        raise click.ClickException(f"{out} can't be written: {error.strerror}") from error
    except ValueError as error:
        raise click.ClickException(f"mkdocs.yml can't be copied: {error}") from error
    click.echo(f"{len(site.pages)} pages in {out}, {changed} files changed")


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
        click.echo(json.dumps(findings_as_json(found.findings), ensure_ascii=False, indent=2))
    else:
        click.echo(findings_as_text(found.findings))
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
        click.echo(compare(root, base, head), nl=False)
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


@main.command()
@root_option
@click.argument("article_id")
def new(root: Path, article_id: str) -> None:
    """Start an article: sources/articles/ARTICLE_ID with its two files, to be filled in.

    ARTICLE_ID is its permanent address: lower-case letters, digits and hyphens.

    \b
    Example:
      newsgloss new 2024-06-05-us-weapons-inside-russia
    """
    try:
        for path in create(root, article_id):
            click.echo(f"wrote {path}")
    except CannotCreateError as error:
        raise click.BadParameter(str(error), param_hint="ARTICLE_ID") from error


@main.command(name="import")
@root_option
@click.argument("file", type=click.File("rb"))
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
        found = read_found(file.read(MAX_BYTES + 1), name, encoding)
        article = draft(
            found, complete(given, found.facts, _ask if is_terminal else None), dt.datetime.now().astimezone().date()
        )
        paths = write_draft(root, article)
    except CannotImportError as error:
        raise click.UsageError(f"{name}: {error}") from error
    for line in (*report(found, article), *(f"wrote {path}" for path in paths)):
        click.echo(line)


def _ask(option: str) -> str:
    """What a person answers on the terminal."""
    if option == "published":
        return str(click.prompt("published (YYYY-MM-DD)", type=click.DateTime(["%Y-%m-%d"])).date())
    return str(click.prompt(option, type=click.Choice(["open", "digest"]) if option == "rights" else None)).strip()


@main.command()
@root_option
def schema(root: Path) -> None:
    """Write the JSON Schemas of all files into sources/schemas/, for text editors that check YAML."""
    for path in write_schemas(root):
        click.echo(f"wrote {path}")


@main.command()
@root_option
def addresses(root: Path) -> None:
    """Add the addresses of new pages, quotations and claims to sources/addresses.txt.

    Run it before a site goes public: `check` then keeps every listed address from leading nowhere.
    """
    click.echo(f"{list_addresses(root)} addresses added to sources/addresses.txt")


def _home(root: Path) -> str:
    try:
        return home(root)
    except ValueError as error:
        raise click.ClickException(f"mkdocs.yml can't be copied: {error}") from error


def _with_progress(jobs: list[Job]) -> Iterable[Job]:
    return _bar(jobs) if sys.stderr.isatty() else jobs


def _bar(jobs: list[Job]) -> Iterator[Job]:
    with click.progressbar(jobs, label="Pages", file=sys.stderr) as bar:
        yield from bar


def _write_summary(problems: Iterable[Problem]) -> None:
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary:
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(as_markdown(problems))
