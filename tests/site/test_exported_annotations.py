"""What other programs read of an article selects the same words on its page, in a browser, in every script."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser

from tests.site.building import UNDRAWN, Built, build_with_mkdocs, made_once, new_root
from tests.site.corpus import write_corpus
from tests.site.serving import served
from tests.site.texts import OUR_TEXTS, Text, some_public_texts
from tests.thoroughness import tries
from tests.webannotation import many, read

# By the rules of docs/data.md and nothing else.
_TEXT = """(page) => {
  const blocks = [];
  const block = "p, h1, h2, h3, h4, h5, h6, li";
  const gather = (node, own) => {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) own.words += child.data;
      else if (child.nodeType !== Node.ELEMENT_NODE || child.matches("sup.check")) continue;
      else if (child.matches("br")) own.words += "\\n";
      else if (child.matches(block)) { blocks.push({ words: "" }); gather(child, blocks.at(-1)); }
      else gather(child, child.matches("ul, ol, blockquote") ? { words: "" } : own);
    }
  };
  gather(page.querySelector(".article-text"), { words: "" });
  return blocks.map(({ words }) => words.replace(/^[ \\n]+|[ \\n]+$/g, "")).filter(Boolean).join("\\n\\n");
}"""
_SHOWN = f"() => ({_TEXT})(document)"
_PARSED = f"""async (url) => {{
  const html = await (await fetch(url)).text();
  return ({_TEXT})(new DOMParser().parseFromString(html, "text/html"));
}}"""
_SELECTED = """([text, places]) => {
  const points = [...text];
  return places.map(([start, end]) => points.slice(start, end).join(""));
}"""

OPENED = tries(1000, 25)
"""Where a site has more articles, some are opened; the others are read as the browser parses them, before any script runs."""


@pytest.fixture(scope="module", params=["real", "golden", "ours", "public"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    if request.param in ("real", "golden"):
        site: Built = request.getfixturevalue("real_site" if request.param == "real" else "golden")
        return site
    is_ours = request.param == "ours"
    texts = OUR_TEXTS if is_ours else tuple(some_public_texts(request.getfixturevalue("testdata") / "data"))
    return corpus(texts, tmp_path_factory)


def corpus(texts: Sequence[Text], factory: pytest.TempPathFactory) -> Built:
    """The site of test_corpus.py."""

    def fill(folder: Path) -> Built:
        root = new_root(folder / "root")
        write_corpus(texts, root)
        return build_with_mkdocs(root, folder / "site", **UNDRAWN)

    return made_once(factory, f"corpus-{len(texts)}", fill)


def test_every_selector_selects_its_words_on_the_page(built: Built, chromium: Browser) -> None:
    assert built.status == 0, built.log
    count = 0
    with served(built.site) as url:
        page = chromium.new_page()
        paths = sorted((built.site / "data" / "annotations").glob("*.jsonld"))
        opened = set(paths[:: -(-len(paths) // OPENED)])
        for path in paths:
            address = f"{url}articles/{path.stem}/"
            if path in opened:
                page.goto(address, wait_until="domcontentloaded")
            shown: str = page.evaluate(_SHOWN) if path in opened else page.evaluate(_PARSED, address)
            assert shown == (built.site / "data" / "text" / f"{path.stem}.txt").read_bytes().decode(), path.stem
            items = json.loads(path.read_text(encoding="utf-8"))["items"]
            words, places = selected(items, shown)
            assert page.evaluate(_SELECTED, [shown, places]) == words, path.stem
            count += len(words)
        page.close()
    assert count > 10


def selected(items: list[dict[str, Any]], text: str) -> tuple[list[str], list[list[int]]]:
    """The words that each target names, and where a reader of the page's text finds them."""
    targets = [target for one in items for target in many(one["target"])]
    texts = {target["source"]: text for target in targets}
    places = [[start, end] for one in items for _source, start, end in read(one, texts)]
    return [target["selector"][0]["exact"] for target in targets], places


def test_an_article_leads_to_its_files(real_site: Built) -> None:
    for path in (real_site.site / "data" / "annotations").glob("*.jsonld"):
        page = LexborHTMLParser(real_site.page(f"articles/{path.stem}/index.md"))
        link = page.css_first('link[type="application/ld+json"]')
        assert link is not None
        assert (link.attributes["href"] or "").endswith(f"/newsgloss/data/annotations/{path.name}")
        links = {node.attributes["href"] for node in page.css(".ng-report a")}
        assert {f"../../data/annotations/{path.name}", f"../../data/text/{path.stem}.txt"} <= links
