"""An original that may not be republished: attached, locked, and what is said of it checked with it and without it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from build_scripts.anchoring.anchor import Span
from build_scripts.checks.originals import RULES, STOPS_PUBLISHING
from build_scripts.cli import main
from build_scripts.editing.attaching.attach import CannotAttachError, Copy, attach, verification
from build_scripts.editing.drift import check
from build_scripts.editing.importing.found import Facts, Found, Paragraph, paragraph
from build_scripts.editing.importing.roles import with_roles
from build_scripts.model import Article
from build_scripts.originals.budget import budget
from build_scripts.originals.copies import Protected, locked_blocks
from build_scripts.originals.declared import Said, declared, quoted_words
from build_scripts.originals.locking import lock_text, make_lock, sealed
from build_scripts.originals.profile import held, original, paragraphs_of, short_hash
from build_scripts.originals.shingles import SIZE, SURE, block_hash, forms, windows
from build_scripts.pipeline import build, understand
from build_scripts.reading.lock import LockFile, Passage, Verification
from build_scripts.staging import write_whole
from tests.articles import article as drawn
from tests.originals import FOLDER, ID, ORIGINAL, publication
from tests.repositories import commit, git

LOCK = f"{FOLDER}/original.lock.yml"
TEXT = f"{FOLDER}/original.txt"
DIGEST = f"{FOLDER}/article.md"
ITEMS = f"{FOLDER}/annotations.yml"
CLAIM = "sources/claims/forty-minutes.md"
BY = ("--verified-by", "review", "--verified", "2024-03-05")


def run(root: Path, *arguments: str, given: str | None = None) -> Result:
    command, *rest = arguments
    return CliRunner().invoke(main, [command, "--root", str(root), *rest], input=given, catch_exceptions=False)


def attached(root: Path, *more: str) -> Result:
    return run(root, "attach", ID, str(root / "held.txt"), *(more or BY))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The publication with its original attached and located; not to be changed."""
    root = tmp_path_factory.mktemp("originals")
    publication(root)
    result = attached(root, *BY, "--passage", "c-forty-minutes=9:1-20", "--passage", "q-quill-wiring=7")
    assert result.exit_code == 0, result.output
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "root")
    return tmp_path / "root"


def lock_of(root: Path) -> LockFile:
    return understood_lock(understand(root)[0].articles[ID])


def understood_lock(article: Article) -> LockFile:
    assert article.files.lock
    return article.files.lock.facts


def rules(root: Path) -> set[str]:
    return {problem.rule for problem in check(root)}


def replaced(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert old in text, (path, old)
    (root / path).write_text(text.replace(old, new), encoding="utf-8")


# --- the lock ---------------------------------------------------------------------------------------------------------


def test_the_lock_says_what_each_block_is_where_it_stands_and_who_compared(made: Path) -> None:
    lock, text = lock_of(made), (made / TEXT).read_text(encoding="utf-8")
    assert [block.role for block in lock.blocks] == [
        "headline", "byline", "caption", "caption", "interface", *["body"] * 7, "credit",
    ]  # fmt: skip
    assert [text[block.start : block.end] for block in lock.blocks] == paragraphs_of(text)
    assert lock.length == len(text)
    assert lock.verified
    assert (lock.verified.by, lock.verified.date.isoformat()) == ("review", "2024-03-05")
    for block in lock.blocks:
        assert block.sha256 in (None, short_hash(text[block.start : block.end]))
    assert sum(block.sha256 is not None for block in lock.blocks) >= 7


def test_each_quotation_is_found_to_the_letter_and_other_glyphs_are_named(made: Path) -> None:
    text = (made / TEXT).read_text(encoding="utf-8")
    found = {item.item: [text[one.start : one.end] for one in item.passages] for item in lock_of(made).items}
    assert found["q-quill-luck"][0].startswith("We were lucky this time, and luck")
    assert found["q-quill-luck"][1] == "I’d rather buy cable than buckets."
    assert found["q-insurer-damage"] == ["a matter of plaster and patience"]
    assert found["q-quill-wiring"][0].startswith("Mayor Mara Quill told reporters")
    assert found["c-forty-minutes"][0].startswith("The fire brigade needed 40 minutes")


def test_a_second_time_the_same_file_changes_nothing(root: Path) -> None:
    before = {path: (root / path).read_bytes() for path in (LOCK, TEXT)}
    for file in ("held.txt", TEXT):
        result = run(root, "attach", ID, str(root / file))
        assert (result.exit_code, result.output.splitlines()[-1]) == (0, "nothing changed")
        assert {path: (root / path).read_bytes() for path in before} == before
    result = run(root, "attach", ID, "-", given=ORIGINAL)
    assert result.output.splitlines()[-1] == "nothing changed"
    assert rules(root) <= {"unused"}


def test_no_words_of_the_original_stand_in_the_lock(made: Path) -> None:
    said = set(forms((made / LOCK).read_text(encoding="utf-8")))
    known = set(forms((made / DIGEST).read_text(encoding="utf-8")))
    rare = {word for word in forms(ORIGINAL) if len(word) > 5} - known - {"original", "caption", "credit", "review"}
    assert not said & rare


def test_who_vouches_is_given_and_never_guessed(tmp_path: Path) -> None:
    publication(tmp_path)
    assert "nobody vouches" in attached(tmp_path, "--passage", "c-forty-minutes=9").output
    assert lock_of(tmp_path).verified is None
    assert "original-unverified" in rules(tmp_path)
    for wrong in (("--verified-by", "review"), ("--verified", "2024-03-05"), ("--verified-by", "nobody-known", "--verified", "2024-03-05")):  # fmt: skip
        result = attached(tmp_path, *wrong)
        assert result.exit_code == 2, wrong
    assert (
        "verified by Ann Ode, 2024-03-05"
        in attached(tmp_path, "--verified-by", "Ann Ode", "--verified", "2024-03-05").output
    )
    assert "original-unverified" not in rules(tmp_path)


def test_who_vouched_vouches_no_longer_for_what_was_edited(root: Path) -> None:
    replaced(root, CLAIM, "for 300 metres.", "for 300 meters.")
    assert "needs-verification" in rules(root)
    assert "nobody vouches" in run(root, "attach", ID, str(root / "held.txt")).output
    assert lock_of(root).verified is None
    assert attached(root).exit_code == 0
    assert rules(root) <= {"unused"}


def test_who_vouches_cannot_be_put_in_by_hand(root: Path) -> None:
    replaced(root, LOCK, "by: review", 'by: "Someone Else"')
    assert "needs-verification" in rules(root)
    assert "nobody vouches" in run(root, "attach", ID, str(root / "held.txt")).output


def test_nobody_vouches_for_a_quotation_that_the_original_has_not(root: Path) -> None:
    for path in (DIGEST, ITEMS):
        replaced(root, path, "cable than buckets", "cables than buckets")
    result = attached(root)
    assert result.exit_code == 1
    assert 'cables than buckets." does not stand in the original' in result.output
    assert lock_of(root).verified is None


WRONG_PASSAGES = ["c-forty-minutes", "c-nothing=1", "q-quill-luck=8", "c-forty-minutes=99", "c-forty-minutes=9:0-2", "c-forty-minutes=9:5-400"]  # fmt: skip


@pytest.mark.parametrize("passage", WRONG_PASSAGES)
def test_a_passage_that_cannot_be_is_refused(root: Path, passage: str) -> None:
    before = (root / LOCK).read_bytes()
    result = attached(root, "--passage", passage)
    assert result.exit_code == 2
    assert "Error: " in result.output
    assert (root / LOCK).read_bytes() == before


REFUSED = {
    "an open text": (DIGEST, "text: digest", "text: open"),
    "a digest that is taken back": (DIGEST, "language: en", "language: en\nwithdrawn: {date: 2024-03-06, why: It was wrong.}"),
    "a digest with errors": (ITEMS, "exact: It took", "exact: It never took"),
    "a lock that can't be read": (LOCK, "profile: newsgloss-original/1", "profile: another/1"),
}  # fmt: skip


@pytest.mark.parametrize(("path", "old", "new"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_attached_is_refused_and_nothing_is_written(root: Path, path: str, old: str, new: str) -> None:
    replaced(root, path, old, new)
    before = {one: one.read_bytes() for one in (root / FOLDER).iterdir()}
    result = attached(root)
    assert result.exit_code == 2, result.output
    assert {one: one.read_bytes() for one in (root / FOLDER).iterdir()} == before


@pytest.mark.parametrize("text", ["", "Too short.", "\x00\x01binary"])
def test_a_file_that_is_no_story_is_refused(root: Path, text: str) -> None:
    assert run(root, "attach", ID, "-", given=text).exit_code == 2


def test_both_files_are_written_or_neither(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, content: bytes) -> None:
        if path.name.endswith(".yml"):
            raise OSError(28, "No space left on device", str(path))
        write_whole(path, content)

    before = {path: (root / path).read_bytes() for path in (LOCK, TEXT)}
    monkeypatch.setattr("build_scripts.editing.attaching.attach.write_whole", refuse)
    edited = ORIGINAL.replace("eleven kettles", "twelve kettles").encode()
    with pytest.raises(OSError, match="No space"):
        attach(root, ID, Copy(edited))
    assert {path: (root / path).read_bytes() for path in before} == before


def test_detaching_takes_the_copy_and_nothing_else(root: Path) -> None:
    assert run(root, "detach", ID).output == f"removed {TEXT}\n"
    assert not (root / TEXT).exists()
    assert (root / LOCK).exists()
    assert run(root, "detach", ID).output == "no original is attached\n"
    assert run(root, "detach", "nothing").exit_code == 2
    assert run(root, "detach", "../entities").exit_code == 2


def test_a_lock_of_a_thousand_words_is_under_10_kb(tmp_path: Path) -> None:
    publication(tmp_path)
    library = understand(tmp_path)[0]
    said = Said(tuple(declared(library.articles[ID], library)) * 8, frozenset())
    sentences = [sentence for seed in range(40) for sentence in drawn(seed, "en").sentences()]
    paragraphs = [" ".join(sentences[at : at + 3]) for at in range(0, 90, 3)]
    text = original([("headline", "A story"), *(("body", one) for one in paragraphs)])
    assert 1000 <= sum(len(forms(one)) for one in paragraphs) <= 1300
    lock = make_lock(text, said).lock
    assert len(lock.items) == 32
    assert len(lock_text(lock).encode()) < 10_000


# --- tampering --------------------------------------------------------------------------------------------------------

PASTED = "a hall that stands 300 meters from its own gate, because a wedding party had parked across both lanes"


def _digits(pattern: str) -> Callable[[Path], None]:
    """Changes the last digit of the first match in the lock."""

    def tamper(root: Path) -> None:
        text = (root / LOCK).read_text(encoding="utf-8")
        found = re.search(pattern, text)
        assert found
        at = found.end() - 1
        other = "1" if text[at] != "1" else "2"
        (root / LOCK).write_text(text[:at] + other + text[at + 1 :], encoding="utf-8")

    return tamper


def _append(root: Path, words: str) -> None:
    (root / DIGEST).write_text((root / DIGEST).read_text(encoding="utf-8") + f"\n{words}\n", encoding="utf-8")


def _edit(*edits: tuple[str, str, str]) -> Callable[[Path], None]:
    def tamper(root: Path) -> None:
        for path, old, new in edits:
            replaced(root, path, old, new)

    return tamper


TAMPERED: dict[str, tuple[Callable[[Path], None], set[str], set[str]]] = {
    # name: (what is done, rules with the original, rules without it)
    "one letter of a quotation": (
        _edit((DIGEST, "lucky this time", "lucky that time"), (ITEMS, "lucky this time", "lucky that time")),
        {"not-in-original", "needs-verification"},
        {"needs-verification"},
    ),
    "a speaker's words in other glyphs": (
        _edit((DIGEST, "I’d rather", "I'd rather"), (ITEMS, "I’d rather", "I'd rather")),
        {"needs-verification"},
        {"needs-verification"},
    ),
    "a quotation that was retold becomes direct": (
        _edit((ITEMS, "kind: mixed", "kind: direct")),
        {"needs-verification", "not-in-original", "quote-marks"},
        {"needs-verification", "quote-marks"},
    ),
    "another speaker": (
        _edit((ITEMS, "speaker: mara-quill\n    cue", "anonymous: {description: a cook, reason: null}\n    cue")),
        {"needs-verification"},
        {"needs-verification"},
    ),
    "what a claim says": (
        _edit((CLAIM, "for 300 metres.", "for 500 metres.")),
        {"needs-verification"},
        {"needs-verification"},
    ),
    "a span": (
        _digits(r"item: q-quill-wiring.*?end: \d+"),
        {"needs-verification", "lock-broken"},
        {"needs-verification"},
    ),
    "the hash of a block": (
        _digits(r"number: 6,.*sha256: \"[0-9a-f]+"),
        {"needs-verification", "lock-broken"},
        {"needs-verification"},
    ),
    "a passage's hash": (
        _digits(r"item: q-insurer-damage.*?sha256: \"[0-9a-f]+"),
        {"needs-verification", "lock-broken"},
        {"needs-verification"},
    ),
    "a hash of words": (
        _digits(r"word_blocks:\n  - \"[0-9a-f]+"),
        {"needs-verification", "lock-broken"},
        {"needs-verification"},
    ),
    "a role": (
        _edit((LOCK, "number: 6, role: body", "number: 6, role: notice")),
        {"needs-verification", "lock-broken"},
        {"needs-verification"},
    ),
    "who vouches": (_edit((LOCK, "by: review", "by: desk")), {"needs-verification"}, {"needs-verification"}),
    "the seal": (_digits(r"seal: \"[0-9a-f]+"), {"needs-verification"}, {"needs-verification"}),
    "a block outside the text": (
        _edit((LOCK, "number: 13, role: credit, start: ", "number: 13, role: credit, start: 9")),
        {"needs-verification", "lock-broken"},
        {"needs-verification", "lock-broken"},
    ),
    "a sentence pasted into the digest": (
        lambda root: _append(root, f"It was {PASTED}."),
        {"original-copied"},
        {"original-copied"},
    ),
    "a sentence pasted with other glyphs, case and emphasis": (
        lambda root: _append(root, f"“**{PASTED[:30]}**{PASTED[30:].upper()}”"),
        {"original-copied"},
        {"original-copied"},
    ),
    "a sentence in a description": (
        _edit(("sources/entities/mara-quill.yml", "The mayor of a port.", f"Mayor near {PASTED}.")),
        {"original-copied"},
        {"original-copied"},
    ),
    "a sentence in a note": (
        _edit((CLAIM, "Nothing yet.", f"There is {PASTED}.")),
        {"original-copied"},
        {"original-copied"},
    ),
    "a sentence in a summary": (
        _edit((CLAIM, "summary: Nobody looked yet.", f"summary: It is {PASTED}.")),
        {"original-copied"},
        {"original-copied"},
    ),
    "ten words, too few for the hashes": (
        _edit((CLAIM, "Nothing yet.", "The town would not wait for another warning before it replaced them.")),
        {"original-copied"},
        set(),
    ),
    "a budget that is too small for what is quoted": (
        _edit((DIGEST, "max_share: 20", "max_share: 3\n  max_run: 10")),
        {"excerpt-budget"},
        {"excerpt-budget"},
    ),
    "a text that may be shown": (
        _edit((DIGEST, "text: digest", "text: open")),
        {"lock-broken"},
        {"lock-broken"},
    ),
    "no lock": (lambda root: (root / LOCK).unlink(missing_ok=False), {"original-unverified"}, {"original-unverified"}),
}


@pytest.mark.parametrize("is_held", [True, False], ids=["with the original", "without it"])
@pytest.mark.parametrize("case", TAMPERED)
def test_tampering_is_found(root: Path, case: str, *, is_held: bool) -> None:
    tamper, with_it, without = TAMPERED[case]
    tamper(root)
    if not is_held:
        (root / TEXT).unlink()
    assert rules(root) - {"unused"} == (with_it if is_held else without)


FREE = {
    "our own words": (DIGEST, "was out before the brigade came", "had ended when the brigade arrived"),
    "a summary": (DIGEST, "summary: A fire", "summary: One fire"),
    "a date": (ITEMS, "cue: said", "cue: said\n    date: 2024-03-03"),
    "a name": ("sources/entities/mara-quill.yml", "The mayor of a port.", "Mayor of Port Ellery."),
    "what a check found": (CLAIM, "Nobody looked yet.", "We looked."),
    "a name of ten words": (DIGEST, "language: en", "language: en\nbyline: [Tam Okoro and Lise Hahn]"),
}


@pytest.mark.parametrize(("path", "old", "new"), FREE.values(), ids=FREE)
def test_other_edits_are_free(root: Path, path: str, old: str, new: str) -> None:
    replaced(root, path, old, new)
    assert rules(root) <= {"unused"}
    (root / TEXT).unlink()
    assert rules(root) <= {"unused"}


def test_a_claim_is_added_to_a_locked_digest_and_who_holds_the_original_has_to_look(root: Path) -> None:
    words = "cars stood on the bridge"
    result = CliRunner().invoke(main, ["add", "claim", ID, words, "--claim", "forty-minutes", "--root", str(root)])
    assert result.exit_code == 0, result.output
    assert "is new since the original was locked" in result.output
    assert "needs-verification" in rules(root)


def test_names_and_the_headline_are_no_sentences(root: Path) -> None:
    headline = paragraphs_of((root / TEXT).read_text(encoding="utf-8"))[0]
    name = "old fish hall before dawn was over by the time anyone had found"
    _append(root, f"{headline}.")
    assert rules(root) <= {"unused"}
    _append(root, f"The {name}.")
    assert "original-copied" in rules(root)
    replaced(root, "sources/entities/mara-quill.yml", "aliases: [Quill]", f"aliases: [Quill]\nweak_aliases: [{name}]")
    assert "original-copied" not in rules(root)


def test_an_edit_after_the_comparison_stops_publishing_and_no_preview(root: Path) -> None:
    replaced(root, CLAIM, "for 300 metres.", "for 500 metres.")
    assert not any(problem.is_error for problem in check(root))
    assert build(root).has_errors
    assert not build(root, is_preview=True).has_errors


def test_the_site_is_the_same_to_the_byte_without_the_original(root: Path) -> None:
    def everything() -> list[tuple[str, bytes]]:
        site = build(root, home="https://gloss.example/")
        pages = [(page.uri, page.text.encode()) for page in site.pages]
        return sorted([*pages, *((asset.uri, asset.data) for asset in site.assets)])

    with_it = everything()
    (root / TEXT).unlink()
    assert everything() == with_it
    assert not any(uri.endswith(("original.txt", "lock.yml")) for uri, _content in with_it)


def test_an_original_that_git_tracks_is_refused(root: Path) -> None:
    commit(root)
    assert "original-published" in rules(root)
    result = attached(root)
    assert result.exit_code == 2
    assert ".gitignore" in result.output
    (root / ".gitignore").write_text("/sources/articles/*/original.txt\nheld.txt\n")
    git(root, "rm", "--cached", "-q", TEXT, "held.txt")
    commit(root)
    assert rules(root) <= {"unused"}
    assert attached(root).exit_code == 0


@pytest.mark.parametrize("name", ["original.txt", "assets/story.txt"])
def test_an_original_among_the_sites_files_stops_the_build(root: Path, name: str) -> None:
    path = root / "docs" / name
    path.parent.mkdir(parents=True)
    shutil.copy(root / TEXT, path)
    assert [problem.rule for problem in build(root).problems if problem.is_error] == ["original-published"]


# --- the publisher edits the story -----------------------------------------------------------------------------------


def test_a_changed_original_is_told_block_by_block(root: Path) -> None:
    changed = ORIGINAL.replace("eleven kettles", "twelve kettles").replace(
        "\n\nQuill said she agreed", "\n\nNobody was hurt, and nobody was asked whether the bridge would be widened.\n\nQuill said she agreed"
    )  # fmt: skip
    (root / TEXT).write_text("\n\n".join(text for _role, text in with_roles(_found(changed))) + "\n", encoding="utf-8")
    told = [problem for problem in check(root) if problem.rule == "original-changed"]
    assert len(told) == 1
    assert told[0].message == "block 10 changed; block 12 is new"


def test_when_the_story_is_edited_the_earlier_lock_stays_and_passages_follow(root: Path) -> None:
    before = lock_of(root)
    changed = ORIGINAL.replace("By Orla Quince", "By Orla Quince, Port Ellery").replace(
        "eleven kettles", "twelve kettles"
    )
    (root / "held.txt").write_text(changed, encoding="utf-8")
    result = attached(root)
    assert "since it was locked: block 10 changed" in result.output
    after = lock_of(root)
    assert [one.sha256 for one in after.history] == [before.sha256]
    assert after.history[0].verified == before.verified
    moved = {item.item: item.passages for item in after.items}
    was = {item.item: item.passages for item in before.items}
    assert [one.sha256 for one in moved["c-forty-minutes"]] == [one.sha256 for one in was["c-forty-minutes"]]
    assert moved["c-forty-minutes"][0].start == was["c-forty-minutes"][0].start + len(", Port Ellery")
    assert rules(root) <= {"unused"}


@pytest.mark.parametrize("is_held", [True, False])
def test_a_passage_that_changed_is_not_located_and_its_new_place_is_proposed(root: Path, *, is_held: bool) -> None:
    (root / "held.txt").write_text(ORIGINAL.replace("needed 40 minutes", "needed 50 minutes"), encoding="utf-8")
    if not is_held:
        (root / TEXT).unlink()
    result = attached(root)
    assert "c-forty-minutes is no longer where it was" in result.output
    assert ("give --passage c-forty-minutes=9:1-20" in result.output) == is_held
    assert {item.item: item.passages for item in lock_of(root).items}["c-forty-minutes"] == ()


# --- what a lock gives away ------------------------------------------------------------------------------------------


def walked(known: list[list[str]], dictionary: set[str], hashes: set[str], hashing: Callable[[list[str]], str]) -> set[str]:  # fmt: skip
    """The words that a dictionary recovers beside known ones, one at a time, in both directions, as far as it comes."""
    recovered: set[str] = set()
    waiting = list(known)
    seen: set[tuple[str, ...]] = set()
    while waiting:
        text = waiting.pop()
        for words in (text[-7:], text[:7]):
            if len(words) < 7 or tuple(words) in seen:
                continue
            seen.add(tuple(words))
            for word in dictionary:
                for guess in ([*words, word], [word, *words]):
                    if hashing(guess) in hashes:
                        recovered.add(word)
                        waiting += [guess[1:], guess[:7]]
    return recovered


def published(lock: LockFile, article: Article) -> list[Passage]:
    """The passages that everybody can read as quotations."""
    words = {quote.id: quoted_words(article, quote) for quote in article.quotes}
    return [one for item in lock.items for one in item.passages if words.get(item.item)]


def attacked(root: Path, article: Article, text: str, *, overlapping: bool = False) -> set[str]:
    """What an attacker gets who knows every word that the original uses, but not in which order."""
    lock = understood_lock(article)
    digest = forms((root / article.path).read_text(encoding="utf-8").partition("\n---\n")[2])
    known = [forms(text[one.start : one.end]) for one in published(lock, article)]
    known += [forms(paragraphs_of(text)[0]), *(digest[at : at + 7] for at in range(len(digest)))]
    hashes = {found for _at, found in windows(forms(text))} if overlapping else set(lock.word_blocks)
    return walked(known, set(forms(text)), hashes, block_hash)


def test_a_dictionary_gets_nothing_out_of_the_lock_beyond_what_is_published(made: Path) -> None:
    article = understand(made)[0].articles[ID]
    assert attacked(made, article, (made / TEXT).read_text(encoding="utf-8")) == set()


def test_the_same_attack_rebuilds_a_text_from_blocks_that_overlap(made: Path) -> None:
    article, text = understand(made)[0].articles[ID], (made / TEXT).read_text(encoding="utf-8")
    assert len(attacked(made, article, text, overlapping=True)) > 0.9 * len(set(forms(text)))


def assert_nothing_guessable(lock: LockFile, article: Article, text: str) -> None:
    """No hash but those of quotations and the headline covers fewer than 16 words that are not published."""
    quoted = published(lock, article)
    hashed = [(block.start, block.end) for block in lock.blocks if block.sha256 and block.role != "headline"]
    hashed += [(one.start, one.end) for item in lock.items for one in item.passages if one.sha256 and one not in quoted]
    assert hashed
    for start, end in hashed:
        words = text[start:end]
        for one in quoted:
            words = words.replace(text[one.start : one.end], " ")
        assert len(forms(words)) >= 16


def test_no_hash_covers_fewer_than_sixteen_unpublished_words(made: Path) -> None:
    article = understand(made)[0].articles[ID]
    assert_nothing_guessable(understood_lock(article), article, (made / TEXT).read_text(encoding="utf-8"))


SEED = "2024-06-05-us-weapons-inside-russia"


@pytest.fixture
def real(tmp_path: Path, testdata: Path) -> Path:
    """This publication, with the original of its digest attached anew."""
    shutil.copytree(Path(__file__).parents[1] / "sources", tmp_path / "sources")
    (tmp_path / "sources/articles" / SEED / "original.txt").unlink(missing_ok=True)
    result = run(tmp_path, "attach", SEED, str(testdata / "seed/ap-2024-06-05.txt"))
    assert result.exit_code == 0, result.output
    return tmp_path


def test_the_committed_lock_is_that_of_the_original_and_gives_nothing_away(real: Path) -> None:
    library, problems = understand(real)
    article = library.articles[SEED]
    lock, text = understood_lock(article), (real / f"sources/articles/{SEED}/original.txt").read_text(encoding="utf-8")
    committed = Path(__file__).parents[1] / f"sources/articles/{SEED}/original.lock.yml"
    assert lock_text(lock) == committed.read_text(encoding="utf-8")
    assert lock.verified
    assert (lock.verified.by, lock.verified.date.isoformat()) == ("newsgloss-review", "2026-11-29")
    assert all(item.passages for item in lock.items)
    assert [problem for problem in problems if problem.is_error or problem.rule in STOPS_PUBLISHING] == []
    assert attacked(real, article, text) == set()
    assert_nothing_guessable(lock, article, text)


def test_runs_of_fifteen_words_are_found_but_beside_a_block_that_can_be_read_elsewhere(made: Path) -> None:
    article, text = understand(made)[0].articles[ID], (made / TEXT).read_text(encoding="utf-8")
    lock = understood_lock(article)
    whole = held(text, [block.role for block in lock.blocks])
    shown = [Span(one.start, one.end) for one in published(lock, article)]

    def found(length: int) -> list[bool]:
        runs = [one[at : at + length] for one in whole.stretches(shown) for at in range(len(one) - length + 1)]
        hashes = ({name for _at, name in windows([word.form for word in run])} for run in runs)
        return [not one.isdisjoint(lock.word_blocks) for one in hashes]

    assert all(found(SURE + SIZE))
    assert sum(found(SURE)) > 0.9 * len(found(SURE)) > 100


def test_no_other_article_is_taken_for_a_copy_of_it(testdata: Path) -> None:
    library = understand(Path(__file__).parents[1])[0]
    guarded = Protected(blocks=dict.fromkeys(locked_blocks(library)[SEED], SEED))
    texts = [path.read_text(encoding="utf-8") for path in sorted((testdata / "data/articles").glob("en-*.txt"))]
    assert len(texts) > 20
    assert [copy for text in texts for copy in guarded.copies(text)] == []


def test_the_lock_of_this_publication_stands_without_the_original() -> None:
    library, problems = understand(Path(__file__).parents[1])
    assert library.articles[SEED].files.lock
    assert not [problem for problem in problems if problem.rule in {rule.name for rule in RULES}]


# --- parts -----------------------------------------------------------------------------------------------------------


def _found(text: str) -> Found:
    return Found("plain text", tuple(paragraph(one) for line in text.split("\n\n") for one in line.split("\n") if one))


def test_every_paragraph_has_a_role_and_none_is_lost() -> None:
    found = _found(ORIGINAL)
    paragraphs = with_roles(found)
    assert [text for _role, text in paragraphs] == [one.as_line for one in found.paragraphs if one.text]


def test_a_headline_that_only_the_page_knows_becomes_a_block() -> None:
    body = tuple(Paragraph(one.runs) for one in _found(ORIGINAL).paragraphs[5:])
    assert with_roles(Found("a web page", body, Facts(headline="A Fire")))[0] == ("headline", "A Fire")


def test_square_brackets_are_not_the_speakers(root: Path) -> None:
    for path in (DIGEST, ITEMS):
        replaced(root, path, "luck is not something that a town can", "luck is not something that [a port] can")
    assert attached(root).exit_code == 0
    assert [len(item.passages) for item in lock_of(root).items if item.item == "q-quill-luck"] == [3]
    assert rules(root) <= {"unused"}


def test_the_budget_counts_each_word_that_is_shown_once(made: Path) -> None:
    found = budget(understand(made)[0].articles[ID], lock_of(made))
    assert (found.shown, found.longest) == (18 + 6 + 6, 18)
    assert found.share == round(100 * 30 / found.words, 1)


def test_another_name_is_no_edit(root: Path) -> None:
    before = lock_of(root)
    replaced(root, ITEMS, "id: quill-luck", "id: quill-said\n    formerly: [quill-luck]")
    replaced(root, ITEMS, "speaker: mara-quill", "speaker: the-mayor")
    replaced(root, ITEMS, "claim: forty-minutes", "claim: two-thirds")
    for kind, old, new in (
        ("entities", "mara-quill.yml", "the-mayor.yml"),
        ("claims", "forty-minutes.md", "two-thirds.md"),
    ):
        path = (root / "sources" / kind / old).rename(root / "sources" / kind / new)
        name = old.partition(".")[0]
        start = "---\n" if kind == "claims" else ""
        path.write_text(
            f"{start}formerly: [{name}]\n{path.read_text(encoding='utf-8').removeprefix(start)}", encoding="utf-8"
        )
    assert "needs-verification" not in rules(root)
    assert attached(root).exit_code == 0
    after = lock_of(root)
    names = {"q-quill-luck": "q-quill-said", "c-forty-minutes": "c-two-thirds"}
    assert [names.get(item.item, item.item) for item in before.items] == [item.item for item in after.items]
    assert [item.passages for item in before.items] == [item.passages for item in after.items]
    assert "needs-verification" not in rules(root)


def test_the_lock_is_read_as_it_is_written(made: Path) -> None:
    lock = lock_of(made)
    assert lock_text(lock) == (made / LOCK).read_text(encoding="utf-8")
    assert sealed(lock) == lock
    text = (made / TEXT).read_text(encoding="utf-8")
    assert held(text, [block.role for block in lock.blocks]).text == text
    hostile = lock.model_copy(update={"verified": Verification(by='a "b": {c}, #d', date=lock.verified.date)})  # type: ignore[union-attr]
    assert json.dumps('a "b": {c}, #d') in lock_text(hostile)


def test_verification_needs_both(made: Path) -> None:
    assert verification(made, "", None) is None
    with pytest.raises(CannotAttachError, match="both"):
        verification(made, "review", None)
