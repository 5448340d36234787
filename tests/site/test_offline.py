"""An article that was loaded needs no network any more."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

ARTICLE = "articles/2024-06-05-us-weapons-inside-russia/"


def test_cards_keys_and_views_work_once_the_network_is_gone(real_url: str, chromium: Browser) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(real_url + ARTICLE)
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    context.set_offline(True)
    page.locator("sup.check > a").first.click()
    expect(page.locator(".ng-card .rating")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(page.locator(".ng-card")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator(".ng-bar > [aria-expanded]").click()
    for name in ("Guess first", "Condensed", "Plain text"):
        button = page.get_by_role("button", name=name, exact=True)
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
    # The browser asks for its icon whenever the address changes.
    assert [url for url in asked if not url.endswith("favicon.png")] == []
    context.close()
