"""The publication as tables: one declaration, and every format says the same, of what is published alone."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from build_scripts.export.tables.declared import Column, Row, Rows, Table, Type, Value
from build_scripts.export.tables.dictionary import dictionary, list_of_tables
from build_scripts.export.tables.files import table_files
from build_scripts.export.tables.rows import Whole, parts
from build_scripts.export.tables.schema import TABLES
from build_scripts.export.tables.spool import Tables
from build_scripts.export.tables.sqlite import as_sqlite
from build_scripts.export.tables.text import csv_file, csv_lines, guarded, json_file, json_lines, unguarded
from build_scripts.export.tables.views import VIEWS
from build_scripts.jobs import Maker
from build_scripts.model import Library
from build_scripts.pipeline import build, understand
from build_scripts.seen import Seen
from build_scripts.site import Site
from tests.site.building import new_root
from tests.site.hostile import OUR_STRINGS, sow, usable
from tests.site.texts import payloads
from tests.texts import hostile

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden"
HOME = "https://news.example/site/"

FORMULAS = (
    "=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\ufeff=1", '"=1', '" =1', "'=1", "''=1", "'", "\t", "\r\n",
    "\uff1d1", "\uff0b1", "\uff0d1", "\uff201", "a;=1", "a; =1", "a;'=1", "a\n=1", "a\r\n=1", "a\t=1", "a\n'b", ";=1;", ";;=1", "\n\n=1",
    "\u200b=1", "\u202e=1", "\t'", "\n'=1", "\r;'", '",=1', '";=1', "-", "=", "=cmd|' /C calc'!A0", "- a list\n- of two", "5 - 3 = 2", "a = b", "it's", "a;b",
)  # fmt: skip
"""Texts that a spreadsheet could run, that look as if they were guarded already, and some that are harmless."""
RUNS = re.compile(r"[\s\"\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
"""What opens a formula, or hides that it does."""


@pytest.fixture(scope="module", params=["golden", "real", "hostile", "payloads"])
def library(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Library:
    if request.param in {"golden", "real"}:
        return understand(GOLDEN if request.param == "golden" else ROOT)[0]
    if request.param == "hostile":
        strings = usable([*OUR_STRINGS, *(text for text in FORMULAS if re.search(r"\w", text))])
    else:
        strings = usable(payloads(request.getfixturevalue("testdata") / "data", "csv_injection"))
    root = new_root(tmp_path_factory.mktemp("hostile"))
    sow(strings, root)
    found, problems = understand(root)
    assert not [problem for problem in problems if problem.is_error]
    return found


def all_rows(library: Library, home: str) -> Rows:
    found: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    for _name, make in parts(Whole(library, home)):
        for name, rows in make().items():
            found[name] += rows
    return found


def as_csv(table: Table, rows: list[Row]) -> str:
    return csv_file(table, [csv_lines(table, [row]) for row in rows]).decode()


def as_json(table: Table, rows: list[Row]) -> str:
    return json_file(json_lines(table, [row]) for row in rows).decode()


@pytest.fixture(scope="module")
def rows(library: Library) -> Rows:
    return all_rows(library, HOME)


@pytest.fixture(scope="module")
def database(rows: Rows) -> Iterator[sqlite3.Connection]:
    with closing(opened(as_sqlite(rows))) as database:
        yield database


@pytest.fixture(scope="module")
def golden() -> Library:
    return understand(GOLDEN)[0]


@pytest.fixture(scope="module", params=[GOLDEN, ROOT], ids=["golden", "real"])
def site(request: pytest.FixtureRequest) -> Site:
    return built(request.param)


@cache
def built(root: Path) -> Site:
    return build(root, home=HOME)


def opened(content: bytes) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    database.deserialize(content)
    return database


def ask(database: sqlite3.Connection, query: str) -> list[tuple[Any, ...]]:
    return list(database.execute(query))


def from_csv(text: str, columns: tuple[Column, ...]) -> list[Row]:
    """What a program that knows the types reads."""
    assert text.endswith("\r\n")
    header, *lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert header == [column.name for column in columns]
    return [
        {column.name: from_cell(cell, column.type) for column, cell in zip(columns, line, strict=True)}
        for line in lines
    ]


def from_cell(cell: str, kind: Type) -> Value:
    if not cell:
        return None
    return int(cell) if kind is Type.WHOLE else float(cell) if kind is Type.NUMBER else unguarded(cell)


def test_every_row_has_the_declared_columns_and_values_of_their_types(rows: Rows) -> None:
    assert list(rows) == [table.name for table in TABLES]
    for table in TABLES:
        for row in rows[table.name]:
            assert set(row) == {column.name for column in table.columns}, table.name
            for column in table.columns:
                wrong = f"{table.name}.{column.name}: {row[column.name]!r}"
                assert fits(row[column.name], column), wrong


def fits(value: Value, column: Column) -> bool:
    if value is None:
        return column.is_optional
    if column.values and value not in column.values:
        return False
    if column.type is Type.WHOLE:
        return type(value) is int
    if column.type is Type.NUMBER:
        return isinstance(value, float)
    return isinstance(value, str) and value != "" and looks_like(value, column.type)


def looks_like(text: str, kind: Type) -> bool:
    if kind is Type.DAY:
        return dt.date.fromisoformat(text).isoformat() == text
    patterns = {
        Type.PARTIAL_DAY: r"\d{4}(-\d\d(-\d\d)?)?",
        Type.ADDRESS: r"https?://\S+",
        Type.ID: r"[a-z0-9]+(-+[a-z0-9]+)*",
    }
    if kind is Type.JSON:
        return isinstance(json.loads(text), dict)
    return kind not in patterns or bool(re.fullmatch(patterns[kind], text))


def test_keys_tell_rows_apart_and_every_named_row_is_there(database: sqlite3.Connection) -> None:
    assert ask(database, "PRAGMA integrity_check") == [("ok",)]
    assert ask(database, "PRAGMA foreign_key_check") == []
    declared = {(table.name, link.to) for table in TABLES for link in table.all_links}
    kept = {(table.name, row[2]) for table in TABLES for row in ask(database, f"PRAGMA foreign_key_list({table.name})")}
    assert kept == declared


def test_csv_json_and_sqlite_hold_the_same(rows: Rows, database: sqlite3.Connection) -> None:
    for table in TABLES:
        names = [column.name for column in table.columns]
        expected = [{name: row[name] for name in names} for row in rows[table.name]]
        assert json.loads(as_json(table, rows[table.name])) == expected
        assert from_csv(as_csv(table, rows[table.name]), table.columns) == expected
        stored = ask(database, f"SELECT * FROM {table.name} ORDER BY rowid")  # noqa: S608 -- a name of our own
        assert [dict(zip(names, row, strict=True)) for row in stored] == expected


def test_no_cell_is_run_by_a_spreadsheet(rows: Rows) -> None:
    for table in TABLES:
        numbers = {column.name for column in table.columns if column.type.is_number}
        for line in csv.DictReader(io.StringIO(as_csv(table, rows[table.name]), newline="")):
            assert not [cell for name, cell in line.items() if name not in numbers and RUNS.match(cell)], table.name


def test_every_cell_stands_in_quotation_marks(rows: Rows) -> None:
    for table in TABLES:
        text = as_csv(table, rows[table.name])
        bare = re.sub(r'"(?:[^"]|"")*"', "", text)
        assert set(bare) <= {",", "\r", "\n"}
        assert bare.count("\r\n") == len(rows[table.name]) + 1


@given(st.one_of(hostile, st.text("=+-@'\"; \t\r\na\u200b\uff1d", max_size=12), st.text()))
@example("")
def test_an_apostrophe_guards_every_text_and_can_be_taken_away(text: str) -> None:
    cell = guarded(text)
    assert unguarded(cell) == text
    # Also for programs to which semicolons, tabs and line ends within a cell are the ends of cells.
    assert not [part for part in re.split(r"[;\t\r\n]", cell) if RUNS.match(part)]
    assert not RUNS.match(cell)


def test_no_short_text_of_signs_escapes_the_guard() -> None:
    for length in range(6):
        for signs in product("=';\t\n a", repeat=length):
            cell = guarded("".join(signs))
            assert unguarded(cell) == "".join(signs)
            assert not any(RUNS.match(part) for part in (cell, *re.split(r"[;\t\r\n]", cell))), signs


def test_guarding_takes_time_that_grows_no_faster_than_the_text() -> None:
    def cost(size: int) -> float:
        start = time.process_time()
        for text in ("\n" * size, " " * size, "\n " * size, "'" * size, "=" * size, ";" * size):
            unguarded(guarded(text))
        return time.process_time() - start

    cost(1000)
    assert cost(160_000) < 32 * max(cost(10_000), 0.002)


@pytest.mark.parametrize("text", FORMULAS)
def test_known_formulas_are_guarded(text: str) -> None:
    assert not RUNS.match(guarded(text))
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["a = b", "5 - 3 = 2", "it's", "a;b", "“=1”", "a@b.example", "3-1"])
def test_what_no_spreadsheet_runs_is_left_as_it_is(text: str) -> None:
    assert guarded(text) == text


def test_the_page_says_how_a_guard_is_taken_away() -> None:
    code = re.search(r"^text = re\.sub\((r\"[^\n]+\"), (r\"[^\n]+\"), cell\)$", page("data.md"), re.MULTILINE)
    assert code
    pattern, replacement = (part.removeprefix('r"').removesuffix('"') for part in code.groups())
    for text in FORMULAS:
        assert re.sub(pattern, replacement, guarded(text)) == text


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def test_counts_are_those_of_the_site(site: Site) -> None:
    tables = {asset.uri: asset for asset in site.assets if asset.uri.startswith("data/")}
    held = {table.name: json.loads(tables[f"data/{table.name}.json"].data) for table in TABLES}
    pages = {page.uri: page.text for page in site.pages if "\nmoved: " not in page.text}
    register = re.compile(r"(claims|entities)/(?!index)[^/]+\.md")
    found = Counter(match[1] for uri in pages if (match := register.fullmatch(uri)))
    assert found == {"claims": len(held["claims"]), "entities": len(held["entities"])}
    texts = {uri.split("/")[1]: text for uri, text in pages.items() if re.fullmatch(r"articles/[^/]+/index\.md", uri)}
    for kind, table in (("m", "mentions"), ("q", "quotations"), ("c", "appearances")):
        anchors = {
            (name, found)
            for name, text in texts.items()
            for found in re.findall(rf'id="({kind}-[^"]+)"', text.partition("<!-- end of text -->")[0])
        }
        assert {(row["article"], row["id"]) for row in held[table]} == anchors, table


def test_every_address_leads_to_a_page_and_a_place_on_it(site: Site) -> None:
    tables = {asset.uri: asset for asset in site.assets}
    pages = {page.uri: page.text for page in site.pages}
    for table in TABLES:
        for row in json.loads(tables[f"data/{table.name}.json"].data):
            if table.name != "publication" and "url" in row:
                path, _hash, anchor = row["url"].removeprefix(HOME).partition("#")
                text = pages.get(f"{path.rstrip('/')}.md") or pages[f"{path}index.md"]
                assert not anchor or f'id="{anchor}"' in text, row["url"]


def test_only_what_is_published_is_in_them(golden: Library) -> None:
    rows = all_rows(golden, HOME)
    claims = {row["id"]: row for row in rows["claims"]}
    assert {name: row["state"] for name, row in claims.items()} == {
        "distance": "published",
        "four-minutes": "published",
        "looked-at-again": "in-review",
        "taken-back": "withdrawn",
    }
    known = {"id", "url", "state", "claim_reviewed", "published", "checked"}
    for name in ("looked-at-again", "taken-back"):
        assert {column for column, value in claims[name].items() if value is not None} <= known
    assert {row["claim"] for row in rows["evidence"]} == {"distance", "four-minutes"}
    text = "".join(as_json(table, rows[table.name]) for table in TABLES)
    for word in ("crane was to be scrapped", "in-doubt", "q-not-yet", "Not looked at yet", "His contract says so"):
        assert word not in text
    assert "a second one" not in text


def test_a_preview_has_no_other_rows(golden: Library) -> None:
    assert all_rows(golden.with_proposals(), HOME) == all_rows(golden, HOME)


def test_a_preview_has_no_tables_and_says_so() -> None:
    made = {asset.uri for asset in build(GOLDEN, is_preview=True).assets}
    assert not made & {f"data/{table.name}.csv" for table in TABLES}
    assert "data/newsgloss.sqlite" not in made
    assert list_of_tables(None) == "They are not part of a preview."


def test_what_was_taken_back_and_what_moved_is_told(golden: Library) -> None:
    rows = all_rows(golden, HOME)
    assert {(row["address"], row["kind"], row["date"]) for row in rows["withdrawals"]} == {
        ("articles/second-fire/", "article", "2024-03-07"),
        ("claims/taken-back/", "check", "2024-03-09"),
        ("articles/harbour-fire/#q-two-were-hurt", "annotation", "2024-03-06"),
    }
    assert {row["former"]: row["present"] for row in rows["former_addresses"]} == {
        "articles/another-fire/": "articles/second-fire/",
        "articles/harbour-fire/#c-his-job": "articles/harbour-fire/#c-looked-at-again",
        "articles/harbour-fire/#c-two-kilometres": "articles/harbour-fire/#c-distance",
        "articles/harbour-fire/#q-brigade-came-fast": "articles/harbour-fire/#q-came-fast",
        "articles/port-fire/": "articles/harbour-fire/",
        "claims/his-job/": "claims/looked-at-again/",
        "claims/two-kilometres/": "claims/distance/",
        "entities/annaport/": "entities/port-anna/",
    }


def test_without_an_address_of_its_own_a_site_has_everything_but_addresses(golden: Library) -> None:
    known, unknown = all_rows(golden, HOME), all_rows(golden, "")
    for table in TABLES:
        for row, bare in zip(known[table.name], unknown[table.name], strict=True):
            assert {**row, "url": None} == {**bare, "url": None}
            assert bare.get("url") is None


def test_a_translation_may_stand_before_its_original(golden: Library) -> None:
    note = golden.articles["hebrew-note"]
    articles = {"a-note": replace(note, id="a-note")} | dict(golden.articles)
    library = replace(golden, articles=articles)
    with closing(opened(as_sqlite(all_rows(library, HOME)))) as database:
        found = dict(ask(database, "SELECT id, translation_of FROM articles"))
    assert list(found.items()) == [("a-note", "harbour-fire"), ("harbour-fire", None), ("hebrew-note", "harbour-fire")]
    rows = dict(all_rows(replace(golden, articles={"hebrew-note": note}), HOME))
    assert [row["translation_of"] for row in rows["articles"]] == [None]
    with pytest.raises(sqlite3.IntegrityError):
        as_sqlite(rows | {"articles": [dict(row) | {"translation_of": "harbour-fire"} for row in rows["articles"]]})


def test_positions_count_in_the_text_that_is_there(rows: Rows) -> None:
    texts = {row["id"]: str(row["text"]) for row in rows["articles"]}
    for table in ("mentions", "segments", "appearances"):
        for row in rows[table]:
            start, end = row["start"], row["end"]
            assert isinstance(start, int)
            assert isinstance(end, int)
            assert texts[row["article"]][start:end] == row["exact"]


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        ("checks", [
            ("distance", f"{HOME}claims/distance/", "Two kilometres are 1.2 miles", None, "Right", 2,
             "Exactly 1.24 miles, rounded to one digit.", "2024-03-06", "2024-03-06", 1, 0, 2, 1),
            ("four-minutes", f"{HOME}claims/four-minutes/", "The brigade was at the fire in four minutes", "Ada Lindqvist", "Right", 2,
             "Two records have the alarm at 9:02 and the arrival at 9:06.", "2024-03-06", "2024-03-07", 1, 1, 0, 1)]),
        ("verdicts_by_claimant", [("ada-lindqvist", "Ada Lindqvist", "person", "Right", 2, 1)]),
        ("evidence_by_stance", [
            ("distance", "Two kilometres are 1.2 miles", "Right", 1, 0, 2, 0, 0, 3),
            ("four-minutes", "The brigade was at the fire in four minutes", "Right", 1, 1, 0, 1, 1, 0)]),
        ("speakers", [
            ("ada-lindqvist", "Ada Lindqvist", "person", 2, 2, 0, 0, 2), (None, "a harbour worker", None, 1, 0, 1, 0, 1)]),
    ],
)  # fmt: skip
def test_views_answer(golden: Library, view: str, expected: list[tuple[Any, ...]]) -> None:
    with closing(opened(as_sqlite(all_rows(golden, HOME)))) as database:
        assert ask(database, f"SELECT * FROM {view}") == expected  # noqa: S608 -- a name of our own


def test_views_have_the_columns_that_they_declare_and_rows(site: Site) -> None:
    content = next(asset.data for asset in site.assets if asset.uri == "data/newsgloss.sqlite")
    with closing(opened(content)) as database:
        for view in VIEWS:
            found = database.execute(f"SELECT * FROM {view.name}")  # noqa: S608 -- a name of our own
            assert tuple(column[0] for column in found.description) == view.columns
            assert found.fetchall()


def test_the_full_text_is_found_whatever_case_and_accents(golden: Library) -> None:
    rows = dict(all_rows(golden, HOME))
    rows["entities"] = [{**row, "name": "Zoë Ångström"} if row["id"] == "anna" else row for row in rows["entities"]]
    with closing(opened(as_sqlite(rows))) as database:
        for table, words, found in (
            ("entities", "angstrom", ["anna"]),
            ("articles", "WAREHOUSE", ["harbour-fire"]),
            ("articles", "לינדקוויסט", ["hebrew-note"]),
            ("quotations", '"four minutes"', ["q-nobody-hurt"]),
            ("claims", "brigade", ["four-minutes"]),
            ("evidence", "log", ["log"]),
            ("claims", "scrapped", []),
        ):
            query = f"SELECT id FROM {table} WHERE rowid IN (SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH ?)"  # noqa: S608
            assert [row[0] for row in database.execute(query, (words,))] == found


def test_every_declared_index_of_words_agrees_with_its_table(database: sqlite3.Connection) -> None:
    for table in TABLES:
        if table.searched:
            database.execute(f"INSERT INTO {table.name}_fts ({table.name}_fts) VALUES ('integrity-check')")  # noqa: S608


def test_the_same_rows_give_the_same_file_and_the_header_names_no_version_of_its_own(rows: Rows) -> None:
    content = as_sqlite(rows)
    assert content == as_sqlite(all_rows_again(rows))
    assert int.from_bytes(content[96:100]) == 3_040_000
    assert content[68:72] == b"NwGl"
    assert int.from_bytes(content[16:18]) == 4096


def all_rows_again(rows: Rows) -> Rows:
    return {name: [dict(sorted(row.items())) for row in found] for name, found in sorted(rows.items())}


def test_the_dictionary_has_every_table_column_and_view(site: Site) -> None:
    text = dictionary()
    for table in TABLES:
        section = text.partition(f"### {table.name} {{")[2].partition("\n### ")[0]
        assert table.about in section
        assert re.findall(r"^\| (\w+) \| (?!type)", section, re.MULTILINE) == [column.name for column in table.columns]
    data = {page.uri: page.text for page in site.pages}.get("data.md")
    if data:
        assert text in data
        assert all(f"| {view.name} |" in data for view in VIEWS)


def test_everything_that_the_page_offers_is_there() -> None:
    site = built(ROOT)
    data = next(page.text for page in site.pages if page.uri == "data.md")
    offered = set(re.findall(r"\]\((data/[^)#]+)\)", data))
    made = {asset.uri for asset in site.assets}
    assert {f"data/{table.name}.{style}" for table in TABLES for style in ("csv", "json")} <= offered
    assert "data/newsgloss.sqlite" in offered
    assert offered <= made


def test_the_queries_on_the_page_run_and_have_answers() -> None:
    queries = re.findall(r"```sql\n(.*?)```", page("data.md"), re.DOTALL)
    assert len(queries) == 3
    with closing(opened(as_sqlite(all_rows(understand(ROOT)[0], HOME)))) as database:
        for query in queries:
            assert ask(database, query), query


def test_descriptions_for_programs_name_every_file_column_and_table(golden: Library) -> None:
    files = {file.uri: file for file in table_files(Tables(golden, HOME, Maker(Seen())), golden, HOME)}
    package = json.loads(files["data/datapackage.json"].data)
    assert [f"data/{resource['path']}" for resource in package["resources"]] == [
        uri for uri in files if uri[-4:] == ".csv"
    ]
    licence = {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
    assert (package["title"], package["homepage"], package["licenses"]) == ("The Gloss", HOME, [licence])
    datasette = json.loads(files["data/datasette.json"].data)["databases"]["newsgloss"]["tables"]
    assert list(datasette) == [*(table.name for table in TABLES), *(view.name for view in VIEWS)]
    for table, resource in zip(TABLES, package["resources"], strict=True):
        names = [column.name for column in table.columns]
        assert [field["name"] for field in resource["schema"]["fields"]] == names
        assert list(datasette[table.name]["columns"]) == names
        assert {table.label, *table.facets, *table.searched} - {""} <= set(names)


def test_without_a_publication_there_are_tables_all_the_same(golden: Library) -> None:
    bare = replace(golden, publication=None, scale=None)
    files = list(table_files(Tables(bare, "", Maker(Seen())), bare, ""))
    assert all(file.data for file in files)
    assert json.loads(next(file.data for file in files if file.uri == "data/ratings.json")) == []
