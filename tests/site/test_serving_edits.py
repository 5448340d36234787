"""A server that makes only what an edit changed serves what a build from nothing gives, whatever was edited."""

from __future__ import annotations

import contextlib
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from build_scripts.accelerator import run
from tests.site.building import REPOSITORY, new_root
from tests.test_jobs import EDITS
from tests.thoroughness import tries

GOLDEN = REPOSITORY / "tests" / "golden" / "sources"
URL = "http://127.0.0.1:8000/newsgloss/"


class Server:
    """What ``mkdocs serve`` does, without the network. ``whole``: how often all was built."""

    def __init__(self, root: Path, site: Path) -> None:
        self._root, self.site, self.whole = root, site, 0
        config = self._config()
        config.plugins.on_startup(command="serve", dirty=False)
        self._build(config)
        given = SimpleNamespace(builder=self._build)
        self.build: Callable[[], None] = config.plugins.on_serve(given, config=config, builder=self._build).builder  # type: ignore[arg-type]

    def _config(self) -> MkDocsConfig:
        config = load_config(str(self._root / "mkdocs.yml"), site_dir=str(self.site))
        config.site_url = URL
        return config

    def _build(self, config: MkDocsConfig | None = None) -> None:
        self.whole += 1
        build(config or self._config(), serve_url=URL)

    def contents(self) -> dict[str, bytes]:
        return {str(path.relative_to(self.site)): path.read_bytes() for path in self.site.rglob("*") if path.is_file()}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    made = new_root(tmp_path / "root")
    shutil.rmtree(made / "sources")
    shutil.copytree(GOLDEN, made / "sources")
    (made / "sources" / "addresses.txt").write_text("articles/harbour-fire/#q-gone\n", encoding="utf-8")
    return made


def from_nothing(root: Path, site: Path) -> dict[str, bytes]:
    """What another server gives, of a copy that shares no memory; a process has one server, so the first has its place again after."""
    copy = site.with_name(f"root of {site.name}")
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns(".cache"))
    last = run._last
    try:
        return Server(copy, site).contents()
    finally:
        run._last = last


def test_edits_are_served_as_a_build_from_nothing_gives_them(root: Path, tmp_path: Path) -> None:
    chance = random.Random(8)  # noqa: S311 -- no secret
    server = Server(root, tmp_path / "site")
    names = ["a text", *chance.sample(sorted(set(EDITS) - {"a text"}), tries(len(EDITS) - 1, 4))]
    for number, name in enumerate(names):
        with contextlib.suppress(IndexError):  # an earlier edit took the last place for this one away
            EDITS[name](root, chance)
        server.build()
        served, anew = server.contents(), from_nothing(root, tmp_path / f"anew-{number}")
        assert served.keys() == anew.keys(), name
        assert [path for path, content in served.items() if anew[path] != content] == [], name


def test_an_edit_of_a_text_makes_its_page_and_nothing_more(root: Path, tmp_path: Path) -> None:
    server = Server(root, tmp_path / "site")
    traces = {path: path.stat().st_mtime_ns for path in server.site.rglob("index.html")}
    article = root / "sources" / "articles" / "harbour-fire" / "article.md"
    text = article.read_text(encoding="utf-8")
    article.write_text(f"{text.rstrip()} An antediluvian word.\n", encoding="utf-8")
    server.build()
    page = server.site / "articles" / "harbour-fire" / "index.html"
    assert "An antediluvian word." in page.read_text(encoding="utf-8")
    assert server.whole == 1
    touched = [path for path, when in traces.items() if path.stat().st_mtime_ns != when]
    assert page in touched
    assert len(touched) < len(traces) / 4
    edited = server.contents()
    article.write_text(text, encoding="utf-8")
    server.build()
    assert server.whole == 1
    assert server.contents() == from_nothing(root, tmp_path / "other")
    article.write_text(f"{text.rstrip()} An antediluvian word.\n", encoding="utf-8")
    assert edited == from_nothing(root, tmp_path / "once more")


def test_an_article_that_comes_or_goes_makes_its_pages_and_those_that_link_to_it(root: Path, tmp_path: Path) -> None:
    about = root / "docs" / "about.md"
    about.write_text(f"{about.read_text('utf-8')}\n[To come](articles/a-new-article/index.md)\n", encoding="utf-8")
    server, chance = Server(root, tmp_path / "site"), random.Random(8)  # noqa: S311 -- no secret
    page, linking = (server.site / name / "index.html" for name in ("articles/a-new-article", "about"))
    traces = {path: path.stat().st_mtime_ns for path in server.site.rglob("index.html")}
    EDITS["another article"](root, chance)
    server.build()
    assert page.is_file()
    assert 'href="../articles/a-new-article/"' in linking.read_text(encoding="utf-8")
    assert sum(path.stat().st_mtime_ns != when for path, when in traces.items()) < len(traces) / 2
    assert server.contents() == from_nothing(root, tmp_path / "with it")
    shutil.rmtree(root / "sources" / "articles" / "a-new-article")
    server.build()
    assert not page.parent.exists()
    assert 'href="../articles/a-new-article/"' not in linking.read_text(encoding="utf-8")
    assert server.contents() == from_nothing(root, tmp_path / "without it")
    assert server.whole == 1


def test_what_is_not_in_sources_is_built_as_a_whole(root: Path, tmp_path: Path) -> None:
    server = Server(root, tmp_path / "site")
    about = root / "docs" / "about.md"
    about.write_text(f"{about.read_text(encoding='utf-8')}\nAn antediluvian word.\n", encoding="utf-8")
    server.build()
    assert server.whole == 2
    assert "An antediluvian word." in (server.site / "about" / "index.html").read_text(encoding="utf-8")
