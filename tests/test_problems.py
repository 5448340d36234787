"""What is wrong is told: each case is a small publication with one thing wrong, and the exact words about it.

A case in cases/problems/NAME.txt holds files (``=== path``), put over the golden sources, and what ``newsgloss check`` then
says more than of the golden sources alone (``=== problems``). Files that held something else in the last commit come first
(``=== was path``), files that are gone since with them (``=== gone path``). ``--accept`` writes the problems anew.
"""

from __future__ import annotations

import builtins
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from build_scripts import built
from build_scripts.checks import reach
from build_scripts.editing.drift import check
from build_scripts.originals import leaks
from build_scripts.pipeline import build, with_problems_shown
from build_scripts.problems import Problem
from build_scripts.rules import ALL_RULES
from tests.repositories import commit

HERE = Path(__file__).parent
GOLDEN = HERE / "golden" / "sources"
CASES = sorted((HERE / "cases" / "problems").glob("*.txt"))
_PART = re.compile(r"^=== (.*)\n", re.MULTILINE)


def parts(case: Path) -> dict[str, str]:
    pieces = _PART.split(case.read_text(encoding="utf-8"))
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def problems_of(root: Path) -> set[Problem]:
    return set(check(root))


def told(root: Path, usual: set[Problem]) -> str:
    return "".join(f"{problem}\n" for problem in sorted(problems_of(root) - usual))


def put(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def usual() -> set[Problem]:
    return problems_of(GOLDEN.parent)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(GOLDEN, tmp_path / "sources")
    return tmp_path


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_it_is_told_with_place_rule_and_hint(
    case: Path, root: Path, usual: set[Problem], request: pytest.FixtureRequest
) -> None:
    files = parts(case)
    expected = files.pop("problems")
    gone = [path.removeprefix("gone ") for path in files if path.startswith("gone ")]
    older = {path.removeprefix("was "): text for path, text in files.items() if path.startswith("was ")}
    if older or gone:
        put(root, older)
        commit(root)
    put(root, {path: text for path, text in files.items() if not path.startswith(("was ", "gone "))})
    for path in gone:
        (root / path).unlink()
    found = told(root, usual)
    if request.config.getoption("--accept"):
        case.write_text(_PART.sub(lambda part: part.group(), case.read_text(encoding="utf-8")).split("=== problems\n")[0]
                        + f"=== problems\n{found}", encoding="utf-8")  # fmt: skip
        expected = found
    assert found == expected
    assert found, "the case shows no problem"


def test_missing_folders_and_files_are_told(root: Path, usual: set[Problem]) -> None:
    (root / "sources/articles/harbour-fire/article.md").unlink()
    (root / "sources/publication.yml").unlink()
    found = told(root, usual)
    assert "sources/articles/harbour-fire/article.md:1:1: error: this file is missing (unreadable-file)" in found
    assert "sources/publication.yml:1:1: error: this file is missing (unreadable-file)" in found


def test_a_folder_in_a_files_place_is_told(root: Path, usual: set[Problem]) -> None:
    (root / "sources/entities/folder.yml").mkdir()
    assert "sources/entities/folder.yml:1:1: error: this is not a file (unreadable-file)" in told(root, usual)


def test_a_file_in_a_folders_place_is_told(root: Path, usual: set[Problem]) -> None:
    (root / "sources/articles/a-file").write_text("x")
    assert "sources/articles/a-file:1:1: error: this is not a folder (unreadable-file)" in told(root, usual)


@pytest.mark.parametrize("target", ["entities/link.yml", "articles/link", "articles/harbour-fire/link.png"])
def test_a_link_that_leads_out_is_told_and_not_followed(
    root: Path, tmp_path: Path, usual: set[Problem], target: str
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "article.md").write_text("secret")
    link = root / "sources" / target
    link.symlink_to(outside if target == "articles/link" else outside / "article.md")
    found = told(root, usual)
    assert f"sources/{target}" in found
    assert "(outside-sources)" in found
    assert "secret" not in found


def test_a_loop_of_links_is_told(root: Path, usual: set[Problem]) -> None:
    (root / "sources/entities/loop.yml").symlink_to("loop.yml")
    (root / "sources/articles/loop").symlink_to("loop")
    found = told(root, usual)
    assert "sources/entities/loop.yml:1:1: error: this leads out of sources/ (outside-sources)" in found
    assert "sources/articles/loop:1:1: error: " in found


@pytest.mark.parametrize("name", ['"><img src=x onerror=alert(1)>.yml', "index.yml", "A.yml"])
def test_a_name_that_is_no_id_reaches_no_page(root: Path, name: str) -> None:
    (root / "sources/entities" / name).write_text("type: place\nname: harbour\ndescription: A harbour.\n")
    site = with_problems_shown(build(root))
    assert any(problem.rule == "bad-name" for problem in site.problems)
    assert len({page.uri for page in site.pages}) == len(site.pages)
    assert not any("<img" in page.text for page in site.pages)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"type: place\nname: K\xff\n", "2:8: error: byte 0xFF is not UTF-8"),
        (b"type: place\nname: \xed\xa0\xbd\n", "2:7: error: byte 0xED is not UTF-8"),
        (b"\xef\xbb\xbftype: place\n", "1:1: error: a byte order mark"),
        (b"type: place\rname: K\n", "1:12: error: 1 control character(s), the first is U+000D"),
        (b"type: place\nname: K\x07\n", "2:8: error: 1 control character(s), the first is U+0007"),
        (b"type: place\nname: K\xc2\x85\n", "2:8: error: 1 control character(s), the first is U+0085"),
        (b"type: place\nname: K\xef\xbf\xbf\n", "2:8: error: 1 control character(s), the first is U+FFFF"),
    ],
)
def test_bytes_that_are_no_text_are_told(root: Path, usual: set[Problem], raw: bytes, expected: str) -> None:
    (root / "sources/entities/bytes.yml").write_bytes(raw)
    assert f"sources/entities/bytes.yml:{expected}" in told(root, usual)


def test_windows_line_ends_are_line_ends(root: Path, usual: set[Problem]) -> None:
    for path in (root / "sources").rglob("*"):
        if path.suffix in (".yml", ".md"):
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert told(root, usual) == ""


def test_names_that_are_no_ids_are_told(root: Path, usual: set[Problem]) -> None:
    for name in ("Köln (alt).yml", "a--b.yml", "-a.yml", "a" * 101 + ".yml", "..yml"):
        (root / "sources/entities" / name).write_text("type: place\nname: Lindqvist Hall\ndescription: A hall.\n")
    found = told(root, usual)
    assert 'sources/entities/Köln (alt).yml:1:1: error: this name can\'t be an id (bad-name)\n    hint: rename it, for example to koln-alt' in found  # fmt: skip
    assert found.count("(bad-name)") == 4


def test_no_name_of_a_file_starts_a_line_of_its_own(root: Path, usual: set[Problem]) -> None:
    (root / "sources/entities/a\n::error::b.yml").write_text("type: town\n")
    found = told(root, usual)
    assert "sources/entities/a<U+000A>::error::b.yml:1:1: error:" in found
    assert "\n::error" not in found


def test_a_file_that_cannot_be_opened_is_told(root: Path, usual: set[Problem], monkeypatch: pytest.MonkeyPatch) -> None:
    opened = open

    def refuse(path: str, *how: Any, **more: Any) -> Any:
        if str(path).endswith("anna.yml"):
            raise PermissionError(13, "Permission denied")
        return opened(path, *how, **more)

    monkeypatch.setattr(builtins, "open", refuse)
    assert "sources/entities/anna.yml:1:1: error: this file can't be read: Permission denied" in told(root, usual)


def test_a_huge_file_is_refused_before_it_is_read(root: Path, usual: set[Problem]) -> None:
    with (root / "sources/entities/anna.yml").open("ab") as file:
        file.truncate(5_000_000)
    assert "sources/entities/anna.yml:1:1: error: more than 4,000,000 bytes (unreadable-file)" in told(root, usual)


def test_all_problems_are_told_in_one_run(root: Path) -> None:
    """Every case that breaks files of its own, put into one publication: nothing hides anything else."""
    expected: list[str] = []
    for case in CASES:
        if case.stem.startswith("yaml-"):
            for path, text in parts(case).items():
                if path != "problems":
                    target = path.replace(".yml", f"-{case.stem}.yml")
                    (root / target).write_text(text, encoding="utf-8")
                    expected.append(target)
    paths = {problem.place.path for problem in problems_of(root)}
    assert len(expected) > 10
    assert set(expected) <= paths


def test_every_rule_has_a_case() -> None:
    shown = " ".join(case.read_text(encoding="utf-8") for case in CASES) + Path(__file__).read_text(encoding="utf-8")
    # Those of links, files and built sites are told by other doors: test_links_command.py, test_leaks*.py, test_built.py.
    rules = [rule for rule in ALL_RULES if rule not in (*reach.RULES, *leaks.RULES, *built.RULES)]
    missing = [rule.name for rule in rules if f"({rule.name})" not in shown]
    assert missing == []


def test_every_rule_that_is_told_is_documented() -> None:
    names = [rule.name for rule in ALL_RULES]
    assert len(names) == len(set(names))
    for case in CASES:
        assert set(re.findall(r"\(([a-z]+(?:-[a-z]+)+)\)$", parts(case)["problems"], re.MULTILINE)) <= set(names)
