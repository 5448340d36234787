"""One build of MkDocs, from its configuration to its files: the events that MkDocs calls, in their order.

Where nothing but ours hooks into the build, it fills a folder aside (``output``), from which only what differs is moved into the
site's; pages and files that would come out as they are there (``kept``) are not made. ``NEWSGLOSS_ACCELERATE=0`` does without
all of it.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from build_scripts.accelerator.alone import is_ours_alone
from build_scripts.accelerator.facts import around, facts, plain
from build_scripts.accelerator.files import SEARCH, AssetFile, add, key_of
from build_scripts.accelerator.frames import install
from build_scripts.accelerator.kept import Kept
from build_scripts.accelerator.output import Output
from build_scripts.accelerator.pages import AcceleratedPage, Session, assign
from build_scripts.accelerator.shown import is_steady, shows_all, shows_others, shows_texts
from build_scripts.accelerator.split import Split
from build_scripts.cache import FOLDER, digest, lasting
from build_scripts.collection import without_collection
from build_scripts.compiled import Compiled
from build_scripts.site import Site
from build_scripts.spool import Spool
from build_scripts.timings import stage
from build_scripts.workers.local import asked

Command = Literal["build", "gh-deploy", "serve"]
_OF_THE_RUN = frozenset({"hooks", "pages", "plugins", "site_dir", "theme", "watch"})
"""Settings that no page shows, or that count by themselves."""
_INCLUDED = frozenset({InclusionLevel.NOT_IN_NAV, InclusionLevel.UNDEFINED, InclusionLevel.INCLUDED})
_IN_SERVE = _INCLUDED | {InclusionLevel.DRAFT}


@dataclass
class Last:
    """A server's last whole build, and what was made since. ``keys``: what files that are no pages were made from, by their paths.

    ``folder``: the site's; ``aside``: for what is in the making. ``around``: a digest of what is watched beside sources/.
    """

    config: MkDocsConfig
    site: Site
    session: Session
    navigation: Navigation
    env: Environment
    keys: dict[str, bytes | None]
    folder: Path
    aside: Path
    around: bytes

    @property
    def files(self) -> Files:
        """All files."""
        return self.session.files

    def stands(self) -> bool:
        """Whether only sources/ can have changed since."""
        return self.around == around(self.config)

    def shown(self) -> list[tuple[object, ...]]:
        """What pages show of each other."""
        return list(_told(self.navigation.items))


class Run:
    """The build that runs."""

    def __init__(self, config: MkDocsConfig, *, is_preview: bool) -> None:
        self._config = config
        self._site = config.site_dir
        self._made: Site | None = None
        self._keys: dict[str, bytes | None] = {}
        self._included = _IN_SERVE if is_preview else _INCLUDED
        self._root = Path(config.config_file_path).resolve().parent
        self.cache = lasting(self._root)
        self._output: Output | None = None
        self._session: Session | None = None
        self._shown = b""
        self._around = around(config) if is_preview else b""
        self._left: list[tuple[File, InclusionLevel]] = []
        self._there: list[File] = []
        self._written: list[File] = []
        self._is_ahead = False
        self._until_the_end = ExitStack()

    def redirect(self) -> None:
        """Have everything built aside."""
        folders = (self._root / FOLDER.parent, self._root / FOLDER)
        if not is_ours_alone(self._config) or any(folder.is_symlink() for folder in folders):
            return
        try:
            self._output = Output(Path(self._site), self._root / FOLDER)
        except OSError:  # a disk that is full, or for reading alone: MkDocs writes where it always does
            return
        self._config.site_dir = str(self._output.folder)

    def start(self, files: Files, site: Site) -> None:
        """All files are known: make the pages."""
        self._made = site if self._included is _IN_SERVE else None
        goes_on = self._made is not None
        session = self._session = Session(files, spool=None if goes_on else Spool(), goes_on=goes_on)
        if self._output:
            session.version = _version(self._config)
            places = {file.src_uri: file.dest_uri for file in files}
            led_to = (f"{path} {place}" for path, place in places.items() if not path.startswith(SEARCH))
            links = digest(session.version, "\0".join(led_to))
            session.kept = Kept(self.cache, Path(self._site), self._output.before, links)
            session.contested = {place for place, number in Counter(places.values()).items() if number > 1}
            session.kept.lose(session.contested)
            session.lets_go = not shows_texts(self._config)
        assign(session, self._config)

    def navigate(self, navigation: Navigation) -> None:
        """What leads where is known, and nothing is read yet."""
        session = self._session
        if not session:
            return
        session.navigation = navigation
        if session.kept:
            others = [file for file in session.files if not file.is_documentation_page()]
            self._there = [file for file in others if self._is_there(file, session.kept)]
            self._make_ahead(session, session.kept, navigation)

    def choose(self, env: Environment, files: Files) -> None:
        """Everything is read: leave out what would come out as it is there."""
        env.bytecode_cache = Compiled(self.cache, "plain")
        session = self._session
        if not session or not session.kept or not session.navigation:
            return
        self._shown = _shown(session.navigation)
        asleep = [page for page in session.pages if page.is_asleep]
        if not session.kept.has_navigation(self._shown):
            for page in asleep:
                page.wake(self._config)
        for file in (*self._there, *filter(self._is_asleep, files.documentation_pages())):
            session.kept.keep(file.dest_uri)
            self._left.append((file, file.inclusion))
            file.inclusion = InclusionLevel.EXCLUDED
        self._until_the_end.enter_context(without_collection())
        self._use_formulas(env)
        if not self._is_ahead:
            self._split(session, session.kept, env, session.navigation)
        for file in self._written:
            file.inclusion = InclusionLevel.EXCLUDED

    def _make_ahead(self, session: Session, kept: Kept, navigation: Navigation) -> None:
        """Have all that is to be made made by as many processes as are asked for, where no page shows more of others than titles."""
        pages = [page for page in navigation.pages if isinstance(page, AcceleratedPage)]
        if not asked() or self._included is _IN_SERVE or not session.pages or len(pages) < len(navigation.pages):
            return
        for page in pages:
            try:
                page.make_ahead(kept)
            except Exception:  # whatever it is, MkDocs meets it again, and tells it
                page.renew()
                return
        for page in session.pages:
            if not page.done:
                page.look_ahead(kept)
        if any(page.is_asleep for page in session.pages) and not kept.has_navigation(_shown(navigation)):
            return
        with stage("MkDocs: by workers"), without_collection():
            env = self._config.theme.get_env()
            self._use_formulas(env)
            self._split(session, kept, env, navigation)
        self._is_ahead = True

    def _use_formulas(self, env: Environment) -> None:
        """Have pages put into their template by formulas, where that is steady."""
        if is_steady(self._config):
            env.bytecode_cache = Compiled(self.cache, "formulas")
            install(env, self._config)

    def _split(self, session: Session, kept: Kept, env: Environment, navigation: Navigation) -> None:
        """Have what remains written by as many processes as are asked for."""
        workers = asked()
        if not workers or self._included is _IN_SERVE or shows_others(env, self._config):
            return
        shown = session.files.documentation_pages()
        taken = session.contested | set(self._config.theme.static_templates) | {file.dest_uri for file in self._there}
        files = [file for file in session.files if file.dest_uri not in taken and self._is_ours(file)]
        for file, done in Split(files, shown, self._config, navigation, env, kept, self.cache).write(workers):
            self._written.append(file)
            if isinstance(file.page, AcceleratedPage):
                file.page.is_written = True
                if done and not file.page.done:
                    file.page.take(done, kept)
                file.page.forget()

    def finish(self) -> None:
        """Everything is written: move it into place."""
        session = self._session
        if self._output and session and session.kept:
            for page in session.pages:
                if page.is_asleep or page.is_written:
                    page.validate_anchor_links(files=session.files, log_level=self._config.validation.links.anchors)
            try:
                session.kept.store(self._shown, self._output.finish(session.kept.paths))
            except OSError as error:
                message = f"the site can't be written: {error}"
                raise BuildError(message) from error
        for file, inclusion in self._left:
            file.inclusion = inclusion
        self.close()

    def close(self) -> None:
        """Leave everything as MkDocs expects it."""
        self._until_the_end.close()
        self._config.site_dir = self._site
        if self._output:
            self._output.close()
        self.cache.flush()

    def last(self) -> Last | None:
        """The build, for a server that goes on from it; None where a page may show something of others but the navigation."""
        config, session, made = self._config, self._session, self._made
        if self._included is not _IN_SERVE or not (self._output and session and session.navigation and made):
            return None
        env = config.theme.get_env()  # one without formulas
        env.bytecode_cache = Compiled(self.cache, "plain")
        if session.contested or config.draft_docs or config.exclude_docs or shows_others(env, config):
            return None
        session.kept = None  # what was there before the build is not there any more
        places = Path(self._site), self._root / FOLDER
        return Last(config, made, session, session.navigation, env, self._keys, *places, self._around)

    @property
    def is_alone(self) -> bool:
        """Whether nobody else looks at pages once they are written."""
        return self._output is not None

    def _is_asleep(self, file: File) -> bool:
        return isinstance(file.page, AcceleratedPage) and file.page.is_asleep

    def _is_ours(self, file: File) -> bool:
        """Whether the file is still to be made, by this package."""
        page = file.page
        is_made = (isinstance(page, AcceleratedPage) and not page.is_asleep) or (
            isinstance(file, AssetFile) and file.asset is not None
        )
        return is_made and file.inclusion in self._included

    def _is_there(self, file: File, kept: Kept) -> bool:
        key = self._keys[file.src_uri] = key_of(file) if file.inclusion in self._included else None
        return key is not None and kept.is_current(file.dest_uri, key)


_command: Command = "build"
_is_dirty = False
_run: Run | None = None
_last: Last | None = None


def command() -> Command:
    """Which command of MkDocs runs."""
    return _command


def fill(files: Files, site: Site, config: MkDocsConfig) -> Files:
    """Everything that is made from sources/, among MkDocs' files."""
    add(files, site, config)
    if _run:
        _run.start(files, site)
    return files


def last() -> Last | None:
    """A server's last whole build, if it came to its end."""
    return _last


def on_startup(*, command: Command, dirty: bool) -> None:
    """Note which command runs: MkDocs tells nobody else."""
    global _command, _is_dirty
    _command, _is_dirty = command, dirty


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """A build begins."""
    global _run, _last  # noqa: PLW0603 -- the same
    _end()
    _last = None
    if os.environ.get("NEWSGLOSS_ACCELERATE") != "0":
        _run = Run(config, is_preview=_command == "serve")
        if not _is_dirty:
            _run.redirect()
    return config


def on_nav(nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG001 -- MkDocs' call
    """The navigation is made."""
    if _run:
        _run.navigate(nav)
    return nav


def on_env(env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:  # noqa: ARG001 -- MkDocs' call
    """All pages are read, none is written."""
    if _run:
        _run.choose(env, files)
    return env


def on_post_page(output: str, *, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG001 -- MkDocs' call
    """A page is made."""
    if _run and _run.is_alone and isinstance(page, AcceleratedPage):
        page.forget()
    return output


def on_post_build(*, config: MkDocsConfig) -> None:  # noqa: ARG001 -- MkDocs' call
    """All is made."""
    global _last  # noqa: PLW0603 -- the same
    if _run:
        _run.finish()
        _last = _run.last()
    _end()


def on_build_error(*, error: Exception) -> None:  # noqa: ARG001 -- MkDocs' call
    """The build failed: the site stays as it was."""
    _end()


def _end() -> None:
    global _run  # noqa: PLW0603 -- as above
    if _run:
        _run.close()
    _run = None


def _shown(navigation: Navigation) -> bytes:
    return digest(*map(repr, _told(navigation.items)))


def _told(items: Iterable[StructureItem]) -> Iterator[tuple[object, ...]]:
    """What every page may show of the navigation."""
    for item in items:
        facts = (item.url, item.canonical_url, repr(item.meta)) if isinstance(item, Page) else ()
        yield (type(item).__name__, item.title, getattr(item, "url", ""), *facts)
        yield from _told(getattr(item, "children", None) or ())


def _version(config: MkDocsConfig) -> bytes:
    """A digest of what all pages depend on; another each time where a template shows what can't be told from its page."""
    theme = config.theme
    if shows_all(config):
        return os.urandom(16)
    # A theme's icons, a few of many thousands, come with its package, whose version counts anyway.
    files = (fact for folder in theme.dirs for fact in facts(folder, () if folder == theme.custom_dir else (".icons",)))
    settings = {name: value for name, value in config.items() if name not in _OF_THE_RUN}
    return digest(*plain(settings), repr(dict(theme)), *files)
