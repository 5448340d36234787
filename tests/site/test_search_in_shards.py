"""The search of a large site: shard by shard, the newest first, and in the end all that one index finds, in its order."""

from __future__ import annotations

import io
import random
import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from build_scripts.export.indexes import search_files
from build_scripts.export.search import ARTICLE, CLAIM, ENTITIES, QUOTATION, Choice, Record
from build_scripts.offline.pack import packed
from build_scripts.reading.schema import EntityType
from tests.site.building import Built
from tests.site.serving import served
from tests.site.watching import watched

BOUND = 20
YEARS = range(2021, 2025)
WORDS = [
    "harbour",
    "bridge",
    "council",
    "vote",
    "river",
    "strike",
    "budget",
    "school",
    "market",
    "tower",
    "missile",
    "missiles",
    "café",
    "naïve",
    "—",
    "row/column",
    "night-shift",
    "court",
    "road",
    "report",
    "plan",
    "20",
    "kilometers",
    "wagons",
]
VERDICTS = (Choice("accurate", "Accurate", 0), Choice("misleading", "Misleading", 1))
QUERIES = {
    "the beginning of a word": {"q": "missil"},
    "a word that others begin with": {"q": "missile"},
    "three words, one of them rare": {"q": "harbour vote zeppelin"},
    "words of titles": {"q": "second headline"},
    "a phrase": {"q": "“harbour bridge”"},
    "a phrase across a dash": {"q": "“night-shift court”"},
    "a word that is nowhere": {"q": "bridge xylophone"},
    "a kind and a verdict": {"kind": "claim", "verdict": "misleading"},
    "a speaker": {"speaker": "ada-lindqvist"},
    "a language": {"language": "de"},
    "words and a language": {"q": "strike", "language": "de,en"},
}


def invented() -> list[Record]:
    """Records of four years, of all kinds; the same at each run."""
    chance = random.Random(8)  # noqa: S311 -- words, no secrets
    names = ["Ada Lindqvist", "Bo Harbour", "Cem Vote", "Dua Bridge"]
    people = [Choice(name.lower().replace(" ", "-"), name) for name in names]
    found = []
    for number in range(120):
        day = f"{chance.choice(YEARS)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        kind = chance.choice((ARTICLE, ARTICLE, QUOTATION, CLAIM))
        words = chance.choices(WORDS, k=chance.randint(3, 80))
        if number % 41 == 0:
            words.insert(1, "zeppelin")
        found.append(
            Record(
                f"{kind.id}s/{number}/",
                f"The {chance.choice(('first', 'second'))} headline {number} on the {chance.choice(WORDS)}",
                " ".join(words),
                kind,
                "de" if number % 5 == 0 else "en",
                f"A note on {day}",
                day,
                chance.choice(VERDICTS) if kind is CLAIM else None,
                (chance.choice(people),) if kind is QUOTATION else (),
            )
        )
    found.sort(key=lambda record: record.date, reverse=True)
    for number, name in enumerate(names):
        named = f"{YEARS[number]}-03-01" if number else ""
        found.append(
            Record(f"entities/{people[number].id}/", name, "A person.", ENTITIES[EntityType.PERSON], "en", named=named)
        )
    return found


@pytest.fixture(scope="module")
def sites(golden: Built, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The same records ``whole`` and ``in shards``."""
    assert golden.status == 0, golden.log
    records = invented()
    folders = {name: tmp_path_factory.mktemp("search") / "site" for name in ("whole", "in shards")}
    for name, folder in folders.items():
        shutil.copytree(golden.site, folder, ignore=shutil.ignore_patterns("pagefind", "articles", "data"))
        for path, content in search_files(records, bound=BOUND if name == "in shards" else len(records)).items():
            file = folder / "pagefind" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    return folders


@pytest.fixture(scope="module")
def urls(sites: Mapping[str, Path]) -> Iterator[Mapping[str, str]]:
    """Where they are searched."""
    with served(sites["whole"]) as whole, served(sites["in shards"]) as parts:
        yield {"whole": whole, "in shards": parts}


@pytest.fixture(scope="module")
def pages(urls: Mapping[str, str], chromium: Browser) -> Iterator[Mapping[str, Page]]:
    """A page at each of them; none may have complained by the end."""
    with watched(chromium, urls["whole"]) as whole, watched(chromium, urls["in shards"]) as parts:
        yield {"whole": whole.page, "in shards": parts.page}
        assert whole.complaints == parts.complaints == []
        assert whole.foreign == parts.foreign == []


@pytest.fixture
def page(pages: Mapping[str, Page]) -> Page:
    """The page of the site in shards."""
    return pages["in shards"]


def told(page: Page) -> Locator:
    return page.locator("article").get_by_role("status")


def settled(page: Page) -> None:
    """Wait until it is told what was found, and nothing is searched any more."""
    told(page).filter(has_text=re.compile("result|Nothing")).filter(has_not_text="searching").wait_for()


def ask(page: Page, home: str, **values: str) -> None:
    page.goto(f"{home}search/?{urlencode(values)}")
    settled(page)


def press(page: Page, name: str) -> bool:
    """Press the button where it is there, and wait until something came of it."""
    button = page.get_by_role("button", name=name)
    if not button.is_visible():
        return False
    state = (
        "document.querySelectorAll('.ng-found > li').length + document.querySelector('article [role=status]').innerText"
    )
    before = page.evaluate(state)
    button.click()
    page.wait_for_function(f"(before) => {state} !== before", arg=before)
    settled(page)
    return True


def shown(page: Page) -> list[str]:
    """The addresses of the results, in their order."""
    links: list[str] = page.locator(".ng-found a").evaluate_all("(all) => all.map((one) => new URL(one.href).pathname)")
    return links


@pytest.mark.parametrize("name", QUERIES)
def test_all_shards_find_what_one_index_finds_in_its_order(
    name: str, urls: Mapping[str, str], pages: Mapping[str, Page]
) -> None:
    found = {}
    for form, page in pages.items():
        ask(page, urls[form], **QUERIES[name])
        while press(page, "Search what is older") or press(page, "Show more"):
            pass
        expect(told(page)).not_to_contain_text("since")
        found[form] = shown(page)
    assert found["whole"]
    if name == "a word that is nowhere":  # what comes near has no order of its own
        found = {form: sorted(links) for form, links in found.items()}
    assert found["in shards"] == found["whole"]


def test_the_newest_are_shown_first_and_older_ones_when_they_are_asked_for(urls: Mapping[str, str], page: Page) -> None:
    asked: set[str] = set()
    page.on("request", lambda request: asked.update(re.findall(r"/pagefind/(\d{4}\w*)/facets", request.url)))
    ask(page, urls["in shards"], q="bridge")
    expect(told(page)).to_have_text(re.compile(r"^\d+ results since \w+ 1, 202[234]$"))
    assert {name[:4] for name in asked} < {str(year) for year in YEARS}
    first = shown(page)
    page.get_by_role("button", name="Search what is older").focus()
    page.keyboard.press("Enter")
    settled(page)
    assert page.evaluate("document.activeElement.matches('button, .ng-found a')")
    assert set(first) < set(shown(page)) or page.get_by_role("button", name="Show more").is_visible()


def test_where_the_newest_have_too_little_older_ones_are_searched_by_themselves(
    urls: Mapping[str, str], page: Page
) -> None:
    ask(page, urls["in shards"], q="zeppelin")
    expect(told(page)).to_have_text(re.compile(r"^\d result"))
    expect(page.get_by_role("button", name="Search what is older")).to_be_hidden()


def test_speakers_are_offered_where_they_are_among_the_results(urls: Mapping[str, str], page: Page) -> None:
    page.goto(f"{urls['in shards']}search/")
    speakers, kinds = page.get_by_role("group", name="Speaker"), page.get_by_role("group", name="Kind")
    expect(kinds.get_by_role("checkbox", name="Quotation")).to_be_visible()
    expect(speakers).to_be_hidden()
    ask(page, urls["in shards"], kind="quotation")
    expect(speakers.get_by_role("checkbox", name=re.compile("Ada Lindqvist"))).to_be_visible()


def test_a_choice_that_no_shard_has_told_of_is_kept_and_can_be_taken_back(urls: Mapping[str, str], page: Page) -> None:
    ask(page, urls["in shards"], speaker="nobody-known")
    expect(told(page)).to_contain_text("Nothing found.")
    page.get_by_role("checkbox", name=re.compile("nobody-known")).uncheck()
    page.wait_for_url(re.compile(r"/search/$"))
    expect(told(page)).to_contain_text("Type words")


def test_a_copy_on_a_disk_searches_all_shards(
    urls: Mapping[str, str], sites: Mapping[str, Path], chromium: Browser, tmp_path: Path
) -> None:
    with zipfile.ZipFile(io.BytesIO(packed(sites["in shards"], "paper", "<title>x</title>", ""))) as archive:
        archive.extractall(tmp_path)
    home = (tmp_path / "paper").as_uri()
    with watched(chromium, home) as watch:
        watch.page.goto(f"{home}/search/index.html?q=zeppelin")
        settled(watch.page)
        expect(told(watch.page)).to_have_text(re.compile(r"^\d result"))
        on_disk = [link.partition("/paper/")[2].replace("index.html", "") for link in shown(watch.page)]
        assert watch.complaints == []
    with watched(chromium, urls["whole"]) as watch:
        ask(watch.page, urls["whole"], q="zeppelin")
        assert [link.partition("/newsgloss/")[2] for link in shown(watch.page)] == on_disk
