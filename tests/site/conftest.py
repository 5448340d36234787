"""Sites that several tests read."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from build_scripts.model import Article, Library
from build_scripts.pipeline import understand
from tests.site.article_page import DIGEST, WIDE, Open
from tests.site.building import REPOSITORY, Built, build_with_mkdocs, made_once, new_root
from tests.site.serving import served
from tests.site.watching import Watch

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
def open_article(real_url: str, chromium: Browser) -> Open:
    """Opens the article in a browser of a given kind; nothing may have gone wrong by the time it is closed."""

    @contextmanager
    def opened(query: str = "", *, width: int = WIDE, touch: bool = False, dark: bool = False) -> Iterator[Page]:
        context = chromium.new_context(
            viewport={"width": width, "height": 800}, has_touch=touch, color_scheme="dark" if dark else "light"
        )
        watch = Watch(context, urlsplit(real_url).netloc)
        watch.page.goto(f"{real_url}articles/{DIGEST}/{query}")
        yield watch.page
        context.close()
        assert watch.complaints == []
        assert watch.foreign == []

    return opened
