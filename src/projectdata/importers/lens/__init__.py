"""Which imported projects are social-service projects, for whom, and on which service.

Official categories are read first (basis `category`), then the words of title and summary (basis
`read`). `categories.csv` and `keywords.csv` hold what is known, `words.py` finds the words,
`read.sql` says what follows, and `docs/lens.md` says how a record becomes relevant and how well
that works.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from projectdata.folding import fold_sql
from projectdata.importers.lens import words
from projectdata.in_turn import in_turn

FOLDER = Path(__file__).parent
READING = FOLDER / "read.sql"

SCHEMES = {
    "intervention-2014": "intervention field {code} (2014–2020)",
    "intervention-2021": "intervention field {code} (2021–2027)",
    "thematic-objective": "thematic objective {code}",
    "specific-objective": "specific objective {code}",
    "eura-2014-axis": "priority axis {code}",
    "eura-2021-objective": "specific objective {code} (EURA 2021)",
    "keep-theme": "theme “{code}”",
    "erasmus-topic": "topic “{code}”",
}
"""The schemes of categories that are known, and what their evidence looks like."""

WORKING_TABLES = (
    "lens_words",
    "lens_said",
    "lens_meant",
    "lens_values",
    "lens_categories",
    "lens_schemes",
    "lens_keywords",
)
BATCH_ROWS = 50_000

BODY = 1 << 40
"""From here on count the places of words in a body; those below are in a title."""

SHOWN = (
    "trim(replace(replace(replace(written, '- ', '-'), ''' ', ''''), '’ ', '’'), "
    "' .,;:!?()[]{}\"“”„«»''’/*|-–')"
)
"""SQL for the words of a text as they are shown."""


@dataclass(frozen=True)
class Category:
    """One meaning of an official category: a service or a group it names, or neither."""

    scheme: str
    code: str
    label_en: str
    label_fi: str
    service: str | None
    target_group: str | None
    is_social: bool


@dataclass(frozen=True)
class Keyword:
    """Words that tell of a service or a group; `*` stands for the rest of a word."""

    languages: tuple[str, ...]
    pattern: str
    service: str | None
    target_group: str | None
    is_social: bool
    note: str


def categories() -> list[Category]:
    """The official categories that say something, one row a meaning."""
    return [
        Category(
            row["scheme"],
            row["code"],
            row["label_en"],
            row["label_fi"],
            row["service"] or None,
            row["target_group"] or None,
            row["is_social"] == "true",
        )
        for row in _rows("categories.csv")
    ]


def keywords() -> list[Keyword]:
    """The words that are read, each once, with the languages that it is a word of."""
    return [
        Keyword(
            tuple(row["language"].split()),
            row["pattern"],
            row["service"] or None,
            row["target_group"] or None,
            row["is_social"] == "true",
            row["note"],
        )
        for row in _rows("keywords.csv")
    ]


def read(connection: duckdb.DuckDBPyConnection, texts: str, found_categories: str) -> None:
    """Make `lens_services`, `lens_target_groups` and `lens_relevance` from two relations.

    `texts` has record_id, title and body; `found_categories` has record_id, scheme and code. A
    record_id may be a number or a text. `texts` is read through a cursor of its own: it may not be
    temporary, nor changed in a transaction that is still open. The three tables have one row per
    record and value: record_id, service or target_group, basis (`category` before `read`) and
    evidence.
    """
    _load(connection)
    _find_words(connection, _quoted(texts))
    connection.execute(
        "create or replace temp view lens_found as "
        f"select record_id, scheme, code from {_quoted(found_categories)}"
    )
    connection.execute(
        f"create or replace temp macro lens_fold(text) as {fold_sql('text')}; "
        f"create or replace temp macro lens_in_title(place) as place < {BODY}; "
        + READING.read_text(encoding="utf-8")
    )
    for table in WORKING_TABLES:
        connection.execute(f"drop table temp.{table}")
    connection.execute("drop view temp.lens_found")


def _find_words(connection: duckdb.DuckDBPyConnection, texts: str) -> None:
    """Make `lens_words` from the texts, a batch after another; one batch a thread is in memory."""
    connection.execute(
        "create or replace temp table lens_words as select record_id, 0 as number, "
        f"0::bigint as place, '' as written from {texts} limit 0"
    )
    parts = words.parts_of(word.pattern for word in keywords())
    title, body = (_spaced(column) for column in ("title", "body"))
    reader = connection.cursor().sql(f"select record_id, {title}, {body} from {texts}")
    batches = reader.to_arrow_reader(BATCH_ROWS)
    for batch in in_turn(lambda batch: _words_of(batch, parts), batches):
        connection.register("lens_batch", pa.Table.from_batches([batch]))
        connection.execute(
            f"insert into lens_words select * replace ({SHOWN} as written) from lens_batch"
        )
        connection.unregister("lens_batch")


def _words_of(batch: pa.RecordBatch, parts: words.Parts) -> pa.RecordBatch:
    """One row per record of a batch and keyword, where the record says it first.

    Columns: record_id, number of the keyword, place, and the words as written. A place in a title
    comes before all places in a body, and a phrase after its own first words.
    """
    ids, titles, bodies = batch.columns
    found = words.found_in(pa.concat_arrays([titles, bodies]), parts)
    row, number, start = (found.column(n).to_numpy() for n in ("row", "pattern", "start"))
    place = np.where(row < len(ids), 0, BODY) + (start << 8) + parts.lengths[number]
    row = row % len(ids)
    order = np.lexsort((place, number, row))
    pair = (row * len(parts.patterns) + number)[order]
    first = order[np.append(True, pair[1:] != pair[:-1])[: len(order)]]
    return pa.record_batch(
        {
            "record_id": ids.take(pa.array(row[first])),
            "number": pa.array(number[first].astype(np.int32)),
            "place": pa.array(place[first]),
            "written": found.column("written").take(pa.array(first)),
        }
    )


def _spaced(column: str) -> str:
    """SQL for a text with a space behind each joint, and for a new line."""
    text = f"replace({column}, chr(10), ' ')"
    for joint in words.JOINTS:
        text = f"replace({text}, chr({ord(joint)}), chr({ord(joint)}) || ' ')"
    return text


def _load(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "create or replace temp table lens_schemes (scheme varchar, evidence varchar)"
    )
    connection.executemany("insert into lens_schemes values (?, ?)", list(SCHEMES.items()))
    for name in ("categories", "keywords"):
        connection.execute(
            f"create or replace temp table lens_{name} as "
            "select row_number() over () - 1 as number, "
            "* replace (is_social = 'true' as is_social) from read_csv($path, header=true, "
            "all_varchar=true, delim=',', quote='\"', escape='\"', nullstr='', auto_detect=false, "
            "columns=$columns)",
            {
                "path": str(FOLDER / f"{name}.csv"),
                "columns": dict.fromkeys(_header(f"{name}.csv"), "VARCHAR"),
            },
        )


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _header(name: str) -> list[str]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def _quoted(name: str) -> str:
    """A relation's name, with its schema if it has one, for use in a statement."""
    return ".".join('"' + part.replace('"', '""') + '"' for part in name.split("."))
