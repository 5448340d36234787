"""Sharing from the built site: what its heads tell, buttons that copy, frames on other pages, links to words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from selectolax.lexbor import LexborHTMLParser

from build_scripts.pipeline import understand
from tests.site.building import Built, build_with_mkdocs, made_once, new_root
from tests.site.corpus import write_corpus
from tests.site.serving import served
from tests.site.texts import OUR_TEXTS
from tests.site.watching import calm

HOME = "https://example.org/newsgloss/"
DIGEST = "articles/2024-06-05-us-weapons-inside-russia/"
CLAIM = "claims/himars-range/"
COPY = "Copy link"
OPENED = 30
"""How many links of an article are followed: each costs a page."""
_LINKS = """async (prefix) => {
  const { permalink } = await import(`${prefix}assets/newsgloss-share.js`);
  return [...document.querySelectorAll(".article-text [id^='m-']")].map((mark) => [mark.id, permalink(mark)]);
}"""
_SEEN = """(id) => {
  const box = document.getElementById(id).getClientRects()[0];
  return box.top >= 0 && box.bottom <= innerHeight;
}"""

Open = Callable[..., AbstractContextManager[Page]]


@pytest.fixture
def opened(real_url: str, chromium: Browser) -> Open:
    """Opens a page of the site; nothing may have gone wrong by the time it is closed."""

    def with_clipboard(context: BrowserContext) -> None:
        context.grant_permissions(["clipboard-read", "clipboard-write"])

    def without_clipboard(context: BrowserContext) -> None:
        context.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined });")

    def open_page(path: str, *, clipboard: bool = True, width: int = 1280) -> AbstractContextManager[Page]:
        prepare = with_clipboard if clipboard else without_clipboard
        return calm(chromium, f"{real_url}{path}", prepare, viewport={"width": width, "height": 800})

    return open_page


def meta(page: str) -> dict[str, str]:
    """What a page's head tells to other sites."""
    nodes = LexborHTMLParser(page).css('meta[property^="og:"], meta[name^="twitter:"]')
    return {
        node.attributes.get("property") or node.attributes["name"] or "": node.attributes["content"] or ""
        for node in nodes
    }


def test_every_page_tells_other_sites_what_it_is_with_a_picture_that_is_there(real_site: Built) -> None:
    pages = [path for path in real_site.site.rglob("index.html") if "http-equiv=" not in path.read_text()]
    assert len(pages) > 100
    for path in pages:
        told = meta(path.read_text(encoding="utf-8"))
        for name in ("og:title", "og:description", "og:type", "og:site_name", "og:image:alt"):
            assert told.get(name), (name, path)
        assert told["twitter:card"] == "summary_large_image"
        folder = path.parent.relative_to(real_site.site).as_posix()
        assert told["og:url"] == HOME + ("" if folder == "." else f"{folder}/")
        picture = real_site.site / told["og:image"].removeprefix(HOME)
        assert picture.read_bytes()[:4] == b"\x89PNG", path


def test_a_claims_and_an_articles_page_have_a_picture_of_their_own(real_site: Built) -> None:
    for uri in ("claims/himars-range.md", f"{DIGEST}index.md"):
        name = uri.removesuffix(".md").removesuffix("/index")
        assert meta(real_site.page(uri))["og:image"] == f"{HOME}pictures/{name}.png"


def test_claims_and_quotations_lead_programs_to_their_description(real_site: Built) -> None:
    pages = [*(real_site.site / "embed").rglob("index.html"), *(real_site.site / "claims").glob("*/index.html")]
    assert len(pages) > 40
    for path in pages:
        link = LexborHTMLParser(path.read_bytes()).css_first('link[type="application/json+oembed"]')
        assert link is not None, path
        told = json.loads((real_site.site / (link.attributes["href"] or "").removeprefix(HOME)).read_bytes())
        assert told["provider_url"] == HOME


def test_titles_are_escaped_once(real_site: Built) -> None:
    """An apostrophe and an ampersand arrive as themselves."""
    told = [meta(path.read_text(encoding="utf-8"))["og:title"] for path in real_site.site.glob("articles/*/index.html")]
    assert told
    assert not any(re.search(r"&(#\d+|[a-z]+);", title) for title in told)


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (CLAIM, CLAIM),
        (DIGEST, f"{DIGEST}#q-"),
        (DIGEST, f"{DIGEST}#c-"),
        ("quotes/john-kirby/", f"{DIGEST}#q-kirby-"),
    ],
)
@pytest.mark.parametrize("keyboard", [False, True])
def test_a_button_copies_the_address(opened: Open, real_url: str, path: str, address: str, keyboard: bool) -> None:
    with opened(path) as page:
        fragment = urlsplit(address).fragment
        places = page.locator(f'li:has(.share):has([href*="#{fragment}"])' if fragment else "li:has(.share)")
        button = places.first.get_by_role("button", name=COPY)
        if keyboard:
            button.focus()
            page.keyboard.press("Enter")
        else:
            button.click()
        expect(page.locator(".ng-told[role=status]")).to_have_text("Copied")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith(real_url + address)
        assert not fragment or page.request.get(copied).ok
        expect(button).to_be_visible(timeout=4000)


def test_without_a_clipboard_the_address_is_copied_or_stands_selected(opened: Open, real_url: str) -> None:
    with opened(CLAIM, clipboard=False) as page:
        page.evaluate("document.execCommand = () => false")
        page.locator(".share").get_by_role("button", name=COPY).click()
        field = page.locator(".share input")
        expect(field).to_be_focused()
        assert page.evaluate("getSelection().toString()") == real_url + CLAIM
    with opened(CLAIM, clipboard=False) as page:
        page.evaluate("document.execCommand = (what) => { window.did = what; return true; }")
        page.locator(".share").get_by_role("button", name=COPY).click()
        expect(page.locator(".ng-told[role=status]")).to_have_text("Copied")
        assert page.evaluate("window.did") == "copy"
        expect(page.locator(".share input")).to_have_count(0)
        expect(page.locator(".share button")).to_be_focused()


def test_without_script_every_quotation_and_check_has_its_links(real_site: Built) -> None:
    for name, article in understand(real_site.root)[0].articles.items():
        page = LexborHTMLParser(real_site.page(f"articles/{name}/index.md"))
        links = {node.attributes["href"] or "" for node in page.css("li a[href]")}
        for quote in article.quotes:
            assert f"#{quote.id}" in links
            assert any(link.endswith(f"embed/quotes/{name}/{quote.facts.id}/") for link in links)


def test_a_frame_has_one_heading_of_the_first_order(real_site: Built) -> None:
    for path in sorted((real_site.site / "embed").rglob("index.html")):
        headings = LexborHTMLParser(path.read_bytes()).css("h1, h2, h3")
        assert [node.tag for node in headings] == ["h1"], path


@pytest.mark.parametrize("width", [300, 600])
def test_a_frame_shows_all_of_itself(real_site: Built, real_url: str, chromium: Browser, width: int) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 200})
    for path in sorted((real_site.site / "oembed").rglob("*.json")):
        told = json.loads(path.read_bytes())
        page.set_viewport_size({"width": width, "height": told["height"]})
        address = re.search('src="([^"]+)"', told["html"])
        assert address
        page.goto(address[1].replace(HOME, real_url))
        root = "document.documentElement"
        assert page.evaluate(f"{root}.scrollHeight") <= told["height"], path
        assert page.evaluate(f"{root}.scrollWidth") <= width, path
    page.close()


def test_links_in_a_frame_open_the_page_around_it(
    real_site: Built, real_url: str, chromium: Browser, tmp_path: Path
) -> None:
    told = json.loads((real_site.site / "oembed" / "claims" / "himars-range.json").read_bytes())
    (tmp_path / "index.html").write_text(told["html"].replace(HOME, real_url), encoding="utf-8")
    with served(tmp_path) as elsewhere:
        page = chromium.new_page()
        page.goto(elsewhere)
        frame = page.frame_locator("iframe")
        expect(frame.locator(".badge")).to_have_text("Mostly accurate")
        frame.get_by_role("link", name="Full check").click()
        page.wait_for_url(real_url + CLAIM)
        page.close()


@pytest.mark.parametrize("dark", [False, True])
def test_a_frame_can_be_read_light_and_dark(real_url: str, chromium: Browser, dark: bool) -> None:
    context = chromium.new_context(color_scheme="dark" if dark else "light")
    page = context.new_page()
    for path in (f"embed/{CLAIM}", f"embed/quotes/{DIGEST.removeprefix('articles/')}kirby-tactical/"):
        page.goto(real_url + path)
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        for element in page.locator("h1, blockquote, a, .about, strong, summary").all():
            colour = element.evaluate("(node) => getComputedStyle(node).color")
            assert _contrast(colour, ground) >= 4.5, (path, colour, ground)
    context.close()


def test_the_link_of_a_mention_leads_to_its_words(real_url: str, chromium: Browser) -> None:
    _assert_links_lead_to_their_words(f"{real_url}{DIGEST}", chromium)


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Built:
    def fill(folder: Path) -> Built:
        root = new_root(folder / "root")
        write_corpus([text for text in OUR_TEXTS if text.name in ("hebrew", "arabic", "inline-signs")], root)
        return build_with_mkdocs(root, folder / "site")

    return made_once(tmp_path_factory, "shared-texts", fill)


@pytest.mark.parametrize("name", ["hebrew", "arabic", "inline-signs"])
def test_so_does_that_of_a_mention_in_other_scripts_and_between_signs(
    texts: Built, chromium: Browser, name: str
) -> None:
    with served(texts.site) as url:
        _assert_links_lead_to_their_words(f"{url}articles/{name}/", chromium)


def _assert_links_lead_to_their_words(address: str, chromium: Browser) -> None:
    """Each link is opened with its id taken out, so that only the words in it can lead there."""
    page = chromium.new_page(viewport={"width": 600, "height": 300})
    page.goto(address)
    found = page.evaluate(_LINKS, "../../")
    assert found
    for name, link in found[:: -(-len(found) // OPENED)]:
        page.goto("about:blank")
        page.goto(re.sub("#.*?:~:", "#:~:", link))
        page.wait_for_timeout(30)
        assert page.evaluate(_SEEN, name), unquote(link)
    page.close()


def _contrast(one: str, other: str) -> float:
    """The contrast of two colours as CSS writes them, by WCAG."""
    low, high = sorted(map(_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(value) / 255 for value in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
