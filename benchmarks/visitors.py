"""Many visitors at once: real sessions over Streamlit's own socket, without a browser.

A visitor opens a page, chooses a country, takes it away, goes on to the next page, and thinks in
between. A click is timed from the message that the browser would send until the script has ended
and everything it sent has arrived. The server's memory is read from the kernel afterwards.
"""

import asyncio
import random
import statistics
import time
from dataclasses import dataclass, field

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

VISITORS = 20
CLICKS = 12
"""Clicks of a visitor."""
THINKING = 1.0, 5.0
"""Seconds between an answer and the next click, drawn evenly."""
FILTER = "country"
LARGEST_MESSAGE = 1 << 30
PATIENCE = 120


@dataclass(frozen=True)
class Visit:
    """What all visitors waited for, and what it cost the server."""

    visitors: int
    clicks: int
    median: float
    slowest: float
    received_bytes: int
    """The most that one visitor was sent for one click."""


@dataclass
class Visitor:
    """One browser's side of the socket: what it was shown, and what it has chosen."""

    socket: websockets.ClientConnection
    query: str = ""
    page: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    """Address of each page, and the hash that its script is known by."""
    boxes: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    """Filters of the page by the last part of their keys: (widget, options)."""
    received: int = 0

    async def run(self, chosen: dict[str, list[str]] | None = None) -> float:
        """Ask for a run of the page with choices; gives the seconds until all has arrived."""
        asked = BackMsg()
        state = asked.rerun_script
        state.query_string, state.page_script_hash = self.query, self.pages.get(self.page, "")
        if not self.pages:
            state.page_name = self.page
        for widget, values in (chosen or {}).items():
            entry = state.widget_states.widgets.add(id=widget)
            entry.string_array_value.data.extend(values)
        begun = time.perf_counter()
        self.received = 0
        await self.socket.send(asked.SerializeToString())
        while True:
            async with asyncio.timeout(PATIENCE):
                data = await self.socket.recv(decode=False)
            self.received += len(data)
            message = ForwardMsg.FromString(data)
            kind = message.WhichOneof("type")
            if kind == "script_finished":
                if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    continue
                if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                    raise RuntimeError("the page's script did not end well")
                return time.perf_counter() - begun
            self._see(message, kind)

    def _see(self, message: ForwardMsg, kind: str | None) -> None:
        if kind == "navigation":
            self.pages = {
                page.url_pathname: page.page_script_hash for page in message.navigation.app_pages
            }
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            if element.WhichOneof("type") == "exception":
                raise RuntimeError(f"the page shows an error: {element.exception.message}")
            if element.WhichOneof("type") == "multiselect":
                box = element.multiselect
                self.boxes[box.id.rpartition("-")[2]] = (box.id, list(box.options))


def measure(address: str, pages: tuple[str, ...], visitors: int = VISITORS) -> Visit:
    """Let the visitors in, one shortly after the other, and wait until the last has left."""
    return asyncio.run(_all(address, pages, visitors))


async def _all(address: str, pages: tuple[str, ...], visitors: int) -> Visit:
    visits = [_visit(address, pages, number) for number in range(visitors)]
    waited, received = [], []
    for seconds, largest in await asyncio.gather(*visits):
        waited += seconds
        received.append(largest)
    return Visit(visitors, len(waited), statistics.median(waited), max(waited), max(received))


async def _visit(address: str, pages: tuple[str, ...], number: int) -> tuple[list[float], int]:
    chance = random.Random(number)
    await asyncio.sleep(chance.uniform(0, THINKING[1]))
    seconds, largest = [], 0
    socket = websockets.connect(
        f"{address.replace('http', 'ws', 1)}/_stcore/stream",
        subprotocols=[websockets.Subprotocol("streamlit")],
        max_size=LARGEST_MESSAGE,
    )
    async with socket as opened:
        visitor = Visitor(opened, page=pages[number % len(pages)])
        await visitor.run()
        for click in range(CLICKS):
            await asyncio.sleep(chance.uniform(*THINKING))
            seconds.append(await _click(visitor, pages, click, chance))
            largest = max(largest, visitor.received)
    return seconds, largest


async def _click(
    visitor: Visitor, pages: tuple[str, ...], click: int, chance: random.Random
) -> float:
    """By turns: choose a country, take it away, go to another page."""
    if click % 3 == 2:
        visitor.page = chance.choice(pages)
        return await visitor.run()
    widget, options = visitor.boxes[FILTER]
    chosen = [chance.choice(options[: min(20, len(options))])] if click % 3 == 0 else []
    return await visitor.run({widget: chosen})
