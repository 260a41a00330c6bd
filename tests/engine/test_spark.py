"""A real master and two workers answer as the embedded engine does."""

import json
import time
import unicodedata
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from csv import reader
from dataclasses import dataclass, replace
from pathlib import Path

import ibis
import ibis.expr.operations as ops
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from devtools.cluster import is_possible
from devtools.serving import CHROMIUM, free_port, start
from projectdata import api, engines, paths, store
from projectdata.catalog import Catalog, open_catalog
from projectdata.errors import AwayError, DataError
from projectdata.exports import table_chunks
from projectdata.folding import fold
from projectdata.queries import rows, summary
from projectdata.selection import Selection, parse
from tests.engine import questions

spark = pytest.importorskip("projectdata.engine.spark", reason="pyspark is not installed")

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(not is_possible(), reason="Java or pyspark is not installed"),
]

ADDRESSES = {
    "everything": "",
    "country": "country=FI&measure=eu_contribution",
    "text": "q=malmo -it's \\' \"care\"&lang=fi",
    "status": "status=ended&status=unknown&on=2024-05-01",
    "left-out": "not.country=AT&not.target_group=unknown&not.status=running",
    "region": "region=FI1D&region=unknown",
    "relevance": "relevance=social",
    "least": "min_amount=10&measure=total_budget&from=2015&to=2025",
    "ended": "on=2022-03-01",
    "nothing": "q=zzzz",
}
"""A handful of selections, as they stand in an address."""

ASKED = questions.found()
ROTATED = [name for name in ADDRESSES if name != "everything"]
CASES = [(name, "everything") for name in ASKED]
CASES += [(name, ROTATED[place % len(ROTATED)]) for place, name in enumerate(ASKED)]
CASES += [("summary.measure_totals", address) for address in ADDRESSES]
CASES += [("project.similar", "country"), ("timeline.recently_ended", "ended")]
CASES = [*dict.fromkeys(CASES)]
"""Every query with all of its arguments for everything, and with the last for another selection."""

SILENT = {"labs.said"}
"""The queries to which the tiny package has no answer."""

PATIENCE = 300
"""Seconds that a server on a busy machine may take to start Java and open the data."""


@pytest.mark.parametrize(("name", "address"), CASES)
def test_both_engines_give_the_same_answer(embedded, clustered, name, address):
    selection = selected(embedded, address)
    for arguments in asked(name, address):
        expected = embedded.rows(ASKED[name], selection, *arguments)
        answer = clustered.rows(ASKED[name], selection, *arguments)
        if not is_ordered(ASKED[name](embedded, selection, *arguments)):
            expected, answer = in_order(expected), in_order(answer)
        pd.testing.assert_frame_equal(answer, expected)


def selected(catalog: Catalog, address: str) -> Selection:
    selection, problems = parse(urllib.parse.parse_qsl(ADDRESSES[address]), catalog.known)
    assert problems == []
    return selection


def asked(name: str, address: str) -> list[tuple]:
    arguments = questions.ARGUMENTS.get(name, [()])
    return arguments if address == "everything" else arguments[-1:]


def is_ordered(expression) -> bool:
    """True where the last that a query does, besides choosing columns, is to sort."""
    node = expression.op()
    while isinstance(node, ops.Project | ops.DropColumns):
        node = node.parent
    return isinstance(node, ops.Sort | ops.Limit)


def in_order(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.sort_values(list(frame.columns)).reset_index(drop=True)


def test_no_query_is_left_out():
    """A new query that takes arguments is asked here too: add some to questions.py."""
    assert len(ASKED) > 80
    asking = {name for name, query in ASKED.items() if questions.takes_arguments(query)}
    assert asking <= set(questions.ARGUMENTS) <= set(ASKED)


def test_what_is_compared_is_not_nothing(embedded):
    answers = {
        name
        for name, address in CASES
        for arguments in asked(name, address)
        if len(embedded.rows(ASKED[name], selected(embedded, address), *arguments))
    }
    assert set(ASKED) - answers == SILENT


def test_the_tables_have_the_same_columns_and_types(embedded, clustered):
    read = embedded.tables.keys() & clustered.tables.keys()
    assert read == set(embedded.tables)
    for name in read:
        assert clustered.tables[name].schema() == embedded.tables[name].schema(), name


def test_addresses_know_the_same_values(embedded, clustered):
    assert clustered.labels == embedded.labels
    assert clustered.names.equals(embedded.names)
    for name, values in embedded.known.items():
        assert set(clustered.known[name]) == set(values), name
    assert "lead-fi" in clustered.known["organisation"]
    assert "nobody" not in clustered.known["organisation"]


def test_letters_are_folded_alike(clustered):
    letters = [
        letter
        for letter in map(chr, range(1, 0x20000))
        if unicodedata.category(letter)[0] != "C" and letter not in "|"
    ]
    words = ["İstanbul", "ΟΔΟΣ", "Straße", "A\u030angström", "Đorđe Ħal ŁÓDŹ", "it's \\ 100 %"]
    asked = "|".join([*words, *letters])
    literal = clustered.engine.compile(ibis.literal(asked).name("asked").as_table())
    told = clustered.engine.frame(
        f"select fold(asked) as folded, fold(null) as missing from ({literal})"
    )
    answers, expected = told["folded"][0].split("|"), fold(asked).split("|")
    assert len(answers) == len(expected)
    pairs = zip([*words, *letters], answers, expected, strict=True)
    odd = {letter for letter, one, other in pairs if one != other}
    assert odd == set()
    assert told["missing"].isna().all()


def test_a_stream_holds_the_rows_of_the_frame_in_order(embedded, clustered):
    selection = Selection(measure="eu_contribution")
    batches = list(clustered.stream(rows.project_rows, selection))
    streamed = pd.concat([batch.to_pandas() for batch in batches], ignore_index=True)
    expected = embedded.rows(rows.project_rows, selection)
    assert streamed["project_id"].tolist() == expected["project_id"].tolist()
    assert {str(batch.schema) for batch in batches} == {
        str(batch.schema) for batch in embedded.stream(rows.project_rows, selection)
    }


@pytest.mark.parametrize("table", ["projects", "amounts", "sources"])
def test_the_tables_of_the_package_are_downloaded_alike(embedded, clustered, table):
    one, other = (b"".join(table_chunks(catalog, table)) for catalog in (embedded, clustered))
    assert sorted(other.splitlines()) == sorted(one.splitlines())


def test_many_threads_may_ask_at_once(embedded, clustered):
    chosen = [Selection().choosing("country", [code]) for code in ("FI", "SE", "AT", "EE")]

    def total(selection: Selection) -> int:
        return int(clustered.rows(summary.measure_totals, selection)["projects"].iloc[0])

    with ThreadPoolExecutor(4) as visitors:
        told = list(visitors.map(total, chosen))
    assert told == [
        int(embedded.rows(summary.measure_totals, selection)["projects"].iloc[0])
        for selection in chosen
    ]


def test_an_application_that_the_cluster_has_ended_is_begun_anew(clustered):
    before = spark.APPLICATION.session(clustered.engine.address).sparkContext
    name = before.applicationId
    before._jsc.sc().stop()
    asked = replace(Selection(), q="sauna")
    assert clustered.rows(summary.measure_totals, asked)["projects"].iloc[0] == 1
    now = spark.APPLICATION.session(clustered.engine.address).sparkContext
    assert now.applicationId != name


@pytest.mark.browser
@pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"Chromium is not at {CHROMIUM}")
def test_the_dashboard_serves_its_pages_from_the_cluster(
    embedded, tiny_folder, store_folder, spark_cluster, browser
):
    environment = spark_cluster.environment | {
        engines.ENGINE: spark_cluster.address,
        "PROJECTDATA_DATA": str(tiny_folder),
        paths.STORE: str(store_folder),
    }
    with served(environment) as address:
        for query in ("", "?country=FI", "?q=zzzz"):
            told = json.loads(fetched(f"{address}/api/v1/summary.json{query}"))
            selection, _ = parse(urllib.parse.parse_qsl(query.removeprefix("?")), embedded.known)
            assert told == json.loads(json.dumps(api.summary_of(embedded, selection)))
        csv = fetched(f"{address}/api/v1/projects.csv").decode("utf-8-sig")
        assert len(list(reader(csv.splitlines(keepends=True)))) == 1 + told_projects(embedded)
        for name in ("overview", "funding", "data"):
            page = browser.new_page(locale="en-GB")
            page.goto(f"{address}/{name}?relevance=social&relevance=other")
            page.get_by_text(f"All {told_projects(embedded)} projects").first.wait_for(
                timeout=PATIENCE * 1000
            )
            page.wait_for_selector(
                '[data-testid="stApp"][data-test-script-state="notRunning"]',
                timeout=PATIENCE * 1000,
            )
            assert page.get_by_test_id("stException").count() == 0
            page.close()


def told_projects(catalog) -> int:
    return int(catalog.rows(summary.measure_totals, Selection())["projects"].iloc[0])


@contextmanager
def served(environment: dict[str, str]) -> Iterator[str]:
    """The dashboard on a free port; it opens its data before it takes a connection."""
    port = free_port()
    process = start(paths.home() / "dashboard.py", port, environment)
    try:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                fetched(f"http://127.0.0.1:{port}/health")
                break
            except OSError:
                assert process.poll() is None, "the server has ended"
                assert time.monotonic() < end, "the server did not start"
                time.sleep(0.5)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(60)


def fetched(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        return answer.read()


def test_a_cluster_that_is_away_is_said_on_the_page_and_asked_again(
    tiny_folder, store_folder, monkeypatch
):
    monkeypatch.setenv(engines.ENGINE, f"spark://127.0.0.1:{free_port()}")
    monkeypatch.setattr(store, "STORE", store.Store(tiny_folder, store_folder))
    begun = time.monotonic()
    app = frame()
    assert time.monotonic() - begun < 60
    assert not app.exception
    assert "No Spark master answers at spark" in told(app)
    monkeypatch.setenv(engines.ENGINE, "duckdb")
    assert "No Spark master" not in told(frame())


@pytest.mark.parametrize("said", ["sparc", "spark://nowhere", "local[2]", "spark://host:port"])
def test_an_engine_that_does_not_exist_is_named(tiny_folder, monkeypatch, said):
    monkeypatch.setenv(engines.ENGINE, said)
    with pytest.raises(DataError, match="is no engine") as fault:
        open_catalog(tiny_folder)
    assert said in str(fault.value)


def test_a_cluster_that_dies_is_said_on_the_page(clustered, spark_cluster, monkeypatch):
    """The last test of the cluster: nothing is left of it afterwards."""
    dying = replace(clustered, engine=replace(clustered.engine, patience=5.0))
    dying.engine.frame("select 1 as one")  # the application and its tables are there
    for worker in spark_cluster.workers:
        worker.kill()
        worker.wait(20)
    with pytest.raises(AwayError, match=r"did not answer|could not answer"):
        dying.rows(summary.measure_totals, Selection(q="lodz"))
    monkeypatch.setattr(store, "STORE", Standing(dying))
    app = frame(q="lodz")
    assert not app.exception
    assert "The cluster at spark" in told(app)


@dataclass(frozen=True)
class Standing:
    """A store whose catalog is there already."""

    held: Catalog
    problems: tuple[str, ...] = ()

    def catalog(self) -> Catalog:
        return self.held


def frame(**parameters: str) -> AppTest:
    app = AppTest.from_file(str(paths.PACKAGE / "ui" / "frame.py"), default_timeout=PATIENCE)
    for key, value in parameters.items():
        app.query_params[key] = value
    return app.run()


def told(app: AppTest) -> str:
    return " ".join(str(part.value) for part in [*app.title, *app.markdown]).replace("\\", "")
