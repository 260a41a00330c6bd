"""Erasmus+ results platform: lists of projects, the search export, lists of old programmes.

https://erasmus-plus.ec.europa.eu/projects/projects-lists. A list has up to 100 blocks of partner
columns; gaps occur, so all are read.

Time. The lists of 2014 onwards state neither start nor end, only the year of the call, and a
project of the call of 2014 may begin in 2015. A period that begins in that year would be drawn and
counted as running, which nobody stated. So the year of the call gives the programming period, is
told in the note of the grant and can be searched for; a period stands only where a file has dates.

The programmes for education, youth and sport before it are of its collection; Creative Europe,
Culture and others are not.

People. Only organisations may apply to Erasmus+, so all that its lists name are taken. The lists of
Creative Europe and Culture name artists among the partners: there a partner is taken where the file
says what kind of organisation it is, and only its country otherwise.

Titles and summaries are taken as they stand: the lists do not say which language they are in. The
grant is the award after the selection, not what was spent.
"""

import re
from collections.abc import Sequence

from projectdata.importers.files import Sheet, key, read_into, require_header
from projectdata.importers.staging import SQL, About, Staging

ABOUT = About(
    "erasmus",
    "Erasmus+ project list",
    "European Commission, Directorate-General for Education, Youth, Sport and Culture",
    "https://erasmus-plus.ec.europa.eu/projects/projects-lists",
    "en",
    "CC BY 4.0",
)

GRANT = "EU Grant award in euros"
"""How the name of the grant's column begins; the sentence in brackets after it varies."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "programme": ("Programme",),
    "funding": ("Programme Funding",),
    "key_action": ("Key Action", "Sub-programme"),
    "action": ("Action Type", "Action"),
    "call_year": ("Call year", "Funding Year"),
    "identifier": ("Project Identifier", "Project Number"),
    "reference": ("External Reference",),
    "national": ("National Identifier",),
    "title": ("Project Title",),
    "topics": ("Topics",),
    "summary": ("Project Summary",),
    "start_date": ("Start date",),
    "end_date": ("End date",),
    "card": ("Results Platform Project Card",),
    "countries": ("Participating countries",),
    "coordinator_name": (
        "Coordinating organisation name",
        "Coordinator's name",
        "Coordinator organisation name",
    ),
    "coordinator_kind": ("Coordinating organisation type", "Coordinator organisation type"),
    "coordinator_address": ("Coordinator's address",),
    "coordinator_region": ("Coordinator's region",),
    "coordinator_country": ("Coordinator's country",),
    "coordinator_website": ("Coordinator's website",),
}
ALWAYS_THERE = {"title", "countries", "coordinator_name", "coordinator_country"}
"""Columns that every layout has, besides the identifier and the grant."""

NOT_NEEDED = (
    "Activity type",
    "Project Status",
    "Project or Accreditation Status",
    "Is Good Practice",
    "Is Success Story",
    "Project Website",
    "Results Available",
)
PARTNER = re.compile(r"partner (\d+) (?:organisation )?(name|type|address|region|country|website)")
PARTNER_CELLS = ("name", "type", "address", "region", "country", "website")

KINDS = (
    ("higher education|universit", "university"),
    ("^school|educational centre|vocational|training cent|adult education", "education"),
    ("research", "research"),
    ("^local public", "municipality"),
    ("^regional public", "regional-authority"),
    ("^national public", "national-authority"),
    ("hospital", "welfare-body"),
    ("network|umbrella", "network"),
    ("church|faith", "church"),
    ("non-governmental|ngo|association|foundation|club|federation|civil society", "ngo"),
    ("enterprise|company", "company"),
    (".", "other"),
)
"""The platform's kinds of organisation as ours, the first that fits."""


def recognises(sheets: Sequence[Sheet]) -> bool:
    """True for a list of projects or a search export of the platform, or of its old programmes."""
    return _list(sheets) is not None


def read(staging: Staging, files: Sequence[Sequence[Sheet]]) -> None:
    """Read the files one after another; a project that an earlier one has is not taken again."""
    staging.connection.execute("create table erasmus_known (identity varchar)")
    for number, sheets in enumerate(files):
        sheet = _list(sheets)
        if sheet is not None:
            _read_list(staging, sheet, f"erasmus_file_{number}")


def _list(sheets: Sequence[Sheet]) -> Sheet | None:
    """The first sheet that has what every layout has."""
    for sheet in sheets:
        keys = sheet.keys
        if (
            {"project identifier", "project number"} & keys.keys()
            and "project title" in keys
            and (_grant(sheet) or key(COLUMNS["card"][0]) in keys)
        ):
            return sheet
    return None


def _grant(sheet: Sheet) -> str | None:
    return next((n for k, n in sheet.keys.items() if k.startswith(key(GRANT))), None)


def _read_list(staging: Staging, sheet: Sheet, table: str) -> None:
    require_header(sheet)
    connection, counts, name = staging.connection, staging.counts, sheet.path.name
    partners = _partner_columns(sheet)
    wanted = {
        **COLUMNS,
        "grant_said": (_grant(sheet) or GRANT,),
        **{f"{cell}_{n}": (column,) for n, block in partners.items() for cell, column in block},
    }
    found = read_into(
        connection,
        table,
        sheet,
        wanted,
        "select * from cells",
        lambda statement: staging.run(statement, what=f"Reading {name}"),
    )
    staging.refuse(found.refused)
    known = {key(column) for column in NOT_NEEDED}
    counts.columns_unknown |= dict.fromkeys(n for n in found.unknown if key(n) not in known)
    counts.columns_missing |= dict.fromkeys(
        wanted[column][0] for column in found.missing if column in ALWAYS_THERE
    )
    if "grant_said" in found.missing:
        counts.columns_missing[GRANT] = None
    connection.execute(
        f"create or replace view erasmus_cells as select * replace (coalesce(_row, rowid + 2) as "
        f"_row) from {table}; create or replace temp table erasmus_partners as "
        f"{_unpivoted(partners)}"
    )
    before = staging.number("select count(*) from operations")
    staging.run(
        (SQL / "erasmus.sql").read_text(encoding="utf-8").replace("$kinds", _kinds()),
        {
            "file": name,
            "source": staging.source(sheet, ABOUT),
            "has_grant": "grant_said" not in found.missing,
        },
        what=f"Understanding {name}",
    )
    kept = staging.number("select count(*) from operations") - before
    refused = staging.number("select count(*) from erasmus_rows where reason is not null")
    left_out = staging.number("select count(*) from erasmus_seats where is_left_out")
    if left_out:
        counts.notes.append(
            f"{name}: {left_out:,} partners of Creative Europe or Culture are not told to be "
            "organisations; only their countries were taken."
        )
    counts.read += found.read
    counts.kept += kept
    counts.merged += found.read - len(found.refused) - refused - kept
    connection.execute(f"drop view erasmus_cells; drop table {table}")


def _partner_columns(sheet: Sheet) -> dict[int, list[tuple[str, str]]]:
    """The columns of each block of a partner: (what it holds, name in the header)."""
    found: dict[int, list[tuple[str, str]]] = {}
    for k, name in sheet.keys.items():
        if part := PARTNER.fullmatch(k):
            found.setdefault(int(part[1]), []).append((part[2], name))
    return found


def _unpivoted(partners: dict[int, list[tuple[str, str]]]) -> str:
    """One row per row of the file and partner that has a name, as SQL."""
    blocks = []
    for n, block in sorted(partners.items()):
        cells = {cell for cell, _ in block}
        values = (f"{c}: {f'{c}_{n}' if c in cells else 'null::varchar'}" for c in PARTNER_CELLS)
        blocks.append(f"{{n: {n}, {', '.join(values)}}}")
    if not blocks:
        nothing = ", ".join(f"null::varchar as {cell}" for cell in PARTNER_CELLS)
        return f"select 0::bigint as _row, 0 as n, {nothing} where false"
    return (
        "select _row, unnest(blocks, recursive := true) from (select _row, list_filter(["
        f"{', '.join(blocks)}], lambda block: block.name is not null) as blocks from erasmus_cells)"
    )


def _kinds() -> str:
    """The kind of an organisation, as SQL over `kind`."""
    cases = " ".join(f"when regexp_matches(kind, '{words}') then '{k}'" for words, k in KINDS)
    return f"case {cases} end"
