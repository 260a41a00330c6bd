"""The server's own first visit: what the first reader of a page would wait for is done before.

The first run of a page loads libraries, compiles its statements and draws its figures. The server
asks itself for the page through its own socket, as a browser would, so nothing has to be listed
here that a page needs.
"""

import asyncio
from typing import Any

from starlette.types import ASGIApp, Message
from streamlit import config
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

PATIENCE = 60
"""Seconds for one page. A server that is slower than that has other worries."""


async def visit(app: ASGIApp, page: str = "", locale: str = "en") -> bool:
    """Let a page run as for a reader with a language; whether it came to its end."""
    asked = BackMsg()
    asked.rerun_script.page_name = page
    asked.rerun_script.context_info.locale = locale
    said: asyncio.Queue[Message] = asyncio.Queue()
    said.put_nowait({"type": "websocket.connect"})
    said.put_nowait({"type": "websocket.receive", "bytes": asked.SerializeToString()})
    ended = asyncio.Event()

    async def send(message: Message) -> None:
        content = message.get("bytes")
        if message["type"] == "websocket.close" or (content and _is_last(content)):
            ended.set()

    reader = asyncio.ensure_future(app(_scope(), said.get, send))
    ending = asyncio.ensure_future(ended.wait())
    try:
        # A visit that fails is the reader's to see, not the server's to stop at.
        first = asyncio.FIRST_COMPLETED
        await asyncio.wait({reader, ending}, timeout=PATIENCE, return_when=first)
    finally:
        ending.cancel()
        said.put_nowait({"type": "websocket.disconnect", "code": 1000})
        await asyncio.wait({reader})
    return ended.is_set() and reader.exception() is None


def _is_last(content: bytes) -> bool:
    message = ForwardMsg.FromString(content)
    early = ForwardMsg.FINISHED_EARLY_FOR_RERUN
    return message.WhichOneof("type") == "script_finished" and message.script_finished != early


def _scope() -> dict[str, Any]:
    base = config.get_option("server.baseUrlPath").strip("/")
    path = f"/{base}/_stcore/stream" if base else "/_stcore/stream"
    return {
        "type": "websocket",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "scheme": "ws",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(b"host", b"localhost"), (b"sec-websocket-protocol", b"streamlit")],
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 0),
        "subprotocols": ["streamlit"],
        "state": {},
        "extensions": {},
    }
