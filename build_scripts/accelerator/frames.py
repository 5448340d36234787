"""Pages outside the navigation put into their template by formulas.

In: the environment of the theme's templates, the page and what is given beside it. Out: what the template gives. What a template
makes of a page is noted once (``formula``) for all pages that stand at a like place and give the same answers to all that the
template asks; nothing is assumed of the template but that the same makes it give the same. What was noted is compared with what the
template gives, once, and whatever can't be noted is left to the template. So are pages in the navigation, which others show.
"""

from __future__ import annotations

import contextlib
import functools
import posixpath
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from jinja2 import Environment, Template
from jinja2.compiler import CodeGenerator, Frame, find_undeclared
from jinja2.environment import TemplateModule
from jinja2.nodes import Block, Concat, For
from jinja2.runtime import Context
from jinja2.utils import Namespace
from mkdocs.config.defaults import MkDocsConfig

from build_scripts.accelerator.formula import (
    Formula,
    LostError,
    Noted,
    Piece,
    Unknown,
    UnseenError,
    has_unknown,
    is_unseen,
)
from build_scripts.accelerator.pages import AcceleratedPage

_OF_THE_PLACE = frozenset({"script_tag", "url"})
"""Filters of MkDocs that show addresses as they are seen from the page."""
_OF_DICTS = frozenset(dir(dict))
_BEFORE = 1
"""So many pages at a like place are put into their template first: noting takes longer than one of them."""
_WAYS = 20
"""So many ways through a site's templates are noted in any case; then one for each three pages that were put together by formula."""


def install(env: Environment, config: MkDocsConfig) -> None:
    """Have an environment that has no templates yet use formulas. Nobody else may have altered it."""
    frames = _Frames(env, config)
    env.code_generator_class = _Generator
    env.template_class = type("FramedTemplate", (_Template,), {"frames": frames})
    env.finalize = _finalize
    env.concat = frames.concat  # type: ignore[method-assign]  # what it is called with and gives is a text where nothing is noted
    env.each = frames.each  # type: ignore[attr-defined]  # for the code of ``_Generator``
    env.globals["namespace"] = type("FramedNamespace", (_Namespace,), {"frames": frames})
    env.filters |= {name: frames.noting(name, function) for name, function in env.filters.items()}
    tests: dict[str, Any] = env.tests
    env.tests |= {name: frames.asking(function) for name, function in tests.items()}


class _Frames:
    """The formulas of one build. ``noted``: what is noted, while that is done."""

    def __init__(self, env: Environment, config: MkDocsConfig) -> None:
        self._env = env
        self._formulas: dict[object, Formula] = defaultdict(Formula)
        self._met = Counter[Formula]()
        self._places = _Places(map(str, (*config.extra_css, *config.extra_javascript)))
        self._left = 3 * _WAYS
        self._given: Mapping[str, Any] = {}
        self.noted: Noted | None = None

    def filled(self, template: _Template, given: Mapping[str, Any]) -> str | None:
        """The template with the page that is given. None where there is no formula, and none to be found."""
        page = given.get("page")
        if not isinstance(page, AcceleratedPage) or not page.is_aside:
            return None
        try:
            text = self._formula(template, page).result((page, given))
        except UnseenError:
            return self._first(template, page, given) if self._is_worth_noting(template, page) else None
        except Exception:  # whatever it is, the template meets it, too, and tells it where somebody reads it
            return None
        self._left += 1
        return text

    def _formula(self, template: _Template, page: AcceleratedPage) -> Formula:
        return self._formulas[template.name, self._places.of(page.url)]

    def _is_worth_noting(self, template: _Template, page: AcceleratedPage) -> bool:
        """Whether there were pages at a like place before, so that there may be more, and noting was of use up to now."""
        formula = self._formula(template, page)
        self._met[formula] += 1
        return self._met[formula] > _BEFORE and self._left > 0

    def _first(self, template: _Template, page: AcceleratedPage, given: Mapping[str, Any]) -> str:
        """What the template gives, which is noted."""
        self._left -= 3
        noted, pieces = self._noted(template, page, given)
        text = template.render_itself(given)
        formula = self._formula(template, page)  # which is another where the template asked for a new address
        formula.add(noted, pieces)
        with contextlib.suppress(Exception):
            if pieces is not None and formula.result((page, given)) != text:
                formula.add(noted, None)
        return text

    def _noted(
        self, template: _Template, page: AcceleratedPage, given: Mapping[str, Any]
    ) -> tuple[Noted, list[str | int] | None]:
        loops = self._formula(template, page).loops
        noted = self.noted = Noted((page, given), self._part, self._env.getitem, loops)
        self._given = given
        try:
            context = template.new_context({**given, "page": noted.given[0]})
            return noted, noted.numbered(list(template.root_render_func(context)))
        except Exception:  # the same
            return noted, None
        finally:
            self.noted = None

    def _part(self, value: Any, name: str) -> Any:
        """What Jinja gives; of what most questions are about without trying in vain."""
        if type(value) is not dict or name in _OF_DICTS:
            return self._env.getattr(value, name)
        return value[name] if name in value else self._env.undefined(obj=value, name=name)

    def concat(self, pieces: Iterable[str]) -> Any:
        """Pieces as one text."""
        found = list(pieces)
        return self.noted.joined(found) if self.noted and any(map(is_unseen, found)) else "".join(found)

    def each(self, loop: Callable[[Any], Any], items: Any) -> Any:
        """What a loop makes of items."""
        return Piece(self.noted.each(loop, items)) if self.noted and type(items) is Unknown else loop(items)

    def noting(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """A filter that is noted where it is about an unknown."""

        @functools.wraps(function)
        def called(*about: Any, **named: Any) -> Any:
            noted = self.noted
            if noted is None:
                return function(*about, **named)
            if name in _OF_THE_PLACE:
                return self._seen_from(noted, function, *about, **named)
            if not has_unknown((about, named)):
                return function(*about, **named)
            if named or isinstance(about[0], Context):
                raise LostError
            return noted.made(function, *about)

        return called

    def _seen_from(self, noted: Noted, function: Callable[..., Any], context: Context, value: Any) -> Any:
        if context.get("page") is not noted.given[0]:
            raise LostError
        if has_unknown((value,)):
            return noted.made(function, noted.given[1], value)
        self._places.add(str(value))
        return function(self._given, value)

    def asking(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """A test whose answer is noted where it is about an unknown."""

        @functools.wraps(function)
        def asked(*about: Any, **named: Any) -> Any:
            if self.noted is None or not has_unknown((about, named)):
                return function(*about, **named)
            if named or isinstance(about[0], Context):
                raise LostError
            return self.noted.asked(function, *about)

        return asked


class _Places:
    """Where pages stand, seen from the addresses that templates ask for: from like places, these look the same."""

    def __init__(self, addresses: Iterable[str]) -> None:
        self._led_to: set[tuple[str, ...]] = set()
        for address in addresses:
            self.add(address)

    def add(self, address: str) -> None:
        """Tell by this address, too."""
        parts = _parts(address.replace("\\", "/"))
        self._led_to.update(parts[: number + 1] for number in range(len(parts)))

    def of(self, url: str) -> tuple[int, tuple[str, ...]]:
        """How deep a page stands, and how much of the way leads to any of the addresses, too: what ``get_relative_url`` goes by."""
        folder, _slash, name = url.rpartition("/")
        parts = _parts(folder if "." in name else url)
        shared = len(parts)
        while shared and parts[:shared] not in self._led_to:
            shared -= 1
        return len(parts), parts[:shared]


class _Template(Template):
    frames: ClassVar[_Frames]

    def render(self, *args: Any, **kwargs: Any) -> str:
        """As Jinja does."""
        given = dict(*args, **kwargs)
        text = self.frames.filled(self, given)
        return self.render_itself(given) if text is None else text

    def render_itself(self, given: Mapping[str, Any]) -> str:
        """The same without a formula."""
        return super().render(given)

    def make_module(self, *args: Any, **kwargs: Any) -> TemplateModule:
        """As Jinja does."""
        module = super().make_module(*args, **kwargs)
        if self.frames.noted:
            self.frames.noted.numbered([str(module)])  # which ends the noting where an unknown is in it
        return module


class _Namespace(Namespace):
    frames: ClassVar[_Frames]

    def __setitem__(self, name: str, value: Any) -> None:
        noted = type(self).frames.noted
        if noted and noted.is_inside:  # what one part leaves to the next
            raise LostError
        super().__setitem__(name, value)


class _Generator(CodeGenerator):
    """Lets ``~`` join what is shown as it joins all else, and loops in which each item is for itself be noted as such."""

    def visit_For(self, node: For, frame: Frame) -> None:  # noqa: N802 -- Jinja's name
        """Write the code for it."""
        if not _is_plain(node):
            super().visit_For(node, frame)
            return
        inner = frame.inner()
        inner.loop_frame = True
        inner.symbols.analyze_node(node, for_branch="body")
        name = self.temporary_identifier()
        self.writeline(f"def {name}(items):", node)
        self.indent()
        self.buffer(inner)
        self.writeline("for ", node)
        self.visit(node.target, inner)
        self.write(" in items:")
        self.indent()
        self.enter_frame(inner)
        self.writeline("_loop_vars = {}")
        self.blockvisit(node.body, inner)
        self.outdent()
        self.leave_frame(inner, with_python_scope=True)
        self.return_buffer_contents(inner)
        self.outdent()
        self.start_write(frame, node)
        self.write(f"environment.each({name}, ")
        self.visit(node.iter, frame)
        self.write(")")
        self.end_write(frame)

    def visit_Concat(self, node: Concat, frame: Frame) -> None:  # noqa: N802 -- Jinja's name
        """Write the code for it."""
        if frame.eval_ctx.volatile or frame.eval_ctx.autoescape:
            super().visit_Concat(node, frame)
            return
        self.write("environment.concat(map(str, map(environment.finalize, (")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))))")


def _is_plain(loop: For) -> bool:
    """Whether a loop's body sees nothing of it but its item."""
    asks = find_undeclared(loop.body, ("loop",)) or any(block.scoped for block in loop.find_all(Block))
    return not (loop.recursive or loop.else_ or loop.test or asks)


def _finalize(value: Any) -> Any:
    return Piece(value) if type(value) is Unknown else value


def _parts(path: str) -> tuple[str, ...]:
    """The parts of a path as MkDocs counts them."""
    plain = posixpath.normpath(path if path.startswith("/") else f"/{path}")[1:]
    return tuple(plain.split("/")) if plain else ()
