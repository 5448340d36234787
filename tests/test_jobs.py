"""What is kept of earlier builds: the same site as without it, whatever was edited, and an edit costs what it touches."""

from __future__ import annotations

import contextlib
import random
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment

from benchmarks.corpus import write
from build_scripts import pipeline
from build_scripts.cache import Cache, digest
from build_scripts.export import embeds, templates
from build_scripts.jobs import Job, Maker, apart
from build_scripts.rendering import environment
from build_scripts.seen import Seen
from build_scripts.site import Site
from tests.thoroughness import tries

GOLDEN = Path(__file__).parent / "golden"
HOME = "https://news.example/"

Edit = Callable[[Path, random.Random], None]


@dataclass(frozen=True)
class Thing:
    """Something that is told by its name and one word."""

    name: str
    word: str

    @property
    def digest(self) -> bytes:
        return digest(self.name, self.word)


@dataclass(frozen=True)
class World:
    things: Mapping[str, Thing]
    order: Sequence[Thing]

    @property
    def digest(self) -> bytes:
        return b""


def world(**words: str) -> World:
    things = {name: Thing(name, word) for name, word in words.items()}
    return World(things, tuple(things.values()))


FIRST = {"a": "one", "b": "two", "c": "three"}


LOOKS: dict[str, tuple[Callable[[World], object], set[str]]] = {
    "one": (lambda world: world.things["a"].word, {"a"}),
    "perhaps one": (lambda world: world.things.get("a"), {"a"}),
    "none": (lambda world: world.things.get("z"), {"z"}),
    "whether": (lambda world: "z" in world.things, {"z"}),
    "names": (lambda world: list(world.things), {"a", "b", "c", "z"}),
    "values": (lambda world: [thing.word for thing in world.things.values()], {"a", "b", "c", "z"}),
    "items": (lambda world: dict(world.things.items()), {"a", "b", "c", "z"}),
    "how many": (lambda world: len(world.things), {"a", "b", "c", "z"}),
    "the first": (lambda world: world.order[:2], {"a", "b"}),
    "all in order": (lambda world: [thing.word for thing in world.order], {"a", "b", "c", "z"}),
    "how many in order": (lambda world: len(world.order), {"a", "b", "c", "z"}),
    "nothing": (lambda _world: "nothing", set()),
}


@pytest.mark.parametrize("changed", ["a", "b", "c", "z"])
@pytest.mark.parametrize("name", LOOKS)
def test_a_job_is_done_anew_when_what_it_looks_at_is_another(name: str, changed: str) -> None:
    cache, touched = Cache(), LOOKS[name][1]
    assert made_anew(name, FIRST, cache) == ["job"]
    assert made_anew(name, FIRST, cache) == []
    assert made_anew(name, FIRST | {changed: "another"}, cache) == (["job"] if changed in touched else [])


def made_anew(name: str, words: Mapping[str, str], cache: Cache) -> list[str]:
    seen, now = Seen(), world(**words)
    maker = Maker(seen, cache)
    assert maker.one(Job("job", partial(look, name, seen.watch(now)))) == look(name, now)
    return maker.made


def look(name: str, now: World) -> tuple[object]:
    return (LOOKS[name][0](now),)


@pytest.mark.parametrize(
    ("changed", "done"), [("a", ["first", "beside"]), ("b", ["first", "beside"]), ("c", ["alone"])]
)
def test_of_jobs_that_belong_together_all_are_done_or_none(changed: str, done: list[str]) -> None:
    cache = Cache()
    for words, expected in ((FIRST, ["first", "beside", "alone"]), (FIRST, []), (FIRST | {changed: "another"}, done)):
        seen = Seen()
        jobs = [
            Job(name, partial(word, at, seen.watch(world(**words))), within=within, brief=brief)
            for name, at, within, brief in (
                ("first", "a", "", len),
                ("alone", "c", "", None),
                ("beside", "b", "first", apart),
            )
        ]
        maker = Maker(seen, cache)
        made = maker.every(jobs)
        assert maker.made == expected
        assert [made[job.name].value for job in jobs] == [words["a"], words["c"], words["b"]]
        assert [made[job.name].brief for job in jobs] == [len(words["a"]), words["c"], None]


def word(name: str, world: World) -> str:
    return world.things[name].word


def test_what_stands_by_itself_and_the_cache_has_lost_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    cache, job = Cache(), Job("job", partial(word, "a", world(**FIRST)), brief=apart)
    first = Maker(Seen(), cache).every([job])["job"]
    monkeypatch.setattr(Cache, "added", lambda *_given: None)
    maker = Maker(Seen(), cache)
    again = maker.every([job])["job"]
    assert (again, maker.made) == (first, [])
    assert (again.value, again.value, maker.made) == ("one", "one", ["job"])


def test_what_a_job_is_given_tells_it_from_others() -> None:
    first, other = Job("job", partial(look, "nothing", world())), Job("job", partial(look, "names", world()))
    assert list(Maker(Seen(), Cache()).all([first, other, first])) == [("nothing",), ([],), ("nothing",)]


def test_a_value_that_nothing_tells_from_others_is_no_key() -> None:
    with pytest.raises(TypeError, match="nothing tells one object from another"):
        Maker(Seen(), Cache()).one(Job("job", partial(id, object())))


def change(path: str, old: str, new: str) -> Edit:
    """An edit of one file: the first place where ``old`` matches, in a file that ``path`` fits."""

    def edit(root: Path, chance: random.Random) -> None:
        files = [file for file in sorted(root.glob(f"sources/{path}")) if re.search(old, file.read_text("utf-8"))]
        file = chance.choice(files)
        file.write_text(re.sub(old, new, file.read_text("utf-8"), count=1), encoding="utf-8")

    return edit


def remove(path: str) -> Edit:
    def edit(root: Path, chance: random.Random) -> None:
        gone = chance.choice(sorted(root.glob(f"sources/{path}")))
        (shutil.rmtree if gone.is_dir() else Path.unlink)(gone)

    return edit


def copy(path: str, name: str) -> Edit:
    """Another article, check or entity with a new id."""

    def edit(root: Path, chance: random.Random) -> None:
        there = chance.choice(sorted(root.glob(f"sources/{path}")))
        new = there.with_name(f"{name}{there.suffix}")
        (shutil.copytree if there.is_dir() else shutil.copy)(there, new)
        for file in [new] if new.is_file() else sorted(new.glob("*.md")):
            text = re.sub(r"^formerly: .*\n", "", file.read_text("utf-8"), flags=re.MULTILINE)
            file.write_text(text, encoding="utf-8")

    return edit


def add(path: str, text: str) -> Edit:
    def edit(root: Path, _chance: random.Random) -> None:
        with (root / "sources" / path).open("a", encoding="utf-8") as file:
            file.write(text)

    return edit


EDITS: dict[str, Edit] = {
    "a text": change("articles/*/article.md", r"\n\n(?=[A-Z])", "\n\nSomething new. "),
    "a headline": change("articles/*/article.md", "headline: \"?", "\\g<0>Now "),
    "a day": change("articles/*/article.md", r"published: 20\d\d", "published: 2025"),
    "a language": change("articles/*/article.md", "language: .*", "language: fr"),
    "a former address": change("articles/*/article.md", "language: ", "formerly: [what-was]\nlanguage: "),
    "a translation": change("articles/*/article.md", "translation_of: .*\n", ""),
    "a withdrawal": change("articles/*/article.md", "summary: ", "withdrawn: {date: 2025-01-02, why: Wrong.}\nsummary: "),
    "another article": copy("articles/*", "a-new-article"),
    "an article less": remove("articles/*"),
    "a quotation's day": change("articles/*/annotations.yml", r"date: \d{4}-\d\d", "date: 2020-02"),
    "a speaker": change("articles/*/annotations.yml", "speaker: [a-z0-9-]+", "speaker: nobody-known"),
    "annotations less": remove("articles/*/annotations.yml"),
    "a name": change("entities/*.yml", "name: ", "name: New "),
    "another name": change("entities/*.yml", "name: (.*)\n", "\\g<0>weak_aliases: [Warehouse]\n"),
    "a description": change("entities/*.yml", "description: ", "description: Now "),
    "a place": change("entities/*.yml", "type: [a-z]+\n", "type: place\ncoordinates: {latitude: 50.1, longitude: 36.4}\n"),
    "another entity": copy("entities/*.yml", "a-new-entity"),
    "an entity less": remove("entities/*.yml"),
    "a verdict": change("claims/*.md", "rating: right", "rating: wrong"),
    "a state": change("claims/*.md", "state: published", "state: withdrawn"),
    "a claim": change("claims/*.md", "claim_reviewed: ", "claim_reviewed: Once more: "),
    "a claim's summary": change("claims/*.md", "summary: ", "summary: In short, "),
    "an evidence": change("claims/*.md", "url: https://", "archive_url: https://archive.example/1\n    url: https://"),
    "another claim": copy("claims/*.md", "a-new-claim"),
    "a claim less": remove("claims/*.md"),
    "the publication": change("publication.yml", "name: ", "name: The "),
    "its people": change("publication.yml", "name: (?=The desk|Desk)", "name: All of "),
    "its language": change("publication.yml", "language: en", "language: de"),
    "the scale": change("rating-scale.yml", "label: ", "label: Quite "),
    "an address": add("addresses.txt", "quotes/port-anna/\n"),
}  # fmt: skip
NOT_IN_CORPUS = {"a translation", "a quotation's day", "its people"}


def built(root: Path, cache: Cache | None, *, is_preview: bool = False) -> Site:
    return pipeline.build(root, home=HOME, is_preview=is_preview, cache=cache)


def assert_same(kept: Site, anew: Site) -> None:
    assert kept.problems == anew.problems
    assert [page.uri for page in kept.pages] == [page.uri for page in anew.pages]
    for one, other in zip(kept.pages, anew.pages, strict=True):
        assert (one.text, one.source) == (other.text, other.source), one.uri
    assert [asset.uri for asset in kept.assets] == [asset.uri for asset in anew.assets]
    for kept_file, file in zip(kept.assets, anew.assets, strict=True):
        if not file.uri.endswith(".png"):
            assert kept_file.data == file.data, file.uri


def test_a_picture_is_drawn_once(golden: Path, done: list[str]) -> None:
    cache = Cache()
    (first,) = [asset for asset in built(golden, cache).assets if asset.uri == "pictures/claims/four-minutes.png"]
    drawn = first.data
    assert done[-1] == first.uri
    done.clear()
    (again,) = [asset for asset in built(golden, cache).assets if asset.uri == first.uri]
    assert (again.key, again.data, done) == (first.key, drawn, [])
    change("claims/four-minutes.md", "claim_reviewed: ", "claim_reviewed: Now ")(golden, random.Random(0))  # noqa: S311 -- no secret
    (other,) = [asset for asset in built(golden, cache).assets if asset.uri == first.uri]
    assert other.key not in {None, first.key}
    assert other.data != drawn


def test_a_book_is_made_once_and_anew_with_another_picture_in_it(golden: Path, done: list[str]) -> None:
    cache, uri = Cache(), "articles/harbour-fire/harbour-fire.epub"
    books: list[tuple[bytes | None, bytes]] = []
    for picture in (b"one", b"one", b"one", b"another", b"another"):
        (golden / "sources" / "articles" / "harbour-fire" / "quay.png").write_bytes(picture)
        (book,) = [asset for asset in built(golden, cache).assets if asset.uri == uri]
        books.append((book.key, book.data))
    assert done.count(uri) == 2
    assert [key for key, _data in books] == [None, books[1][0], books[1][0], None, books[4][0]]
    assert books[1][1] == books[0][1] != books[3][1]


@pytest.mark.parametrize("number", [20, tries(120, 60)])
def test_how_much_an_edit_makes_anew_does_not_grow_with_the_publication(
    tmp_path: Path, done: list[str], number: int
) -> None:
    write(number, tmp_path)
    cache = Cache()
    built(tmp_path, cache)
    path = sorted((tmp_path / "sources" / "articles").iterdir())[number // 2] / "article.md"
    path.write_text(f"{path.read_text(encoding='utf-8').rstrip()} One sentence more.\n", encoding="utf-8")
    done.clear()
    built(tmp_path, cache)
    named = set(re.findall(r"entities/[\w-]+", "".join(done)))
    assert f"articles/{path.parent.name}/index.md" in done
    assert len(done) - len(named) < 25


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    shutil.copytree(GOLDEN / "sources", tmp_path / "sources")
    (tmp_path / "sources" / "addresses.txt").write_text("articles/harbour-fire/#q-gone\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the jobs that builds do anew, as they are done."""
    names: list[str] = []
    make = Maker._do

    def counted(self: Maker, job: Job[object]) -> object:
        names.append(job.name)
        return make(self, job)

    monkeypatch.setattr(Maker, "_do", counted)
    return names


@pytest.mark.parametrize("at", range(0, len(EDITS), 6))
def test_an_edit_gives_the_same_site_with_what_was_kept(golden: Path, at: int) -> None:
    cache, before = Cache(), golden / "before"
    built(golden, cache)
    shutil.copytree(golden / "sources", before)
    for edit in list(EDITS.values())[at : at + 6]:
        edit(golden, random.Random(at))  # noqa: S311 -- no secret
        assert_same(built(golden, cache), built(golden, None))
        shutil.rmtree(golden / "sources")
        shutil.copytree(before, golden / "sources")


@pytest.mark.parametrize("seed", range(tries(4)))
def test_many_edits_give_the_same_site_with_what_was_kept(golden: Path, seed: int) -> None:
    chance, cache = random.Random(seed), Cache()  # noqa: S311 -- no secret
    names, done = list(EDITS), 0
    chance.shuffle(names)
    built(golden, cache)
    for name in names[:12]:
        with contextlib.suppress(IndexError):  # an earlier edit took the last place for this one away
            EDITS[name](golden, chance)
            assert_same(built(golden, cache), built(golden, None))
            done += 1
    assert done > len(names) // 4


def test_nothing_is_made_anew_where_nothing_was_edited(golden: Path, done: list[str]) -> None:
    cache = Cache()
    built(golden, cache)
    assert done
    done.clear()
    built(golden, cache)
    assert done == []


def test_a_later_run_compiles_no_template_again(golden: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled, sources = Environment.compile, list[object]()

    def counted(self: Environment, *given: Any) -> object:
        sources.append(given)
        return compiled(self, *given)

    def in_another_run(cache: Cache | None) -> int:
        for module in (environment, templates):
            module._environment.cache_clear()
        embeds._oembed.cache_clear()
        sources.clear()
        assert [file.data for file in built(golden, cache).assets if file.uri.startswith("embed/")]
        return len(sources)

    monkeypatch.setattr(Environment, "compile", counted)
    cache = Cache()
    assert in_another_run(cache) > 0
    change("claims/four-minutes.md", "claim_reviewed: ", "claim_reviewed: Now ")(golden, random.Random(0))  # noqa: S311 -- no secret
    assert in_another_run(cache) == 0
    assert in_another_run(None) > 0


def test_a_preview_and_the_published_site_do_not_share_what_differs(golden: Path) -> None:
    cache = Cache()
    for is_preview in (True, False, True):
        assert_same(built(golden, cache, is_preview=is_preview), built(golden, None, is_preview=is_preview))
