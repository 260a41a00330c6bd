"""Rows as files: CSV, XLSX, GeoJSON, Parquet, JSON, each streamed and with its notes."""

from collections.abc import Iterator
from datetime import date

import ibis

from projectdata.catalog import Catalog
from projectdata.exports.archive import zip_chunks
from projectdata.exports.columnar import parquet_chunks
from projectdata.exports.delimited import SEPARATORS, csv_chunks, csv_of_frame
from projectdata.exports.documents import geojson_chunks, json_chunks
from projectdata.exports.notes import read_notes
from projectdata.exports.order import FORMATS, Order, read_order
from projectdata.exports.workbook import xlsx_chunks
from projectdata.queries.exported import chosen_rows, features
from projectdata.queries.summary import measure_totals

__all__ = [
    "FORMATS",
    "Order",
    "count",
    "csv_of_frame",
    "file_chunks",
    "read_notes",
    "read_order",
    "table_chunks",
]


def count(catalog: Catalog, order: Order) -> int:
    """How many projects an order takes."""
    return int(catalog.rows(measure_totals, order.selection).iloc[0]["projects"])


def file_chunks(
    catalog: Catalog, order: Order, day: date, *, home: str = "", address: str = ""
) -> Iterator[bytes]:
    """The file of an order, piece by piece, with no limit on rows.

    `home` is where the pages are served; `address` is what gives the same rows again, if it is no
    address below `home`.
    """
    selection = order.selection
    if order.format == "csv" and not order.notes:
        batches = catalog.stream(chosen_rows, selection, order.columns)
        return csv_chunks(order.columns, batches, SEPARATORS[order.separator])
    page = f"{home}/data?{order.selection_query}".rstrip("?")
    link = address or f"{home}/api/v1/projects.{order.format}?{order.query}".rstrip("?")
    notes = read_notes(catalog, order, page=page, address=link, day=day)
    head = {
        "data_version": catalog.version,
        "selection": notes.selection,
        "query": link,
        "licence": notes.licence,
    }
    if order.format == "geojson":
        found = catalog.stream(features, selection, order.columns)
        return geojson_chunks(head, found, order.columns)
    batches = catalog.stream(chosen_rows, selection, order.columns)
    if order.format == "json":
        return json_chunks(head, batches)
    if order.format == "xlsx":
        return xlsx_chunks(order.columns, batches, notes)
    if order.format == "parquet":
        schema = catalog.schema(chosen_rows, selection, order.columns)
        return parquet_chunks(schema, batches, head)
    rows = csv_chunks(order.columns, batches, SEPARATORS[order.separator])
    return zip_chunks([("projects.csv", rows), ("notes.txt", [notes.text().encode("utf-8-sig")])])


def table_chunks(catalog: Catalog, name: str, separator: str = ",") -> Iterator[bytes]:
    """The rows of one table of the package: those curated, then those imported."""
    table = catalog.package.table(name)
    types = {"number": "float64", "integer": "int64"}
    rows = ibis.table(
        {field.name: types.get(field.type, field.type) for field in table.fields},
        name=name,
        database="stated",
    )
    batches = catalog.engine.batches(catalog.engine.compile(rows))
    return csv_chunks(table.columns, batches, SEPARATORS[separator])
