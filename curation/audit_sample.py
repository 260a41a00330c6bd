"""Draw figures of the dataset at random, to be held against their sources by a second reader.

    python curation/audit_sample.py [--seed 20261122] [--size 60]
        [--format text|csv|markdown] [--data FOLDER]

A figure is one displayed amount (published or zero), one bound of a displayed period, or one
lead participation. The draw is stratified by collection: in proportion to the number of figures,
but at least six of each collection. The same seed and the same data give the same figures.
"""

import argparse
import csv
import random
import sys
from pathlib import Path

LEAST = 6
COLUMNS = ["no", "collection", "project_id", "kind", "row", "value", "source_id", "address"]


def table(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def figures(folder):
    """All figures of the dataset, in the order of their tables."""
    projects = {row["project_id"]: row for row in table(folder, "projects")}
    sources = {row["source_id"]: row for row in table(folder, "sources")}
    organisations = {row["organisation_id"]: row for row in table(folder, "organisations")}

    def figure(row, kind, key, value):
        return {
            "collection": projects[row["project_id"]]["collection"],
            "project_id": row["project_id"],
            "kind": kind,
            "row": key,
            "value": value,
            "source_id": row["source_id"],
            "address": sources[row["source_id"]]["url"],
        }

    for row in table(folder, "amounts"):
        if row["is_displayed"] == "true" and row["state"] != "not_published":
            yield figure(
                row, row["measure"], row["amount_id"], f"{row['amount']} {row['currency']}"
            )
    for row in table(folder, "periods"):
        if row["is_displayed"] == "true":
            for bound in ("start_date", "end_date"):
                if row[bound]:
                    yield figure(row, bound, row["period_id"], f"{row[bound]} ({row['precision']})")
    for row in table(folder, "participations"):
        if row["role"] == "lead":
            organisation = organisations[row["organisation_id"]]
            name = organisation["name_original"] or organisation["name_en"]
            yield figure(row, "lead", row["organisation_id"], f"{name}, {organisation['country']}")


def shares(counts, size):
    """How many of each stratum: largest remainders over what is left when each has its least."""
    least = {name: min(LEAST, count) for name, count in counts.items()}
    left = size - sum(least.values())
    if left < 0:
        sys.exit(f"{size} is too small for {len(counts)} collections of at least {LEAST} each.")
    ideal = {name: size * count / sum(counts.values()) for name, count in counts.items()}
    want = {name: max(0.0, ideal[name] - least[name]) for name in counts}
    scale = left / sum(want.values()) if sum(want.values()) else 0
    exact = {name: min(want[name] * scale, counts[name] - least[name]) for name in counts}
    taken = {name: least[name] + int(exact[name]) for name in counts}
    by_remainder = sorted(counts, key=lambda name: (int(exact[name]) - exact[name], name))
    for name in by_remainder[: size - sum(taken.values())]:
        taken[name] += 1
    return taken


def draw(folder, size, seed):
    pool = {}
    for figure in figures(folder):
        pool.setdefault(figure["collection"], []).append(figure)
    chance = random.Random(seed)
    taken = shares({name: len(rows) for name, rows in pool.items()}, size)
    drawn = []
    for name in sorted(pool):
        rows = sorted(pool[name], key=lambda row: (row["project_id"], row["row"], row["kind"]))
        drawn += chance.sample(rows, taken[name])
    return [{"no": number, **row} for number, row in enumerate(drawn, 1)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--size", type=int, default=60)
    parser.add_argument("--format", choices=["text", "csv", "markdown"], default="text")
    parser.add_argument("--data", type=Path, default=Path(__file__).parent.parent / "data")
    options = parser.parse_args()
    drawn = draw(options.data, options.size, options.seed)
    if options.format == "csv":
        writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(drawn)
    elif options.format == "markdown":
        print("| " + " | ".join(COLUMNS) + " |")
        print("|" + " --- |" * len(COLUMNS))
        for row in drawn:
            print(
                "| " + " | ".join(str(row[column]).replace("|", "\\|") for column in COLUMNS) + " |"
            )
    else:
        for row in drawn:
            print("{no:>3} {collection:<16} {project_id}  {kind}  {row}".format(**row))
            print("    {value}\n    {address}".format(**row))


if __name__ == "__main__":
    main()
