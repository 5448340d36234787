"""Pages of MkDocs that make no more of themselves than is needed.

They render by the compiled parser where that changes nothing (``markdown``), else as MkDocs does (``stock``), and not at all where
the file that they would give is there from an earlier build (``kept``).

Each page of the site becomes one, by the attribute that MkDocs gives to hooks (``File.page``), where MkDocs would make the same
page: with the same title and the same warnings.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel, set_exclusions
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page, _AbsoluteLinksValidationValue
from mkdocs.structure.toc import get_toc
from mkdocs.utils.meta import get_data

from build_scripts.accelerator.files import PageFile
from build_scripts.accelerator.front import parted
from build_scripts.accelerator.heard import heard, say
from build_scripts.accelerator.kept import Kept, Traces
from build_scripts.accelerator.links import Asked, Links, Shared, may_lead
from build_scripts.accelerator.markdown import EXTENSIONS, Rendered, render
from build_scripts.accelerator.stock import nested, rendered
from build_scripts.cache import digest
from build_scripts.spool import Spool, Waiting

_log = logging.getLogger("mkdocs.structure.pages")


@dataclass
class Session:
    """What the pages of one build share. ``kept``: what is there already, where that can be told.

    ``version``: a digest of all that pages depend on but their own text, what it links to and the navigation. ``contested``:
    paths that several files would be written to. ``lets_go``: nobody asks for a page's text once its HTML is made. ``spool``:
    where HTML waits for its turn. ``goes_on``: a server makes some pages again, so that each remembers what it links to.
    ``names``: of anchors, most of which many pages have.
    """

    files: Files
    kept: Kept | None = None
    version: bytes = b""
    lets_go: bool = False
    navigation: Navigation | None = None
    targets: Shared = field(default_factory=dict)
    pages: list[AcceleratedPage] = field(default_factory=list)
    contested: set[str] = field(default_factory=set)
    spool: Spool | None = None
    goes_on: bool = False
    names: dict[str, str] = field(default_factory=dict)

    def shared(self, names: Iterable[str]) -> set[str]:
        """Names of anchors, each in memory once."""
        return {self.names.setdefault(name, name) for name in names}


class _Outcome(NamedTuple):
    """What is known of a page's text. ``rendered`` is without what takes no time to be made anew."""

    links: Asked
    rendered: Rendered
    title: str | None


class Done(NamedTuple):
    """What others need of a page that was made ahead: ``links``, to anchors, by the file's path; ``said``: what MkDocs said.

    ``traces``: what is kept of it.
    """

    title: str | None
    anchors: frozenset[str]
    links: dict[str, dict[str, str]]
    said: list[logging.LogRecord]
    traces: Traces


_NOTHING = Rendered("", (), None, frozenset())


def assign(session: Session, config: MkDocsConfig) -> None:
    """Make the pages, where the site's Markdown has only extensions that are known."""
    files = session.files
    if set(config.markdown_extensions) != EXTENSIONS or any(config.mdx_configs.values()):
        return
    set_exclusions(files, config)
    titles = dict(_titles(config.nav, files, config))
    for file in files.documentation_pages():
        # What the navigation leaves out without leave is a warning, which MkDocs gives for files without a page.
        is_expected = config.nav is None or file.src_uri in titles or file.inclusion is InclusionLevel.NOT_IN_NAV
        if file.page is None and is_expected:
            session.pages.append(AcceleratedPage(titles.get(file.src_uri), file, config, session))


def place(file: File, session: Session, config: MkDocsConfig) -> bool:
    """Make the page of one more file, if it is to have one; False where that has a place in the navigation."""
    set_exclusions([file], config)
    if not file.is_documentation_page():
        return True
    is_apart = config.nav is not None and file.inclusion is InclusionLevel.NOT_IN_NAV
    if not is_apart or file.src_uri in dict(_titles(config.nav, session.files, config)):
        return False
    session.pages.append(AcceleratedPage(None, file, config, session))
    return True


def _titles(nav: Any, files: Files, config: MkDocsConfig) -> Iterator[tuple[str, str | None]]:
    """The files in the navigation with the titles that it gives them; of several the first counts, so it comes last."""
    if isinstance(nav, dict):
        for title, value in reversed(nav.items()):
            yield from _entry(title, value, files, config) if isinstance(value, str) else _titles(value, files, config)
    elif isinstance(nav, list):
        for value in reversed(nav):
            yield from _titles(value, files, config)
    elif isinstance(nav, str):
        yield from _entry(None, nav, files, config)


def _entry(title: str | None, path: str, files: Files, config: MkDocsConfig) -> Iterator[tuple[str, str | None]]:
    if config.validation.nav.absolute_links is _AbsoluteLinksValidationValue.RELATIVE_TO_DOCS:
        path = path.lstrip("/")
    if file := files.get_file_from_path(path):
        yield file.src_uri, title


class AcceleratedPage(Page):
    """A page as MkDocs makes it. ``is_asleep``: the file that it would give is there already, so nothing of it is made.

    ``done``: what came of it where it was read and rendered ahead of its turn; ``is_written``: its file was made ahead of the others.
    """

    def __init__(self, title: str | None, file: File, config: MkDocsConfig, session: Session) -> None:
        self._html: bytes | Waiting | None = None
        self._session = session
        super().__init__(title, file, config)
        self._config = config
        self._has_title = title is not None
        self._name = b""
        self._known: _Outcome | None = None
        self._asked: Asked | None = None
        self._is_same = False
        self._said: list[logging.LogRecord] = []
        self.done: Done | None = None
        self.is_asleep = False
        self.is_written = False

    @property
    def content(self) -> str | None:
        """The HTML; it waits until all pages are made."""
        html = self._html.data if isinstance(self._html, Waiting) else self._html
        return None if html is None else html.decode("utf-8", "surrogatepass")

    @content.setter
    def content(self, html: str | None) -> None:
        data = None if html is None else html.encode("utf-8", "surrogatepass")
        self._html = self._session.spool.put(data) if data and self._session.spool else data

    def look_ahead(self, kept: Kept) -> None:
        """Look before it is the page's turn, when what is said of it will be said."""
        with heard() as said:
            self._compare(kept)
        self._said = said

    def make_ahead(self, kept: Kept) -> None:
        """Read and render it before it is the page's turn."""
        with heard() as said:
            self.read_source(self._config)
            self.render(self._config, self._session.files)
        links = {file.src_uri: found for file, found in (self.links_to_anchors or {}).items()}
        traces = kept.traces(self.file.src_uri, self.file.dest_uri)
        self.done = Done(self.title, frozenset(self.present_anchor_ids or ()), links, said, traces)

    def take(self, done: Done, kept: Kept) -> None:
        """Be what another process made and wrote."""
        self.done, self.is_written = done, True
        self.forget()
        if not self._has_title:
            self.title = done.title
        self.present_anchor_ids = self._session.shared(done.anchors)
        self.links_to_anchors = {self._session.files.src_uris[path]: found for path, found in done.links.items()}
        kept.take(self.file.src_uri, self.file.dest_uri, done.traces)

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002 -- MkDocs' call
        """Read the text, and find out whether anything needs to be made of it."""
        said, self._said = (self.done.said if self.done else self._said), []
        say(said)
        if self.done:
            return
        if self._session.kept and not self._name:
            self._compare(self._session.kept)
        if self.is_asleep and not self._is_in_navigation:
            self.markdown = ""
        else:
            self._read()

    def _compare(self, kept: Kept) -> None:
        """Find out what is known of the text, and whether it gives what is there."""
        try:
            self._name = self._source_key() or digest(self.file.content_bytes)
        except OSError:  # whoever reads it says what is wrong
            return
        known: _Outcome | None = kept.known(self.file.src_uri, self._name)
        told = self._links().ask(known.links, is_same=kept.has_places) if known else None
        if known and told is not None:
            self._is_same = told == known.links.told
            if not self._is_same:
                links, shown = known.links._replace(told=told), known.rendered._replace(html="")
                kept.note(self.file.src_uri, self._name, known._replace(links=links, rendered=shown))
            self._asked = known.links._replace(told=told) if self._session.goes_on else None
            # Held until all pages are read, so without what is compared by now.
            self._known = known._replace(links=known.links._replace(paths=(), odd=()))
            self.is_asleep = self._is_current(told)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Convert the Markdown to HTML, where it is needed."""
        known = self._known
        if self.done:
            return
        if known and self.is_asleep:
            shown = known.rendered.headings if self._is_in_navigation else ()
            self._take(known.rendered._replace(html="", headings=shown))
            if not self._has_title:
                self.title = known.title
            if not known.rendered.html:
                self._known = known._replace(rendered=_NOTHING)
        elif self.markdown is None:
            super().render(config, files)
        elif known and known.rendered.html and self._is_same:
            self._take(known.rendered)
        elif known:
            with heard():
                links = self._links()
                self._take(_rendered(self.markdown, links))
            self._note(links)
            self._let_go()
        else:
            self._render_first(self.markdown)

    def wake(self, config: MkDocsConfig) -> None:
        """Make everything after all, without the warnings, which were given."""
        self.is_asleep, self.done = False, None
        if not self._has_title:
            self.__dict__.pop("title", None)
        self._read()
        self.render(config, self._session.files)

    def renew(self) -> None:
        """Begin anew, in the same place of the navigation: the file's text is another."""
        place = self.parent, self.previous_page, self.next_page
        title = self.title if self._has_title else None
        given = title, self.file, self._config, self._session
        self.__dict__.clear()
        AcceleratedPage.__init__(self, *given)
        self.parent, self.previous_page, self.next_page = place

    def leads_elsewhere(self, moved: Set[str]) -> bool:
        """Whether its links would lead elsewhere if it was made now that files came or went; ``moved``: as ``may_lead`` takes them."""
        asked = self._asked
        if asked and not asked.odd and not any(may_lead(path, moved) for path in asked.paths):
            return False
        with heard():
            return asked is None or self._links().ask(asked, is_same=False) != asked.told

    def forget(self) -> None:
        """Let go of what is of no use once the page is written."""
        if not self._is_in_navigation:
            self.content = ""
            self.markdown = ""
            self.toc = get_toc([])
            self.meta = {}

    def validate_anchor_links(self, *, files: Files, log_level: int) -> None:
        """Warn of links to anchors that are not there."""
        if self.links_to_anchors is None and self._known and self._lacks(self._known.links.anchors):
            with heard():
                links = self._links()
                _rendered(get_data(self.file.content_string)[0], links)
            self._note(links)
        super().validate_anchor_links(files=files, log_level=log_level)

    def _source_key(self) -> bytes | None:
        return self.file.key if isinstance(self.file, PageFile) else None

    def _read(self) -> None:
        """Part the text from what stands before it, as MkDocs does where nobody else gives it another text."""
        try:
            found = parted(self.file.content_string) if self._session.kept else None
        except (OSError, ValueError):  # MkDocs says what is wrong
            found = None
        if found:
            self.markdown, self.meta = found
        else:
            super().read_source(self._config)

    @property
    def is_aside(self) -> bool:
        """Whether no other page shows where this one is."""
        return not (self.parent or self.previous_page or self.next_page or self._is_in_navigation)

    @property
    def _is_in_navigation(self) -> bool:
        """Whether other pages may show more of it than its title."""
        return self._session.navigation is None or any(self is page for page in self._session.navigation.pages)

    def _links(self) -> Links:
        return Links(self.file, self._session.files, self._config, self._session.targets)

    def _note(self, links: Links) -> None:
        """Keep which anchors are linked to, but for those that are known to be there."""
        self._asked = links.asked if self._session.goes_on else None
        if _log.getEffectiveLevel() > logging.DEBUG:
            noted = links.links_to_anchors
            self.links_to_anchors = dict(_unsure(noted)) if self._session.kept else noted

    def _lacks(self, anchors: Mapping[str, Iterable[str]]) -> bool:
        """Whether any of these anchors is not there, by the files that they are linked to in."""
        for path, names in anchors.items():
            file = self._session.files.src_uris.get(path)
            there = file.page.present_anchor_ids if file and file.page else None
            if there is not None and not there.issuperset(names):
                return True
        return False

    def _is_current(self, told: bytes) -> bool:
        kept = self._session.kept
        file = self.file
        facts = (
            file.dest_uri, file.url, file.inclusion.name, self.edit_url, self.canonical_url, self._config.site_url,
        )  # fmt: skip
        key = digest(self._session.version, self._name, repr(facts), told)
        return kept is not None and kept.is_current(file.dest_uri, key)

    def _render_first(self, text: str) -> None:
        links = self._links()
        found = fast = render(text, links.addresses)
        if found is None:
            found = rendered(text, self._config, links)
        self._take(found)
        self._note(links)
        if self._name and self._session.kept:
            asked = self._asked or links.asked
            shown = found.headings if self._is_in_navigation else ()
            told = found._replace(html="", headings=shown) if fast else found
            self._session.kept.note(self.file.src_uri, self._name, _Outcome(asked, told, self.title))
            self._is_current(asked.told)
        self._let_go()

    def _let_go(self) -> None:
        """Hold the text no longer, of which everything is made."""
        if self._session.lets_go and not self._is_in_navigation:
            self.markdown = ""

    def _take(self, found: Rendered) -> None:
        self.content = found.html
        self.toc = get_toc(nested(found.headings))
        self._title_from_render = found.title
        self.present_anchor_ids = self._session.shared(found.anchors)


def _unsure(noted: Mapping[File, dict[str, str]]) -> Iterator[tuple[File, dict[str, str]]]:
    """Those links of which it is not known yet that their anchors are there: what they lead to is not rendered, or lacks them."""
    for file, anchors in noted.items():
        there = (file.page and file.page.present_anchor_ids) or ()
        left = {anchor: link for anchor, link in anchors.items() if anchor not in there}
        if left:
            yield file, left


def _rendered(text: str, links: Links) -> Rendered:
    """A page's text, by the faster way where there is one."""
    return render(text, links.addresses) or rendered(text, links.config, links)
