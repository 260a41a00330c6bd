"""A store with a small Kohesio import, for tests of pages over imported projects."""

from pathlib import Path

from tests.importers.layouts_kohesio import COLUMNS_44, operation, write_csv
from tests.importers.taking import take

COMMON = {
    "Operation_Start_Date": "01/02/2019",
    "Operation_End_Date": "31/12/2021",
    "Total_Eligible_Expenditure_Currency": "EUR",
    "Total_Eligible_Expenditure_amount": "100000.50",
    "Fund_Code": "ESF",
    "Programme_Code": "2014IT05SFOP999",
    "Programme_Name": "ESF of the tests",
    "Programming_Period": "2014-2020",
    "Country": "Italy",
    "CountryCode": "IT",
}
CARE = operation(
    "Q900001",
    Operation_Name_English="Care at home for older people of the valley",
    Operation_Name_Programme_Language="Assistenza domiciliare per anziani della valle",
    Operation_Summary_English="Helpers visit older people every day.",
    Category_Of_Intervention="112",
    **COMMON,
)
SHELTER = operation(
    "Q900002",
    Operation_Name_English="Shelter for the homeless",
    Operation_Name_Programme_Language="Un tetto per tutti",
    Category_Of_Intervention="101",
    **COMMON,
)
ROADS = [
    operation(
        f"Q90001{place}",
        Operation_Name_English=f"Asphalt for road {place}",
        Operation_Name_Programme_Language=f"Asfalto per la strada {place}",
        Category_Of_Intervention="034",
        **COMMON,
    )
    for place in range(5)
]
LAPLAND = operation(
    "Q3749304",
    **COMMON
    | {
        "Operation_Name_English": "Lapland Sote Savotta",
        "Operation_Name_Programme_Language": "LAPIN SOTE-SAVOTTA",
        "Total_Eligible_Expenditure_amount": "1504960",
        "Country": "Finland",
        "CountryCode": "FI",
    },
)
"""A record of a project that is curated too."""

NO_DAY = operation("Q900099", **COMMON | {"Operation_Start_Date": "30/02/2019"})
ROWS = [CARE, SHELTER, *ROADS, LAPLAND, NO_DAY]


def imported_store(folder: Path) -> Path:
    """Write the file, import it, and give the store."""
    file = write_csv(folder / "operations.csv", COLUMNS_44, ROWS)
    return take("kohesio", folder / "store", file).store
