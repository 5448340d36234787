"""What `newsgloss check --fix` mends: the one right edit and nothing else, tried before it is written."""

from __future__ import annotations

import re
import shutil
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from build_scripts.cli import main
from build_scripts.editing.drift import check
from build_scripts.editing.mending import mend
from build_scripts.editing.patches import write
from build_scripts.problems import Problem
from build_scripts.rules import ALL_RULES
from build_scripts.source import difference, with_edits
from tests.repositories import commit
from tests.test_problems import CASES, GOLDEN, parts

ENTITY = "sources/entities/x.yml"
DRILL = "sources/articles/drill/annotations.yml"
FRONT = """---
headline: A drill
publisher: The Gloss
author: desk
published: 2024-03-04
language: en
summary: A drill.
rights: {text: open, holder: The Gloss, licence: CC-BY-4.0}
---

"""
# fmt: off
MENDED: list[tuple[str, str, str]] = [
    ("text-profile", "\ufefftype: place\nname: X\ndescription: Y.\n", "type: place\nname: X\ndescription: Y.\n"),
    ("text-profile", "type: place\nname: Cafe\u0301 # cafe\u0301\ndescription: Y.\n",
     "type: place\nname: Café # cafe\u0301\ndescription: Y.\n"),
    ("text-profile", "type: place\nname: X\ndescription: >-\n  Cafe\u0301\n  cafe\u0301\n",
     "type: place\nname: X\ndescription: >-\n  Café\n  café\n"),
    ("ambiguous-value", "type: place\nname: no # country\naliases: [on, 010, 12:30]\ndescription: Y.\n",
     'type: place\nname: "no" # country\naliases: ["on", "010", "12:30"]\ndescription: Y.\n'),
    ("wrong-value", "type: place\nname: 1984\naliases: [true, 1.50]\ndescription: Y.\n",
     'type: place\nname: "1984"\naliases: ["true", "1.50"]\ndescription: Y.\n'),
    ("wrong-value", "type: place\nname: X\ndescription: Y.\ncoordinates: {latitude: '50', longitude: \"36.2\", source: Z}\n",
     "type: place\nname: X\ndescription: Y.\ncoordinates: {latitude: 50, longitude: 36.2, source: Z}\n"),
    ("repeated-name", "type: place\nname: X\naliases:\n  - A  \n  - 'A'\n  - B\ndescription: Y.\n",
     "type: place\nname: X\naliases:\n  - A  \n  - B\ndescription: Y.\n"),
    ("repeated-name", "type: place\nname: X\naliases: [A, X, A,\n  A] # two\nweak_aliases: [B, B]\ndescription: Y.\n",
     "type: place\nname: X\naliases: [A] # two\nweak_aliases: [B]\ndescription: Y.\n"),
]
LEFT = [
    "type: place\nname: K\x07\ndescription: Y.\n",  # a control character: who knows what it stands for
    "type: place\nname: 神\ufa19\ndescription: Y.\n",  # its composed form looks otherwise
    'type: place\nname: "Cafe\\u0301"\ndescription: Y.\n',  # nothing to compose in the file
    "type: place\nname: We are #1\ndescription: Y.\n",  # a text or a comment
    "type: place\nname: X\naliases: [X]\ndescription: Y.\n",  # an empty list would be left
    "type: place\nname: X\naliases: [A]\nweak_aliases: [A, B]\ndescription: Y.\n",  # weak or not
    "type: place\nname: X\naliases:\n  - A\n  - A # why\n  - B\ndescription: Y.\n",  # a comment would be lost
    "type: place\nname: X\ndescription: Y.\ncoordinates: {latitude: 010, longitude: 3.0, source: Z}\n",  # 8 or 10
    "type: place\nname: X\ndescription: Y.\ncoordinates: {latitude: '5O', longitude: 3.0, source: Z}\n",
    "type: place\nname: X\ndescription: Y.\nsame_as: [1984]\n",  # no address in quotation marks either
    "type: place\nname: X\nname: X\ndescription: Y.\n",
    "type: town\nname: X\ndescription:\n",
    "type: place\n\tname: X\n",
    "",
]
# fmt: on


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(GOLDEN, tmp_path / "sources")
    return tmp_path


def put(root: Path, text: str, path: str = ENTITY) -> Path:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(text.encode())
    return root / path


def fix(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", "--root", str(root), "--fix", *arguments])


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(("rule", "before", "after"), MENDED)
def test_it_is_mended_by_the_one_right_edit(root: Path, rule: str, before: str, after: str, end: str) -> None:
    path = put(root, before.replace("\n", end))
    path.chmod(0o600)
    result = fix(root)
    assert path.read_bytes().decode() == after.replace("\n", end)
    assert path.stat().st_mode & 0o777 == 0o600
    assert result.exit_code == 0
    assert re.search(rf"^fixed: {ENTITY}:\d+:\d+: .* \({rule}\)$", result.stderr, re.MULTILINE)
    assert result.stderr.count("fixed: ") == result.stderr.count(f"({rule})")


@pytest.mark.parametrize("text", LEFT)
def test_what_has_no_one_right_edit_is_left_and_told(root: Path, text: str) -> None:
    path = put(root, text)
    before = check(root)
    result = fix(root)
    assert path.read_bytes().decode() == text
    assert result.exit_code == 1
    assert result.stderr == ""
    assert all(str(problem) in result.output for problem in before)


def test_a_text_of_markdown_is_composed_and_its_anchors_with_it(root: Path) -> None:
    text = f"{FRONT}The *cafe\u0301* burned, [a cafe\u0301](https://example.org/cafe\u0301) said, and so did e&#769;.\n"
    article = put(root, text.replace(" and so did e&#769;", ""), "sources/articles/drill/article.md")
    annotations = put(root, "claims:\n  - {claim: distance, exact: cafe\u0301 burned}\n", DRILL)
    result = fix(root)
    assert "text-profile" not in result.stdout
    assert article.read_text(encoding="utf-8").partition("---\n\n")[2].startswith("The *café* burned, [a café](")
    assert "exact: café burned" in annotations.read_text(encoding="utf-8")
    put(root, text, "sources/articles/drill/article.md")
    assert "text-profile" in fix(root).stdout  # the reference alone can't be composed, so nothing of its paragraph is
    assert article.read_text(encoding="utf-8") == text


def test_words_that_are_where_they_were_are_told_apart_from_new_ones(root: Path) -> None:
    text = f"{FRONT}The crane fell on Monday. Nobody was hurt in the harbour, said the chief of the brigade.\n"
    put(root, text, "sources/articles/drill/article.md")
    annotations = put(root, "# by hand\nclaims:\n  - {claim: distance, exact: crane fell}  # here\n", DRILL)
    commit(root)
    put(
        root,
        f"{text}\nLater, in the evening, another crane fell into the water.\n",
        "sources/articles/drill/article.md",
    )
    result = fix(root)
    assert "(ambiguous-quote)" in result.stderr
    assert "drill/annotations.yml" not in result.stdout
    after = annotations.read_text(encoding="utf-8")
    assert re.fullmatch(
        r"# by hand\nclaims:\n  - \{claim: distance, exact: crane fell, (prefix|suffix|occurrence): .*\}  # here\n",
        after,
    )


def test_an_edit_that_would_bring_another_problem_is_not_written_and_hinders_no_other(root: Path) -> None:
    text = f"{FRONT}The cafe\u0301 burned.\n"
    put(root, text, "sources/articles/drill/article.md")
    annotations = put(root, 'claims:\n  - {claim: distance, exact: "cafe\\u0301 burned"}\n', DRILL)
    entity = put(root, "type: place\nname: no\ndescription: Y.\n")
    result = fix(root)
    assert (root / "sources/articles/drill/article.md").read_text(encoding="utf-8") == text
    assert 'exact: "cafe\\u0301' in annotations.read_text(encoding="utf-8")
    assert 'name: "no"' in entity.read_text(encoding="utf-8")
    assert result.stderr.count("fixed: ") == 1


def test_what_an_edit_brings_to_light_is_told(root: Path) -> None:
    put(root, "\ufefftype: place\nname: 1984\ncolour: red\ndescription: Y.\n")
    result = fix(root)
    assert result.stderr.count("fixed: ") == 2
    assert "(unknown-field)" in result.stdout
    assert result.exit_code == 1


def test_all_that_is_broken_at_once_is_mended_once_and_nothing_gets_worse(root: Path) -> None:
    for case in CASES:
        if case.stem.startswith(("yaml-", "text-", "names-")):
            for path, text in parts(case).items():
                if path != "problems":
                    put(root, text, path.replace(".yml", f"-{case.stem}.yml"))
    before = check(root)
    mended = mend(root)
    write(root, mended.patches)
    assert len(mended.fixed) > 5
    assert mended.left == check(root)
    assert len([problem for problem in mended.left if problem.is_error]) < len([p for p in before if p.is_error])
    again = mend(root)
    assert (again.fixed, again.patches) == ((), ())


def test_a_file_that_cannot_be_written_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(root, MENDED[3][1])

    def refuse(_path: Path, _target: Path) -> Path:
        raise PermissionError(13, "Permission denied", str(_path))

    monkeypatch.setattr(Path, "replace", refuse)
    result = fix(root)
    assert result.exit_code == 1
    assert "can't be written: Permission denied" in result.output
    assert (root / ENTITY).read_text(encoding="utf-8") == MENDED[3][1]


_WORDS = st.sampled_from(
    [
        "no",
        "010",
        "12:30",
        "1984",
        "1.5",
        "true",
        "X",
        "Cafe\u0301",
        "'x'",
        "神\ufa19",
        "We are #1",
        '"e\\u0301"',
        "K\x07",
        "[",
        "#",
    ]
)


def _hides(problems: tuple[Problem, ...]) -> bool:
    return any(problem.rule == "wrong-value" for problem in problems)


def entity(name: str, aliases: list[str], weak: list[str]) -> str:
    lines = ["type: place", f"name: {name}", f"aliases: [{', '.join(aliases)}]", "weak_aliases:"]
    return "\n".join([*lines, *(f"  - {word}" for word in weak), "description: Y.", ""])


_ENTITIES = st.builds(entity, _WORDS, st.lists(_WORDS, max_size=4), st.lists(_WORDS, max_size=3))


@given(_ENTITIES, st.sampled_from(["", "\ufeff"]), st.sampled_from(["\n", "\r\n"]))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_mending_twice_is_mending_once_and_words_stay_what_they_are(
    tmp_path: Path, text: str, mark: str, end: str
) -> None:
    text = mark + text.replace("\n", end)
    path = put(tmp_path, text)
    before = check(tmp_path)
    write(tmp_path, mend(tmp_path).patches)
    after = path.read_bytes()
    assert len(check(tmp_path)) <= len(before) or text.startswith("\ufeff") or _hides(before)
    write(tmp_path, mend(tmp_path).patches)
    assert path.read_bytes() == after
    bare = (unicodedata.normalize("NFC", re.sub("[\ufeff\"']", "", written)) for written in (text, after.decode()))
    was, now = (set(re.findall(r"[^\s,\[\]]+", written)) for written in bare)
    assert was == now


def test_each_rule_that_says_so_is_mended_and_no_other_is() -> None:
    mended = {rule for rule, _before, _after in MENDED} | {"ambiguous-quote"}
    assert {rule.name for rule in ALL_RULES if rule.mending} == mended


@given(st.text(max_size=12), st.text(max_size=12))
def test_a_difference_makes_one_text_of_the_other(before: str, after: str) -> None:
    assert with_edits(before, [difference(before, after)]) == after
