"""A store with an import, in a real browser: the lens, the way back, and the reports."""

import pytest
from playwright.sync_api import expect

from devtools.serving import serving
from projectdata import paths
from tests.app.imported import imported_store
from tests.browser.conftest import settled
from tests.browser.test_pages import violations


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    """The dashboard over the curated data and a small import."""
    store = imported_store(tmp_path_factory.mktemp("store"))
    environment = {"PROJECTDATA_DATA": str(paths.data_folder()), "PROJECTDATA_STORE": str(store)}
    with serving(paths.home() / "dashboard.py", environment) as address:
        yield address


@pytest.mark.parametrize("lang", ["en", "fi"])
@pytest.mark.parametrize("path", ["about?section=imports", "about?section=lens", "?"])
def test_what_tells_of_imports_is_open_to_all(imported, open_page, path, lang):
    page = open_page(f"{imported}/{path}&lang={lang}")
    assert page.get_by_test_id("stException").count() == 0
    wide = violations(page)
    page.set_viewport_size({"width": 360, "height": 780})
    settled(page)
    overflow = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wide == []
    assert violations(page) == []
    assert overflow <= 0
    assert page.said == []


def test_the_way_back_leads_out_of_the_lens_and_off_the_dashboard(imported, open_page):
    page = open_page(f"{imported}/about?lang=en")
    page.goto(f"{imported}/?lang=en")
    settled(page)
    expect(page).to_have_url(f"{imported}/?lang=en&relevance=social")
    page.reload()
    settled(page)
    expect(page).to_have_url(f"{imported}/?lang=en&relevance=social")
    page.get_by_text("Social services only").click()
    expect(page).to_have_url(f"{imported}/?relevance=other&relevance=social&lang=en")
    page.go_back()
    settled(page)
    expect(page).to_have_url(f"{imported}/?lang=en&relevance=social")
    for _ in range(2):
        page.go_back()
        settled(page)
    expect(page).to_have_url(f"{imported}/about?lang=en")
