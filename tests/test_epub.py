"""Articles as books: valid, whole, and nothing in them that is not published."""

from __future__ import annotations

import io
import os
import posixpath
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from hypothesis import given, settings

from build_scripts import addresses
from build_scripts.cli import main
from build_scripts.export.epub.book import Book
from build_scripts.export.epub.book import books as books_of
from build_scripts.export.epub.text import fitted, in_xml
from build_scripts.export.html import as_html
from build_scripts.model import Article, Library
from build_scripts.pipeline import build, understand
from build_scripts.reading.prose import Prose
from build_scripts.rendering.context import share
from build_scripts.rendering.index import make_index
from build_scripts.rendering.pages import page_jobs
from build_scripts.rendering.weave import Layer, weave
from tests.publications import publication_with
from tests.site.building import REPOSITORY, new_root, write_markdown
from tests.site.hostile import OUR_STRINGS, sow, usable
from tests.test_weave import linked
from tests.thoroughness import THOROUGH, tries

GOLDEN = Path(__file__).parent / "golden"
HOME = "https://news.test/paper/"
XHTML = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"
OPF = "{http://www.idpf.org/2007/opf}"
QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""What starts Java in half the time."""
DAMAGED = "a damaged one"
DC = "{http://purl.org/dc/elements/1.1/}"


@dataclass
class Made:
    """A book that was made, with what it was made of."""

    library: Library
    article: Article
    content: bytes

    @cached_property
    def files(self) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def page(self, name: str) -> ElementTree.Element:
        return ElementTree.fromstring(self.files[f"EPUB/{name}"])  # noqa: S314 -- of our own making

    def named(self, property_: str) -> list[str]:
        return [
            element.text or ""
            for element in self.page("package.opf").iter(f"{OPF}meta")
            if element.get("property") == property_
        ]


def make(root: Path, home: str = HOME) -> dict[str, Made]:
    library, _problems = understand(root)
    shared = share(make_index(library))
    return {
        name: Made(library, article, Book(article, shared, root, home)()) for name, article in library.articles.items()
    }


@pytest.fixture(scope="module")
def golden() -> dict[str, Made]:
    return make(GOLDEN)


@pytest.fixture(scope="module")
def books(golden: dict[str, Made], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Made]:
    """Of the repository, of the golden publication, with and without an address, and hostile ones."""
    hostile = new_root(tmp_path_factory.mktemp("hostile"))
    sow(usable(OUR_STRINGS), hostile)
    return {
        **golden,
        **{f"{name}, nowhere": made for name, made in make(GOLDEN, "").items()},
        **make(REPOSITORY),
        **make(hostile),
    }


def test_the_type_comes_first_and_every_file_is_listed_and_there(books: dict[str, Made]) -> None:
    for made in books.values():
        names = list(made.files)
        assert names[0] == "mimetype"
        assert made.content[30:58] == b"mimetypeapplication/epub+zip"
        listed = {f"EPUB/{unquote(item.get('href', ''))}" for item in made.page("package.opf").iter(f"{OPF}item")}
        assert listed == set(names) - {"mimetype", "META-INF/container.xml", "EPUB/package.opf"}


def test_every_link_within_a_book_leads_to_a_place_in_it(books: dict[str, Made]) -> None:
    for made in books.values():
        pages = {name: made.page(posixpath.basename(name)) for name in made.files if name.endswith((".xhtml", ".opf"))}
        ids = {
            name: [element.get("id") for element in page.iter() if element.get("id")] for name, page in pages.items()
        }
        assert all(len(found) == len(set(found)) for found in ids.values())
        for name, page in pages.items():
            for url in (element.get("href") or element.get("src") or "" for element in page.iter()):
                if url and ":" not in url.partition("/")[0]:
                    path, _hash, fragment = url.partition("#")
                    file = f"EPUB/{unquote(path)}" if path else name
                    assert file in made.files, url
                    assert not fragment or fragment in ids[file], url


def test_the_words_of_the_text_are_those_of_the_article(books: dict[str, Made]) -> None:
    for made in books.values():
        (text,) = (one for one in made.page("article.xhtml").iter(f"{XHTML}div") if one.get("class") == "text")
        assert "".join("".join(words(text)).split()) == "".join(made.article.prose.text.split())


@settings(max_examples=tries(200))
@given(linked())
def test_whatever_a_text_is_a_book_has_its_words_in_xhtml(case: tuple[Prose, list[Layer]]) -> None:
    prose, layers = case
    text = fitted(in_xml(as_html(weave(prose, layers, target=lambda url: url))), [])
    root = ElementTree.fromstring(text.html)  # noqa: S314 -- of our own making
    assert "".join("".join(words(root)).split()) == "".join(prose.text.split())
    names = {element.get("id") for element in root.iter()}
    links = [element.get("href", "#") for element in root.iter(f"{XHTML}a")]
    assert {link[1:] for link in links if link.startswith("#")} - {""} <= names
    assert not {name for element in root.iter() for name in element.attrib if name.startswith("data-")}


def words(element: ElementTree.Element) -> Iterator[str]:
    """What readers see, but for the numbers of notes."""
    if element.tag != f"{XHTML}sup" and element.get("class") != "picture":
        yield element.text or ""
        for child in element:
            yield from words(child)
            yield child.tail or ""


def test_every_number_leads_to_a_note_that_leads_back(books: dict[str, Made]) -> None:
    for made in books.values():
        page = made.page("article.xhtml")
        links = [element for element in page.iter(f"{XHTML}a") if element.get(TYPE) == "noteref"]
        notes = [element for element in page.iter(f"{XHTML}aside") if element.get(TYPE) == "footnote"]
        assert {link.get("href") for link in links} <= {f"#{note.get('id')}" for note in notes}
        shown = {found.claim for found in made.library.public_appearances(made.article)}
        assert len(notes) == len(shown)
        assert all(note.get("role") == "doc-footnote" for note in notes)
        assert all(link.get("role") == "doc-noteref" for link in links)


def test_a_note_tells_verdict_finding_and_evidence(golden: dict[str, Made]) -> None:
    (note,) = (
        note
        for note in golden["harbour-fire"].page("article.xhtml").iter(f"{XHTML}aside")
        if "in four minutes" in "".join(note.itertext())
    )
    told = " ".join("".join(note.itertext()).split())
    assert "Right" in told
    assert "Two records have the alarm at 9:02" in told
    assert "Evidence for: Log of the brigade, Example, 4 March 2024 — primary source" in told
    assert {link.get("href") for link in note.iter(f"{XHTML}a")} >= {f"{HOME}claims/four-minutes/"}


def test_what_is_not_published_is_not_in_a_book(golden: dict[str, Made]) -> None:
    content = golden["harbour-fire"].content.decode("utf-8", "replace")
    hidden = [claim for claim in golden["harbour-fire"].library.claims.values() if not claim.has_verdict]
    assert hidden
    for claim in hidden:
        assert claim.facts.summary not in content
        assert claim.is_public or f"{HOME}claims/{claim.id}/" not in content


def test_a_book_tells_language_direction_and_day_of_the_sources(golden: dict[str, Made]) -> None:
    hebrew = golden["hebrew-note"].page("package.opf")
    assert [element.text for element in hebrew.iter(f"{DC}language")] == ["he", "en"]
    (spine,) = hebrew.iter(f"{OPF}spine")
    assert spine.get("page-progression-direction") == "rtl"
    assert golden["hebrew-note"].named("dcterms:modified") == ["2024-03-05T00:00:00Z"]
    (identifier,) = hebrew.iter(f"{DC}identifier")
    assert identifier.text == f"{HOME}articles/hebrew-note/"


def test_a_digest_is_told_to_be_none_of_the_publishers_own_books(golden: dict[str, Made]) -> None:
    library = golden["hebrew-note"].library
    digest = with_a_digest(library).articles["hebrew-note"]
    made = Made(library, digest, Book(digest, share(make_index(library)), GOLDEN, HOME)())
    own = golden["hebrew-note"]
    dates = [[element.text for element in book.page("package.opf").iter(f"{DC}date")] for book in (own, made)]
    assert dates == [["2024-03-05"], []]
    told = [b"This is a summary in our own words." in book.files["EPUB/cover.xhtml"] for book in (own, made)]
    assert told == [False, True]


@pytest.mark.parametrize(
    ("written", "kinds"),
    [
        ("", ("open", "digest")),
        ("books: []", ()),
        ("books: [digest]", ("digest",)),
        ("books: [articles]", None),
        ("books: open", None),
        ("books:", None),
    ],
)
def test_books_are_asked_for_by_kind_of_text(written: str, kinds: tuple[str, ...] | None, tmp_path: Path) -> None:
    facts, faults = publication_with(written, tmp_path)
    assert (facts.books if facts else None) == kinds
    assert bool(faults) == (kinds is None)


@pytest.mark.parametrize(
    ("kinds", "articles"),
    [
        (("open", "digest"), {"harbour-fire", "hebrew-note"}),
        (("open",), {"harbour-fire"}),
        (("digest",), {"hebrew-note"}),
        ((), set[str]()),
    ],
)
def test_an_article_links_to_its_book_where_it_has_one(kinds: tuple[str, ...], articles: set[str]) -> None:
    library = with_a_digest(understand(GOLDEN)[0])
    assert library.publication
    facts = library.publication.facts.model_copy(update={"books": kinds})
    library = replace(library, publication=replace(library.publication, facts=facts))
    shared = share(make_index(library))
    made = {asset.uri for asset in books_of(shared, GOLDEN, HOME)}
    assert made == {addresses.book(name) for name in articles}
    pages = {job.name: job.make().text for job in page_jobs(shared)}
    linked = {name: re.findall(r"[\w/-]+\.epub", page) for name, page in pages.items()}
    assert {name: found for name, found in linked.items() if found} == {
        addresses.article(name): [addresses.book(name)] for name in articles
    }


def with_a_digest(library: Library) -> Library:
    article = library.articles["hebrew-note"]
    rights = article.facts.rights.model_copy(update={"text": "digest"})
    loaded = replace(article.loaded, facts=article.facts.model_copy(update={"rights": rights}))
    return replace(library, articles={**library.articles, article.id: replace(article, loaded=loaded)})


def test_a_publication_without_books_speaks_of_none(tmp_path: Path) -> None:
    shutil.copytree(GOLDEN / "sources", tmp_path / "sources")
    path = tmp_path / "sources" / "publication.yml"
    path.write_text(f"{path.read_text(encoding='utf-8')}books: []\npictures: []\n", encoding="utf-8")
    site = build(tmp_path, HOME)
    assert not site.has_errors
    assert len(site.assets) > 50
    assert not [asset.uri for asset in site.assets if b".epub" in asset.uri.encode() + asset.data]
    assert not [page.uri for page in site.pages if ".epub" in page.text]


def test_a_book_without_address_has_a_name_that_stays() -> None:
    (name,) = (element.text for element in make(GOLDEN, "")["harbour-fire"].page("package.opf").iter(f"{DC}identifier"))
    assert name == "urn:uuid:b6e36f9d-79a9-5bdc-8d86-ce1a51f44e55"


def test_pictures_and_what_they_need_are_told(golden: dict[str, Made]) -> None:
    assert golden["harbour-fire"].named("schema:accessMode") == ["textual", "visual"]
    assert "alternativeText" in golden["harbour-fire"].named("schema:accessibilityFeature")
    assert golden["hebrew-note"].named("schema:accessMode") == ["textual"]
    assert "alternativeText" not in golden["hebrew-note"].named("schema:accessibilityFeature")


def test_a_picture_that_books_cannot_show_is_described(tmp_path: Path) -> None:
    root = new_root(tmp_path / "root")
    facts = {"headline": "x", "publisher": "x", "published": "2024-06-05", "language": "en", "summary": "x."}
    rights = {"rights": {"text": "open", "holder": "x", "licence": "CC0-1.0"}}
    folder = root / "sources" / "articles" / "pictured"
    write_markdown(folder / "article.md", facts | rights, "\n![A quay](a b.png) and ![a crane](crane.webp).\n")
    shutil.copy(GOLDEN / "sources/articles/harbour-fire/quay.png", folder / "quay.png")
    (folder / "crane.webp").write_bytes(b"RIFF")
    made = make(root)["pictured"]
    (described,) = (one for one in made.page("article.xhtml").iter(f"{XHTML}span") if one.get("class") == "picture")
    assert described.text == "a crane"
    assert not [name for name in made.files if "webp" in name]


def epubcheck() -> str:
    program = shutil.which("epubcheck")
    if program and shutil.which("java"):
        return os.path.realpath(program)
    message = "no epubcheck found: install it (Debian: apt-get install epubcheck default-jre-headless)"
    if os.environ.get("NEWSGLOSS_REQUIRE_EPUBCHECK"):
        pytest.fail(message)
    pytest.skip(message)


def test_epubcheck_has_nothing_to_say_but_of_a_damaged_book(books: dict[str, Made], tmp_path: Path) -> None:
    paths = {tmp_path / f"{number}.epub": name for number, name in enumerate((DAMAGED, *checked(books)))}
    for path, name in paths.items():
        path.write_bytes(damaged(books) if name == DAMAGED else books[name].content)
    program = ["java", *QUICK, "-cp", epubcheck(), str(Path(__file__).parent / "EpubcheckEach.java")]
    run = subprocess.run([*program, *map(str, paths)], capture_output=True, text=True, check=False)
    reports = re.findall(r"^book (.*)\n(?s:(.*?))(?=^book |\Z)", run.stdout, flags=re.MULTILINE)
    assert [path for path, _report in reports] == [*map(str, paths)], run.stderr
    blamed = [paths[Path(path)] for path, report in reports if "0 fatals / 0 errors / 0 warnings" not in report]
    assert blamed == [DAMAGED], run.stdout + run.stderr


def checked(books: dict[str, Made]) -> list[str]:
    """Of every kind of book some; all of them if asked to be thorough."""
    some = ("harbour-fire", "hebrew-note", "article-3", "article-17")
    return [name for name in books if THOROUGH or name.startswith("20") or name.removesuffix(", nowhere") in some]


def damaged(books: dict[str, Made]) -> bytes:
    """A book whose text is not well-formed."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in books["harbour-fire"].files.items():
            archive.writestr(name, content.replace(b"</p>", b"", 1) if name == "EPUB/article.xhtml" else content)
    return made.getvalue()


def test_the_command_writes_what_the_site_has(tmp_path: Path) -> None:
    out = tmp_path / "fire.epub"
    result = CliRunner().invoke(main, ["epub", "--root", str(GOLDEN), "harbour-fire", "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert out.read_bytes() == make(GOLDEN, "")["harbour-fire"].content
    assert result.output == f"wrote {out}, {len(out.read_bytes()) / 1000:.0f} kB\n"


def test_an_unknown_article_is_wrong_usage(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["epub", "--root", str(GOLDEN), "nothing", "--out", str(tmp_path / "x.epub")])
    assert result.exit_code == 2
    assert "there is no article nothing" in result.output


def test_with_errors_in_the_sources_nothing_is_written(tmp_path: Path) -> None:
    shutil.copytree(GOLDEN / "sources", tmp_path / "sources")
    path = tmp_path / "sources/articles/harbour-fire/article.md"
    path.write_text(path.read_text(encoding="utf-8").replace("four minutes", "forty minutes"), encoding="utf-8")
    out = tmp_path / "x.epub"
    result = CliRunner().invoke(main, ["epub", "--root", str(tmp_path), "harbour-fire", "--out", str(out)])
    assert result.exit_code == 1
    assert "words-gone" in result.output
    assert not out.exists()
