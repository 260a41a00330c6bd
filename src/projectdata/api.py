"""The routes beside the pages: exports, summary, tables, health, and their own description.

Nothing here blocks the event loop: whatever asks the data runs in a thread. Whatever is wrong with
an address is said in a sentence as JSON, with 400, 404 or 405.
"""

import hashlib
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import Any

import anyio
import ibis
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route
from starlette.types import Message, Receive, Scope, Send

from projectdata import exports, openapi, store
from projectdata.catalog import Catalog
from projectdata.errors import AwayError, DataError
from projectdata.exports.cells import plain
from projectdata.exports.delimited import SEPARATORS
from projectdata.exports.order import FORMATS, Format, refusal
from projectdata.queries import summary
from projectdata.selection import Selection, parse
from projectdata.wording import Wording

LONGEST_QUERY = 32_000
CONCURRENT_EXPORTS = 4
PATIENCE = 10
"""Seconds that an export waits for its turn."""

STALLED = 60
"""Seconds after which a reader who takes nothing loses the connection."""

SMALL = 2_000_000
"""Bytes up to which a file is sent whole, with its length."""

METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE"]
PUBLIC = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Disposition, ETag",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""Open data without a cookie: any site may read it."""


class RefusedError(Exception):
    """A request that gets no answer but the sentence that says why."""

    def __init__(
        self, status: int, sentence: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(sentence)
        self.status, self.sentence, self.headers = status, sentence, dict(headers or {})


@dataclass(frozen=True)
class Desk:
    """What all routes share: where the data is, and how many exports run at once."""

    catalog: Callable[[], Catalog]
    turns: anyio.Semaphore


Handler = Callable[[Request, Desk], Awaitable[Response]]


def routes(catalog: Callable[[], Catalog] = store.catalog) -> list[BaseRoute]:
    """The routes, over the catalog of this process."""
    desk = Desk(catalog, anyio.Semaphore(CONCURRENT_EXPORTS, max_value=CONCURRENT_EXPORTS))
    handlers: dict[str, Handler] = {
        f"/api/v1/projects.{name}": partial(_projects, format=name) for name in FORMATS
    }
    handlers |= {
        "/api/v1/summary.json": _summary,
        "/api/v1/tables/{table}.csv": _table,
        "/api/v1/openapi.json": _openapi,
        "/datapackage.json": _package,
        "/health": _health,
        "/api": _nothing,
        "/api/{rest:path}": _nothing,
    }
    return [
        Route(path, _endpoint(handler, desk), methods=METHODS) for path, handler in handlers.items()
    ]


def _endpoint(handler: Handler, desk: Desk) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            _check(request)
            if request.method == "OPTIONS":
                return Response(status_code=204, headers=PUBLIC | {"Allow": "GET, HEAD, OPTIONS"})
            return await handler(request, desk)
        except RefusedError as refused:
            body = {"error": refused.sentence}
            return JSONResponse(body, refused.status, refused.headers | PUBLIC)
        except AwayError as fault:
            body = {"error": " ".join(fault.problems)}
            return JSONResponse(body, 503, PUBLIC | {"Retry-After": str(PATIENCE)})
        except DataError as fault:
            body = {"error": f"There is no good data. {' '.join(fault.problems[:5])}"}
            return JSONResponse(body, 503, PUBLIC | {"Retry-After": "60"})

    return endpoint


def _check(request: Request) -> None:
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        said = f"{request.method} does not work here: everything is read with GET."
        raise RefusedError(405, said, {"Allow": "GET, HEAD, OPTIONS"})
    length = len(request.scope.get("query_string", b""))
    if length > LONGEST_QUERY:
        raise RefusedError(
            400, f"The query has {length} characters; at most {LONGEST_QUERY} are read."
        )


async def _nothing(request: Request, desk: Desk) -> Response:
    raise RefusedError(
        404, "There is nothing at this address. /api/v1/openapi.json lists what there is."
    )


async def _projects(request: Request, desk: Desk, *, format: str) -> Response:
    day = date.today()
    catalog, order, projects = await run_in_threadpool(_ordered, request, desk, format)
    home = _home(request)
    # Status is judged by the day, so an answer is the same for one day only.
    tag = _tag(catalog, request.url.path, home, order.query, str(order.selection.day), str(day))
    file_name = order.file_name(projects, day)
    if _is_known(request, tag):
        return _unchanged(tag)
    return await _sent(
        request,
        desk,
        partial(exports.file_chunks, catalog, order, day, home=home),
        order.kind,
        tag,
        file_name,
    )


def _ordered(request: Request, desk: Desk, format: str) -> tuple[Catalog, exports.Order, int]:
    catalog = desk.catalog()
    order, sentences = exports.read_order(request.query_params.multi_items(), format, catalog)
    if sentences:
        raise RefusedError(400, _together(sentences))
    return catalog, order, exports.count(catalog, order)


async def _summary(request: Request, desk: Desk) -> Response:
    def answer() -> tuple[Catalog, Selection, dict[str, Any]]:
        catalog = desk.catalog()
        selection, problems = parse(request.query_params.multi_items(), catalog.known)
        if problems:
            words = Wording(selection.lang)
            raise RefusedError(400, _together([refusal(problem, words) for problem in problems]))
        return catalog, selection, summary_of(catalog, selection)

    catalog, selection, body = await run_in_threadpool(answer)
    query = str(selection.parameters())
    return _document(request, body, _tag(catalog, "summary", query, str(selection.day)))


def summary_of(catalog: Catalog, selection: Selection) -> dict[str, Any]:
    """How much is in a selection; a sum over nothing is null."""
    totals = catalog.rows(summary.measure_totals, selection).iloc[0]
    counts = catalog.rows(summary.counts, selection).iloc[0]
    projects = int(totals["projects"])
    measures = {}
    for measure in summary.MEASURES:
        published = int(totals[f"{measure}_projects"])
        total = plain(round(float(totals[f"{measure}_eur"]), 2)) if published else None
        measures[measure] = {
            "projects": published,
            "sum": total,
            "not_published": projects - published,
        }
    words = catalog.wording(selection)
    return {
        "data_version": catalog.version,
        "selection": selection.in_words(words, projects),
        "projects": projects,
        "measures": measures,
        **{name: int(value) for name, value in counts.items()},
    }


async def _table(request: Request, desk: Desk) -> Response:
    catalog = await run_in_threadpool(desk.catalog)
    name = request.path_params["table"]
    if name not in catalog.package.tables:
        known = ", ".join(catalog.package.tables)
        raise RefusedError(404, f"There is no table “{name[:60]}”. The tables are: {known}.")
    separator = request.query_params.get("separator", "").strip(" ").replace("\t", "tab") or ","
    if separator not in SEPARATORS:
        raise RefusedError(400, f"separator = “{separator[:60]}”: the separators are , ; and tab.")
    tag = _tag(catalog, name, separator)
    if _is_known(request, tag):
        return _unchanged(tag)
    file_name = f"projectdata-{name}-{catalog.package.version}.csv"
    chunks = partial(exports.table_chunks, catalog, name, separator)
    return await _sent(request, desk, chunks, FORMATS["csv"], tag, file_name)


async def _openapi(request: Request, desk: Desk) -> Response:
    catalog = await run_in_threadpool(desk.catalog)
    body = await run_in_threadpool(openapi.document, catalog)
    return _document(request, body, _tag(catalog, "openapi"))


async def _package(request: Request, desk: Desk) -> Response:
    """The data package, whose paths lead to the tables as they are served here."""
    catalog = await run_in_threadpool(desk.catalog)
    document = catalog.package.document
    resources = [
        {key: value for key, value in resource.items() if key not in ("bytes", "hash", "scheme")}
        | {"path": f"api/v1/tables/{resource['name']}.csv", "encoding": "utf-8-sig"}
        for resource in document["resources"]
    ]
    return _document(request, {**document, "resources": resources}, _tag(catalog, "package"))


async def _health(request: Request, desk: Desk) -> Response:
    headers = PUBLIC | {"Cache-Control": "no-store"}
    try:
        catalog = await run_in_threadpool(desk.catalog)
    except DataError as fault:
        body = {
            "ok": False,
            "error": "There is no good data.",
            "problems": list(fault.problems[:50]),
        }
        return JSONResponse(body, 503, headers)
    rows = await run_in_threadpool(_row_counts, catalog)
    body = {"ok": True, "data_version": catalog.version, "rows": rows}
    if desk.catalog == store.catalog and store.STORE.problems:
        body["problems"] = list(store.STORE.problems[:50])
    return JSONResponse(body, headers=headers)


@lru_cache(maxsize=2)
def _row_counts(catalog: Catalog) -> dict[str, int]:
    """How many rows each curated table has."""
    counted = [
        ibis.table({table.columns[0]: "string"}, name=name, database="stated")
        .count()
        .name("rows")
        .as_table()
        .mutate(table=ibis.literal(name))
        for name, table in catalog.package.tables.items()
    ]
    rows = catalog.answer(ibis.union(*counted))
    found = dict(zip(rows["table"], rows["rows"], strict=True))
    return {name: int(found[name]) for name in catalog.package.tables}


async def _sent(
    request: Request,
    desk: Desk,
    chunks: Callable[[], Iterator[bytes]],
    kind: Format,
    tag: str,
    file_name: str,
) -> Response:
    headers = _headers(tag) | {"Content-Disposition": f'attachment; filename="{file_name}"'}
    if request.method == "HEAD":
        return _bare(headers | {"Content-Type": kind.media_type})
    if kind.is_text and _takes_gzip(request):
        headers["Content-Encoding"] = "gzip"
    await _take_turn(desk)
    try:
        pieces = await run_in_threadpool(_opened, chunks, headers.get("Content-Encoding"))
        head, is_whole = await run_in_threadpool(_first, pieces)
    except BaseException:
        desk.turns.release()
        raise
    if is_whole:
        desk.turns.release()
        return Response(head, headers=headers, media_type=kind.media_type)
    return _Stream(_all(head, pieces), headers, kind.media_type, desk.turns.release)


async def _take_turn(desk: Desk) -> None:
    with anyio.move_on_after(PATIENCE):
        await desk.turns.acquire()
        return
    raise RefusedError(
        503,
        f"{CONCURRENT_EXPORTS} exports are running, as many as may at once. Try again shortly.",
        {"Retry-After": str(PATIENCE)},
    )


def _opened(chunks: Callable[[], Iterator[bytes]], encoding: str | None) -> Iterator[bytes]:
    return _gzipped(chunks()) if encoding == "gzip" else chunks()


def _first(pieces: Iterator[bytes]) -> tuple[bytes, bool]:
    """The first bytes, and whether they are all there are."""
    head = bytearray()
    for piece in pieces:
        head += piece
        if len(head) > SMALL:
            return bytes(head), False
    return bytes(head), True


async def _all(head: bytes, rest: Iterator[bytes]) -> AsyncIterator[bytes]:
    yield head
    async for piece in iterate_in_threadpool(rest):
        yield piece


def _gzipped(chunks: Iterator[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(4, zlib.DEFLATED, 31)
    for chunk in chunks:
        if packed := packer.compress(chunk):
            yield packed
    yield packer.flush()


class _Stream(StreamingResponse):
    """A stream that gives its turn back when it ends, however it ends."""

    def __init__(
        self,
        content: AsyncIterator[bytes],
        headers: dict[str, str],
        media_type: str,
        done: Callable[[], None],
    ) -> None:
        super().__init__(content, headers=headers, media_type=media_type)
        self._done = done

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_in_time(message: Message) -> None:
            with anyio.fail_after(STALLED):
                await send(message)

        try:
            await super().__call__(scope, receive, send_in_time)
        finally:
            self._done()


def _document(request: Request, body: dict[str, Any], tag: str) -> Response:
    if _is_known(request, tag):
        return _unchanged(tag)
    if request.method == "HEAD":
        return _bare(_headers(tag) | {"Content-Type": "application/json"})
    return JSONResponse(body, headers=_headers(tag))


def _bare(headers: dict[str, str]) -> Response:
    response = Response(headers=headers)
    del response.headers["Content-Length"]
    return response


def _unchanged(tag: str) -> Response:
    return Response(status_code=304, headers=_headers(tag))


def _headers(tag: str) -> dict[str, str]:
    return PUBLIC | {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}


def _tag(catalog: Catalog, *parts: str) -> str:
    text = "\n".join((catalog.version, catalog.package.version, *parts))
    return f'W/"{hashlib.sha256(text.encode()).hexdigest()[:24]}"'


def _is_known(request: Request, tag: str) -> bool:
    given = request.headers.get("If-None-Match", "")
    known = {part.strip().removeprefix("W/") for part in given.split(",")}
    return "*" in known or tag.removeprefix("W/") in known


def _takes_gzip(request: Request) -> bool:
    for part in request.headers.get("Accept-Encoding", "").lower().split(","):
        name, _, weight = part.partition(";")
        if name.strip() == "gzip":
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def _home(request: Request) -> str:
    """Where this server is, as the reader's browser named it; nothing if that is no address."""
    try:
        return str(request.base_url).rstrip("/")
    except ValueError:
        return ""


def _together(sentences: list[str]) -> str:
    return " ".join(f"{sentence.rstrip('.')}." for sentence in sentences[:100])
