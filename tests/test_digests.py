"""What readers of a digest are told of the report behind it: never more than is known."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest
from click.testing import CliRunner

from build_scripts.cli import main
from build_scripts.pipeline import build
from tests.originals import FOLDER, ID, ORIGINAL, publication

DIGEST = f"{FOLDER}/article.md"
LOCK = f"{FOLDER}/original.lock.yml"
BY = ("--verified-by", "review", "--verified", "2024-03-05")


def attach(root: Path, *given: str) -> None:
    result = CliRunner().invoke(main, ["attach", "--root", str(root), ID, str(root / "held.txt"), *given])
    assert result.exit_code == 0, result.output


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("digests")
    publication(root)
    attach(root, *BY, "--passage", "q-quill-wiring=7")
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "root")
    return tmp_path / "root"


def page(root: Path) -> str:
    site = build(root, is_preview=True)
    return next(page.text for page in site.pages if page.uri == f"articles/{ID}/index.md")


def change(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), encoding="utf-8")


def test_a_digest_says_whose_report_it_retells_and_who_compared_its_quotations(root: Path) -> None:
    shown = page(root)
    box = shown.partition("<!-- text -->")[0]
    assert "> This is a summary in our own words. It retells a report by The Gloss of 4 March 2024." in box
    assert "> **[Read the report where it was published](https://gloss.example/fire)**" in box
    assert " · [quotations verified letter by letter](#report)" in box
    about = shown.partition("{ #report }")[2]
    assert "Quotations verified letter by letter against the report of 4 March 2024, by Review on 5 March 2024" in about
    assert re.search(r'SHA-256 of its text: <span class="sha256">[0-9a-f]{64}</span>', about)
    assert re.search(
        r"Quotations show \d+(\.\d)?% of the report’s \d+ words, \d+ in a row at most; the house allows 20% and 60",
        about,
    )
    assert "Short quotations, each with its speaker" in about


def test_a_quotation_leads_to_its_words_in_the_report(root: Path) -> None:
    links = re.findall(r"\[paragraph (\d) of (\d) of the report\]\((\S+?)\)", page(root))
    assert [link[:2] for link in links] == [("3", "7"), ("6", "7")]
    for _number, _all, url in links:
        address, _hash, directive = url.partition("#:~:")
        assert address == "https://gloss.example/fire"
        for one in directive.replace("&amp;", "&").split("&"):
            assert "-" not in one
            start, _comma, end = one.removeprefix("text=").partition(",")
            assert unquote(start) in ORIGINAL.replace("'", "’")
            assert unquote(end) in ORIGINAL.replace("'", "’")


def test_of_words_of_our_own_only_the_paragraph_is_told(root: Path) -> None:
    assert ', <span class="original">paragraph 2 of 7 of the report</span>' in page(root)


def test_signs_of_another_form_are_told_and_lead_nowhere(root: Path) -> None:
    change(root, DIGEST, "I’d rather", "I'd rather")
    change(root, f"{FOLDER}/annotations.yml", "I’d rather", "I'd rather")
    attach(root, *BY)
    shown = page(root)
    assert "Some quotation marks, apostrophes or dashes have another form here." in shown
    assert '<span class="original">paragraph 3 of 7 of the report</span>' in shown


@pytest.mark.parametrize("where", [DIGEST, LOCK])
def test_after_an_edit_nobody_vouches(root: Path, where: str) -> None:
    if where == LOCK:
        change(root, LOCK, "length: ", "length: 1")
    else:
        change(root, DIGEST, "luck is not", "luck is no")
        change(root, f"{FOLDER}/annotations.yml", "luck is not", "luck is no")
    shown = page(root)
    assert "Nobody vouches yet for the quotations as they stand here." in shown
    assert "letter by letter" not in shown


def test_without_anybody_who_vouches_none_is_named(tmp_path: Path) -> None:
    publication(tmp_path)
    attach(tmp_path)
    assert "Nobody vouches yet for the quotations as they stand here." in page(tmp_path)


def test_without_a_lock_nothing_is_claimed(root: Path) -> None:
    (root / LOCK).unlink()
    shown = page(root)
    assert "[quotations not verified](#report)" in shown
    assert "The quotations have not been compared with the report’s text here." in shown
    assert "SHA-256" not in shown
    assert "of the report<" not in shown


def test_an_archived_copy_is_shown_where_a_check_names_one(root: Path) -> None:
    evidence = (
        "state: draft\nevidence:\n  - id: fire\n    kind: secondary\n    stance: context\n    url: https://gloss.example/fire\n"
        "    archive_url: https://archive.example/fire\n    accessed: 2024-03-05\n    paraphrase: It says so.\n"
    )
    change(root, "sources/claims/forty-minutes.md", "state: draft\n", evidence)
    assert "· [archived copy](https://archive.example/fire)" in page(root)


def test_the_page_says_it_in_german(root: Path) -> None:
    change(root, "sources/publication.yml", "language: en", "language: de")
    shown = page(root).replace("\\.", ".")
    assert "Zitate Buchstabe für Buchstabe mit dem Bericht vom 4. März 2024 verglichen: Review, 5. März 2024." in shown
    assert "Absatz 3 von 7 des Berichts" in shown
    assert re.search(r"Zitate zeigen \d+(,\d)?\W%", shown)
