"""The lists of the Erasmus+ results platform as a test writes them, in all their layouts."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

GRANT = (
    "EU Grant award in euros (This amount represents the grant awarded after the selection stage "
    "and is indicative. Please note that any changes made during or after the project's lifetime "
    "will not be reflected here.)"
)
CARD = "https://ec.europa.eu/programmes/erasmus-plus/projects/eplus-project-details/#project/"
BLOCKS = 100

WIDE = ("name", "organisation type", "address", "region", "country", "website")
NARROW = ("name", "address", "country", "website")


def _partners(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"Partner {n} {cell}" for n in range(1, BLOCKS + 1) for cell in cells)


LIST = (
    *("Programme", "Key Action", "Action Type", "Call year", "Project Identifier"),
    *("Project Title", "Topics", "Project Summary", "Project Status", GRANT, "Is Good Practice"),
    *("Is Success Story", "Project Website", "Results Available", "Results Platform Project Card"),
    *("Participating countries", "Coordinating organisation name"),
    *("Coordinating organisation type", "Coordinator's address", "Coordinator's region"),
    *("Coordinator's country", "Coordinator's website"),
    *_partners(WIDE),
)
SHORTER_LIST = tuple(name for name in LIST if name != "Is Success Story")

OLD = (
    *("Programme Funding", "Project Identifier", "External Reference", "National Identifier"),
    *("Project Title", "Project Summary", GRANT, "Is Good Practice", "Is Success Story"),
    *("Project Website", "Results Available", "Results Platform Project Card"),
    *("Participating countries", "Coordinating organisation name", "Coordinator's address"),
    *("Coordinator's country", "Coordinator's website"),
    *_partners(NARROW),
)
TEMPUS = tuple(name for name in OLD if name != "National Identifier")
SPORTS = tuple(name for name in TEMPUS if name != "External Reference")
CULTURE = (
    *("Programme Funding", "Start date", "End date", "Project Identifier", "External Reference"),
    *("Project Title", "Project Summary", GRANT, "Is Success Story", "Project Website"),
    *("Results Available", "Results Platform Project Card", "Participating countries"),
    *("Coordinator's name", "Coordinator's address", "Coordinator's country"),
    *("Coordinator's website", *_partners(NARROW)),
)
CREATIVE = (
    *("Programme", "Sub-programme", "Action", "Activity type", "Call year", "Start date"),
    *("End date", "Project Number", "Project Title", "Project Summary", "Project Status", GRANT),
    *("Is Success Story", "Project Website", "Results Available", "Results Platform Project Card"),
    *("Participating countries", "Coordinator's name", "Coordinator organisation type"),
    *("Coordinator's address", "Coordinator's region", "Coordinator's country"),
    *("Coordinator's website", *_partners(WIDE)),
)
SEARCH = (
    *("Programme", "Key Action", "Action Type", "Funding Year", "Project Identifier"),
    *("Project Title", "Project Summary", "Topics", "Results Platform Project Card"),
    *("Coordinating organisation name", "Coordinator's country", "Participating Countries"),
    *(GRANT, "Is Good Practice"),
)
LAYOUTS = {
    "list of 622 columns": (LIST, 622),
    "list of 621 columns": (SHORTER_LIST, 621),
    "lifelong learning, youth in action": (OLD, 417),
    "tempus, erasmus mundus": (TEMPUS, 416),
    "sports 2009-2013": (SPORTS, 415),
    "culture 2007-2013": (CULTURE, 417),
    "creative europe": (CREATIVE, 623),
    "search export": (SEARCH, 14),
}

Record = Mapping[str, str]
"""The cells of a row that are not empty, by the names of their columns."""


def partner(n: int, **cells: str) -> dict[str, str]:
    """The cells of one block of a partner."""
    return {f"Partner {n} {name.replace('_', ' ')}": value for name, value in cells.items()}


def write(path: Path, columns: Sequence[str], records: Sequence[Record], bom: bool = False) -> Path:
    """A list as the platform writes it: comma, UTF-8, quotation marks where they are needed."""
    encoding = "utf-8-sig" if bom else "utf-8"
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(records)
    return path
