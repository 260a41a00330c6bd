"""The tables as Ibis tables, the labels of their codes, and the engine that answers."""

import threading
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

import cachetools
import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
import pycountry

from projectdata import datapackage, engines, holdings
from projectdata.datapackage import DataPackage
from projectdata.engine import KEPT, Engine
from projectdata.holdings import Holdings
from projectdata.selection import FACT_FILTERS, LINKED_FILTERS, STATUSES, Code, Selection, marked
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


NUMBERED = ("project_id", "other_project_id")
"""The columns in which the engine knows a project by its number; see `engine/derived.sql`."""

T = TypeVar("T")

KEPT_STATEMENTS, KEPT_ANSWERS = 4096, 512
LARGEST_KEPT_ANSWER = 2_000
"""Rows. An engine's data never change, so its answers may be kept; they are bounded."""


class Remembered(Generic[T]):
    """Values by what they are made from, bounded. Who asks for one that is being made waits for it.

    Prints as nothing: it may hold a great deal.
    """

    def __init__(self, most: int, worth: Callable[[T], bool] = lambda value: True) -> None:
        self._lock = threading.Lock()
        self._held: cachetools.LRUCache = cachetools.LRUCache(most)
        self._coming: dict[Hashable, Future[T]] = {}
        self._worth = worth

    def value(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value of a key, made if nobody has; kept if it is `worth` it."""
        with self._lock:
            if key in self._held:
                return self._held[key]
            coming = self._coming.get(key)
            if coming is None:
                mine = self._coming[key] = Future()
        return self._made(key, make, mine) if coming is None else coming.result()

    def forget(self) -> None:
        """Hold nothing any more."""
        with self._lock:
            self._held.clear()

    def _made(self, key: Hashable, make: Callable[[], T], promised: "Future[T]") -> T:
        try:
            found = make()
        except BaseException as fault:
            promised.set_exception(fault)
            raise
        else:
            promised.set_result(found)
            if self._worth(found):
                with self._lock:
                    self._held[key] = found
            return found
        finally:
            with self._lock:
                del self._coming[key]


class Memory:
    """What was asked before."""

    def __init__(self) -> None:
        self._statements: Remembered[str] = Remembered(KEPT_STATEMENTS)
        self._answers: Remembered[pd.DataFrame] = Remembered(
            KEPT_ANSWERS, lambda rows: len(rows) <= LARGEST_KEPT_ANSWER
        )

    def statement(self, key: Hashable, make: Callable[[], str]) -> str:
        """A statement. Building it costs more than answering it."""
        return self._statements.value(key, make)

    def answer(self, key: Hashable, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """The rows of a question; whoever changes them changes his own (pandas copies then)."""
        return self._answers.value(key, make).copy(deep=False)

    def forget(self) -> None:
        """Forget all answers."""
        self._answers.forget()


@dataclass(frozen=True, eq=False)
class Catalog:
    """Everything a question needs: tables to build an expression, and an engine to answer it."""

    package: DataPackage
    engine: Engine = field(repr=False)
    tables: Mapping[str, ir.Table] = field(repr=False)
    labels: Mapping[tuple[str, str], Mapping[str, str]] = field(repr=False)
    known: Mapping[str, Collection[str]] = field(repr=False)
    """The values that exist for each filter and for `measure`."""

    names: pa.Array = field(repr=False)
    """The name of each project, by its number."""

    holdings: Holdings = field(repr=False)
    """What was imported beside the curated data."""

    _memory: Memory = field(default_factory=Memory, repr=False)

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
        facts = self.tables["facts"]
        return ibis.table(facts.drop("search_text").schema(), name=KEPT)

    def rows(
        self, query: Query, selection: Selection, *args: Hashable, but: str = ""
    ) -> pd.DataFrame:
        """The answer to a query for a selection, as a data frame.

        `but` names a filter whose own choice is passed over.
        """
        return self.frame(*self._question(query, selection, args, but), once=bool(but))

    def answer(self, expression: ir.Table) -> pd.DataFrame:
        """The rows of an expression over the catalog's tables."""
        return self.frame(self.engine.compile(expression))

    def frame(self, asked: str, kept: str = "", *, once: bool = False) -> pd.DataFrame:
        """The rows of a statement, with the names of projects; the rest as engines have it."""
        return self._memory.answer(
            (asked, kept), lambda: self._named(self.engine.frame(asked, kept, once=once))
        )

    def stream(
        self, query: Query, selection: Selection, *args: Hashable
    ) -> Iterator[pa.RecordBatch]:
        """The answer to a query, a batch of rows at a time."""
        for batch in self.engine.batches(*self._question(query, selection, args, "")):
            yield self._named_batch(batch)

    def schema(self, query: Query, selection: Selection, *args: Hashable) -> pa.Schema:
        """The columns of the answer to a query, and their types."""
        found = query(self, selection, *args).schema().to_pyarrow()
        for position, column in enumerate(found):
            if column.name in NUMBERED:
                found = found.set(position, column.with_type(pa.string()))
        return found

    def wording(self, selection: Selection) -> Wording:
        """The reader's language, with the names of what the selection chooses by name."""
        return Wording(selection.lang, self.labels, self._names(selection))

    def _question(
        self, query: Query, selection: Selection, args: tuple[Hashable, ...], but: str
    ) -> tuple[str, str]:
        """What is asked of the projects, and which these are, as statements."""
        pattern, marks = selection.pattern()
        kept = self._memory.statement(
            ("kept", pattern, but),
            lambda: self.engine.compile(pattern.matching(self.tables, but=but)),
        )
        shown = Selection(measure=selection.measure, on=selection.day, lang=selection.lang)
        codes: dict[str, str] = {}
        given = tuple(marked(arg, codes) if isinstance(arg, Code) else arg for arg in args)
        asked = self._memory.statement(
            ("query", query, shown, given),
            lambda: self.engine.compile(query(self, shown, *given)),
        )
        asked, kept = _with_codes(asked, codes), _with_codes(kept, marks)
        # What asks nothing of the selection has one answer for all.
        return asked, kept if KEPT in asked else ""

    def _named(self, rows: pd.DataFrame) -> pd.DataFrame:
        for column in NUMBERED:
            if column in rows and pd.api.types.is_integer_dtype(rows[column]):
                names = self.names.take(pa.array(rows[column], pa.int32(), from_pandas=True))
                rows[column] = names.to_pandas().astype("str").to_numpy()
        return rows

    def _named_batch(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        for position, column in enumerate(batch.schema):
            if column.name in NUMBERED and pa.types.is_integer(column.type):
                names = self.names.take(batch.column(position))
                batch = batch.set_column(position, column.name, names)
        return batch

    def _names(self, selection: Selection) -> dict[tuple[str, str], str]:
        names: dict[tuple[str, str], str] = {}
        for name, table, key in (
            ("organisation", "organisations", "organisation_id"),
            ("project", "records", "record_id"),
        ):
            wanted = [*selection.values(name), *selection.values_left_out(name)]
            if wanted:
                rows = self.tables[table]
                found = self.answer(rows.filter(rows[key].isin(wanted)))
                names |= {
                    (name, row[key]): title(row, selection.lang)
                    for row in found.to_dict(orient="records")
                }
        return names


def _with_codes(statement: str, marks: Mapping[str, str]) -> str:
    """A statement with the codes themselves in place of their marks."""
    for mark, code in marks.items():
        statement = statement.replace(mark, code)
    return statement


@dataclass(frozen=True)
class Recorded(Collection[str]):
    """The values of a column that has too many to hold: each is looked up when it is asked for."""

    engine: Engine = field(repr=False)
    column: ir.Column = field(repr=False)

    def __contains__(self, value: object) -> bool:
        """True where a row has the value."""
        return isinstance(value, str) and self._count(self.column == value) > 0

    def __len__(self) -> int:
        """How many rows there are."""
        return self._count(None)

    def __iter__(self) -> Iterator[str]:
        """Every value, a batch at a time."""
        rows = self.column.as_table()
        for batch in self.engine.batches(self.engine.compile(rows)):
            yield from batch.column(0).to_pylist()

    def _count(self, where: ir.BooleanValue | None) -> int:
        counted = self.column.count(where=where).name("n").as_table()
        return int(self.engine.frame(self.engine.compile(counted))["n"].iloc[0])


def title(row: Mapping[str, object], lang: str) -> str:
    """The name of a project or organisation in a language: acronym, else name, else original."""
    other = "fi" if lang == "en" else "en"
    for column in ("acronym", f"name_{lang}", "name_original", f"name_{other}"):
        value = row.get(column)
        if isinstance(value, str) and value:
            return value
    return str(row.get("record_id") or row.get("project_id") or row.get("organisation_id"))


def open_catalog(folder: Path, store: Path | None = None) -> Catalog:
    """The curated dataset of a folder, and what a store holds beside it.

    DataError with sentences if one of them cannot be read.
    """
    package = datapackage.read(folder)
    held = holdings.read(store)
    engine = engines.open_engine(package, held)
    tables = engine.tables()
    labels = _labels(engine, tables)
    numbers = tables["numbers"]
    names = [
        batch.column(0)
        for batch in engine.batches(engine.compile(numbers.order_by("project_id").select("name")))
    ]
    joined = pa.chunked_array(names, pa.string()).combine_chunks()
    return Catalog(package, engine, tables, labels, _known(engine, tables, labels), joined, held)


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
) -> dict[str, Collection[str]]:
    found: dict[str, set[str]] = {}
    for name in LINKED_FILTERS:
        if name != "organisation":
            values = tables["filter_values"]
            rows = values.filter(values.parameter == name).select("value").distinct()
            found[name] = set(engine.frame(engine.compile(rows))["value"])
    for name, column in FACT_FILTERS.items():
        rows = tables["facts"].select(value=column).distinct()
        found[name] = set(engine.frame(engine.compile(rows))["value"].dropna())
    # A country without a project is no mistake: it has none here. Kosovo's code is user-assigned.
    countries = {country.alpha_2 for country in pycountry.countries} | {"XK"}
    found |= {"country": set(countries), "lead_country": set(countries), "status": set(STATUSES)}
    regions = tables["regions"]
    counties = engine.frame(engine.compile(regions.filter(regions.kind == "wellbeing_county")))
    counties = set(counties["region"])
    for name, code in labels:
        if name == "wellbeing_county":
            if code in counties:
                found[name].add(code)
        elif name == "region":
            if code not in counties:
                found[name].add(code)
        elif name in found or name == "measure":
            found.setdefault(name, set()).add(code)
    known: dict[str, Collection[str]] = {name: frozenset(some) for name, some in found.items()}
    known["organisation"] = Recorded(engine, tables["organisations"].organisation_id)
    known["project"] = Recorded(engine, tables["identities"].record_id)
    return known
