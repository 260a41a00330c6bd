"""Each page in both languages, wide and narrow: no error, no third party, no axe violation."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.conftest import settled

PAGES = (
    "",
    "map",
    "timeline",
    "funding",
    "compare",
    "organisations",
    "labs",
    "practices",
    "project?project=near",
    "data",
    "about",
)
AXE = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    # What passes is not written down: that took as long as looking.
    "resultTypes": ["violations"],
}


@pytest.mark.parametrize("lang", ["en", "fi"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_and_open_to_all(server, open_page, path, lang):
    page = open_page(f"{server}/{path}{'&' if '?' in path else '?'}lang={lang}")
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang") == lang
    assert page.get_by_test_id("stException").count() == 0
    wide = violations(page)
    page.set_viewport_size({"width": 360, "height": 780})
    settled(page)
    narrow = violations(page)
    overflow = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wide == []
    assert narrow == []
    assert overflow <= 0
    assert page.said == []


def violations(page) -> list[str]:
    if page.evaluate("window.axe === undefined"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("options => axe.run(options).then(done => done.violations)", AXE)
    return [f"{v['id']}: {node['html'][:200]}" for v in found for node in v["nodes"]]


@pytest.mark.parametrize("lang", ["en", "fi"])
def test_on_a_phone_records_stand_as_lists_that_are_still_read_as_tables(server, open_page, lang):
    page = open_page(f"{server}/project?project=near&lang={lang}")
    partners = page.get_by_role(
        "table", name={"en": "Who takes part", "fi": "Ketkä ovat mukana"}[lang]
    )
    columns = partners.get_by_role("columnheader").all_inner_texts()
    rows = partners.get_by_role("row").count()
    assert "data-stacked" not in page.content()
    page.set_viewport_size({"width": 360, "height": 780})
    settled(page)
    assert (
        partners.evaluate("it => it.parentElement.scrollWidth - it.parentElement.clientWidth") == 0
    )
    assert partners.get_by_role("columnheader").all_inner_texts() == columns
    assert partners.get_by_role("row").count() == rows
    second = partners.get_by_role("row").nth(1).get_by_role("cell")
    assert second.first.get_attribute("aria-colindex") == "1"
    assert second.nth(1).get_attribute("data-column") == columns[1]
    assert (
        second.nth(1).evaluate("it => getComputedStyle(it, '::before').content").count(columns[1])
    )
    figures = page.locator('[data-testid="stTableStyledTable"]:not([data-stacked])')
    assert figures.count() >= 1
    page.set_viewport_size({"width": 1400, "height": 900})
    settled(page)
    assert page.locator("[data-stacked], td[data-column], td[role]").count() == 0
