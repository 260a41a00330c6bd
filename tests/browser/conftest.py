"""A real server and a real Chromium."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page

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
def tabs(browser: Browser) -> Iterator[Callable[[str], Page]]:
    """A tab a locale, kept from test to test: it has read the framework's own scripts before."""
    opened: dict[str, Page] = {}

    def tab(locale: str) -> Page:
        if locale not in opened or opened[locale].is_closed():
            context = browser.new_context(locale=locale, accept_downloads=True)
            opened[locale] = context.new_page()
        return opened[locale]

    yield tab
    for page in opened.values():
        page.context.close()


@pytest.fixture
def open_page(tabs: Callable[[str], Page]) -> Iterator[Callable[..., Page]]:
    """Open an address; the page keeps what its console and its network said, in `page.said`.

    What a test opens first is in the kept tab of its locale, what it opens beside it in a new one.
    """
    pages: list[Page] = []

    def opened(url: str, *, width: int = 1400, locale: str = "en-GB") -> Page:
        page = tabs(locale)
        if page in pages:
            page = page.context.new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": 900})
        listen(page, own=url.split("/", 3)[2])
        page.goto(url)
        settled(page)
        return page

    yield opened
    assert all(page.context.cookies() == [] for page in pages)
    for page in pages:
        for event, heard in page.heard.items():
            page.remove_listener(event, heard)
        if page in (tabs("en-GB"), tabs("fi-FI")):
            leave(page)
        else:
            page.close()


def leave(page: Page) -> None:
    """End what a page does, without leaving its place: the browser would give up its process.

    With the process goes what it has compiled of the framework, a third of the work of a page.
    """
    there = f"{page.evaluate('location.origin')}/_stcore/health"
    try:
        page.request.get(there)
    except Error:  # a server of the test's own, which has ended
        there = "about:blank"
    page.goto(there)


def listen(page: Page, own: str) -> None:
    """Note what a page says, from now on: errors, and requests to another place than its own."""
    page.said = []

    def console(message) -> None:
        if message.type == "error":
            page.said.append(f"console: {message.text}")

    def error(raised) -> None:
        page.said.append(f"error: {raised}")

    def request(asked) -> None:
        scheme, _, rest = asked.url.partition("://")
        if scheme in ("http", "https", "ws", "wss") and rest.split("/", 1)[0] != own:
            page.said.append(f"third party: {asked.url[:120]}")

    page.heard = {"console": console, "pageerror": error, "request": request}
    for event, heard in page.heard.items():
        page.on(event, heard)


def settled(page: Page) -> None:
    """Wait until Streamlit has run the page and drawn it."""
    page.wait_for_selector("h1", timeout=30_000)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_timeout(400)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
