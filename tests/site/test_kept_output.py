"""A build that keeps what is there gives the site that a build from nothing gives, and touches nothing else."""

from __future__ import annotations

import logging
import multiprocessing
import os
import shutil
import signal
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import resvg_py
from mkdocs import utils
from mkdocs.commands.build import build
from mkdocs.commands.gh_deploy import gh_deploy
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File

from build_scripts.accelerator import run
from build_scripts.accelerator.formula import Formula
from build_scripts.accelerator.output import Output
from build_scripts.accelerator.run import Command
from build_scripts.accelerator.split import Split
from tests.html import tree
from tests.repositories import commit, git
from tests.site.building import REPOSITORY, UNDRAWN, Built, build_with_mkdocs, new_root
from tests.thoroughness import tries

GOLDEN = REPOSITORY / "tests" / "golden" / "sources"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A root with the golden publication, whose pictures are drawn in no time."""
    monkeypatch.setattr(resvg_py, "svg_to_bytes", lambda **_given: b"drawn")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    made = new_root(tmp_path / "root")
    shutil.rmtree(made / "sources")
    shutil.copytree(GOLDEN, made / "sources")
    return made


def built(root: Path, command: Command = "build", *, dirty: bool = False, **asked: Any) -> Path:
    config = load_config(str(root / "mkdocs.yml"), **asked)
    config.plugins.on_startup(command=command, dirty=dirty)
    build(config, dirty=dirty)
    assert Path(config.site_dir) == Path(str(asked.get("site_dir", root / "site")))
    if command == "gh-deploy":
        gh_deploy(config)
    return Path(config.site_dir)


def contents(site: Path) -> dict[str, bytes]:
    return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def traces(site: Path) -> dict[str, tuple[int, int]]:
    facts = {str(path.relative_to(site)): path.stat() for path in site.rglob("*") if path.is_file()}
    return {path: (fact.st_ino, fact.st_mtime_ns) for path, fact in facts.items()}


def clean(root: Path, monkeypatch: pytest.MonkeyPatch, *, dirty: bool = False) -> dict[str, bytes]:
    """What plain MkDocs makes of it."""
    with monkeypatch.context() as off:
        off.setenv("NEWSGLOSS_ACCELERATE", "0")
        return contents(built(root, site_dir=str(root.parent / "plain"), dirty=dirty))


def assert_same(found: dict[str, bytes], expected: dict[str, bytes]) -> None:
    assert found.keys() == expected.keys()
    assert differing(found, expected) == []


def differing(found: dict[str, bytes], expected: dict[str, bytes]) -> list[str]:
    """The files that both have which differ; pages may, in how the same tree is written."""
    return [path for path, data in found.items() if path in expected and not _is_same(path, data, expected[path])]


def _is_same(path: str, one: bytes, other: bytes) -> bool:
    return one == other or (path.endswith(".html") and tree(one.decode()) == tree(other.decode()))


def test_the_site_is_that_of_plain_mkdocs_and_stays_untouched(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = clean(root, monkeypatch)
    site = built(root)
    assert_same(contents(site), expected)
    before = traces(site)
    assert written(root, monkeypatch) == {"404.html"}  # which no text is behind
    assert traces(site) == before
    assert_same(contents(site), expected)
    assert [path.name for path in (root / ".cache" / "newsgloss").iterdir() if path.is_dir()] == []


def test_what_somebody_did_to_the_site_is_undone(root: Path) -> None:
    site = built(root)
    expected = contents(site)
    page = site / "claims" / "index.html"
    page.write_text("changed", encoding="utf-8")
    (site / "sitemap.xml").unlink()
    (site / "old").mkdir()
    (site / "old" / "page.html").write_text("old", encoding="utf-8")
    (site / ".nojekyll").touch()  # MkDocs leaves it alone too
    shutil.rmtree(site / "entities")
    (site / "entities").write_text("no folder", encoding="utf-8")
    built(root)
    assert contents(site) == expected | {".nojekyll": b""}
    assert not (site / "old").exists()


def written(root: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The pages that MkDocs writes in one more build."""
    names = set()
    write = utils.write_file

    def noted(content: bytes, output_path: str) -> None:
        names.add(Path(output_path).parent.name if output_path.endswith("index.html") else Path(output_path).name)
        write(content, output_path)

    with monkeypatch.context() as listening:
        listening.setattr(utils, "write_file", noted)
        built(root)
    return names


def edits(root: Path) -> Iterator[str]:
    """Changes of every kind, after one another."""
    entity = root / "sources" / "entities" / "port-anna.yml"
    entity.write_text(
        entity.read_text(encoding="utf-8").replace("description: ", "description: Now "), encoding="utf-8"
    )
    page = root / "docs" / "about.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n[Nowhere](index.md#nowhere)\n", encoding="utf-8")
    yield "an entity and a page"
    template = root / "docs" / ".overrides" / "partials" / "report.html"
    template.write_text("<p>{{ page.markdown | length }} {{ page.toc | length }}</p>", encoding="utf-8")
    yield "a template that shows what a page is made of"
    settings = root / "mkdocs.yml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("Home: index.md", "Start: index.md"), encoding="utf-8"
    )
    (root / "docs" / "more.md").write_text("# More\n", encoding="utf-8")
    (root / "docs" / "search.md").unlink()
    yield "the navigation, and pages that come and go"
    settings.write_text(settings.read_text(encoding="utf-8") + "\nuse_directory_urls: false\n", encoding="utf-8")
    yield "addresses"


def test_after_any_edit_the_site_is_that_of_plain_mkdocs(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = built(root)
    for _edit in edits(root):
        built(root)
        assert_same(contents(site), clean(root, monkeypatch))


def test_a_dirty_build_is_that_of_plain_mkdocs_and_leads_no_later_one_astray(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = built(root)
    shutil.copytree(site, root.parent / "plain")
    for _edit in islice(edits(root), tries(4)):
        built(root, dirty=True)
        assert_same(contents(site), clean(root, monkeypatch, dirty=True))
    built(root)
    assert_same(contents(site), clean(root, monkeypatch))


def test_what_is_deployed_is_the_published_site(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remote, fetched = root.parent / "remote.git", root.parent / "fetched"
    git(root.parent, "init", "-q", "--bare", str(remote))
    commit(root)
    git(root, "remote", "add", "origin", str(remote))
    monkeypatch.chdir(root)
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Tests")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "tests@example.org")
    with monkeypatch.context() as asked:
        asked.setenv("NEWSGLOSS_PREVIEW", "1")  # a preview is never deployed
        built(root, "gh-deploy")
        next(edits(root))
        site = built(root, "gh-deploy")
    git(root.parent, "clone", "-q", "--branch", "gh-pages", str(remote), str(fetched))
    shutil.rmtree(fetched / ".git")
    (fetched / ".nojekyll").unlink()
    assert contents(fetched) == contents(site)
    assert_same(contents(site), clean(root, monkeypatch))


def test_the_repositorys_own_site_is_that_of_plain_mkdocs(real_site: Built, tmp_path: Path) -> None:
    plain = build_with_mkdocs(REPOSITORY, tmp_path / "plain", NEWSGLOSS_ACCELERATE="0", **UNDRAWN)
    assert (plain.status, real_site.status) == (0, 0), plain.log
    found, expected = contents(real_site.site), contents(plain.site)
    assert_same(found, expected | {path: data for path, data in found.items() if path in expected and is_drawn(path)})


def is_drawn(path: str) -> bool:
    return path.startswith("pictures/")


def test_warnings_come_again_from_pages_that_are_kept(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    page = root / "docs" / "reading.md"
    page.write_text("# Reading\n\n[a](index.md#nowhere) [b](nowhere.md) [b](nowhere.md)\n", encoding="utf-8")
    heard = []
    for _time in range(2):
        caplog.clear()
        with caplog.at_level(logging.WARNING):
            built(root)
        heard.append(sorted(record.getMessage() for record in caplog.records if "reading.md" in record.getMessage()))
    assert len(heard[0]) == 3
    assert heard[0] == heard[1]
    with pytest.raises(Abort):
        built(root, strict=True)


def test_a_build_that_fails_leaves_the_site_as_it_was(root: Path) -> None:
    site = built(root)
    before = traces(site)
    (root / "docs" / ".overrides" / "partials" / "report.html").write_text("{{ nothing.of.that }}", encoding="utf-8")
    with pytest.raises(Exception, match="nothing"):
        built(root)
    assert traces(site) == before
    assert [path.name for path in (root / ".cache" / "newsgloss").iterdir() if path.is_dir()] == []


def test_the_leavings_of_a_killed_build_are_cleared_away(root: Path) -> None:
    left = root / ".cache" / "newsgloss" / "site-999999999-x"
    left.mkdir(parents=True)
    (left / "half.html").write_text("<p", encoding="utf-8")
    living = left.with_name(f"site-{os.getpid()}-x")
    living.mkdir()
    built(root)
    assert not left.exists()
    assert living.exists()


def test_without_a_cache_the_site_is_made_all_the_same(root: Path) -> None:
    (root / ".cache").write_text("no folder", encoding="utf-8")
    site = built(root)
    assert (site / "index.html").is_file()


def test_only_pages_that_show_what_was_edited_are_written(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built(root)
    page = root / "docs" / "about.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    assert written(root, monkeypatch) == {"404.html", "about"}


def test_a_template_that_lists_all_pages_has_all_made_anew(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    template = root / "docs" / ".overrides" / "partials" / "report.html"
    template.write_text("{# pages #}{{ pages | length }}", encoding="utf-8")
    built(root)
    assert len(written(root, monkeypatch)) > 10


def test_pages_put_together_by_formula_are_those_of_the_template(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as plain:
        plain.setattr(run, "is_steady", lambda _config: False)
        expected = contents(built(root))
    shutil.rmtree(root / "site")
    by_formula = []
    result = Formula.result

    def noted(formula: Formula, known: Any) -> str | None:
        text = result(formula, known)
        by_formula.append(text)
        return text

    monkeypatch.setattr(Formula, "result", noted)
    assert contents(built(root)) == expected
    assert len(by_formula) > 10
    assert None not in by_formula


@pytest.fixture
def alone(root: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """The site that one process makes; the next build starts from nothing, with two."""
    site = built(root)
    found = contents(site)
    shutil.rmtree(site)
    shutil.rmtree(root / ".cache")
    monkeypatch.setenv("NEWSGLOSS_WORKERS", "2")
    return found


def test_two_processes_make_the_bytes_that_one_makes_and_leave_mkdocs_nothing(
    root: Path, alone: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert written(root, monkeypatch) == {"404.html"}
    site = root / "site"
    assert contents(site) == alone
    before = traces(site)
    assert written(root, monkeypatch) == {"404.html"}
    assert traces(site) == before


@pytest.mark.parametrize(
    ("path", "is_deadly"), [("about/index.html", True), ("feeds/claims.json", True), ("claims/index.html", False)]
)
def test_what_a_process_does_not_give_is_made_all_the_same(
    root: Path, alone: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, path: str, is_deadly: bool
) -> None:
    own, write_one = os.getpid(), Split.write_one
    assert path in alone

    def failing(split: Split, file: File) -> bool:
        if file.dest_uri != path:
            return write_one(split, file)
        assert os.getpid() != own
        Path(file.abs_dest_path).parent.mkdir(parents=True, exist_ok=True)
        Path(file.abs_dest_path).write_text("half", encoding="utf-8")
        if is_deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        return False

    monkeypatch.setattr(Split, "write_one", failing)
    assert contents(built(root)) == alone


@pytest.mark.usefixtures("alone")
def test_what_is_wrong_is_told_as_by_one_process(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    page = root / "docs" / "reading.md"
    page.write_text("# Reading\n\n[a](index.md#nowhere) [b](nowhere.md)\n", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        built(root)
    assert len([record for record in caplog.records if "reading.md" in record.getMessage()]) == 2
    (root / "docs" / ".overrides" / "partials" / "report.html").write_text("{{ nothing.of.that }}", encoding="utf-8")
    caplog.clear()
    with pytest.raises(Exception, match="nothing"):
        built(root)
    assert [record.getMessage() for record in caplog.records if "Error building" in record.getMessage()]


def odd_sites(root: Path) -> Iterator[str]:
    """Sites in which it matters who writes which file, and when."""
    (root / "docs" / ".overrides" / "partials" / "report.html").write_text("{{ pages | length }}", encoding="utf-8")
    yield "a template that lists all pages"
    (root / "docs" / ".overrides" / "partials" / "report.html").write_text("", encoding="utf-8")
    (root / "docs" / "404.md").write_text("# Not here\n", encoding="utf-8")
    settings = root / "mkdocs.yml"
    plain = settings.read_text(encoding="utf-8")
    settings.write_text(f"{plain}\nuse_directory_urls: false\n", encoding="utf-8")
    yield "a page in place of one that the theme has"
    (root / "docs" / "404.md").unlink()
    (root / "docs" / "all.html").write_text("{% for page in pages %}{{ page.url }} {% endfor %}", encoding="utf-8")
    settings.write_text(f"{plain}\nextra_templates: [all.html]\n", encoding="utf-8")
    yield "a template of the site's own"


def test_odd_sites_are_those_of_one_process(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for site in odd_sites(root):
        found = []
        for number in ("1", "2"):
            monkeypatch.setenv("NEWSGLOSS_WORKERS", number)
            shutil.rmtree(root / ".cache", ignore_errors=True)
            shutil.rmtree(root / "site", ignore_errors=True)
            found.append(contents(built(root)))
        assert found[0] == found[1], site


def test_a_process_that_a_build_leaves_behind_holds_up_no_other(tmp_path: Path) -> None:
    first = Output(tmp_path / "site", tmp_path)
    context = multiprocessing.get_context("fork")
    is_over = context.Event()
    left = context.Process(target=is_over.wait)
    left.start()
    first.close()
    Output(tmp_path / "site", tmp_path).close()
    assert left.is_alive()
    is_over.set()
    left.join()
