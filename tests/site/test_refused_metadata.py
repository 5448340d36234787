"""Fields that hold addresses, ids, dates and colours accept nothing else: what would be unsafe there is a problem."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from build_scripts.pipeline import build, understand
from tests.site.building import article_facts, claim_facts, new_root, write_markdown, write_yaml

ADDRESSES = (
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "//elsewhere.example/x",
    "/relative",
    "https:elsewhere.example",
    "https://",
    "https://elsewhere.example/\"onmouseover=\"alert(1)",
    "https://elsewhere.example/<script>",
    "https://elsewhere.example/a b",
    "https://elsewhere.example/\n<script>",
    "https://elsewhere.example:port/",
    "https://[elsewhere.example/",
    "https://elsewhere.example/\u202egnp.exe",
    "file:///etc/passwd",
)  # fmt: skip
IDS = (
    "<script>alert(1)</script>",
    'a" onclick="alert(1)',
    "../../etc/passwd",
    "A",
    "a--b",
    "index",
    "",
    "a b",
    "é",
    "x" * 101,
)
DATES = ("<script>", "2024-06-05<script>", "2026-02-30", "05.06.2024", "2024-6-5", "\u0662\u0660\u0662\u0664-06-05")
COLOURS = (
    "red; } body { display: none",
    "#fff",
    "#ffffff; }</style><script>alert(1)</script>",
    "url(https://elsewhere.example)",
)
NAMES = ("", " ", " a", "a\u00a0", "a\nb", "\u200b", "<>")
LANGUAGES = ('en"><script>alert(1)</script>', "", "en_GB", "xx-not-a-language", "../en")


def article(**values: Any) -> tuple[str, dict[str, Any]]:
    return "articles/x/article.md", article_facts(**values)


def source(url: str) -> dict[str, Any]:
    return {"url": url, "publisher": "P", "accessed": "2024-06-05", "read": "whole", "says": "S"}


def claim(**values: Any) -> tuple[str, dict[str, Any]]:
    return "claims/x.md", claim_facts(**values)


def evidence(**values: Any) -> tuple[str, dict[str, Any]]:
    item = {
        "id": "one",
        "kind": "primary",
        "stance": "context",
        "publisher": "P",
        "accessed": "2024-06-05",
        "paraphrase": "S",
    }
    return claim(evidence=[item | {"url": "https://example.org/"} | values])


def entity(**values: Any) -> tuple[str, dict[str, Any]]:
    return "entities/x.yml", {"type": "other", "name": "N", "description": "D"} | values


def colour(value: str) -> tuple[str, dict[str, Any]]:
    scale = [{"id": f"r-{at}", "label": f"L{at}", "value": at, "meaning": "M", "colour": "#333333"} for at in (1, 2)]
    scale[0]["colour"] = value
    return "rating-scale.yml", {"ratings": scale}


CASES = [
    *(("url", article(url=url)) for url in ADDRESSES),
    *(("sources[0].url", article(sources=[source(url)])) for url in ADDRESSES),
    *(("evidence[0].url", evidence(url=url)) for url in ADDRESSES),
    *(("evidence[0].archive_url", evidence(archive_url=url)) for url in ADDRESSES),
    *(("same_as[0]", entity(same_as=[url])) for url in ADDRESSES),
    *(("author", article(author=name)) for name in IDS),
    *(("rating", claim(rating=name)) for name in IDS),
    *(("claimant[0]", claim(claimant=[name])) for name in IDS),
    *(("evidence[0].id", evidence(id=name)) for name in IDS),
    *(("formerly[0]", entity(formerly=[name])) for name in IDS),
    *(("published", article(published=day)) for day in DATES),
    *(("evidence[0].accessed", evidence(accessed=day)) for day in DATES),
    *(("language", article(language=tag)) for tag in LANGUAGES),
    *(("ratings[0].colour", colour(value)) for value in COLOURS),
    *(("name", entity(name=name)) for name in NAMES),
    *(("aliases[0]", entity(aliases=[name])) for name in NAMES),
    *(("type", entity(type=value)) for value in ("<script>", "Person", "")),
    *(("state", claim(state=value)) for value in ("<script>", "Published", "")),
]


def test_every_unsafe_value_is_an_error_of_its_own_field(tmp_path: Path) -> None:
    accepted = []
    for number, (field, (path, values)) in enumerate(CASES):
        root = _root(tmp_path / str(number), path, values)
        told = [f"{problem}" for problem in understand(root)[1] if problem.is_error]
        if not any(line.startswith(f"sources/{path}:") for line in told):
            accepted.append((field, values, told))
    assert accepted == []


@pytest.mark.parametrize(
    "markdown",
    [
        "[words](javascript:alert(1))",
        "[words](<java&#9;script:alert(1)>)",
        "[words](JaVaScRiPt:alert(1))",
        "[words](data:text/html,x)",
        "[words](//elsewhere.example/)",
        "<javascript:alert(1)>",
        "![words](https://elsewhere.example/x.png)",
        "![words](javascript:alert(1))",
        "<script>alert(1)</script>",
        "words <img src=x onerror=alert(1)> words",
        '[words](https://elsewhere.example/ "title")',
        "[words][x]\n\n[x]: javascript:alert(1)",
    ],
)
def test_unsafe_markup_in_a_text_is_an_error_and_never_reaches_the_page(tmp_path: Path, markdown: str) -> None:
    root = new_root(tmp_path / "root")
    write_markdown(root / "sources/articles/x/article.md", article_facts(), f"First words.\n\n{markdown}\n")
    site = build(root)
    assert [problem for problem in site.problems if problem.is_error and problem.place.path.endswith("x/article.md")]
    page = next(page for page in site.pages if page.uri == "articles/x/index.md")
    body = page.text.partition("<!-- text -->")[2]
    assert "<script" not in body
    assert "<img" not in body
    assert "](javascript:" not in body.lower()
    assert "](data:" not in body


@pytest.mark.parametrize("name", ["<script>", "a b", "A", "a'onclick='alert(1)", "ä"])
def test_names_of_files_that_are_no_ids_are_errors(tmp_path: Path, name: str) -> None:
    root = new_root(tmp_path / "root")
    write_yaml(root / f"sources/entities/{name}.yml", entity()[1])
    write_markdown(root / f"sources/articles/{name}/article.md", article_facts(), "Words.\n")
    errors = [problem for problem in understand(root)[1] if problem.is_error]
    assert len([problem for problem in errors if name in problem.place.path]) >= 2


def _root(root: Path, path: str, values: dict[str, Any]) -> Path:
    new_root(root)
    (write_yaml if path.endswith(".yml") else _write_with_body)(root / "sources" / path, values)
    return root


def _write_with_body(path: Path, values: dict[str, Any]) -> None:
    write_markdown(path, values, "Words.\n")
