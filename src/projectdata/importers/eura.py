"""EURA, the Finnish register of structural funds: the lists of 2007 and 2014, and EURA 2021.

The lists have commas inside names and no quotation marks, so a row is read from both ends. Money
realised from the EU alone (EURA 2021) is not read: `eu_contribution` is what the EU is to pay, and
a sum paid by some day would be taken for it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
import pyarrow as pa

from projectdata.errors import DataError
from projectdata.importers.files import (
    ROW,
    Refused,
    Sheet,
    key,
    load,
    name_columns,
    require_header,
)
from projectdata.importers.staging import About, Staging

PUBLISHER = "Ministry of Economic Affairs and Employment of Finland"
ABOUT = About("eura", "EURA list of projects", PUBLISHER, "https://eura2021.fi/tiepa", "fi", None)

GRANTED = (
    "Myönnetty EU- ja valtion rahoitus",
    "Myönnetty EU ja valtion rahoitus",
    "Suunniteltu EU- ja valtion rahoitus",
)
COLUMNS: dict[str, tuple[str, ...]] = {
    "code": ("Koodi", "Hankekoodi"),
    "fund": ("Rahasto",),
    "fund_part": ("EAKR-/JTF-alatyyppi",),
    "name": ("Hankkeen nimi", "Projektin nimi"),
    "programme": ("Ohjelma / osio",),
    "axis": ("Tl",),
    "objective": ("Et",),
    "authority": ("Viranomainen", "Rahoittava viranomainen"),
    "state": ("Tila", "Toiminnan tila"),
    "start_date": ("Aloituspvm",),
    "end_date": ("Päättymispvm",),
    "implementer": ("Toteuttajan nimi",),
    "business_id": ("Toteuttajan Y-tunnus",),
    "eu_and_state_granted": GRANTED,
    "eu_and_state_realised": ("Toteutunut EU- ja valtion rahoitus",),
    "public_funding_planned": (
        "Suunniteltu julkinen rahoitus yhteensä",
        "Suunniteltu julkinen rahoitus",
    ),
    "public_funding_realised": (
        "Toteutunut julkinen rahoitus yhteensä",
        "Toteutunut julkinen rahoitus",
    ),
    "total_budget": ("Suunniteltu rahoitus yhteensä",),
    "intervention": ("Tukitoimen ala",),
    "place": ("Sijainti",),
    "town": ("Toteutuspaikan postitoimipaikka",),
    "group_code": ("Ryhmähanketunnus",),
    "summary": ("Suunnitelman mukainen tiivistelmä hankkeen toteutuksesta",),
    "card_url": ("Hankekuvauksen osoite",),
}
NOT_NEEDED = (
    "Toteutunut rahoitus yhteensä",
    "Toteutunut EU-rahoituksen määrä",
    "Toteutuspaikan postinumero",
    "Tuensaajan postinumero",
    "Tuensaajan postitoimipaikka",
    "Tukimuoto",
    "Alueellinen täytäntöönpanomekanismi ja alueellinen painopiste",
    "Taloudellinen toiminta",
    "Toissijainen teema, vain ESR+",
    "Sukupuolten tasa-arvo",
    "Itämeren alueen strategia",
    "Hankkeen kotisivun osoite",
)
"""Columns that are known and left out."""

MEASURES = (
    "eu_and_state_granted",
    "eu_and_state_realised",
    "public_funding_planned",
    "public_funding_realised",
    "total_budget",
)


@dataclass(frozen=True)
class Layout:
    """One of the register's exports."""

    scheme: str
    period: str
    site: str
    card: str
    """The address of a project's page, without its code."""

    without: frozenset[str]
    """Columns that this export has not."""


IN_2021 = frozenset(
    (
        *("fund_part", "objective", "business_id", "total_budget", "intervention", "place"),
        *("town", "group_code", "summary", "card_url"),
    )
)
LAYOUTS = {
    "2007": Layout(
        "eura-2007",
        "2007-2013",
        "https://www.eura2007.fi/rrtiepa/",
        "https://www.eura2007.fi/rrtiepa/projekti.php?projektikoodi=",
        IN_2021,
    ),
    "2014": Layout(
        "eura-2014",
        "2014-2020",
        "https://www.eura2014.fi/rrtiepa/",
        "https://www.eura2014.fi/rrtiepa/projekti.php?projektikoodi=",
        IN_2021 | {"programme"},
    ),
    "2021": Layout(
        "eura-2021",
        "2021-2027",
        "https://eura2021.fi/tiepa",
        "https://www.eura2021.fi/hakutulokset/projektikortti?id=",
        frozenset({"programme"}),
    ),
}

FUNDS = {"EAKR": "erdf", "ESR": "esf", "ESR+": "esf-plus", "JTF": "jtf"}

AUTHORITIES = (
    *(
        f"{place} elinkeino-, liikenne- ja ympäristökeskus"
        for place in ("Etelä-Savon", "Hämeen", "Keski-Suomen", "Pohjois-Pohjanmaan")
    ),
    "Etelä-Savon maakuntaliitto",
    "Finnvera Oyj",
    "Innovaatiorahoituskeskus Tekes",
    "Kainuun liitto",
    "Keski-Pohjanmaan liitto",
    "Lapin liitto",
    "Opetushallitus",
    "Pirkanmaan liitto",
    "Pohjois-Karjalan maakuntaliitto",
    "Pohjois-Pohjanmaan liitto",
    "Pohjois-Savon liitto",
    "Sosiaali- ja terveysministeriö",
    "Työ- ja elinkeinoministeriö",
    "Uudenmaan liitto",
)
"""Authorities that grant the money. Those of a file's plain rows are known as well."""

HEADERS = {
    layout: tuple(key(name) for name in f"{head}, {tail}".split(", "))
    for layout, head in {
        "2014": "Koodi, Rahasto, Hankkeen nimi, Tl, Viranomainen, Tila",
        "2007": "Koodi, Rahasto, Projektin nimi, Ohjelma / osio, Tl, Viranomainen, Toiminnan tila",
    }.items()
    for tail in [
        "Aloituspvm, Päättymispvm, Toteuttajan nimi, Myönnetty EU- ja valtion rahoitus, "
        "Toteutunut EU- ja valtion rahoitus, Suunniteltu julkinen rahoitus yhteensä, "
        "Toteutunut julkinen rahoitus yhteensä"
    ]
}
"""The order of the lists' columns: a row without quotation marks can be read in no other."""

_DAY, _MONEY = r"(\d{1,2}\.\d{1,2}\.\d{4})", r"([-\d.]*)"
_ENDS = re.compile(
    rf"([A-Z]\d+),([^,]*),(.*),([^,]*),{_DAY},{_DAY},(.*),{_MONEY},{_MONEY},{_MONEY},{_MONEY}"
)
"""What a row has before its name and after its authority; both lie in the third group."""

_CUTS = {
    "2014": re.compile(r"(?=,(\d{1,2}),)"),
    "2007": re.compile(r"(?=,([^,]*(?:osio|Suomi)),(\d{1,2}),)"),
}
"""What may part a name from its authority. A name may hold the like."""


def recognises(sheets: Sequence[Sheet]) -> bool:
    """True for a list of 2007-2013 or 2014-2020, or an EURA 2021 export."""
    keys = sheets[0].keys
    return "rahasto" in keys and ("hankekoodi" in keys or {"koodi", "viranomainen"} <= keys.keys())


def read(staging: Staging, files: Sequence[Sequence[Sheet]]) -> None:
    """Read the files into the staging tables."""
    connection = staging.connection
    connection.execute("create table eura_funds (name varchar, fund varchar)")
    staging.add("eura_funds", pd.DataFrame(FUNDS.items()))
    for number, sheets in enumerate(files):
        _read_file(staging, sheets[0], f"eura_file_{number}")


def _read_file(staging: Staging, given: Sheet, table: str) -> None:
    sheet = _bare(given)
    require_header(sheet)
    name, keys = sheet.path.name, sheet.keys
    staging.tell(f"Reading {name}", 0)
    if "hankekoodi" in keys:
        layout = LAYOUTS["2021"]
    else:
        layout = LAYOUTS["2007" if key("Ohjelma / osio") in keys else "2014"]
    rows, damaged = _load(staging, table, given, sheet)
    staging.refuse(damaged)
    missing, unknown = name_columns(staging.connection, "cells", table, sheet, COLUMNS)
    known = {key(name) for name in NOT_NEEDED}
    counts = staging.counts
    counts.columns_unknown |= dict.fromkeys(n for n in unknown if key(n) not in known)
    counts.columns_missing |= dict.fromkeys(
        COLUMNS[column][0] for column in missing if column not in layout.without
    )
    about = replace(ABOUT, title=f"EURA {layout.scheme[5:]} list of projects", url=layout.site)
    before = staging.number("select count(*) from operations")
    staging.run(
        (Path(__file__).with_suffix(".sql")).read_text(encoding="utf-8"),
        {
            "file": name,
            "source": staging.source(sheet, about),
            "scheme": layout.scheme,
            "period": layout.period,
            "card": layout.card,
            "measures": [m for m in MEASURES if any(key(n) in keys for n in COLUMNS[m])],
            "is_planned": not any(key(n) in keys for n in GRANTED[:2]),
        },
    )
    kept = staging.number("select count(*) from operations") - before
    refused = staging.number("select count(*) from eura_rows where reason is not null")
    counts.read += rows
    counts.kept += kept
    counts.merged += rows - len(damaged) - refused - kept
    _note(staging, name)
    staging.connection.execute(f"drop view cells; drop table {table}")


def _note(staging: Staging, name: str) -> None:
    """What the report says of a file beside its counts."""
    persons = staging.number("select count(*) from eura_new where is_person")
    footers = staging.number("select count(*) from eura_rows where is_footer")
    negative = staging.number("select count(*) from eura_amounts where amount < 0")
    if persons:
        staging.counts.notes.append(
            f"{name}: {persons:,} projects are kept without their beneficiary, because it is or "
            "may be a private person (codes of Finnvera, sole traders)."
        )
    if negative:
        staging.counts.notes.append(
            f"{name}: {negative:,} amounts are below zero; they are kept as not published."
        )
    if footers:
        staging.counts.notes.append(
            f"{name}: the last {footers:,} rows are a footer and hold no project."
        )


def _bare(sheet: Sheet) -> Sheet:
    """A sheet without the semicolons and empty names that end the rows of cleaned copies."""
    header = list(sheet.header)
    while header and not header[-1].strip(" ;"):
        header.pop()
    if header:
        header[-1] = header[-1].rstrip(" ;")
    return replace(sheet, header=tuple(header))


def _load(staging: Staging, table: str, given: Sheet, sheet: Sheet) -> tuple[int, list[Refused]]:
    """The rows of a sheet: read as any table, or else as a list without quotation marks."""
    if given.name or "hankekoodi" in sheet.keys or sheet.delimiter != ",":
        return load(staging.connection, table, given)
    try:
        rows, damaged = load(staging.connection, table, given)
    except DataError:
        damaged = [Refused(sheet.path.name, 0, "")]
    if not damaged:
        return rows, damaged
    staging.connection.execute(f"drop table if exists {table}")
    good, damaged = _list_rows(given, sheet)
    columns = zip(*(cells for _, cells in good), strict=True) if good else [()] * len(sheet.header)
    arrays = [pa.array([cell or None for cell in column], pa.string()) for column in columns]
    arrays.append(pa.array([number for number, _ in good], pa.int64()))
    staging.connection.register(
        "list_rows", pa.Table.from_arrays(arrays, names=[*sheet.header, ROW])
    )
    staging.connection.execute(f"create table {table} as from list_rows")
    staging.connection.unregister("list_rows")
    return len(good) + len(damaged), damaged


def _list_rows(given: Sheet, sheet: Sheet) -> tuple[list[tuple[int, list[str]]], list[Refused]]:
    """The rows of a list without quotation marks, and those that have another shape."""
    name = sheet.path.name
    keys = tuple(key(column) for column in sheet.header)
    layout = next((one for one, header in HEADERS.items() if header == keys), None)
    if layout is None:
        raise DataError(
            f"{name}: the rows cannot be parted: names hold commas, there are no quotation marks, "
            "and the columns are not those of the register's list. Download the list again."
        )
    known = set(AUTHORITIES) | _plain_authorities(given, layout)
    good, refused, last = [], [], 0
    for number, line in _lines(given):
        cells, last = parted(line, layout, known), number
        if cells is None:
            said = "the row has not the shape of the list (code, fund, name, …, four amounts)"
            refused.append(Refused(name, number, said))
        else:
            good.append((number, cells))
    if refused and good and refused[-1].row == last:
        raise DataError(
            f"{name}: the file breaks off in row {last} ({refused[-1].reason}). Download it again."
        )
    return good, refused


def _plain_authorities(sheet: Sheet, layout: str) -> set[str]:
    """The authorities of rows that can be parted in one way only."""
    found = set()
    for _, line in _lines(sheet):
        ends = _ENDS.fullmatch(line)
        if ends is not None:
            cuts = list(_CUTS[layout].finditer(f",{ends[3]}"))
            if len(cuts) == 1:
                found.add(_authority(ends[3], cuts[0]))
    return found


def _lines(sheet: Sheet) -> Iterator[tuple[int, str]]:
    """The rows of a list with their numbers, without what ends the rows of a cleaned copy."""
    encoding = "utf-8-sig" if sheet.encoding == "utf-8" else sheet.encoding
    is_cleaned = sheet.header[-1].endswith(";")
    # A code page has holes; a letter that is lost is better than a list.
    with sheet.path.open(encoding=encoding, errors="replace") as file:
        next(file, None)
        for number, text in enumerate(file, 2):
            line = text.rstrip("\r\n ")
            if is_cleaned:
                line = line.removesuffix(";").removesuffix(",,").replace(" |", ",")
            if line:
                yield number, line


def parted(line: str, layout: str, known: set[str]) -> list[str] | None:
    """The cells of a row that has no quotation marks; nothing where it has another shape."""
    ends = _ENDS.fullmatch(line)
    if ends is None:
        return None
    code, fund, middle, *rest = ends.groups()
    cuts = list(_CUTS[layout].finditer(f",{middle}"))
    if not cuts:
        return None
    # A programme's name is rarer in a title than a number is.
    likely = cuts[-1] if layout == "2007" else cuts[0]
    cut = next((one for one in cuts if _authority(middle, one) in known), likely)
    return [
        code,
        fund,
        f",{middle}"[1 : cut.start()],
        *cut.groups(),
        _authority(middle, cut),
        *rest,
    ]


def _authority(middle: str, cut: re.Match[str]) -> str:
    return f",{middle}"[cut.end(cut.lastindex or 0) + 1 :]
