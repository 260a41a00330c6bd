"""Write a Kohesio file of any number of rows, the same for the same seed.

`python -m benchmarks.kohesio_file 2100000 out.csv --seed 1 --period both`

The shares follow what is known of the real files: countries, funds, fields of intervention, amounts
over six orders of magnitude, beneficiaries that come back, empty cells, and rows that repeat an
operation at another place. Names, texts and amounts are invented.
"""

import csv
import io
import os
import tomllib
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from benchmarks.places import Towns, towns
from benchmarks.vocabulary import Generator, Writer, invented

FOLDER = Path(__file__).parent
OUTLINES = FOLDER.parent / "data" / "basemap.geojson"
PERIODS = ("2014-2020", "2021-2027")
CHUNK = 20_000
"""Rows that are made at once, by one process, from one stream of random numbers."""
ORGANISATIONS = 400_000
SOCIAL = {
    PERIODS[0]: frozenset({"055", "109", "110", "111", "112"}),
    PERIODS[1]: frozenset({"127", "158", "159", "160", "161", "162", "163"}),
}
"""Fields of intervention that are social services, by period."""
REPEATED = 0.02
"""Operations that stand in several rows."""
ENTITY = "https://linkedopendata.eu/entity/Q"
IDS = 9_999_991
"""A prime: multiplying modulo it spreads the operations' numbers without repeating one."""
FIRST_ID = 3_000_000
NEVER = ("30/02/2018", "31/11/2019", "00/00/0000", "29/02/2023")
"""Days that no calendar has."""

_HEAD = """Operation_Unique_Identifier Operation_Local_Identifier Operation_Name_English
Operation_Name_Programme_Language Country Operation_Start_Date Operation_End_Date
Cofinancing_Rate Total_Eligible_Expenditure_amount Total_Eligible_Expenditure_Currency
Project_EU_Budget Beneficiary_Unique_Identifier Beneficiary_Name Beneficiary_Local_Identifier
Category_Of_Intervention Category_Label Thematic_Objective_ID Thematic_Objective_Label
Policy_Objective_ID Policy_Objective_Label"""
_PLACE = """Location_Indicator_latitude_longitude Postal_Code LAU_IDs LAU_Labels NUTS1_Label
NUTS2_Label NUTS3_Label NUTS1_Code NUTS2_Code NUTS3_Code Programming_Period
Operation_Summary_English Operation_Summary_Programme_Language ManagingAuthority"""
_FUND = "Fund_Code Fund_Name Programme_Code Programme_Name"
OLD = tuple(f"{_HEAD} {_FUND} Coordinates {_PLACE} InfoRegio_ID".split())
"""The 40 columns of the files of 2014-2020."""
NEW = tuple(
    f"{_HEAD} Specific_Objective_ID Specific_Objective_Label {_FUND} {_PLACE} Image_URL "
    "InfoRegio_ID InfoRegio_URL CountryCode".split()
)
"""The 44 columns of the files of 2021-2027."""


@dataclass(frozen=True)
class Order:
    """What file is wanted."""

    rows: int
    seed: int = 1
    period: str = "both"
    """One of PERIODS, or `both`: then the newer columns, and three of four rows from the older."""
    newline: str = "\n"
    chunk: int = CHUNK

    @property
    def organisations(self) -> int:
        """How many beneficiaries it draws from; a small file has fewer."""
        return min(ORGANISATIONS, max(2_000, self.rows // 5))

    @property
    def columns(self) -> tuple[str, ...]:
        """The header of the file."""
        return OLD if self.period == PERIODS[0] else NEW


@dataclass(frozen=True)
class Programme:
    """A programme of one fund, or of two."""

    code: str
    name: str
    fund: str
    authority: str


@dataclass(frozen=True)
class Country:
    """All that the rows of a country draw from."""

    code: str
    name: str
    language: str
    towns: Towns
    organisations: np.ndarray
    first_organisation: int
    programmes: dict[tuple[str, str], list[Programme]] = field(repr=False)
    """By period and fund."""


@dataclass(frozen=True)
class World:
    """Countries and code lists, the same for every chunk of a file."""

    codes: dict[str, Any]
    countries: list[Country]
    shares: np.ndarray
    writer: Writer


def write(order: Order, path: Path, processes: int = 2) -> None:
    """Write the file, a chunk at a time in memory of each process."""
    with path.open("wb") as file:
        for chunk in chunks(order, processes):
            file.write(chunk)


def chunks(order: Order, processes: int = 2) -> Iterator[bytes]:
    """The file in pieces, the header first."""
    if order.rows >= IDS - FIRST_ID:
        raise ValueError(f"At most {IDS - FIRST_ID - 1:,} rows: then the identifiers run out.")
    yield _encoded(order, [order.columns])
    wanted = deque(range(-(-order.rows // order.chunk)))
    if processes == 1 or len(wanted) == 1:
        yield from (_chunk(order, number) for number in wanted)
        return
    with ProcessPoolExecutor(processes) as pool:
        # Only a few are under way, so that a slow disk does not fill the memory.
        pending: deque[Future[bytes]] = deque()
        while wanted or pending:
            while wanted and len(pending) < 2 * processes:
                pending.append(pool.submit(_chunk, order, wanted.popleft()))
            yield pending.popleft().result()


def _encoded(order: Order, rows: Any) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=order.newline).writerows(rows)
    return text.getvalue().encode()


def _chunk(order: Order, number: int) -> bytes:
    rows = min(order.chunk, order.rows - number * order.chunk)
    random = np.random.default_rng([order.seed, number])
    table = _table(order, number, rows, random)
    return _encoded(order, zip(*(table[name] for name in order.columns), strict=True))


@cache
def world(organisations: int, seed: int) -> World:
    """The countries of a file with as many organisations."""
    codes = _codes()
    random = np.random.default_rng([seed, IDS])
    shares = np.array([entry[2] for entry in codes["countries"].values()], dtype=float)
    shares /= shares.sum()
    countries, first = [], 2_000_000
    for (code, entry), share in zip(codes["countries"].items(), shares.tolist(), strict=True):
        name, language, _, regions = entry
        syllables = codes["syllables"][language]
        count = max(20, int(organisations * share))
        countries.append(
            Country(
                code,
                name,
                language,
                towns(code, regions, share, syllables, OUTLINES, random),
                _organisations(codes, language, count, random),
                first,
                _programmes(codes, code, name, share, syllables, random),
            )
        )
        first += count
    return World(codes, countries, shares, _writer())


@cache
def _writer() -> Writer:
    return Writer(_codes()["syllables"])


@cache
def _codes() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "kohesio_codes.toml").read_text(encoding="utf-8"))


def _organisations(
    codes: dict[str, Any], language: str, count: int, random: Generator
) -> np.ndarray:
    patterns = codes["organisations"][language]
    kinds = np.minimum(random.geometric(0.3, count) - 1, len(patterns) - 1).tolist()
    names = invented(codes["syllables"][language], 2 * count, random)
    return np.array(
        [
            patterns[kind].replace("{}", name, 1).replace("{}", other)
            for kind, name, other in zip(kinds, names[:count], names[count:], strict=True)
        ],
        dtype=object,
    )


def _programmes(
    codes: dict[str, Any],
    country: str,
    name: str,
    share: float,
    syllables: list[str],
    random: Generator,
) -> dict[tuple[str, str], list[Programme]]:
    found = {}
    for period, said in codes["periods"].items():
        for fund, instrument in said["instruments"].items():
            part = said["programmes"] * share * said["funds"][fund] / 100
            count = max(1 if fund in ("ERDF", "ESF", "ESF+") else 0, round(part))
            if fund in ("CF", "JTF", "YEI") or "|" in fund:
                count = max(count, 1)
            regions = invented(syllables, count, random)
            found[period, fund] = [
                Programme(
                    f"{period[:4]}{country}{instrument}{number:03d}",
                    f"{fund.replace('|', ' and ')} {region} - {name} {period}",
                    fund,
                    f"{region}: managing authority of the programme, {name}",
                )
                for number, region in enumerate(regions, 1)
            ]
    return found


def _table(order: Order, number: int, rows: int, random: Generator) -> dict[str, list[str]]:
    """The columns of a chunk. Operations are made first, then their rows with places."""
    known = world(order.organisations, order.seed)
    extra = round(rows * REPEATED * 1.5)
    operations = rows - extra
    repeated = random.choice(operations, max(1, round(operations * REPEATED)), replace=False)
    again = np.concatenate([repeated, random.choice(repeated, max(0, extra - len(repeated)))])
    which = random.permutation(np.concatenate([np.arange(operations), again[:extra]]))
    table = {name: np.full(operations, "", dtype=object) for name in order.columns}
    placed = {name: np.full(rows, "", dtype=object) for name in order.columns}
    _identify(table, number * order.chunk, random)
    countries = random.choice(len(known.countries), operations, p=known.shares)
    if order.period == "both":
        periods = (random.random(operations) < 0.25).astype(int)
    else:
        periods = np.full(operations, PERIODS.index(order.period))
    _money(table, random)
    for country in range(len(known.countries)):
        here = np.flatnonzero(countries == country)
        for period, name in enumerate(PERIODS):
            chosen = here[periods[here] == period]
            if len(chosen):
                _operations(table, known, known.countries[country], name, chosen, random)
        _places(
            placed, known.countries[country], np.flatnonzero(countries[which] == country), random
        )
    _borders(table, known, random)
    result = {name: column[which] for name, column in table.items()}
    for name in [*_PLACE.split()[:10], "Coordinates"]:
        if name in result:
            result[name] = placed[name]
    _second_places(result, known, random)
    return {name: column.tolist() for name, column in result.items()}


def _identify(table: dict[str, np.ndarray], first: int, random: Generator) -> None:
    count = len(table["Country"])
    numbers = np.arange(first, first + count) * 7_919 % IDS + FIRST_ID
    table["Operation_Unique_Identifier"][:] = [f"{ENTITY}{n}" for n in numbers.tolist()]
    table["Total_Eligible_Expenditure_Currency"][:] = "EUR"
    if "Image_URL" in table:
        pictured = np.flatnonzero(random.random(count) < 0.003)
        story = random.integers(1_000, 9_999, len(pictured)).tolist()
        table["InfoRegio_ID"][pictured] = [str(n) for n in story]
        table["InfoRegio_URL"][pictured] = [
            f"https://ec.europa.eu/regional_policy/projects/{n}" for n in story
        ]
        table["Image_URL"][pictured] = [
            f"https://ec.europa.eu/regional_policy/images/project{n}.jpg" for n in story
        ]


def _money(table: dict[str, np.ndarray], random: Generator) -> None:
    """Total and EU amount: over six orders of magnitude, a fifth without the EU amount."""
    count = len(table["Country"])
    total = np.clip(random.lognormal(10.8, 2.3, count), 50, 2e9)
    rates = random.choice([40.0, 50.0, 60.0, 70.0, 80.0, 85.0, 92.0, 43.81], count)
    cents = random.random(count) < 0.7
    total = np.where(cents, np.round(total, 2), np.round(total, -1))
    total[random.random(count) < 0.015] = 0.0
    european = np.round(total * rates / 100, 2)
    table["Total_Eligible_Expenditure_amount"][:] = [repr(value) for value in total.tolist()]
    table["Project_EU_Budget"][:] = [repr(value) for value in european.tolist()]
    table["Cofinancing_Rate"][:] = [repr(value) for value in rates.tolist()]
    table["Project_EU_Budget"][random.random(count) < 0.2] = ""
    table["Cofinancing_Rate"][random.random(count) < 0.5] = ""
    table["Total_Eligible_Expenditure_amount"][random.random(count) < 0.01] = ""


def _operations(
    table: dict[str, np.ndarray],
    known: World,
    country: Country,
    period: str,
    chosen: np.ndarray,
    random: Generator,
) -> None:
    """Everything about operations of one country and period but money and place."""
    count = len(chosen)
    table["Country"][chosen] = country.name
    table["Programming_Period"][chosen] = period
    if "CountryCode" in table:
        table["CountryCode"][chosen] = country.code
    _days(table, known.codes["periods"][period], chosen, random)
    _beneficiaries(table, country, chosen, random)
    shares = known.codes["periods"][period]["funds"]
    weights = np.array(list(shares.values()), dtype=float)
    funds = random.choice(len(shares), count, p=weights / weights.sum())
    for number, fund in enumerate(shares):
        mine = chosen[funds == number]
        if not len(mine):
            continue
        _programmes_of(table, known, country.programmes[period, fund], mine, random)
        themes = known.codes["themes"][fund]
        spread = np.array(list(themes.values()), dtype=float)
        drawn = random.choice(len(themes), len(mine), p=spread / spread.sum())
        for theme_number, theme in enumerate(themes):
            rows = mine[drawn == theme_number]
            if len(rows):
                _field(table, known, period, theme, rows, random)
                _texts(table, known.writer, country.language, theme, rows, random)


def _programmes_of(
    table: dict[str, np.ndarray],
    known: World,
    programmes: list[Programme],
    rows: np.ndarray,
    random: Generator,
) -> None:
    picked = (len(programmes) * random.random(len(rows)) ** 2).astype(int).tolist()
    said = [programmes[number] for number in picked]
    names = known.codes["funds"]
    table["Fund_Code"][rows] = [programme.fund for programme in said]
    table["Fund_Name"][rows] = [
        "|".join(names[fund] for fund in programme.fund.split("|")) for programme in said
    ]
    table["Programme_Code"][rows] = [programme.code for programme in said]
    table["Programme_Name"][rows] = [programme.name for programme in said]
    table["ManagingAuthority"][rows] = [programme.authority for programme in said]
    local = random.integers(10_000, 99_999_999, len(rows)).tolist()
    table["Operation_Local_Identifier"][rows] = [
        f"{programme.code}_{number:08d}" for programme, number in zip(said, local, strict=True)
    ]


def _field(
    table: dict[str, np.ndarray],
    known: World,
    period: str,
    theme: str,
    rows: np.ndarray,
    random: Generator,
) -> None:
    """The field of intervention and the objectives that follow from it."""
    fields = known.codes["fields"][period][theme]
    objectives = known.codes["objectives"]
    picked = (len(fields) * random.random(len(rows)) ** 1.6).astype(int).tolist()
    said = [fields[number] for number in picked]
    spoiled = random.random(len(rows)) < (0.3 if period == PERIODS[0] else 0.0)
    table["Category_Of_Intervention"][rows] = [
        f"{float(code)}" if is_spoiled else code
        for (code, _, _), is_spoiled in zip(said, spoiled.tolist(), strict=True)
    ]
    table["Category_Label"][rows] = [label for _, label, _ in said]
    if period == PERIODS[0]:
        table["Thematic_Objective_ID"][rows] = [objective for _, _, objective in said]
        table["Thematic_Objective_Label"][rows] = [objectives[o] for _, _, o in said]
    elif "Specific_Objective_ID" in table:
        table["Specific_Objective_ID"][rows] = [objective for _, _, objective in said]
        table["Specific_Objective_Label"][rows] = [objectives[o] for _, _, o in said]
    policy = {
        "research": 1,
        "business": 1,
        "digital": 1,
        "energy": 2,
        "environment": 2,
        "transport": 3,
    }.get(theme, 4)
    table["Policy_Objective_ID"][rows] = f"PO0{policy}"
    table["Policy_Objective_Label"][rows] = objectives[f"PO0{policy}"]


def _texts(
    table: dict[str, np.ndarray],
    writer: Writer,
    language: str,
    theme: str,
    rows: np.ndarray,
    random: Generator,
) -> None:
    """Title and summary in the language of the programme, and as a machine put them in English."""
    for spoken, suffix in (("en", "English"), (language, "Programme_Language")):
        table[f"Operation_Name_{suffix}"][rows] = writer.titles(spoken, theme, len(rows), random)
        table[f"Operation_Summary_{suffix}"][rows] = writer.summaries(
            spoken, theme, len(rows), random
        )
    without = rows[random.random(len(rows)) < 0.07]
    for suffix in ("English", "Programme_Language"):
        table[f"Operation_Summary_{suffix}"][without] = ""


@cache
def _calendar() -> np.ndarray:
    days = np.arange("2013-01-01", "2042-01-01", dtype="datetime64[D]")
    return np.array(
        [f"{day[8:]}/{day[5:7]}/{day[:4]}" for day in days.astype(str).tolist()], dtype=object
    )


def _days(
    table: dict[str, np.ndarray], period: dict[str, Any], chosen: np.ndarray, random: Generator
) -> None:
    count, calendar = len(chosen), _calendar()
    first = int((np.datetime64(period["first_day"]) - np.datetime64("2013-01-01")).astype(int))
    start = first + (period["start_days"] * random.beta(2.2, 2.0, count)).astype(int)
    start = np.where(random.random(count) < 0.3, start // 30 * 30, start)
    length = np.clip(random.lognormal(6.1, 0.7, count), 14, 3_600).astype(int)
    length[random.random(count) < 0.002] *= -1
    begun = calendar[start]
    ended = calendar[np.clip(start + length, 0, len(calendar) - 1)]
    begun[random.random(count) < 0.02] = ""
    ended[random.random(count) < 0.08] = ""
    wrong = np.flatnonzero(random.random(count) < 0.002)
    begun[wrong] = random.choice(NEVER, len(wrong)).tolist()
    table["Operation_Start_Date"][chosen] = begun
    table["Operation_End_Date"][chosen] = ended


def _beneficiaries(
    table: dict[str, np.ndarray], country: Country, chosen: np.ndarray, random: Generator
) -> None:
    count = len(chosen)
    picked = (len(country.organisations) * random.random(count) ** 2.2).astype(int)
    table["Beneficiary_Name"][chosen] = country.organisations[picked]
    numbers = (picked + country.first_organisation).tolist()
    table["Beneficiary_Unique_Identifier"][chosen] = [f"{ENTITY}{n}" for n in numbers]
    table["Beneficiary_Local_Identifier"][chosen] = [
        str(10_000_000 + n * 7_919 % 89_999_999) for n in numbers
    ]
    table["Beneficiary_Local_Identifier"][chosen[random.random(count) < 0.4]] = ""


def _places(
    placed: dict[str, np.ndarray], country: Country, rows: np.ndarray, random: Generator
) -> None:
    """A place for each row, most often in one of the larger towns."""
    count, where = len(rows), country.towns
    if not count:
        return
    town = (len(where.name) * random.random(count) ** 2).astype(int)
    exact = (random.random(count) < 0.4)[:, None]
    away = np.where(exact, 0.0, random.normal(0, 0.004, (count, 2)))
    latitude = np.round(where.latitude[town] + away[:, 0], 12).tolist()
    longitude = np.round(where.longitude[town] + away[:, 1], 12).tolist()
    points = [f"{lat!r},{lon!r}" for lat, lon in zip(latitude, longitude, strict=True)]
    without = rows[random.random(count) < 0.12]
    placed["Location_Indicator_latitude_longitude"][rows] = points
    placed["Location_Indicator_latitude_longitude"][without] = ""
    placed["Postal_Code"][rows] = where.postal_code[town]
    placed["Postal_Code"][without] = ""
    for level, (codes, labels) in where.nuts.items():
        placed[f"NUTS{level}_Code"][rows] = codes[town]
        placed[f"NUTS{level}_Label"][rows] = labels[town]
    placed["LAU_IDs"][rows] = where.lau[town]
    placed["LAU_Labels"][rows] = where.name[town]
    lists = np.flatnonzero(random.random(count) < 0.03)
    for position, width in zip(
        lists.tolist(), random.integers(2, 25, len(lists)).tolist(), strict=True
    ):
        several = np.unique((town[position] + 7 * np.arange(width)) % len(where.name))
        placed["LAU_IDs"][rows[position]] = "|".join(where.lau[several])
        placed["LAU_Labels"][rows[position]] = "|".join(where.name[several])
    if "Coordinates" in placed:
        placed["Coordinates"][rows] = placed["Location_Indicator_latitude_longitude"][rows]


def _borders(table: dict[str, np.ndarray], known: World, random: Generator) -> None:
    """Some operations belong to two or three countries, in a programme of their own."""
    chosen = np.flatnonzero(random.random(len(table["Country"])) < 0.008)
    by_name = {country.name: country.code for country in known.countries}
    for row in chosen.tolist():
        own = by_name[table["Country"][row]]
        others = random.choice(
            sorted(set(by_name.values()) - {own}), 1 + int(random.integers(2)), False
        )
        codes = "|".join([own, *others.tolist()])
        year = table["Programming_Period"][row][:4]
        number = sorted(by_name.values()).index(own) + 1
        # The file of Interreg names the countries by their codes.
        table["Country"][row] = codes
        if "CountryCode" in table:
            table["CountryCode"][row] = codes
        kind = "RFCB" if year == "2014" else "FFCB"
        table["Fund_Code"][row], table["Fund_Name"][row] = "ERDF", known.codes["funds"]["ERDF"]
        table["Programme_Code"][row] = f"{year}TC16{kind}{number:03d}"
        table["Programme_Name"][row] = f"Interreg {own} {number} {table['Programming_Period'][row]}"
        table["ManagingAuthority"][row] = f"Joint secretariat of Interreg {own} {number}"


def _second_places(table: dict[str, np.ndarray], known: World, random: Generator) -> None:
    """An operation of several countries has a place in each, joined as the file joins them."""
    by_code = {country.code: country.towns for country in known.countries}
    for row, countries in enumerate(table["Country"].tolist()):
        for code in countries.split("|")[1:]:
            where = by_code[code]
            town = int(random.integers(len(where.name)))
            said = {
                "Location_Indicator_latitude_longitude": (
                    f"{where.latitude[town].item()!r},{where.longitude[town].item()!r}"
                ),
                "Postal_Code": where.postal_code[town],
                "LAU_IDs": where.lau[town],
                "LAU_Labels": where.name[town],
            }
            for level, (codes, labels) in where.nuts.items():
                said[f"NUTS{level}_Code"], said[f"NUTS{level}_Label"] = codes[town], labels[town]
            for name, value in said.items():
                table[name][row] = "|".join(filter(None, (table[name][row], value)))


def main(
    rows: Annotated[int, typer.Argument(help="How many rows.", min=1)],
    path: Annotated[Path, typer.Argument(help="The file to write.")],
    seed: Annotated[int, typer.Option(help="The same number gives the same file.")] = 1,
    period: Annotated[str, typer.Option(help="2014-2020, 2021-2027 or both.")] = "both",
    newline: Annotated[str, typer.Option(help="lf or crlf.")] = "lf",
) -> None:
    """Write a Kohesio file."""
    if period not in (*PERIODS, "both"):
        raise typer.BadParameter("The period is 2014-2020, 2021-2027 or both.")
    ending = {"lf": "\n", "crlf": "\r\n"}.get(newline)
    if ending is None:
        raise typer.BadParameter("The newline is lf or crlf.")
    write(Order(rows, seed, period, ending), path, processes=min(2, os.cpu_count() or 1))


if __name__ == "__main__":
    typer.run(main)
