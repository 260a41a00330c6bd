"""A picture of each page for the README: `make screenshots` runs this on its own server."""

from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from devtools.serving import CHROMIUM, FLAGS, WEBGL, serving
from projectdata import paths

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
COLOURS = 256
"""A picture of few colours is small. They are chosen so that the rare colours of marks stay."""


def main() -> None:
    folder = Path(__file__).parent
    with serving(paths.home() / "dashboard.py") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS + WEBGL)
        for name, path in PAGES.items():
            view = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="en-GB")
            view.goto(f"{address}/{path}")
            view.wait_for_selector("h1", timeout=60_000)
            view.wait_for_timeout(8000)
            target = folder / f"{name}-en.png"
            view.screenshot(path=target)
            view.close()
            picture = Image.open(target).convert("RGB").resize(SMALL, Image.Resampling.LANCZOS)
            few = picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE)
            few.save(target, optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
