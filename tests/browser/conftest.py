"""A real server and a real Chromium."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from devtools.serving import CHROMIUM
from devtools.serving import serving as serving_script
from projectdata import paths


def pytest_collection_modifyitems(items):
    """Browser tests are marked, run after the rest, and skip with a reason without Chromium."""
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.fspath).parents:
            item.add_marker(pytest.mark.browser)
            if not Path(CHROMIUM).exists():
                item.add_marker(pytest.mark.skip(reason=f"Chromium is not at {CHROMIUM}"))


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The dashboard over a data folder, on a server of its own; gives its address."""
    environment = {"PROJECTDATA_DATA": str(folder)}
    with serving_script(paths.home() / "dashboard.py", environment) as address:
        yield address


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The dashboard over the curated data."""
    with serving(paths.data_folder()) as address:
        yield address


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Iterator[Callable[[str], BrowserContext]]:
    """A browsing context a locale: its pages share what Streamlit's own files take to fetch."""
    opened: dict[str, BrowserContext] = {}

    def context(locale: str) -> BrowserContext:
        if locale not in opened:
            opened[locale] = browser.new_context(locale=locale, accept_downloads=True)
        return opened[locale]

    yield context
    for one in opened.values():
        one.close()


@pytest.fixture
def open_page(contexts: Callable[[str], BrowserContext]) -> Iterator[Callable[..., Page]]:
    """Open an address; the page keeps what its console and its network said, in `page.said`."""
    pages = []

    def opened(url: str, *, width: int = 1400, locale: str = "en-GB") -> Page:
        page = contexts(locale).new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": 900})
        page.said = []
        own = url.split("/", 3)[2]
        page.on(
            "console",
            lambda m: page.said.append(f"console: {m.text}") if m.type == "error" else None,
        )
        page.on("pageerror", lambda e: page.said.append(f"error: {e}"))
        page.on(
            "request",
            lambda r: (
                page.said.append(f"third party: {r.url[:120]}")
                if r.url.split(":", 1)[0] in ("http", "https", "ws", "wss")
                and r.url.split("/", 3)[2] != own
                else None
            ),
        )
        page.goto(url)
        settled(page)
        return page

    yield opened
    assert all(context.cookies() == [] for context in {page.context for page in pages})
    for page in pages:
        page.close()


def settled(page: Page) -> None:
    """Wait until Streamlit has run the page and drawn it."""
    page.wait_for_selector("h1", timeout=30_000)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_timeout(400)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
