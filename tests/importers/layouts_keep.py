"""The keep.eu workbook of 10/2025 as a test writes it: 197 and 138 columns, and a cover sheet."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

Record = Mapping[str, object]
"""The cells of a row that are not empty, by the names of their columns."""

ONLY_NOW = " (2021-2027 only)"


def _counted(name: str, count: int, after: str = "", start: int = 1) -> tuple[str, ...]:
    return tuple(f"{name} {n}{after}" for n in range(start, count + 1))


PROJECTS = (
    *("Period", "Programme", f"Project ID{ONLY_NOW}", "Project acronym", "Project name in English"),
    *_counted("Project name in language", 5, start=2),
    "Description in English",
    *_counted("Description in language", 5, start=2),
    "Expected Achievements in English",
    *_counted("Expected Achievements in language", 4, start=2),
    "Actual Achievements in English",
    *_counted("Actual Achievements in language", 5, start=2),
    *("Project start", "Project end", "Relevant mentions and prizes"),
    *("Project's total budget / expenditure", "Project's EU funding", "Union co-financing rate"),
    *("Contributing EU funds", f"Programme specific objective{ONLY_NOW}"),
    *_counted("Investment infrastructure area", 21),
    "Project deliverables (other than infrastructural investment/area focus)",
    *(f"Project deliverables{ONLY_NOW}", f"Type of intervention{ONLY_NOW}"),
    f"Programme Priority{ONLY_NOW}",
    "Specific objective (2014-2020 Interreg and Interreg-IPA CBC only)",
    "Thematic objective (ENI-CBC only)",
    "Thematic objective (2014-2020 Interreg only)",
    "Investment priority (2014-2020 Interreg only)",
    "Thematic priority (2014-2020 Interreg-IPA CBC only)",
    *("Relevant precedent project", "Relevant subsequent project", "Linked project"),
    "Operation of strategic importance (OSI) or project above EUR 5 million",
    "Policy objective/Interreg specific objective",
    *_counted("Theme", 3),
    *("Number of partners", "ERDF Contribution (amount)", "ERDF Contribution (co-financing rate)"),
    "IPA/IPA II/IPA III Contribution (amount)",
    "IPA/IPA II/IPA III Contribution (co-financing rate)",
    "ENPI/ENI/NDICI Contribution (amount)",
    *_counted("ERDF equivalent amount", 3),
    *_counted("ERDF equivalent co-financing rate", 3),
    *_counted("ERDF equivalent source", 3),
    "Third country contribution",
    *_counted("Programme output indicator", 7, f" code and name{ONLY_NOW}"),
    *_counted("Programme output indicator", 7, f" measurement unit{ONLY_NOW}"),
    *(f"Project Outputs{ONLY_NOW}", f"Delivered output indicators{ONLY_NOW}"),
    "Expected outputs in English",
    *_counted("Expected outputs in language", 4, start=2),
    "Delivered outputs in English",
    *_counted("Delivered outputs in language", 4, start=2),
    *_counted("Programme result indicator", 8, f" code and name{ONLY_NOW}"),
    *_counted("Programme result indicator", 8, f" measurement unit{ONLY_NOW}"),
    f"Delivered result indicators{ONLY_NOW}",
    f"Project’s contribution to wider strategies and policies{ONLY_NOW}",
    "European Union MRSs to which the project contributes",
    "Priority area (EU macro-regional strategy, prior to 2021-2027)",
    "Degree of compliance (EU macro-regional strategy, prior to 2021-2027)",
    *_counted("Investment infrastructure number", 21),
    *_counted("Investment infrastructure name", 21),
    *_counted("Investment infrastructure cost", 21),
    "Infrastructure cost/budget (2014-2020 only)",
    *("Website", f"Project is small project{ONLY_NOW}", "Call serial number"),
)

PARTNERS = (
    *("Programme", f"Project ID{ONLY_NOW}", "Project acronym", "Organisation in English"),
    *_counted("Organisation in language", 4, start=2),
    *("Lead partner", "Type of Organisation", "Participant Identification Code"),
    *("Partner’s ID if not PIC", "Street", "Postal code", "Town", "Country", "Country code"),
    *("NUTS1 code (or equivalent)", "NUTS1 (or equivalent)"),
    *("NUTS2 code (or equivalent)", "NUTS2 (or equivalent)"),
    *("NUTS3 code (or equivalent)", "NUTS3 (or equivalent)"),
    *("Latitude", "Longitude", "Department", "Department country", "Department country code"),
    *("Town (department)", "Street (department)", "Postal code (department)"),
    *("Website", "Legal status"),
    f"Partner's programme co-financing (%){ONLY_NOW}",
    f"Partner's programme co-financing (EUR){ONLY_NOW}",
    f"Partner contribution to project budget (EUR){ONLY_NOW}",
    "Partner's total eligible budget / expenditure",
    *("ERDF contribution (2014-2020 only)", "ENPI/ENI contribution (2014-2020 only)"),
    *("IPA II contribution (2014-2020 only)", "GBER schemes / de minimis"),
    *_counted(f"Contractor's name{ONLY_NOW}", 49),
    *_counted(f"Contractor’s VAT registration or tax identification number{ONLY_NOW}", 49),
)


def write(
    path: Path,
    projects: Sequence[Record],
    partners: Sequence[Record],
    *,
    project_columns: Sequence[str] = PROJECTS,
    partner_columns: Sequence[str] = PARTNERS,
    sheet_names: tuple[str, str, str] = (
        "Info",
        "Search results, projects",
        "Search results, partners",
    ),
) -> Path:
    """A workbook of these rows; dates become dates, numbers numbers, texts stay texts."""
    options = {"constant_memory": True, "strings_to_numbers": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, {**options, "strings_to_formulas": False}) as workbook:
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        cover, *sheets = [workbook.add_worksheet(name) for name in sheet_names]
        cover.write_string(0, 0, "keep.eu")
        for sheet, columns, records in zip(
            sheets, (project_columns, partner_columns), (projects, partners), strict=True
        ):
            sheet.write_row(0, 0, columns)
            places = {name: place for place, name in enumerate(columns)}
            for number, record in enumerate(records, 1):
                for name, value in record.items():
                    if name in places and hasattr(value, "year"):
                        sheet.write_datetime(number, places[name], value, day)
                    elif name in places and isinstance(value, str):
                        sheet.write_string(number, places[name], value)
                    elif name in places and value is not None:
                        sheet.write(number, places[name], value)
    return path
