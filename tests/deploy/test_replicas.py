"""What deploy/nginx.conf promises: one address, two replicas, each page with one of them."""

import csv
import io
import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page
from websockets.sync.client import connect

from devtools.serving import CHROMIUM, wait
from tests.browser.conftest import settled
from tests.deploy.conftest import Site, trusting

READERS = 12
"""Pages opened at most until both replicas have one."""

COUNTED = """
window.runs = 0;
new MutationObserver((changes) => {
  for (const { oldValue, target } of changes)
    if (oldValue === "running" && target.dataset.testScriptState === "notRunning") window.runs += 1;
}).observe(document, {
  subtree: true, attributeFilter: ["data-test-script-state"], attributeOldValue: true,
});
"""
"""How often a page has been run to its end."""


def connected_to(site: Site, query: str = "") -> str:
    """The replica that takes the connection of a page."""
    address = site.address.replace("https", "wss") + f"/_stcore/stream{query}"
    with connect(address, subprotocols=["streamlit"], ssl=trusting(), compression=None) as opened:
        return opened.response.headers["X-Served-By"]


def served_by(site: Site, path: str, **headers: str) -> dict[str, tuple]:
    """An answer of each replica."""
    answers = {}
    for _ in range(20):
        answer = site.get(path, **headers)
        answers[answer[1]["X-Served-By"]] = answer
        if len(answers) == len(site.replicas):
            return answers
    raise AssertionError(f"only {list(answers)} answered")


def test_pages_of_one_address_spread_over_the_replicas_and_each_returns_to_its_own(site):
    tabs = [f"?tab=reader{n}" for n in range(12)]
    first = [connected_to(site, tab) for tab in tabs]
    assert set(first) == set(site.replicas)
    assert [connected_to(site, tab) for tab in tabs] == first


def test_a_connection_without_a_number_is_placed_by_its_address(site):
    assert len({connected_to(site) for _ in range(6)}) == 1


def test_replicas_give_the_same_answers_under_the_same_tags(site):
    one, other = served_by(site, "/api/v1/summary.json?country=FI").values()
    assert (one[0], other[0]) == (200, 200)
    assert one[2] == other[2]
    tag = one[1]["ETag"]
    assert tag == other[1]["ETag"]
    known = served_by(site, "/api/v1/summary.json?country=FI", **{"If-None-Match": tag})
    assert [status for status, _, _ in known.values()] == [304, 304]


def test_answers_name_the_public_address_and_no_other(site):
    for _, _, body in served_by(site, "/api/v1/projects.json?country=LV").values():
        text = body.decode()
        assert f"{site.address}/api/v1/projects.json?country=LV" in text
        assert "http://127.0.0.1" not in text


@pytest.mark.parametrize("path", ["/", "/api/v1/summary.json", "/app/static/page.js", "/nowhere.x"])
def test_the_headers_of_the_app_pass_once_and_no_cookie_is_set(site, path):
    for _, headers, _ in served_by(site, path).values():
        for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"):
            assert len(headers.get_all(name)) == 1
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert headers.get_all("Set-Cookie") is None


def test_scripts_and_pages_are_packed_once(site):
    page = site.get("/")[2].decode()
    script = re.search(r'src="\.(/static/js/index[^"]+)"', page)[1]
    for path in ("/", script, "/api/v1/projects.csv"):
        for _, headers, _ in served_by(site, path, **{"Accept-Encoding": "gzip"}).values():
            assert headers.get_all("Content-Encoding") == ["gzip"]


def test_a_selection_too_long_is_refused_in_a_sentence_of_the_app(site):
    status, _, body = site.get(f"/api/v1/summary.json?q={'a' * 33_000}")
    assert status == 400
    assert "at most 32000" in json.loads(body)["error"]


def test_the_log_names_no_reader_and_no_query(site):
    site.get("/api/v1/summary.json?q=quiet-words")
    connected_to(site, "?tab=quiet-number")
    time.sleep(0.1)
    lines = (site.folder / "projectdata.log").read_text().splitlines()
    assert any(" GET /api/v1/summary.json " in line for line in lines)
    assert not any("quiet" in line for line in lines)
    for line in lines:
        assert set(re.findall(r"127\.0\.0\.1:\d+", line)) <= set(site.replicas)
        assert not re.search(r"127\.0\.0\.1(?!:)", line)


@dataclass
class Reader:
    """A page in a browser, and the replicas that took its connections."""

    page: Page
    replicas: list[str] = field(default_factory=list)
    sessions: list[str] = field(default_factory=list)
    """What each connection said of the session before it, if anything."""
    said: list[str] = field(default_factory=list)

    def count(self) -> int:
        """The number of projects that the page says the selection has."""
        sentence = self.page.locator('[data-testid="stMain"] strong').first.inner_text()
        return int(re.sub(r"\D", "", re.search(r"[\d\u00a0,]+", sentence).group()))

    def choose(self, country: str, code: str) -> None:
        """Filter by a country."""
        self.page.get_by_role("combobox", name="Country").click()
        self.page.keyboard.type(country)
        self.page.get_by_role("option", name=re.compile(country)).click()
        self.page.wait_for_url(re.compile(f"country={code}"))
        self.page.keyboard.press("Escape")
        settled(self.page)

    def turn_to(self, name: str) -> None:
        """Another page, without a new connection."""
        self.page.get_by_role("link", name=name, exact=True).click()
        self.page.wait_for_url(re.compile(f"/{name.lower()}"))
        settled(self.page)

    @contextmanager
    def connecting_again(self) -> Iterator[None]:
        """What happens inside cuts the page off; afterwards it is connected and drawn again."""
        before = len(self.replicas), self.page.evaluate("window.runs")
        yield
        for _ in range(300):
            now = len(self.replicas), self.page.evaluate("window.runs")
            if now[0] > before[0] and now[1] > before[1]:
                break
            self.page.wait_for_timeout(100)
        settled(self.page)
        assert len(self.replicas) == before[0] + 1


@contextmanager
def reading(browser: Browser, address: str) -> Iterator[Reader]:
    """A reader of their own: nothing is shared with another."""
    context = browser.new_context(ignore_https_errors=True, viewport={"width": 1400, "height": 900})
    reader = Reader(context.new_page())
    protocol = context.new_cdp_session(reader.page)
    protocol.send("Network.enable")

    def asked(event):
        words = event["request"]["headers"]["Sec-WebSocket-Protocol"].split(",")
        reader.sessions.append(words[2].strip() if len(words) > 2 else "")

    def answered(event):
        headers = {name.lower(): value for name, value in event["response"]["headers"].items()}
        reader.replicas.append(headers["x-served-by"].split(", ")[-1])

    protocol.on("Network.webSocketWillSendHandshakeRequest", asked)
    protocol.on("Network.webSocketHandshakeResponseReceived", answered)
    reader.page.on("pageerror", lambda error: reader.said.append(str(error)))
    reader.page.add_init_script(COUNTED)
    reader.page.goto(address)
    for _ in range(300):
        if reader.replicas:
            break
        reader.page.wait_for_timeout(100)
    assert len(reader.replicas) == 1
    yield reader
    assert context.cookies() == []
    assert reader.said == []
    context.close()


@pytest.mark.browser
@pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"Chromium is not at {CHROMIUM}")
def test_readers_of_two_replicas_filter_reconnect_download_and_outlive_a_crash(site, browser):
    with (
        reading(browser, f"{site.address}/data") as one,
        _reader_elsewhere(browser, site, one) as other,
    ):
        settled(one.page)
        settled(other.page)
        everything = one.count()
        one.choose("Latvia", "LV")
        other.choose("Finland", "FI")
        latvian, finnish = one.count(), other.count()
        assert 0 < latvian < finnish < everything

        with one.connecting_again(), other.connecting_again():
            site.reload()
        for reader, count in ((one, latvian), (other, finnish)):
            assert len(set(reader.replicas)) == 1
            assert reader.sessions[0] == ""
            assert reader.sessions[1] != ""
            assert reader.count() == count

        assert len(_saved(one, one.page.get_by_role("link", name=re.compile("CSV")))) == latvian
        other.turn_to("Timeline")
        button = other.page.get_by_role("button", name=re.compile(r"^Download \d+ rows? "))
        with other.page.expect_request(re.compile("/media/")) as kept:
            assert len(_saved(other, button)) == int(
                re.search(r"\d+", button.first.inner_text())[0]
            )
        path = kept.value.url.removeprefix(site.address)
        found = [site.get(path) for _ in range(6)]
        assert {status for status, _, _ in found} == {200}
        asked = [headers["X-Served-By"].split(", ") for _, headers, _ in found]
        assert {last for *_, last in asked} == {other.replicas[-1]}
        assert [other.replicas[-1]] in asked
        assert [one.replicas[-1], other.replicas[-1]] in asked

        crashed, standing = one.replicas[-1], other.replicas[-1]
        with one.connecting_again():
            site.kill(crashed)
        site.bring_up(crashed)
        assert one.replicas[-1] == standing
        assert one.count() == latvian
        one.page.get_by_role("button", name=re.compile("^Clear all filters")).click()
        one.page.wait_for_url(lambda url: "country" not in url)
        settled(one.page)
        assert one.count() == everything
        assert site.get("/health")[0] == 200
        assert len(other.replicas) == 2
    wait(f"http://{crashed}")
    _taken_up(site, crashed)


def _saved(reader: Reader, control: Locator) -> list[dict[str, str]]:
    """The rows of the file that a link or a button gives."""
    with reader.page.expect_download() as waiting:
        control.first.click()
    return list(csv.DictReader(io.StringIO(waiting.value.path().read_text("utf-8-sig"))))


@contextmanager
def _reader_elsewhere(browser: Browser, site: Site, one: Reader) -> Iterator[Reader]:
    for _ in range(READERS):
        with reading(browser, f"{site.address}/data") as other:
            if other.replicas != one.replicas:
                yield other
                return
    raise AssertionError(f"{READERS} pages in a row went to {one.replicas}")


def _taken_up(site: Site, replica: str) -> None:
    """A replica that has come back gets readers again."""
    end = time.monotonic() + 20
    while replica not in {connected_to(site, f"?tab=reader{n}") for n in range(12)}:
        assert time.monotonic() < end
        time.sleep(0.5)
