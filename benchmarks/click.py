"""How long a filter click takes in a browser, against an empty Streamlit page, in one run.

Two moments are timed, both in the browser and both when they are painted: the new count stands on
the page, and the page has settled (the script has ended and everything it sent is drawn). Each of
our pages takes turns with the empty one, so that a busy machine slows both alike.
"""

import re
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from devtools.serving import CHROMIUM, FLAGS, serving
from projectdata import paths

PAGES = ("", "map", "timeline", "funding", "data")
CLICKS = 6
"""Timed clicks in a turn."""
TURNS = 3
WARM = 2
"""Clicks before a page is timed: the first of each country compiles its filter."""
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
class Ratio:
    """A page's median click as a multiple of the empty page's."""

    what: str
    counted: float
    settled: float


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


def _quiet(page: Page) -> None:
    page.wait_for_selector(SETTLED, timeout=60_000)
    page.wait_for_selector(COUNT, timeout=60_000)
    page.wait_for_timeout(300)


def measure(pages: tuple[str, ...] = PAGES) -> Iterator[Ratio]:
    """The ratios of one page after the other."""
    empty_script, ours_script = Path(__file__).with_name("empty.py"), paths.home() / "dashboard.py"
    with (
        sync_playwright() as playwright,
        serving(empty_script) as empty,
        serving(ours_script) as ours,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        view = browser.new_page(viewport={"width": 1400, "height": 900}, locale="en-GB")
        for name in pages:
            bare, full = [], []
            for _ in range(TURNS):
                bare += clicks(view, empty, CLICKS)
                full += clicks(view, f"{ours}/{name}", CLICKS)
            counted, settled = (
                statistics.median(moments) / statistics.median(yardstick)
                for moments, yardstick in zip(
                    zip(*full, strict=True), zip(*bare, strict=True), strict=True
                )
            )
            yield Ratio(f"filter click, {name or 'overview'} page", counted, settled)
        browser.close()
