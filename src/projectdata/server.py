"""What stands around the dashboard as an ASGI app: headers, the served page, the start."""

import asyncio
import base64
import contextlib
import hashlib
import html
import os
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import JSONResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from projectdata import paths, rehearsal, store
from projectdata.catalog import Catalog
from projectdata.errors import DataError
from projectdata.wording import LANGUAGES, Wording

FRAME_ANCESTORS = "PROJECTDATA_FRAME_ANCESTORS"
"""The environment variable that says who may show these pages inside their own."""

MACHINE_PATHS = ("/api", "/datapackage.json", "/health")
ROOT = 'window.__streamlit = {BACKEND_BASE_URL: new URL(".", location.href).href}'
"""All pages lie side by side at the root. Unless told, the browser first looks for the server below
the page it opened, and reports an error."""

OWN_SCRIPT = '<script src="./app/static/page.js"></script>'
OWN_STYLE = '<link rel="stylesheet" href="./app/static/page.css" />'
"""What Streamlit's page leaves undone, see the files and docs/decisions/0006. The browser reads no
further before it has the script, so it comes before sixty others; the style has the last word."""

OVERVIEW = "overview"
ASSET_PATHS = ("/static/", "/app/static/", "/media/", "/component/", "/_stcore/")
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "camera",
        "display-capture",
        "encrypted-media",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "picture-in-picture",
        "usb",
        "xr-spatial-tracking",
    )
)


def middleware() -> list[Middleware]:
    """Outermost first."""
    return [Middleware(SafeHeaders), Middleware(SpokenErrors), Middleware(ServedPage)]


def content_policy(scripts: str = "") -> str:
    """Only ourselves. `scripts` names the inline scripts of a page by their hashes."""
    return "; ".join(
        (
            "default-src 'none'",
            # The map decodes its layers with WebAssembly, which this allows and `eval` it does not.
            f"script-src 'self' 'wasm-unsafe-eval' {scripts}".strip(),
            # Streamlit's components and the map write their styles into the page.
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            # The map reads its empty style from a data address.
            "connect-src 'self' data: blob:",
            "worker-src 'self' blob:",
            "child-src 'self' blob:",
            "media-src 'self' blob:",
            "manifest-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            f"frame-ancestors {frame_ancestors()}",
        )
    )


def frame_ancestors() -> str:
    """Who may show these pages inside their own: ourselves, unless the operator says otherwise."""
    said = os.environ.get(FRAME_ANCESTORS, "")
    return " ".join(said.replace(";", " ").replace(",", " ").split()) or "'self'"


class SafeHeaders:
    """Security headers on every response, Streamlit's own included."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add what is not there."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", content_policy())
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
                headers.setdefault("Permissions-Policy", PERMISSIONS)
                headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
                headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
                if frame_ancestors() == "'self'":
                    headers.setdefault("X-Frame-Options", "SAMEORIGIN")
            await send(message)

        await self.app(scope, receive, send_with_headers)


class SpokenErrors:
    """Errors below the machine-readable addresses are JSON, whoever answers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Put a sentence in place of an error that is not JSON."""
        if scope["type"] != "http" or not is_below(scope["path"], MACHINE_PATHS):
            await self.app(scope, receive, send)
            return
        refused = False

        async def send_spoken(message: Message) -> None:
            nonlocal refused
            if message["type"] == "http.response.start" and message["status"] >= 400:
                kind = Headers(scope=message).get("content-type", "")
                refused = not kind.startswith("application/json")
                if refused:
                    said = {404: "There is nothing at this address.", 405: "Use GET."}
                    status = message["status"]
                    text = said.get(status, "This address cannot be read.")
                    await JSONResponse({"error": text}, status)(scope, receive, send)
            if not refused:
                await send(message)

        await self.app(scope, receive, send_spoken)


class ServedPage:
    """The page that Streamlit serves, in the reader's language before any script has run."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Rewrite HTML; whatever is a socket, an asset or data passes untouched."""
        if (
            scope["type"] != "http"
            or scope["method"] not in ("GET", "HEAD")
            or is_below(scope["path"], MACHINE_PATHS)
            or scope["path"].startswith(ASSET_PATHS)
        ):
            await self.app(scope, receive, send)
            return
        elsewhere = await run_in_threadpool(moved, scope["path"], scope.get("query_string", b""))
        if elsewhere is not None:
            await RedirectResponse(elsewhere, 303)(scope, receive, send)
            return
        start: Message | None = None
        body = bytearray()

        async def send_rewritten(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                kind = Headers(scope=message).get("content-type", "")
                if message["status"] == 200 and kind.startswith("text/html"):
                    start = message
                    return
            if start is None or message["type"] != "http.response.body":
                await send(message)
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body", False):
                await _send_page(scope, send, start, body.decode())

        # The page differs by language, so what the file says of its age and length is not used.
        left_out = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")
        headers = [(key, value) for key, value in scope["headers"] if key not in left_out]
        inner = {**scope, "method": "GET", "headers": headers}
        await self.app(inner, receive, send_rewritten)


async def _send_page(scope: Scope, send: Send, start: Message, page: str) -> None:
    lang = spoken(Headers(scope=scope), scope.get("query_string", b""))
    title, description = await run_in_threadpool(_titles, lang)
    written = page_in(page, lang, title, description)
    content = written.encode()
    headers = MutableHeaders(scope=start)
    for name in ("etag", "last-modified", "accept-ranges"):
        del headers[name]
    headers["Content-Length"] = str(len(content))
    headers["Content-Language"] = lang
    headers["Vary"] = "Accept-Language"
    headers["Content-Security-Policy"] = content_policy(script_hashes(written))
    await send(start)
    sent = b"" if scope["method"] == "HEAD" else content
    await send({"type": "http.response.body", "body": sent})


def moved(path: str, query: bytes) -> str | None:
    """Where the overview is, seen from a path that is no page of ours; None for our pages.

    Streamlit would answer any path with a box in English over the overview. The overview says
    itself which page it stands for.
    """
    asked = path.strip("/")
    if asked in {"", *paths.page_names()} - {OVERVIEW} or "." in asked.rsplit("/", 1)[-1]:
        return None
    given = parse_qs(query.decode("latin-1"), keep_blank_values=True)
    told = given if asked == OVERVIEW else {**given, paths.MISSING_PAGE: [asked[:80]]}
    up = "../" * asked.count("/") or "./"
    return up + ("?" + urlencode(told, doseq=True) if told else "")


def page_in(page: str, lang: str, title: str, description: str) -> str:
    """Streamlit's page in our language, with title, description and a way to do without scripts."""
    words = Wording(lang)
    without = words(
        "This page needs JavaScript. Without it, everything in it can be read as files:"
    )
    rows_link = words("all projects as CSV")
    rest_link = words("what else there is")
    noscript = (
        f"<noscript><h1>{html.escape(title)}</h1><p>{html.escape(description)}</p>"
        f"<p>{html.escape(without)} "
        f'<a href="./api/v1/projects.csv">{html.escape(rows_link)}</a>, '
        f'<a href="./api/v1/openapi.json">{html.escape(rest_link)}</a>.</p></noscript>'
    )
    heading = (
        f"<title>{html.escape(title)}</title>\n"
        f'    <meta name="description" content="{html.escape(description)}" />'
    )
    for pattern, replacement in (
        (r"<html[^>]*>", f'<html lang="{lang}">'),
        (r"<head>", f"<head>\n    <script>{ROOT}</script>\n    {OWN_SCRIPT}"),
        (r"</head>", f"{OWN_STYLE}\n  </head>"),
        (r"<title>.*?</title>", heading),
        (r"<noscript>.*?</noscript>", noscript),
        # The fonts are our own, and what describes this service is our own document.
        (r'<link\s+rel="preload"\s+href="[^"]*SourceSans[^"]*"[^>]*>', ""),
        (
            r'<link rel="service-desc"[^>]*>',
            '<link rel="service-desc" href="./api/v1/openapi.json" />',
        ),
    ):
        # Python reads escapes in a replacement; what we put in is text.
        text = replacement.replace("\\", r"\\")
        page = re.sub(pattern, text, page, count=1, flags=re.DOTALL)
    return page


def script_hashes(page: str) -> str:
    """The inline scripts of a page, as a content policy names them."""
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digests = (base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts)
    return " ".join(f"'sha256-{digest}'" for digest in digests)


def spoken(headers: Mapping[str, str], query: bytes) -> str:
    """The language of a request: what the address says, else the browser's first that we have."""
    asked = parse_qs(query.decode("latin-1")).get("lang", [""])[-1].lower()
    if asked in LANGUAGES:
        return asked
    accepted = []
    for part in headers.get("accept-language", "").lower().split(","):
        name, _, weight = part.partition(";")
        number = re.fullmatch(r"\s*q=([01](?:\.\d{0,3})?)\s*", weight)
        accepted.append((-float(number[1]) if number else -1.0, name.strip()[:2]))
    # `sorted` keeps the browser's order among equals; a weight of zero means "not this one".
    for weight_below, name in sorted(accepted, key=lambda pair: pair[0]):
        if name in LANGUAGES and weight_below < 0:
            return name
    return "en"


def is_below(path: str, roots: tuple[str, ...]) -> bool:
    """True for the roots themselves and what lies below them."""
    return any(path == root or path.startswith(f"{root}/") for root in roots)


def _titles(lang: str) -> tuple[str, str]:
    try:
        package = store.catalog().package
    except DataError:
        return "projectdata", ""
    return f"{package.titles[lang]} · projectdata", package.descriptions[lang]


def settle_configuration(dashboard: Path) -> None:
    """Let Streamlit find `.streamlit/config.toml` beside the dashboard under any server.

    `streamlit run` has done so already; another ASGI server, started in another folder, has not,
    and Streamlit knows no public way to say it.
    """
    if config._main_script_path is None:
        config._main_script_path = str(dashboard)


@asynccontextmanager
async def lifespan(app: ASGIApp) -> AsyncIterator[None]:
    """Load the data before the first reader comes. Bad data is told on the page and in /health.

    The overview is rehearsed before anyone is let in, and all pages where there are many projects:
    a first question takes a second then. The rest follows while readers are served.
    """
    loaded = await run_in_threadpool(_loaded)
    first, later = _rehearsals(loaded)
    await _rehearse(app, first)
    others = asyncio.create_task(_rehearse(app, later, PAUSE))
    try:
        yield
    finally:
        others.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await others


MANY = 20_000
PAUSE = 3
"""Seconds between two rehearsals beside readers."""

Rehearsals = list[tuple[str, str]]
"""Pages and languages."""


def _rehearsals(loaded: Catalog | None) -> tuple[Rehearsals, Rehearsals]:
    """What is rehearsed before readers are let in, and what beside them."""
    if loaded is None:
        return [], []
    if not loaded.holdings.imports:
        return [("", "en")], []
    pages = ["", *(page for page in paths.page_names() if page != OVERVIEW)]
    every = [(page, lang) for lang in LANGUAGES for page in pages]
    before = len(pages) if len(loaded.names) > MANY else 1
    return every[:before], every[before:]


async def _rehearse(app: ASGIApp, rehearsals: Rehearsals, pause: float = 0) -> None:
    for page, lang in rehearsals:
        await asyncio.sleep(pause)
        await rehearsal.visit(app, page, lang)


def _loaded() -> Catalog | None:
    try:
        return store.catalog()
    except DataError:
        return None
