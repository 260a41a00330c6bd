"""The tables as Ibis tables, the labels of their codes, and the engine that answers."""

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
import pycountry

from projectdata import datapackage
from projectdata.datapackage import DataPackage
from projectdata.engine import Engine, duckdb
from projectdata.selection import FILTERS, UNKNOWN, Selection
from projectdata.wording import Wording

Query = Callable[..., ir.Table]
"""(catalog, selection, …) -> an expression over the catalog's tables and its `kept` projects."""

CODE_TABLES = {
    "target_group": "target_groups",
    "service": "services",
    "programme": "programmes",
    "measure": "measures",
    "region": "regions",
}
"""Code lists with a table of their own, by the filter or field that uses them."""


KEPT = "kept"
"""The name under which a query reads the projects of a selection."""


@dataclass(frozen=True, eq=False)
class Catalog:
    """Everything a question needs: tables to build an expression, and an engine to answer it."""

    package: DataPackage
    engine: Engine = field(repr=False)
    tables: Mapping[str, ir.Table] = field(repr=False)
    labels: Mapping[tuple[str, str], Mapping[str, str]] = field(repr=False)
    known: Mapping[str, Collection[str]] = field(repr=False)
    """The values that exist for each filter and for `measure`."""

    @property
    def version(self) -> str:
        """A digest of the data: changes when any value changes."""
        return self.engine.version

    @property
    def kept(self) -> ir.Table:
        """The rows of `facts` that the selection of the question keeps, one a project.

        Its rows are named when the question is asked, so that a query's SQL is the same for every
        selection and is compiled once.
        """
        return ibis.table(self.tables["facts"].schema(), name=KEPT)

    def rows(
        self, query: Query, selection: Selection, *args: Hashable, but: str = ""
    ) -> pd.DataFrame:
        """The answer to a query for a selection, as a data frame.

        `but` names a filter whose own choice is passed over.
        """
        return self.engine.frame(self._question(query, selection, args, but))

    def stream(
        self, query: Query, selection: Selection, *args: Hashable
    ) -> Iterator[pa.RecordBatch]:
        """The answer to a query, a batch of rows at a time."""
        return self.engine.batches(self._question(query, selection, args, ""))

    def wording(self, selection: Selection) -> Wording:
        """The reader's language, with the names of what the selection chooses by name."""
        return Wording(selection.lang, self.labels, self._names(selection))

    def _question(
        self, query: Query, selection: Selection, args: tuple[Hashable, ...], but: str
    ) -> str:
        kept = _kept_sql(self, selection, but)
        shown = Selection(measure=selection.measure, on=selection.day, lang=selection.lang)
        return f'with "{KEPT}" as ({kept}) select * from ({_query_sql(self, query, shown, args)})'

    def _names(self, selection: Selection) -> dict[tuple[str, str], str]:
        names: dict[tuple[str, str], str] = {}
        for name, table, key in (
            ("organisation", "organisations", "organisation_id"),
            ("project", "records", "record_id"),
        ):
            wanted = [*selection.values(name), *selection.values_left_out(name)]
            if wanted:
                rows = self.tables[table]
                found = self.engine.frame(self.engine.compile(rows.filter(rows[key].isin(wanted))))
                names |= {
                    (name, row[key]): title(row, selection.lang)
                    for row in found.to_dict(orient="records")
                }
        return names


@lru_cache(maxsize=4096)
def _query_sql(
    catalog: Catalog, query: Query, selection: Selection, args: tuple[Hashable, ...]
) -> str:
    """A query's SQL. Building it costs more than answering it, so it is kept."""
    return catalog.engine.compile(query(catalog, selection, *args))


@lru_cache(maxsize=4096)
def _kept_sql(catalog: Catalog, selection: Selection, but: str) -> str:
    return catalog.engine.compile(selection.matching(catalog.tables, but=but))


def title(row: Mapping[str, object], lang: str) -> str:
    """The name of a project or organisation in a language: acronym, else name, else original."""
    other = "fi" if lang == "en" else "en"
    for column in ("acronym", f"name_{lang}", "name_original", f"name_{other}"):
        value = row.get(column)
        if isinstance(value, str) and value:
            return value
    return str(row.get("record_id") or row.get("project_id") or row.get("organisation_id"))


def open_catalog(folder: Path) -> Catalog:
    """The curated dataset of a folder; DataError with sentences if it cannot be read."""
    package = datapackage.read(folder)
    engine = duckdb.load(package)
    tables = engine.tables()
    labels = _labels(engine, tables)
    return Catalog(package, engine, tables, labels, _known(engine, tables, labels))


def _labels(
    engine: Engine, tables: Mapping[str, ir.Table]
) -> dict[tuple[str, str], dict[str, str]]:
    labels = {}
    codes = engine.frame(engine.compile(tables["codes"].order_by("list", "order")))
    lists: list[tuple[str | None, pd.DataFrame]] = [(None, codes.rename(columns={"code": "key"}))]
    for name, table in CODE_TABLES.items():
        key = "programme_id" if name == "programme" else name
        lists.append(
            (name, engine.frame(engine.compile(tables[table])).rename(columns={key: "key"}))
        )
    for own, rows in lists:
        for row in rows.to_dict(orient="records"):
            labels[(own or row["list"], row["key"])] = {
                "en": row["label_en"],
                "fi": row["label_fi"],
                "en_description": _text_or_nothing(row.get("description_en")),
                "fi_description": _text_or_nothing(row.get("description_fi")),
            }
    for (name, key), label in list(labels.items()):
        if name == "region":
            labels[("wellbeing_county", key)] = label
    return labels


def _text_or_nothing(value: object) -> str:
    return value if isinstance(value, str) else ""


def _known(
    engine: Engine, tables: Mapping[str, ir.Table], labels: Mapping[tuple[str, str], object]
) -> dict[str, frozenset[str]]:
    values = tables["filter_values"]
    rows = engine.frame(engine.compile(values.select("parameter", "value").distinct()))
    known: dict[str, set[str]] = {name: set() for name in FILTERS}
    # A country without a project is no mistake: it has none here. Kosovo's code is user-assigned.
    countries = {country.alpha_2 for country in pycountry.countries} | {"XK"}
    known |= {"country": set(countries), "lead_country": set(countries)}
    for name, value in zip(rows["parameter"], rows["value"], strict=True):
        if value != UNKNOWN:
            known[name].add(value)
    regions = tables["regions"]
    counties = engine.frame(engine.compile(regions.filter(regions.kind == "wellbeing_county")))
    counties = set(counties["region"])
    for name, code in labels:
        if name == "wellbeing_county":
            if code in counties:
                known[name].add(code)
        elif name == "region":
            if code not in counties:
                known[name].add(code)
        elif name in known or name == "measure":
            known.setdefault(name, set()).add(code)
    return {name: frozenset(found) for name, found in known.items()}
