import csv
import io
import json
import zipfile
from datetime import date, datetime

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from projectdata import exports
from projectdata.exports import workbook
from projectdata.exports.cells import defused, number_text, plain, texts
from projectdata.exports.delimited import csv_chunks
from projectdata.exports.notes import meaning
from projectdata.exports.order import FEATURE_DEFAULTS, FORMATS, known_columns
from projectdata.exports.workbook import xlsx_chunks
from projectdata.queries import rows, summary
from projectdata.selection import Selection

DAY = date(2026, 11, 21)
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x","y")']
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def order(catalog, format="csv", pairs=()):
    found, sentences = exports.read_order(list(pairs), format, catalog)
    assert sentences == []
    return found


def content(catalog, format="csv", pairs=()):
    return b"".join(exports.file_chunks(catalog, order(catalog, format, pairs), DAY))


def records(content, delimiter=","):
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


SELECTIONS = [
    [],
    [("country", "FI")],
    [("country", "unknown")],
    [("not.country", "FI"), ("from", "2015")],
    [("status", "running"), ("on", "2016-05-01")],
    [("q", "zzzzzz")],
    [("collection", "interreg"), ("min_amount", "1")],
]


@pytest.mark.parametrize("pairs", SELECTIONS, ids=str)
def test_every_format_holds_every_project_once(curated, pairs):
    wanted = order(curated, "csv", pairs).selection
    projects = int(curated.rows(summary.measure_totals, wanted).iloc[0]["projects"])
    ids = [row["project_id"] for row in records(content(curated, "csv", pairs))]
    assert len(ids) == projects == len(set(ids))
    document = json.loads(content(curated, "json", pairs))
    assert [p["project_id"] for p in document["projects"]] == ids
    features = json.loads(content(curated, "geojson", pairs))["features"]
    assert {f["properties"]["project_id"] for f in features} == set(ids)
    table = pq.read_table(io.BytesIO(content(curated, "parquet", pairs)))
    assert table["project_id"].to_pylist() == ids
    book = CalamineWorkbook.from_filelike(io.BytesIO(content(curated, "xlsx", pairs)))
    assert [row[0] for row in book.get_sheet_by_name("rows").to_python()[1:]] == ids


def test_a_csv_is_plain_with_crlf_and_the_declared_header(curated):
    found = content(curated)
    assert found.decode("utf-8-sig").splitlines()[0].split(",") == list(rows.COLUMNS)
    assert b"\n" not in found.replace(b"\r\n", b"") or b'"' in found


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_becomes_text(text):
    batch = pa.record_batch({"name": [text], "amount": [-1.0]})
    found = records(b"".join(csv_chunks(batch.schema.names, [batch])))
    assert found == [{"name": "'" + text, "amount": "-1"}]


@given(
    st.lists(st.tuples(TEXTS, st.none() | TEXTS), max_size=20),
    st.sampled_from([",", ";", "\t"]),
)
def test_text_comes_back_as_it_went(values, separator):
    columns = {"a": [a for a, _ in values], "b": [b for _, b in values]}
    batch = pa.record_batch(columns, schema=pa.schema([("a", "string"), ("b", "string")]))
    found = records(b"".join(csv_chunks(["a", "b"], [batch], separator)), separator)
    assert [(r["a"], r["b"]) for r in found] == [
        (defused(a), defused(b) if b is not None else "") for a, b in values
    ]
    assert not any(
        cell.startswith(("=", "+", "-", "@", "\t", "\r")) for r in found for cell in r.values()
    )


@given(st.lists(st.none() | TEXTS, max_size=20))
def test_a_lone_column_keeps_its_rows(values):
    batch = pa.record_batch({"a": values}, schema=pa.schema([("a", "string")]))
    found = records(b"".join(csv_chunks(["a"], [batch])))
    assert len(found) == len(values)


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False, width=64), max_size=20))
def test_a_number_keeps_its_full_precision(values):
    column = pa.array(values, pa.float64())
    assert [float(text) for text in texts(column).to_pylist()] == values
    commas = texts(column, comma=True).to_pylist()
    assert [float(text.replace(",", ".")) for text in commas] == values
    assert not any("e" in text or text.endswith(".0") for text in map(number_text, values))


def test_whole_amounts_have_no_decimals_and_cents_stay():
    column = pa.array([67704.0, 152724.5, 12345678901.25, -3.0, None, float("nan")])
    written = ["67704", "152724.5", "12345678901.25", "-3", None, ""]
    assert texts(column).to_pylist() == written
    values = [plain(value) for value in column.to_pylist()]
    assert values == [67704, 152724.5, 12345678901.25, -3, None, None]
    assert isinstance(values[0], int)


def test_a_semicolon_brings_the_decimal_comma(curated):
    pairs = [("separator", ";"), ("columns", "project_id,start_date,public_funding_realised")]
    found = records(content(curated, "csv", pairs), ";")
    plain_rows = records(content(curated, "csv", pairs[1:]))
    name = "public_funding_realised"
    assert [r[name].replace(",", ".") for r in found] == [r[name] for r in plain_rows]
    assert any("," in r[name] for r in found)
    assert [r["start_date"] for r in found] == [r["start_date"] for r in plain_rows]


def test_columns_come_in_the_order_chosen(curated):
    found = content(curated, "csv", [("columns", "name_fi, project_id"), ("columns", "fund")])
    assert found.decode("utf-8-sig").splitlines()[0] == "name_fi,project_id,fund"


def test_bad_values_are_named_each(curated):
    pairs = [("country", "XX"), ("columns", "foo,bar"), ("separator", "|"), ("notes", "maybe")]
    _, sentences = exports.read_order(pairs, "csv", curated)
    said = " ".join(sentences)
    for value in ("XX", "foo", "bar", "|", "maybe"):
        assert f"“{value}”" in said
    assert "left out" not in said


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("lang", ["en", "fi"])
def test_every_column_has_a_meaning(curated, format, lang):
    words = curated.wording(Selection(lang=lang))
    for column in known_columns(format):
        assert meaning(curated, words, column).label


def test_json_has_nulls_arrays_and_iso_dates(curated):
    document = json.loads(content(curated, "json", [("project", "link")]))
    (link,) = document["projects"]
    assert set(link) == set(rows.COLUMNS)
    assert isinstance(link["countries"], list)
    date.fromisoformat(link["start_date"])
    assert document["data_version"] == curated.version
    assert document["licence"].startswith("Creative Commons")


def test_each_place_is_a_feature_and_a_project_without_one_has_no_geometry(curated):
    collection = json.loads(content(curated, "geojson"))
    features = collection["features"]
    placed = [f for f in features if f["geometry"]]
    counts = curated.rows(summary.counts, Selection()).iloc[0]
    assert len(placed) == counts["places"]
    unplaced = [f["properties"]["project_id"] for f in features if not f["geometry"]]
    assert len(unplaced) == len(set(unplaced))
    assert not set(unplaced) & {f["properties"]["project_id"] for f in placed}
    assert set(features[0]["properties"]) == set(FEATURE_DEFAULTS)
    for feature in placed:
        longitude, latitude = feature["geometry"]["coordinates"]
        assert -180 <= longitude <= 180
        assert -90 <= latitude <= 90
    assert len({f["id"] for f in features}) == len(features)


def test_parquet_is_typed_and_says_what_it_is(curated):
    table = pq.read_table(io.BytesIO(content(curated, "parquet", [("country", "FI")])))
    assert table.schema.field("start_date").type == pa.date32()
    assert table.schema.field("total_budget").type == pa.float64()
    assert table.schema.field("has_period_conflict").type == pa.bool_()
    assert table.schema.metadata[b"data_version"].decode() == curated.version
    assert b"Finland" in table.schema.metadata[b"selection"]


def test_an_empty_parquet_keeps_its_columns(curated):
    table = pq.read_table(io.BytesIO(content(curated, "parquet", [("q", "zzzzzz")])))
    assert table.num_rows == 0
    assert table.schema.names == list(rows.COLUMNS)


def test_a_workbook_has_numbers_dates_and_notes(curated):
    pairs = [("country", "FI"), ("columns", "project_id,start_date,public_funding_planned")]
    book = CalamineWorkbook.from_filelike(io.BytesIO(content(curated, "xlsx", pairs)))
    head, *cells = book.get_sheet_by_name("rows").to_python()
    assert head == ["project_id", "start_date", "public_funding_planned"]
    assert any(isinstance(row[1], date) for row in cells)
    assert {type(row[2]) for row in cells} <= {float, int, str}
    assert all(row[2] == "" for row in cells if isinstance(row[2], str))
    told = "\n".join(
        str(cell) for row in book.get_sheet_by_name("notes").to_python() for cell in row
    )
    for said in ("Finland", curated.version, "CC-BY-4.0", "convenience sample", "Start"):
        assert said in told


@settings(max_examples=20, deadline=None)
@given(st.lists(TEXTS | st.sampled_from(FORMULAS) | st.just("x" * 40_000), min_size=1, max_size=5))
def test_a_workbook_holds_text_as_text(curated, values):
    notes = exports.read_notes(curated, order(curated), page="", address="", day=DAY)
    batch = pa.record_batch({"a": values})
    found = b"".join(xlsx_chunks(["a"], [batch], notes))
    with zipfile.ZipFile(io.BytesIO(found)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in archive.read(name)
                assert b"<hyperlink" not in archive.read(name)


def test_rows_that_a_sheet_cannot_hold_go_on_on_the_next_and_the_notes_say_so(curated, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_SHEET_ROWS", 4)
    notes = exports.read_notes(curated, order(curated), page="", address="", day=DAY)
    batches = [pa.record_batch({"n": list(range(start, start + 5))}) for start in (0, 5)]
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(xlsx_chunks(["n"], batches, notes))))
    assert book.sheet_names == ["rows", "rows 2", "rows 3", "rows 4", "notes"]
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names[:-1]]
    assert [sheet[0] for sheet in sheets] == [["n"]] * 4
    assert [row[0] for sheet in sheets for row in sheet[1:]] == list(range(10))
    told = str(book.get_sheet_by_name("notes").to_python())
    assert "go on on the next sheets" in told


def test_notes_travel_beside_the_csv(curated):
    found = content(curated, "csv", [("notes", "true"), ("lang", "fi"), ("country", "FI")])
    with zipfile.ZipFile(io.BytesIO(found)) as archive:
        assert archive.namelist() == ["projects.csv", "notes.txt"]
        assert archive.testzip() is None
        assert len(records(archive.read("projects.csv"))) > 0
        told = archive.read("notes.txt").decode("utf-8-sig")
    assert curated.version in told
    assert "Harkinnanvarainen otos" in told


def test_a_file_name_says_what_is_inside(curated):
    assert order(curated).file_name(24, DAY) == "projectdata-24-projects-2026-11-21.csv"
    assert order(curated, "xlsx").file_name(1, DAY) == "projectdata-1-project-2026-11-21.xlsx"
    zipped = order(curated, "csv", [("notes", "yes")])
    assert zipped.file_name(0, DAY) == "projectdata-0-projects-2026-11-21.zip"


@pytest.mark.parametrize("name", ["projects", "amounts", "codes", "sources"])
def test_a_table_leaves_as_it_was_read(catalog, name):
    table = catalog.package.table(name)
    found = records(b"".join(exports.table_chunks(catalog, name)))
    with table.path.open(encoding="utf-8-sig", newline="") as file:
        stated = list(csv.DictReader(file))
    assert len(found) == len(stated)
    key = table.primary_key[0]
    assert [row[key] for row in found] == [defused(row[key]) for row in stated]


def test_the_rows_of_a_figure_follow_the_same_rules():
    frame = pd.DataFrame(
        {
            "=name": ["=1+1", None, 'a "quoted", text'],
            "amount": [67704.0, np.nan, -0.5],
            "count": pd.array([1, None, -3], dtype="Int64"),
            "day": [pd.Timestamp("2014-09-01"), pd.NaT, pd.Timestamp("2020-01-31")],
            "flag": [True, False, True],
            "mixed": [1, "+x", 2.5],
        }
    )
    text = exports.csv_of_frame(frame).decode("utf-8-sig")
    assert text.split("\r\n") == [
        "'=name,amount,count,day,flag,mixed",
        "'=1+1,67704,1,2014-09-01,true,1",
        ",,,,false,'+x",
        '"a ""quoted"", text",-0.5,-3,2020-01-31,true,2.5',
        "",
    ]
    assert plain(datetime(2020, 1, 31)) == "2020-01-31"


def test_a_figure_without_rows_still_has_its_header():
    assert exports.csv_of_frame(pd.DataFrame({"a": [], "b": []})) == b"\xef\xbb\xbfa,b\r\n"
