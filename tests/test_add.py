"""``newsgloss add``: the item with just enough context, in a file whose other characters stay; or a clear answer."""

from __future__ import annotations

import difflib
import random
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from build_scripts.anchoring.anchor import Span, anchor, cuts_cluster
from build_scripts.anchoring.names import is_whole_word
from build_scripts.anchoring.targets import selector_of
from build_scripts.cli import adding, main
from build_scripts.editing.add import add_claim, add_mention, add_quote
from build_scripts.editing.drift import check
from build_scripts.editing.placing import CannotPlaceError, Wanted, place, without_marks
from build_scripts.editing.plain import to_markdown
from build_scripts.reading.load import load
from build_scripts.reading.prose import Prose, read_prose
from build_scripts.source import Source
from tests.articles import WORDS, article
from tests.texts import hostile
from tests.thoroughness import tries

GOLDEN = Path(__file__).parent / "golden" / "sources"
PATH = "sources/articles/harbour-fire/annotations.yml"
HEAD = (
    "---\nheadline: H\npublisher: P\npublished: 2024-03-04\nlanguage: en\nsummary: S.\n"
    "rights: {text: open, holder: P, licence: CC0-1.0}\n---\n\n"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(GOLDEN, tmp_path / "sources")
    return tmp_path


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["add", *arguments, "--root", str(root)])


def added_lines(before: str, after: str) -> list[str]:
    """The lines that are new; none may be another or gone."""
    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    assert [line for line in lines if line.startswith("- ")] == []
    return [line[2:] for line in lines if line.startswith("+ ")]


def item(root: Path, *arguments: str) -> str:
    """What is added, as YAML; the rest of the file stays, and `check` says nothing new."""
    path = root / PATH
    before, told = path.read_text(encoding="utf-8"), {(one.rule, one.message) for one in check(root)}
    result = run(root, *arguments)
    assert result.exit_code == 0, result.output
    assert {(one.rule, one.message) for one in check(root)} <= told
    return "\n".join(line.strip() for line in added_lines(before, path.read_text(encoding="utf-8")))


QUOTE = ("--speaker", "ada-lindqvist", "--kind", "indirect", "--id", "new")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["claim", "harbour-fire", "in four minutes", "--claim", "distance"], "- {claim: distance, exact: in four minutes}"),
        (["claim", "harbour-fire", "brigade", "--claim", "distance", "--occurrence", "2"],
         '- {claim: distance, exact: brigade, suffix: " came"}'),
        (["claim", "harbour-fire", "  has\tmore ", "--claim", "distance"], "- {claim: distance, exact: has more}"),
        (["claim", "harbour-fire", '"Nobody was hurt," said', "--claim", "distance"],
         "- {claim: distance, exact: \"“Nobody was hurt,” said\"}"),
        (["claim", "harbour-fire", "is", "--claim", "distance"], '- {claim: distance, exact: is, prefix: "quay "}'),
        (["claim", "harbour-fire", "is 2 kilometres", "--claim", "distance"], "- {claim: distance, exact: is 2 kilometres}"),
        (["mention", "harbour-fire", "harbour worker", "--entity", "port-anna"],
         "- {entity: port-anna, exact: harbour worker}"),
        (["quote", "harbour-fire", "who feared for his job", *QUOTE],
         "- id: new\nspeaker: ada-lindqvist\nkind: indirect\ncontent:\n- who feared for his job"),
        (["quote", "harbour-fire", '"We were there', 'in four minutes."', "--speaker", "ada-lindqvist", "--kind", "mixed",
          "--cue", "said", "--date", "2024-03", "--id", "new"],
         '- id: new\nspeaker: ada-lindqvist\ncue: said\nkind: mixed\ncontent:\n- We were there\n- in four minutes.\ndate: 2024-03'),
        (["quote", "harbour-fire", "who feared", "brigade", "--occurrence", "3", *QUOTE],
         '- id: new\nspeaker: ada-lindqvist\nkind: indirect\ncontent:\n- who feared\n- {exact: brigade, suffix: "\'s"}'),
        (["quote", "harbour-fire", "who feared", "--anonymous", "a worker: #1", "--reason", "Fear.", "--kind", "indirect",
          "--id", "new"],
         '- id: new\nanonymous: {description: "a worker: #1", reason: Fear.}\nkind: indirect\ncontent:\n- who feared'),
    ],
)  # fmt: skip
def test_the_item_has_just_enough_context_and_the_rest_of_the_file_stays(
    root: Path, arguments: list[str], expected: str
) -> None:
    assert item(root, *arguments) == expected


@pytest.mark.parametrize(
    ("words", "note"),
    [
        ('"Nobody was hurt,"', ""),
        ("Lindqvist’s brigade had wanted", "Lindqvist's brigade had wanted"),
        ("a crane,\u00a0which", "a crane, which"),
        ("a crane, which", ""),
    ],
)
def test_other_glyphs_are_the_same_words_and_it_is_said(root: Path, words: str, note: str) -> None:
    result = run(root, "quote", "harbour-fire", words, *QUOTE)
    assert result.exit_code == 0, result.output
    assert ("written as the article has it" in result.output) == bool(note)
    assert note in result.output


NEW = "Or start it: newsgloss new"


@pytest.mark.parametrize(
    ("arguments", "messages"),
    [
        (["claim", "harbour-fire", "brigade", "--claim", "distance"],
         ['"brigade" stands in 3 places, so say which:', "--occurrence 2 article.md:26:7: The [brigade] came fast, a harbour worker"]),
        (["claim", "harbour-fire", "brigade", "--claim", "distance", "--occurrence", "4"], ["there is no number 4:"]),
        (["claim", "harbour-fire", "in four minutes", "--claim", "distance", "--occurrence", "2"], ["stands in 1 place,"]),
        (["quote", "harbour-fire", "who feared", "a crane", "--occurrence", "1", *QUOTE], ["--occurrence is given once for 2 WORDS"]),
        (["claim", "harbour-fire", "nobody was hurt", "--claim", "distance"], ['did you mean, at', '18:2: "Nobody was hurt"?']),
        (["claim", "harbour-fire", "*Port Anna*", "--claim", "distance"], ['as a reader sees them, without markup: "Port Anna"']),
        (["claim", "harbour-fire", "three wise men", "--claim", "distance"], ["does not stand in sources/articles/harbour-fire/article.md:"]),
        (["claim", "harbour-fire", "square metres; a crane", "--claim", "distance"],
         ["article.md:22:26 over the end of a paragraph to", "article.md:23:5: give the words of each paragraph by themselves"]),
        (["claim", "harbour-fire", " \n ", "--claim", "distance"], ["no words are given"]),
        (["claim", "harbour-fire", "What burned", "--claim", "distance"], ["these words stand in a heading (claim-in-heading)"]),
        (["claim", "harbour-fire", "in four minutes", "--claim", "distanc"], ["did you mean distance?", f"{NEW} claim distanc"]),
        (["claim", "harbour-fire", "in four minutes", "--claim", "A b"], ['there is no claim "A b"']),
        (["claim", "harbour-fire", "in four minutes", "--claim", "two-kilometres"],
         ["two-kilometres was the id of sources/claims/distance.md before and still leads there"]),
        (["mention", "harbour-fire", "brigade", "--occurrence", "3", "--entity", "anna"], ["stand in a link or a heading (mention-overlap)"]),
        (["mention", "harbour-fire", "The brigade", "--occurrence", "1", "--entity", "anna"], ["this mention lies over another at"]),
        (["mention", "harbour-fire", "worker", "--entity", "worker"], ['no entity "worker": none is like it', f"{NEW} entity worker"]),
        (["quote", "harbour-fire", "who feared", "--kind", "indirect"], ["either --speaker ENTITY-ID or --anonymous"]),
        (["quote", "harbour-fire", "who feared", *QUOTE, "--anonymous", "x"], ["either --speaker ENTITY-ID or --anonymous"]),
        (["quote", "harbour-fire", "who feared", *QUOTE, "--reason", "x"], ["--reason is for --anonymous"]),
        (["quote", "harbour-fire", "who feared", "--speaker", "ada", "--kind", "indirect"], ['no entity "ada"', f"{NEW} entity ada"]),
        (["quote", "harbour-fire", "who feared", *QUOTE[:-1], "No Id"], ['"No Id" can\'t be an id']),
        (["quote", "harbour-fire", "who feared", *QUOTE[:-1], "nobody-hurt"], [f"at {PATH}:6:5, and no id is used twice"]),
        (["quote", "harbour-fire", "who feared", *QUOTE[:-1], "brigade-came-fast"], ["before, and no id is used twice"]),
        (["quote", "harbour-fire", "who feared", *QUOTE[:-1], "two-were-hurt"], ["before, and no id is used twice"]),
        (["quote", "harbour-fire", "who feared", *QUOTE[:-2]], ["give --id, for example --id lindqvist-who-feared"]),
        (["quote", "harbour-fire", "who feared", *QUOTE, "--date", "2024-13"], ["there is no such day", "hint: correct the date"]),
        (["quote", "harbour-fire", "who feared", *QUOTE, "--cue", "sang"], ['the cue "sang" does not stand near', "(cue-gone)"]),
        (["quote", "harbour-fire", "who feared", "--speaker", "anna", "--kind", "direct", "--id", "new"], ["(quote-marks)"]),
        (["quote", "harbour-fire", "for his job", "who feared", *QUOTE], ["in the order of the text"]),
        (["quote", "harbour-fire", "The brigade came fast", *QUOTE], [f"the quotation came-fast at {PATH}:12:5, with other facts"]),
        (["quote", "harbour-fire", "wanted to see scrapped", *QUOTE], ["a suggestion at", "newsgloss accept harbour-fire not-yet"]),
        (["claim", "harbour-fir", "x", "--claim", "distance"], ['there is no article "harbour-fir": did you mean harbour-fire?']),
    ],
)  # fmt: skip
def test_what_cannot_be_added_is_told_and_nothing_is_written(
    root: Path, arguments: list[str], messages: list[str]
) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    result = run(root, *arguments)
    assert result.exit_code == 2, result.output
    for message in messages:
        assert message in " ".join(result.output.split())
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["claim", "harbour-fire", "in four minutes", "--claim", "distance"],
        ["mention", "harbour-fire", "harbour worker", "--entity", "port-anna"],
        ["quote", "harbour-fire", "who feared", "for his job", *QUOTE, "--cue", "said"],
        ["quote", "harbour-fire", "who feared", "--anonymous", "a worker", "--kind", "indirect", "--id", "new"],
    ],
)
def test_the_same_a_second_time_says_so_and_adds_nothing(root: Path, arguments: list[str]) -> None:
    assert run(root, *arguments).exit_code == 0
    once = (root / PATH).read_bytes()
    result = run(root, *arguments)
    assert result.exit_code == 0
    assert re.fullmatch(rf"it stands there already, at {PATH}:\d+:5: nothing is added\n", result.output)
    assert (root / PATH).read_bytes() == once


def test_a_name_that_is_linked_by_itself_needs_no_mention(root: Path) -> None:
    result = run(root, "mention", "harbour-fire", "Ada Lindqvist", "--entity", "ada-lindqvist")
    assert result.output == "these words are linked to it by its name already: nothing is added\n"


def test_a_file_that_is_not_there_is_made_and_line_ends_stay(root: Path) -> None:
    (root / PATH).unlink()
    assert run(root, "claim", "harbour-fire", "in four minutes", "--claim", "distance").exit_code == 0
    text = (root / PATH).read_bytes().decode()
    assert text.startswith("# yaml-language-server: $schema=../../schemas/annotations.schema.json\nclaims:\n")
    (root / PATH).write_bytes(text.replace("\n", "\r\n").encode())
    assert run(root, "claim", "harbour-fire", "a crane", "--claim", "distance").exit_code == 0
    after = (root / PATH).read_bytes().decode()
    assert after.count("\n") == after.count("\r\n")
    assert len(added_lines(text, after.replace("\r\n", "\n"))) == 1


def test_a_new_articles_files_take_items(root: Path) -> None:
    CliRunner().invoke(main, ["new", "article", "new-one", "--root", str(root)])
    path = root / "sources/articles/new-one/article.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nThe bridge is closed, the mayor said.\n", encoding="utf-8")
    path = path.with_name("annotations.yml")
    for arguments in (
        ["quote", "new-one", "The bridge is closed", *QUOTE, "--cue", "said"],
        ["claim", "new-one", "bridge is closed", "--claim", "distance"],
        ["mention", "new-one", "the mayor", "--entity", "ada-lindqvist"],
    ):
        before = path.read_text(encoding="utf-8")
        result = run(root, *arguments)
        assert result.exit_code == 0, result.output
        added_lines(re.sub(rf"^{arguments[0]}s: \[\] +#", f"{arguments[0]}s: #", before, flags=re.MULTILINE),
                    re.sub(rf"^{arguments[0]}s: +#", f"{arguments[0]}s: #", path.read_text(encoding="utf-8"), flags=re.MULTILINE))  # fmt: skip
    loaded = {files.id: files.annotations for files in load(root)[0].articles}["new-one"]
    assert loaded
    assert (len(loaded.facts.quotes), len(loaded.facts.claims), len(loaded.facts.mentions)) == (1, 1, 1)


def test_what_can_be_read_of_a_broken_file_stays_and_a_file_that_is_no_yaml_is_refused(root: Path) -> None:
    path = root / PATH
    path.write_text(path.read_text(encoding="utf-8") + "nonsense: 1\n", encoding="utf-8")
    assert run(root, "claim", "harbour-fire", "in four minutes", "--claim", "distance").exit_code == 0
    path.write_text("claims: [\n", encoding="utf-8")
    result = run(root, "claim", "harbour-fire", "a crane", "--claim", "distance")
    assert result.exit_code == 2
    assert f"mend this first: {PATH}" in result.output


def test_a_person_is_asked_for_the_id_and_shown_one(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def prompt(_text: str, default: str) -> str:
        asked.append(default)
        return " my-own "

    monkeypatch.setattr("click.prompt", prompt)
    assert adding._ask("lindqvist-who-feared") == "my-own"
    facts = {"speaker": "ada-lindqvist", "kind": "indirect"}
    added = add_quote(root, "harbour-fire", Wanted(("who feared",)), facts, adding._ask)
    assert asked == ["lindqvist-who-feared"] * 2
    assert added.item.startswith("id: my-own\n")


@pytest.mark.parametrize(
    ("given_words", "expected"),
    [
        ("“a b”", "a b"), ('"a b,"', "a b,"), ("‘a b’", "a b"), ("«a b»", "a b"), ("“a", "a"), ("b.”", "b."), ("dogs’", "dogs’"),
        ("“a” b “c”", "“a” b “c”"), ("a", "a"), ('"', ""), ('""', ""), ("", ""), ("it’s", "it’s"), ("a “b” c", "a “b” c"),
    ],
)  # fmt: skip
def test_quotation_marks_around_a_quotation_are_left_out(given_words: str, expected: str) -> None:
    assert without_marks(given_words) == expected


# --- any words of any article -----------------------------------------------------------------------------------------


def prose_of(text: str) -> Prose:
    return read_prose(Source("article.md", text))[0]


def drawn_words(prose: Prose, choice: random.Random) -> Span:
    """Some words of one block."""
    block = choice.choice(prose.blocks)
    text = prose.text[block.start : block.end]
    words = [match.span() for match in re.finditer(r"\S+", text)]
    first = choice.randrange(len(words))
    last = min(len(words) - 1, first + choice.randrange(4))
    return Span(block.start + words[first][0], block.start + words[last][1])


def number_of(prose: Prose, words: str, span: Span) -> int:
    """Which of the places that `add` counts it is, told without its code: whole words where there are any."""
    found = [one for one in all_of(prose, words) if not cuts_cluster(prose.text, one)]
    return found.index(span) + 1 if span in found else 0


def all_of(prose: Prose, words: str) -> list[Span]:
    found = [
        Span(match.start(), match.start() + len(words)) for match in re.finditer(f"(?={re.escape(words)})", prose.text)
    ]
    inside = [span for span in found if "\n\n" not in prose.text[slice(*span)]]
    return [span for span in inside if is_whole_word(prose.text, span)] or inside


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A publication of one article, which each example writes anew."""
    root = tmp_path_factory.mktemp("press")
    (root / "sources/articles/any").mkdir(parents=True)
    for name in ("publication.yml", "rating-scale.yml", "entities/anna.yml", "claims/distance.md"):
        (root / "sources" / name).parent.mkdir(exist_ok=True)
        shutil.copy(GOLDEN / name, root / "sources" / name)
    return root


BEFORE = "# Mine.\nmentions:\n  # The town.\n  - {entity: null,  exact: 'qqq', all: true, status: suggested}  # odd\n\nclaims:  # none yet\n"


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.sampled_from(sorted(WORDS)), st.sampled_from(["claim", "mention", "quote"]))
def test_any_words_of_an_article_anchor_just_there(press: Path, seed: int, language: str, kind: str) -> None:
    choice = random.Random(seed)  # noqa: S311 -- repeatable on purpose
    text = article(seed, language).text
    added_is_anchored(press, text, kind, drawn_words(prose_of(text), choice))


def added_is_anchored(press: Path, text: str, kind: str, span: Span) -> None:
    folder = press / "sources/articles/any"
    prose = prose_of(text)
    words = prose.text[slice(*span)]
    number = number_of(prose, words, span)
    (folder / "article.md").write_text(HEAD + text + "\n", encoding="utf-8")
    (folder / "annotations.yml").write_text(BEFORE, encoding="utf-8")
    wanted = Wanted((words,), (number,))
    if kind == "claim":
        add_claim(press, "any", wanted, "distance")
    elif kind == "mention":
        add_mention(press, "any", wanted, "anna")
    else:
        add_quote(press, "any", wanted, {"id": "new", "speaker": "anna", "kind": "indirect"}, None)
    after = (folder / "annotations.yml").read_text(encoding="utf-8")
    assert after.replace("\n" + "\n".join(added_lines(BEFORE, after)), "", 1) == BEFORE or kind == "quote"
    (files,) = load(press)[0].articles
    assert files.annotations
    facts = files.annotations.facts
    one = (
        facts.claims[-1]
        if kind == "claim"
        else facts.mentions[-1]
        if kind == "mention"
        else facts.quotes[-1].content[0]
    )
    assert anchor(prose.text, selector_of(one)) == span
    assert one.exact == words


VARIANTS = {"'": "’‘'", '"': '“”„«"', "-": "‐–—-", " ": "\u00a0\u202f "}


@settings(max_examples=60)
@given(st.text("ab'\"- ", min_size=1, max_size=12), st.integers(0, 10**6))
def test_other_glyphs_than_those_of_the_article_lead_to_the_same_place(pattern: str, seed: int) -> None:
    choice = random.Random(seed)  # noqa: S311 -- repeatable on purpose
    there, typed = (f"x{''.join(choice.choice(VARIANTS.get(char, char)) for char in pattern)}y" for _ in range(2))
    prose = prose_of(to_markdown(f"Once {there} and no more."))
    (placed,) = place(prose, Wanted((typed,)))
    assert placed.span == Span(5, 5 + len(there))
    assert bool(placed.note) == (there != typed)


@settings(max_examples=tries(150))
@given(st.lists(hostile, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_words_of_hostile_texts_are_placed_where_they_stand_or_refused(texts: list[str], choice: random.Random) -> None:
    prose = prose_of(to_markdown("\n\n".join(texts)))
    if not any(re.search(r"\S", prose.text[block.start : block.end]) for block in prose.blocks):
        return
    block = choice.choice([one for one in prose.blocks if prose.text[one.start : one.end].strip()])
    start = choice.randrange(block.start, block.end)
    words = prose.text[start : choice.randrange(start, block.end) + 1]
    try:
        (placed,) = place(prose, Wanted((words,)))
    except CannotPlaceError:
        return
    assert prose.text[slice(*placed.span)].strip() == words.strip() or placed.note
    assert not cuts_cluster(prose.text, placed.span)
