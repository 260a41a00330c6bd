import os
import re
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient

from projectdata import paths, server

PAGE = """<!DOCTYPE html>
<html lang="en">
  <head>
    <link
      rel="preload"
      href="./static/media/SourceSansVF-Upright.ttf.woff2"
      crossorigin
    />
    <title>Streamlit</title>
    <link rel="service-desc" href="./_stcore/agent/openapi.json" />
    <script>
      window.prerenderReady = false
    </script>
    <script type="module" src="./static/js/index.js"></script>
  </head>
  <body><noscript><p>You need to enable JavaScript to run this app.</p></noscript></body>
</html>
"""


@pytest.fixture
def client(tmp_path):
    file = tmp_path / "index.html"
    file.write_text(PAGE)

    async def socket_end(websocket):
        await websocket.accept()
        await websocket.send_text(await websocket.receive_text())
        await websocket.close()

    def broken(request):
        return PlainTextResponse("Bad Request", 400)

    return TestClient(
        Starlette(
            routes=[
                Route("/static/help.html", lambda request: HTMLResponse("<title>Help</title>")),
                Route("/api/broken", broken),
                WebSocketRoute("/_stcore/stream", socket_end),
                Route("/{rest:path}", lambda request: FileResponse(file)),
            ],
            middleware=server.middleware(),
        )
    )


@pytest.mark.parametrize(
    ("query", "accepted", "lang"),
    [
        ("", "", "en"),
        ("", "fi", "fi"),
        ("", "fi-FI,fi;q=0.9,en;q=0.8", "fi"),
        ("", "sv-SE,en;q=0.5,fi;q=0.7", "fi"),
        ("", "sv,de", "en"),
        ("", "fi;q=0, en", "en"),
        ("", ";;q=,,=;q=banana", "en"),
        ("lang=fi", "en", "fi"),
        ("lang=EN", "fi", "en"),
        ("lang=sv", "fi", "fi"),
        ("country=FI&lang=en", "fi", "en"),
        ("lang=%ff", "", "en"),
    ],
)
def test_the_page_speaks_the_readers_language(client, query, accepted, lang):
    response = client.get(f"/timeline?{query}", headers={"Accept-Language": accepted})
    assert f'<html lang="{lang}">' in response.text
    assert response.headers["content-language"] == lang
    assert response.headers["vary"] == "Accept-Language"
    assert int(response.headers["content-length"]) == len(response.content)


def test_the_page_is_ours(client):
    page = client.get("/?lang=fi").text
    assert "<title>EU-rahoitteiset sosiaalipalveluhankkeet · projectdata</title>" in page
    assert '<meta name="description" content="' in page
    assert "Streamlit" not in page
    assert "You need to enable" not in page
    assert "SourceSans" not in page
    assert 'href="./api/v1/projects.csv"' in page


def test_streamlits_own_page_is_still_as_we_know_it():
    import streamlit

    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text()
    written = server.page_in(page, "fi", "Otsikko", "Kuvaus")
    for said in ('<html lang="fi">', "<title>Otsikko</title>", 'content="Kuvaus"', server.ROOT):
        assert written.count(said) == 1
    for gone in ("<title>Streamlit", "You need to enable", "SourceSans", 'agent/openapi.json"'):
        assert gone not in written


@pytest.mark.parametrize(
    ("path", "query", "elsewhere"),
    [
        ("/", b"", None),
        ("/funding", b"country=FI", None),
        ("/overview", b"", "./"),
        ("/overview", b"country=FI&country=SE", "./?country=FI&country=SE"),
        ("/nope", b"lang=fi", "./?lang=fi&missing=nope"),
        ("/a/b", b"", "../?missing=a%2Fb"),
        ("/robots.txt", b"", None),
    ],
)
def test_a_path_that_is_no_page_leads_to_the_overview(path, query, elsewhere):
    assert server.moved(path, query) == elsewhere


def test_a_page_never_comes_from_a_cache_of_another_language(client):
    first = client.get("/", headers={"Accept-Language": "en"})
    assert "etag" not in first.headers
    again = client.get(
        "/",
        headers={
            "Accept-Language": "fi",
            "If-None-Match": "*",
            "Range": "bytes=0-9",
            "Accept-Encoding": "gzip",
        },
    )
    assert again.status_code == 200
    assert '<html lang="fi">' in again.text


def test_head_has_the_headers_of_the_page(client):
    head, got = client.head("/map?lang=fi"), client.get("/map?lang=fi")
    assert head.content == b""
    for name in ("content-length", "content-language", "content-security-policy"):
        assert head.headers[name] == got.headers[name]


def test_assets_and_sockets_pass_untouched(client):
    assert client.get("/static/help.html").text == "<title>Help</title>"
    with client.websocket_connect("/_stcore/stream") as websocket:
        websocket.send_text("hello")
        assert websocket.receive_text() == "hello"


def test_every_inline_script_is_named_in_the_policy(client):
    response = client.get("/")
    policy = response.headers["content-security-policy"]
    scripts = re.findall(r"<script>", response.text)
    assert len(scripts) == 2
    assert policy.count("'sha256-") == 2
    assert "unsafe-inline" not in re.search(r"script-src [^;]*", policy)[0]
    assert "'unsafe-eval'" not in policy
    assert "http" not in policy


@pytest.mark.parametrize("path", ["/", "/static/help.html", "/api/broken", "/nowhere"])
def test_security_headers_are_on_every_response(client, path):
    headers = client.get(path).headers
    assert "frame-ancestors 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["referrer-policy"]


def test_the_operator_says_who_may_embed(client, monkeypatch):
    monkeypatch.setenv(server.FRAME_ANCESTORS, "https://a.example; script-src *, https://b.example")
    headers = client.get("/").headers
    policy = headers["content-security-policy"]
    assert policy.endswith("frame-ancestors https://a.example script-src * https://b.example")
    assert "x-frame-options" not in headers


def test_an_error_below_the_api_is_json(client):
    response = client.get("/api/broken")
    assert response.status_code == 400
    assert response.json()["error"]


def test_language_of_no_header_at_all():
    assert server.spoken(Headers({}), b"") == "en"


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def fetch(url, **headers):
    try:
        with urlopen(Request(url, headers=headers), timeout=20) as response:
            return response.status, response.headers, response.read()
    except HTTPError as fault:
        return fault.code, fault.headers, fault.read()


@contextmanager
def running(command, folder, port):
    """A real server, started in another folder than its own."""
    environment = {**os.environ, "PYTHONPATH": ""}
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=1):
                    break
            except OSError:
                if time.monotonic() > deadline or process.poll() is not None:
                    raise
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


@pytest.mark.parametrize("kind", ["streamlit", "uvicorn"])
def test_the_dashboard_runs_under_both_servers_from_any_folder(kind, tmp_path):
    port = free_port()
    command = {
        "streamlit": [sys.executable, "-m", "projectdata", "serve", "--port", str(port)],
        "uvicorn": [
            *(sys.executable, "-m", "uvicorn", "dashboard:app"),
            *("--app-dir", str(paths.home()), "--port", str(port), "--log-level", "error"),
        ],
    }[kind]
    if kind == "streamlit":
        command += ["--address", "127.0.0.1"]
    with running(command, tmp_path, port) as home:
        status, headers, body = fetch(f"{home}/timeline?lang=fi")
        assert status == 200
        assert b'<html lang="fi">' in body
        assert "set-cookie" not in headers
        assert fetch(f"{home}/health")[0] == 200
        assert fetch(f"{home}/_stcore/health")[0] == 200
        # Served only if the configuration beside the dashboard was found.
        assert fetch(f"{home}/app/static/icon.png")[0] == 200
        host = fetch(f"{home}/_stcore/host-config")
        assert "set-cookie" not in host[1]
        for path in ("/api/v1/tables/..%2f..%2fx.csv", "/api/../../x", "/api//x", "/api/v1/x"):
            status, _, body = fetch(home + path)
            assert status in (400, 404)
            assert body.startswith(b'{"error":')
