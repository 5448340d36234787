"""The command that tells what a publication holds."""

from __future__ import annotations

from pathlib import Path

import click

from build_scripts.cache import Cache
from build_scripts.cli.group import main, root_option, tell, timings_option
from build_scripts.pipeline import understand
from build_scripts.stats import as_json, as_text
from build_scripts.stats import stats as figures


@main.command()
@root_option
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
@timings_option
def stats(root: Path, style: str) -> None:
    """Tell what there is in sources/: articles, words, quotations, checks, entities, and how much awaits somebody.

    What is not published counts too, each check by its state. What was built, the cache and site/, is told with its size.

    \b
    Examples:
      newsgloss stats
      newsgloss stats --format json | jq .verdicts
    """
    with Cache.of(root) as cache:
        library, problems = understand(root, cache=cache)
    found = figures(library, problems, root)
    if style == "json":
        tell(as_json(found))
    else:
        click.echo(as_text(found))
