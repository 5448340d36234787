"""``python -m build_scripts`` is ``newsgloss``."""

from build_scripts.cli import main

main(prog_name="newsgloss")
