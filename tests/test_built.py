"""What is wrong with a built site is told: each case is a small site with one thing wrong, and the exact words about it.

``cases/built/sound`` is a site made from the golden sources in which nothing is wrong. A case in ``cases/built/NAME.txt`` has
parts ``=== path``: lines with ``-`` stand on that page once, and lines with ``+`` stand there instead; a part without such
lines is the whole page, and an empty one takes the page away. ``=== scale`` stands in place of the golden scale. What is told
then stands in ``=== problems``; ``--accept`` writes it anew.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from build_scripts.built import RULES, check_built
from build_scripts.cli import main
from build_scripts.model import Library
from build_scripts.pipeline import understand
from build_scripts.reading.schema import RatingScale

HERE = Path(__file__).parent
SOUND = HERE / "cases" / "built" / "sound"
CASES = sorted((HERE / "cases" / "built").glob("*.txt"))
CRITERIA = {*range(1, 13), *range(13, 17), 18}
_PART = re.compile(r"^=== (.*)\n", re.MULTILINE)


@pytest.fixture(scope="module")
def library() -> Library:
    return understand(HERE / "golden")[0]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(SOUND, tmp_path / "site")
    return Path("site")


def told(site: Path, library: Library) -> str:
    return "".join(f"{problem}\n" for problem in check_built(site, library))


def change(page: Path, lines: list[str]) -> None:
    if not lines:
        page.unlink()
        return
    removed = [line[1:] for line in lines if line.startswith("-")]
    added = [line[1:] for line in lines if line.startswith("+")]
    if not removed and not added:
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text("\n".join([*lines, ""]), encoding="utf-8")
        return
    old, new = "\n".join(removed), "\n".join(added)
    text = page.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times on {page}"
    page.write_text(text.replace(old, new), encoding="utf-8")


def test_nothing_is_wrong_with_a_sound_site(site: Path, library: Library) -> None:
    assert told(site, library) == ""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_it_is_told_with_place_rule_and_hint(
    case: Path, site: Path, library: Library, request: pytest.FixtureRequest
) -> None:
    pieces = _PART.split(case.read_text(encoding="utf-8"))
    files = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    expected = files.pop("problems")
    for path, text in files.items():
        change(site / path, text.splitlines())
    found = told(site, library)
    if request.config.getoption("--accept"):
        before = case.read_text(encoding="utf-8").split("=== problems\n")[0]
        case.write_text(f"{before}=== problems\n{found}", encoding="utf-8")
        expected = found
    assert found == expected
    assert found, "the case shows no problem"


def test_every_rule_has_a_case() -> None:
    shown = " ".join(case.read_text(encoding="utf-8") for case in CASES)
    assert [rule.name for rule in RULES if f"({rule.name})" not in shown] == []


def test_every_criterion_of_the_platforms_has_a_case() -> None:
    """The names of the cases begin with the criteria that they break, as the field counts them."""
    covered = {int(number) for case in CASES for number in re.findall(r"cr(\d+)", case.stem)}
    assert covered == CRITERIA


@pytest.mark.parametrize(
    "numbers",
    ['"ratingValue": "2"', '"ratingValue": true', '"ratingValue": null', '"ratingValue": 3', '"ratingValue": 0'],
)
def test_numbers_that_are_none_or_off_their_scale_are_told(site: Path, library: Library, numbers: str) -> None:
    change(site / "claims/distance/index.html", ['-"ratingValue": 2', f"+{numbers}"])
    assert "(review-numbers)" in told(site, library)


def test_a_verdict_off_the_scale_that_has_no_numbers_is_sound(site: Path, library: Library) -> None:
    claim = library.claims["distance"]
    loaded = replace(claim.loaded, facts=claim.facts.model_copy(update={"rating": "open"}))
    changed = replace(library, claims={**library.claims, "distance": replace(claim, loaded=loaded)})
    page = site / "claims/distance/index.html"
    change(page, ['-"Right", "worstRating": 1, "ratingValue": 2, "bestRating": 2', '+"Unproven"'])
    change(page, ['-<span class="rating">Right</span>', '+<span class="rating">Unproven</span>'])
    assert told(site, changed) == ""


def test_a_verdict_that_begins_with_no_letter_is_told(site: Path, library: Library) -> None:
    assert library.scale
    plain = library.scale.facts.model_dump(mode="json", exclude_none=True)
    plain["ratings"][0]["label"] = "★ Right"
    scale = replace(library.scale, facts=RatingScale.model_validate(plain, strict=False))
    change(site / "claims/distance/index.html", ['-"alternateName": "Right"', '+"alternateName": "★ Right"'])
    assert "(review-verdict)" in told(site, replace(library, scale=scale))


@pytest.mark.parametrize(
    "data",
    ["", "[", "[]", "null", '"x"', "{}", "[" * 100_000, '{"@context": "https://schema.org"}', '{"@type": "Thing"}', "\ud800x", "NaN"],
)  # fmt: skip
def test_whatever_stands_for_data_is_told_and_stops_nothing(site: Path, library: Library, data: str) -> None:
    html = f'<!doctype html>\n<script type="Application/LD+JSON; charset=utf-8">{data}</script>\n'
    (site / "articles/harbour-fire/index.html").write_bytes(html.encode("utf-8", "surrogatepass"))
    found = told(site, library)
    assert "site/articles/harbour-fire/index.html:2:" in found
    assert found.count("(data-unreadable)") == 1
    assert found.count("error") == 1


def test_reviews_are_found_wherever_they_hide(site: Path, library: Library) -> None:
    hidden = '{"@context": "https://schema.org", "@type": "ItemList", "itemListElement": [{"item": {"@type": ["Thing", "ClaimReview"]}}]}'
    page = site / "articles/harbour-fire/index.html"
    page.write_text(f'<script type="application/ld+json">{hidden}</script>', encoding="utf-8")
    assert "a ClaimReview on a page of no published check (review-misplaced)" in told(site, library)


@pytest.mark.parametrize(
    "address", ["../secret.html", "..%2Fsecret.html", "%2e%2e/secret.html", "about/../../secret.html", "a%00b"]
)
def test_no_address_leads_out_of_the_site(site: Path, library: Library, address: str) -> None:
    Path("secret.html").write_text("<p>secret")
    data = f'{{"@context": "https://schema.org", "@type": "Thing", "url": "https://news.example/gloss/{address}"}}'
    (site / "articles/harbour-fire/index.html").write_text(f'<script type="application/ld+json">{data}</script>')
    assert "(data-leads-nowhere)" in told(site, library)


def test_the_command_checks_a_built_site(site: Path) -> None:
    arguments = ["check", "--root", str(HERE / "golden"), "--built", str(site)]
    sound = CliRunner().invoke(main, arguments)
    assert (sound.exit_code, sound.output) == (0, "no problems\n")
    change(site / "claims/distance/index.html", [])
    broken = CliRunner().invoke(main, arguments)
    assert broken.exit_code == 1
    assert "site/claims/distance/index.html:1:1: error: the page of a published check is missing" in broken.output
    for wrong in ([*arguments[:-1], "nowhere"], [*arguments, "--fix"], [*arguments, "--base", "HEAD"]):
        assert CliRunner().invoke(main, wrong).exit_code == 2
