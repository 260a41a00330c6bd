import csv
import gzip
import io
import json
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import anyio
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openapi_spec_validator import validate
from schemathesis import checks
from starlette.applications import Starlette
from starlette.testclient import TestClient

from projectdata import api, paths, server
from projectdata.catalog import open_catalog
from projectdata.errors import BusyError, DataError
from projectdata.selection import PARAMETERS

CURATED = open_catalog(paths.data_folder())
APP = Starlette(routes=api.routes(lambda: CURATED), middleware=server.middleware())
schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", APP)
# The other phases try every value of every list, one request each: minutes for what our own test
# of any parameters covers.
schema.config.phases.update(phases=["fuzzing"])

SELECTIONS = [
    "",
    "country=FI",
    "country=FI&country=SE&not.collection=kohesio",
    "target_group=unknown",
    "q=%22home+care%22&lang=fi",
    "status=running&on=2016-05-01&nonsense=1",
    "from=2015&to=2016&fund=esf",
    "country=IS&fund=jtf",
]


@pytest.fixture(scope="module")
def client():
    with TestClient(APP, raise_server_exceptions=False) as client:
        yield client


def csv_rows(response):
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("query", SELECTIONS)
def test_csv_json_and_summary_agree(client, query):
    rows = csv_rows(client.get(f"/api/v1/projects.csv?{query}"))
    document = client.get(f"/api/v1/projects.json?{query}").json()
    summary = client.get(f"/api/v1/summary.json?{query}").json()
    assert len(rows) == len(document["projects"]) == summary["projects"]
    for measure, told in summary["measures"].items():
        amounts = [float(row[measure]) for row in rows if row[measure]]
        assert told["projects"] == len(amounts)
        assert told["not_published"] == len(rows) - len(amounts)
        if amounts:
            assert told["sum"] == pytest.approx(sum(amounts))
        else:
            assert told["sum"] is None


def test_the_document_is_valid_and_lists_every_route_and_parameter(client):
    document = client.get("/api/v1/openapi.json").json()
    validate(document)
    served = {route.path for route in api.routes(lambda: CURATED)}
    assert served - set(document["paths"]) == {"/api", "/api/{rest:path}"}
    named = {p["name"] for p in document["paths"]["/api/v1/projects.csv"]["get"]["parameters"]}
    assert named == {*PARAMETERS, "columns", "separator", "notes"}


@schema.parametrize()
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
def test_answers_are_as_the_document_says(case):
    case.call_and_validate(
        checks=[
            checks.not_a_server_error,
            checks.status_code_conformance,
            checks.content_type_conformance,
            checks.response_schema_conformance,
        ]
    )


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/api/v1/projects.csv?country=XX&from=banana&columns=foo", ["XX", "banana", "foo"]),
        ("/api/v1/projects.json?lang=sv&on=2022-13-15", ["sv", "2022-13-15"]),
        ("/api/v1/summary.json?min_amount=-1&measure=gold", ["-1", "gold"]),
        ("/api/v1/projects.csv?separator=|&notes=perhaps", ["|", "perhaps"]),
        ("/api/v1/projects.geojson?not.fund=zz", ["zz"]),
        ("/api/v1/tables/projects.csv?separator=x", ["x"]),
    ],
)
def test_each_bad_value_is_named(client, path, named):
    response = client.get(path)
    assert response.status_code == 400
    assert list(response.json()) == ["error"]
    assert all(f"“{value}”" in response.json()["error"] for value in named)


@pytest.mark.parametrize(
    "path", ["/api/v1/tables/nope.csv", "/api/v1/projects.docx", "/api/v2/x", "/api", "/api/"]
)
def test_an_unknown_address_is_a_404_with_a_sentence(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert response.json()["error"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_everything_is_read_with_get(client, method):
    response = client.request(method, "/api/v1/projects.csv")
    assert response.status_code == 405
    assert "GET" in response.headers["allow"]
    assert method in response.json()["error"]


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "country=%FF%FE",
        "q=%ED%A0%80",
        "country[]=FI",
        "from=2015&from=2016&to=9999999999999",
        "&&&=&=",
        "q=" + "a" * 5000,
        "%00=%00",
        "columns=",
        "columns=,,,",
        "on=0001-01-01&lang=fi",
        "min_amount=999999999999999.9999",
        "q=%27%3B%20drop%20table%20facts%3B--",
        "country=" + "&country=".join(["FI"] * 900),
        "x" * 40_000,
    ],
)
@pytest.mark.parametrize("path", ["projects.csv", "projects.xlsx", "summary.json"])
def test_nothing_in_an_address_breaks_the_server(client, query, path):
    response = client.get(f"/api/v1/{path}?{query}")
    assert response.status_code in (200, 400)
    if response.status_code == 400:
        assert response.json()["error"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([*PARAMETERS, "columns", "separator", "notes"]) | st.text(max_size=8),
            st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
            | st.sampled_from(["FI", "unknown", "2015", "1e9", "-1", "ended", "esf"]),
        ),
        max_size=6,
    ),
    st.sampled_from(["projects.csv", "projects.json", "projects.geojson", "summary.json"]),
)
def test_any_parameters_get_an_answer_or_a_sentence(pairs, path):
    query = "&".join(f"{quote(k, errors='ignore')}={quote(v)}" for k, v in pairs)
    response = TestClient(APP).get(f"/api/v1/{path}?{query}")
    assert response.status_code in (200, 400)
    if response.status_code == 400:
        assert response.json()["error"]


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=30))
def test_any_bytes_in_a_path_get_json(raw):
    response = TestClient(APP).get("/api/v1/tables/" + quote(raw) + ".csv")
    assert response.status_code == 404
    assert response.json()["error"]


def test_an_answer_that_has_not_changed_is_not_sent_again(client):
    first = client.get("/api/v1/projects.csv?country=FI&fund=esf")
    tag = first.headers["etag"]
    again = client.get("/api/v1/projects.csv?fund=esf&country=fi", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.content == b""
    other = client.get("/api/v1/projects.csv?country=SE", headers={"If-None-Match": tag})
    assert other.status_code == 200
    assert other.headers["etag"] != tag


@pytest.mark.parametrize("on", ["2014-01-01", "2026-01-01"])
def test_the_tag_follows_the_day_that_status_is_judged_by(client, on):
    tag = client.get("/api/v1/summary.json?status=running").headers["etag"]
    assert client.get(f"/api/v1/summary.json?status=running&on={on}").headers["etag"] != tag


@pytest.mark.parametrize("format", ["csv", "json", "geojson", "xlsx", "parquet"])
def test_head_says_what_get_would(client, format):
    path = f"/api/v1/projects.{format}?country=FI"
    head, got = client.head(path), client.get(path)
    assert head.status_code == 200
    assert head.content == b""
    for name in ("etag", "content-type", "content-disposition"):
        assert head.headers[name] == got.headers[name]
    count = client.get("/api/v1/summary.json?country=FI").json()["projects"]
    assert f'filename="projectdata-{count}-projects-' in got.headers["content-disposition"]
    assert got.headers["content-disposition"].endswith(f'.{format}"')


def test_text_is_packed_for_who_takes_it(client):
    plain = client.get("/api/v1/projects.csv", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    with client.stream("GET", "/api/v1/projects.csv", headers={"Accept-Encoding": "gzip"}) as got:
        assert got.headers["content-encoding"] == "gzip"
        packed = b"".join(got.iter_raw())
    assert gzip.decompress(packed) == plain.content
    assert len(packed) < len(plain.content) / 2


@pytest.mark.parametrize("table", CURATED.package.tables)
def test_every_table_is_served(client, table):
    response = client.get(f"/api/v1/tables/{table}.csv")
    assert response.status_code == 200
    assert len(csv_rows(response)) == client.get("/health").json()["rows"][table]


def test_the_package_leads_to_its_tables(client):
    package = client.get("/datapackage.json").json()
    for resource in package["resources"]:
        head = client.get(f"/{resource['path']}").text.removeprefix("\ufeff").splitlines()[0]
        assert head.split(",") == [field["name"] for field in resource["schema"]["fields"]]


def test_health_is_503_without_data():
    def broken():
        raise DataError(["projects.csv:14: start_date is no date"])

    client = TestClient(Starlette(routes=api.routes(broken)), raise_server_exceptions=False)
    response = client.get("/health")
    assert response.status_code == 503
    assert response.json()["ok"] is False
    assert response.json()["problems"] == ["projects.csv:14: start_date is no date"]
    for path in ("/api/v1/projects.csv", "/api/v1/openapi.json", "/datapackage.json"):
        response = client.get(path)
        assert response.status_code == 503
        assert "projects.csv:14" in response.json()["error"]


def test_a_server_without_room_for_a_question_says_when_to_come_again():
    def busy():
        raise BusyError("Too many large questions.")

    client = TestClient(Starlette(routes=api.routes(busy)), raise_server_exceptions=False)
    answer = client.get("/api/v1/summary.json")
    assert answer.status_code == 503
    assert answer.json() == {"error": "Too many large questions."}
    assert int(answer.headers["Retry-After"]) > 0


def test_many_readers_at_once_all_get_their_rows(client):
    def rows(_):
        return len(csv_rows(client.get("/api/v1/projects.csv?country=FI")))

    with ThreadPoolExecutor(12) as pool:
        counts = set(pool.map(rows, range(24)))
    assert counts == {client.get("/api/v1/summary.json?country=FI").json()["projects"]}


def test_who_waits_too_long_is_told_when_to_come_back(monkeypatch):
    monkeypatch.setattr(api, "PATIENCE", 0.01)
    monkeypatch.setattr(api, "CONCURRENT_EXPORTS", 0)
    monkeypatch.setattr(anyio, "Semaphore", lambda *_, **__: FULL)
    client = TestClient(Starlette(routes=api.routes(lambda: CURATED)))
    response = client.get("/api/v1/projects.csv")
    assert response.status_code == 503
    assert response.headers["retry-after"]
    assert response.json()["error"]


class Full:
    async def acquire(self):
        await anyio.sleep(10)


FULL = Full()


def test_a_long_answer_streams_and_gives_its_turn_back(client, monkeypatch):
    whole = client.get("/api/v1/projects.json").content
    monkeypatch.setattr(api, "SMALL", 1000)
    for _ in range(2 * api.CONCURRENT_EXPORTS):
        streamed = client.get("/api/v1/projects.json")
        assert "content-length" not in streamed.headers
        assert json.loads(streamed.content)["projects"] == json.loads(whole)["projects"]


def test_any_site_may_read(client):
    assert client.get("/api/v1/summary.json").headers["access-control-allow-origin"] == "*"
    assert client.options("/api/v1/summary.json").status_code == 204
