"""``newsgloss import``: every word of a found text goes into the article, its facts, or the list of what was left out."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import shutil
import zipfile
from collections import Counter
from html import escape
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.cli import main
from build_scripts.editing.import_ import Given, complete, draft, proposed_id, read, report
from build_scripts.editing.importing.dates import date_in, date_line
from build_scripts.editing.importing.emit import shows, to_markdown
from build_scripts.editing.importing.found import CannotImportError, Facts, Found, Paragraph, Run, clean, trimmed
from build_scripts.editing.importing.wordings import byline, dateline, is_caption, is_credit, is_interface, is_notice
from build_scripts.editing.plain import normalise
from build_scripts.pipeline import understand
from build_scripts.reading.blocks import Container, Style
from build_scripts.reading.prose import read_prose
from build_scripts.source import Source
from tests.texts import LINES, hostile
from tests.thoroughness import THOROUGH

CASES = Path(__file__).parent / "cases" / "import"
GOLDEN = Path(__file__).parent / "golden"
TODAY = dt.date(2024, 6, 30)
FLAGS = [
    "--publisher",
    "P",
    "--published",
    "2024-06-05",
    "--language",
    "en",
    "--rights",
    "open",
    "--licence",
    "CC-BY-4.0",
]
TEXT = "Bridge closes\n\nThe bridge closes on Friday for a month, the city said, since it has a crack.\n"
INPUTS = sorted(path for path in CASES.iterdir() if path.suffix != ".expected")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(GOLDEN / "sources", tmp_path / "root" / "sources")
    return tmp_path / "root"


def run(root: Path, file: Path | str, *flags: str, stdin: str | bytes = "") -> Result:
    result = CliRunner().invoke(main, ["import", str(file), "--root", str(root), *flags], input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def kept_words(found: Found, text: str) -> Counter[str]:
    """The words of the written text, the front matter and the list of what was left out."""
    prose, problems = read_prose(Source("article.md", text))
    assert problems == []
    facts = found.facts
    named = [facts.headline, facts.dateline, *facts.byline, str(facts.published)]
    return words("\n".join([prose.text, *named, *(left.text for left in found.left)]))


def word_document(*paragraphs: str, header: str = "", footnote: str = "") -> bytes:
    """A Word document; a paragraph is the XML inside its ``w:p``."""
    space = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    body = "".join(f"<w:p>{paragraph}</w:p>" for paragraph in paragraphs)
    files = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r2" '
        f'Type="{office}/footnotes" Target="footnotes.xml"/></Relationships>',
        "word/footnotes.xml": f'<w:footnotes {space}><w:footnote w:id="2"><w:p>{footnote}</w:p></w:footnote></w:footnotes>',
        "word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>",
        "word/header1.xml": f"<w:hdr {space}><w:p><w:r><w:t>{header}</w:t></w:r></w:p></w:hdr>",
    }
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return raw.getvalue()


def word_run(text: str, style: str = "") -> str:
    return f'<w:r><w:rPr>{style}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


HEADING = '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>'


# --- What comes out -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.name)
def test_files_give_what_is_expected(path: Path, request: pytest.FixtureRequest) -> None:
    found = read(path.read_bytes(), path.name)
    facts = found.facts.or_else(Facts(publisher="The Gazette", published=dt.date(2024, 3, 5), language="en"))
    made = draft(found, Given(facts, "", "open", "CC-BY-4.0"), TODAY)
    got = "\n".join([*report(found, made), "", made.front_matter, made.text])
    expected = path.with_name(f"{path.name}.expected")
    if request.config.getoption("--accept"):
        expected.write_text(got, encoding="utf-8")
    assert got == expected.read_text(encoding="utf-8")


def test_an_imported_article_lacks_only_what_a_person_fills_in(root: Path) -> None:
    _library, before = understand(root)
    for path in INPUTS:
        assert run(root, path, *FLAGS).exit_code == 0
    _library, after = understand(root)
    new = [problem for problem in after if problem not in before]
    assert [problem.message for problem in new] == ["`summary`: expected text, found nothing"] * len(INPUTS)


def test_a_digest_holds_no_word_of_the_text(root: Path) -> None:
    result = run(root, "-", *FLAGS[:6], "--rights", "digest", "--id", "made", stdin=TEXT)
    text = (root / "sources/articles/made/article.md").read_text(encoding="utf-8")
    assert "none of these words are written" in result.stdout
    assert text.endswith("---\n")
    assert "crack" not in text


def test_the_kind_is_told_by_content() -> None:
    page = (CASES / "page.html").read_bytes()
    assert read(page, "page.txt").kind == "a web page"
    assert read(b"\n\n" + page, "-").kind == "a web page"
    assert read((CASES / "notes.md").read_bytes(), "notes").kind == "Markdown"
    assert read(TEXT.encode(), "text.html").kind == "plain text"
    assert read(word_document(word_run(TEXT)), "text.txt").kind == "a Word document"
    assert read(f"<p>{'</p><p>'.join(TEXT.split())}</p>".encode()).kind == "a web page"


def test_a_word_document_keeps_headings_emphasis_and_says_its_page_heads() -> None:
    bold = word_run("not", "<w:b/>")
    raw = word_document(
        HEADING + word_run("Bridge closes"),
        word_run("The bridge is ")
        + bold
        + word_run(" open, the city said on *Monday*; it closes on Friday for a month."),
        header="Draft 3",
    )
    found = read(raw)
    assert found.facts.headline == "Bridge closes"
    assert to_markdown(found.paragraphs)[0].startswith("The bridge is **not** open, the city said on \\*Monday\\*;")
    assert ("Draft 3", "a page's head") in [(left.text, left.reason) for left in found.left]


def test_a_word_document_tells_what_its_reader_leaves_out() -> None:
    raw = word_document(
        word_run("Bridge closes"),
        word_run("It cost ")
        + f'<w:del w:id="1"><w:r><w:delText>ten</w:delText></w:r></w:del><w:ins w:id="2">{word_run("twelve")}</w:ins>'
        + word_run(" million."),
        f'<w:moveFrom w:id="3">{word_run("Gone there.")}</w:moveFrom><w:moveTo w:id="4">{word_run("Come here.")}</w:moveTo>',
        "<m:oMath><m:r><m:t>E=mc2</m:t></m:r></m:oMath>" + word_run(" is known."),
        f'<w:fldSimple w:instr="DATE">{word_run("Monday")}</w:fldSimple>' + word_run(" was the day."),
    )
    found = read(raw)
    assert [one.text for one in found.paragraphs] == [
        "It cost twelve million.",
        "Come here.",
        "is known.",
        "was the day.",
    ]
    assert {(left.text, left.reason) for left in found.left if not left.is_taken} == {
        ("ten", "deleted, as a tracked change"),
        ("Gone there.", "moved from here, as a tracked change"),
        ("E=mc2", "a formula"),
        ("Monday", "a field"),
    }


def test_a_word_document_keeps_its_footnotes_and_their_signs() -> None:
    sign = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    raw = word_document(word_run("It closes") + sign + word_run(" on Friday."), footnote=word_run("So the city says."))
    found = read(raw)
    assert [one.text for one in found.paragraphs] == ["It closes[1] on Friday.", "So the city says."]
    assert (found.left, found.notes) == ((), ())


def test_scraped_lines_are_no_markdown_because_of_a_link() -> None:
    lines = (
        f"Bridge closes\nBy Ada Lindqvist\nAdvertisement\n{TEXT.split(chr(10))[2]}\n\nSee [a map](https://example.org)."
    )
    found = read(lines.encode())
    assert (found.kind, found.facts.byline) == ("plain text", ("Ada Lindqvist",))
    assert to_markdown(found.paragraphs)[0].endswith("See \\[a map\\](https://example.org).\n")


# --- Nothing is lost ------------------------------------------------------------------------------------------------

lines = st.one_of(
    hostile,
    st.sampled_from(
        [
            "WASHINGTON (AP) — A",
            "By Ada B and Bo C",
            "Advertisement",
            "June 5, 2024",
            "View All (3)",
            "x. (AP Photo/A B)",
        ]
    ),
)
pages = st.lists(lines, min_size=1, max_size=12).map("\n\n".join)
styles = st.lists(st.sampled_from(["emphasis", "strong", "link"]), unique=True, max_size=3).map(
    lambda kinds: tuple(Style(kind, at, "https://example.org/a_(b)?c=*d*") for at, kind in enumerate(kinds))  # type: ignore[arg-type]
)
runs = st.lists(st.builds(Run, st.one_of(hostile, st.sampled_from(["a ", " b", "\n", "(c)", "!"])), styles), max_size=6)


@given(pages)
def test_every_word_of_a_text_is_in_the_article_or_listed(text: str) -> None:
    try:
        found = read(text.encode())
        written, _simplified = to_markdown(found.paragraphs)
    except CannotImportError:
        return
    if found.kind == "plain text":
        assert not words(normalise(text)) - kept_words(found, written)


@given(pages)
def test_every_word_that_markdown_shows_is_in_the_article_or_listed(text: str) -> None:
    try:
        found = read(text.encode(), "text.md")
        written, _simplified = to_markdown(found.paragraphs)
    except CannotImportError:
        return
    if found.kind == "Markdown":
        prose, _problems = read_prose(Source("", normalise(text)))
        assert not words(normalise(prose.text)) - kept_words(found, written)


@given(st.lists(runs, max_size=4))
def test_markdown_shows_the_words_of_the_paragraphs(paragraphs: list[list[Run]]) -> None:
    made = [
        Paragraph(trimmed(Run(run.text if run.text == "\n" else clean(run.text), run.styles) for run in one))
        for one in paragraphs
    ]
    made = [one for one in made if one.text]
    text, _simplified = to_markdown(made)
    assert shows(text, made)


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "q", "b", "n", "bb", "bn", "qb", "bq"]), st.booleans(), hostile), max_size=8
    )
)
def test_lists_and_quotes_show_the_words_of_their_paragraphs(parts: list[tuple[str, bool, str]]) -> None:
    made: list[Paragraph] = []
    containers: tuple[Container, ...] = ()
    for at, (shape, is_new, text) in enumerate(parts):
        containers = containers if not is_new and shape else _containers(shape, at * 10)
        one = Paragraph(trimmed([Run(clean(text))]), containers=containers, is_tight=at % 2 == 0)
        made += [one] if one.text else []
    text, _simplified = to_markdown(made)
    assert shows(text, made)


def _containers(shape: str, start: int) -> tuple[Container, ...]:
    kinds = {"q": ["quote"], "b": ["bullets", "item"], "n": ["numbers", "item"]}
    flat = [kind for letter in shape for kind in kinds[letter]]
    return tuple(Container(kind, start + at) for at, kind in enumerate(flat))  # type: ignore[arg-type]


@given(st.lists(hostile.filter(str.strip), min_size=1, max_size=5))
def test_a_page_shows_its_words_or_lists_them(parts: list[str]) -> None:
    cleaned = [normalise(part) for part in parts]
    filler = "<p>The bridge closes on Friday for a month, the city said, since a crack was found in it.</p>" * 3
    body = "".join(f"<p>{escape(part)}</p>" for part in cleaned)
    html = f"<!doctype html><html><body><nav>Home</nav><article><h1>Bridge</h1>{filler}{body}</article></body></html>"
    found = read(html.encode())
    written, _simplified = to_markdown(found.paragraphs)
    assert not words(" ".join([*cleaned, "Home Bridge"])) - kept_words(found, written)


PARTS = ["p", "div", "span", "em", "a href='/x'", "h2", "ul", "ol start='3'", "li", "blockquote", "figcaption", "table", "td",
         "pre", "aside", "button", "option", "summary", "dd", "address", "noscript", "template", "svg", "math", "iframe",
         "object", "audio", "video", "canvas", "p hidden"]  # fmt: skip
trees = st.recursive(
    st.just("word"),
    lambda inner: st.tuples(st.sampled_from(PARTS), st.lists(inner, max_size=4), st.booleans()),
    max_leaves=30,
)


def _written(tree: str | tuple[str, list[object], bool], words: list[str]) -> str:
    """HTML of a tree, each of whose words is another; not every element is closed."""
    if isinstance(tree, str):
        words.append(f"w{len(words)}")
        return f"{words[-1]} "
    tag, children, is_closed = tree
    inner = "".join(_written(child, words) for child in children)  # type: ignore[arg-type]
    return f"<{tag}>{inner}" + (f"</{tag.split()[0]}>" if is_closed else "")


@given(st.lists(trees, min_size=1, max_size=4), st.booleans())
def test_whatever_a_page_is_made_of_its_words_are_in_the_article_or_listed(
    parts: list[str | tuple[str, list[object], bool]], is_page: bool
) -> None:
    unique: list[str] = []
    filler = "<p>The bridge closes on Friday for a month, the city said, since a crack was found in it.</p>" * 3
    body = filler + "".join(_written(part, unique) for part in parts)
    found = read((f"<html><body><article><h1>Bridge</h1>{body}" if is_page else body).encode(), "page.html")
    written, _simplified = to_markdown(found.paragraphs)
    assert not Counter(unique) - kept_words(found, written)


@pytest.mark.parametrize("depth", [10, 250, 300, 1_900])
def test_words_in_and_behind_deep_elements_are_kept(depth: int) -> None:
    deep = "<div>" * depth + "within" + "</div>" * depth
    found = read(f"<p>before</p><p>and</p>{deep}<p>behind</p>".encode())
    assert [one.text for one in found.paragraphs] == ["before", "and", "within", "behind"]


def test_a_numbered_list_keeps_its_first_number() -> None:
    found = read(b"<p>Steps</p><p>follow.</p><ol start=3><li>Pack.</li><li>Go.</li></ol>")
    assert to_markdown(found.paragraphs)[0].endswith("3.  Pack.\n4.  Go.\n")


def test_real_articles_lose_no_word(testdata: Path) -> None:
    for path in sorted((testdata / "data" / "articles").glob("*.txt")):
        if path.name == "en-digitalgov-009.txt":  # it has no text, only front matter
            continue
        found = read(path.read_bytes(), path.name)
        written, simplified = to_markdown(found.paragraphs)
        assert simplified == 0
        dropped = [left for left in found.left if not left.is_taken and "front matter" not in left.reason]
        assert all(re.search("repeats|controls|image|title|divider", left.reason) for left in dropped), dropped
        if found.kind == "plain text":
            assert not words(normalise(path.read_text(encoding="utf-8"))) - kept_words(found, written)


def test_the_seed_is_recognised(testdata: Path) -> None:
    found = read((testdata / "seed" / "ap-2024-06-05.txt").read_bytes())
    reasons = {left.line: left.reason for left in found.left}
    assert reasons == {
        1: "the headline",
        4: "repeats the caption of line 3",
        5: "left over from the page's controls",
        7: "the dateline",
    }
    assert found.facts.dateline == "WASHINGTON"
    assert len(found.paragraphs) == 16
    assert [one.line for one in found.paragraphs if one.is_caption] == [3, 36]


def test_hostile_strings_are_shown_as_they_are(testdata: Path) -> None:
    strings = [
        string
        for path in (testdata / "data" / "payloads").glob("*.json")
        for string in _strings(json.loads(path.read_text(encoding="utf-8")))
    ]
    assert len(strings) > 500
    for string in strings[:: 1 if THOROUGH else 4]:
        text = normalise(f"Title\n\n{TEXT}\n{string}")
        try:
            found = read(text.encode(), "pasted.txt")
        except CannotImportError:
            continue
        written, _simplified = to_markdown(found.paragraphs)
        if found.kind == "plain text":
            assert not words(text) - kept_words(found, written), string


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [string for part in parts for string in _strings(part)]


@pytest.mark.parametrize("line", LINES)
def test_a_hostile_line_stays_a_paragraph(line: str) -> None:
    found = read(f"{TEXT}\n{line}\n".encode(), "pasted.txt")
    if found.kind == "plain text" and clean(line).strip():
        assert clean(line).strip() in (found.paragraphs[-1].text, found.left[-1].text)


# --- What is recognised ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By ADA LINDQVIST and Bo Ek", ("ADA LINDQVIST", "Bo Ek")),
        ("By Ada Lindqvist, Bo Ek, and Eva van der Holm", ("Ada Lindqvist", "Bo Ek", "Eva van der Holm")),
        ("By Ada Lindqvist | Associated Press", ("Ada Lindqvist",)),
        ("Von Ada Lindqvist und Bo Ek", ("Ada Lindqvist", "Bo Ek")),
        ("By then it was dark", ()),
        ("By Tuesday", ()),
        ("By the river, a crowd of people stood and watched the bridge.", ()),
        ("Byline Times", ()),
    ],
)
def test_bylines(text: str, names: tuple[str, ...]) -> None:
    assert byline(text) == names


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("WASHINGTON (AP) — Ukraine has", "WASHINGTON"),
        ("KYIV, Ukraine (AP) -- Russia has", "KYIV, Ukraine"),
        ("LONDON, June 5 (Reuters) - Shares", "LONDON, June 5"),
        ("ST. LOUIS (AP) – The", "ST. LOUIS"),
        ("PARIS — The government fell.", "PARIS"),
        ("NATO — the alliance — has met.", None),
        ("Biden — who is 81 — said.", None),
        ("WASHINGTON is quiet.", None),
    ],
)
def test_datelines(text: str, place: str | None) -> None:
    found = dateline(text)
    assert (found.place if found else None) == place


@pytest.mark.parametrize(
    ("text", "published", "updated"),
    [
        ("2024-06-05", "2024-06-05", None),
        ("Published: June 5, 2024", "2024-06-05", None),
        ("Friday, July 21, 2017", "2017-07-21", None),
        ("Updated 3:14 PM EDT, June 5, 2024", None, "2024-06-05"),
        ("Published 5 June 2024 at 10:00 | Last updated: 6 June 2024", "2024-06-05", "2024-06-06"),
        ("24 juin 2012", "2012-06-24", None),
        ("5. März 2024", "2024-03-05", None),
        ("Sept. 3, 2024", "2024-09-03", None),
        ("2024-06-05T10:00:00+02:00", "2024-06-05", None),
    ],
)
def test_date_lines(text: str, published: str | None, updated: str | None) -> None:
    found = date_line(text)
    assert found
    assert tuple(day and day.isoformat() for day in (found.published, found.updated)) == (published, updated)


@pytest.mark.parametrize("text", ["06/05/2024", "June 31, 2024", "On June 5, 2024, it rained", "May", "3", "1986."])
def test_what_is_no_date_line(text: str) -> None:
    assert date_line(text) is None


def test_a_day_that_does_not_exist_is_none() -> None:
    assert date_in("2024-02-30") is None
    assert date_in("2024-02-30 or 1 March 2024") == dt.date(2024, 3, 1)


@pytest.mark.parametrize(
    "text",
    ["View All (3)", "Advertisement", "ADVERTISEMENT", "Read more", "Read more: Why it rains", "Share", "Share on Facebook",
     "5 photos", "Subscribe to our newsletter", "Sign up for alerts", "3 min read", "Related stories", "Comments (12)"],
)  # fmt: skip
def test_remains_of_the_interface(text: str) -> None:
    assert is_interface(text)


@pytest.mark.parametrize(
    "text",
    [
        "Shares fell by a third.",
        "Advertisements were banned.",
        "Read the law, she said.",
        "Homeless in Kyiv",
        "Related to a king",
    ],
)
def test_words_of_the_article_are_no_remains(text: str) -> None:
    assert not is_interface(text)


def test_captions_and_credits() -> None:
    assert is_caption("A fire in Port Anna, Friday, May 31, 2024. (AP Photo/Bo Ek)")
    assert is_caption("FILE - The bridge in 1986.")
    assert not is_caption("The agency (AP) said so.")
    assert is_credit("Associated Press writers A. Holm and N. Berg contributed to this report.")
    assert is_credit("Reporting by Ada Lindqvist; editing by Bo Ek")
    assert not is_credit("The rain contributed to the crack.")


def test_notes_on_rights() -> None:
    assert is_notice("Copyright 2024 The Gazette. All rights reserved.")
    assert is_notice("© 2024 The Gazette")
    assert not is_notice("Copyright was not the question, the court said in 2024.")
    assert not is_notice("Copyright in 2024 is not what it was, she said. " * 5)


def test_the_agency_below_the_byline_is_no_text() -> None:
    found = read(f"Bridge closes\n\nBy Ada Lindqvist\n\nThe Associated Press\n\n{TEXT}".encode())
    assert ("The Associated Press", "the agency") in [(left.text, left.reason) for left in found.left]


def test_an_id_is_proposed_from_date_and_headline() -> None:
    day = dt.date(2024, 6, 5)
    assert proposed_id(Facts("Zürich’s “café” isn't open", published=day)) == "2024-06-05-zurichs-cafe-isnt-open"
    assert len(proposed_id(Facts("word " * 50, published=day))) <= 100
    assert proposed_id(Facts("漢字", published=day)) == ""


# --- What is asked --------------------------------------------------------------------------------------------------


def test_a_script_is_told_all_missing_flags_at_once(root: Path) -> None:
    result = run(root, "-", stdin="漢字の橋\n\n" + TEXT)
    assert result.exit_code == 2
    assert "give --publisher, --published, --language, --id, --rights" in result.stderr


def test_a_person_is_asked_for_what_is_missing_only() -> None:
    answers = {"published": "2024-06-05", "rights": "open", "licence": "CC0-1.0", "language": "en"}
    asked = []

    def ask(name: str, _why: str) -> str:
        asked.append(name)
        return answers[name]

    known = complete(Given(Facts(publisher="P")), read(TEXT.encode()).facts, ask)
    assert asked == ["published", "language", "rights", "licence"]
    assert (known.id, known.rights, known.licence) == ("2024-06-05-bridge-closes", "open", "CC0-1.0")


def test_a_person_is_asked_again_for_what_no_article_can_have() -> None:
    answers = iter(["english please", "en", "Not an id", "an-id", "open", "CC0-1.0"])
    asked = []

    def ask(name: str, why: str) -> str:
        asked.append((name, bool(why)))
        return next(answers)

    found = Facts("漢字の橋", "P", published=dt.date(2024, 6, 5))
    known = complete(Given(Facts()), found, ask)
    assert (known.facts.language, known.id, known.licence) == ("en", "an-id", "CC0-1.0")
    assert {name: [again for asked_name, again in asked if asked_name == name] for name, _again in asked} == {
        "language": [False, True],
        "id": [False, True],
        "rights": [False],
        "licence": [False],
    }


def test_a_wrong_flag_is_no_wrong_answer() -> None:
    known = complete(
        Given(Facts(language="no language"), rights="digest"), Facts("A", published=dt.date(2024, 6, 5)), lambda *_: "P"
    )
    assert known.facts.publisher == "P"
    with pytest.raises(CannotImportError, match="no language"):
        draft(read(TEXT.encode()), known, TODAY)


def test_flags_go_before_what_is_found() -> None:
    found = read((CASES / "page.html").read_bytes()).facts
    assert complete(Given(Facts(publisher="Q"), rights="digest"), found, None).facts.publisher == "Q"


# --- Bad input ------------------------------------------------------------------------------------------------------

ARTICLE = (
    "{0} closes\n\nBy Ada Lindqvist\n\n"
    + "The bridge closes on Friday, the city said, since a crack was found in it. " * 3
    + "\n\n"
)
BAD = {
    "empty": (b"", "empty"),
    "white space": (b" \n\t", "empty"),
    "no words": (b"--- ***", "no words"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(99), "a picture"),
    "PDF": (b"%PDF-1.7\n", "a PDF"),
    "binary": (bytes(range(256)) * 9, "binary"),
    "archive": (b"PK\x03\x04" + bytes(99), "no Word document"),
    "broken Word document": (b"PK\x03\x04 word/document.xml", "can't be read"),
    "windows-1252": (TEXT.replace("crack", "\u201ccrack\u201d").encode("windows-1252"), "line 3: byte 0x93 is not UTF-8"),
    "UTF-16": (TEXT.encode("utf-16-le"), "--encoding utf-16-le"),
    "UTF-16, the other way": ("Міст зачинено\n".encode("utf-16-be"), "--encoding utf-16-be"),
    "NUL": (TEXT.replace("crack", "cr\0ack").encode(), "binary"),
    "half a letter": (TEXT.encode() + b"\xed\xa0\x80", "line 4: byte 0xED is not UTF-8"),
    "mislabelled": (f'<html><meta charset="utf-16"><p>{TEXT}\u00e9</p>'.encode("latin-1"), "is not UTF-8"),
    "no encoding": (b'<html><meta charset="hex"><p>\xff</p>', "no encoding that is known"),
    "deep page": (b"<html><body>" + b"<div>" * 200_000 + TEXT.encode(), "too deep"),
    "page of one paragraph": (b"<html><body><p>" + b"word<br>" * 11_000, "a paragraph of 54,999 characters"),
    "page of many lines": (b"<html><body>" + b"<p>a word" * 20_001, "20,001 lines of text"),
    "empty Word document": (word_document(), "no words in the document"),
    "deep Word document": (word_document("<w:r>" * 3_000 + "</w:r>" * 3_000), "can't be read"),
    "half a Word document": (word_document(word_run(TEXT))[:-9], "can't be read"),
    "50 MB": (b"word " * 10_000_000, "more than 10 MB"),
    "no article": (b"<!doctype html><html><body><nav><a href=/>Home</a></nav><p>Log in</p></body></html>", "no article"),
    "two articles": ((ARTICLE.format("Bridge") + ARTICLE.format("Harbour")).encode(), "2 articles in one file"),
    "two datelines": (f"{TEXT}\nROME (AP) — {TEXT}\nPARIS (AP) — {TEXT}".encode(), "2 articles in one file"),
    "two titles": (f"# A\n\n{TEXT}\n# B\n\n{TEXT}".encode(), "2 articles in one file"),
    "a long paragraph": (b"Title\n\n" + b"word " * 20_000, "part it by blank lines"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input_has_a_clear_answer_and_writes_nothing(root: Path, name: str) -> None:
    raw, message = BAD[name]
    before = sorted((root / "sources").rglob("*"))
    result = run(root, "-", *FLAGS, stdin=raw)
    assert (result.exit_code, message in result.stderr) == (2, True), result.output
    assert sorted((root / "sources").rglob("*")) == before


@pytest.mark.parametrize("file", ["sources", "nothing.txt"])
def test_a_file_that_is_none_has_a_clear_answer(root: Path, file: str) -> None:
    result = run(root, root / file, *FLAGS)
    assert (result.exit_code, "No such file" in result.stderr or "Is a directory" in result.stderr) == (2, True)


def test_a_closed_standard_input_has_a_clear_answer(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("build_scripts.cli.group.sys", SimpleNamespace(stdin=None))
    result = run(root, "-", *FLAGS)
    assert (result.exit_code, "standard input is closed" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (["--published", "2999-01-01"], "lies in the future"),
        (["--id", "harbour-fire"], "sources/articles/harbour-fire exists"),
        (["--id", "Not an id"], "can't be an id"),
        (["--url", "javascript:alert(1)"], "web address"),
        (["--language", "klingon language"], "language"),
        (["--encoding", "no-such"], "no encoding"),
    ],
)
def test_a_wrong_fact_is_refused_and_writes_nothing(root: Path, flags: list[str], message: str) -> None:
    before = {path: path.read_bytes() for path in (root / "sources").rglob("*") if path.is_file()}
    result = run(root, "-", *FLAGS, *flags, stdin=TEXT)
    assert (result.exit_code, message in result.stderr) == (2, True), result.output
    assert {path: path.read_bytes() for path in (root / "sources").rglob("*") if path.is_file()} == before


def test_a_page_of_several_articles_is_refused() -> None:
    teaser = (
        "<article><h2>{0} closes</h2><p>"
        + "The bridge closes on Friday, the city said, for a month at least. " * 9
        + "</p></article>"
    )
    html = f"<!doctype html><html><body><main>{teaser.format('Bridge')}{teaser.format('Harbour')}</main></body></html>"
    with pytest.raises(CannotImportError, match="2 articles"):
        read(html.encode())


def test_a_date_in_the_future_is_refused_also_where_it_was_found() -> None:
    found = read(f"Bridge closes\n\nJune 5, 2031\n\n{TEXT}".encode())
    with pytest.raises(CannotImportError, match="2031-06-05 lies in the future: today is 2024-06-30"):
        draft(found, Given(found.facts, rights="open", licence="CC0-1.0"), TODAY)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_names_the_encoding(encoding: str) -> None:
    assert read(TEXT.encode(encoding)).paragraphs == read(TEXT.encode()).paragraphs


def test_a_named_encoding_is_taken_and_what_a_page_declares_is_said() -> None:
    text = TEXT.replace("crack", "“crack”")
    assert "“crack”" in read(text.encode("windows-1252"), "-", "windows-1252").paragraphs[0].text
    page = (CASES / "page.html").read_text(encoding="utf-8").replace('"utf-8"', '"iso-8859-1"')
    assert "read as windows-1252, as the page says" in read(page.encode("windows-1252")).notes


def test_a_word_document_that_unpacks_to_much_is_refused() -> None:
    with pytest.raises(CannotImportError, match="unpacks to more than"):
        read(word_document(word_run("word " * 11_000_000)))


@pytest.mark.parametrize(
    ("text", "is_taken"),
    [
        ("Ferry burns\nBy Ruth Berg\nThe Gazette\n\nA ferry burned on the lake for three hours on Monday.\n", True),
        (
            "Ferry burns\n\nA ferry burned on the lake for three hours on Monday, and nobody was hurt, the fire brigade said. It will not sail again.\n\nThe Gazette\n",
            False,
        ),
        ("Ferry burns\n\nThe Gazette\n", False),
    ],
)
def test_a_line_that_names_the_publisher_before_the_text_is_none_of_its_words(
    tmp_path: Path, text: str, *, is_taken: bool
) -> None:
    (tmp_path / "sources").mkdir()
    flags = ("--publisher", "The Gazette", "--published", "2024-06-05", "--language", "en", "--rights", "open")
    result = run(tmp_path, "-", *flags, "--licence", "CC0-1.0", stdin=text)
    assert result.exit_code == 0, result.output
    assert (": The Gazette (the publisher)" in result.output) is is_taken
    body = (tmp_path / "sources/articles/2024-06-05-ferry-burns/article.md").read_text(encoding="utf-8")
    assert ("The Gazette" in body.split("---\n")[2]) is not is_taken


def test_all_that_is_missing_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    result = run(tmp_path, "-", stdin="Ferry burns\n\nA ferry burned on the lake for three hours on Monday.\n")
    assert "give --publisher, --published, --language, --rights, and with --rights open also --licence" in result.stderr
