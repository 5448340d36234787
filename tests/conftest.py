"""What several tests share: the folder with the test data, the browser."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from tests.thoroughness import tries

# How long an example may take says more about what else the machine does than about the code.
settings.register_profile("unhurried", deadline=None, max_examples=tries(200, 60))
settings.load_profile("unhurried")
# Where no secret can be kept, nothing is cached: tests neither read what a user's builds left nor leave anything themselves.
os.environ["XDG_STATE_HOME"] = os.devnull

_BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first is the same engine without windows, and takes half the time."""
_QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@pytest.fixture(scope="session")
def testdata() -> Path:
    """The folder with texts and hostile strings made elsewhere; they are not part of the repository."""
    folder = os.environ.get("NEWSGLOSS_TESTDATA")
    if not folder:
        pytest.skip("set NEWSGLOSS_TESTDATA to the folder with the test data")
    return Path(folder)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _BROWSERS)), None)
    if not program:
        _without_browser()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_QUIET)
        yield browser
        browser.close()


def _without_browser() -> NoReturn:
    message = "no Chromium found: install one (Debian: apt-get install chromium), or set CHROMIUM to its path"
    if os.environ.get("NEWSGLOSS_REQUIRE_BROWSER"):
        pytest.fail(message)
    pytest.skip(message)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write expected outputs anew from what comes out now")


def pytest_configure() -> None:
    """Programs that tests start can be interrupted, also below a shell that runs in the background and ignores it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
