"""What the routes are, as an OpenAPI 3.1 document with the values that exist today."""

from typing import Any

from projectdata.catalog import Catalog
from projectdata.exports.documents import LISTS
from projectdata.exports.notes import meaning
from projectdata.exports.order import FORMATS, known_columns
from projectdata.queries.rows import project_rows
from projectdata.queries.summary import MEASURES
from projectdata.selection import (
    DEFAULT_MEASURE,
    FILTERS,
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST_TEXT,
    MOST_VALUES,
    STATUSES,
    UNKNOWN,
    Selection,
    filter_label,
)
from projectdata.wording import LANGUAGES, Wording

MOST_NAMED = 400
"""A filter with more values than this is described as text: its values are too many to name."""

NEVER_NAMED = ("organisation", "project")
JSON_TYPES = {"string": "string", "float64": "number", "boolean": "boolean"}


def document(catalog: Catalog) -> dict[str, Any]:
    """The document, in English."""
    words = catalog.wording(Selection())
    selection = _selection_parameters(catalog, words)
    paths = {
        f"/api/v1/projects.{name}": {
            "get": _projects(name, selection),
        }
        for name in FORMATS
    }
    paths |= {
        "/api/v1/summary.json": {"get": _summary(selection)},
        "/api/v1/tables/{table}.csv": {"get": _table(catalog)},
        "/api/v1/openapi.json": {
            "get": _plain("openapi", "This document", {"type": "object"}),
        },
        "/datapackage.json": {
            "get": _plain(
                "datapackage", "The data package that describes the tables", {"type": "object"}
            ),
        },
        "/health": {
            "get": _plain("health", "Whether the data is loaded", _reference("Health")),
        },
    }
    package = catalog.package
    return {
        "openapi": "3.1.0",
        "info": {
            "title": package.titles["en"],
            "description": package.descriptions["en"],
            "version": package.version,
            "license": {"name": package.licence["title"], "url": package.licence["path"]},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": _schemas(catalog, words)},
    }


def _selection_parameters(catalog: Catalog, words: Wording) -> list[dict[str, Any]]:
    found = []
    for name in FILTERS:
        values: dict[str, Any] = {"type": "string"}
        known = catalog.known[name]
        if name not in NEVER_NAMED and len(known) <= MOST_NAMED:
            named = STATUSES if name == "status" else sorted(known)
            values["enum"] = [*named, UNKNOWN]
        schema = {"type": "array", "items": values, "maxItems": MOST_VALUES}
        label = filter_label(name, words)
        found.append(_parameter(name, f"{label}: any of these", schema))
        found.append(_parameter(f"not.{name}", f"{label}: none of these", schema))
    year = {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}
    measures = sorted(catalog.known["measure"])
    amount = {"type": "string", "pattern": r"^[0-9]{1,15}(\.[0-9]{1,4})?$"}
    said = "Words in any order; quotes for a phrase, minus to leave out"
    found += [
        _parameter("q", said, {"type": "string", "maxLength": LONGEST_TEXT}),
        _parameter("from", "Active in this year or later", year),
        _parameter("to", "Active in this year or earlier", year),
        _parameter(
            "measure",
            "The kind of amount that min_amount and max_amount mean",
            {
                "type": "string",
                "enum": measures,
                "default": DEFAULT_MEASURE,
            },
        ),
        _parameter("min_amount", "At least this many euros", amount),
        _parameter("max_amount", "At most this many euros", amount),
        _parameter(
            "on",
            "The day that status is judged by; today if absent",
            {"type": "string", "format": "date"},
        ),
        _parameter(
            "lang", "Language of names and sentences", {"type": "string", "enum": list(LANGUAGES)}
        ),
    ]
    return found


def _projects(format: str, selection: list[dict[str, Any]]) -> dict[str, Any]:
    columns = {"type": "array", "items": {"type": "string", "enum": list(known_columns(format))}}
    parameters = [*selection, _parameter("columns", "The columns wanted, in order", columns)]
    parameters[-1] |= {"style": "form", "explode": False}
    if format == "csv":
        notes = {"type": "boolean", "default": False}
        parameters += [
            _separator(),
            _parameter("notes", "A ZIP with the CSV and a text of its notes", notes),
        ]
    media = FORMATS[format].media_type.partition(";")[0]
    schema: dict[str, Any] = {}
    if format == "json":
        schema = _reference("Projects")
    elif format == "geojson":
        schema = _reference("Features")
    content = {media: {"schema": schema}}
    if format == "csv":
        content["application/zip"] = {"schema": {}}
    said = {
        "csv": "One row a project",
        "json": "One object a project",
        "geojson": "One feature a place; a project without a dot has no geometry",
        "xlsx": "One row a project, with a sheet of notes",
        "parquet": "One row a project, typed",
    }[format]
    return _operation(f"projects_{format}", said, content, parameters)


def _summary(selection: list[dict[str, Any]]) -> dict[str, Any]:
    content = {"application/json": {"schema": _reference("Summary")}}
    return _operation("summary", "How much is in a selection", content, selection)


def _table(catalog: Catalog) -> dict[str, Any]:
    table = {
        "name": "table",
        "in": "path",
        "required": True,
        "description": "A table of the data package",
        "schema": {"type": "string", "enum": list(catalog.package.tables)},
    }
    operation = _operation(
        "table",
        "The rows of one curated table",
        {"text/csv": {"schema": {}}},
        [table, _separator()],
    )
    operation["responses"]["404"] = _error("There is no such table")
    return operation


def _plain(name: str, said: str, schema: dict[str, Any]) -> dict[str, Any]:
    return _operation(name, said, {"application/json": {"schema": schema}}, [])


def _operation(
    name: str, said: str, content: dict[str, Any], parameters: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "operationId": name,
        "summary": said,
        "parameters": parameters,
        "responses": {
            "200": {
                "description": said,
                "headers": {"ETag": {"schema": {"type": "string"}}} if name != "health" else {},
                "content": content,
            },
            "304": {"description": "Nothing has changed since the ETag given"},
            "400": _error("A value that means nothing, each one named"),
            "405": _error("Everything is read with GET"),
            "503": _error("No good data, or too many exports at once"),
        },
    }


def _error(said: str) -> dict[str, Any]:
    schema = _reference("Error")
    return {"description": said, "content": {"application/json": {"schema": schema}}}


def _reference(schema: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{schema}"}


def _separator() -> dict[str, Any]:
    schema = {"type": "string", "enum": [",", ";", "tab"], "default": ","}
    return _parameter("separator", "Between cells; with ; goes the decimal comma", schema)


def _parameter(name: str, said: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": said, "schema": schema}


def _schemas(catalog: Catalog, words: Wording) -> dict[str, Any]:
    count = {"type": "integer", "minimum": 0}
    text = {"type": "string"}
    measure = {
        "type": "object",
        "required": ["projects", "sum", "not_published"],
        "properties": {
            "projects": count,
            "sum": {
                "type": ["number", "null"],
                "description": "Euros; null where none is published",
            },
            "not_published": count,
        },
    }
    counted = ("participations", "organisations", "countries", "labs", "places")
    head = {"data_version": text, "selection": text, "query": text, "licence": text}
    return {
        "Error": {"type": "object", "required": ["error"], "properties": {"error": text}},
        "Health": {
            "type": "object",
            "required": ["ok", "data_version", "rows"],
            "properties": {
                "ok": {"type": "boolean"},
                "data_version": text,
                "rows": {"type": "object", "additionalProperties": count},
                "problems": {"type": "array", "items": text},
            },
        },
        "Summary": {
            "type": "object",
            "required": ["projects", "measures", *counted],
            "properties": {
                "data_version": text,
                "selection": text,
                "projects": count,
                "measures": {
                    "type": "object",
                    "required": list(MEASURES),
                    "properties": dict.fromkeys(MEASURES, measure),
                },
                **dict.fromkeys(counted, count),
            },
        },
        "Project": _project_schema(catalog, words),
        "Projects": {
            "type": "object",
            "required": [*head, "projects"],
            "properties": {
                **head,
                "projects": {"type": "array", "items": _reference("Project")},
            },
        },
        "Features": {
            "type": "object",
            "required": ["type", *head, "features"],
            "properties": {
                **head,
                "type": {"const": "FeatureCollection"},
                "features": {"type": "array", "items": {"type": "object"}},
            },
        },
    }


def _project_schema(catalog: Catalog, words: Wording) -> dict[str, Any]:
    properties = {}
    for column, kind in project_rows(catalog, Selection()).schema().items():
        said = meaning(catalog, words, column)
        schema: dict[str, Any] = {"type": [JSON_TYPES.get(str(kind), "string"), "null"]}
        if column in LISTS:
            schema = {"type": ["array", "null"], "items": {"type": "string"}}
        elif str(kind) == "date":
            schema["format"] = "date"
        properties[column] = schema | {"title": said.label, "description": said.description}
    return {"type": "object", "properties": properties}
