"""What the first reader would wait for is done before he comes."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
import streamlit
from starlette.testclient import TestClient
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from projectdata import api, paths, rehearsal, server, store
from projectdata.catalog import open_catalog
from projectdata.errors import DataError
from projectdata.queries import summary
from projectdata.selection import Selection

PAGES = len(paths.page_names())


def run(coroutine):
    """What comes of it, in a thread of its own: the tests' browser has a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


def app_of_the_dashboard():
    return streamlit.App(
        paths.PACKAGE / "ui" / "frame.py", routes=api.routes(), lifespan=server.lifespan
    )


@pytest.mark.parametrize("ending", ["script_finished", "close"])
def test_a_visit_sends_what_a_browser_sends_and_ends_with_the_script(ending):
    heard = []

    async def app(scope, receive, send):
        assert (scope["type"], scope["path"]) == ("websocket", "/_stcore/stream")
        assert (await receive())["type"] == "websocket.connect"
        heard.append(BackMsg.FromString((await receive())["bytes"]).rerun_script)
        for kind in (ForwardMsg.FINISHED_EARLY_FOR_RERUN, ForwardMsg.FINISHED_SUCCESSFULLY):
            message = ForwardMsg(script_finished=kind)
            await send({"type": "websocket.send", "bytes": message.SerializeToString()})
        if ending == "close":
            await send({"type": "websocket.close"})
        assert (await receive())["type"] == "websocket.disconnect"

    assert run(rehearsal.visit(app, "map", "fi"))
    assert (heard[0].page_name, heard[0].context_info.locale) == ("map", "fi")


def test_a_page_that_does_not_end_keeps_nobody_out(monkeypatch):
    monkeypatch.setattr(rehearsal, "PATIENCE", 0.05)

    async def app(scope, receive, send):
        while (await receive())["type"] != "websocket.disconnect":
            pass

    assert not run(rehearsal.visit(app))


def test_a_visit_that_fails_does_not_stop_the_start():
    async def app(scope, receive, send):
        raise TypeError("another protocol")

    assert not run(rehearsal.visit(app))


def test_the_overview_is_known_when_the_first_reader_comes(monkeypatch, tiny_folder):
    catalog = open_catalog(tiny_folder)
    monkeypatch.setattr(store.STORE, "catalog", lambda: catalog)
    with TestClient(app_of_the_dashboard()) as client:
        assert client.get("/health").status_code == 200

        def never():
            raise AssertionError("the question was not asked before")

        asked = catalog._question(summary.years, Selection(), (), "")
        catalog._memory.answer(asked, never)


def test_bad_data_does_not_stop_the_start(monkeypatch):
    def broken():
        raise DataError(["projects.csv:1: the file is missing"])

    async def app(scope, receive, send):
        raise AssertionError("there is nothing to show")

    async def start_and_stop():
        async with server.lifespan(app):
            pass

    monkeypatch.setattr(store.STORE, "catalog", broken)
    run(start_and_stop())


@pytest.mark.parametrize(
    ("imports", "projects", "before", "beside"),
    [
        ((), 450, 1, 0),
        (("eura",), 2_000, 1, 2 * PAGES - 1),
        (("kohesio",), 2_000_000, PAGES, PAGES),
    ],
)
def test_many_projects_are_rehearsed_on_all_pages_before_anyone_comes(
    imports, projects, before, beside
):
    loaded = SimpleNamespace(holdings=SimpleNamespace(imports=imports), names=range(projects))
    first, later = server._rehearsals(loaded)
    assert (len(first), len(later)) == (before, beside)
    assert first[0] == ("", "en")
    assert len({*first, *later}) == before + beside
    assert set(later) >= ({("", "fi"), ("map", "fi")} if imports else set())
