"""The command line: the only package that prints.

Exit status: 0 clean, 1 problems found, 2 wrong usage.
"""

from build_scripts.cli.group import main

__all__ = ["main"]
