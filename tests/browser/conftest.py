"""A real server and a real Chromium."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from devtools.serving import CHROMIUM, FLAGS, WEBGL
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
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS + WEBGL)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open an address; the page keeps what its console and its network said, in `page.said`."""
    contexts = []

    def opened(url: str, *, width: int = 1400, locale: str = "en-GB") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale=locale, accept_downloads=True
        )
        contexts.append(context)
        page = context.new_page()
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
    for context in contexts:
        context.close()


def settled(page: Page) -> None:
    """Wait until Streamlit has run the page and drawn it."""
    page.wait_for_selector("h1", timeout=30_000)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_timeout(400)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
