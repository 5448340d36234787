"""What is not published stands in a preview only, marked as such; the published site is as if it did not exist."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import PluginCollection
from mkdocs.structure.files import Files

from build_scripts import mkdocs_hook
from build_scripts.cache import Cache, lasting
from build_scripts.cli import main
from build_scripts.permanence import promised
from build_scripts.pipeline import build, understand
from build_scripts.site import Site
from build_scripts.workers.shards import Workers

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden"
HOME = "https://news.example/"
NOT_PUBLISHED = {
    "a-draft": "Draft, not reviewed: not part of the published site",
    "in-doubt": "In review: not part of the published site",
}
AGAIN = {"looked-at-again": "In review again: the published site shows no verdict here"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(GOLDEN / "sources", tmp_path / "sources")
    return tmp_path


@pytest.fixture(scope="module")
def preview() -> Site:
    return build(GOLDEN, home=HOME, is_preview=True)


def pages_of(site: Site) -> dict[str, str]:
    return {page.uri: page.text for page in site.pages}


def test_a_check_that_never_was_published_leaves_no_trace_on_the_published_site(root: Path) -> None:
    site = build(root, home=HOME)
    for name in NOT_PUBLISHED:
        (root / f"sources/claims/{name}.md").unlink()
        for path in root.glob("sources/articles/*/annotations.yml"):
            lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
            path.write_text("".join(line for line in lines if f"claim: {name}," not in line), encoding="utf-8")
    without = build(root, home=HOME)
    assert pages_of(site) == pages_of(without)
    assert {asset.uri: asset.data for asset in site.assets} == {asset.uri: asset.data for asset in without.assets}
    assert promised(understand(GOLDEN)[0]) == promised(understand(root)[0])


def test_a_preview_has_all_that_the_published_site_has_and_offers_no_more_for_others(preview: Site) -> None:
    published = build(GOLDEN, home=HOME)
    assert pages_of(preview).keys() - pages_of(published).keys() == {f"claims/{name}.md" for name in NOT_PUBLISHED}
    assert pages_of(published).keys() <= pages_of(preview).keys()
    offered, shown = (
        {asset.uri: asset for asset in site.assets if not asset.uri.startswith("pagefind/")}
        for site in (published, preview)
    )
    assert shown.keys() <= offered.keys()
    left_out = offered.keys() - shown.keys()
    assert all(uri.startswith("data/") or uri.endswith(".epub") for uri in left_out), "what takes time"
    assert not any("\nbook: " in text for text in pages_of(preview).values()), "nor does a page lead there"
    assert [uri for uri in shown if shown[uri].data != offered[uri].data] == []


@pytest.mark.parametrize(("name", "told"), [*NOT_PUBLISHED.items(), *AGAIN.items()])
def test_wherever_it_is_named_it_is_told_to_be_no_more_than_proposed(preview: Site, name: str, told: str) -> None:
    library, _problems = understand(GOLDEN)
    claim = library.claims[name]
    page = pages_of(preview)[f"claims/{name}.md"]
    heading, _gap, after = page.partition(" { #title }\n\n")
    assert f'title: "Not published: {claim.facts.claim_reviewed}"' in heading
    assert after.startswith(f'<span class="proposal" role="note">{told}</span>\n')
    verdict = f"Proposed: {library.ratings[claim.facts.rating].label}"
    assert f'<span class="state">{verdict}</span> {claim.facts.summary}' in after
    assert "{ #supports }" in after
    lines = [
        line
        for text in pages_of(preview).values()
        for line in text.splitlines()
        if re.search(rf"[(/]{name}\.md\)", line) and not line.startswith("This page has moved")
    ]
    assert len(lines) > 1
    for line in lines:
        assert f'{name}.md) <span class="proposal">{told}</span>' in line


def test_nothing_is_offered_to_be_shared_that_is_not_published(preview: Site) -> None:
    for name in NOT_PUBLISHED:
        assert [asset.uri for asset in preview.assets if name in asset.uri] == []
        assert [uri for uri, text in pages_of(preview).items() if f"/claims/{name}/index.html" in text] == []
        assert re.search(r"^(?:image|oembed|jsonld):", pages_of(preview)[f"claims/{name}.md"], re.MULTILINE) is None


def test_a_preview_promises_no_address() -> None:
    library, _problems = understand(GOLDEN)
    assert promised(library.with_proposals()) == promised(library)


@pytest.mark.parametrize("is_preview", [False, True])
def test_what_a_machine_suggested_is_on_no_site(root: Path, is_preview: bool) -> None:
    path = root / "sources/articles/harbour-fire/annotations.yml"
    text = path.read_text(encoding="utf-8")
    assert "status: suggested" in text
    path.write_text(
        text.replace("exact: a crane}", "exact: a crane, status: suggested}").replace(
            "mentions:\n", "mentions:\n  - {entity: the-fire, exact: quay, occurrence: 1, status: suggested}\n"
        ),
        encoding="utf-8",
    )
    article = pages_of(build(root, is_preview=is_preview))["articles/harbour-fire/index.md"]
    for anchor in ("q-not-yet", "c-a-draft", "m-the-fire-2"):
        assert f'id="{anchor}"' not in article


def test_the_command_line_shows_them_only_where_it_is_asked_to(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSGLOSS_PREVIEW", "1")  # is for MkDocs: nobody shall forget it here and publish
    command = ["build", "--root", str(root), "--out"]
    for options, names in (((), []), (("--preview",), sorted(NOT_PUBLISHED))):
        out = root / "out"
        done = CliRunner().invoke(main, [*command, str(out), *options])
        assert done.exit_code == 0, done.output
        assert sorted(name for name in NOT_PUBLISHED if (out / f"docs/claims/{name}.md").exists()) == names


@pytest.mark.parametrize(
    ("command", "asked", "is_preview"),
    [
        ("serve", None, True),
        ("serve", "0", True),
        ("build", None, False),
        ("build", "0", False),
        ("build", "", False),
        ("build", "1", True),
        ("gh-deploy", None, False),
        ("gh-deploy", "1", False),
    ],
)
def test_mkdocs_previews_when_it_serves_or_is_asked_to_and_never_when_it_deploys(
    monkeypatch: pytest.MonkeyPatch, command: str, asked: str | None, is_preview: bool
) -> None:
    told: list[bool] = []

    def watched(root: Path, home: str, cache: Cache, workers: Workers | None, *, is_preview: bool) -> Site:
        assert (root, cache, workers) == (ROOT, lasting(ROOT), None)
        assert home == "https://example.org/"
        told.append(is_preview)
        return Site((), (), ())

    monkeypatch.setattr(mkdocs_hook, "built", watched)
    monkeypatch.delenv("NEWSGLOSS_WORKERS", raising=False)
    monkeypatch.setattr(mkdocs_hook, "command", lambda: command)
    if asked is None:
        monkeypatch.delenv("NEWSGLOSS_PREVIEW", raising=False)
    else:
        monkeypatch.setenv("NEWSGLOSS_PREVIEW", asked)
    config = MkDocsConfig(config_file_path=str(ROOT / "mkdocs.yml"))
    config.load_dict({"site_url": "https://example.org/"})
    config.plugins = PluginCollection()
    config.plugins.run_event("config", config)
    mkdocs_hook.on_files(Files([]), config=config)
    assert told == [is_preview]


def test_only_what_a_pull_request_offers_for_download_is_a_preview_and_nothing_that_is_deployed() -> None:
    workflows = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / ".github/workflows").glob("*.yml")}
    preview = re.compile(r"preview", re.IGNORECASE)
    assert [name for name, text in workflows.items() if preview.search(text)] == ["checks.yml"]
    assert "deploy-pages" in workflows["deploy.yml"]
    jobs = yaml.safe_load(workflows["checks.yml"])["jobs"]
    steps = [(name, step) for name, job in jobs.items() for step in job["steps"] if preview.search(str(step))]
    assert [(name, step["run"]) for name, step in steps] == [("site", "make build")]
    asked = steps[0][1]["env"]["NEWSGLOSS_PREVIEW"]
    assert asked == "${{ github.event_name == 'pull_request' && '1' || '0' }}"
    assert not preview.search((ROOT / "Makefile").read_text(encoding="utf-8"))
