"""Sites that several tests read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from build_scripts.model import Article, Library
from build_scripts.pipeline import understand
from tests.site.building import REPOSITORY, Built, build_with_mkdocs, made_once
from tests.site.serving import served


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
    return library.articles["2024-06-05-us-weapons-inside-russia"]
