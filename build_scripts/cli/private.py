"""The command of whoever holds an original: its own text with the annotations, on this machine."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click

from build_scripts.cli.group import main, root_option
from build_scripts.export.pagefind import IndexingError
from build_scripts.offline.building import BuildError, serve_staged
from build_scripts.offline.private import NotHeldError, private_site
from build_scripts.reports import as_text
from build_scripts.staging import stage


@main.command()
@root_option
@click.argument("article_id", metavar="[ARTICLE-ID]", required=False)
@click.option(
    "--private", "is_private", is_flag=True, help="Show the originals that are held here, in place of digests."
)
@click.option(
    "--port", type=click.IntRange(1024, 65535), default=8001, show_default=True, help="The port on this machine."
)
def serve(root: Path, article_id: str | None, is_private: bool, port: int) -> None:
    """Read originals that may not be republished, with their annotations, where they are held.

    Shows the report's own words with the quotations, claims and names where the lock has them, to this machine alone. Every
    page is marked as private; it is built into a temporary folder, and `check --built` refuses a site with such a page.
    The site as it is published is served by `mkdocs serve`.

    \b
    Examples:
      newsgloss serve --private 2024-06-05-us-weapons-inside-russia
      newsgloss serve --private --port 8080
    """
    if not is_private:
        raise click.UsageError("say `--private`; the site as it is published is served by `mkdocs serve`")
    try:
        site = private_site(root, article_id)
        if site.has_errors:
            click.echo(as_text(site.problems), err=True)
            sys.exit(1)
        with tempfile.TemporaryDirectory(prefix="newsgloss-private-") as folder:
            stage(site, root, Path(folder) / "staged")
            click.echo(f"http://127.0.0.1:{port}/ until Ctrl-C; not to be published")
            serve_staged(Path(folder) / "staged", port)
    except (BuildError, NotHeldError) as error:
        raise click.ClickException(str(error)) from error
    except IndexingError as error:
        raise click.ClickException(f"the search index can't be made: {error}") from error
    except (OSError, ValueError) as error:
        raise click.ClickException(f"the site can't be made: {error}") from error
