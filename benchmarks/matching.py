"""`python -m benchmarks.matching`: precision and recall of suggested pairs, on labelled pairs.

The labelled pairs are loaded as the tables an import would give, all in one pool, and the whole of
`projectdata.matching` runs on them: a pair that is never compared counts as missed. Half of the
cases, drawn by their names, set the weights; the other half is held out. `--weights` prints what
the first half says about each level of each piece of evidence, `--errors` the pairs judged wrongly.
"""

import csv
import hashlib
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
from rich.console import Console
from rich.table import Table

from devtools import stated
from projectdata import matching
from projectdata.matching import organisation_pairs, project_pairs

HERE = Path(__file__).parent
PROJECTS = HERE / "labelled_pairs.csv"
ORGANISATIONS = HERE / "labelled_organisations.csv"
SEED = "2026-11-22"
"""Another seed draws another half."""

Labelled = Mapping[str, str]


def rows(path: Path) -> list[dict[str, str]]:
    """The labelled pairs of a file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def is_held_out(row: Labelled) -> bool:
    """Whether the pair's whole case is kept from the weights: siblings stay together."""
    return hashlib.sha256(f"{SEED} {row['case']}".encode()).digest()[0] % 2 == 1


def key(row: Labelled) -> frozenset[str]:
    """The pair, whichever comes first."""
    return frozenset({row["one_id"], row["other_id"]})


def project_tables(pairs: Iterable[Labelled]) -> duckdb.DuckDBPyConnection:
    """Every record of the pairs, once, as the tables of the data package."""
    connection = stated.empty(duckdb.connect())
    for row in _sides(pairs):
        _add_project(connection, row)
    return connection


def _sides(pairs: Iterable[Labelled]) -> Iterator[dict[str, str | None]]:
    """What is told of each side of the pairs, once, with missing values as None."""
    held: set[str] = set()
    for pair in pairs:
        for side in ("one", "other"):
            row = {k.removeprefix(f"{side}_"): v or None for k, v in pair.items()}
            if row["id"] not in held:
                held.add(str(row["id"]))
                yield row


def _add_project(connection: duckdb.DuckDBPyConnection, row: Mapping[str, Any]) -> None:
    project_id = row["id"]
    known = ("code", "collection", "fund", "acronym", "name_en", "name_fi", "name_original")
    stated.fill(
        connection,
        "projects",
        [
            {
                "project_id": project_id,
                "code_scheme": row["scheme"],
                "programming_period": row["period"],
                "is_in_depth": False,
                **{name: row[name] for name in known},
            }
        ],
    )
    if row["start"] or row["end"]:
        period = {"start_date": row["start"], "end_date": row["end"], "precision": row["precision"]}
        stated.fill(
            connection,
            "periods",
            [{"period_id": project_id, "project_id": project_id, "is_displayed": True, **period}],
        )
    for place, sum_ in enumerate((row["sums"] or "").split()):
        measure, euros = sum_.split("=")
        stated.fill(
            connection,
            "amounts",
            [
                {
                    "amount_id": f"{project_id}-{place}",
                    "project_id": project_id,
                    "measure": measure,
                    "amount_eur": euros,
                    "precision": "rounded" if row["rounded"] else "exact",
                    "is_displayed": True,
                }
            ],
        )
    if row["lead"]:
        organisation_id = f"lead of {project_id}"
        stated.fill(
            connection,
            "organisations",
            [
                {
                    "organisation_id": organisation_id,
                    "name_original": row["lead"],
                    "country": row["country"],
                }
            ],
        )
        stated.fill(
            connection,
            "participations",
            [{"project_id": project_id, "organisation_id": organisation_id, "role": "lead"}],
        )


def organisation_tables(pairs: Iterable[Labelled]) -> duckdb.DuckDBPyConnection:
    """Every organisation of the pairs, once."""
    connection = stated.empty(duckdb.connect())
    names = ("name_en", "name_fi", "name_original", "country", "city", "business_id")
    rows = [
        {"organisation_id": row["id"], **{name: row[name] for name in names}}
        for row in _sides(pairs)
    ]
    stated.fill(connection, "organisations", rows)
    return connection


def measured(pairs: Iterable[Labelled], found: set[frozenset[str]]) -> tuple[str, ...]:
    """Pairs of each label, precision and recall, as cells of a table."""
    counts = Counter((pair["label"], key(pair) in found) for pair in pairs)
    hits, wrong, missed = (
        counts["same", True],
        counts["different", True],
        counts["same", False],
    )
    return (
        str(hits + missed),
        str(wrong + counts["different", False]),
        _share(hits, hits + wrong),
        _share(hits, hits + missed),
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f} ({part}/{whole})" if whole else "–"


def table(title: str, pairs: list[dict[str, str]], found: set[frozenset[str]]) -> Table:
    """Precision and recall, real and made pairs apart, held-out ones apart."""
    shown = Table(title=title)
    for name in ("pairs", "same", "different", "precision", "recall"):
        shown.add_column(name, justify="left" if name == "pairs" else "right")
    for half, held_out in (("set the weights", False), ("held out", True)):
        for kind, made in (("real", "no"), ("made", "yes")):
            chosen = [p for p in pairs if is_held_out(p) == held_out and p["made"] == made]
            shown.add_row(f"{kind}, {half}", *measured(chosen, found))
    held_back = [p for p in pairs if is_held_out(p)]
    shown.add_row("all, held out", *measured(held_back, found), style="bold")
    shown.add_row("all", *measured(pairs, found), style="bold")
    return shown


def suggested(
    pairs: list[dict[str, str]],
    tables: Callable[[Iterable[Labelled]], duckdb.DuckDBPyConnection],
    match: Callable[..., list[matching.Pair]],
) -> tuple[set[frozenset[str]], set[frozenset[str]]]:
    """The pairs that are suggested, and those of them that no label speaks of."""
    found = {frozenset({pair.one, pair.other}) for pair in match(tables(pairs))}
    return found, found - {key(pair) for pair in pairs}


def weights(pairs: list[dict[str, str]], levels: Callable[..., dict[Any, Any]]) -> Table:
    """For each level of evidence: how many pairs of each label have it, and what that says."""
    told = levels(pairs)
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    totals: Counter[str] = Counter()
    for pair in pairs:
        if is_held_out(pair) or key(pair) not in told:
            continue
        totals[pair["label"]] += 1
        for aspect, level in told[key(pair)].items():
            seen[aspect, level][pair["label"]] += 1
    shown = Table(title=f"Evidence in the half that sets the weights: {dict(totals)}")
    for name in ("evidence", "level", "same", "different", "doublings"):
        shown.add_column(name)
    for (aspect, level), counts in sorted(seen.items()):
        # Half a pair more on each side, so that what was never seen is not impossible.
        same = (counts["same"] + 0.5) / (totals["same"] + 1)
        other = (counts["different"] + 0.5) / (totals["different"] + 1)
        shown.add_row(
            aspect,
            level,
            str(counts["same"]),
            str(counts["different"]),
            f"{math.log2(same / other):+.1f}",
        )
    return shown


def project_levels(pairs: list[dict[str, str]]) -> dict[frozenset[str], dict[str, str]]:
    """The level of each piece of evidence, of the pairs that are compared at all."""
    return {
        scored.key: {aspect: finding.level for aspect, finding in scored.findings.items()}
        for scored in project_pairs.scored(project_tables(pairs))
    }


def organisation_levels(pairs: list[dict[str, str]]) -> dict[frozenset[str], dict[str, str]]:
    """The same, of organisations."""
    return {
        scored.key: {aspect: finding.level for aspect, finding in scored.findings.items()}
        for scored in organisation_pairs.scored(organisation_tables(pairs))
    }


SAMPLES = (
    ("Projects", PROJECTS, project_tables, matching.projects, project_levels),
    (
        "Organisations",
        ORGANISATIONS,
        organisation_tables,
        matching.organisations,
        organisation_levels,
    ),
)


def main(arguments: list[str]) -> None:
    """Print the tables."""
    console = Console()
    for title, path, tables, match, levels in SAMPLES:
        labelled = rows(path)
        if "--weights" in arguments:
            console.print(weights(labelled, levels))
        found, unlabelled = suggested(labelled, tables, match)
        console.print(table(f"{title}, suggested from {matching.LEAST}", labelled, found))
        console.print(f"{len(unlabelled)} suggestions between records that no label speaks of.")
        if "--errors" in arguments:
            for pair in labelled:
                if (key(pair) in found) != (pair["label"] == "same"):
                    console.print(pair["label"], pair["kind"], *sorted(key(pair)), highlight=False)


if __name__ == "__main__":
    main(sys.argv[1:])
