"""The command line: what it prints, what it writes, how it exits."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from build_scripts.cli import group, main
from build_scripts.cli.publishing import FORMATS
from build_scripts.permanence import promised
from build_scripts.pipeline import build, understand
from build_scripts.staging import DOWNLOADS

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(GOLDEN / "sources", tmp_path / "root" / "sources")
    return tmp_path / "root"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def break_article(root: Path) -> None:
    path = root / "sources/articles/harbour-fire/article.md"
    path.write_text(path.read_text(encoding="utf-8").replace("four minutes", "forty minutes"), encoding="utf-8")


def test_clean_sources_exit_0_though_there_are_warnings(root: Path) -> None:
    result = run("check", "--root", root)
    assert result.exit_code == 0
    assert result.output.endswith("0 errors, 1 warning\n")


def test_problems_exit_1_with_place_rule_and_hint(root: Path) -> None:
    break_article(root)
    result = run("check", "--root", root)
    assert result.exit_code == 1
    assert 'annotations.yml:10:35: error: "We were there in four minutes." does not stand in' in result.output
    assert "(words-gone)\n    hint: " in result.output


@pytest.mark.parametrize(
    "arguments",
    [["check", "--format", "xml"], ["check", "--root", "/nowhere"], ["build"], ["new", "article"], ["nonsense"], ["new", "article", "--root", GOLDEN, "No Id"],
     ["new", "article", "--root", GOLDEN, "harbour-fire"], ["build", "--root", GOLDEN, "--out", GOLDEN], ["export"],
     ["export", "--root", GOLDEN, "--out", GOLDEN], ["export", "--root", GOLDEN, "--out", "/nowhere", "--format", "xls"]],
)  # fmt: skip
def test_wrong_usage_exits_2_with_a_reason(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Error: " in result.output


def test_json_is_for_programs(root: Path) -> None:
    break_article(root)
    problems = json.loads(run("check", "--root", root, "--format", "json").output)
    assert [problem["rule"] for problem in problems if problem["severity"] == "error"] == ["words-gone", "words-gone"]
    assert problems[0]["path"] == "sources/articles/harbour-fire/annotations.yml"
    assert (problems[0]["line"], problems[0]["column"]) == (10, 35)


def test_github_gets_annotations_and_a_full_summary(
    root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for number in range(15):
        (root / f"sources/entities/broken-{number:02}.yml").write_text("type: town\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    result = run("check", "--root", root, "--format", "github")
    assert result.exit_code == 1
    assert result.output.count("::error file=") == 10
    assert "more errors: all are in the list below" in result.output
    summary = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert all(f"broken-{number:02}.yml" in summary for number in range(15))


def test_problems_near_the_change_come_first(root: Path) -> None:
    git = ["git", "-C", str(root), "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for number in range(15):
        (root / f"sources/entities/broken-{number:02}.yml").write_text("type: town\nname: X\ndescription: X.\n")
    subprocess.run(["git", "init", "--quiet", str(root)], check=True)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "--quiet", "--message", "x"], check=True)
    (root / "sources/entities/broken-14.yml").write_text("type: village\nname: X\ndescription: X.\n")
    output = run("check", "--root", root, "--format", "github", "--changed-since", "HEAD").output
    assert output.startswith("::error file=sources/entities/broken-14.yml,line=1,col=7,title=wrong-value::")


def test_a_commit_that_looks_like_an_option_is_none(root: Path, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", str(root)], check=True)
    written = tmp_path / "written"
    result = run("check", "--root", root, "--format", "github", "--changed-since", f"--output={written}")
    assert result.exit_code == 2
    assert "names no commit" in result.output
    assert not written.exists()


def test_an_annotation_is_one_line_with_its_hint(root: Path) -> None:
    (root / "sources/entities/broken.yml").write_text('type: "##[add-mask]%e"\nname: X\ndescription: X.\n')
    first = run("check", "--root", root, "--format", "github").output.splitlines()[0]
    assert first == (
        "::error file=sources/entities/broken.yml,line=1,col=7,title=wrong-value::`type`: the text "
        "\"## [add-mask]%25e\" is not one of the known words%0Ahint: write one of 'person', 'organisation', "
        "'place', 'weapon', 'document', 'event', 'group' or 'other'"
    )


def test_a_file_name_stays_in_its_cell_of_the_summary(
    root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (root / "sources/entities/a\n\n[click](https:x)|.yml").write_text("type: town\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    run("check", "--root", root, "--format", "github")
    rows = (tmp_path / "summary.md").read_text(encoding="utf-8").splitlines()[2:]
    assert all(row.startswith("|") and row.endswith("|") for row in rows)
    assert not any("[click]" in row.replace("\\[", "") for row in rows)


def test_build_writes_the_site_and_says_so(root: Path, tmp_path: Path) -> None:
    result = run("build", "--root", root, "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert (tmp_path / "out/docs/articles/harbour-fire/index.md").is_file()
    assert (tmp_path / "out/docs/articles/harbour-fire/quay.png").is_file()
    assert f"{len(build(root).pages)} pages" in result.output


def test_export_writes_what_the_site_has_for_download(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (root / "mkdocs.yml").write_text("site_url: https://news.example/\n")
    result = run("export", "--root", root, "--out", out)
    assert result.exit_code == 0
    site = build(root, home="https://news.example/")
    expected = {
        asset.uri.removeprefix("data/"): asset.data
        for asset in site.assets
        if asset.uri.startswith(("data/", "feeds/"))
    }
    found = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert found.pop(".newsgloss").startswith(b"Made by newsgloss export")
    assert found == expected
    assert {"claims.csv", "claims.json", "newsgloss.sqlite", "claimreview.jsonld", "annotations.jsonld"} <= set(found)
    assert f"{len(found)} files in {out}" in result.output
    assert "0 changed" in run("export", "--root", root, "--out", out).output


def test_export_leaves_only_the_formats_that_are_asked_for(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("export", "--root", root, "--out", out)
    run("export", "--root", root, "--out", out, "--format", "csv", "--format", "sqlite")
    names = {path.name for path in out.iterdir()}
    assert {Path(name).suffix for name in names - {".newsgloss", "datapackage.json", "datasette.json"}} == {
        ".csv",
        ".sqlite",
    }
    assert {"datapackage.json", "datasette.json"} <= names


def test_build_and_export_do_not_take_each_others_folder(root: Path, tmp_path: Path) -> None:
    for first, second in (("build", "export"), ("export", "build")):
        out = tmp_path / first
        run(first, "--root", root, "--out", out)
        before = sorted(out.rglob("*"))
        result = run(second, "--root", root, "--out", out)
        assert result.exit_code == 2
        assert "was not made by this command" in result.output
        assert sorted(out.rglob("*")) == before


def test_every_download_has_a_format() -> None:
    patterns = [pattern for names in FORMATS.values() for pattern in names]
    downloads = [
        Path(asset.uri)
        for asset in build(GOLDEN, home="https://news.example/").assets
        if asset.uri.startswith(DOWNLOADS)
    ]
    assert [path for path in downloads if not any(path.match(pattern) for pattern in patterns)] == []


@pytest.mark.parametrize("command", ["build", "export"])
def test_with_errors_nothing_is_written(root: Path, tmp_path: Path, command: str) -> None:
    break_article(root)
    result = run(command, "--root", root, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "(words-gone)" in result.output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["build", "export"])
def test_a_target_that_cannot_be_written_is_told(root: Path, tmp_path: Path, command: str) -> None:
    (tmp_path / "file").write_text("x")
    result = run(command, "--root", root, "--out", tmp_path / "file" / "out")
    assert result.exit_code == 1
    assert "can't be written" in result.output


def test_a_broken_mkdocs_yml_is_told(root: Path, tmp_path: Path) -> None:
    (root / "mkdocs.yml").write_text("a: [\n")
    result = run("build", "--root", root, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "mkdocs.yml can't be copied: not YAML" in result.output


def test_addresses_are_added_and_none_is_ever_taken_out(root: Path) -> None:
    listed = root / "sources/addresses.txt"
    number = len(promised(understand(root)[0]))
    assert run("addresses", "--root", root).output == f"{number} addresses added to sources/addresses.txt\n"
    assert "articles/harbour-fire/#q-nobody-hurt\n" in listed.read_text(encoding="utf-8")
    listed.write_text(listed.read_text(encoding="utf-8") + "claims/long-gone/\n", encoding="utf-8")
    assert run("addresses", "--root", root).output == "0 addresses added to sources/addresses.txt\n"
    assert "claims/long-gone/\n" in listed.read_text(encoding="utf-8")


def test_schema_writes_all_schemas(root: Path) -> None:
    assert run("schema", "--root", root).exit_code == 0
    assert len(list((root / "sources/schemas").glob("*.schema.json"))) == 7


def test_the_module_is_the_command_and_a_pipe_gets_no_progress(root: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "build_scripts", "build", "--root", str(root), "--out", str(tmp_path / "out")]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "\r" not in result.stdout + result.stderr
    assert "Pages" not in result.stderr


@pytest.mark.parametrize("command", ["check", "build", "new article", "new entity", "new claim", "schema", "addresses"])
def test_help_is_enough_to_work_from(command: str) -> None:
    output = run(*command.split(), "--help").output
    assert f"Usage: main {command}" in output or f"Usage: newsgloss {command}" in output
    assert "--root" in output


def test_every_command_is_found_where_its_module_stands() -> None:
    modules = {path.stem for path in Path(group.__file__).parent.glob("*.py")} - {"__init__", "group", "spreading"}
    assert set(group.MODULES.values()) == modules
    for name, module in group.MODULES.items():
        command = main.get_command(click.Context(main), name)
        assert command is not None
        assert command.callback is not None
        assert command.callback.__module__ == f"build_scripts.cli.{module}"
    assert set(main.commands) == set(group.MODULES), "a command that no name leads to"


def test_a_command_does_not_load_what_others_need() -> None:
    script = (
        "import sys; from build_scripts.cli import main; print({'lxml', 'mammoth', 'trafilatura'} & set(sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout == "set()\n"
