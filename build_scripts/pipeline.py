"""From sources to a site: the stages, readable top to bottom.

In: a root folder that holds sources/, and docs/ where there are hand-written pages. Out: pages, assets, problems. The same
sources give the same site, whatever the machine.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import cast

from markupsafe import escape

from build_scripts import addresses, history
from build_scripts.cache import Cache, digest
from build_scripts.checks import check
from build_scripts.checks.originals import STOPS_PUBLISHING, among_published
from build_scripts.collection import without_collection
from build_scripts.export.epub.book import Book, books
from build_scripts.export.files import for_programs, list_of_files
from build_scripts.export.indexes import search_begun
from build_scripts.export.pictures import Drawing
from build_scripts.export.scripts import scripts
from build_scripts.export.search import records
from build_scripts.export.shards import BOUND, BOUND_WHILE_EDITING
from build_scripts.export.sitemap import sitemap
from build_scripts.export.structured.nodes import Node, document
from build_scripts.export.structured.pages import Documents, structured
from build_scripts.export.structured.text import with_data
from build_scripts.export.tables.dictionary import dictionary, list_of_tables, list_of_views
from build_scripts.export.tables.spool import Tables
from build_scripts.jobs import Job, Made, Maker, apart
from build_scripts.model import Library
from build_scripts.problems import Problem, Severity, in_order
from build_scripts.reading.load import load
from build_scripts.rendering.catalogue import words_of
from build_scripts.rendering.context import Shared, share
from build_scripts.rendering.escape import escape as as_markdown
from build_scripts.rendering.handwritten import fill_in, mending_table, rules_page
from build_scripts.rendering.index import Index, make_index
from build_scripts.rendering.pages import PageJob, assets, page_jobs, rating_scale
from build_scripts.resolve import resolve
from build_scripts.rules import ALL_RULES
from build_scripts.seen import Seen
from build_scripts.site import Asset, Page, Site
from build_scripts.timings import stage, timed
from build_scripts.workers.shards import Workers


@dataclass(frozen=True, slots=True)
class Written:
    """The hand-written pages in docs/, by name. ``texts``: as they are shown; ``filled``: those with parts made here."""

    texts: Mapping[str, str]
    filled: frozenset[str]

    def pages(self, told: Container[str]) -> Iterator[PageJob]:
        """Those that the renderer can't read from docs/ itself: with parts made here, or ``told`` of to programs."""
        for name, text in self.texts.items():
            if name in self.filled or name in told:
                yield PageJob(name, partial(Page, name, text, f"docs/{name}"))

    def days(self, root: Path) -> dict[str, dt.date | None]:
        """When each last changed; not of one with parts made here, which change with what they are made from."""
        committed = history.days_of(root, "docs") if self.texts else {}
        return {name: None if name in self.filled else committed.get(f"docs/{name}") for name in self.texts}


@without_collection()
def build(  # noqa: PLR0913 -- what doors ask for, by name but for the first
    root: Path,
    home: str = "",
    *,
    is_preview: bool = False,
    alter: Callable[[Library], Library] | None = None,
    cache: Cache | None = None,
    workers: Workers | None = None,
) -> Site:
    """Everything that ``root`` publishes, and everything that is wrong with it.

    ``home``: the site's address, which ends with a slash; what needs it is left out where it is not known. ``is_preview``: for
    reviewers, with the checks that are not published, marked as such. ``alter``: what is shown in place of the library; no
    ``cache`` knows of it. ``workers``: do what they can ahead, into the cache.
    Raises IndexingError where the index of the search can't be made, LostError.
    """
    library, problems = understand(root, cache=cache)
    library = library.with_proposals() if is_preview else library
    library, cache = (alter(library), None) if alter else (library, cache)
    with stage("index"):
        seen = Seen(cache)
        shared = seen.watch(share(make_index(library, cache), cache))
    with stage("tables"):
        maker = Maker(seen, cache)
        tables = None if is_preview else Tables(shared.index.library, home, maker, cache)
        written = _written(root, _parts(library, tables.sizes if tables else None, home))
    with _search(shared.index, written.texts, cache) as search:
        with stage("structured data"):
            data, reviews = structured(shared, home, written.texts)
        files = tuple(_files(root, shared, for_programs(shared.index, tables, home, cache), written, home))
        with stage("pages"):
            jobs = [_with_data(job, data) for job in (*page_jobs(shared), *written.pages(data))]
            made = maker.every([*jobs, *_at_once(files)], workers)
            library.let_go()
        files = (*reviews, *_kept(files, made, maker, workers), *search())
    if cache:
        cache.flush()
    problems = problems if is_preview else _of_published(root, library, problems)
    return Site(tuple(_page(made[job.name]) for job in jobs), files, problems, _years(library))


@without_collection()
def understand(
    root: Path, instead: Mapping[str, bytes] = MappingProxyType({}), cache: Cache | None = None
) -> tuple[Library, tuple[Problem, ...]]:
    """The library, and every problem of the content, in order; ``instead`` as in ``load``.

    ``cache``: has what was read, annotated and checked before. What is understood is the same with and without.
    """
    with stage("load"):
        sources, problems = load(root, instead, cache)
    with stage("annotate"):
        library, unresolved = resolve(sources, problems, cache)
    with stage("check"):
        return library, in_order([*problems, *unresolved, *check(library, cache)])


def _years(library: Library) -> dict[str, str]:
    """The year of each article."""
    return {article.id: f"{article.facts.published.year:04}" for article in library.articles.values()}


def _of_published(root: Path, library: Library, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems of a site that is published, which more of them stop than of a preview."""
    raised = (
        replace(problem, severity=Severity.ERROR) if problem.rule in STOPS_PUBLISHING else problem
        for problem in problems
    )
    return in_order([*raised, *among_published(root / "docs", library)])


def while_editing(site: Site) -> Site:
    """The site as its editors see it after each edit: with its problems shown, without the files that take time."""
    return replace(with_problems_shown(site), assets=tuple(asset for asset in site.assets if not asset.is_costly))


def with_problems_shown(site: Site) -> Site:
    """The site with a box on top of each page that has problems; pages that could not be made stand in as their box."""
    boxes: dict[str, list[Problem]] = defaultdict(list)
    made = {page.uri for page in site.pages}
    for problem in site.problems:
        boxes[_page_of(problem, made)].append(problem)
    missing = [Page(uri, f"# {as_markdown(uri)}\n", None) for uri in boxes if uri not in made]
    return replace(site, pages=tuple(_boxed(page, boxes.get(page.uri, [])) for page in (*site.pages, *missing)))


def _with_data(job: PageJob, data: Documents) -> PageJob:
    """The page with what programs read of it."""
    make = partial(_told, job.make, tuple(data.get(job.name, ())))
    return PageJob(job.name, make, within=job.within, brief=attrgetter("source"))


def _page(made: Made[Page]) -> Page:
    """The page, whose text is asked for when it is needed."""
    return Page(made.job.name, made, cast(str | None, made.brief))


def _told(make: Callable[[], Page], documents: Iterable[Callable[[], Node]]) -> Page:
    page = make()
    return replace(page, content=with_data(page.text, [document(thing()) for thing in documents]))


def _parts(library: Library, sizes: Mapping[str, int] | None, home: str) -> dict[str, str]:
    """The parts of hand-written pages that are made here, by the names of their markers."""
    return {
        "verdicts": rating_scale(library),
        "rules": rules_page(ALL_RULES),
        "mending": mending_table(ALL_RULES),
        "files": list_of_files(library, home),
        "tables": list_of_tables(sizes),
        "views": list_of_views(),
        "dictionary": dictionary(),
    }


def _written(root: Path, parts: Mapping[str, str]) -> Written:
    """The pages in docs/, with their ``parts``."""
    texts: dict[str, str] = {}
    for path in sorted((root / "docs").glob("*.md")):
        # A page that is no UTF-8 the renderer reads itself, and says what is wrong with it.
        with contextlib.suppress(UnicodeDecodeError):
            texts[path.name] = path.read_text(encoding="utf-8")
    filled = {name: shown for name, text in texts.items() if (shown := fill_in(text, parts)) is not None}
    return Written(texts | filled, frozenset(filled))


def _files(root: Path, shared: Shared, programs: Iterable[Asset], written: Written, home: str) -> Iterator[Asset]:
    """Everything but pages and the search; ``programs``: what is for them."""
    index = shared.index
    yield from _for_readers(root, index)
    yield from programs
    yield from timed("site map", sitemap(index, home, written.days(root), shared.lists))
    yield from books(shared, root, home)


def _at_once(files: Iterable[Asset]) -> Iterator[Job[str]]:
    """The jobs that give files when the site is made."""
    return (asset.content for asset in files if isinstance(asset.content, Job) and asset.content.looks)


def _kept(
    files: Sequence[Asset], made: Mapping[str, Made[str]], maker: Maker, workers: Workers | None
) -> tuple[Asset, ...]:
    """The same from what was kept, where it is there: what is ``made`` already, pictures and books when they are asked for.

    A job that looks at nothing is cheap, so that it is not kept: the key of its asset tells whether what it made last time stands.
    What others give is read when the file is written, and not held until then.
    """
    drawn = {asset.uri: asset.content for asset in files if isinstance(asset.content, Drawing | Book)}
    later = {uri: Job(uri, make, looks=isinstance(make, Book), brief=apart) for uri, make in drawn.items()}
    maker.helped(later.values(), workers)
    return tuple(_from_kept(asset, made.get(asset.uri), later.get(asset.uri), maker) for asset in files)


def _from_kept(asset: Asset, made: Made[str] | None, later: Job[bytes] | None, maker: Maker) -> Asset:
    if later:
        return replace(asset, content=partial(maker.one, later), key=maker.told(later))
    return replace(asset, content=made, key=digest(made.key, *asset.around)) if made else asset


def _for_readers(root: Path, index: Index) -> Iterator[Asset]:
    """What pages need."""
    library = index.library
    yield from assets(library)
    yield from scripts(root / "docs", words_of(library))
    for article in library.articles.values():
        for name in article.files.images:
            yield Asset(f"articles/{article.id}/{name}", root / "sources" / "articles" / article.id / name)


@contextmanager
def _search(
    index: Index, handwritten: Mapping[str, str], cache: Cache | None
) -> Iterator[Callable[[], tuple[Asset, ...]]]:
    """Gives the files of the search, which are in the making until they are asked for."""
    with ExitStack() as beside:
        with stage("search"):
            bound = BOUND_WHILE_EDITING if index.library.is_preview else BOUND
            search = beside.enter_context(search_begun(list(records(index, handwritten, cache)), cache, bound))

        def found() -> tuple[Asset, ...]:
            with stage("search"), beside:
                return tuple(Asset(f"pagefind/{path}", content=content) for path, content in search.files().items())

        yield found


def _page_of(problem: Problem, made: set[str]) -> str:
    """The page concerned: the file's own, also where it could not be made; else the front page."""
    uri = addresses.of_source(problem.place.path)
    is_text = problem.place.path.endswith(".md")
    return uri if uri and (uri in made or is_text) else addresses.FRONT


def _boxed(page: Page, problems: list[Problem]) -> Page:
    if not problems:
        return page
    items = "".join(f"<li>{escape(str(problem))}</li>" for problem in problems)
    box = f'<div class="problems" role="alert"><p>This page has problems:</p><ul>{items}</ul></div>'.replace(
        "\n", "<br>"
    )
    front, fence, rest = page.text.partition("\n---\n") if page.text.startswith("---\n") else ("", "", page.text)
    return replace(page, content=f"{front}{fence}\n{box}\n\n{rest.lstrip()}")
