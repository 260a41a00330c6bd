"""Kohesio's exports in all their layouts: what the files say is what the store holds."""

import random
import string
from datetime import date, datetime

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from projectdata import paths
from projectdata.catalog import open_catalog
from projectdata.errors import DataError
from projectdata.queries.summary import measure_totals
from projectdata.selection import Selection
from tests.importers.layouts_kohesio import (
    BENEFICIARIES,
    COLUMNS_40,
    COLUMNS_44,
    ENTITY,
    LAYOUTS,
    SEARCH,
    operation,
    write_csv,
    write_xlsx,
)
from tests.importers.taking import take

RECONSTRUCTED = paths.home().parent / "shared" / "exports" / "reconstructed"


def money(total, eu="", currency="EUR"):
    return {
        "Total_Eligible_Expenditure_amount": total,
        "Total_Eligible_Expenditure_Currency": currency,
        "Project_EU_Budget": eu,
    }


def days(start="", end=""):
    return {"Operation_Start_Date": start, "Operation_End_Date": end}


def finnish(item, name, start, end, total, eu, fund, period):
    return operation(
        item,
        Operation_Name_English=name,
        Country="Finland",
        CountryCode="FI",
        **days(start, end),
        **money(total, eu),
        Fund_Code=fund,
        Programming_Period=period,
    )


FACTS = [
    operation(
        "Q7361953",
        Operation_Local_Identifier="2021SE05SFPR001_23-017-S01",
        Operation_Name_English="Gottsunda",
        Country="Sweden",
        CountryCode="SE",
        **days("04/09/2023"),
        Cofinancing_Rate="40.0",
        **money("337478.4", "134991.36"),
        Beneficiary_Unique_Identifier=f"{ENTITY}Q2757713",
        Beneficiary_Name="Uppsala kommun",
        Beneficiary_Local_Identifier="2120003005",
        Fund_Code="ESF+",
        Programming_Period="2021-2027",
    ),
    operation(
        "Q2787640",
        Operation_Local_Identifier="5.066.989",
        Operation_Name_English="COMPETITIVENESS TOOLING",
        Operation_Name_Programme_Language="ΕΡΓΑΛΕΙΟΘΗΚΗ ΑΝΤΑΓΩΝΙΣΤΙΚΟΤΗΤΑΣ",
        Country="Greece",
        CountryCode="EL",
        **days("19/12/2018", "13/04/2023"),
        **money("40000.0"),
        Beneficiary_Unique_Identifier=f"{ENTITY}Q2837172",
        Category_Of_Intervention="001",
        Thematic_Objective_ID="TO03",
        Fund_Code="ERDF",
        Programme_Code="2014GR16M2OP001",
        Location_Indicator_latitude_longitude="38.060632220344,23.729512890625",
        LAU_IDs="EL_49010101",
        LAU_Labels="Commune of Acharnes",
        NUTS2_Label="Aττική",
        NUTS2_Code="EL30",
        Region="Aττική",
        Programming_Period="2014-2020",
    ),
    operation(
        "Q232171",
        Operation_Name_English="AMN Productions Ltd - Feasibility",
        Country="Ireland",
        CountryCode="IE",
        **days("12/12/2014", "31/12/2015"),
        **money("4784", "2392"),
        Beneficiary_Unique_Identifier=f"{ENTITY}Q2531369",
        NUTS3_Code="IE061",
        Programming_Period="2014-2020",
    ),
    operation(
        "Q7361365",
        Country="Ireland",
        CountryCode="IE",
        **money("344085.25", "172042.62"),
        Beneficiary_Name="Tipperary County Council",
        Fund_Code="JTF",
        Programming_Period="2021-2027",
    ),
    operation(
        "Q7361374",
        Operation_Name_English="Tourism Learning Network",
        Country="Ireland",
        CountryCode="IE",
        **money("0", "0"),
        LAU_Labels="Roscommon|Galway City Central|Cashel-Tipperary|Kildare|Portlaoise|Longford",
        Programming_Period="2021-2027",
    ),
    finnish("Q3757590", "Reciprocating plant", "01/05/2015", "31/07/2018", "1584000", "694000",
            "ESF", "2014-2020"),
    finnish("Q3757415", "Topi parallel project", "01/02/2016", "30/06/2019", "1150000", "500000",
            "ESF", "2014-2020"),
    finnish("Q3757214", "Sokra", "01/10/2014", "30/09/2022", "8494046", "3794929",
            "ESF", "2014-2020"),
    finnish("Q7441479", "Coordination for Equal Inclusion", "01/04/2023", "31/03/2026", "2979078",
            "1787447", "ESF+", "2021-2027"),
]  # fmt: skip
EXPECTED = {
    "Q7361953": (date(2023, 9, 4), None, 337478.4, 134991.36, "esf-plus", "2021-2027", "SE"),
    "Q2787640": (
        *(date(2018, 12, 19), date(2023, 4, 13), 40000.0, None),
        *("erdf", "2014-2020", "GR"),
    ),
    "Q232171": (date(2014, 12, 12), date(2015, 12, 31), 4784.0, 2392.0, None, "2014-2020", "IE"),
    "Q7361365": (None, None, 344085.25, 172042.62, "jtf", "2021-2027", "IE"),
    "Q7361374": (None, None, 0.0, 0.0, None, "2021-2027", "IE"),
    "Q3757590": (date(2015, 5, 1), date(2018, 7, 31), 1584000, 694000, "esf", "2014-2020", "FI"),
    "Q3757415": (date(2016, 2, 1), date(2019, 6, 30), 1150000, 500000, "esf", "2014-2020", "FI"),
    "Q3757214": (date(2014, 10, 1), date(2022, 9, 30), 8494046, 3794929, "esf", "2014-2020", "FI"),
    "Q7441479": (
        *(date(2023, 4, 1), date(2026, 3, 31), 2979078, 1787447),
        *("esf-plus", "2021-2027", "FI"),
    ),
}


def told(taken):
    """What the store says of each operation: start, end, total, EU, fund, period, country."""
    projects = {row["project_id"]: row for row in taken.rows("projects")}
    periods = {row["project_id"]: row for row in taken.rows("periods")}
    amounts = {(row["project_id"], row["measure"]): row["amount"] for row in taken.rows("amounts")}
    countries = {row["project_id"]: row["country"] for row in taken.rows("places")}
    return {
        row["code"]: (
            periods.get(name, {}).get("start_date"),
            periods.get(name, {}).get("end_date"),
            amounts.get((name, "total_budget")),
            amounts.get((name, "eu_contribution")),
            row["fund"],
            row["programming_period"],
            countries[name],
        )
        for name, row in projects.items()
    }


@pytest.fixture(scope="module", params=LAYOUTS)
def gold(request, tmp_path_factory):
    """The real facts in a file of one layout, imported."""
    folder = tmp_path_factory.mktemp("gold")
    file = write_csv(folder / "latest_XX.csv", LAYOUTS[request.param], FACTS)
    return take("kohesio", folder / "store", file)


@pytest.fixture
def imported(tmp_path):
    """Import rows of a projects export, of 44 columns where nothing else is said."""

    def take_rows(*rows, columns=COLUMNS_44, name="SE-pp21-27-20260924.csv"):
        return take("kohesio", tmp_path / "store", write_csv(tmp_path / name, columns, rows))

    return take_rows


def test_every_layout_tells_the_same_facts(gold):
    assert told(gold) == EXPECTED


def test_every_row_is_kept_and_the_sums_are_those_of_the_file(gold):
    report = gold.report
    assert (report.rows_read, report.rows_kept) == (len(FACTS), len(FACTS))
    assert (report.rows_merged, report.rows_refused, report.refused) == (0, 0, ())
    assert report.sums == {
        "total_budget": pytest.approx(sum(fact[2] for fact in EXPECTED.values())),
        "eu_contribution": pytest.approx(sum(fact[3] or 0 for fact in EXPECTED.values())),
    }
    assert report.columns_unknown == ()


def test_empty_and_zero_keep_their_state(gold):
    def state(item, measure):
        row = gold.row("amounts", project_id=f"kohesio-{item}", measure=measure)
        return row["state"], row["amount_eur"]

    assert state("q2787640", "eu_contribution") == ("not_published", None)
    assert state("q7361374", "eu_contribution") == ("zero", 0)
    assert state("q7361374", "total_budget") == ("zero", 0)
    assert state("q7361953", "eu_contribution") == ("published", 134991.36)


def test_the_title_in_the_programme_language_is_kept_and_the_machine_title_marked(gold):
    greek = gold.row("projects", code="Q2787640")
    assert (greek["name_en"], greek["name_en_basis"]) == ("COMPETITIVENESS TOOLING", "machine")
    assert greek["name_original"] == "ΕΡΓΑΛΕΙΟΘΗΚΗ ΑΝΤΑΓΩΝΙΣΤΙΚΟΤΗΤΑΣ"
    assert greek["original_language"] == "el"
    irish = gold.row("projects", code="Q232171")
    assert irish["name_en_basis"] == "stated"


def test_a_store_opens_beside_the_curated_data(gold, tiny_folder):
    alone, both = open_catalog(tiny_folder), open_catalog(tiny_folder, gold.store)
    everything = Selection(chosen=(("relevance", ("social", "other")),))
    before = alone.rows(measure_totals, Selection())["projects"].iloc[0]
    after = both.rows(measure_totals, everything)["projects"].iloc[0]
    assert after == before + len(FACTS)


def test_missing_and_unknown_columns_are_reported(imported):
    columns = tuple(name for name in COLUMNS_40 if name != "Fund_Code")
    row = operation("Q1", Country="Italy", Region3="Roma|Milano", NUTS3_Code="ITI43|ITC4C")
    taken = imported(row, columns=(*columns, "Region3", "Something New"))
    assert taken.report.columns_missing == ("Fund_Code",)
    assert taken.report.columns_unknown == ("Something New",)
    places = {place["nuts3"]: place["name"] for place in taken.rows("places")}
    assert places == {"ITI43": "Roma", "ITC4C": "Milano"}


def test_a_workbook_tells_what_the_csv_tells(tmp_path):
    rows = [dict(row) for row in FACTS]
    typed = []
    for row in rows:
        cells = dict(row)
        for name in ("Operation_Start_Date", "Operation_End_Date"):
            if cells.get(name):
                cells[name] = datetime.strptime(cells[name], "%d/%m/%Y")
        for name in ("Total_Eligible_Expenditure_amount", "Project_EU_Budget"):
            if cells.get(name):
                cells[name] = float(cells[name])
        typed.append(cells)
    file = write_xlsx(tmp_path / "projects_2025-02-15_IT.xlsx", COLUMNS_40, typed)
    assert told(take("auto", tmp_path / "store", file)) == EXPECTED


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["projects first", "beneficiaries first"])
def test_a_layout_without_beneficiaries_takes_their_names_from_the_other_file(tmp_path, order):
    files = [
        write_csv(tmp_path / "SE-latest.csv", LAYOUTS["41 columns"], FACTS[:1]),
        write_csv(
            tmp_path / "beneficiaries.csv",
            BENEFICIARIES,
            [
                {
                    "Beneficiary": f"{ENTITY}Q2757713",
                    "BeneficiaryLabel": "Uppsala kommun",
                    "Website": "https://www.uppsala.se",
                },
                {"Beneficiary": f"{ENTITY}Q2752704", "BeneficiaryLabel": "ARHITECTIS TRUST S.R.L."},
            ],
        ),
    ]
    taken = take("kohesio", tmp_path / "store", *(files[place] for place in order))
    assert taken.report.rows_read == 1
    town = taken.row("organisations")
    assert (town["organisation_id"], town["name_original"]) == (
        "kohesio-q2757713",
        "Uppsala kommun",
    )
    assert (town["country"], town["url"]) == ("SE", "https://www.uppsala.se")


def test_the_list_of_beneficiaries_alone_is_no_import(tmp_path):
    file = write_csv(tmp_path / "beneficiaries.csv", BENEFICIARIES, [])
    with pytest.raises(DataError, match="no row could be taken"):
        take("kohesio", tmp_path / "store", file)


def test_the_beneficiary_of_a_row_has_its_number_and_country(gold):
    town = gold.row("organisations", organisation_id="kohesio-q2757713")
    missing = gold.report.columns_missing
    has_name, has_number = (
        column not in missing for column in ("Beneficiary_Name", "Beneficiary_Local_Identifier")
    )
    assert town["country"] == "SE"
    assert town["name_original"] == ("Uppsala kommun" if has_name else None)
    assert town["business_id"] == ("2120003005" if has_number else None)
    seats = gold.rows("participations", organisation_id="kohesio-q2757713")
    assert [(seat["project_id"], seat["role"]) for seat in seats] == [
        ("kohesio-q7361953", "beneficiary")
    ]


SEARCHED = [
    {
        "ID": f"{ENTITY}Q3757214",
        "PROJECT NAME": "Sokra",
        "TOTAL BUDGET": "8494046",
        "AMOUNT EU SUPPORT": "3794929",
        "START DATE": "2014-10-01",
        "END DATE": "2022-09-30",
        "COUNTRY": "FI",
        "SUMMARY": "Co-ordination of social inclusion",
    },
    {
        "ID": f"{ENTITY}Q42",
        "PROJECT NAME": "Bridge",
        "TOTAL BUDGET": "100.5|100.5",
        "AMOUNT EU SUPPORT": "",
        "START DATE": "2016-01-01|2016-01-01",
        "COUNTRY": "IT|FR",
    },
]


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_the_download_of_a_search_is_read(tmp_path, write):
    suffix = "csv" if write is write_csv else "xlsx"
    taken = take(
        "kohesio",
        tmp_path / "store",
        write(tmp_path / f"project_export.{suffix}", SEARCH, SEARCHED),
    )
    sokra = taken.row("projects", code="Q3757214")
    assert (sokra["name_en"], sokra["summary_en"]) == ("Sokra", "Co-ordination of social inclusion")
    assert taken.row("periods", project_id="kohesio-q3757214")["end_date"] == date(2022, 9, 30)
    assert taken.report.sums == {"total_budget": 8494146.5, "eu_contribution": 3794929.0}
    assert taken.row("projects", code="Q42")["scope"] == "cross-border"
    assert {p["country"] for p in taken.rows("places", project_id="kohesio-q42")} == {"IT", "FR"}


def test_the_open_data_portal_has_small_letters_and_times(imported):
    rows = [{name.lower(): value for name, value in FACTS[5].items()}]
    rows[0] |= {
        "operation_start_date": "2015-05-01T00:00:00.000",
        "operation_end_date": "2018-07-31T00:00:00.000",
    }
    taken = imported(*rows, columns=tuple(name.lower() for name in COLUMNS_40))
    assert told(taken) == {"Q3757590": EXPECTED["Q3757590"]}


def test_rows_of_one_operation_become_one_and_their_places_stand_together(imported):
    row = {"Country": "Finland", "CountryCode": "FI", **money("100", "50")}
    taken = imported(
        operation("Q5", **row, Location_Indicator_latitude_longitude="60.17,24.94"),
        operation("Q6", **row),
        operation("Q5", **row, Location_Indicator_latitude_longitude="61.50,23.76"),
        operation("Q5", **row, Location_Indicator_latitude_longitude="60.17,24.94"),
    )
    report = taken.report
    assert (report.rows_read, report.rows_kept, report.rows_merged) == (4, 2, 2)
    assert report.sums == {"total_budget": 200.0, "eu_contribution": 100.0}
    places = taken.rows("places", project_id="kohesio-q5")
    assert [(place["latitude"], place["longitude"]) for place in places] == [
        (60.17, 24.94),
        (61.5, 23.76),
    ]


def test_rows_of_a_large_file_keep_their_numbers_and_the_first_of_an_operation_stands(tmp_path):
    # The reader takes a large file by pieces of 16 million bytes, two at a time.
    long = {"Country": "Finland", "Operation_Summary_English": "wind " * 20_000}
    rows = [
        operation(f"Q{number % 350}", **long, Operation_Name_English=f"Row {number + 2}")
        for number in range(700)
    ]
    for number in (20, 300, 640):
        rows[number]["Operation_Start_Date"] = f"day {number + 2}"
    taken = take("kohesio", tmp_path / "store", write_csv(tmp_path / "f.csv", COLUMNS_40, rows))
    assert [row["row"] for row in taken.report.refused] == [22, 302, 642]
    named = {row["project_id"]: row["name_en"] for row in taken.rows("projects")}
    first = {f"kohesio-q{number}": f"Row {number + 2}" for number in range(350)}
    # Of two operations the first row is refused, so the second stands.
    assert named == first | {"kohesio-q20": "Row 372", "kohesio-q300": "Row 652"}


def test_an_operation_of_two_files_counts_once(tmp_path):
    row = operation("Q5", Country="Finland", **money("100"))
    files = [write_csv(tmp_path / f"{name}.csv", COLUMNS_40, [row]) for name in ("one", "two")]
    report = take("kohesio", tmp_path / "store", *files).report
    assert (report.rows_read, report.rows_kept, report.rows_merged) == (2, 1, 1)
    assert report.sums == {"total_budget": 100.0}


SPOTS = {
    "as documented": ("38.060632220344,23.729512890625", "GR", 38.060632220344, 23.729512890625),
    "swapped": ("24.94,60.17", "FI", 60.17, 24.94),
    "with a space": ("60.17, 24.94", "FI", 60.17, 24.94),
    "swapped and west": ("-3.70,40.42", "ES", 40.42, -3.70),
    "abroad stays": ("48.85,2.35", "FI", 48.85, 2.35),
    "no such spot": ("200,300", "FI", None, None),
    "words": ("somewhere", "FI", None, None),
    "one number": ("60.17", "FI", None, None),
    "three numbers": ("60.17,24.94,3", "FI", None, None),
}
SPELLINGS = {
    "337478.4": 337478.4,
    "31500000,00": 31500000,
    "1 234,56 €": 1234.56,
    "1.234,56": 1234.56,
    "1,234.56": 1234.56,
    "1.234.567": 1234567,
    "EUR 12": 12,
}
CATEGORIES = {"55.0": "055", "001|112.0": "112", "117.0": None}
WRONG = {
    "start": (days("13/25/2020"), "13/25/2020"),
    "end": (days("", "30/02/2018"), "30/02/2018"),
    "total": (money("abc"), "abc"),
    "below zero": (money("5", "-7"), "-7"),
    "identifier": ({"Operation_Unique_Identifier": "17"}, "17"),
    "no identifier": ({"Operation_Unique_Identifier": ""}, "identifier"),
    "header again": (dict(zip(COLUMNS_44, COLUMNS_44, strict=True)), "header"),
}
FINLAND = {"Country": "Finland", "CountryCode": "FI"}
ODD = [
    operation(
        "Q5",
        **FINLAND,
        Location_Indicator_latitude_longitude="60.17,24.94|61.50,23.76",
        LAU_Labels="Helsinki|Tampere",
        NUTS3_Code="FI1B1|FI197",
        NUTS3_Label="Helsinki-Uusimaa|Pirkanmaa",
    ),
    operation("Q11", CountryCode="EL", NUTS3_Code="EL301"),
    operation("Q12", CountryCode="UK", NUTS3_Code="UKN06"),
    operation("Q13", Country="Czech Republic"),
    operation("Q14", Country="Italy|France"),
    operation("Q15", **FINLAND, **days("01/02/2020", "31/01/2020")),
    operation(
        "Q16",
        **FINLAND,
        Operation_Name_English=" Care &amp; work_x000D_ ",
        Operation_Name_Programme_Language="Hoivaa, “työtä”\nja &quot;apua&quot;",
        Operation_Summary_English="One_x000D_\ntwo",
    ),
    operation("Q17", CountryCode="SE", **money("1000", currency="SEK")),
    *(
        operation(f"Q10{n}", CountryCode=country, Location_Indicator_latitude_longitude=written)
        for n, (written, country, *_) in enumerate(SPOTS.values())
    ),
    *(
        operation(f"Q20{n}", CountryCode="FI", **money(written))
        for n, written in enumerate(SPELLINGS)
    ),
    *(
        operation(
            f"Q30{n}",
            CountryCode="FI",
            Programming_Period="2014-2020",
            Category_Of_Intervention=written,
        )
        for n, written in enumerate(CATEGORIES)
    ),
    *(
        operation(f"Q40{n}", CountryCode="FI") | cells
        for n, (cells, _) in enumerate(WRONG.values())
    ),
    operation("Q6", **FINLAND),
]


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    """A file of what is odd in the exports, imported."""
    folder = tmp_path_factory.mktemp("odd")
    file = write_csv(folder / "XX-pp21-27-20260924.csv", COLUMNS_44, ODD, newline="\r\n")
    return take("kohesio", folder / "store", file)


def test_lists_in_cells_belong_together_by_their_place(odd):
    places = odd.rows("places", project_id="kohesio-q5")
    assert sorted((p["name"], p["nuts3"], p["latitude"]) for p in places) == [
        ("Helsinki", "FI1B1", 60.17),
        ("Tampere", "FI197", 61.5),
    ]
    assert odd.row("places", nuts3="FI197")["wellbeing_county"] == "pirkanmaa"
    assert odd.row("places", nuts3="FI1B1")["wellbeing_county"] is None
    assert odd.row("regions", region="FI197")["label_en"] == "Pirkanmaa"


@pytest.mark.parametrize("number", range(len(SPOTS)), ids=list(SPOTS))
def test_latitude_comes_first_unless_only_the_other_order_lies_in_the_country(odd, number):
    _, country, latitude, longitude = list(SPOTS.values())[number]
    place = odd.row("places", project_id=f"kohesio-q10{number}")
    assert (place["latitude"], place["longitude"]) == (latitude, longitude)
    assert place["country"] == country
    assert place["place_basis"] == ("stated" if latitude else None)
    assert place["precision"] == ("municipality" if latitude else "country")


def test_codes_of_countries_are_those_of_iso(odd):
    found = {(p["project_id"][-3:], p["country"]) for p in odd.rows("places")}
    assert found >= {
        *(("q11", "GR"), ("q12", "GB"), ("q13", "CZ")),
        *(("q14", "IT"), ("q14", "FR")),
    }
    assert odd.row("projects", code="Q14")["scope"] == "cross-border"


@pytest.mark.parametrize("number", range(len(CATEGORIES)), ids=list(CATEGORIES))
def test_official_categories_lose_what_a_spreadsheet_did_to_them(odd, number):
    code = list(CATEGORIES.values())[number]
    evidence = [row["evidence"] for row in odd.rows("lens", record_id=f"kohesio-q30{number}")]
    assert [code in words for words in evidence] == ([True] if code else [])


def test_an_end_before_the_start_is_told_and_not_drawn(odd):
    period = odd.row("periods", project_id="kohesio-q15")
    assert (period["start_date"], period["end_date"]) == (date(2020, 2, 1), date(2020, 1, 31))
    assert period["is_displayed"] is False
    assert "before the start" in period["note_en"]


def test_text_loses_what_spreadsheets_and_pages_leave_behind(odd):
    project = odd.row("projects", code="Q16")
    assert project["name_en"] == "Care & work"
    assert project["name_original"] == project["name_fi"] == 'Hoivaa, “työtä”\nja "apua"'
    assert project["summary_en"] == "One\ntwo"


@pytest.mark.parametrize("number", range(len(SPELLINGS)), ids=list(SPELLINGS))
def test_amounts_are_read_in_every_spelling(odd, number):
    total = odd.row("amounts", project_id=f"kohesio-q20{number}", measure="total_budget")
    assert total["amount_eur"] == pytest.approx(list(SPELLINGS.values())[number])


def test_another_currency_is_not_called_euros(odd):
    total = odd.row("amounts", project_id="kohesio-q17", measure="total_budget")
    assert (total["amount"], total["currency"], total["amount_eur"]) == (1000, "SEK", None)
    assert odd.report.sums == {"total_budget": pytest.approx(sum(SPELLINGS.values()))}


@pytest.mark.parametrize("number", range(len(WRONG)), ids=list(WRONG))
def test_a_row_that_cannot_be_true_is_refused_with_its_number(odd, number):
    refused = odd.report.refused[number]
    first = len(ODD) - len(WRONG) + 1
    assert (refused["file"], refused["row"]) == ("XX-pp21-27-20260924.csv", first + number)
    assert list(WRONG.values())[number][1] in refused["reason"]


def test_rows_beside_refused_ones_are_kept(odd):
    report = odd.report
    assert (report.rows_read, report.rows_refused) == (len(ODD), len(WRONG))
    assert report.rows_kept == len(ODD) - len(WRONG)
    assert odd.rows("projects", code="Q6")


def test_the_day_of_a_file_is_the_day_of_its_amounts(odd):
    total = odd.row("amounts", project_id="kohesio-q200", measure="total_budget")
    assert total["as_of"] == date(2026, 9, 24)
    source = odd.row("sources")
    assert source["published"] == date(2026, 9, 24)
    assert "XX-pp21-27-20260924.csv" in source["title"]


@pytest.mark.parametrize("name", ["latest_XX_2023_33cols", "pp14-20_40cols", "pp21-27_44cols"])
def test_reconstructed_files_import_whole(tmp_path, name):
    file = RECONSTRUCTED / f"RECONSTRUCTED_kohesio_{name}.csv"
    if not file.exists():
        pytest.skip("the reconstructed files are not beside this checkout")
    taken = take("auto", tmp_path / "store", file)
    assert taken.report.rows_kept == taken.report.rows_read > 0
    assert {code: EXPECTED[code] for code in told(taken)} == told(taken)


LETTERS = string.ascii_letters + string.digits + "äöåéΕλбж čř\"',;|\n-–/.:()"
words = st.text(LETTERS, max_size=40).map(lambda text: f"Care {text} x")
amount = st.none() | st.just(0.0) | st.integers(1, 10**13).map(lambda cents: cents / 100)
spot = st.tuples(st.integers(59_000, 69_000), st.integers(21_000, 31_000))
records = st.lists(
    st.fixed_dictionaries(
        {
            "item": st.integers(1, 10**9),
            "name": st.none() | words,
            "english": st.none() | words,
            "start": st.none() | st.dates(date(1990, 1, 1), date(2035, 1, 1)),
            "end": st.none() | st.dates(date(1990, 1, 1), date(2035, 1, 1)),
            "total": amount,
            "eu": amount,
            "spots": st.lists(spot, max_size=3, unique=True),
            "fund": st.sampled_from(["ESF", "ESF+", "ERDF", "JTF", ""]),
            "period": st.sampled_from(["2014-2020", "2021-2027"]),
            "repeated": st.booleans(),
        }
    ),
    min_size=1,
    max_size=40,
    unique_by=lambda record: record["item"],
)


def rows_of(record):
    """The rows of a file that tell of a record: with its places in one row, or a row a place."""
    row = operation(
        f"Q{record['item']}",
        Operation_Name_English=record["english"] or "",
        Operation_Name_Programme_Language=record["name"] or "",
        Country="Finland",
        CountryCode="FI",
        **days(*(f"{day:%d/%m/%Y}" if day else "" for day in (record["start"], record["end"]))),
        **money(
            *("" if cell is None else f"{cell:.2f}" for cell in (record["total"], record["eu"]))
        ),
        Fund_Code=record["fund"],
        Programming_Period=record["period"],
    )
    spots = [f"{north / 1000},{east / 1000}" for north, east in record["spots"]]
    parts = spots if record["repeated"] and spots else ["|".join(spots)]
    return [row | {"Location_Indicator_latitude_longitude": part} for part in parts]


# An import is too slow to be tried a thousand times for a smaller example.
@settings(max_examples=6, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(records, st.sampled_from(list(LAYOUTS)), st.randoms(use_true_random=False), st.booleans())
def test_what_is_written_is_read_back_in_any_order(tmp_path_factory, wrote, layout, chance, is_bad):
    columns, rows = list(LAYOUTS[layout]), [row for record in wrote for row in rows_of(record)]
    if is_bad:
        rows.append(operation("Q0", CountryCode="FI", **days("31/02/2020")))
    chance.shuffle(columns)
    chance.shuffle(rows)
    folder = tmp_path_factory.mktemp("back")
    taken = take("kohesio", folder / "store", write_csv(folder / "XX.csv", columns, rows))

    report = taken.report
    assert report.rows_read == len(rows)
    assert report.rows_refused == int(is_bad)
    assert report.rows_kept == len(wrote)
    assert report.rows_read == report.rows_kept + report.rows_merged + report.rows_refused
    for measure, cell in (("total_budget", "total"), ("eu_contribution", "eu")):
        expected = sum(record[cell] or 0 for record in wrote)
        assert report.sums.get(measure, 0) == pytest.approx(expected, abs=0.01)

    projects = {row["code"]: row for row in taken.rows("projects")}
    assert set(projects) == {f"Q{record['item']}" for record in wrote}
    periods = {row["project_id"]: row for row in taken.rows("periods")}
    amounts = {(row["project_id"], row["measure"]): row for row in taken.rows("amounts")}
    spots = {}
    for place in taken.rows("places"):
        point = (place["latitude"], place["longitude"])
        spots.setdefault(place["project_id"], set()).add(point)
    for record in wrote:
        project = projects[f"Q{record['item']}"]
        name = project["project_id"]
        assert project["name_original"] == (record["name"] or record["english"])
        assert project["name_en"] == record["english"]
        period = periods.get(name, {})
        assert period.get("start_date") == record["start"]
        assert period.get("end_date") == record["end"]
        for measure, cell in (("total_budget", "total"), ("eu_contribution", "eu")):
            found, said = amounts[name, measure], record[cell]
            assert found["amount_eur"] == said
            state = "not_published" if said is None else "published" if said else "zero"
            assert found["state"] == state
        said = {(north / 1000, east / 1000) for north, east in record["spots"]}
        assert spots[name] == (said or {(None, None)})


def test_the_order_of_columns_and_rows_does_not_matter(tmp_path):
    columns, rows = list(COLUMNS_44), list(FACTS)
    mixed = random.Random(4)
    mixed.shuffle(columns)
    mixed.shuffle(rows)
    file = write_csv(tmp_path / "mixed.csv", columns, rows)
    assert told(take("kohesio", tmp_path / "store", file)) == EXPECTED
