"""What is understood of the sources: the same for the same files, whatever was kept from earlier runs."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from build_scripts.model import Library
from build_scripts.pipeline import understand

GOLDEN = Path(__file__).parent / "golden"


def _digests(library: Library) -> dict[str, bytes]:
    """The digests of everything that is understood, by where it stands."""
    articles = {one.path: one.digest for one in (*library.articles.values(), *library.withdrawn.values())}
    claims = {one.path: one.digest for one in library.claims.values()}
    entities = {one.path: one.digest for one in library.entities.values()}
    assert library.publication
    assert library.scale
    return articles | claims | entities | {"publication": library.publication.digest, "scale": library.scale.digest}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(GOLDEN / "sources", tmp_path / "sources")
    return tmp_path


def test_the_same_sources_have_the_same_digests_and_no_two_things_share_one(root: Path) -> None:
    digests = _digests(understand(root)[0])
    assert digests == _digests(understand(GOLDEN)[0])
    assert len(set(digests.values())) == len(digests)


@pytest.mark.parametrize(
    ("file", "old", "new", "changed"),
    [
        ("articles/harbour-fire/article.md", "quay", "dock", ["articles/harbour-fire/article.md"]),
        ("articles/harbour-fire/article.md", "Fire in", "A fire in", ["articles/harbour-fire/article.md"]),
        ("articles/harbour-fire/annotations.yml", "cue: said", "cue: burned", ["articles/harbour-fire/article.md"]),
        ("articles/harbour-fire/annotations.yml", "claim: a-draft", "claim: no-such", ["articles/harbour-fire/article.md"]),
        ("claims/distance.md", "to: mile", "to: yard", ["claims/distance.md"]),
        ("addresses.txt", "", "claims/a-draft/\n", ["claims/a-draft.md"]),
        ("publication.yml", "name: ", "name: The ", ["publication"]),
        ("rating-scale.yml", "label: ", "label: Quite ", ["scale"]),
        ("entities/ada-lindqvist.yml", "description: ", "description: Now ", ["entities/ada-lindqvist.yml"]),
    ],
)  # fmt: skip
def test_an_edit_changes_the_digests_of_what_shows_it(
    root: Path, file: str, old: str, new: str, changed: list[str]
) -> None:
    before = _digests(understand(root)[0])
    path = root / "sources" / file
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(re.sub(re.escape(old), lambda _found: new, text, count=1) if old else text + new, encoding="utf-8")
    after = _digests(understand(root)[0])
    assert [name.removeprefix("sources/") for name in before if before[name] != after[name]] == changed


def test_a_name_that_an_entity_has_or_lost_changes_the_articles_that_hold_it_and_no_others(root: Path) -> None:
    library = understand(root)[0]
    holding = [one.path for one in library.articles.values() if any(m.entity == "port-anna" for m in one.mentions)]
    path = root / "sources" / "entities" / "port-anna.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("name: Port Anna", "name: Port Ida"), encoding="utf-8")
    before, after = _digests(library), _digests(understand(root)[0])
    assert holding
    assert [name for name in before if before[name] != after[name]] == [*holding, "sources/entities/port-anna.yml"]


def test_a_preview_shows_other_claims(root: Path) -> None:
    library = understand(root)[0]
    before, after = _digests(library), _digests(library.with_proposals())
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {claim.path for claim in library.with_proposals().claims.values() if claim.is_proposed}
