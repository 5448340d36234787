"""The timeline: everything with a date, once, on its day; and all of it at a glance."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import markdown
import pyromark
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_scripts.model import Library
from build_scripts.pipeline import understand
from build_scripts.rendering.catalogue import catalogue
from build_scripts.rendering.index import make_index
from build_scripts.rendering.strip import MOST, columns, draw_strip
from build_scripts.rendering.timeline import Day, timeline
from tests.html import body_of, tree
from tests.test_weave import EXTENSIONS

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def golden() -> Library:
    return understand(ROOT / "tests" / "golden")[0]


def test_days_are_in_order_and_hold_everything_dated_once() -> None:
    index = make_index(understand(ROOT)[0])
    days = timeline(index)
    assert [day.date for day in days] == sorted({day.date for day in days})
    dated = [quote.id for article in index.articles for quote in article.quotes if quote.facts.date]
    assert sorted(quote.id for day in days for _article, quote in day.said) == sorted(dated)
    assert sum(len(day.articles) for day in days) == len(index.articles)
    assert sum(len(day.claims) for day in days) == sum(claim.has_verdict for claim in index.claims)
    events = [entity for entity in index.library.entities.values() if entity.facts.date]
    assert [event.id for day in days for event in day.events] == ["novobavarskyi-strike", "zelenskyy-in-qatar"]
    assert len(events) == sum(len(day.events) for day in days)


def test_a_month_stands_before_its_days_and_corrections_have_theirs(golden: Library) -> None:
    days = timeline(make_index(golden))
    assert [day.date for day in days] == [
        "2024-03",
        "2024-03-04",
        "2024-03-05",
        "2024-03-06",
        "2024-03-08",
        "2024-03-09",
    ]
    assert [correction.now for day in days for _claim, correction in day.corrections] == ["9:06", "withdrawn"]


def test_an_event_stands_on_its_first_day_and_on_its_last(golden: Library) -> None:
    days = timeline(make_index(golden))
    assert [(day.date, event.id) for day in days for event in day.events] == [("2024-03-04", "the-fire")]
    assert [(day.date, event.id) for day in days for event in day.ended] == [("2024-03-05", "the-fire")]


def test_nothing_of_a_withdrawn_article_is_on_the_timeline(golden: Library) -> None:
    assert list(golden.withdrawn) == ["second-fire"]
    index = make_index(golden)
    assert "second-fire" not in {article.id for day in timeline(index) for article in day.articles}
    assert not any(article.id == "second-fire" for article, _quote in index.quotes["ada-lindqvist"])


years = st.integers(1, 9999).map(lambda year: f"{year:04}")
dates = st.one_of(years, st.dates().map(lambda day: day.isoformat()), st.dates().map(lambda day: day.isoformat()[:7]))


WORDS = catalogue("en")


def test_there_is_no_strip_without_days() -> None:
    assert draw_strip([], WORDS) == ""


@settings(deadline=None, max_examples=60)
@given(st.sets(dates, min_size=1, max_size=300))
def test_every_column_leads_to_a_day_and_each_day_has_one_column(found: set[str]) -> None:
    days = [Day(date) for date in sorted(found)]
    made = columns(days)
    starts = [days.index(next(day for day in days if day.date == column.first)) for column in made]
    assert starts[0] == 0
    assert starts == sorted(set(starts))
    for column, start, end in zip(made, starts, [*starts[1:], len(days)], strict=True):
        assert all(day.date.startswith(column.date) for day in days[start:end])
    assert len(made) <= MOST or len({column.date for column in made}) == len(made) > MOST


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 3000))
def test_thousands_of_days_are_gathered_by_month_or_year(number: int) -> None:
    days = [Day(f"{2000 + at // 336}-{at // 28 % 12 + 1:02}-{at % 28 + 1:02}") for at in range(number)]
    made = columns(days)
    assert len(made) <= MOST
    assert len(made[0].date) == (10 if number <= MOST else 7 if number <= 28 * MOST else 4)


@settings(deadline=None, max_examples=60)
@given(st.sets(dates, min_size=1, max_size=40), st.integers(0, 120))
def test_both_renderers_show_the_same_strip(found: set[str], said: int) -> None:
    days = [Day(date, said=[None] * said, claims=[None]) for date in sorted(found)]  # type: ignore[list-item]
    page = f"Before.\n\n{draw_strip(days, WORDS)}\n\nAfter.\n"
    by_commonmark, by_python = pyromark.html(page), markdown.markdown(page, extensions=EXTENSIONS)
    assert tree(by_python) == tree(by_commonmark)
    body = body_of(by_python)
    assert [paragraph.text() for paragraph in body.css("p")] == ["Before.", "After."]
    links = body.css("svg a")
    assert [link.attributes["xlink:href"] for link in links] == [f"#day-{column.first}" for column in columns(days)]
    titles = [title.text() for title in body.css("svg a > title")]
    assert len(titles) == len(links)
    assert all(re.search(r": (\d+ statements?, )?\d+ checks?$", title) for title in titles)


def test_marks_tell_how_many_of_each_kind(golden: Library) -> None:
    made = columns(timeline(make_index(golden)))
    assert [column.name(WORDS) for column in made] == [
        "March 2024: 1 statement",
        "4 March 2024: 1 event, 1 article",
        "5 March 2024: 1 event, 1 article",
        "6 March 2024: 2 checks",
        "8 March 2024: 1 correction",
        "9 March 2024: 1 correction",
    ]
    assert sum((column.counts for column in made), Counter())["check"] == 2


def test_the_line_is_whole_between_neighbours_only(golden: Library) -> None:
    drawn = draw_strip(timeline(make_index(golden)), WORDS)
    assert re.findall(r'class="ng-(next|later)"', drawn) == ["later", "next", "next", "later", "next"]
