"""A browser page under watch: what it ran, what it asked for, what it complained about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Locator, Page, Request

from tests.site.serving import PROJECT
from tests.site.warm import lent

_TRAP = """
window.ran = [];
for (const name of ["alert", "confirm", "prompt", "print", "hacked"]) {
  window[name] = (...values) => { window.ran.push(name + "(" + values.join() + ")"); };
}
"""
_ACTIVE = """(page) => {
  const found = [];
  const told = (element) => element.cloneNode(false).outerHTML.slice(0, 300);
  for (const element of page.querySelectorAll("*")) {
    for (const {name, value} of element.attributes) {
      const leads = /^(href|src|action|formaction|data|poster|background|xlink:href|srcset|cite|ping|manifest)$/i.test(name);
      const runs = /^(javascript|vbscript|data):/i.test(value.replace(/[\\u0000-\\u0020]/g, ""));
      if (/^(on|srcdoc$)/i.test(name) || (leads && runs)) found.push(name + " in " + told(element));
    }
  }
  // Data in a script run nothing; that they are data is tried where they are read.
  const selector = "script:not([type='application/ld+json']), style, iframe, frame, object, embed, base, meta[http-equiv], link[rel~=stylesheet], " +
    "form, applet, img, video, audio, math, template";
  for (const element of page.querySelectorAll(selector)) found.push(told(element) + element.textContent);
  return found;
}"""
_ACTIVE_ONCE_LOADED = f"() => ({_ACTIVE})(document)"
_ACTIVE_AS_PARSED = f"""(urls) => Promise.all(urls.map(async (url) => {{
  const html = await (await fetch(url)).text();
  return ({_ACTIVE})(new DOMParser().parseFromString(html, "text/html"));
}}))"""
_AT_ONCE = 30


class Watch:
    """One browser page and everything that happened on it."""

    def __init__(self, context: BrowserContext, host: str) -> None:
        self._host = host
        self._context = context
        self.dialogs: list[str] = []
        self.complaints: list[str] = []
        self.foreign: list[str] = []
        context.on("request", self._note_request)
        self.page: Page = context.new_page()
        self.page.add_init_script(_TRAP)
        self.page.on("dialog", self._dismiss)
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))

    def end(self) -> None:
        """Watch no longer; what was noted stays."""
        self._context.remove_listener("request", self._note_request)

    @property
    def ran(self) -> list[str]:
        """Calls of functions that only hostile text would call."""
        calls: list[str] = self.page.evaluate("window.ran")
        return calls + self.dialogs

    @property
    def active(self) -> frozenset[str]:
        """Everything on the page that runs or loads something, or could when it is clicked."""
        return frozenset(self.page.evaluate(_ACTIVE_ONCE_LOADED))

    def active_at(self, urls: Sequence[str]) -> dict[str, frozenset[str]]:
        """The same of the pages at ``urls`` as the browser parses them, which is quicker than to open them."""
        found: dict[str, frozenset[str]] = {}
        for start in range(0, len(urls), _AT_ONCE):
            some = urls[start : start + _AT_ONCE]
            found |= zip(some, map(frozenset, self.page.evaluate(_ACTIVE_AS_PARSED, some)), strict=True)
        return found

    def _note_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("blob", "data") and address.netloc != self._host:
            self.foreign.append(request.url)

    def _dismiss(self, dialog: Dialog) -> None:
        self.dialogs.append(f"{self.page.url}: {dialog.type} {dialog.message}")
        dialog.dismiss()

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{self.page.url}: {message.type}: {message.text}")


@contextmanager
def watched(browser: Browser, url: str, *, script: bool = True) -> Iterator[Watch]:
    """A page as in a fresh browser that has no business but with the host of ``url``."""
    with lent(browser, url, java_script_enabled=script, viewport={"width": 1200, "height": 800}) as context:
        watch = Watch(context, urlsplit(url).netloc)
        yield watch
        watch.end()


@contextmanager
def calm(
    browser: Browser, url: str, prepare: Callable[[BrowserContext], None] | None = None, **options: Any
) -> Iterator[Page]:
    """A fresh page at ``url``; by the time it is closed it complained of nothing and asked nobody else for anything.

    ``prepare``: what is done with the browser's context first; ``options``: how it is made.
    """
    with browser.new_context(**options) if prepare else lent(browser, url, **options) as context:
        if prepare:
            prepare(context)
        watch = Watch(context, urlsplit(url).netloc)
        watch.page.goto(url)
        yield watch.page
        watch.end()
    assert watch.complaints == []
    assert watch.foreign == []


def at_any_depth(elements: Iterable[str]) -> frozenset[str]:
    """What is active on a page, the same wherever it stands: lists in parts stand deeper than other pages."""
    return frozenset(re.sub(r"(\.\./)+", "../", element) for element in elements)


def search(page: Page, query: str) -> None:
    """Ask the search of the site that ``page`` belongs to, and wait until it tells what it found."""
    home = page.url[: page.url.index(PROJECT) + len(PROJECT)]
    page.goto(f"{home}search/?{urlencode({'q': query})}")
    page.locator("article").get_by_role("status").filter(has_text=re.compile("result|Nothing found")).wait_for()


def result(page: Page, path: str) -> Locator:
    """The first link to an address that holds ``path`` in what the search found."""
    return page.locator(f'.ng-found a[href*="{path}"]').first
