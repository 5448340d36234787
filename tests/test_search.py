"""The search index: everything that is published is in it, nothing else, and the same words give the same bytes."""

from __future__ import annotations

import gzip
import json
import os
import stat
import sys
import time
from pathlib import Path

import pytest

from build_scripts.export import pagefind
from build_scripts.export.indexes import search_files
from build_scripts.export.pagefind import IndexingError
from build_scripts.export.search import ARTICLE, IN_REVIEW, Record, records
from build_scripts.export.words import APART, JOINED, indexed
from build_scripts.model import Library
from build_scripts.pipeline import build, understand
from build_scripts.reading.schema import ClaimState
from build_scripts.rendering.index import make_index

ROOT = Path(__file__).parent / "golden"
PAGES = {"about.md": "---\ntitle: x\n---\n\n# About us { #title }\n\nWho we are. <!-- newsgloss:rules -->\n"}


@pytest.fixture(scope="module")
def library() -> Library:
    return understand(ROOT)[0]


@pytest.fixture(scope="module")
def found(library: Library) -> list[Record]:
    return list(records(make_index(library), PAGES))


def urls(found: list[Record], *kinds: str) -> list[str]:
    return sorted(record.url for record in found if record.kind.id in kinds)


def test_every_article_and_every_quotation_has_a_record(library: Library, found: list[Record]) -> None:
    articles = library.articles.values()
    assert urls(found, "article") == sorted(f"articles/{article.id}/" for article in articles)
    quotes = sorted(f"articles/{article.id}/#{quote.id}" for article in articles for quote in article.quotes)
    assert quotes
    assert urls(found, "quotation") == quotes


def test_every_entity_has_a_record_of_its_type_with_all_its_names(library: Library, found: list[Record]) -> None:
    by_url = {record.url: record for record in found}
    for entity in library.entities.values():
        record = by_url[f"entities/{entity.id}/"]
        assert (record.kind.id, record.title) == (entity.facts.type.value, entity.facts.name)
        assert all(name in record.text for name in (*entity.facts.aliases, *entity.facts.weak_aliases))


def test_checks_have_records_but_for_those_withdrawn_or_never_published(library: Library, found: list[Record]) -> None:
    states = {claim.facts.state for claim in library.claims.values()}
    assert states == set(ClaimState)
    shown = [claim for claim in library.claims.values() if claim.is_public]
    expected = sorted(f"claims/{claim.id}/" for claim in shown if claim.facts.state is not ClaimState.WITHDRAWN)
    assert urls(found, "claim") == expected


def test_a_check_in_review_is_found_by_its_claim_alone(library: Library, found: list[Record]) -> None:
    reviewed = [record for record in found if record.verdict == IN_REVIEW]
    assert reviewed
    for record in reviewed:
        facts = library.claims[record.url.split("/")[1]].facts
        assert facts.summary not in record.text
        assert facts.rating not in {choice.id for choices in record.choices.values() for choice in choices}


def test_published_checks_are_found_by_their_verdict(library: Library, found: list[Record]) -> None:
    for claim in library.claims.values():
        if claim.has_verdict:
            record = next(record for record in found if record.url == f"claims/{claim.id}/")
            assert record.choices["verdict"][0].label == library.ratings[claim.facts.rating].label


def test_a_hand_written_page_is_found_by_its_words_without_its_markup(found: list[Record]) -> None:
    page = next(record for record in found if record.kind.id == "about")
    assert (page.url, page.title, page.text.strip()) == ("about/", "About us", "Who we are.")


def test_the_site_has_the_index() -> None:
    assets = {asset.uri: asset.data for asset in build(ROOT).assets if asset.uri.startswith("pagefind/")}
    assert {"pagefind/pagefind.js", "pagefind/pagefind-entry.json", "pagefind/facets.json"} <= assets.keys()
    assert not [uri for uri in assets if "-ui" in uri or "highlight" in uri or "playground" in uri]


def test_the_same_records_give_the_same_bytes(found: list[Record]) -> None:
    first = search_files(found)
    assert all(search_files(found) == first for _again in range(3))
    assert list(first) == sorted(first)


def test_each_record_is_kept_with_what_is_shown_of_it_and_its_choices(found: list[Record]) -> None:
    files = search_files(found)
    facets = json.loads(files["facets.json"])
    kept = {}
    for path, content in files.items():
        if path.endswith(".pf_fragment"):
            kept[Path(path).stem] = json.loads(content.removeprefix(b"pagefind_dcd"))
    assert facets["records"].keys() == kept.keys()
    by_url = {record.url: record for record in found}
    assert sorted(fragment["url"] for fragment in kept.values()) == sorted(by_url)
    for name, fragment in kept.items():
        record = by_url[fragment["url"]]
        assert (fragment["meta"]["kind"], fragment["meta"]["note"]) == (record.kind.label, record.note)
        numbers = dict(zip(facets["choices"], facets["records"][name], strict=True))
        told = {group: [facets["choices"][group][n] for n in numbers[group]] for group in numbers}
        assert told == {group: [[c.id, c.label] for c in choices] for group, choices in record.choices.items()}


@pytest.mark.parametrize(("text", "title", "kept"), [("…", "T", 1), ("", "T", 1), ("a", "", 1), ("…", "!", 0)])
def test_a_record_without_any_word_is_left_out_and_breaks_nothing(text: str, title: str, kept: int) -> None:
    records = [Record("x/", title, text, ARTICLE, "en"), Record("y/", "Other", "other", ARTICLE, "en")]
    assert len(json.loads(search_files(records)["facets.json"])["records"]) == kept + 1


def test_a_site_without_anything_has_an_index_of_nothing() -> None:
    assert json.loads(search_files([])["facets.json"]) == {"choices": {}, "records": {}}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("one  two\n\nthree", ["one", "two", "three"]),
        ("Russia — the aggressor", ["Russia —", "the", "aggressor"]),
        ("Russia—said", ["Russia—", "said"]),
        ("— a dash first", ["— a", "dash", "first"]),
        ("long-range weapons/missiles", ["long-", "range", "weapons/", "missiles"]),
        ("there … and here", ["there …", "and", "here"]),
        ("他说：没有", ["他", "说：", "没", "有"]),
        ("ו־ציטוט", ["ו־", "ציטוט"]),
        ("zero\u200bwidth", ["zero", "width"]),
        ("…", ["…"]),
        ("", []),
    ],
)
def test_words_of_the_index(text: str, words: list[str]) -> None:
    made = indexed(text)
    assert [word.rstrip("\u2060").replace(APART, " ") for word in made.split()] == words
    shown = made.replace(JOINED, "").replace(APART, " ")
    assert shown == " ".join(text.replace("\u200b", "").split())


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("import sys; sys.exit(3)", r"ended after 0 of \d+ answers"),
        ("import sys; sys.stdout.write('bm8='); sys.stdout.flush()", r"ended after 0 of \d+ answers"),
        ("import time; time.sleep(60)", r"took too long"),
        (
            "import base64, json, sys\n"
            "answer = {'message_id': 0, 'payload': {'type': 'Error', 'message': 'no room left'}}\n"
            "print(base64.b64encode(json.dumps(answer).encode()).decode(), end=',', flush=True)",
            "no room left",
        ),
    ],
)
def test_a_service_that_fails_is_told_and_left_behind_by_nobody(
    script: str, message: str, found: list[Record], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "pagefind"
    trace = tmp_path / "pid"
    program.write_text(f"#!{sys.executable}\nimport os\nopen({str(trace)!r}, 'w').write(str(os.getpid()))\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(program))
    monkeypatch.setattr(pagefind, "TIMEOUT", 1.0)
    started = time.monotonic()
    with pytest.raises(IndexingError, match=message):
        search_files(found)
    assert time.monotonic() - started < 30
    with pytest.raises(ProcessLookupError):
        os.kill(int(trace.read_text()), 0)


def test_a_service_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", "/nowhere/pagefind")
    with pytest.raises(IndexingError, match="can't be run"):
        search_files([])


def test_thousands_of_records_take_seconds(found: list[Record]) -> None:
    many = [
        Record(f"x/{number}/", f"T {number}", f"{found[0].text} {number}", found[0].kind, "en")
        for number in range(2000)
    ]
    started = time.monotonic()
    files = search_files(many)
    assert time.monotonic() - started < 60
    assert len([path for path in files if path.endswith(".pf_fragment")]) == 2000
    assert gzip.decompress(files[next(path for path in files if path.endswith(".pf_meta"))])
