"""What a shared link shows elsewhere: pictures, frames, descriptions for programs."""

from __future__ import annotations

import json
import re
import struct
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import jinja2
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from build_scripts import addresses
from build_scripts.export import previews
from build_scripts.export.embeds import embeds
from build_scripts.export.pictures import HEIGHT, WIDTH, Drawing, as_svg
from build_scripts.export.previews import Preview
from build_scripts.export.sharing import sharing
from build_scripts.export.structured.pages import structured
from build_scripts.export.typesetting import broken, cut, drawable, rows, set_in, width
from build_scripts.model import Library
from build_scripts.pipeline import build, understand
from build_scripts.reading.schema import Pictured
from build_scripts.rendering.catalogue import catalogue
from build_scripts.rendering.context import share
from build_scripts.rendering.index import make_index
from build_scripts.rendering.pages import page_jobs
from build_scripts.site import Asset
from build_scripts.source import Place
from tests.publications import publication_with
from tests.site.hostile import OUR_STRINGS

GOLDEN = Path(__file__).parent / "golden"
HOME = "https://news.example/site/"
SVG = "{http://www.w3.org/2000/svg}"
SIGNS = st.text(st.characters(codec="utf-8"), max_size=80)
ENGLISH = catalogue("en")
PREVIEW = Preview("claims/x", previews.CLAIM, "claims/x.md", "A claim", "en", "Claimed by A", "Checked", badge="False")

OEMBED = {
    "type": "object",
    "properties": {
        "type": {"enum": ["photo", "video", "link", "rich"]},
        "version": {"const": "1.0"},
        "cache_age": {"type": "integer"},
    }
    | {name: {"type": "string"} for name in ("title", "author_name", "provider_name")}
    | {
        name: {"type": "string", "pattern": "^https?://"}
        for name in ("author_url", "provider_url", "url", "thumbnail_url")
    }
    | {name: {"type": "integer", "minimum": 1} for name in ("width", "height", "thumbnail_width", "thumbnail_height")},
    "required": ["type", "version"],
    "dependentRequired": {
        "thumbnail_url": ["thumbnail_width", "thumbnail_height"],
        "thumbnail_width": ["thumbnail_url", "thumbnail_height"],
        "thumbnail_height": ["thumbnail_url", "thumbnail_width"],
    },
    "allOf": [
        {"if": {"properties": {"type": {"const": kind}}}, "then": {"required": required}}
        for kind, required in (
            ("photo", ["url", "width", "height"]),
            ("video", ["html", "width", "height"]),
            ("rich", ["html", "width", "height"]),
        )
    ],
}
"""What oEmbed 1.0 asks of an answer in JSON, by its type."""


@pytest.fixture(scope="module")
def assets() -> dict[str, Asset]:
    return {asset.uri: asset for asset in sharing(understand(GOLDEN)[0], HOME)}


@pytest.fixture(scope="module")
def shared() -> list[Preview]:
    library = understand(GOLDEN)[0]
    return [*previews.claims(library), *previews.quotations(library)]


def test_every_public_claim_and_every_quotation_has_picture_frame_and_description(
    assets: dict[str, Asset], shared: list[Preview]
) -> None:
    library = understand(GOLDEN)[0]
    expected = {f"claims/{claim.id}" for claim in library.claims.values() if claim.is_public}
    for article in library.articles.values():
        expected |= {f"quotes/{article.id}/{quote.facts.id}" for quote in article.quotes}
    assert {preview.shared for preview in shared} == expected
    assert len(expected) > 5
    for name in expected:
        assert {addresses.picture(name), addresses.embed(name), addresses.oembed(name)} <= set(assets)


def test_articles_and_the_site_itself_have_a_picture(assets: dict[str, Asset]) -> None:
    for name in ("articles/harbour-fire", "articles/hebrew-note", "site"):
        assert addresses.picture(name) in assets


def only(library: Library, *pictured: Pictured) -> Library:
    """The library of a publication that has pictures of these kinds."""
    assert library.publication
    facts = library.publication.facts.model_copy(update={"pictures": pictured})
    return replace(library, publication=replace(library.publication, facts=facts))


@pytest.mark.parametrize("kinds", [(), *((kind,) for kind in Pictured), tuple(Pictured)])
def test_a_publication_has_the_pictures_that_it_wants_and_names_no_others(kinds: tuple[Pictured, ...]) -> None:
    library = only(understand(GOLDEN)[0], *kinds)
    made = {asset.uri: asset for asset in sharing(library, HOME)}
    drawn = {uri.split("/")[1] for uri in made if uri.startswith("pictures/")}
    assert drawn == {"site.png", *kinds} - {"quotations"} | ({"quotes"} if Pictured.QUOTATIONS in kinds else set())
    shared = share(make_index(library))
    data = [make() for things in structured(shared, HOME, {})[0].values() for make in things]
    told = json.dumps(data) + "".join(job.make().text for job in page_jobs(shared))
    assert set(re.findall(r"pictures/[a-z0-9/-]+\.png", told)) <= set(made)
    for uri, asset in made.items():
        if uri.startswith("embed/"):
            meta = {
                node.attributes.get("property") or node.attributes["name"]: node.attributes["content"] or ""
                for node in LexborHTMLParser(asset.data).css('meta[property^="og:image"], meta[name^="twitter:"]')
            }
            has_own = "pictures/site.png" not in meta["og:image"]
            assert meta["og:image"].removeprefix(HOME) in made
            assert meta["twitter:card"] == ("summary_large_image" if has_own else "summary")
            oembed = json.loads(made[f"oembed/{uri.removeprefix('embed/').removesuffix('/index.html')}.json"].data)
            jsonschema.validate(oembed, OEMBED, cls=jsonschema.Draft202012Validator)
            assert [name for name in oembed if name.startswith("thumbnail")] == (
                ["thumbnail_url", "thumbnail_width", "thumbnail_height"] if has_own else []
            )


@pytest.mark.parametrize(
    ("meta", "picture", "card"),
    [
        ({"kind": "article", "image": "pictures/articles/x.png"}, "pictures/articles/x.png", "summary_large_image"),
        ({"kind": "article"}, "pictures/site.png", "summary"),
        ({"kind": "claim"}, "pictures/site.png", "summary"),
        ({"kind": "entity"}, "pictures/site.png", "summary_large_image"),
        ({}, "pictures/site.png", "summary_large_image"),
    ],
)
def test_a_page_tells_its_own_picture_or_that_of_the_site(meta: dict[str, str], picture: str, card: str) -> None:
    folder = Path(__file__).parents[1] / "docs" / ".overrides" / "partials"
    theme = jinja2.Environment(loader=jinja2.FileSystemLoader(folder), autoescape=True)
    config = {"site_name": "S", "site_description": "D", "site_url": HOME, "theme": {"language": "en"}}
    head = LexborHTMLParser(theme.get_template("share.html").render(config=config, page={"meta": meta}))
    told = {
        node.attributes.get("property") or node.attributes["name"]: node.attributes["content"]
        for node in head.css("meta")
    }
    assert (told["og:image"], told["twitter:card"]) == (HOME + picture, card)


@pytest.mark.parametrize(
    ("written", "kinds"),
    [
        ("", tuple(Pictured)),
        ("pictures: []", ()),
        ("pictures: [claims]", (Pictured.CLAIMS,)),
        ("pictures: [books]", None),
        ("pictures: claims", None),
        ("pictures:", None),
    ],
)
def test_pictures_are_asked_for_by_kind(written: str, kinds: tuple[Pictured, ...] | None, tmp_path: Path) -> None:
    facts, faults = publication_with(written, tmp_path)
    assert (facts.pictures if facts else None) == kinds
    assert bool(faults) == (kinds is None)


@pytest.mark.parametrize(
    ("claim", "badge", "told"),
    [("taken-back", "Withdrawn", False), ("looked-at-again", "In review", False), ("distance", None, True)],
)
def test_only_published_checks_show_verdict_and_finding(claim: str, badge: str | None, told: bool) -> None:
    library = understand(GOLDEN)[0]
    facts = library.claims[claim].facts
    preview = next(found for found in previews.claims(library) if found.shared == f"claims/{claim}")
    assert preview.badge == (badge or library.ratings[facts.rating].label)
    texts = [asset.data.decode() for asset in embeds([replace(preview, former=())], "S", "en", HOME)]
    texts.append(as_svg(preview, "S", ENGLISH))
    assert [library.ratings[facts.rating].label in text for text in texts] == [told] * 3
    assert (facts.summary in LexborHTMLParser(texts[0]).text()) == told


def test_frames_stay_at_former_addresses() -> None:
    library = understand(GOLDEN)[0]
    first = next(iter(library.articles.values()))
    former = first.loaded.facts.model_copy(update={"formerly": ("old-article",)})
    quote = first.quotes[0]
    quotes = (replace(quote, facts=quote.facts.model_copy(update={"formerly": ("old-quote",)})), *first.quotes[1:])
    article = replace(first, loaded=replace(first.loaded, facts=former), quotes=quotes)
    made = {asset.uri: asset.data for asset in sharing(replace(library, articles={first.id: article}), HOME)}
    present = made[addresses.embed(f"quotes/{first.id}/{quote.facts.id}")]
    for name in ("old-quote", quote.facts.id):
        assert made[addresses.embed(f"quotes/old-article/{name}")] == present
        assert addresses.oembed(f"quotes/old-article/{name}") in made


def test_a_quotation_that_was_listed_and_is_gone_says_so_at_its_address() -> None:
    library = understand(GOLDEN)[0]
    listed = {"articles/gone/#q-words": Place("addresses.txt", 1, 1), "articles/gone/#c-claim": Place("", 1, 1)}
    made = {asset.uri: asset.data for asset in sharing(replace(library, addresses=listed), HOME)}
    page = LexborHTMLParser(made["embed/quotes/gone/words/index.html"])
    assert [node.text() for node in page.css("h1")] == ["This quotation is no longer published."]
    assert "../../../../articles/gone/" in [link.attributes["href"] for link in page.css("a")]
    assert [uri for uri in made if "gone" in uri] == [
        f("quotes/gone/words") for f in (addresses.picture, addresses.embed, addresses.oembed)
    ]


@pytest.mark.parametrize("address", ["articles/../#q-x", "articles/gone/#q-../../../../x", "articles/gone/#q-x\\..\\x"])
def test_a_listed_address_is_never_a_path_that_leads_out(address: str) -> None:
    library = understand(GOLDEN)[0]
    made = {asset.uri for asset in sharing(replace(library, addresses={}), HOME)}
    listed = {asset.uri for asset in sharing(replace(library, addresses={address: Place("", 1, 1)}), HOME)}
    assert listed == made


def test_pictures_are_drawn_when_they_are_asked_for_and_have_the_size_that_pages_tell(assets: dict[str, Asset]) -> None:
    pictures = [asset for uri, asset in assets.items() if uri.startswith("pictures/")]
    assert all(isinstance(asset.content, Drawing) for asset in pictures)
    for asset in pictures[:3]:
        assert asset.data[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">II", asset.data[16:24]) == (WIDTH, HEIGHT)


def test_descriptions_are_as_oembed_demands(assets: dict[str, Asset]) -> None:
    found = {uri: json.loads(asset.data) for uri, asset in assets.items() if uri.startswith("oembed/")}
    for uri, description in found.items():
        jsonschema.validate(description, OEMBED, cls=jsonschema.Draft202012Validator)
        frame = LexborHTMLParser(description["html"]).css_first("iframe")
        assert frame is not None
        facts = frame.attributes
        address = uri.removeprefix("oembed/").removesuffix(".json")
        shown = f"{facts['src']}index.html".removeprefix(HOME)
        assert assets[shown].data == assets[addresses.embed(address)].data
        assert facts["title"] == description["title"]
        assert (facts["width"], facts["height"]) == (str(description["width"]), str(description["height"]))
        assert "allow-scripts" not in (facts["sandbox"] or "")
        assert description["thumbnail_url"].removeprefix(HOME) in assets


def test_the_test_of_descriptions_finds_what_is_missing() -> None:
    good = {"type": "rich", "version": "1.0", "html": "x", "width": 1, "height": 1}
    jsonschema.validate(good, OEMBED)
    for wrong in (
        {name: value for name, value in good.items() if name != "html"},
        good | {"thumbnail_url": "https://x"},
        good | {"version": 1.0},
        good | {"provider_url": "/"},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, OEMBED)


def test_links_of_a_frame_lead_to_pages_and_places_of_the_site(assets: dict[str, Asset]) -> None:
    site = build(GOLDEN, home=HOME)
    pages = {addresses.served(addresses.FRONT, page.uri): page.text for page in site.pages} | {"": "", "./": ""}
    frames = [(uri, asset.data.decode()) for uri, asset in assets.items() if uri.startswith("embed/")]
    for uri, html in frames:
        links = [node.attributes["href"] or "" for node in LexborHTMLParser(html).css("a")]
        assert len(links) == 2
        for link in links:
            path, _hash, fragment = link.removeprefix("../" * uri.count("/")).partition("#")
            assert path in pages, link
            assert not fragment or f'id="{fragment}"' in pages[path], link


def test_without_the_sites_address_there_is_nothing_that_needs_it() -> None:
    uris = [asset.uri for asset in build(GOLDEN).assets]
    assert any(uri.startswith("embed/") for uri in uris)
    assert not any(uri.startswith("oembed/") for uri in uris)
    page = next(asset.data.decode() for asset in build(GOLDEN).assets if asset.uri.startswith("embed/"))
    assert "og:" not in page
    assert "canonical" not in page


def test_a_quotations_frame_names_itself_to_other_sites(assets: dict[str, Asset]) -> None:
    uri = next(uri for uri in assets if uri.startswith("embed/quotes/"))
    tree = LexborHTMLParser(assets[uri].data)
    told = {node.attributes["property"]: node.attributes["content"] or "" for node in tree.css("meta[property]")}
    assert told["og:url"] == HOME + uri.removesuffix("index.html")
    assert told["og:image"].removeprefix(HOME) in assets
    link = tree.css_first('link[type="application/json+oembed"]')
    assert link is not None
    assert (link.attributes["href"] or "").removeprefix(HOME) in assets


@pytest.mark.parametrize("text", OUR_STRINGS)
def test_hostile_text_stays_text(text: str) -> None:
    for preview in (
        replace(PREVIEW, words=text, by=text, about=text, finding=text, badge=text),
        replace(PREVIEW, words=text, by=text, source=(text, text)),
    ):
        page, description = (asset.data.decode() for asset in embeds([preview], text, "en", HOME))
        tree = LexborHTMLParser(page)
        allowed = ["base", "body", "head", "html", "main", "meta", "link", "style", "title", "h1", "blockquote", "p"]
        allowed += ["a", "bdi", "div", "span", "strong", "footer", "details", "summary", "textarea"]
        assert {node.tag for node in tree.css("*")} <= set(allowed)
        assert not any(name.startswith("on") for node in tree.css("*") for name in node.attributes)
        heading = tree.css_first("main > h1, blockquote")
        assert heading is not None
        assert heading.text().split() == text.split()
        frame = LexborHTMLParser(json.loads(description)["html"])
        assert [node.tag for node in frame.css("body *")] == ["iframe"]
        Drawing(preview, text, "en")()


@given(SIGNS, SIGNS)
def test_any_text_makes_a_picture_of_known_elements(words: str, name: str) -> None:
    drawing = as_svg(replace(PREVIEW, words=words, by=name, badge=name, about=name), name, ENGLISH)
    assert {element.tag for element in ElementTree.fromstring(drawing).iter()} <= {  # noqa: S314 -- our own
        f"{SVG}{tag}" for tag in ("svg", "rect", "text")
    }


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Київ, Ἀθῆναι, Łódź: “20 km” – €3", "Київ, Ἀθῆναι, Łódź: “20 km” – €3"),
        ("قال الوزير", "قال الوزير"),
        ("שלום עולם", "שלום עולם"),
        ("they left 👩‍👩‍👧 in\ttime", "they left in time"),
        ("\u202ereversed\u202c", "reversed"),
        ("二○二四年六月五日", ""),
        ("half 北京", ""),
        ("นักข่าว", ""),
    ],
)
def test_words_are_drawn_whole_or_not_at_all(text: str, shown: str) -> None:
    assert drawable(text).replace("\u200d", "").split() == shown.split()


def test_words_that_no_font_has_are_left_out_and_the_rest_is_drawn() -> None:
    drawing = as_svg(replace(PREVIEW, words="二○二四年", language="zh"), "Newsgloss", ENGLISH)
    root = ElementTree.fromstring(drawing)  # noqa: S314 -- our own
    texts = ["".join(node.itertext()) for node in root.iter(f"{SVG}text")]
    assert texts == ["Newsgloss", "Claim", "False", "Claimed by A · Checked"]


def test_words_from_right_to_left_stand_at_the_right() -> None:
    drawing = ElementTree.fromstring(as_svg(replace(PREVIEW, words="שלום (עולם).", language="he"), "S", ENGLISH))  # noqa: S314
    line = next(node for node in drawing.iter(f"{SVG}text") if "שלום" in "".join(node.itertext()))
    assert line.attrib["text-anchor"] == "end"
    assert float(line.attrib["x"]) > WIDTH / 2
    assert "".join(line.itertext()) == "\u202bשלום (עולם).\u202c"


@given(st.lists(st.text("abcdefgשלוםمرحباПривіт-", min_size=1, max_size=60), max_size=120), st.floats(2, 40))
def test_lines_hold_all_words_in_order_and_are_no_wider_than_asked(words: list[str], wide: float) -> None:
    lines = list(broken(" ".join(words), wide))
    assert "".join(lines).replace(" ", "") == "".join(words)
    assert all(width(line) <= wide for line in lines)
    assert rows(" ".join(words), wide) == len(lines)


@given(st.text("abc def ghi, שלום", max_size=3000))
def test_text_fits_its_box_at_its_size(text: str) -> None:
    block = set_in(text, 1000, 300, (60, 40, 30))
    assert len(block.lines) * block.size * 1.25 <= 300
    assert all(width(line, bold=True) * block.size <= 1000 for line in block.lines)


def test_the_longer_the_text_the_smaller_its_letters_until_it_is_cut_at_a_word() -> None:
    blocks = [set_in("some words here " * count, 1000, 300, (60, 40, 30)) for count in (1, 9, 18, 400)]
    assert [block.size for block in blocks] == [60, 40, 30, 30]
    assert [block.lines[-1].endswith("…") for block in blocks] == [False, False, False, True]
    assert blocks[-1].lines[-1].rstrip("…").split()[-1] in {"some", "words", "here"}


@given(st.text("abc ,.", max_size=200), st.floats(2, 30))
def test_a_line_that_is_cut_begins_as_the_text_does(text: str, wide: float) -> None:
    line = cut(" ".join(text.split()), wide)
    assert width(line) <= wide
    assert " ".join(text.split()).startswith(line.removesuffix("…"))


def test_the_same_sources_give_the_same_pictures() -> None:
    def made() -> list[tuple[str, object]]:
        files = sharing(understand(GOLDEN)[0], HOME)
        return [(file.uri, file.content if isinstance(file.content, Drawing) else file.data) for file in files]

    assert made() == made()
