"""The timeline: everything with a date, once, on its day."""

from __future__ import annotations

from pathlib import Path

from build_scripts.pipeline import understand
from build_scripts.rendering.index import make_index
from build_scripts.rendering.timeline import timeline

ROOT = Path(__file__).parents[1]


def test_days_are_in_order_and_hold_everything_dated_once() -> None:
    index = make_index(understand(ROOT)[0])
    days = timeline(index)
    assert [day.date for day in days] == sorted({day.date for day in days})
    dated = [quote.id for article in index.articles for quote in article.quotes if quote.facts.date]
    assert sorted(quote.id for day in days for _article, quote in day.said) == sorted(dated)
    assert sum(len(day.articles) for day in days) == len(index.articles)
    assert sum(len(day.claims) for day in days) == sum(claim.has_verdict for claim in index.claims)


def test_a_month_stands_before_its_days_and_corrections_have_theirs() -> None:
    days = timeline(make_index(understand(ROOT / "tests" / "golden")[0]))
    assert [day.date for day in days] == [
        "2024-03",
        "2024-03-04",
        "2024-03-05",
        "2024-03-06",
        "2024-03-08",
        "2024-03-09",
    ]
    assert [correction.now for day in days for _claim, correction in day.corrections] == ["9:06", "withdrawn"]
