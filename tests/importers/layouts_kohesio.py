"""Kohesio files of every layout, written for the tests."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

ENTITY = "https://linkedopendata.eu/entity/"
_33 = """
Operation_Unique_Identifier Operation_Local_Identifier Operation_Name_English
Operation_Name_Programme_Language Country Postal_Code Operation_Start_Date
Operation_End_Date Cofinancing_Rate Total_Eligible_Expenditure_amount
Total_Eligible_Expenditure_Currency Project_EU_Budget Beneficiary_Unique_Identifier
Location_Indicator_latitude_longitude Category_Of_Intervention Category_Label
Thematic_Objective_ID Thematic_Objective_Label Policy_Objective_ID Policy_Objective_Label
Fund_Code Fund_Name Programme_Code Programme_Name Region NUTS3_Code Programming_Period
Operation_Summary_English Operation_Summary_Programme_Language ManagingAuthority Image_URL
InfoRegio_ID InfoRegio_URL
"""
_40 = """
Operation_Unique_Identifier Operation_Local_Identifier Operation_Name_English
Operation_Name_Programme_Language Country Operation_Start_Date Operation_End_Date
Cofinancing_Rate Total_Eligible_Expenditure_amount Total_Eligible_Expenditure_Currency
Project_EU_Budget Beneficiary_Unique_Identifier Beneficiary_Name
Beneficiary_Local_Identifier Category_Of_Intervention Category_Label Thematic_Objective_ID
Thematic_Objective_Label Policy_Objective_ID Policy_Objective_Label Fund_Code Fund_Name
Programme_Code Programme_Name Coordinates Location_Indicator_latitude_longitude Postal_Code
LAU_IDs LAU_Labels NUTS1_Label NUTS2_Label NUTS3_Label NUTS1_Code NUTS2_Code NUTS3_Code
Programming_Period Operation_Summary_English Operation_Summary_Programme_Language
ManagingAuthority InfoRegio_ID
"""
_41 = """
Operation_Unique_Identifier Operation_Local_Identifier Operation_Name_English
Operation_Name_Programme_Language Country Operation_Start_Date Operation_End_Date
Cofinancing_Rate Total_Eligible_Expenditure_amount Total_Eligible_Expenditure_Currency
Project_EU_Budget Beneficiary_Unique_Identifier Location_Indicator_latitude_longitude
Category_Of_Intervention Category_Label Thematic_Objective_ID Thematic_Objective_Label
Policy_Objective_ID Policy_Objective_Label Specific_Objective_ID Specific_Objective_Label
Fund_Code Fund_Name Programme_Code Programme_Name Postal_Code LAU_IDs LAU_Labels NUTS1_Label
NUTS2_Label NUTS3_Label NUTS1_Code NUTS2_Code NUTS3_Code Programming_Period
Operation_Summary_English Operation_Summary_Programme_Language ManagingAuthority Image_URL
InfoRegio_ID InfoRegio_URL
"""
_44 = """
Operation_Unique_Identifier Operation_Local_Identifier Operation_Name_English
Operation_Name_Programme_Language Country Operation_Start_Date Operation_End_Date
Cofinancing_Rate Total_Eligible_Expenditure_amount Total_Eligible_Expenditure_Currency
Project_EU_Budget Beneficiary_Unique_Identifier Beneficiary_Name
Beneficiary_Local_Identifier Category_Of_Intervention Category_Label Thematic_Objective_ID
Thematic_Objective_Label Policy_Objective_ID Policy_Objective_Label Specific_Objective_ID
Specific_Objective_Label Fund_Code Fund_Name Programme_Code Programme_Name
Location_Indicator_latitude_longitude Postal_Code LAU_IDs LAU_Labels NUTS1_Label NUTS2_Label
NUTS3_Label NUTS1_Code NUTS2_Code NUTS3_Code Programming_Period Operation_Summary_English
Operation_Summary_Programme_Language ManagingAuthority Image_URL InfoRegio_ID InfoRegio_URL
CountryCode
"""
COLUMNS_33, COLUMNS_40, COLUMNS_41, COLUMNS_44 = (
    tuple(names.split()) for names in (_33, _40, _41, _44)
)
LAYOUTS = {
    "33 columns": COLUMNS_33,
    "40 columns": COLUMNS_40,
    "41 columns": COLUMNS_41,
    "44 columns": COLUMNS_44,
}
"""The projects exports: 2023, 2014-2020, 2021-2027 of 2025 and 2021-2027 of 2026."""

SEARCH = (
    *("ID", "PROJECT NAME", "TOTAL BUDGET", "AMOUNT EU SUPPORT"),
    *("START DATE", "END DATE", "COUNTRY", "SUMMARY"),
)
BENEFICIARIES = ("Beneficiary", "BeneficiaryLabel", "Website", "WikidataID")

Rows = Sequence[Mapping[str, object]]


def operation(item: str, **cells: object) -> dict[str, object]:
    """A row of a projects export; what is not given is empty."""
    return {"Operation_Unique_Identifier": f"{ENTITY}{item}", **cells}


def write_csv(
    path: Path,
    columns: Sequence[str],
    rows: Rows,
    *,
    delimiter: str = ",",
    encoding: str = "utf-8",
    newline: str = "\n",
) -> Path:
    """A CSV as Kohesio writes it: quotation marks where they are needed, and doubled."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator=newline)
        writer.writerow(columns)
        writer.writerows([row.get(name, "") for name in columns] for row in rows)
    return path


def write_xlsx(path: Path, columns: Sequence[str], rows: Rows) -> Path:
    """A workbook of one sheet that is named like the file."""
    with xlsxwriter.Workbook(path, {"strings_to_urls": False}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        book.formats[0].set_num_format("General")
        sheet = book.add_worksheet(path.stem[:31])
        sheet.write_row(0, 0, columns)
        for number, row in enumerate(rows, 1):
            for place, name in enumerate(columns):
                value = row.get(name)
                if hasattr(value, "isoformat"):
                    sheet.write_datetime(number, place, value, day)
                elif value not in (None, ""):
                    sheet.write(number, place, value)
    return path
