"""A page rendered by the compiled parser is the page that Python-Markdown makes, or it is left to Python-Markdown."""

from __future__ import annotations

import logging
import posixpath
import random
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink
from mkdocs.utils.meta import get_data

from benchmarks.corpus import write
from build_scripts.accelerator.alone import is_ours_alone
from build_scripts.accelerator.files import add, key_of
from build_scripts.accelerator.front import parted
from build_scripts.accelerator.kept import Kept
from build_scripts.accelerator.links import may_lead, names_of
from build_scripts.accelerator.markdown import render
from build_scripts.accelerator.pages import AcceleratedPage, Session, assign
from build_scripts.cache import Cache, digest
from build_scripts.jobs import Job
from build_scripts.pipeline import build
from build_scripts.site import Asset, Site
from tests.html import tree
from tests.thoroughness import tries

REPOSITORY = Path(__file__).parents[1]
GOLDEN = REPOSITORY / "tests" / "golden"
TRIED = tries(10_000, 4_000)
_ODD: tuple[str, ...] = (
    *"*_`[]()<>&#\\{}|!:=+\"'%é\u00a0\u2028\u200b\t", "**", "\n", "\n\n", "    ", "-   ", "1.  ", "10. ", "100. ", "1) ", "> ", "> \n",
    " { #x }", "{: .x}", "<span>", "</span>", "<div>", "</div>", "<!--", "-->", "&amp;", "&#9;", "&copy;", "&b;", "&#0;", "&#128;",
    "[a](b.md)", "[x]: y", "![x](y.png)", "**b**", "`c`", "_x_", "*x*", "__x__", "\\*", "\\_", "\\[", "---", "===", "~~~", "```",
    "  \n", "\\\n", "<br>", "<b>", "<p>", "</p>", '<a href="x">', "</a>", "<table>", "http://a.b", "<http://a.b>", "?a=1&b=2", "* ", "+ ",
)  # fmt: skip


@pytest.fixture(scope="module")
def config() -> MkDocsConfig:
    return load_config(str(REPOSITORY / "mkdocs.yml"))


def files_of(texts: dict[str, str], config: MkDocsConfig) -> Files:
    files = Files([])
    for uri, text in texts.items():
        file = File(uri, None, config.site_dir, config.use_directory_urls, inclusion=InclusionLevel.INCLUDED)
        file.content_string = text
        files.append(file)
    return files


def golden_texts() -> dict[str, str]:
    folder = GOLDEN / "expected"
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.md"))}


@pytest.fixture(scope="module")
def golden(config: MkDocsConfig) -> Files:
    return files_of(golden_texts(), config)


@pytest.fixture(scope="module")
def corpus(config: MkDocsConfig, tmp_path_factory: pytest.TempPathFactory) -> Files:
    root = tmp_path_factory.mktemp("corpus")
    write(30, root, books=True)
    site = build(root, home="https://news.example/")
    return files_of({page.uri: page.text for page in site.pages}, config)


def outcome(page: Page, files: Files, config: MkDocsConfig) -> dict[str, Any]:
    """Everything that rendering leaves behind, MkDocs' log included."""
    heard = _Heard()
    log = logging.getLogger("mkdocs")
    log.addHandler(heard)
    try:
        page.render(config, files)
    finally:
        log.removeHandler(heard)
    links = {file.src_uri: anchors for file, anchors in (page.links_to_anchors or {}).items()}
    return {"tree": tree(page.content or ""), "contents": list(_flat(page.toc)), "title": page.title, "links": links,
            "anchors": page.present_anchor_ids, "log": heard.messages}  # fmt: skip


class _Heard(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def _flat(links: Iterable[AnchorLink]) -> Iterator[tuple[int, str, str]]:
    for link in links:
        yield link.level, link.id, link.title
        yield from _flat(link.children)


def made_both_ways(file: File, text: str, files: Files, config: MkDocsConfig) -> tuple[dict[str, Any], dict[str, Any]]:
    accelerated, stock = AcceleratedPage(None, file, config, Session(files)), Page(None, file, config)
    accelerated.markdown = stock.markdown = text
    return outcome(accelerated, files, config), outcome(stock, files, config)


def body(file: File, config: MkDocsConfig) -> str:
    page = Page(None, file, config)
    page.read_source(config)
    return str(page.markdown)


@pytest.mark.parametrize("site", ["golden", "corpus"])
def test_a_page_is_the_same_by_either_parser(site: str, config: MkDocsConfig, request: pytest.FixtureRequest) -> None:
    files: Files = request.getfixturevalue(site)
    for file in files:
        accelerated, stock = made_both_ways(file, body(file, config), files, config)
        assert accelerated == stock, file.src_uri


def test_hand_written_pages_are_the_same_too(config: MkDocsConfig) -> None:
    paths = sorted((REPOSITORY / "docs").glob("*.md"))
    files = files_of({path.name: path.read_text(encoding="utf-8") for path in paths}, config)
    for file in files:
        accelerated, stock = made_both_ways(file, body(file, config), files, config)
        assert accelerated == stock, file.src_uri


@pytest.mark.parametrize("site", ["golden", "corpus"])
def test_what_stands_before_a_text_is_what_yaml_says(site: str, request: pytest.FixtureRequest) -> None:
    chance = random.Random(9)  # noqa: S311 -- the same texts each time
    sources = [file.content_string for file in request.getfixturevalue(site)]
    assert sum(parted(source) is not None for source in sources) > len(sources) / 2
    changed = 0
    for number in range(TRIED):
        source = sources[number] if number < len(sources) else chance.choice(sources)
        start = source.find("\n---\n", 4) + 12
        text = source[:start] if number < len(sources) else mutated(source[:start], chance)
        found = parted(text)
        if found:
            changed += number >= len(sources)
            assert found == get_data(text), text
    assert changed >= TRIED / 10


@pytest.mark.parametrize(
    "front",
    [
        'title: "a\\"b"',
        'title: "a\tb"',
        'title: "a\u2028b"',
        'title: "a\x85b"',
        'title: "\ufeff"',
        'title: "a"b"',
        'title: "a" # b',
        "title: a",
        'on: "a"',
        'n: "a"',
        'hide: ["toc"]',
        'title: "a"\njsonld:\n  - |\n     {}\n',
        'title: "a"\njsonld:\n  - |\n    {\n\n    }',
        'title: "a"\njsonld:\n  - "{}"',
    ],
)
def test_what_yaml_may_read_otherwise_is_left_to_it(front: str) -> None:
    assert parted(f"---\n{front}\n---\n\nText\n") is None


class _AllThere(Kept):
    """A folder in which every file is as it would be made."""

    def is_current(self, path: str, key: bytes) -> bool:  # noqa: ARG002 -- the same call
        return True


def said(pages: list[Page], files: Files, config: MkDocsConfig) -> list[str]:
    """All that MkDocs says of the pages, in its order."""
    heard = _Heard()
    log = logging.getLogger("mkdocs")
    log.addHandler(heard)
    try:
        for page in pages:
            page.read_source(config)
            page.render(config, files)
        for page in pages:
            page.validate_anchor_links(files=files, log_level=logging.WARNING)
    finally:
        log.removeHandler(heard)
    return heard.messages


def versions() -> Iterator[dict[str, str]]:
    """A few pages, edited again and again."""
    links = "[b](b.md#x) [c](folder/c.md) [c](folder/c.md#y) [b](b.md) [d](no.md) [d](no.md#n) [e](#nope) [f](/f) [g](./b.md#x)"
    texts = {"a.md": f"# A {{ #a }}\n\n{links}", "b.md": "# B { #x }", "folder/c.md": "# C { #y }\n\n[a](../a.md#gone)"}
    yield texts
    yield texts
    yield texts | {"b.md": "# B { #other }"}
    yield {path: text for path, text in texts.items() if path != "folder/c.md"}
    yield texts | {"no.md": "# No { #no }"}
    yield {"folder/c/index.md" if path == "folder/c.md" else path: text for path, text in texts.items()}
    yield texts | {"a.md": f"# A {{ #gone }}\n\n{links}\n\n*b*"}
    yield texts


def test_pages_that_are_there_say_of_links_what_they_said_when_they_were_made(config: MkDocsConfig) -> None:
    cache, known, asleep = Cache(), set[tuple[str, str]](), 0
    for texts in versions():
        files = files_of(texts, config)
        expected = said([Page(None, file, config) for file in files], files, config)
        led_to = digest(*(f"{file.src_uri} {file.dest_uri}" for file in files))
        session = Session(files, kept := _AllThere(cache, Path(), {}, led_to), navigation=Navigation([], []))
        pages = [AcceleratedPage(None, file, config, session) for file in files]
        assert said(list(pages), files, config) == expected
        assert all((page.file.src_uri, texts[page.file.src_uri]) in known for page in pages if page.is_asleep)
        kept.store(b"", {})
        known |= texts.items()
        asleep += sum(page.is_asleep for page in pages)
    assert asleep > len(known)


@pytest.mark.parametrize(
    ("name", "text", "is_told"),
    [
        ("mkdocs_hook.py", None, False),
        ("mkdocs_progress.py", None, False),
        ("mkdocs_hook.py", "import build_scripts.site  # of another version", True),
        ("mkdocs_hook.py", "'of another project'", False),
        ("own.py", "import build_scripts.site  # changes pages", False),
    ],
)
def test_a_copy_of_our_hook_that_is_of_another_version_is_told(
    name: str, text: str | None, is_told: bool, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    hook = tmp_path / name
    hook.write_text((REPOSITORY / "build_scripts" / name).read_text() if text is None else text, encoding="utf-8")
    config = load_config(str(REPOSITORY / "mkdocs.yml"), hooks=[str(hook)])
    with caplog.at_level(logging.WARNING):
        assert is_ours_alone(config) == (text is None)
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == is_told
    assert all(message.startswith(f"{hook} ") and f"copy {REPOSITORY}" in message for message in told)


@pytest.mark.parametrize("site", ["golden", "corpus"])
def test_almost_every_page_that_is_made_goes_the_fast_way(
    site: str, config: MkDocsConfig, request: pytest.FixtureRequest
) -> None:
    files: Files = request.getfixturevalue(site)
    made = [file for file in files if not (REPOSITORY / "docs" / file.src_uri).is_file()]
    slow = [file.src_uri for file in made if render(body(file, config), list) is None]
    assert len(slow) <= len(made) / 50, slow


def test_a_broken_page_is_the_same_or_left_to_the_other_parser(golden: Files, config: MkDocsConfig) -> None:
    chance = random.Random(8)  # noqa: S311 -- the same texts each time
    bodies = {file: body(file, config) for file in golden}
    choices = list(bodies)
    fast = 0
    for _number in range(TRIED):
        file = chance.choice(choices)
        text = mutated(excerpt(bodies[file], chance), chance)
        if render(text, list) is None:
            continue
        fast += 1
        accelerated, stock = made_both_ways(file, text, golden, config)
        assert accelerated == stock, text
    assert fast >= TRIED / 10


def excerpt(text: str, chance: random.Random) -> str:
    blocks = text.split("\n\n")
    start = chance.randrange(len(blocks))
    return "\n\n".join([*blocks[: chance.randint(0, 1)], *blocks[start : start + chance.randint(1, 6)]])


def mutated(text: str, chance: random.Random) -> str:
    for _number in range(chance.randint(1, 3)):
        change: Callable[[str, random.Random], str] = chance.choice((_without, _with, _twice, _lines))
        text = change(text, chance)
    return text


def _without(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + text[at + chance.randint(1, 12) :]


def _with(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(_ODD) + text[at:]


def _twice(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[: at + chance.randint(1, 12)] + text[at:]


def _lines(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    changed = chance.choice((lines[other], "", chance.choice(_ODD) + lines[at], lines[at] + chance.choice(_ODD)))
    return "\n".join([*lines[:at], changed, *lines[at + chance.randint(0, 1) :]])


@pytest.mark.parametrize(
    "text",
    [
        "word\n\n    code",
        "-   one\n-   two\n\n1.  other",
        "> one\n\n> two",
        "[a\\]: x](y)",
        "*a*",
        "a_b_c",
        "&copy; x",
        "<script>x</script>",
        "<div>\n\ntext\n\n</div>",
        "| a | b |\n|--|--|\n| c | d |",
        "```\ncode\n```",
        "word  \nword",
        "# Without id",
        "<http://news.example>",
        "a\tb",
        "[link][reference]",
        "word <bdi>word</b> word",
        "[<b>word](y)</b> word",
        '[`code`](x){ lang="de" } word',
        '<span id="a" id="b">word</span>',
        '<span title="a\tb">word</span>',
        "`a\tb`",
        "`a\x01b`",
        "word\ufdd0",
        "<p>a\n \nb</p>",
        "<p>a\tb</p>",
        "-   one\n-   two\n\n    inside",
        "100. one\n\n    inside",
        "-   one\n\n    > a\n\n    > b",
        "    inside",
    ],
)
def test_what_could_mean_two_things_is_left_to_the_other_parser(text: str) -> None:
    assert render(text, list) is None


def test_a_file_whose_key_is_known_is_not_made_to_tell_whether_it_is_there(
    config: MkDocsConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never() -> str:
        raise AssertionError

    assets = [Asset(uri, content=Job(uri, never), key=key) for uri, key in (("a", b"1"), ("b", b"1"), ("c", b"2"))]
    files = Files([])
    monkeypatch.setattr(config.plugins, "_current_plugin", "newsgloss", raising=False)  # as in an event
    add(files, Site((), tuple(assets), ()), config)
    first, same, other = map(key_of, files)
    assert first == same
    assert other not in {None, first}


def test_titles_in_the_navigation_and_its_warnings_are_those_of_mkdocs(config: MkDocsConfig) -> None:
    config = load_config(str(REPOSITORY / "mkdocs.yml"))
    config.nav = [{"First": "index.md"}, {"More": [{"Again": "index.md"}, "a.md", {"B": "folder/b.md"}]}]
    files = files_of(dict.fromkeys(("index.md", "a.md", "folder/b.md", "left.md", "claims/c.md"), "# T { #t }"), config)
    for file in files:
        file.inclusion = InclusionLevel.UNDEFINED
    assign(Session(files), config)
    titles = {file.src_uri: file.page and file.page.__dict__.get("title") for file in files}
    has_page = {file.src_uri for file in files if isinstance(file.page, AcceleratedPage)}
    assert titles["index.md"] == "First"
    assert titles["folder/b.md"] == "B"
    assert titles["a.md"] is None
    assert has_page == {"index.md", "a.md", "folder/b.md", "claims/c.md"}  # of left.md MkDocs says that it is left out


@given(
    st.lists(st.sampled_from(["a", "b", ".", "..", "index.md", ""]), min_size=1, max_size=6),
    st.sampled_from(["", "a/", "a/b/"]),
)
def test_a_link_that_leads_to_a_file_is_one_that_may(parts: list[str], folder: str) -> None:
    path = "/".join([*parts, "page.md"])
    uri = posixpath.normpath(posixpath.join(folder, path))
    made = SimpleNamespace(src_uri=uri)
    assert may_lead(path, set(names_of(made)))  # type: ignore[arg-type]
    assert not may_lead("another/page.md", set(names_of(made))) or "another/" in uri  # type: ignore[arg-type]
