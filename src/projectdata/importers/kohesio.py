"""Kohesio: the projects exports of both periods in all their layouts, and the search download.

https://kohesio.ec.europa.eu/en/data. Titles and summaries in English are machine translations.
"""

from collections.abc import Sequence

import pandas as pd

from projectdata.importers.files import (
    Sheet,
    key,
    load,
    name_columns,
    read_into,
    require_header,
    text,
)
from projectdata.importers.staging import SQL, About, Staging

ABOUT = About(
    "kohesio",
    "Kohesio list of operations",
    "European Commission, Directorate-General for Regional and Urban Policy",
    "https://kohesio.ec.europa.eu/en/data",
    "en",
    "CC BY 4.0",
)

COLUMNS: dict[str, tuple[str, ...]] = {
    "operation_unique_identifier": ("Operation_Unique_Identifier", "ID"),
    "operation_local_identifier": ("Operation_Local_Identifier",),
    "operation_name_english": ("Operation_Name_English", "PROJECT NAME"),
    "operation_name_programme_language": ("Operation_Name_Programme_Language",),
    "country": ("Country",),
    "countrycode": ("CountryCode",),
    "operation_start_date": ("Operation_Start_Date", "START DATE"),
    "operation_end_date": ("Operation_End_Date", "END DATE"),
    "total_eligible_expenditure_amount": ("Total_Eligible_Expenditure_amount", "TOTAL BUDGET"),
    "total_eligible_expenditure_currency": ("Total_Eligible_Expenditure_Currency",),
    "project_eu_budget": ("Project_EU_Budget", "AMOUNT EU SUPPORT"),
    "beneficiary_unique_identifier": ("Beneficiary_Unique_Identifier",),
    "beneficiary_name": ("Beneficiary_Name",),
    "beneficiary_local_identifier": ("Beneficiary_Local_Identifier",),
    "category_of_intervention": ("Category_Of_Intervention",),
    "specific_objective_id": ("Specific_Objective_ID",),
    "fund_code": ("Fund_Code",),
    "programme_code": ("Programme_Code",),
    "programme_name": ("Programme_Name",),
    "coordinates": ("Coordinates",),
    "location_indicator_latitude_longitude": ("Location_Indicator_latitude_longitude",),
    "lau_labels": ("LAU_Labels",),
    "region": ("Region",),
    "region3": ("Region3",),
    "nuts1_label": ("NUTS1_Label",),
    "nuts2_label": ("NUTS2_Label",),
    "nuts3_label": ("NUTS3_Label",),
    "nuts1_code": ("NUTS1_Code",),
    "nuts2_code": ("NUTS2_Code",),
    "nuts3_code": ("NUTS3_Code",),
    "programming_period": ("Programming_Period",),
    "operation_summary_english": ("Operation_Summary_English", "SUMMARY"),
    "operation_summary_programme_language": ("Operation_Summary_Programme_Language",),
}
NOT_NEEDED = (
    "Cofinancing_Rate",
    "Category_Label",
    "Thematic_Objective_ID",
    "Thematic_Objective_Label",
    "Policy_Objective_ID",
    "Policy_Objective_Label",
    "Specific_Objective_Label",
    "Fund_Name",
    "Postal_Code",
    "LAU_IDs",
    "ManagingAuthority",
    "Image_URL",
    "InfoRegio_ID",
    "InfoRegio_URL",
)
"""Columns that are known and left out: the rate is that of the priority, not of the operation."""

OFTEN_ABSENT = {"coordinates", "region", "region3", "countrycode", "specific_objective_id"}
"""Columns that only some layouts have, so that their absence says nothing."""

SEARCH_ONLY = ("ID", "PROJECT NAME", "AMOUNT EU SUPPORT")
BENEFICIARIES = ("Beneficiary", "BeneficiaryLabel")

FUNDS = {
    "ERDF": "erdf",
    "EFRE": "erdf",
    "ESF": "esf",
    "ESF+": "esf-plus",
    "ESFPLUS": "esf-plus",
    "YEI": "yei",
    "CF": "cf",
    "JTF": "jtf",
    "REACT-EU": "react-eu",
    "IPA": "ipa",
    "ENI": "eni",
}
PROGRAMMES = {
    "2014FI16M2OP001": "fi-sustainable-growth-2014-2020",
    "2021FI16FFPR001": "fi-innovation-skills-2021-2027",
}
"""Programmes that the curated data name otherwise than by their code."""


def recognises(sheets: Sequence[Sheet]) -> bool:
    """True for a projects export, a search download, or a list of beneficiaries."""
    keys = sheets[0].keys
    return (
        key("Operation_Unique_Identifier") in keys
        or all(key(name) in keys for name in SEARCH_ONLY)
        or _is_beneficiaries(sheets[0])
    )


def read(staging: Staging, files: Sequence[Sequence[Sheet]]) -> None:
    """Read the files into the staging tables, the lists of beneficiaries first."""
    connection = staging.connection
    connection.execute("create table beneficiaries (item varchar, label varchar, website varchar)")
    connection.execute("create table kohesio_items (item bigint)")
    staging.connection.execute("create table fund_names (name varchar, fund varchar)")
    staging.add("fund_names", pd.DataFrame(FUNDS.items()))
    staging.connection.execute("create table known_programmes (code varchar, programme_id varchar)")
    staging.add("known_programmes", pd.DataFrame(PROGRAMMES.items()))
    first = [sheets[0] for sheets in files]
    for sheet in first:
        if _is_beneficiaries(sheet):
            _read_beneficiaries(staging, sheet)
    operations = [
        _read_projects(staging, sheet, f"kohesio_file_{number}")
        for number, sheet in enumerate(first)
        if not _is_beneficiaries(sheet)
    ]
    if operations:
        connection.execute("drop table operations cascade")
        connection.execute(f"create view operations as {' union all '.join(operations)}")


def _read_projects(staging: Staging, sheet: Sheet, table: str) -> str:
    """Read one file; gives its operations as SQL, because their texts are not stored twice."""
    require_header(sheet)
    connection, counts, name = staging.connection, staging.counts, sheet.path.name
    found = read_into(
        connection,
        table,
        sheet,
        COLUMNS,
        (SQL / "kohesio_rows.sql").read_text(encoding="utf-8"),
        lambda statement: staging.run(
            statement, {"period": _period_of(name)}, what=f"Reading {name}"
        ),
    )
    staging.refuse(found.refused)
    known = {key(name) for name in NOT_NEEDED}
    counts.columns_unknown |= dict.fromkeys(n for n in found.unknown if key(n) not in known)
    counts.columns_missing |= dict.fromkeys(
        COLUMNS[column][0] for column in found.missing if column not in OFTEN_ABSENT
    )
    countries = _countries(staging, table)
    rows = (
        f"(select t.rowid as _rowid, t.* replace (coalesce(_row, t.rowid + 2) as _row), "
        f"c.countries, split_part(c.countries, '|', 1) as country "
        f"from {table} as t left join {countries} as c using (countries_said))"
    )
    connection.execute(f"create or replace view kohesio_rows as from {rows}")
    connection.execute(f"create or replace view kohesio_rows_of_file as from {table}")
    source = staging.source(sheet, ABOUT)
    refused = staging.number("select count(*) from kohesio_rows where reason is not null")
    staging.run(
        (SQL / "kohesio.sql")
        .read_text(encoding="utf-8")
        .replace("delete from kohesio_rows_of_file", f"delete from {table}"),
        {
            "file": name,
            "source": source,
            "has_total": "total_eligible_expenditure_amount" not in found.missing,
            "has_eu": "project_eu_budget" not in found.missing,
        },
        what=f"Understanding {name}",
    )
    kept = staging.number(f"select count(*) from {table}")
    counts.read += found.read
    counts.kept += kept
    counts.merged += found.read - len(found.refused) - refused - kept
    operations = (SQL / "kohesio_operations.sql").read_text(encoding="utf-8")
    return operations.format(file=text(name), source=text(source), rows=rows)


def _countries(staging: Staging, table: str) -> str:
    """A small table of what the rows say of countries, and the codes of these."""
    name = f"{table}_countries"
    staging.connection.execute(
        f"""
        create table {name} as
        with said as (select distinct countries_said from {table} where countries_said is not null),
        parted as (
            select countries_said, unnest(string_split(countries_said, '|')) as part,
                unnest(range(len(string_split(countries_said, '|')))) as place
            from said
        )
        select countries_said, string_agg(n.country, '|' order by place) as countries
        from parted join country_names as n on n.name = lower(trim(part))
        group by countries_said
        """
    )
    return name


def _read_beneficiaries(staging: Staging, sheet: Sheet) -> None:
    require_header(sheet)
    load(staging.connection, "beneficiary_file", sheet)
    name_columns(
        staging.connection,
        "beneficiary_cells",
        "beneficiary_file",
        sheet,
        {"item": ("Beneficiary",), "label": ("BeneficiaryLabel",), "website": ("Website",)},
    )
    staging.connection.execute(
        "insert into beneficiaries select regexp_extract(item, 'Q\\d+', 0), "
        "any_value(words(label)), any_value(said(website)) from beneficiary_cells "
        "where regexp_matches(item, 'Q\\d+') group by 1"
    )
    staging.connection.execute("drop view beneficiary_cells; drop table beneficiary_file")


def _is_beneficiaries(sheet: Sheet) -> bool:
    return all(key(name) in sheet.keys for name in BENEFICIARIES)


def _period_of(name: str) -> str | None:
    """The programming period that a file's name states."""
    if "14-20" in name or "2014-2020" in name:
        return "2014-2020"
    return "2021-2027" if "21-27" in name or "2021-2027" in name else None
