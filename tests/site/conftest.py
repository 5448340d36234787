"""Sites that several tests read."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from build_scripts.model import Article, Library
from build_scripts.pipeline import understand
from tests.site.article_page import DIGEST, WIDE, Open
from tests.site.building import REPOSITORY, UNDRAWN, Built, build_with_mkdocs, made_once, new_root
from tests.site.serving import served
from tests.site.watching import Watch, calm, watched

GOLDEN = REPOSITORY / "tests" / "golden" / "sources"


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The repository's own site."""

    def fill(folder: Path) -> Built:
        return build_with_mkdocs(REPOSITORY, folder / "site")

    return made_once(tmp_path_factory, "real", fill)


@pytest.fixture(scope="session")
def real_url(real_site: Built) -> Iterator[str]:
    """Where the repository's own site is served; ends with a slash."""
    with served(real_site.site) as url:
        yield url


@pytest.fixture(scope="session")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The same for reviewers, with what is not published; a check of the article is in review."""

    def fill(folder: Path) -> Built:
        return build_with_mkdocs(REPOSITORY, folder / "site", NEWSGLOSS_PREVIEW="1", **UNDRAWN)

    return made_once(tmp_path_factory, "preview", fill)


@pytest.fixture(scope="session")
def preview_url(preview: Built) -> Iterator[str]:
    """Where that is served; ends with a slash."""
    assert preview.status == 0, preview.log
    with served(preview.site) as url:
        yield url


@pytest.fixture(scope="session")
def library() -> Library:
    """What the repository's own site is made of."""
    return understand(REPOSITORY)[0]


@pytest.fixture(scope="session")
def article(library: Library) -> Article:
    """The article with marks of every kind."""
    return library.articles[DIGEST]


@pytest.fixture(scope="session")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The small publication of the golden pages, which has an article in Hebrew."""

    def fill(folder: Path) -> Built:
        root = new_root(folder / "root")
        shutil.rmtree(root / "sources")
        shutil.copytree(GOLDEN, root / "sources")
        return build_with_mkdocs(root, folder / "site")

    return made_once(tmp_path_factory, "golden", fill)


@pytest.fixture
def watch(real_url: str, chromium: Browser) -> Iterator[Watch]:
    """A browser page that must have had nothing to complain about, and asked nobody else for anything."""
    with watched(chromium, real_url) as watch:
        yield watch
        assert watch.complaints == []
        assert watch.foreign == []


@pytest.fixture
def open_article(real_url: str, chromium: Browser) -> Open:
    """Opens the article in a browser of a given kind; nothing may have gone wrong by the time it is closed."""

    def opened(
        query: str = "", *, width: int = WIDE, touch: bool = False, dark: bool = False
    ) -> AbstractContextManager[Page]:
        size: ViewportSize = {"width": width, "height": 800}
        scheme = "dark" if dark else "light"
        url = f"{real_url}articles/{DIGEST}/{query}"
        return calm(chromium, url, viewport=size, has_touch=touch, color_scheme=scheme)

    return opened
