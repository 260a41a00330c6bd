"""Kohesio: the projects exports of both periods in all their layouts, and the search download.

https://kohesio.ec.europa.eu/en/data. Titles and summaries in English are machine translations.
"""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from projectdata.importers.files import Sheet, key, load, name_columns, require_header
from projectdata.importers.staging import About, Staging

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
    "thematic_objective_id": ("Thematic_Objective_ID",),
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
    for number, sheet in enumerate(first):
        if not _is_beneficiaries(sheet):
            _read_projects(staging, sheet, f"kohesio_file_{number}")


def _read_projects(staging: Staging, sheet: Sheet, table: str) -> None:
    require_header(sheet)
    name = sheet.path.name
    rows, damaged = load(
        staging.connection,
        table,
        sheet,
        lambda statement: staging.run(statement, what=f"Reading {name}"),
    )
    staging.refuse(damaged)
    missing, unknown = name_columns(staging.connection, "cells", table, sheet, COLUMNS)
    known = {key(name) for name in NOT_NEEDED}
    counts = staging.counts
    counts.columns_unknown |= dict.fromkeys(n for n in unknown if key(n) not in known)
    counts.columns_missing |= dict.fromkeys(n for n in missing if key(n) not in OFTEN_ABSENT)
    keys = sheet.keys
    before = staging.number("select count(*) from operations")
    staging.run(
        (Path(__file__).with_suffix(".sql")).read_text(encoding="utf-8"),
        {
            "file": name,
            "source": staging.source(sheet, ABOUT),
            "period": _period_of(name),
            "has_total": any(key(n) in keys for n in COLUMNS["total_eligible_expenditure_amount"]),
            "has_eu": any(key(n) in keys for n in COLUMNS["project_eu_budget"]),
        },
        what=f"Understanding {name}",
    )
    kept = staging.number("select count(*) from operations") - before
    refused = staging.number("select count(*) from kohesio_rows where reason is not null")
    counts.read += rows
    counts.kept += kept
    counts.merged += rows - len(damaged) - refused - kept
    staging.connection.execute(f"drop view cells; drop table {table}")


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
        "any_value(words(label)), any_value(said(website)) from beneficiary_cells where regexp_matches(item, 'Q\\d+') "
        "group by 1"
    )
    staging.connection.execute("drop view beneficiary_cells; drop table beneficiary_file")


def _is_beneficiaries(sheet: Sheet) -> bool:
    return all(key(name) in sheet.keys for name in BENEFICIARIES)


def _period_of(name: str) -> str | None:
    """The programming period that a file's name states."""
    if "14-20" in name or "2014-2020" in name:
        return "2014-2020"
    return "2021-2027" if "21-27" in name or "2021-2027" in name else None
