"""Rows as JSON and as GeoJSON, written a batch at a time."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from projectdata.exports.cells import plain
from projectdata.queries.rows import JOINED

LISTS = (
    "countries",
    "lead_countries",
    "regions",
    "wellbeing_counties",
    "target_groups",
    "services",
    "lead_organisations",
    "partner_organisations",
)
"""Columns that hold several values; JSON has arrays for them."""


def json_chunks(head: Mapping[str, Any], batches: Iterable[pa.RecordBatch]) -> Iterator[bytes]:
    """`head` with the rows under "projects"."""
    yield from _document(head, "projects", (_project(row) for row in _rows(batches)))


def geojson_chunks(
    head: Mapping[str, Any], batches: Iterable[pa.RecordBatch], columns: Sequence[str]
) -> Iterator[bytes]:
    """A FeatureCollection in WGS84; a project without a dot has no geometry."""
    head = {"type": "FeatureCollection", **head}
    features = (_feature(row, columns) for row in _rows(batches))
    yield from _document(head, "features", features)


def _document(
    head: Mapping[str, Any], key: str, items: Iterable[Mapping[str, Any]]
) -> Iterator[bytes]:
    yield f"{_text(head)[:-1]}, {_text(key)}: [".encode()
    parts: list[str] = []
    comma = "\n"
    for item in items:
        parts.append(comma + _text(item))
        comma = ",\n"
        if len(parts) == 1000:
            yield "".join(parts).encode()
            parts = []
    yield ("".join(parts) + "\n]}\n").encode()


def _rows(batches: Iterable[pa.RecordBatch]) -> Iterator[dict[str, Any]]:
    for batch in batches:
        for row in batch.to_pylist():
            yield {name: plain(value) for name, value in row.items()}


def _project(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.split(JOINED) if name in LISTS and value is not None else value
        for name, value in row.items()
    }


def _feature(row: Mapping[str, Any], columns: Sequence[str]) -> dict[str, Any]:
    longitude, latitude = row["longitude"], row["latitude"]
    point = {"type": "Point", "coordinates": [longitude, latitude]}
    return {
        "type": "Feature",
        "id": row["place_id"] if latitude is not None else row["project_id"],
        "geometry": None if latitude is None else point,
        "properties": {name: row[name] for name in columns},
    }


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
