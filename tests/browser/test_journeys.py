"""What readers do: follow a link, filter, reload, download, look at the map, meet a fault."""

import csv
import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from projectdata import paths
from projectdata.palette import LIGHT
from tests.browser.conftest import serving, settled
from tests.conftest import build_tiny

COUNT = re.compile(r"[\d\u00a0,]+")


def count_on(page) -> int:
    """The number of projects that the page says the selection has."""
    sentence = page.locator('[data-testid="stMain"] strong').first.inner_text()
    return int(re.sub(r"\D", "", COUNT.search(sentence).group()))


def test_a_cold_server_opened_by_a_deep_link_shows_frame_filters_and_page(open_page):
    with serving(paths.data_folder()) as address:
        page = open_page(f"{address}/timeline?country=FI")
        expect(page.locator("h1")).to_be_visible()
        expect(page.get_by_role("combobox", name="Country")).to_be_visible()
        expect(page.get_by_role("link", name="Map", exact=True)).to_be_visible()
        assert "Finland" in page.locator('[data-testid="stMain"] strong').first.inner_text()


def test_a_filter_changes_address_and_count_and_a_reload_keeps_both(server, open_page):
    page = open_page(f"{server}/")
    everything = count_on(page)
    page.get_by_role("combobox", name="Country").click()
    page.keyboard.type("Latv")
    page.get_by_role("option", name=re.compile("Latvia")).click()
    page.wait_for_url(re.compile(r"country=LV"))
    page.keyboard.press("Escape")
    settled(page)
    latvian = count_on(page)
    assert 0 < latvian < everything
    page.reload()
    settled(page)
    assert count_on(page) == latvian


def test_the_selection_follows_to_another_page_and_the_back_button_undoes_it(server, open_page):
    page = open_page(f"{server}/?target_group=older-people")
    chosen = count_on(page)
    page.get_by_role("link", name="Timeline", exact=True).click()
    page.wait_for_url(re.compile(r"/timeline\?target_group=older-people"))
    settled(page)
    assert count_on(page) == chosen
    page.get_by_role("button", name=re.compile("^Clear all filters")).click()
    page.wait_for_url(lambda url: "target_group" not in url)
    settled(page)
    assert count_on(page) > chosen
    page.go_back()
    page.wait_for_url(re.compile("target_group=older-people"))
    settled(page)
    assert count_on(page) == chosen


def test_the_file_downloaded_has_as_many_rows_as_the_page_says(server, open_page):
    page = open_page(f"{server}/data?country=FI&service=youth-work")
    link = page.get_by_role("link", name=re.compile(r"CSV")).first
    with page.expect_download() as waiting:
        link.click()
    text = waiting.value.path().read_bytes().decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(text)))) == count_on(page)


def test_the_language_link_turns_the_whole_page_to_finnish(server, open_page):
    page = open_page(f"{server}/data?country=SE")
    page.get_by_role("link", name="Suomeksi").click()
    page.wait_for_url(re.compile("lang=fi"))
    settled(page)
    assert page.locator("html").get_attribute("lang") == "fi"
    assert "country=SE" in page.url
    expect(page.get_by_role("link", name="Kartta", exact=True)).to_be_visible()


def test_a_finnish_browser_is_answered_in_finnish(server, open_page):
    page = open_page(f"{server}/", locale="fi-FI")
    assert page.locator("html").get_attribute("lang") == "fi"
    expect(page.get_by_role("link", name="Kartta", exact=True)).to_be_visible()


def test_the_map_canvas_shows_land_sea_and_marks(server, open_page):
    page = open_page(f"{server}/map")
    page.wait_for_selector("canvas")
    for _ in range(20):  # drawn in software, a map takes its time
        shares = colour_shares(page.get_by_test_id("stDeckGlJsonChart").first.screenshot())
        drawn = sum(share_of(shares, shade) for shade in LIGHT.ramp)
        if drawn:
            break
        page.wait_for_timeout(500)
    assert share_of(shares, LIGHT.paper) > 0.2  # the sea
    assert share_of(shares, LIGHT.land) > 0.1  # countries without a project
    assert share_of(shares, LIGHT.land) + drawn > 0.2
    assert sum(share_of(shares, shade) > 0.002 for shade in LIGHT.ramp) >= 3
    marks = [share_of(shares, colour) for colour in LIGHT.collections.values()]
    assert sum(share > 0.0002 for share in marks) >= 3


def colour_shares(picture: bytes) -> dict[tuple[int, ...], float]:
    """Each colour of a picture and the part of the picture that it fills."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    size = image.width * image.height
    return {colour: count / size for count, colour in image.getcolors(maxcolors=size)}


def share_of(shares: dict[tuple[int, ...], float], colour: str) -> float:
    """The part of a picture in a colour, or in one that rounding could make of it."""
    wanted = bytes.fromhex(colour.removeprefix("#"))
    near = (
        s for c, s in shares.items() if all(abs(a - b) <= 2 for a, b in zip(c, wanted, strict=True))
    )
    return sum(near)


def test_filters_can_be_reached_and_used_by_keyboard_alone(server, open_page):
    page = open_page(f"{server}/")
    page.get_by_role("textbox", name="Search").focus()
    page.keyboard.type("nuor")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q=nuor"))
    settled(page)
    assert count_on(page) > 0
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.tagName")
    assert focused in ("BUTTON", "INPUT", "A", "DIV")


@pytest.fixture(scope="module")
def tiny_server(tmp_path_factory):
    """(address, data folder) of a dashboard over the tiny package. Only to be read."""
    folder = build_tiny(tmp_path_factory.mktemp("tiny") / "data")
    with serving(folder) as address:
        yield address, folder


def test_text_of_data_is_never_html_on_any_page(open_page, tiny_server):
    address, _ = tiny_server
    page = open_page(address)
    for name in ("Overview", "Map", "Timeline", "Funding", "Organisations", "Data", "Compare"):
        if name != "Overview":
            page.get_by_role("link", name=name, exact=True).click()
            page.wait_for_url(re.compile(f"/{name.lower()}"))
            settled(page)
        page.wait_for_function("[...document.images].every(image => image.complete)")
        assert page.locator("img[src='x']").count() == 0, name
        assert not [line for line in page.said if line[-1:] == "x"], name


def test_a_broken_file_at_the_start_gives_a_page_that_names_it(open_page, tmp_path):
    folder = build_tiny(tmp_path / "data")
    broken = folder / "periods.csv"
    broken.write_text(broken.read_text().replace("start_date", "begin_date", 1))
    with serving(folder) as address:
        page = open_page(f"{address}/")
        body = page.get_by_test_id("stMain").inner_text()
        assert "periods.csv:1: column 'start_date' is missing" in body
        assert "Traceback" not in body


def test_a_file_broken_while_the_server_runs_keeps_the_last_good_data(open_page, tmp_path):
    folder = build_tiny(tmp_path / "data")
    with serving(folder) as address:
        page = open_page(f"{address}/")
        before = count_on(page)
        whole = (folder / "amounts.csv").read_bytes()
        (folder / "amounts.csv").write_bytes(whole.replace(b"amount_eur", b"euros", 1))
        page.goto(f"{address}/")
        settled(page)
        assert count_on(page) == before
        assert "last good data" in page.get_by_test_id("stMain").inner_text()
        (folder / "amounts.csv").write_bytes(whole)
        page.goto(f"{address}/")
        settled(page)
        assert "last good data" not in page.get_by_test_id("stMain").inner_text()


def test_odd_parameters_are_named_and_nothing_else_breaks(server, open_page):
    page = open_page(
        f"{server}/funding?country=FI&country=ZZ&from=banana&utm_source=x&measure=gold"
    )
    body = page.get_by_test_id("stMain").inner_text()
    for named in ("ZZ", "banana", "gold"):
        assert named in body
    assert "utm_source" not in body
    assert count_on(page) > 0


def test_a_folder_is_left_as_it_was(open_page, tiny_server, tmp_path):
    address, folder = tiny_server
    open_page(f"{address}/data")
    fresh = build_tiny(tmp_path / "data")
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == {
        p.name: p.read_bytes() for p in fresh.iterdir()
    }
