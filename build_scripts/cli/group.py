"""The command `newsgloss` and what its commands share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click


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


def tell(values: Any) -> None:
    """Print plain values as JSON that a person can read, too."""
    click.echo(json.dumps(values, ensure_ascii=False, indent=2))
