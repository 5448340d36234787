"""Commands of whoever reads without a network: the site as an archive, an article as a book."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click

from build_scripts.cache import Cache
from build_scripts.cli.group import main, root_option
from build_scripts.export.epub.book import Book
from build_scripts.offline.building import BuildError, build_site
from build_scripts.offline.pack import NotASiteError, packed
from build_scripts.offline.readme import folder_name, readme
from build_scripts.offline.scripts import UnknownModuleError
from build_scripts.pipeline import understand
from build_scripts.rendering.context import share
from build_scripts.rendering.index import make_index
from build_scripts.reports import as_text
from build_scripts.staging import home, write_whole


@main.command()
@root_option
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The archive to write.")
@click.option(
    "--site",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder in which the site is built already [default: it is built now].",
)
@click.option(
    "--small", "is_small", is_flag=True, help="Compressed, half as large; the bytes then depend on the machine."
)
def pack(root: Path, out: Path, site: Path | None, is_small: bool) -> None:
    """Pack the site as a zip that works from a disk, with search, cards and filters, without a network.

    The same site gives the same bytes. README.html in it tells what it is and of which version. Where the site can't be
    built nothing is written.

    \b
    Examples:
      newsgloss pack --out newsgloss.zip
      newsgloss pack --site site --out newsgloss.zip --small
    """
    with Cache.of(root) as cache:
        library, _problems = understand(root, cache=cache)
    try:
        address = home(root)
        page = readme(library, root, address)
        with tempfile.TemporaryDirectory() as empty:
            if site is None:
                site = Path(empty) / "site"
                build_site(root, site)
            archive = packed(site, folder_name(library), page, address, is_small=is_small)
    except (BuildError, NotASiteError, UnknownModuleError) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{error.filename} can't be read: {error.strerror}") from error
    except ValueError as error:
        raise click.ClickException(f"the site can't be read: {error}") from error
    _write(out, archive)
    click.echo(f"wrote {out}, {len(archive) / 1e6:.1f} MB")


@main.command()
@root_option
@click.argument("article_id")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
def epub(root: Path, article_id: str, out: Path) -> None:
    """Write the article ARTICLE_ID as an EPUB 3 book: its checks as footnotes, its names as a glossary.

    The same sources give the same bytes; nothing that is not published is in it. With errors in sources/ nothing is written.

    \b
    Examples:
      newsgloss epub 2024-06-05-us-weapons-inside-russia --out article.epub
    """
    with Cache.of(root) as cache:
        library, problems = understand(root, cache=cache)
    if any(problem.is_error for problem in problems):
        click.echo(as_text(problems), err=True)
        sys.exit(1)
    article = library.articles.get(article_id)
    if article is None:
        raise click.BadParameter(f"there is no article {article_id}", param_hint="ARTICLE_ID")
    try:
        content = Book(article, share(make_index(library)), root, home(root))()
    except OSError as error:
        raise click.ClickException(f"{error.filename} can't be read: {error.strerror}") from error
    except ValueError as error:
        raise click.ClickException(f"mkdocs.yml can't be read: {error}") from error
    _write(out, content)
    click.echo(f"wrote {out}, {len(content) / 1e3:.0f} kB")


def _write(out: Path, content: bytes) -> None:
    try:
        write_whole(out, content)
    except OSError as error:
        raise click.ClickException(f"{out} can't be written: {error.strerror}") from error
