"""`newsgloss import-annotations`: what it takes from others' annotations, what it leaves out, and what it says of that."""

from __future__ import annotations

import contextlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from build_scripts import addresses
from build_scripts.cli import main
from build_scripts.editing.webanno.documents import MAX_ANNOTATIONS, CannotReadError, read
from build_scripts.export.annotations.files import annotation_files
from build_scripts.pipeline import understand
from tests.site.building import new_root
from tests.site.corpus import write_corpus
from tests.site.hostile import OUR_STRINGS
from tests.site.texts import OUR_TEXTS, payloads
from tests.thoroughness import tries

GOLDEN = Path(__file__).parent / "golden"
HOME = "https://news.example/site/"
PAGE = HOME + "articles/harbour-fire/"
TEXT = HOME + "data/text/harbour-fire.txt"
ANNA = HOME + "entities/port-anna/"
HYPOTHESIS: dict[str, Any] = {
    "id": "hAbC",
    "created": "2026-01-01T00:00:00+00:00",
    "user": "acct:reader@hypothes.is",
    "uri": PAGE,
    "text": "",
    "tags": [],
    "group": "__world__",
    "document": {"title": ["Fire in the harbour"]},
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(GOLDEN / "sources", tmp_path / "root" / "sources")
    (tmp_path / "root" / "mkdocs.yml").write_text(f"site_url: {HOME}\n", encoding="utf-8")
    return tmp_path / "root"


def run(root: Path, document: Any, *options: str, article: str = "harbour-fire") -> Result:
    raw = document if isinstance(document, bytes) else json.dumps(document).encode()
    arguments = ["import-annotations", "--root", str(root), article, "-", *options]
    return CliRunner().invoke(main, arguments, input=raw, catch_exceptions=False)


def annotation(exact: str, body: Any = None, source: str = TEXT, **more: Any) -> dict[str, Any]:
    names = ("prefix", "suffix")
    around: dict[str, str] = {name: more.pop(name) for name in names if name in more}
    selector = {"type": "TextQuoteSelector", "exact": exact} | around
    selectors = [selector, *more.pop("selectors", [])]
    told = {"body": body} if body is not None else {}
    target = {"source": source, "selector": selectors}
    return {"id": "https://other.example/1", "type": "Annotation", **told, "target": target} | more


def row(exact: str, **more: Any) -> dict[str, Any]:
    around: dict[str, str] = {name: more.pop(name) for name in ("prefix", "suffix") if name in more}
    selectors = [
        {
            "type": "RangeSelector",
            "startContainer": "/div[1]",
            "startOffset": 3,
            "endContainer": "/div[1]",
            "endOffset": 9,
        },
        {"type": "TextPositionSelector", "start": 5000, "end": 5009},
        {"type": "TextQuoteSelector", "exact": exact, **around},
    ]
    return HYPOTHESIS | {"target": [{"source": PAGE, "selector": selectors}]} | more


def items(root: Path, article: str = "harbour-fire") -> dict[str, list[Any]]:
    path = root / "sources" / "articles" / article / "annotations.yml"
    found: dict[str, list[Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def exported(root: Path) -> dict[str, bytes]:
    return {asset.uri: asset.data for asset in annotation_files(understand(root)[0], HOME)}


def emptied(root: Path) -> None:
    """Takes all annotations out, but for what says that something is no name, which is none."""
    for path in (root / "sources" / "articles").glob("*/annotations.yml"):
        mentions = (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("mentions") or []
        none = [item for item in mentions if item["entity"] is None]
        path.write_text(yaml.safe_dump({"mentions": none}) if none else "mentions: []\n", encoding="utf-8")


@pytest.mark.parametrize("sources", ["golden", "texts in many scripts"])
def test_what_was_exported_comes_back_as_it_was(root: Path, tmp_path: Path, sources: str) -> None:
    if sources != "golden":
        root = new_root(tmp_path / "texts")
        write_corpus(OUR_TEXTS, root)
        (root / "mkdocs.yml").write_text(f"site_url: {HOME}\n", encoding="utf-8")
        for path in (root / "sources" / "claims").glob("*.md"):
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace('"in-review"', '"withdrawn"'), encoding="utf-8")
    before = exported(root)
    emptied(root)
    assert exported(root) != before
    for name in understand(root)[0].articles:
        result = run(root, before[addresses.annotation_page(name)], "--write", article=name)
        assert result.exit_code == 0, result.output
    assert exported(root) == before


def test_all_that_stands_there_is_not_added_again_and_keeps_every_byte(root: Path) -> None:
    page = exported(root)["data/annotations/harbour-fire.jsonld"]
    path = root / "sources/articles/harbour-fire/annotations.yml"
    before = path.read_bytes()
    result = run(root, page, "--write")
    assert result.exit_code == 0, result.output
    assert "0 to add" in result.output
    assert path.read_bytes() == before


def test_items_come_behind_what_stands_there_and_a_second_run_adds_nothing(root: Path) -> None:
    path = root / "sources/articles/harbour-fire/annotations.yml"
    before = items(root)
    document = [annotation("a warehouse", {"id": ANNA}), row("a harbour worker", text=ANNA)]
    shown = run(root, document)
    assert items(root) == before
    added = yaml.safe_load(shown.stdout)
    assert [item["exact"] for item in added["mentions"]] == ["a warehouse", "a harbour worker"]
    written = run(root, document, "--write")
    assert written.stdout.startswith("wrote sources/articles/harbour-fire/annotations.yml")
    assert items(root)["mentions"] == [*before["mentions"], *added["mentions"]]
    once = path.read_bytes()
    again = run(root, document, "--write")
    assert "0 to add, 2 there already, 0 not taken" in again.stderr
    assert path.read_bytes() == once


def test_what_others_made_is_a_suggestion_and_says_where_it_comes_from(root: Path) -> None:
    added = yaml.safe_load(run(root, [row("a harbour worker", text=ANNA)]).stdout)
    assert added["mentions"] == [
        {
            "entity": "port-anna",
            "exact": "a harbour worker",
            "status": "suggested",
            "suggestion": {
                "rule": "web-annotation",
                "confidence": "medium",
                "note": "hAbC, acct:reader@hypothes.is",
            },
        }
    ]


@pytest.mark.parametrize(
    "body",
    [
        ANNA,
        {"id": ANNA},
        {"type": "SpecificResource", "source": ANNA, "purpose": "identifying"},
        {"type": "SpecificResource", "source": {"id": HOME + "entities/annaport/"}, "purpose": "linking"},
        {"type": "SpecificResource", "value": "https://example.org/port-anna", "purpose": "identifying"},
        {"type": "TextualBody", "id": "http://example.org/port-anna", "value": "Port Anna", "purpose": "identifying"},
        [
            {"type": "TextualBody", "purpose": "commenting", "value": "Nice."},
            {"type": "SpecificResource", "source": ANNA},
        ],
    ],
)
def test_a_name_is_taken_by_our_address_a_former_one_or_the_same_thing_elsewhere(root: Path, body: Any) -> None:
    result = run(root, annotation("a warehouse", body))
    assert [item["entity"] for item in yaml.safe_load(result.stdout)["mentions"]] == ["port-anna"]


def test_what_leads_to_a_check_is_a_claim(root: Path) -> None:
    document = annotation("a warehouse", {"id": HOME + "claims/four-minutes/"}, motivation="assessing")
    assert yaml.safe_load(run(root, document).stdout)["claims"][0]["claim"] == "four-minutes"


@pytest.mark.parametrize(
    ("document", "why"),
    [
        (annotation("a crane"), "a highlight, which says nothing of its words"),
        (annotation("a crane", {"type": "TextualBody", "value": "Good!"}), 'a comment: "Good!"'),
        (annotation("a crane", bodyValue="Good!"), 'a comment: "Good!"'),
        (row("a crane"), "a highlight, which says nothing of its words"),
        (row("a crane", text="Which one?"), 'a comment: "Which one?"'),
        (row("a crane", tags=["machines"]), 'a tag: "machines"'),
        (row("a crane", references=["x"]), "a reply to another annotation"),
        (
            annotation("a crane", {"type": "TextualBody", "purpose": "classifying", "value": "PLACE"}),
            'a class: "PLACE"',
        ),
        (annotation("a crane", "https://www.wikidata.org/entity/Q1"), "which no entity has in `same_as`"),
        (annotation("a crane", [ANNA, HOME + "entities/ada-lindqvist/"]), "it names several things at once"),
        (annotation("a dragon", ANNA), '"a dragon" does not stand in'),
        (annotation("the", ANNA), '"the" occurs'),
        (annotation("a crane", ANNA, prefix="not "), "but not with this prefix and suffix"),
        (annotation("A Crane", ANNA), "nearly the same words do"),
        (annotation("a crane", ANNA, source="https://else.example/"), "add --source https://else.example/"),
        (
            annotation("a crane", ANNA, source=HOME + "articles/hebrew-note/"),
            "it is about another article, hebrew-note",
        ),
        (annotation("", ANNA), "it is about the whole page"),
        ({"target": PAGE, "body": ANNA}, "it is about the whole page"),
        ({"body": ANNA, "type": "Annotation"}, "it has no target"),
        ({"type": "Place", "target": PAGE}, 'of the type "Place", not an annotation'),
        (
            {
                "target": {"source": TEXT, "selector": {"type": "TextPositionSelector", "start": 3, "end": 5}},
                "body": ANNA,
            },
            "a position alone",
        ),
        (
            {"target": {"source": TEXT, "selector": {"type": "FragmentSelector", "value": "xywh=1"}}, "body": ANNA},
            "it selects by FragmentSelector alone",
        ),
        (annotation("Fire in the harbour", ANNA), "does not stand in"),
        (annotation("What burned", ANNA), "these words stand in a link or a heading"),
        (annotation("burned", HOME + "claims/four-minutes/", selectors=[]), "occurs"),
        (annotation("What burned", HOME + "claims/four-minutes/"), "these words stand in a heading"),
        (annotation("\ud800", ANNA), "half a character"),
        (["https://other.example/1"], "only the address"),
        ([3], "not an object"),
    ],
)
def test_what_is_not_taken_is_told_with_the_reason(root: Path, document: Any, why: str) -> None:
    path = root / "sources/articles/harbour-fire/annotations.yml"
    before = path.read_bytes()
    result = run(root, document, "--write")
    assert result.exit_code == 1
    line, summary = result.stderr.splitlines()
    assert line.startswith("annotation 1")
    assert why in line
    assert summary == "1 annotation: 0 to add, 0 there already, 1 not taken"
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("selecting", "expected"),
    [
        ({"prefix": "warehouse  in\nthe harbour of "}, "Port Anna"),
        ({"exact": "Port\u00a0Anna", "suffix": "\nburned"}, "Port Anna"),
        ({"exact": " a warehouse "}, "a warehouse"),
        ({"exact": '"Nobody was hurt,"'}, "“Nobody was hurt,”"),
        ({"exact": "Anna", "selectors": [{"type": "TextPositionSelector", "start": 45, "end": 49}]}, "Anna"),
        ({"exact": "On Monday", "prefix": "Fire in the harbour 11 notes "}, "On Monday"),
    ],
)
def test_words_are_found_exactly_whatever_white_space_and_glyphs_a_page_has(
    root: Path, selecting: dict[str, Any], expected: str
) -> None:
    exact = selecting.pop("exact", "Port Anna")
    result = run(root, annotation(exact, HOME + "claims/distance/", **selecting))
    claims = yaml.safe_load(result.stdout)["claims"]
    assert [item["exact"] for item in claims] == [expected]


@pytest.mark.parametrize(
    ("selecting", "expected"),
    [
        ({"exact": "were there in four minutes1.”"}, "were there in four minutes.”"),
        ({"exact": "four minutes1"}, "four minutes"),
        ({"exact": ".", "prefix": "We were there in four minutes1", "suffix": "”"}, "."),
        ({"exact": "feared", "suffix": " for his job3."}, "feared"),
    ],
)
def test_numbers_of_checks_that_the_page_shows_are_none_of_the_words(
    root: Path, selecting: dict[str, Any], expected: str
) -> None:
    exact = selecting.pop("exact")
    text = understand(root)[0].articles["harbour-fire"].prose.text
    result = run(root, row(exact, text=HOME + "claims/distance/", **selecting))
    (item,) = yaml.safe_load(result.stdout)["claims"]
    assert item["exact"] == expected
    assert item.get("prefix", "") + expected in text


def test_words_that_end_inside_a_character_are_not_taken(root: Path) -> None:
    path = root / "sources/articles/harbour-fire/article.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nA 👩🏽‍🚒 came.\n", encoding="utf-8")
    assert "what a reader sees as one character" in run(root, annotation("A 👩", ANNA)).stderr
    assert run(root, annotation("A 👩🏽‍🚒", ANNA)).exit_code == 0


def test_glyphs_that_were_written_otherwise_are_told(root: Path) -> None:
    result = run(root, annotation('"Nobody was hurt,"', HOME + "claims/distance/"))
    assert 'note: written as the article has it: "“Nobody was hurt,”"' in result.stderr


def test_an_address_that_stands_for_the_article_can_be_given(root: Path) -> None:
    document = annotation("a warehouse", "https://example.org/port-anna", source="https://recogito.example/part/1")
    assert run(root, document).exit_code == 1
    result = run(root, document, "--source", "https://recogito.example/part/1")
    assert result.exit_code == 0
    assert yaml.safe_load(result.stdout)["mentions"][0]["entity"] == "port-anna"


def test_an_export_of_recogito_is_taken_where_it_names_something_known(root: Path) -> None:
    """As Recogito writes a place with its address, a person, a comment, and a place in an image."""
    modified = {"creator": "https://recogito.example/reader", "modified": "2026-01-01T00:00:00Z"}
    place = {"type": "SpecificResource", "value": "https://example.org/port-anna", "purpose": "identifying", **modified}
    bodies: list[Any] = [
        [place, {"type": "Feature", "purpose": "georeferencing", "geometry": {"type": "Point", "coordinates": [1, 2]}}],
        [{"type": "SpecificResource", "value": "PERSON", "purpose": "identifying", **modified}],
        [{"type": "TextualBody", "value": "Which one?", "purpose": "commenting", **modified}],
    ]
    document = [annotation("a warehouse", body, source="") for body in bodies]
    image = {
        "type": "FragmentSelector",
        "conformsTo": "http://www.w3.org/TR/media-frags/",
        "value": "xywh=pixel:1,2,0,0",
    }
    document.append({"type": "Annotation", "body": [place], "target": {"type": "Image", "selector": [image]}})
    result = run(root, document)
    assert [item["exact"] for item in yaml.safe_load(result.stdout)["mentions"]] == ["a warehouse"]
    assert [line.partition(": not taken: ")[2] for line in result.stderr.splitlines()[:3]] == [
        'a comment: "PERSON"',
        'a comment: "Which one?"',
        "it selects by FragmentSelector alone, which says no words of the text",
    ]


def test_a_quotation_whose_id_is_another_ones_is_not_taken(root: Path) -> None:
    page = json.loads(exported(root)["data/annotations/harbour-fire.jsonld"])
    quote = next(one for one in page["items"] if one["id"].endswith("#q-came-fast"))
    quote["target"]["selector"] = [{"type": "TextQuoteSelector", "exact": "a crane"}]
    result = run(root, quote, "--write")
    assert "no id is used twice" in result.stderr
    assert [item["id"] for item in items(root)["quotes"]] == ["nobody-hurt", "came-fast", "not-yet"]


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "not JSON"),
        (b"this is not JSON", "not JSON"),
        (b"\xff\xfe", "not UTF-8"),
        (b"3", "no annotation"),
        (b"{}", "no annotation"),
        (b'{"a": NaN}', "NaN is no number"),
        (b'{"target": 1, "target": 2}', 'the key "target" stands twice'),
        (b"[" * 100_000, "levels deep"),
        (b"[" * 70 + b"]" * 70, "levels deep"),
        (b"1" * 5000, "not JSON"),
        (b"[" + b"{}," * MAX_ANNOTATIONS + b"{}]", "more than 10,000 annotations"),
        (b'{"type": "AnnotationCollection", "first": "https://x.example/1"}', "give a page"),
    ],
)
def test_a_file_that_can_not_be_read_is_refused_with_the_reason(root: Path, raw: bytes, why: str) -> None:
    result = run(root, raw)
    assert result.exit_code == 2
    assert why in result.stderr


def test_an_article_that_is_not_there_is_named(root: Path) -> None:
    assert "did you mean" in run(root, [], article="harbour-fires").stderr


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from([PAGE, TEXT, ANNA, "a crane", "Annotation", ""]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "type",
                    "id",
                    "target",
                    "body",
                    "source",
                    "selector",
                    "exact",
                    "prefix",
                    "suffix",
                    "value",
                    "purpose",
                    "motivation",
                    "items",
                    "rows",
                    "uri",
                    "user",
                    "text",
                    "tags",
                    "creator",
                    "references",
                    "start",
                    "end",
                    "refinedBy",
                    "schema:spokenByCharacter",
                    "schema:keywords",
                    "schema:sameAs",
                    "first",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


@settings(max_examples=tries(300))
@given(VALUES)
def test_values_of_any_kind_in_any_place_are_read_or_refused(value: Any) -> None:
    with contextlib.suppress(CannotReadError):
        found = read(json.dumps(value).encode())
        assert [one.number for one in found] == [*range(1, len(found) + 1)]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(VALUES, max_size=4))
def test_whatever_a_file_holds_the_command_has_an_answer(root: Path, value: list[Any]) -> None:
    assert run(root, value).exit_code in (0, 1, 2)


def test_the_w3cs_samples_right_and_wrong_have_an_answer(testdata: Path, root: Path) -> None:
    paths = sorted((testdata / "data" / "webanno").glob("sam*/*/*.json")) + sorted(
        (testdata / "data" / "webanno").glob("spec*/*.json")
    )
    assert len(paths) > 100
    path = root / "sources/articles/harbour-fire/annotations.yml"
    before = path.read_bytes()
    for sample in paths:
        result = run(root, sample.read_bytes(), "--write")
        assert result.exit_code in (1, 2), sample
        assert result.stderr.strip(), sample
    assert path.read_bytes() == before


@pytest.fixture(params=["ours", "public"])
def strings(request: pytest.FixtureRequest) -> list[str]:
    if request.param == "ours":
        return list(OUR_STRINGS)
    data = request.getfixturevalue("testdata") / "data"
    names = ("xss_owasp", "blns", "bidi_trojan_source", "csv_injection")
    return [json.dumps(text) if isinstance(text, dict) else text for name in names for text in payloads(data, name)]


def test_hostile_strings_in_every_field_are_told_on_one_line_and_never_break_the_file(
    root: Path, strings: list[str]
) -> None:
    page = json.loads(exported(root)["data/annotations/harbour-fire.jsonld"])
    quote = next(one for one in page["items"] if one["id"].endswith("#q-nobody-hurt"))
    names = {"schema:keywords": 0, "schema:dateCreated": 1, "schema:genre": 2, "schema:creditText": 3}
    document = []
    for number, text in enumerate(strings):
        body: dict[str, Any] = {name: strings[(number + shift) % len(strings)] for name, shift in names.items()}
        body |= {"type": ["TextualBody", "schema:Quotation"]} | ({"schema:genre": "direct"} if number % 2 else {})
        body = {name: value for name, value in body.items() if name != "schema:dateCreated" or number % 3 == 0}
        of = {"id": f"{PAGE}#q-x{number}", "schema:sameAs": [f"{PAGE}#q-{text}"] if number % 5 == 0 else []}
        document += [
            {**quote, **of, "body": [body]},
            annotation(text, ANNA, id=text, creator=text),
            annotation("a crane", {"value": text, "purpose": text}, motivation=text, source=TEXT),
            row("a harbour worker", text=ANNA, id=text, user=text)
            if number == 0
            else row(text, text=text, tags=[text]),
        ]
    result = run(root, document, "--write")
    assert result.exit_code in (0, 1)
    for line in result.stderr.splitlines():
        assert line.isprintable()
    items(root)
    assert [str(problem) for problem in understand(root)[1] if problem.is_error] == [
        str(problem) for problem in understand(GOLDEN)[1] if problem.is_error
    ]
