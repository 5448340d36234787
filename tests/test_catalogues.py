"""The catalogues: every message that people read is in each of them, whole and in its language."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import markdown
import pyromark
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from hypothesis import given, settings

from build_scripts.pipeline import build
from build_scripts.rendering.catalogue import PLACEHOLDER, Said, catalogue, language_name, languages
from build_scripts.rendering.environment import text
from build_scripts.site import Site
from tests.html import body_of
from tests.test_weave import EXTENSIONS
from tests.texts import hostile

ROOT = Path(__file__).parents[1]
GOLDEN = Path(__file__).parent / "golden"
FOLDER = ROOT / "build_scripts" / "rendering" / "locale"
KEYWORDS = {"say": None, "say_count": (2, 3), "message": None, "counted": (1, 2)}
"""As `make words` has them."""
Key = str | tuple[str, ...]


@pytest.fixture(scope="module")
def messages() -> dict[Key, set[str]]:
    """What templates, modules and scripts say, each with the files that say it."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    found: dict[Key, set[str]] = {}
    for path, _line, message, _comments, _context in extract_from_dir(
        ROOT, methods, options, KEYWORDS, directory_filter=lambda path: not Path(path).name.startswith(".")
    ):
        found.setdefault(message, set()).add(path)
    return found


def read(language: str) -> Catalog:
    with (FOLDER / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def entries(language: str) -> Iterator[Message]:
    return (entry for entry in read(language) if entry.id)


def forms(said: str | Iterable[str]) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said)


def test_templates_modules_and_scripts_all_say_something(messages: dict[Key, set[str]]) -> None:
    assert {Path(path).suffix for paths in messages.values() for path in paths} == {".j2", ".js", ".py"}
    assert len(messages) > 200


def test_no_message_hides_where_it_is_not_gathered() -> None:
    """Python's tokens, by which messages are found, do not reach into formatted strings."""
    files = (ROOT / "build_scripts").rglob("*.py")
    hidden = re.compile(r"""f["'].*\b(say|say_count|message|counted)\(["']""")
    assert [path.name for path in files if hidden.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("language", languages())
def test_a_catalogue_has_every_message_and_no_other(language: str, messages: dict[Key, set[str]]) -> None:
    assert {entry.id for entry in entries(language)} == set(messages), "run `make words`, then translate"
    assert read(language).obsolete == {}


@pytest.mark.parametrize("language", languages())
def test_a_catalogue_says_which_messages_scripts_say(language: str, messages: dict[Key, set[str]]) -> None:
    """The build hands them on by that."""
    by_scripts = {forms(key)[0] for key, paths in messages.items() if any(path.endswith(".js") for path in paths)}
    assert set(catalogue(language).of_scripts()) == by_scripts


@pytest.mark.parametrize("language", languages())
def test_every_message_is_translated_with_the_same_parts(language: str) -> None:
    number = read(language).num_plurals
    for entry in entries(language):
        said = forms(entry.string or "")
        assert not entry.fuzzy, entry.id
        assert all(form.strip() for form in said), entry.id
        assert len(said) == (1 if isinstance(entry.id, str) else number), entry.id
        parts = {frozenset(PLACEHOLDER.findall(form)) for form in (*forms(entry.id), *said)}
        assert len(parts) == 1, entry.id
        assert "{" not in PLACEHOLDER.sub("", "".join(said)), entry.id


def test_a_language_without_a_catalogue_is_served_in_english() -> None:
    assert (catalogue("tlh").language, catalogue("tlh").say("Checks")) == ("en", "Checks")
    assert catalogue("de-AT").say("Checks") == "Faktenchecks"


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("de", "Deutsch"),
        ("he", "עברית"),
        ("iw", "עברית"),
        ("pt-BR", "português (Brasil)"),
        ("zh-Hant", "中文 (繁體)"),
        ("de-BR", "Deutsch (de-BR)"),
        ("de-x-foo", "Deutsch (de-x-foo)"),
        ("tlh", "tlh"),
        ("und", "und"),
    ],
)
def test_a_language_is_named_in_itself_as_far_as_its_name_is_known(language: str, name: str) -> None:
    assert language_name(language) == name


def test_dates_are_written_as_the_language_writes_them() -> None:
    day = dt.date(2024, 1, 5)
    assert [catalogue(tag).day(day) for tag in ("en", "de", "de-AT")] == [
        "5 January 2024",
        "5. Januar 2024",
        "5. Jänner 2024",
    ]
    assert [catalogue("de").day(date) for date in ("2024-03", "2024", None)] == ["März 2024", "2024", ""]


@pytest.mark.parametrize(("number", "said"), [(0, "0 Anmerkungen"), (1, "1 Anmerkung"), (2, "2 Anmerkungen")])
def test_a_count_takes_the_form_of_its_number(number: int, said: str) -> None:
    assert catalogue("de").say_count(number, "{n} note: {link}.", "{n} notes: {link}.", link="x") == f"{said}: x."


@settings(deadline=None)
@given(hostile, hostile)
def test_a_message_shows_its_words_and_those_of_its_parts(own: str, part: str) -> None:
    """Whatever signs a translator uses, and whatever an editor writes."""
    own = own.replace("{", "").replace("}", "")
    said = Said(f"x{own} {{part}} *{own}*_x", {"part": part})
    page = f"Before {text(said)} after.\n"
    for html in (pyromark.html(page), markdown.markdown(page, extensions=EXTENSIONS)):
        assert " ".join((body_of(html).text() or "").split()) == " ".join(f"Before {said} after.".split())


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The small publication, which now speaks German."""
    root = tmp_path_factory.mktemp("german")
    shutil.copytree(GOLDEN / "sources", root / "sources")
    shutil.copytree(ROOT / "docs" / "assets", root / "docs" / "assets", ignore=shutil.ignore_patterns("*.png"))
    facts = root / "sources" / "publication.yml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("language: en", "language: de"), encoding="utf-8")
    return build(root, home="https://example.org/")


def test_a_german_site_has_no_english_word_of_ours(german: Site) -> None:
    told = [page.text for page in german.pages]
    told += [asset.data.decode() for asset in german.assets if asset.uri.endswith(".html")]
    assert any("<!doctype html>" in page for page in told)
    for entry in entries("de"):
        if any(path.endswith(".js") for path, _line in entry.locations):
            continue
        for words in (words for form in forms(entry.id) for words in PLACEHOLDER.split(form)[::2] if len(words) > 12):
            assert [page[:200] for page in told if words in page] == [], entry.id


@pytest.mark.parametrize(
    ("uri", "words"),
    [
        ("claims/index.md", "# Faktenchecks { #title }"),
        ("timeline.md", "## 6\\. März 2024"),
        ("articles/harbour-fire/index.md", "## Wer zitiert wird { #quotes }"),
        ("map.md", "Alle Orte mit Koordinaten."),
        ("articles/harbour-fire/worksheet.md", "Arbeitsblatt: "),
    ],
)
def test_a_german_site_speaks_german(german: Site, uri: str, words: str) -> None:
    assert words in next(page.text for page in german.pages if page.uri == uri)


def test_scripts_get_the_words_of_the_site(german: Site) -> None:
    module = next(asset.content for asset in german.assets if asset.uri == "assets/newsgloss-catalogue.js")
    assert isinstance(module, str)
    assert module.startswith('export default {language:"de",dir:"ltr",words:{')
    assert '"Check {number} of {all}": "Faktencheck {number} von {all}"' in module
