"""Articles that are translations of one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from build_scripts.model import Article, Library
from build_scripts.problems import Problem, Rule

TRANSLATION = Rule(
    "wrong-translation",
    "`translation_of` names the article that a text was translated from: another one, which is no translation itself and was not "
    "withdrawn. Of an original and its translations, no two are in the same language.",
)
RULES = (TRANSLATION,)


def check(library: Library) -> Iterator[Problem]:
    """Translations of what can't be their original, and two in the same language."""
    groups: dict[str, list[Article]] = defaultdict(list)
    for article in library.articles.values():
        name = article.facts.translation_of
        problem = _misled(article, name, library) if name else None
        if problem:
            yield problem
        elif name and name in library.articles:
            groups[name].append(article)
    for name, translations in groups.items():
        yield from _alike([library.articles[name], *translations])


def _misled(article: Article, name: str, library: Library) -> Problem | None:
    """What is wrong with ``name`` as the original of ``article``; that nothing has this name is told elsewhere."""
    place = article.loaded.place("translation_of")
    if name == article.id:
        hint = "write the id of the original, or delete `translation_of`"
        return TRANSLATION.problem(place, "an article is no translation of itself", hint)
    if name in library.withdrawn:
        hint = "delete `translation_of`, or add `withdrawn: {date: …, why: …}` here, too"
        return TRANSLATION.problem(place, f"`{name}` was withdrawn", hint)
    further = library.articles[name].facts.translation_of if name in library.articles else None
    if not further:
        return None
    original = _original(name, library)
    hint = f"write `translation_of: {original}`" if original else "name the original, which has no `translation_of`"
    return TRANSLATION.problem(place, f"`{name}` is itself a translation, of `{further}`", hint)


def _original(name: str, library: Library) -> str | None:
    """The article that ``name`` goes back to over one or more translations; None where they lead nowhere or in a circle."""
    passed: set[str] = set()
    while name in library.articles and name not in passed:
        passed.add(name)
        further = library.articles[name].facts.translation_of
        if not further:
            return name
        name = further
    return None


def _alike(group: list[Article]) -> Iterator[Problem]:
    """The articles of a group in a language that another has before them."""
    import langcodes  # noqa: PLC0415 -- slow to load, and few publications have translations

    first: dict[str, str] = {}
    for article in group:
        language = langcodes.standardize_tag(article.facts.language)
        if language in first:
            message = f"`{first[language]}` is in the same language, `{article.facts.language}`"
            place = article.loaded.place("language")
            yield TRANSLATION.problem(place, message, "correct `language`, or delete `translation_of`")
        first.setdefault(language, article.id)
