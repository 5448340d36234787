"""Browser contexts that go from test to test: a page in a new one takes three times as long as in one that was used.

In: a browser and what kind of context is wanted. Out: one in which nobody was before as far as pages can tell: nothing is
stored for the address, allowed or routed, and no other page is open. What the network brought stays: sites here don't change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from playwright.sync_api import Browser, BrowserContext, Page

_STORED = "cache_storage,cookies,indexeddb,local_storage,service_workers"
_idle: WeakKeyDictionary[Browser, dict[str, list[_Warm]]] = WeakKeyDictionary()


class _Warm:
    """A context with an empty page that keeps it warm."""

    def __init__(self, browser: Browser, options: dict[str, Any]) -> None:
        self.context = browser.new_context(**options)
        self._keeper: Page = self.context.new_page()
        self._session = self.context.new_cdp_session(self._keeper)

    def forget(self, url: str) -> None:
        """Forget what pages at the host of ``url`` stored."""
        scheme, host = urlsplit(url)[:2]
        self._session.send("Storage.clearDataForOrigin", {"origin": f"{scheme}://{host}", "storageTypes": _STORED})

    def clear(self) -> None:
        for page in self.context.pages:
            if page != self._keeper:
                page.close()
        self.context.clear_permissions()
        self.context.unroute_all()


@contextmanager
def lent(browser: Browser, url: str, **options: Any) -> Iterator[BrowserContext]:
    """A context for the site at ``url``, made with ``options``; one in which something failed is not lent again."""
    if urlsplit(url).scheme not in ("http", "https"):
        with browser.new_context(**options) as context:
            yield context
        return
    idle = _idle.setdefault(browser, defaultdict(list))[repr(sorted(options.items()))]
    warm = idle.pop() if idle else _Warm(browser, options)
    try:
        warm.forget(url)
        yield warm.context
        warm.clear()
    except BaseException:
        warm.context.close()
        raise
    idle.append(warm)
