"""Commands of whoever reads without a network: the site as an archive, an article as a book."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from build_scripts.cli.group import main, root_option
from build_scripts.offline.building import BuildError, build_site
from build_scripts.offline.pack import NotASiteError, packed
from build_scripts.offline.readme import folder_name, readme
from build_scripts.offline.scripts import UnknownModuleError
from build_scripts.pipeline import understand
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
    library, _problems = understand(root)
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


def _write(out: Path, content: bytes) -> None:
    try:
        write_whole(out, content)
    except OSError as error:
        raise click.ClickException(f"{out} can't be written: {error.strerror}") from error
