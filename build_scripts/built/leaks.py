"""What no file of the built site may hold: words of originals that may not be republished, pages made for whoever holds one."""

from __future__ import annotations

from collections.abc import Iterator

from build_scripts.built.pages import BuiltPage
from build_scripts.built.site import BuiltSite
from build_scripts.originals import leaks
from build_scripts.originals.copies import protected
from build_scripts.problems import Problem, Rule
from build_scripts.site import PRIVATE

PRIVATE_PAGE = Rule(
    "private-page",
    "A page that `newsgloss serve --private` made is not among the built site: it shows an original to whoever holds it, nobody else.",
)
RULES = (PRIVATE_PAGE,)


def check(page: BuiltPage, site: BuiltSite) -> Iterator[Problem]:  # noqa: ARG001 -- each check of pages is called so
    """Whether the page is private."""
    if page.has(f".{PRIVATE}"):
        hint = "build the site anew into an empty folder: `mkdocs build --strict`"
        yield PRIVATE_PAGE.problem(page.place(), "this page shows an original that may not be republished", hint)


def check_site(site: BuiltSite) -> Iterator[Problem]:
    """Words of originals in any file, whatever it is packed in."""
    guarded = protected(site.library)
    if not guarded:
        return
    finder = leaks.Finder(guarded)
    for path in sorted(site.folder.rglob("*")):
        if path.is_file():
            yield from finder.problems(path.as_posix(), path.read_bytes())
