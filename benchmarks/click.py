"""How long a filter click takes in a browser, against an empty Streamlit page, in one run.

Two moments are timed: until the new count stands on the page, and until the page has settled (the
script has ended and everything it sent is drawn).
"""

import os
import re
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from projectdata import paths

CLICKS = 15
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"]'


@dataclass(frozen=True)
class Click:
    """Medians over the clicks on one page, in seconds."""

    counted: float
    settled: float


@contextmanager
def serving(script: Path) -> Iterator[str]:
    """A server for a script on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    command += ["--server.headless", "true", "--browser.gatherUsageStats", "false"]
    process = subprocess.Popen(
        command, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(150):
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=1).read()
                break
            except OSError:
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def clicks(page: Page, address: str) -> Click:
    """Choose a country and take it away again, over and over; the first round warms up."""
    page.goto(address)
    page.wait_for_selector(SETTLED, timeout=60_000)
    page.wait_for_selector('[data-testid="stMain"] strong', timeout=60_000)
    counted, settled = [], []
    for number in range(CLICKS + 2):
        before = page.locator('[data-testid="stMain"] strong').first.inner_text()
        box = page.get_by_role("combobox", name=re.compile("^Country"))
        box.click()
        option = page.get_by_role("option").nth(number % 5 + 1)
        option.wait_for()
        start = time.perf_counter()
        option.click()
        page.wait_for_function(
            """(before) => {
              const now = document.querySelector('[data-testid="stMain"] strong');
              return now && now.innerText !== before;
            }""",
            arg=before,
            polling=10,
        )
        middle = time.perf_counter()
        page.wait_for_selector(SETTLED)
        end = time.perf_counter()
        if number >= 2:
            counted.append(middle - start)
            settled.append(end - start)
        page.keyboard.press("Escape")
        page.goto(address)
        page.wait_for_selector(SETTLED)
        page.wait_for_selector('[data-testid="stMain"] strong')
        page.wait_for_timeout(300)
    return Click(statistics.median(counted), statistics.median(settled))


def measure() -> list[tuple[str, float, float]]:
    """(what, ratio of the count, ratio of the settled page), one row a page."""
    pages = ("", "map", "timeline", "funding", "data")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        view = browser.new_page(viewport={"width": 1400, "height": 900}, locale="en-GB")
        with serving(Path(__file__).with_name("empty.py")) as address:
            empty = clicks(view, address)
        rows = []
        with serving(paths.home() / "dashboard.py") as address:
            for path in pages:
                ours = clicks(view, f"{address}/{path}")
                rows.append(
                    (
                        f"filter click, {path or 'overview'} page",
                        ours.counted / empty.counted,
                        ours.settled / empty.settled,
                    )
                )
        browser.close()
    return rows
