"""A real Chromium for tests that look at pages, started once for the whole run.

Import the fixtures in a `conftest.py` (`from tests.browser import chromium, new_page, page`) and mark the
tests `@pytest.mark.browser`.
"""

import asyncio
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

CANDIDATES = ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 15_000

NewPage = Callable[..., Page]


def chromium_path() -> str:
    """Where Chromium is: `FINANCEHUB_CHROMIUM`, else as found; fails the test when it is nowhere."""
    named = os.environ.get("FINANCEHUB_CHROMIUM")
    found = named or next((path for path in map(shutil.which, CANDIDATES) if path), None)
    if found is None:
        pytest.fail("no Chromium: install it (apt-get install chromium) or name it in FINANCEHUB_CHROMIUM")
    return found


@dataclass(frozen=True)
class Chromium:
    """A running browser, and the event loop that Playwright keeps running in this very thread."""

    browser: Browser
    loop: asyncio.AbstractEventLoop

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Playwright works inside this block only: outside, the mark of a running loop is taken away.

        Left there, Django would refuse its database and `asyncio.run` would refuse to start in every
        later test. Inside, Django is told not to mind.
        """
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
            asyncio._set_running_loop(self.loop)
            try:
                yield
            finally:
                asyncio._set_running_loop(None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """The browser itself; tests want `page` or `new_page`."""
    arguments = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=arguments)
        running = Chromium(browser, asyncio.get_running_loop())
        asyncio._set_running_loop(None)
        yield running
        with running.in_use():
            browser.close()
        asyncio._set_running_loop(running.loop)


@pytest.fixture
def new_page(chromium: Chromium) -> Iterator[NewPage]:
    """Opens pages, each in a context of its own; a script error or a refusal by the policy fails the test."""
    with chromium.in_use():
        yield from _pages_of(chromium.browser)


def _pages_of(browser: Browser) -> Iterator[NewPage]:
    contexts, troubles = [], []

    def listen(page: Page) -> None:
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda message: troubles.extend(_refusals(message)))

    def open_page(
        *, width: int = 1000, height: int = 760, dark: bool = False, language: str = "pt-BR"
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            locale=language,
            timezone_id="America/Sao_Paulo",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE_MS)
        context.on("page", listen)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def _refusals(message: ConsoleMessage) -> list[str]:
    return [message.text] if "Content Security Policy" in message.text else []


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """One desktop page in Portuguese and light colours."""
    return new_page()
