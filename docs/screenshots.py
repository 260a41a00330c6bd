"""A picture of each page for the README: `make screenshots` runs this on its own server."""

import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from projectdata import paths

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]
PAGES = {
    "overview": "",
    "map": "map",
    "timeline": "timeline?lanes=collection&target_group=older-people",
    "funding": "funding",
    "compare": "compare?country=FI&b.country=SE",
    "organisations": "organisations",
    "labs": "labs",
    "practices": "practices",
    "project": "project?project=near",
    "data": "data",
    "about": "about?section=coverage",
}
WIDTH, HEIGHT = 1280, 960
SMALL = (960, 720)
COLOURS = 96
"""A picture of few colours is small, and these pages have few."""


def main() -> None:
    folder = Path(__file__).parent
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(paths.home() / "dashboard.py")]
    server = subprocess.Popen([*command, "--server.port", str(port)], stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{address}/health", timeout=1).read()
                break
            except OSError:
                time.sleep(0.3)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            for name, path in PAGES.items():
                view = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="en-GB")
                view.goto(f"{address}/{path}")
                view.wait_for_selector("h1", timeout=60_000)
                view.wait_for_timeout(5000)
                target = folder / f"{name}-en.png"
                view.screenshot(path=target)
                view.close()
                picture = Image.open(target).convert("RGB").resize(SMALL, Image.Resampling.LANCZOS)
                picture.quantize(COLOURS).save(target, optimize=True)
            browser.close()
    finally:
        server.terminate()
        server.wait(20)


if __name__ == "__main__":
    main()
