"""Makes the README's pictures from the built site: ``make screenshots``."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.site.serving import served

ROOT = Path(__file__).parents[1]
PICTURES = {
    "article.png": "articles/2024-06-05-us-weapons-inside-russia/",
    "check.png": "claims/kharkiv-border-distance/",
}


def main() -> None:
    """Write each picture at desktop width, light."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 860}, color_scheme="light")
        with served(ROOT / "site") as address:
            for name, path in PICTURES.items():
                page.goto(address + path)
                page.screenshot(path=ROOT / ".github" / "screenshots" / name)
        browser.close()


if __name__ == "__main__":
    main()
