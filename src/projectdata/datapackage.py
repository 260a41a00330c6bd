"""The data package: the only description of tables and columns, read from `datapackage.json`."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from projectdata.errors import DataError

TYPES = {
    "string": "VARCHAR",
    "date": "DATE",
    "number": "DOUBLE",
    "integer": "BIGINT",
    "boolean": "BOOLEAN",
}


@dataclass(frozen=True)
class Field:
    """One column: type, unit, labels and constraints."""

    name: str
    type: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    unit: str | None
    code_list: str | None
    required: bool
    pattern: str | None
    processing: str
    processing_note: str | None

    @property
    def sql_type(self) -> str:
        """The DuckDB type of the column."""
        return TYPES[self.type]

    def title(self, lang: str) -> str:
        """The column's label in a language, with its unit."""
        return f"{self.titles[lang]} ({self.unit})" if self.unit else self.titles[lang]


@dataclass(frozen=True)
class ForeignKey:
    """A column whose values stand in a column of another table."""

    field: str
    table: str
    table_field: str


@dataclass(frozen=True)
class Table:
    """One table: one CSV of the folder."""

    name: str
    path: Path
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    caveats: tuple[Mapping[str, str], ...]

    @property
    def columns(self) -> list[str]:
        """The names of the columns, in order."""
        return [field.name for field in self.fields]

    def field(self, name: str) -> Field:
        """The column of that name."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"{self.name} has no column '{name}'. It has: {', '.join(self.columns)}")


@dataclass(frozen=True)
class DataPackage:
    """All tables of a data folder, and what the package says of itself."""

    folder: Path
    tables: Mapping[str, Table]
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    version: str
    created: str
    licence: Mapping[str, str]
    document: Mapping[str, Any]

    def table(self, name: str) -> Table:
        """The table of that name."""
        if name not in self.tables:
            raise KeyError(
                f"No table named '{name}' in the data package. It has: {', '.join(self.tables)}"
            )
        return self.tables[name]

    def fingerprint(self) -> str:
        """A digest of everything the folder says: the data version."""
        digest = hashlib.sha256()
        for path in [self.folder / "datapackage.json", *(t.path for t in self.tables.values())]:
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
        return digest.hexdigest()[:16]


def read(folder: Path) -> DataPackage:
    """The package of a folder; DataError with a sentence if it cannot be read."""
    path = folder / "datapackage.json"
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataError(f"{path.name}: there is no data package in {folder}") from None
    except (json.JSONDecodeError, UnicodeDecodeError) as fault:
        raise DataError(f"{path.name}: this is not JSON: {fault}") from None
    try:
        tables = [_table(folder, resource) for resource in document["resources"]]
        return DataPackage(
            folder=folder,
            tables={table.name: table for table in tables},
            titles=_languages(document, "title"),
            descriptions=_languages(document, "description"),
            version=document["version"],
            created=document["created"][:10],
            licence=document["licenses"][0],
            document=document,
        )
    except (KeyError, IndexError, TypeError) as fault:
        raise DataError(
            f"{path.name}: the property {fault} is missing or of a wrong kind"
        ) from None


def _languages(thing: Mapping[str, Any], key: str) -> dict[str, str]:
    return {"en": thing[key], "fi": thing.get(f"{key}_fi", thing[key])}


def _table(folder: Path, resource: Mapping[str, Any]) -> Table:
    schema = resource["schema"]
    keys = schema.get("foreignKeys", [])
    return Table(
        name=resource["name"],
        path=folder / resource["path"],
        titles=_languages(resource, "title"),
        descriptions=_languages(resource, "description"),
        fields=tuple(_field(field) for field in schema["fields"]),
        primary_key=tuple(schema["primaryKey"]),
        foreign_keys=tuple(
            ForeignKey(
                key["fields"][0],
                # An empty resource name means the table itself (Data Package standard).
                key["reference"]["resource"] or resource["name"],
                key["reference"]["fields"][0],
            )
            for key in keys
        ),
        caveats=tuple(resource.get("caveats", ())),
    )


def _field(field: Mapping[str, Any]) -> Field:
    constraints = field.get("constraints", {})
    return Field(
        name=field["name"],
        type=field["type"],
        titles=_languages(field, "title"),
        descriptions=_languages(field, "description"),
        unit=field.get("unit"),
        code_list=field.get("codeList"),
        required=constraints.get("required", False),
        pattern=constraints.get("pattern"),
        processing=field["processing"],
        processing_note=field.get("processingNote"),
    )
