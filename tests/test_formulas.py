"""A page put into its template by formula is the page that the template gives, whatever the template does with it."""

from __future__ import annotations

import copy
import datetime
import itertools
import operator
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jinja2 import DictLoader, Environment
from mkdocs.commands.build import get_context
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.toc import get_toc

from build_scripts.accelerator import frames
from build_scripts.accelerator.formula import Formula, LostError, Noted, UnseenError, number_of
from build_scripts.accelerator.frames import install
from build_scripts.accelerator.pages import AcceleratedPage, Session
from build_scripts.accelerator.shown import is_unsteady

REPOSITORY = Path(__file__).parents[1]
PLACES = (
    "articles/{}.md",
    "articles/{}/more.md",
    "lists/a/2024/{}.md",
    "a/b/c/d/{}.md",
    "claims/{}.md",
    "x{}/index.md",
)
_TITLES = (
    "Plain",
    "<b>Bold</b> & more",
    "",
    "\u202b\u05d0",
    '"quoted" {{ braces }}',
    "nul \0 in it",
    "%s {0}",
    "a" * 300,
)
_FACTS: dict[str, tuple[Any, ...]] = {
    "title": (*_TITLES, None, 5, True),
    "description": ("One", "Two & <three>", None, datetime.date(2024, 5, 1), 1.5),
    "hide": (["navigation"], ["toc", "footer"], [], "toc", None),
    "lang": ("de-AT", "he", None),
    "kind": ("article", "claim", "list", None),
    "feeds": ([["feeds/a", "A"], ["feeds/b", "B & C"]], [], None),
    "jsonld": (['{"a": 1}', "</script>"], ["x"], None),
    "book": ("articles/1/1.epub", "../up", "#here", "https://elsewhere.example/x"),
    "nested": ({"a": {"b": "deep"}, "c": [1, 2, "three"]}, {}, "none"),
    "number": (0, 1, 2, 3),
    "items": ("named like a method", None),
}


@pytest.fixture(scope="module")
def config() -> MkDocsConfig:
    return load_config(str(REPOSITORY / "mkdocs.yml"))


def pages(config: MkDocsConfig, number: int) -> tuple[list[AcceleratedPage], Navigation]:
    """Pages of all kinds, and a navigation that leads to two of them."""
    chance = random.Random(number)  # noqa: S311 -- it draws cases
    uris = [
        *(place.format(n) for n, place in zip(range(number), itertools.cycle(PLACES), strict=False)),
        "index.md",
        "claims/index.md",
    ]
    files = [File.generated(config, uri, content="") for uri in uris]
    session = Session(Files(files))
    titles = (None, *_TITLES)
    made = [AcceleratedPage(chance.choice(titles), file, config, session) for file in files[:-2]]
    made += [AcceleratedPage(None, file, config, session) for file in files[-2:]]
    for page in made:
        page.markdown = ""
        page.content = chance.choice(
            ["", "<p>One</p>", "<h1>A</h1><!-- text -->b<!-- end of text -->", '<p class="proposal">x</p>']
        )
        page.toc = get_toc(_contents(chance, 1))
        page.meta = {name: chance.choice(values) for name, values in _FACTS.items() if chance.random() < 0.5}
    navigation = get_navigation(
        Files(file for file in files if file.src_uri in {"index.md", "claims/index.md"}), config
    )
    session.navigation = navigation
    return made, navigation


def _contents(chance: random.Random, level: int) -> list[Any]:
    number = chance.choice([0, 1, 1, 2]) if level < 4 else 0
    return [
        {"level": level, "id": f"i{n}", "name": f"<b>{level}</b> {n}", "children": _contents(chance, level + 1)}
        for n in range(number)
    ]


@pytest.fixture(autouse=True)
def _in_an_event(config: MkDocsConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config.plugins, "_current_plugin", "newsgloss", raising=False)
    monkeypatch.setattr(config, "nav", ["index.md", "claims/index.md"])
    monkeypatch.setattr(frames, "_WAYS", 10_000)
    monkeypatch.setattr(frames, "_BEFORE", 0)


def given_both_ways(
    templates: dict[str, str] | None, config: MkDocsConfig, number: int = 36
) -> Iterator[tuple[str, str, bool]]:
    """What plain Jinja gives for each page, what it gives with formulas, and whether a formula gave it. Errors are texts here."""
    made, navigation = pages(config, number)
    plain, framed = config.theme.get_env(), config.theme.get_env()
    if templates:
        plain.loader = framed.loader = DictLoader(templates)
    install(framed, config)
    for page in [*made, *made]:
        page.active = True
        expected = _rendered(plain, page, navigation, config)
        held = framed.get_template("main.html")
        seen: list[object] = []
        itself = held.render_itself  # type: ignore[attr-defined]  # one of ours
        held.render_itself = lambda given, itself=itself, seen=seen: seen.append(1) or itself(given)  # type: ignore[attr-defined]
        found = _rendered(framed, page, navigation, config)
        held.render_itself = itself  # type: ignore[attr-defined]
        page.active = False
        yield expected, found, not seen


def _rendered(env: Environment, page: AcceleratedPage, navigation: Navigation, config: MkDocsConfig) -> str:
    try:
        return env.get_template("main.html").render(get_context(navigation, [], config, page))
    except Exception as error:
        return f"{type(error).__name__}: {error}"


NOTED = (
    "{{ page.title }}|{{ page.meta.title }}|{{ page.meta.description }}|{{ page.content }}",
    "{% if page.meta and page.meta.title %}{{ page.meta.title | striptags }}{% else %}{{ page.title | e }}{% endif %}",
    "{{ base_url }} {{ 'assets/a.css' | url }} {{ page.url | url }} {{ 'claims/' | url }} {{ page.meta.book | url }}",
    "{% for path in config.extra_css %}{{ path | url }}{% endfor %}{{ extra_css }}{{ extra_javascript | join(' ') }}",
    "{% for script in config.extra_javascript %}{{ script | script_tag }}{% endfor %}",
    "{% set x %}<i>{{ page.title }}</i>{% endset %}{{ x | replace('<i>', '*') | safe }}{{ '<b>' in x }}",
    "{% macro m(a) %}[{{ a }}]{% endmacro %}{{ m(page.title) }}{{ m(m(page.meta.title)) | upper }}",
    "{% for entry in page.toc recursive %}{{ entry.title }}{{ entry.url | url }}{{ entry.level }}"
    "{{ loop.index }}{{ loop.last }}{{ loop(entry.children) }}{% endfor %}",
    "{% set first = page.toc | first %}{% if first is defined %}{{ first.url }}{% endif %}",
    "{{ 'x' ~ page.title ~ page.meta.number ~ none }}{{ {'a': page.title, 'b': [page.meta.title, 1]} | tojson }}",
    "{{ page.meta.kind in ['article', 'claim'] }}{{ page.meta.kind == 'article' }}{{ page.meta.kind != page.title }}",
    "{% for way, label in page.meta.feeds or [] %}{{ loop.length }}{{ (way ~ '.atom') | url }}{{ label }}{% endfor %}",
    "{% for data in page.meta.jsonld %}{{ data | safe }}{% endfor %}{{ page.meta.jsonld | length if page.meta.jsonld }}",
    "{{ page.meta.nested.a.b }}{{ page.meta['nested']['c'] }}{{ page.meta.get }}",
    "{{ 'toc' in page.meta.hide if page.meta.hide }}{{ page.meta.hide | join(',') if page.meta.hide is iterable }}",
    "{{ page.meta.lang is string }}{{ page.meta.nothing is defined }}{{ page.nothing }}{{ page.meta.lang | d('en', true) }}",
    "{% for item in nav %}{{ item == page }}{{ item.title }}{{ item.active }}{{ item.url | url }}{% endfor %}{{ page == page }}",
    "{{ page.is_homepage }}{{ page.canonical_url }}{{ page.edit_url }}{{ page.parent }}{{ page.ancestors | reverse | list }}",
    "{% import 'm.html' as m with context %}{{ m.shown() }}{% include 'i.html' %}{{ m.of(page.title) }}",
    "{% extends 'b.html' %}{% block a %}{{ super() | replace('a', 'o') }}{{ page.title }}{% endblock %}",
    "{% if page.meta.number > 1 %}{{ page.meta.number + 1 }}{% endif %}{{ page.content | length > 5 }}",
    "{% filter upper %}{{ page.title }}{% endfilter %}{% set y = page.title %}{{ y if y else 'none' }}",
    "{% macro each() %}{{ caller('x') }}{% endmacro %}{% call(a) each() %}{{ a }}{{ page.title }}{% endcall %}",
    "{% set n = namespace(t=page.title) %}{% for i in [1, 2] %}{% set n.t = n.t ~ i %}{% endfor %}{{ n.t }}",
    "{% set ways = [page.title] %}{{ (ways + [page.meta.title]) | join('-') }}",
    "{{ page.update_date }}",
    "{% for a in page.toc %}{% for b in a.children %}{{ page.title }}{{ a.title }}{{ b.url | url }}{{ '+' if b.children }}{% endfor %}"
    "{% else %}none{% endfor %}{% for a in page.toc %}{% for b in a.children %}{{ base_url }}{{ b.level }}{% endfor %}{% endfor %}",
    "{% set x = 1 %}{% for data in page.meta.jsonld %}{% set x = data ~ page.title %}{{ x }}{{ page.meta.lang }}{% endfor %}{{ x }}",
    "{% macro m(a) %}[{{ a }}]{% endmacro %}"
    "{% for a in page.toc %}{{ m(a.title) }}{% for n in [1, 2] %}{{ n }}{{ a.level }}{% endfor %}{% include 'i.html' %}{% endfor %}",
    "{% for way, label in page.meta.feeds or [] %}{{ way | url }}{{ label }}{% for sign in label %}{{ sign }}.{% endfor %}{% endfor %}",
    "{% for a in page.toc %}{% set n = [a.title, page.title] %}{{ n | join }}{% endfor %}{% for a in page.toc if a.children %}{{ a.url }}{% endfor %}",
)
LEFT = (
    "{{ config.extra[page.meta.kind] }}",
    "{{ page.title.upper() if page.title }}",
    "{{ '%s' % page.title }}",
    "{{ '%s' | format(page.title) }}{{ ['a', 'b'][page.meta.number] }}{{ 'abc'[:page.meta.number] }}",
    "{{ {page.title: 1} }}",
    "{{ '-'.join([page.title]) }}",
    "{% autoescape true %}{{ page.title }}{{ 'a' ~ page.title }}{% endautoescape %}",
    "{% include page.meta.kind ~ '.html' ignore missing %}",
    "{{ [page] | map(attribute='title') | join }}",
    "{{ page.meta.items() if page.meta }}{{ page.meta }}",
    "{% import 'm.html' as m with context %}{{ m | replace('a', 'b') }}",
    "{% set page = nav.homepage %}{{ 'assets/a.css' | url }}",
    "{{ page.title * 2 }}",
    "{{ lang.nothing.at_all }}",
    "{{ page.meta.title.nothing.at_all }}",
    "{{ page }}{{ page.file }}{{ page.file.src_uri }}",
    "{{ {'a': 1}[page.meta.kind] }}",
    "{% set n = namespace(t='') %}{% for a in page.toc %}{% set n.t = n.t ~ a.title %}{% endfor %}{{ n.t }}",
    "{% set n = namespace(t=0) %}{% for a in page.toc %}{% set n.t = n.t + 1 %}{{ n.t }}{% endfor %}{{ n.t }}",
    "{% set n = namespace(t=0) %}{% for a in page.toc %}{% if a.children %}{% set n.t = 1 %}{% endif %}{{ n.t }}{% endfor %}",
    "{{ range(page.meta.number) | list if page.meta.number }}",
    "{{ dict(a=page.title) | tojson }}{{ page.title | default('x') | truncate(5, leeway=0) }}",
)  # fmt: skip
PARTS = {
    "b.html": "{% block a %}a{{ page.meta.title }}{% endblock %}{% set later = page.title %}{{ self.a() }}",
    "m.html": "{{ page.title }}{% macro shown() %}{{ page.title }}{{ 'x/' | url }}{% endmacro %}{% macro of(t) %}{{ t }}{% endmacro %}",
    "i.html": "{{ page.title }}{{ base_url }}",
    "article.html": "an article",
}


@pytest.mark.parametrize("template", NOTED)
def test_a_template_gives_the_same_by_formula(template: str, config: MkDocsConfig) -> None:
    given = list(given_both_ways({**PARTS, "main.html": template}, config))
    assert [found for _expected, found, _by in given] == [expected for expected, _found, _by in given]
    assert any(by for _expected, _found, by in given)


@pytest.mark.parametrize("template", LEFT)
def test_what_can_not_be_noted_is_left_to_the_template(template: str, config: MkDocsConfig) -> None:
    for expected, found, _by in given_both_ways({**PARTS, "main.html": template}, config):
        assert found == expected


def test_how_long_a_list_is_does_not_matter_to_a_formula() -> None:
    formula, noted = Formula(), 0
    for parts in ([], ["a"], ["b", "c", "a"], ["long"] * 50, ["a", ""] * 9):
        try:
            found = formula.result([parts])
        except UnseenError:
            noted += 1
            note = Noted([parts], getattr, operator.getitem, formula.loops)
            formula.add(note, [number_of(note.each(_signs, note.given[0]))])
            found = formula.result([parts])
        assert found == _signs(parts)
    assert noted == 3  # nothing but the end, what counts as true, what does not


def _signs(parts: list[str]) -> Any:
    made = [part + "!" if part else "?" for part in parts]
    return made[0] if len(made) == 1 else "".join(made)


def test_nothing_of_one_part_is_seen_outside() -> None:
    noted = Noted([["a", "b"]], getattr, operator.getitem)
    kept: list[Any] = []

    def keep(parts: list[Any]) -> str:
        kept.extend(parts)
        return ""

    noted.each(keep, noted.given[0])
    for seeing in (bool, len, lambda unknown: unknown == 1, lambda unknown: noted.made(str, unknown)):
        with pytest.raises(LostError):
            seeing(kept[0])


@pytest.mark.parametrize("number", range(12))
def test_templates_of_many_parts_give_the_same(number: int, config: MkDocsConfig) -> None:
    chance = random.Random(number)  # noqa: S311 -- it draws cases
    parts = [part for part in (*NOTED, *LEFT) if "extends" not in part]
    template = "\n".join(chance.sample(parts[: len(NOTED) - 1] if number % 2 else parts, 6))
    for expected, found, _by in given_both_ways({**PARTS, "main.html": template}, config):
        assert found == expected


SETTINGS: tuple[dict[str, Any], ...] = (
    {},
    {"theme": {"language": "he", "features": ["navigation.tabs", "navigation.path", "navigation.indexes", "toc.integrate"]}},
    {"theme": {"custom_dir": None, "features": ["navigation.sections", "navigation.expand", "announce.dismiss"], "palette": {}}},
    {"use_directory_urls": False, "site_url": ""},
    {"repo_url": "", "extra": {"analytics": {"provider": "google", "feedback": {"title": "?", "ratings": []}}, "homepage": "x/"}},
)  # fmt: skip


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_the_theme_gives_the_same_by_formula_with_any_settings(
    settings: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    own = load_config(str(REPOSITORY / "mkdocs.yml"))
    theme = {"name": "material", "font": False, "custom_dir": str(REPOSITORY / "docs" / ".overrides")}
    theme = {name: value for name, value in (theme | settings.get("theme", {})).items() if value is not None}
    palette = theme.pop("palette", own.theme["palette"])
    config = load_config(str(REPOSITORY / "mkdocs.yml"), theme={**theme, "palette": palette},
                         **{name: value for name, value in settings.items() if name != "theme"})  # fmt: skip
    monkeypatch.setattr(config.plugins, "_current_plugin", "newsgloss", raising=False)
    config.nav = ["index.md", "claims/index.md"]
    given = list(given_both_ways(None, config))
    for expected, found, _by in given:
        assert found == expected
    assert sum(by for _expected, _found, by in given) > len(given) / 4


@pytest.mark.parametrize(
    "part",
    [
        "{{ pages | length }}",
        "{{ config._current_page.title }}",
        "{% set _ = nav.items.append(1) %}",
        "{{ [1, 2] | random }}",
    ],
)
def test_a_template_that_shows_more_than_it_asks_for_is_known(part: str) -> None:
    assert is_unsteady(f"<p>{{# a #}}{part}</p>")
    assert not is_unsteady(f"<p>{{# {part} #}} pages, random.append() {{{{ page.title }}}}</p>")


def test_a_program_that_does_now_this_now_that_is_run_each_time() -> None:
    formula = Formula()
    for question in (str.isdigit, str.isalpha):
        noted = Noted(("a",), getattr, getattr)
        noted.asked(question, noted.given[0])
        formula.add(noted, ["x"])
    with pytest.raises(UnseenError):
        formula.result(("a",))


SEEING: tuple[Callable[[Any], object], ...] = (
    str, repr, hash, int, float, bytes, len, bool, list, "{}".format, "%s".__mod__, "a".__add__, {"a": 1}.get, {"a": 1}.__contains__,
    [1].__getitem__, "abc".__contains__, ["a"].__contains__, ("a",).index, "-".join, sorted, sum, abs, iter, dict, vars, dir, callable,
    copy.copy, lambda unknown: f"{unknown}", lambda unknown: unknown < "b", lambda unknown: unknown == "a", lambda unknown: -unknown,
    lambda unknown: isinstance(unknown, str), lambda unknown: unknown.upper(), lambda unknown: unknown[0], lambda unknown: unknown + "b",
)  # fmt: skip


@pytest.mark.parametrize("seeing", SEEING)
def test_nothing_is_seen_of_an_unknown_that_is_not_noted(seeing: Callable[[Any], object]) -> None:
    """What is given for it is unknown in turn, or what holds for every unknown, or it was asked."""
    noted = Noted(("a",), getattr, getattr)
    try:
        given = seeing(noted.given[0])
    except (LostError, TypeError):
        return
    assert (
        noted.path or noted.steps or given is NotImplemented or given == seeing(Noted((5,), getattr, getattr).given[0])
    )
