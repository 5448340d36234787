"""What is understood of the sources: the same for the same files, whatever was kept from earlier runs."""

from __future__ import annotations

import os
import random
import re
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from benchmarks.corpus import write as write_corpus
from build_scripts import annotate, resolve
from build_scripts import cache as caches
from build_scripts.cache import Cache
from build_scripts.checks import consistency
from build_scripts.cli import main
from build_scripts.editing import leaving
from build_scripts.model import Library
from build_scripts.originals.leaks import Finder
from build_scripts.pipeline import understand
from build_scripts.problems import Problem
from build_scripts.reading import load, prose
from build_scripts.reading.files import Files
from build_scripts.reading.load import ArticleFiles
from tests.originals import ID, ORIGINAL, publication

GOLDEN = Path(__file__).parent / "golden"
SECRET = b"s" * 32


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


# --- what was kept ------------------------------------------------------------------------------------------------------

Edit = Callable[[Path, random.Random], None]
Understood = tuple[Library, tuple[Problem, ...]]


def _some(root: Path, pattern: str, rng: random.Random) -> Path:
    return rng.choice(sorted((root / "sources").glob(pattern)))


def _rewrite(path: Path, change: Callable[[str], str]) -> None:
    if path.is_file():
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def _word_changed(root: Path, rng: random.Random) -> None:
    path = _some(root, rng.choice(["articles/*/article.md", "claims/*.md", "articles/*/annotations.yml"]), rng)
    words = re.findall(r"\w+", path.read_text(encoding="utf-8"))
    old, new = rng.choice(words), rng.choice([*words, "1999", "Ānna", "“", "31 June"])
    _rewrite(path, lambda text: text.replace(old, new, rng.choice([1, 1, -1])))


def _word_named(root: Path, rng: random.Random) -> None:
    """A word of an article becomes a name, an alias or a weak alias of an entity, or its name goes."""
    words = re.findall(r"\b\w{3,}(?: \w{3,})?", _some(root, "articles/*/article.md", rng).read_text(encoding="utf-8"))
    name = rng.choice(words).replace("_", "x")
    line = rng.choice([f"aliases: ['{name}']\n", f"weak_aliases: ['{name}']\n", ""])
    path = _some(root, "entities/*.yml", rng)
    if not line:
        _rewrite(path, lambda text: re.sub(r"(?m)^name: .*$", f"name: '{name}'", text))
    else:
        _rewrite(path, lambda text: re.sub(r"(?m)^(weak_)?aliases: .*\n", "", text).rstrip("\n") + "\n" + line)


def _copied(root: Path, rng: random.Random) -> None:
    path = _some(root, rng.choice(["articles/*", "claims/*.md", "entities/*.yml"]), rng)
    copy = path.with_name(f"copy-{rng.randrange(5)}{path.suffix}")
    if path.is_dir():
        shutil.copytree(path, copy, dirs_exist_ok=True)
    elif path != copy:
        shutil.copy(path, copy)


def _renamed(root: Path, rng: random.Random) -> None:
    path = _some(root, rng.choice(["articles/*", "claims/*.md", "entities/*.yml"]), rng)
    new = path.with_name(f"new-{rng.randrange(10_000)}{path.suffix}")
    path.rename(new)


def _removed(root: Path, rng: random.Random) -> None:
    kinds = ("articles/*", "claims/*.md", "entities/*.yml")
    kind = rng.choice([kind for kind in kinds if len(list((root / "sources").glob(kind))) > 1])
    path = _some(root, kind, rng)
    shutil.rmtree(path) if path.is_dir() else path.unlink()


def _publication_changed(root: Path, rng: random.Random) -> None:
    path = root / "sources" / rng.choice(["publication.yml", "rating-scale.yml"])
    old, new = rng.choice(
        [("desk", "ursk"), ("ursk", "desk"), ("right", "light"), ("people:", "rules_off: [sum]\npeople:")]
    )
    _rewrite(path, lambda text: text.replace(old, new) if "rules_off" not in new + text else text)


def _made_unreadable(root: Path, rng: random.Random) -> None:
    path = _some(root, rng.choice(["articles/*/*", "claims/*.md", "entities/*.yml"]), rng)
    if path.is_file():
        path.write_bytes(
            rng.choice([b"\xff", b"", path.read_bytes() + b"\n: [", path.read_bytes().replace(b"\n", b"\r\n")])
        )


def _files_beside(root: Path, rng: random.Random) -> None:
    folder = _some(root, "articles/*", rng)
    (folder / rng.choice(["a.jpg", "b.png", "stray.txt", "original.txt"])).write_bytes(b"here")
    (root / "sources" / "addresses.txt").write_text(rng.choice(["", "claims/a-draft/\n"]), encoding="utf-8")


EDITS: tuple[Edit, ...] = (
    _word_changed, _word_changed, _word_changed, _word_named, _word_named, _copied, _renamed, _removed,
    _publication_changed, _made_unreadable, _files_beside,
)  # fmt: skip


def _differences(one: Understood, other: Understood) -> list[str]:
    """What differs, told shortly."""
    told = [f"{problem}" for problem in {*one[1]} ^ {*other[1]}]
    parts = ("publication", "scale", "articles", "entities", "claims", "left_out", "addresses", "withdrawn")
    told += [part for part in parts if getattr(one[0], part) != getattr(other[0], part)]
    digests = [{name: thing.digest for name, thing in one[0].articles.items()} for one in (one, other)]
    return told if digests[0] == digests[1] else [*told, "digests"]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("corpus")
    write_corpus(30, root / "made")
    return root / "made"


@pytest.mark.parametrize(("whose", "seed", "edits"), [("golden", 1, 40), ("golden", 2, 40), ("corpus", 3, 12)])
def test_with_a_cache_after_any_edits_everything_is_understood_as_without(
    tmp_path: Path, corpus: Path, whose: str, seed: int, edits: int
) -> None:
    origin = GOLDEN if whose == "golden" else corpus
    shutil.copytree(origin / "sources", tmp_path / "sources")
    rng = random.Random(seed)  # noqa: S311 -- edits, no secrets
    for number in range(edits):
        edit = rng.choice(EDITS)
        edit(tmp_path, rng)
        if number % 9 == 8:  # what was kept at first is right again
            shutil.rmtree(tmp_path / "sources")
            shutil.copytree(origin / "sources", tmp_path / "sources")
        with Cache(tmp_path / "kept", SECRET) as cache:
            with_cache = understand(tmp_path, cache=cache)
        assert _differences(with_cache, understand(tmp_path)) == [], f"edit {number}: {edit.__name__}"


class _NotAgainError(Exception):
    pass


def _not_again(*_arguments: object, **_named: object) -> None:
    raise _NotAgainError


def _forbid(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in (load, annotate, resolve, consistency, prose):
        for name in ("read_values", "read_record", "to_record", "annotate", "compute", "in_text", "read_prose"):
            if hasattr(place, name):
                monkeypatch.setattr(place, name, _not_again)


def test_what_is_let_go_of_is_read_again_as_it_was() -> None:
    (library, _problems), (before, _same) = understand(GOLDEN), understand(GOLDEN)
    library.let_go()
    assert not any("blocks" in article.prose.__dict__ for article in library.articles.values())
    assert not any("offsets" in entity.loaded.values.__dict__ for entity in library.entities.values())
    assert library == before


def test_what_did_not_change_is_not_done_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Cache(root / "kept", SECRET) as cache:
        understand(root, cache=cache)
    _forbid(monkeypatch)
    with pytest.raises(_NotAgainError):
        understand(root)
    with Cache(root / "kept", SECRET) as cache:
        library, problems = understand(root, cache=cache)
    monkeypatch.undo()
    assert _differences((library, problems), understand(root)) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("articles/harbour-fire/article.md", "quay", "dock", {"harbour-fire"}),
        ("entities/ada-lindqvist.yml", "description: ", "description: Now ", set()),
        ("entities/port-anna.yml", "name: Port Anna", "name: Port Ida", {"harbour-fire"}),
        ("claims/distance.md", "summary: ", "summary: Now ", set()),
        ("publication.yml", "name: ", "name: The ", set()),
    ],
)
def test_an_edit_has_the_articles_annotated_that_it_touches(  # noqa: PLR0913, PLR0917 -- one table
    root: Path, monkeypatch: pytest.MonkeyPatch, file: str, old: str, new: str, expected: set[str]
) -> None:
    done: set[str] = set()
    with Cache(root / "kept", SECRET) as cache:
        understand(root, cache=cache)
    _rewrite(root / "sources" / file, lambda text: text.replace(old, new, 1))
    whole = annotate.annotate

    def noted(files: ArticleFiles, *others: Any) -> Any:
        done.add(files.id)
        return whole(files, *others)

    monkeypatch.setattr(annotate, "annotate", noted)
    with Cache(root / "kept", SECRET) as cache:
        understand(root, cache=cache)
    assert done == expected


def _entries_cut(folder: Path) -> None:
    with closing(sqlite3.connect(next(folder.glob("*.sqlite")))) as base, base:
        base.execute("UPDATE entries SET value = substr(value, 1, size / 2)")


def _entries_swapped(folder: Path) -> None:
    """Each entry holds what another of the same size class held: whole, but not its own."""
    with closing(sqlite3.connect(next(folder.glob("*.sqlite")))) as base, base:
        values = [row[0] for row in base.execute("SELECT value FROM entries ORDER BY id")]
        names = [row[0] for row in base.execute("SELECT id FROM entries ORDER BY id")]
        rows = zip([*values[1:], values[0]], names, strict=True)
        base.executemany("UPDATE entries SET value = ? WHERE id = ?", rows)


def _replaced_by_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_bytes(b"")


FAULTS: Mapping[str, Callable[[Path, pytest.MonkeyPatch], object]] = {
    "the file is cut": lambda folder, _patch: os.truncate(next(folder.glob("*.sqlite")), 5000),
    "the file is empty": lambda folder, _patch: next(folder.glob("*.sqlite")).write_bytes(b""),
    "the file is none of ours": lambda folder, _patch: next(folder.glob("*.sqlite")).write_bytes(b"x" * 9000),
    "entries are cut": lambda folder, _patch: _entries_cut(folder),
    "entries are swapped": lambda folder, _patch: _entries_swapped(folder),
    "another version of the code": lambda _folder, patch: patch.setattr(caches, "code_version", lambda: b"other"),
    "the folder is gone": lambda folder, _patch: shutil.rmtree(folder),
    "the folder can't be written": lambda folder, _patch: folder.chmod(0o555),
    "a file is in the folder's place": lambda folder, _patch: _replaced_by_file(folder),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_happens_to_the_cache_everything_is_understood(
    root: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    folder = root / "kept"
    with Cache(folder, SECRET) as cache:
        understand(root, cache=cache)
    FAULTS[fault](folder, monkeypatch)
    _rewrite(root / "sources" / "articles" / "harbour-fire" / "article.md", lambda text: text.replace("quay", "dock"))
    plain = understand(root)
    for _time in range(2):
        with Cache(folder, SECRET) as cache:
            assert _differences(understand(root, cache=cache), plain) == []


def test_a_process_that_holds_what_it_read_sees_every_edit_and_reads_nothing_else(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Be it just after another, and leave it the size and the time of the file as they were."""
    file, long_ago = root / "sources" / "entities" / "port-anna.yml", 1_000_000_000
    text, read = file.read_text(encoding="utf-8"), list[str]()
    for path in (root / "sources").rglob("*.*"):
        os.utime(path, (long_ago, long_ago))
    content = Files.content
    monkeypatch.setattr(Files, "content", lambda self, path: read.append(path) or content(self, path))  # type: ignore[func-returns-value]
    with Cache() as cache:
        for number in range(9):
            file.write_text(text.replace("name: ", f"name: {number}"), encoding="utf-8")
            if number % 3:
                os.utime(file, (long_ago, long_ago))
            cache.hold()
            read.clear()
            entity = understand(root, cache=cache)[0].entities["port-anna"]
            assert entity.facts.name.startswith(str(number))
            assert number == 0 or read == [entity.path]


def test_another_user_or_none_understands_the_same(root: Path) -> None:
    plain = understand(root)
    for secret in (SECRET, b"t" * 32, b""):
        with Cache(root / "kept", secret) as cache:
            assert _differences(understand(root, cache=cache), plain) == []


def _leaks(root: Path) -> list[str]:
    with Cache(root / ".cache" / "kept", SECRET) as cache:
        return [f"{problem}" for problem in leaving.check(root, cache=cache)]


def test_a_file_is_looked_through_for_copied_words_once_and_again_where_it_or_what_is_sought_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "root"
    root.mkdir()
    given = ["--verified-by", "review", "--verified", "2024-03-05"]
    result = CliRunner().invoke(main, ["attach", "--root", str(root), ID, str(publication(root)), *given])
    assert result.exit_code == 0, result.output
    notes = root / "docs" / "notes.md"
    notes.parent.mkdir()
    notes.write_text("Nothing of anybody's.\n", encoding="utf-8")
    assert _leaks(root) == []
    notes.write_text(ORIGINAL, encoding="utf-8")
    told = _leaks(root)
    assert told
    assert told == [f"{problem}" for problem in leaving.check(root)]
    with monkeypatch.context() as patch:
        patch.setattr(Finder, "problems", _not_again)
        assert _leaks(root) == told
    (root / "sources" / "articles" / ID / "original.txt").unlink()  # the lock alone finds other words
    assert _leaks(root) == [f"{problem}" for problem in leaving.check(root)]
