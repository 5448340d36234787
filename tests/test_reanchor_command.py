"""``newsgloss reanchor`` on a publication under git: what it tells, what it writes, what it leaves to a person."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from build_scripts.cli import main
from build_scripts.editing.drift import check
from build_scripts.pipeline import understand
from tests.repositories import commit, git
from tests.thoroughness import tries

GOLDEN = Path(__file__).parent / "golden"
ARTICLE = "sources/articles/harbour-fire/article.md"
ANNOTATIONS = "sources/articles/harbour-fire/annotations.yml"
ANCHOR_RULES = {"words-gone", "ambiguous-quote", "anchor-strayed", "claim-changed", "quote-changed"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(GOLDEN / "sources", tmp_path / "root" / "sources")
    commit(tmp_path / "root")
    return tmp_path / "root"


def run(root: Path, *arguments: object) -> Result:
    result = CliRunner().invoke(main, ["reanchor", "--root", str(root), *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def edit(root: Path, *changes: tuple[str, str], path: str = ARTICLE) -> None:
    text = (root / path).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (root / path).write_text(text, encoding="utf-8")


def answers(root: Path, *arguments: object) -> dict[tuple[str, str], list[dict[str, Any]]]:
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for item in json.loads(run(root, "--format", "json", *arguments).stdout):
        found.setdefault((item["kind"], item["name"]), []).append(item)
    return found


def anchor_problems(root: Path) -> set[tuple[str, str]]:
    return {(problem.rule, str(problem.place)) for problem in check(root) if problem.rule in ANCHOR_RULES}


def test_nothing_changed_nothing_to_do(root: Path) -> None:
    result = run(root)
    assert result.output.endswith("0 moved, 0 meaning changed, 0 lost\n")
    assert result.exit_code == 0
    assert run(root, "--format", "diff").output == ""


def test_each_answer_is_told_with_words_place_and_reason(root: Path) -> None:
    edit(root, ("four minutes", "forty minutes"), ("“Nobody was hurt,”", '"Nobody was hurt,"'), ("The quay is 2 kilo", "The quay is 3 kilo"),
         ("> The brigade came fast, a harbour worker said, who feared for his job.\n", ""))  # fmt: skip
    result = run(root, "harbour-fire")
    assert result.exit_code == 1
    told = result.output
    assert f'{ANNOTATIONS}:10:35: meaning changed: quote nobody-hurt\n    was: "We were there in four minutes."' in told
    assert '    now: "We were there in forty minutes." at article.md:18:' in told
    assert "    why: words of a quotation: “four” became “forty” (score 0.9" in told
    assert "meaning changed: claim distance" in told
    assert "digits: “2” became “3”" in told
    assert "lost: quote came-fast" in told
    assert "moved: claim in-doubt" in told
    assert "glyphs of quotation marks or dashes differ" in told


def test_json_holds_what_a_program_needs(root: Path) -> None:
    edit(
        root, ("On Monday a warehouse", "Early on Monday a warehouse"), ("*Port Anna* burned", "*Port Anna* has burned")
    )
    (fire,) = answers(root)["mention", "the-fire"]
    text = understand(root)[0].articles["harbour-fire"].prose.text
    assert fire["answer"] == "unchanged"
    assert text[fire["now"]["start"] : fire["now"]["end"]] == fire["now"]["words"] == fire["was"] == "burned"
    assert fire["now"]["path"] == ARTICLE
    assert fire["written"] == {"path": ANNOTATIONS, "line": 4, "column": 31}
    assert (0 <= fire["score"] <= 1, fire["margin"] <= fire["score"], fire["selector"]) == (True, True, None)


def test_write_applies_what_is_sure_and_no_more(root: Path) -> None:
    edit(root, ("The quay is 2 kilometres", "The quay is 3 kilometres"), ("“Nobody was hurt,” said", "“Nobody was hurt,”  said"),
         ("> The brigade came fast, a harbour worker said, who feared for his job.\n", ""), ("a crane, which", "the crane, which"))  # fmt: skip
    before = (root / ANNOTATIONS).read_text(encoding="utf-8").splitlines()
    result = run(root, "--write")
    assert result.exit_code == 1
    after = (root / ANNOTATIONS).read_text(encoding="utf-8").splitlines()
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert changed == [('  - {claim: in-doubt, exact: "burned. “Nobody was hurt,” said"}', '  - {claim: in-doubt, exact: "burned. “Nobody was hurt,”  said"}')]  # fmt: skip
    assert "state: in-review" in (root / "sources/claims/distance.md").read_text(encoding="utf-8")
    assert "state: draft" in (root / "sources/claims/a-draft.md").read_text(encoding="utf-8")
    assert "wrote sources/claims/distance.md" in result.stderr


def test_after_writing_only_what_was_reported_is_left(root: Path) -> None:
    edit(root, ("four minutes", "forty minutes"), ("Monday a warehouse", "Monday, a warehouse"), ("The brigade came fast", "The brigade burned fast"),
         ("*Port Anna* burned", "*Port Anna* burned"), ("\n“Nobody", '\n"Nobody'), ("wanted\n    to see", "wanted to\u00a0see"))  # fmt: skip
    found = answers(root)
    left = {f"{item['written']['path']}:{item['written']['line']}:{item['written']['column']}"
            for items in found.values() for item in items if item["answer"] in ("meaning changed", "lost")}  # fmt: skip
    run(root, "--write")
    assert left
    assert {place for _rule, place in anchor_problems(root)} == left


@pytest.mark.parametrize("older", ["git", "file"])
def test_writing_twice_is_writing_once(root: Path, tmp_path: Path, older: str) -> None:
    shutil.copy(root / ARTICLE, tmp_path / "old.md")
    arguments = ["harbour-fire", "--old", tmp_path / "old.md"] if older == "file" else []
    edit(root, ("On Monday a warehouse in the harbour of *Port Anna* burned.", "All burned.\n\nOn Monday a warehouse in the harbour of *Port Anna* burned."),
         ("“Nobody was hurt,” said", "“Nobody was hurt,”  said"), ("The brigade came", "The  brigade came"))  # fmt: skip
    run(root, *arguments, "--write")
    once = {path: path.read_bytes() for path in sorted(root.rglob("sources/**/*")) if path.is_file()}
    result = run(root, *arguments, "--write")
    assert {path: path.read_bytes() for path in once} == once
    assert "wrote" not in result.stderr


def test_the_patch_is_what_would_be_written(root: Path, tmp_path: Path) -> None:
    edit(
        root,
        ("The quay is 2 kilometres", "The quay is 3 kilometres"),
        ("“Nobody was hurt,” said", "“Nobody was hurt,”  said"),
    )
    patch = run(root, "--format", "diff").stdout
    assert not git(root, "diff", "--name-only", "--", ANNOTATIONS)
    shutil.copytree(root, tmp_path / "other")
    run(root, "--write")
    subprocess.run(["git", "apply", "-"], cwd=tmp_path / "other", input=patch.encode(), check=True)
    for path in (ANNOTATIONS, "sources/claims/distance.md"):
        assert (tmp_path / "other" / path).read_bytes() == (root / path).read_bytes()


def test_lines_that_end_in_crlf_keep_them(root: Path, tmp_path: Path) -> None:
    (root / ANNOTATIONS).write_bytes((root / ANNOTATIONS).read_bytes().replace(b"\n", b"\r\n"))
    commit(root)
    edit(root, ("“Nobody was hurt,” said", "“Nobody was hurt,”  said"))
    patch = run(root, "--format", "diff").stdout_bytes
    shutil.copytree(root, tmp_path / "other")
    run(root, "--write")
    written = (root / ANNOTATIONS).read_bytes()
    assert written.count(b"\r\n") == written.count(b"\n")
    subprocess.run(["git", "apply", "-"], cwd=tmp_path / "other", input=patch, check=True)
    assert (tmp_path / "other" / ANNOTATIONS).read_bytes() == written


def test_the_old_text_is_that_of_the_last_commit_in_which_all_anchors_held(root: Path) -> None:
    edit(root, ("four minutes", "forty minutes"))
    commit(root)
    edit(root, ("forty minutes", "fifty minutes"))
    commit(root)
    (claim,) = answers(root)["claim", "four-minutes"]
    assert (claim["was"], claim["answer"]) == ("We were there in four minutes", "meaning changed")
    (against,) = answers(root, "--against", "HEAD")["claim", "four-minutes"]
    assert against["answer"] == "lost"


def test_a_file_is_the_older_text_where_git_knows_none(root: Path, tmp_path: Path) -> None:
    shutil.copy(root / ARTICLE, tmp_path / "old.md")
    shutil.rmtree(root / ".git")
    edit(root, ("four minutes", "forty minutes"))
    assert "--old FILE" in run(root).stderr
    assert run(root).exit_code == 2
    assert (
        answers(root, "harbour-fire", "--old", tmp_path / "old.md")["claim", "four-minutes"][0]["answer"]
        == "meaning changed"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--against", "nonsense"], "nonsense names no commit"),
        (["--against", "--output=/tmp/x"], "names no commit"),
        (["no-such-article"], "no article no-such-article in sources/articles/"),
        (["--old", __file__], "name it"),
        (["harbour-fire", "--old", __file__], "is no older text of harbour-fire"),
        (["harbour-fire", "--old", __file__, "--against", "HEAD"], "exclude each other"),
        (["harbour-fire", "--old", str(GOLDEN / "sources/articles/harbour-fire/quay.png")], "is no text in UTF-8"),
        (["--format", "xml"], "Invalid value"),
    ],
)
def test_wrong_usage_is_told(root: Path, arguments: list[str], message: str) -> None:
    result = run(root, *arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_an_article_that_is_new_is_named_and_the_others_followed(root: Path) -> None:
    shutil.copytree(root / "sources/articles/harbour-fire", root / "sources/articles/new-fire")
    result = run(root)
    assert "sources/articles/new-fire/article.md has no commit in which all its anchors held" in result.stderr
    assert "harbour-fire" not in result.stderr


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ("  - {claim: a-draft, # why\n    claim: a-draft, exact: a crane}\n", "(duplicate-key)"),
        ("  - : [\n", "(yaml-syntax)"),
        ("<<<<<<< HEAD\n", "(yaml-syntax)"),
    ],
)
def test_what_can_not_be_read_is_told_and_stays(root: Path, broken: str, told: str) -> None:
    path = root / ANNOTATIONS
    path.write_text(
        path.read_text(encoding="utf-8").replace("  - {claim: a-draft, exact: a crane}\n", broken), encoding="utf-8"
    )
    edit(root, ("“Nobody was hurt,” said", "“Nobody was hurt,”  said"))
    before = path.read_bytes()
    result = run(root, "--write")
    assert result.exit_code == 1
    assert told in result.stderr
    assert path.read_bytes() == before or told == "(duplicate-key)"


def test_what_a_person_looked_at_is_not_undone(root: Path) -> None:
    edit(root, ("The quay is 2 kilometres", "Nobody denies that the quay is 2 kilometres"))
    edit(root, ("exact: The quay is", "exact: the quay is"), path=ANNOTATIONS)
    claim = "sources/claims/four-minutes.md"
    edit(root, ("“We were there in four", "“It is untrue that We were there in four"))
    run(root, "--write")
    assert "state: in-review" in (root / claim).read_text(encoding="utf-8")
    edit(root, ("state: in-review", "state: published"), ("checked: 2024-03-0", "checked: 2024-04-0"), path=claim)
    result = run(root, "--write")
    assert "state: published" in (root / claim).read_text(encoding="utf-8")
    assert "its check was changed since" in result.stdout
    assert ("claim-changed", f"{ANNOTATIONS}:24:34") not in anchor_problems(root)


@pytest.mark.parametrize("setting", ["diff.noprefix", "diff.mnemonicPrefix", "log.showSignature", "core.quotePath"])
def test_a_persons_git_settings_change_nothing(root: Path, setting: str) -> None:
    git(root, "config", setting, "true")
    edit(root, ("“We were there in four", "“It is untrue that We were there in four"))
    assert ("claim-changed", f"{ANNOTATIONS}:24:34") in anchor_problems(root)


def test_what_others_changed_meanwhile_is_not_told(root: Path) -> None:
    git(root, "branch", "-q", "theirs")
    edit(root, ("\nThe quay", "\nRain fell.\n\nThe quay"))
    commit(root)
    ours = git(root, "rev-parse", "HEAD").strip()
    git(root, "checkout", "-q", "theirs")
    edit(root, ("“We were there in four", "“It is untrue that We were there in four"))
    edit(root, ("checked: 2024-03-0", "checked: 2024-04-0"), path="sources/claims/four-minutes.md")
    commit(root)
    git(root, "checkout", "-q", ours)
    assert not [problem for problem in check(root, "theirs") if problem.rule in ANCHOR_RULES]


def test_the_patch_applies_in_a_subfolder_of_the_repository(tmp_path: Path) -> None:
    root = tmp_path / "top" / "site"
    shutil.copytree(GOLDEN / "sources", root / "sources")
    commit(tmp_path / "top")
    edit(root, ("“Nobody was hurt,” said", "“Nobody was hurt,”  said"))
    patch = run(root, "--format", "diff").stdout_bytes
    subprocess.run(["git", "apply", "-"], cwd=root, input=patch, check=True)
    assert "hurt,”  said" in (root / ANNOTATIONS).read_text(encoding="utf-8")


def test_a_file_that_can_not_be_written_is_told_and_whole(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(root, ("“Nobody was hurt,” said", "“Nobody was hurt,”  said"))
    before = sorted(path.name for path in (root / ANNOTATIONS).parent.iterdir())
    text = (root / ANNOTATIONS).read_bytes()

    def full(*_arguments: object, **_options: object) -> None:
        raise OSError(28, "No space left on device", ANNOTATIONS)

    monkeypatch.setattr(Path, "replace", full)
    result = run(root, "--write")
    assert result.exit_code == 1
    assert "Error: " in result.stderr
    assert "No space left on device" in result.stderr
    assert (root / ANNOTATIONS).read_bytes() == text
    assert sorted(path.name for path in (root / ANNOTATIONS).parent.iterdir()) == before


SENTENCES = st.sampled_from(
    ["The mayor was told at nine.", "Rain helped.", "“Nobody knows why”, she said.", "В порту горів склад."]
)


@settings(max_examples=tries(25, 10), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_edit_of_the_text_is_followed_and_writing_settles_it(root: Path, data: st.DataObject) -> None:
    git(root, "checkout", "-q", "--", ".")
    path = root / ARTICLE
    front, body = path.read_text(encoding="utf-8").split("\n---\n", 1)
    blocks = [block for block in body.split("\n\n") if block.strip()]
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(blocks) - 1))
        change: Callable[[], object] = data.draw(
            st.sampled_from(
                [
                    lambda at=at: blocks.insert(at, data.draw(SENTENCES)),
                    lambda at=at: blocks.append(blocks.pop(at)),
                    lambda at=at: blocks.pop(at) if len(blocks) > 1 else None,
                    lambda at=at: blocks.insert(at, blocks[at]),
                    lambda at=at: blocks.__setitem__(at, blocks[at].replace(" in ", " not in ", 1)),
                    lambda at=at: blocks.__setitem__(at, blocks[at].replace("“", '"').replace("”", '"')),
                ]
            )
        )
        change()
    path.write_text(front + "\n---\n" + "\n\n".join(blocks) + "\n", encoding="utf-8")
    reported = {
        f"{item['written']['path']}:{item['written']['line']}:{item['written']['column']}"
        for items in answers(root).values()
        for item in items
        if item["answer"] in ("meaning changed", "lost")
    }
    run(root, "--write")
    once = (root / ANNOTATIONS).read_bytes()
    run(root, "--write")
    assert (root / ANNOTATIONS).read_bytes() == once
    lines = {place.rpartition(":")[0] for place in reported}
    assert {place.rpartition(":")[0] for rule, place in anchor_problems(root) if rule != "quote-changed"} <= lines
