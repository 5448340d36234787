"""The copy for a disk: every link names a file, every module is a script, the same site gives the same bytes."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from build_scripts.cli import main
from build_scripts.offline.pack import NotASiteError, packed
from build_scripts.offline.pages import Disk, on_disk
from build_scripts.offline.scripts import UnknownModuleError, classic, imports

ROOT = Path(__file__).parents[1]
GOLDEN = Path(__file__).parent / "golden"
HOME = "https://news.test/paper/"
FILES = frozenset({"index.html", "a/index.html", "a/b/index.html", "a/picture.png", "x y/index.html", "data/all.csv"})


def needed(path: str) -> list[str]:
    return {"m/one.js": ["m/two.js", "m/one.js"], "m/three.js": ["m/two.js", "m/three.js"]}.get(path, [])


def changed(page: str, path: str = "a/b/index.html") -> str:
    return on_disk(page, path, Disk(FILES | {"m/one.js", "m/two.js", "m/three.js"}, HOME, needed))


@pytest.mark.parametrize(
    ("tag", "there"),
    [
        ('<a href="../">', '<a href="../index.html">'),
        ('<a href="..">', '<a href="../index.html">'),
        ('<a href="../../">', '<a href="../../index.html">'),
        ('<a href=".">', '<a href="index.html">'),
        ('<a href="./?q=1&amp;r=2#top">', '<a href="index.html?q=1&amp;r=2#top">'),
        ("<a class='x' href='../#there'>", "<a class='x' href='../index.html#there'>"),
        ('<a href="../../x%20y/">', '<a href="../../x%20y/index.html">'),
        ('<a href="../../data/all.csv">', '<a href="../../data/all.csv">'),
        ('<a role="link" xlink:href="../../a/#x">', '<a role="link" xlink:href="../index.html#x">'),
        ('<form action="../">', '<form action="../index.html">'),
        ('<link rel="prev" href="../">', '<link rel="prev" href="../index.html">'),
        ('<meta http-equiv="refresh" content="0; url=../">', '<meta http-equiv="refresh" content="0; url=../index.html">'),
        (f'<a href="{HOME}a/#x">', '<a href="../index.html#x">'),
        (f'<a href="{HOME}">', '<a href="../../index.html">'),
    ],
)  # fmt: skip
def test_links_name_files(tag: str, there: str) -> None:
    assert changed(f"<p>{tag}") == f"<p>{there}"


@pytest.mark.parametrize(
    "page",
    [
        '<a href="#x">',
        '<a href="">',
        '<a href="mailto:a@b.test">',
        '<a href="https://news.test/papers/">',
        '<a href="https://other.test/a/">',
        '<a href="//other.test/a/">',
        '<a href="../../../elsewhere/">',
        '<a href="../gone/">',
        f'<link rel="canonical" href="{HOME}a/">',
        f'<meta property="og:url" content="{HOME}a/">',
        '<p>href="../"</p>',
        '<img alt=\'a href="../"\' src="../picture.png">',
        '<!-- <a href="../"> -->',
        "<script>let link = '<a href=\"../\">';</script>",
        '<script type="application/ld+json">{"a": "<a href=\\"../\\">"}</script>',
        '<textarea><a href="../"></textarea>',
        "a < b and c > d",
    ],
)
def test_what_leads_elsewhere_or_is_no_link_stays(page: str) -> None:
    assert changed(page) == page


def test_modules_are_scripts_in_the_order_in_which_they_need_each_other() -> None:
    page = changed(
        '<script src="../../m/one.js" type="module"></script><script type="module" src="../../m/three.js"></script>'
    )
    assert page == (
        '<script src="../../m/two.js" defer></script><script src="../../m/one.js" defer></script>'
        '<script src="../../m/three.js" defer></script>'
    )


def test_a_module_is_a_script_that_takes_and_gives_by_name() -> None:
    module = (
        'import{a,b}from"./x.js";import c from "./y.js";export const d=a;export async function e(){}export{b,c as f};'
    )
    with pytest.raises(UnknownModuleError):
        classic("./z.js", module)
    module = module.replace("c as f", "c")
    assert imports(module) == ["./x.js", "./y.js"]
    script = classic("./z.js", module)
    assert "const {a,b} = window.newsglossModules['./x.js'];" in script
    assert "const {default: c} = window.newsglossModules['./y.js'];" in script
    assert "return {d, e, b, c};" in script


@pytest.mark.parametrize(
    "module",
    [
        'import * as all from "./x.js";',
        'import "./x.js";',
        'export * from "./x.js";',
        "export let a = 1;",
        'const a = import("./x.js");',
        "const a = import.meta.env;",
        'import {a} from "https://other.test/x.js";',
    ],
)
def test_a_module_of_another_kind_is_refused(module: str) -> None:
    with pytest.raises(UnknownModuleError, match=r"x\.js"):
        classic("./x.js", f"let x = 1;\n{module}")


def test_words_about_modules_are_no_statements() -> None:
    module = 'const a = "import x; export y"; const exported = {import: 1, export: 2}; say("export default");'
    assert module in classic("./x.js", module)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A built site in small: a page, a module, the search's files, what only servers read."""
    site = tmp_path / "site"
    contents = {
        "index.html": '<a href="a/">a</a><script src="assets/newsgloss.js" type="module"></script>',
        "a/index.html": '<a href="../">home</a>',
        "assets/newsgloss.js": 'import {b} from "./newsgloss-b.js";b();',
        "assets/newsgloss-b.js": "export const b=()=>1;",
        "pagefind/pagefind.js": "const u=import.meta.url;export{u};",
        "pagefind/fragment/x.pf_fragment": "\0\1",
        "404.html": "gone",
        "robots.txt": "User-agent: *",
        "sitemap.xml": "<urlset/>",
        ".hidden/x.html": "x",
    }
    for path, content in contents.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(content, encoding="utf-8")
    return site


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_everything_is_in_one_folder_without_what_only_servers_read(site: Path) -> None:
    found = members(packed(site, "paper", "<p>What this is", HOME))
    assert list(found) == [
        "paper/README.html",
        "paper/a/index.html",
        "paper/assets/newsgloss-b.js",
        "paper/assets/newsgloss.js",
        "paper/index.html",
        "paper/pagefind/fragment/x.pf_fragment.js",
        "paper/pagefind/pagefind.js",
        "paper/sitemap.xml",
    ]
    assert found["paper/README.html"] == b"<p>What this is"
    assert b'"fragment/x.pf_fragment"] = "AAE="' in found["paper/pagefind/fragment/x.pf_fragment.js"]


def test_the_same_site_gives_the_same_bytes(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = packed(site, "paper", "x", HOME)
    other = tmp_path / "other"
    for path in sorted(site.rglob("*"), reverse=True):
        if path.is_file():
            (other / path.relative_to(site)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, other / path.relative_to(site))
            (other / path.relative_to(site)).chmod(0o600)
            os.utime(other / path.relative_to(site), (10**9, 10**9))
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    assert packed(other, "paper", "x", HOME) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {(info.date_time, info.external_attr >> 16) for info in archive.infolist()} == {
            ((1980, 1, 1, 0, 0, 0), 0o100644)
        }


@pytest.mark.parametrize(
    ("epoch", "date"),
    [("1717588800", (2024, 6, 5, 12, 0, 0)), ("1", (1980, 1, 1, 0, 0, 0)), ("", (1980, 1, 1, 0, 0, 0)),
     ("99999999999", (2107, 12, 31, 23, 59, 58)), ("soon", (1980, 1, 1, 0, 0, 0))],
)  # fmt: skip
def test_a_date_that_the_builder_gives_is_that_of_all_files(
    site: Path, monkeypatch: pytest.MonkeyPatch, epoch: str, date: tuple[int, ...]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with zipfile.ZipFile(io.BytesIO(packed(site, "paper", "x", HOME))) as archive:
        assert {info.date_time for info in archive.infolist()} == {date}


def test_what_may_not_leave_the_house_is_refused_by_name(site: Path) -> None:
    (site / "a" / "original.txt").write_text("Words of others.", encoding="utf-8")
    (site / "a" / "link.txt").symlink_to(site / "index.html")
    with pytest.raises(NotASiteError, match=r"a/link\.txt, a/original\.txt"):
        packed(site, "paper", "x", HOME)


def test_all_our_scripts_can_be_read_from_a_disk() -> None:
    scripts = sorted((ROOT / "docs" / "assets").glob("newsgloss*.js"))
    assert scripts
    for path in [*scripts, ROOT / "build_scripts" / "offline" / "index.js"]:
        if path.name != "newsgloss-index.js":
            assert classic(f"./{path.name}", path.read_text(encoding="utf-8"))


def test_the_command_says_what_the_copy_is(site: Path, tmp_path: Path) -> None:
    out = tmp_path / "copy.zip"
    result = CliRunner().invoke(main, ["pack", "--root", str(GOLDEN), "--site", str(site), "--out", str(out)])
    assert (result.exit_code, result.output) == (0, f"wrote {out}, 0.0 MB\n")
    page = members(out.read_bytes())["the-gloss/README.html"].decode()
    assert "The Gloss: a copy for reading offline" in page
    assert "Licence of our own texts: CC-BY-4.0." in page


@pytest.mark.parametrize("arguments", [[], ["--site", str(GOLDEN)]])
def test_what_is_no_site_is_told_and_nothing_is_written(tmp_path: Path, arguments: list[str]) -> None:
    out = tmp_path / "copy.zip"
    result = CliRunner().invoke(main, ["pack", "--root", str(GOLDEN), "--out", str(out), *arguments])
    assert result.exit_code == 1
    assert "Error: " in result.output
    assert not out.exists()
