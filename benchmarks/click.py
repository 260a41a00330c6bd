"""How long a filter click takes in a browser, against an empty Streamlit page, in one run.

Two moments are timed, both in the browser and both when they are painted: the new count stands on
the page, and the page has settled (the script has ended and everything it sent is drawn). Each
page takes turns with the empty one, so that a busy machine slows both alike.
"""

import re
import statistics
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from devtools.serving import CHROMIUM, FLAGS, serving

EMPTY = Path(__file__).with_name("empty.py")
PAGES = ("", "map", "timeline", "funding", "data")
CLICKS = 6
"""Timed clicks in a turn."""
TURNS = 3
WARM = 2
"""Clicks before a page is timed: the first of each country compiles its filter."""
STARTS = 3
"""Servers that are started to time the first page."""
PATIENCE = 600_000
"""Milliseconds that a page may take: the yardsticks are slow on many projects."""
SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"]'
COUNT = '[data-testid="stMain"] strong'

STOPWATCH = """([count, settled]) => {
  const said = () => document.querySelector(count)?.innerText;
  window.stopwatch = new Promise((resolve) => {
    addEventListener("click", () => {
      const before = said(), start = performance.now();
      let counted = null;
      const look = () => {
        const now = performance.now() - start;
        if (counted === null && said() && said() !== before) counted = now;
        if (counted !== null && document.querySelector(settled)) resolve([counted, now]);
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    }, { capture: true, once: true });
  });
}"""
"""Starts at the next click and looks at every frame that is painted."""


@dataclass(frozen=True)
class Moments:
    """The median click of a page and of the empty page, in milliseconds."""

    counted: float
    settled: float
    empty_counted: float
    empty_settled: float

    @property
    def ratios(self) -> tuple[float, float]:
        """How many empty pages a click costs: until the count stands, until the page settles."""
        return self.counted / self.empty_counted, self.settled / self.empty_settled


def clicks(page: Page, address: str, timed: int) -> list[tuple[float, float]]:
    """Choose a country and take it away again, over and over: (count, settled) in milliseconds."""
    page.goto(address)
    _quiet(page)
    box = page.get_by_role("combobox", name=re.compile("Country")).first
    times = []
    for number in range(WARM + timed):
        box.click()
        option = page.get_by_role("option").nth(number % WARM + 1)
        option.wait_for()
        page.evaluate(STOPWATCH, [COUNT, SETTLED])
        option.click()
        times.append(tuple(page.evaluate("() => window.stopwatch")))
        chosen = page.locator(COUNT).first.inner_text()
        box.press("Backspace")
        page.wait_for_function(
            "([count, chosen]) => document.querySelector(count)?.innerText !== chosen",
            arg=[COUNT, chosen],
        )
        box.press("Escape")
        _quiet(page)
    return times[WARM:]


def measure(
    addresses: Mapping[str, str], empty: str, turns: int = TURNS, timed: int = CLICKS
) -> Iterator[tuple[str, Moments]]:
    """What each address costs beside the empty page, one after the other."""
    with _browser() as browser:
        view = _view(browser)
        for name, address in addresses.items():
            bare, full = [], []
            for _ in range(turns):
                bare += clicks(view, empty, CLICKS)
                full += clicks(view, address, timed)
            medians = [statistics.median(moments) for moments in zip(*full, strict=True)]
            medians += [statistics.median(moments) for moments in zip(*bare, strict=True)]
            yield name, Moments(*medians)


def first_pages(script: Path, environment: Mapping[str, str] | None = None) -> tuple[float, float]:
    """Seconds until the first page of a new server has settled: of the script, and of the empty.

    They start in turns, and each browser sees its server for the first time.
    """
    ours, empties = [], []
    with _browser() as browser:
        for _ in range(STARTS):
            empties.append(_first(browser, EMPTY, {}))
            ours.append(_first(browser, script, environment or {}))
    return statistics.median(ours), statistics.median(empties)


def _first(browser: Browser, script: Path, environment: Mapping[str, str]) -> float:
    with serving(script, environment) as address:
        page = _view(browser)
        begun = time.perf_counter()
        page.goto(address)
        page.wait_for_selector(COUNT)
        page.wait_for_selector(SETTLED)
        seconds = time.perf_counter() - begun
        page.context.close()
        return seconds


def _quiet(page: Page) -> None:
    page.wait_for_selector(SETTLED)
    page.wait_for_selector(COUNT)
    page.wait_for_timeout(300)


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def _view(browser: Browser) -> Page:
    view = browser.new_page(viewport={"width": 1400, "height": 900}, locale="en-GB")
    view.set_default_timeout(PATIENCE)
    return view
