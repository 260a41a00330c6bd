"""The keep.eu workbook: what its two sheets say is what the store holds."""

import csv
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projectdata import paths
from projectdata.catalog import open_catalog
from projectdata.errors import DataError
from projectdata.importers.keep import programme
from projectdata.queries.summary import counts, measure_totals
from projectdata.selection import Selection
from tests.importers.layouts_keep import PARTNERS, PROJECTS, write
from tests.importers.taking import take

REAL = (
    paths.home().parent
    / "shared/exports/reconstructed/RECONSTRUCTED_keep_eu_project_search_results.xlsx"
)

NORTH_SEA = "2014 - 2020 INTERREG VB North Sea"
POCTEP = "2014 - 2020 INTERREG V-A Spain - Portugal (POCTEP)"
BLACK_SEA = "2021 - 2027 NEXT Black Sea Basin"
ID, TOTAL, EU = (
    "Project ID (2021-2027 only)",
    "Project's total budget / expenditure",
    "Project's EU funding",
)

COBEN = {
    "Period": "2014-2020",
    "Programme": NORTH_SEA,
    "Project acronym": "COBEN",
    "Project name in English": "Delivering Community Benefits",
    "Project name in language 2": "Gemeinschaftlicher Nutzen",
    "Description in English": "Line one.\nLine „two“, with commas & signs.",
    TOTAL: 2349367.02,
    EU: 1879493.6,
    "Union co-financing rate": "80%",
    "Contributing EU funds": "ERDF",
    "Project start": date(2016, 1, 1),
    "Project end": "N.a.",
    "Theme 1": "Social inclusion and equal opportunities",
    "Theme 2": "Demographic change and immigration",
    "Website": "www.northsearegion.eu/coben",
}
POCTEP_PROJECT = {
    "Period": "2014-2020",
    "Programme": POCTEP,
    "Project acronym": "0445_4IE_4_P",
    "Project name in English": "Instituto Internacional",
    TOTAL: 1346288,
    EU: 0,
    "Project start": date(2015, 10, 1),
    "Project end": date(2019, 12, 31),
    "ERDF Contribution (amount)": 1009716,
    "IPA/IPA II/IPA III Contribution (amount)": 5,
}
NATURE = {
    "Period": "2021-2027",
    "Programme": BLACK_SEA,
    ID: "BSB00963",
    "Project acronym": "ALL4NATURE",
    "Project name in English": "All for nature",
    TOTAL: "N.a.",
    EU: 321464.80,
    "ENPI/ENI/NDICI Contribution (amount)": 321464.80,
}
UPPSALA = {
    "Programme": NORTH_SEA,
    "Project acronym": " coben ",
    "Organisation in English": "Uppsala Municipality",
    "Organisation in language 2": "Uppsala kommun",
    "Lead partner": "No",
    "Type of Organisation": "Local public authority",
    "Participant Identification Code": 951881080,
    "Town": "Uppsala",
    "Country": "Sweden",
    "Country code": "SE",
    "NUTS1 code (or equivalent)": "SE1",
    "NUTS1 (or equivalent)": "Östra Sverige",
    "NUTS2 code (or equivalent)": "SE12",
    "NUTS2 (or equivalent)": "Östra Mellansverige",
    "NUTS3 code (or equivalent)": "SE121",
    "NUTS3 (or equivalent)": "Uppsala län",
    "Latitude": 59.8586,
    "Longitude": 17.6389,
    "Department": "Unit abroad",
    "Department country code": "NO",
    "Website": "http://www.uppsala.se",
    "Contractor's name (2021-2027 only) 1": "Jane Doe",
}
OLDENBURG = {
    "Programme": NORTH_SEA,
    "Project acronym": "COBEN",
    "Organisation in English": "University of Oldenburg",
    "Lead partner": "Yes",
    "Type of Organisation": "Higher education and research organisations",
    "Country code": "DE",
    "Latitude": 0,
    "Longitude": 0,
}
TARNOVO = {
    "Programme": BLACK_SEA,
    ID: "bsb00963",
    "Organisation in language 2": "Община Малко Търново",
    "Lead partner": "Yes",
    "Partner’s ID if not PIC": "BG000057086 | 000057086 | Registry number (EN)",
    "Country code": "BG",
}
ATHENS = {
    "Programme": POCTEP,
    "Project acronym": "0445_4IE _4_P",
    "Organisation in English": "Athens Works",
    "Lead partner": "No",
    "Partner’s ID if not PIC": "N/A | 17590372",
    "Country": "Greece",
    "Country code": "EL",
}
STRANGER = {
    "Programme": "2007 - 2013 Spain - Portugal (ES-PT)",
    "Project acronym": "0544_ADLA _4_P",
    "Organisation in English": "Rede de Turismo",
    "Lead partner": "No",
}


@pytest.fixture(scope="module")
def gold(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gold")
    path = write(
        folder / "keep.xlsx",
        [COBEN, POCTEP_PROJECT, NATURE],
        [UPPSALA, OLDENBURG, TARNOVO, ATHENS, STRANGER],
    )
    return take("auto", folder / "store", path)


def one(tmp_path, project, *partners, **options):
    path = write(tmp_path / "keep.xlsx", [project], partners, **options)
    return take("keep", tmp_path / "store", path)


def test_the_layout_has_as_many_columns_as_the_full_export():
    assert (len(set(PROJECTS)), len(set(PARTNERS))) == (197, 138)


def test_rows_of_both_sheets_are_kept_merged_or_refused(gold):
    report = gold.report
    assert (report.rows_read, report.rows_kept, report.rows_merged, report.rows_refused) == (
        *(8, 3, 4),
        1,
    )
    assert report.columns_unknown == report.columns_missing == ()
    assert report.sums == {"eu_contribution": 2200958.4, "total_budget": 3695655.02}


def test_a_partner_without_its_project_is_refused_with_row_and_reason(gold):
    (refused,) = gold.report.refused
    assert (refused["file"], refused["row"]) == ("keep.xlsx", 6)
    assert "“0544_ADLA _4_P”" in refused["reason"]
    assert "“2007 - 2013 Spain - Portugal (ES-PT)”" in refused["reason"]


def test_a_project_keeps_what_its_row_says(gold):
    row = gold.row("projects", acronym="COBEN")
    assert row["project_id"] == "keep-2014-2020-interreg-vb-north-sea-coben"
    assert (row["code"], row["code_scheme"]) == ("COBEN", "keep")
    assert (row["name_en"], row["name_en_basis"]) == ("Delivering Community Benefits", "stated")
    assert (row["name_original"], row["original_language"]) == (row["name_en"], "en")
    assert row["summary_en"] == COBEN["Description in English"]
    assert (row["collection"], row["fund"], row["scope"]) == ("interreg", "erdf", "transnational")
    assert row["url"] == "http://www.northsearegion.eu/coben"
    assert "gemeinschaftlicher nutzen" in row["_words"]


def test_a_project_of_today_has_its_number_as_code(gold):
    row = gold.row("projects", acronym="ALL4NATURE")
    assert row["project_id"] == "keep-2021-2027-next-black-sea-basin-bsb00963"
    assert (row["code"], row["fund"]) == ("BSB00963", "eni")


def test_a_name_that_loses_letters_in_an_address_gets_a_digest(gold):
    row = gold.row("projects", code="0445_4IE_4_P")
    assert row["project_id"].startswith(
        "keep-2014-2020-interreg-v-a-spain-portugal-poctep-0445-4ie-4-p-"
    )
    assert (row["scope"], row["fund"]) == ("cross-border", "several")


def test_a_curated_programme_is_recognised_and_another_named_by_itself(gold):
    assert gold.row("projects", acronym="COBEN")["programme_id"] == "interreg-north-sea-2014-2020"
    other = gold.row("projects", acronym="ALL4NATURE")
    assert other["programme_id"] == "2021-2027-next-black-sea-basin"
    assert gold.row("programmes", programme_id=other["programme_id"])["label_en"] == BLACK_SEA


def test_empty_zero_and_published_amounts_stay_apart(gold):
    ids = {row["acronym"]: row["project_id"] for row in gold.rows("projects")}
    states = {
        (row["project_id"], row["measure"]): (row["state"], row["amount_eur"])
        for row in gold.rows("amounts")
    }
    assert states[ids["COBEN"], "total_budget"] == ("published", 2349367.02)
    assert states[ids["0445_4IE_4_P"], "eu_contribution"] == ("zero", 0)
    assert states[ids["ALL4NATURE"], "total_budget"] == ("not_published", None)


def test_dates_are_days_and_a_missing_end_is_missing(gold):
    ids = {row["acronym"]: row["project_id"] for row in gold.rows("projects")}
    periods = {
        row["project_id"]: (row["start_date"], row["end_date"]) for row in gold.rows("periods")
    }
    assert periods == {
        ids["COBEN"]: (date(2016, 1, 1), None),
        ids["0445_4IE_4_P"]: (date(2015, 10, 1), date(2019, 12, 31)),
    }


def test_partners_join_by_number_or_by_acronym_whatever_its_spaces_and_case(gold):
    names = {row["acronym"]: row["project_id"] for row in gold.rows("projects")}
    told = {(row["project_id"], row["role"]) for row in gold.rows("participations")}
    assert told == {
        (names["COBEN"], "partner"),
        (names["COBEN"], "lead"),
        (names["ALL4NATURE"], "lead"),
        (names["0445_4IE_4_P"], "partner"),
    }


def test_an_organisation_is_known_by_its_numbers_else_by_its_name(gold):
    ids = {
        (row["organisation_id"], row["business_id"], row["country"])
        for row in gold.rows("organisations")
    }
    by_name = {row for row in ids if row[0].startswith("keep-by-name-")}
    assert ids - by_name == {
        ("keep-pic-951881080", "951881080", "SE"),
        ("keep-id-bg-bg000057086", "BG000057086", "BG"),
        ("keep-id-gr-17590372", "17590372", "GR"),
    }
    assert {row[1:] for row in by_name} == {(None, "DE")}


def test_an_organisation_keeps_its_names_kind_and_seat(gold):
    row = gold.row("organisations", business_id="951881080")
    assert (row["name_en"], row["name_original"]) == ("Uppsala Municipality", "Uppsala kommun")
    assert (row["organisation_type"], row["city"], row["nuts3"]) == (
        *("municipality", "Uppsala"),
        "SE121",
    )
    assert (row["latitude"], row["longitude"]) == (59.8586, 17.6389)
    german = gold.row("organisations", country="DE")
    assert german["organisation_type"] == "university"
    assert german["latitude"] is german["longitude"] is None


def test_regions_have_their_names_and_the_next_wider_region(gold):
    regions = {row["region"]: (row["label_en"], row["parent"]) for row in gold.rows("regions")}
    assert regions == {
        "SE1": ("Östra Sverige", None),
        "SE12": ("Östra Mellansverige", "SE1"),
        "SE121": ("Uppsala län", "SE12"),
    }


def test_contractors_and_departments_are_not_read(gold):
    for table in ("projects", "organisations", "places"):
        said = str(gold.rows(table)).lower()
        assert "jane doe" not in said
        assert "unit abroad" not in said
    assert "NO" not in {row["country"] for row in gold.rows("organisations")}


def test_a_theme_makes_a_project_relevant(gold):
    assert "Social inclusion" in gold.row("lens")["evidence"]


def test_columns_that_come_and_go_are_neither_unknown_nor_missing(tmp_path):
    taken = one(
        tmp_path,
        {**COBEN, "Theme 7": "Health and social services"},
        OLDENBURG,
        project_columns=[
            *("Period", "Programme", "Project acronym", "Project name in English"),
            *("Project start", "Project end", TOTAL, EU),
            *("Theme 7", "Theme 12", "Investment infrastructure area 33"),
        ],
        partner_columns=[
            *("Programme", "Project acronym", "Organisation in English", "Lead partner"),
            *("Type of Organisation", "Country code", "Contractor's name (2021-2027 only) 80"),
        ],
    )
    assert taken.report.columns_unknown == taken.report.columns_missing == ()
    assert (taken.report.rows_kept, taken.report.rows_merged) == (1, 1)
    assert "Health and social services" in taken.row("lens")["evidence"]


def test_names_are_matched_whatever_their_case_and_apostrophe(tmp_path):
    renamed = {
        name: name.upper().replace("'", "’").replace(" ", "  ") for name in (TOTAL, "Programme")
    }
    taken = one(
        tmp_path,
        {renamed.get(name, name): value for name, value in COBEN.items()},
        OLDENBURG,
        project_columns=[renamed.get(name, name) for name in PROJECTS],
    )
    assert taken.report.sums["total_budget"] == 2349367.02
    assert taken.report.columns_unknown == taken.report.columns_missing == ()


def test_other_columns_are_reported(tmp_path):
    taken = one(
        tmp_path,
        COBEN,
        OLDENBURG,
        project_columns=[*(n for n in PROJECTS if n != "Period"), "Colour 3"],
        partner_columns=[n for n in PARTNERS if n != "Country code"],
    )
    assert taken.report.columns_unknown == ("Colour 3",)
    assert taken.report.columns_missing == ("Period", "Country code")
    assert taken.row("projects")["programming_period"] == "2014-2020"


def test_a_measure_that_the_file_does_not_ask_for_is_not_told_as_missing(tmp_path):
    taken = one(tmp_path, COBEN, project_columns=[n for n in PROJECTS if n != EU])
    assert [row["measure"] for row in taken.rows("amounts")] == ["total_budget"]


@pytest.mark.parametrize(
    "sheet_names",
    [("Info", "RESULTS - Projects", "results - partners"), ("Sheet1", "Sheet2", "Sheet3")],
)
def test_sheets_are_found_by_name_or_else_by_place(tmp_path, sheet_names):
    taken = one(tmp_path, COBEN, OLDENBURG, sheet_names=sheet_names)
    assert (taken.report.rows_kept, taken.report.rows_merged) == (1, 1)


def test_a_region_code_before_its_name_is_read_where_there_is_no_column_of_codes(tmp_path):
    partner = {**UPPSALA, "NUTS3 (or equivalent)": "SE121 Uppsala län"}
    columns = [n for n in PARTNERS if not n.startswith("NUTS3 code")]
    taken = one(tmp_path, COBEN, partner, partner_columns=columns)
    assert taken.row("organisations")["nuts3"] == "SE121"
    assert taken.row("regions", region="SE121")["label_en"] == "Uppsala län"


def test_the_same_acronym_in_two_programmes_is_two_projects(tmp_path):
    other = {**COBEN, "Programme": POCTEP}
    path = write(tmp_path / "k.xlsx", [COBEN, other], [{**OLDENBURG, "Programme": POCTEP}])
    taken = take("keep", tmp_path / "s", path)
    assert taken.report.rows_kept == 2
    poctep = next(row for row in taken.rows("projects") if "poctep" in row["project_id"])
    assert taken.row("participations")["project_id"] == poctep["project_id"]


def test_two_projects_of_a_programme_with_one_acronym_do_not_share_partners(tmp_path):
    twin = {**COBEN, "Project name in English": "Quite another project"}
    path = write(tmp_path / "k.xlsx", [COBEN, twin, COBEN], [OLDENBURG])
    taken = take("keep", tmp_path / "s", path)
    assert (taken.report.rows_kept, taken.report.rows_merged) == (2, 1)
    assert "2 projects of the programme have the acronym" in taken.report.refused[0]["reason"]


def test_a_number_that_another_project_has_is_not_read_over(tmp_path):
    partner = {**TARNOVO, ID: "BSB00001", "Project acronym": "ALL4NATURE"}
    taken = one(tmp_path, NATURE, partner)
    assert "the ID “BSB00001” and the acronym “ALL4NATURE”" in taken.report.refused[0]["reason"]


def test_a_workbook_without_partners_says_so(tmp_path):
    names = ("Info", "projects", "empty")
    taken = one(tmp_path, COBEN, sheet_names=names, partner_columns=[])
    assert taken.rows("participations") == []
    assert taken.report.notes == ("There is no sheet of partners: who takes part is not known.",)


def test_sheets_that_were_saved_as_csv_are_known_by_their_columns(tmp_path):
    columns = [n for n in PROJECTS if not n.startswith("Project n")]
    for name, header, row in (
        ("a.csv", PARTNERS, OLDENBURG),
        ("b.csv", columns, {**COBEN, "Project start": "01/01/2016"}),
    ):
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header, extrasaction="ignore")
            writer.writeheader()
            writer.writerow(row)
    taken = take("auto", tmp_path / "s", tmp_path / "a.csv", tmp_path / "b.csv")
    assert (taken.report.rows_kept, taken.report.rows_merged) == (1, 1)
    assert taken.row("periods")["start_date"] == date(2016, 1, 1)
    with pytest.raises(DataError, match="there is no sheet of projects"):
        take("keep", tmp_path / "s", tmp_path / "a.csv")


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"Programme": ""}, "the project has no programme"),
        (
            {
                "Project acronym": "N.a.",
                "Project name in English": "",
                "Project name in language 2": "",
            },
            "neither ID nor acronym nor name",
        ),
        ({"Project start": "05/31/2016"}, "the start is “05/31/2016”, which is no day"),
        ({TOTAL: "plenty"}, "the total budget is “plenty”, which is no amount"),
        ({EU: -1}, "the EU funding is below zero: -1"),
    ],
)
def test_a_row_that_cannot_be_taken_is_named(tmp_path, cells, reason):
    path = write(tmp_path / "k.xlsx", [NATURE, COBEN | cells], [])
    report = take("keep", tmp_path / "s", path).report
    (refused,) = report.refused
    assert refused["row"] == 3
    assert reason in refused["reason"]
    assert report.rows_kept == 1


CURATED = {("2014-2020", ("danube",)): "interreg-danube-2014-2020"}


@pytest.mark.parametrize(
    ("name", "period", "programme_id", "programming_period", "scope"),
    [
        (
            "2014 - 2020 INTERREG VB Danube",
            "2014-2020",
            "interreg-danube-2014-2020",
            *("2014-2020",),
            "transnational",
        ),
        ("2007 - 2013 Danube", "Other", None, "2007-2013", None),
        (
            "2014 - 2020 INTERREG VB Danube and Alps",
            "2014-2020",
            None,
            "2014-2020",
            "transnational",
        ),
        ("2014 - 2020 Poland - Belarus ENI CBC", None, None, "2014-2020", "cross-border"),
        ("URBACT", "Other", None, None, None),
        ("2000 - 2006 INTERREG III A", "Other", None, "2000-2006", "cross-border"),
    ],
)
def test_a_programme_is_a_curated_one_only_where_all_telling_words_agree(
    name, period, programme_id, programming_period, scope
):
    found = programme(name, period, CURATED)
    assert (found.programme_id, found.programming_period, found.scope) == (
        *(programme_id, programming_period),
        scope,
    )


WORDS = (
    st.text(
        st.characters(
            blacklist_categories=("Cs", "Cc", "Zs", "Zl", "Zp"), blacklist_characters="\ufeff&￾￿"
        ),
        min_size=1,
        max_size=25,
    )
    .filter(lambda text: "_x" not in text)
    .filter(
        lambda text: text.lower() not in ("n.a.", "n.a", "n/a", "na", "none", "null", "-", "nan")
    )
)
AMOUNTS = st.one_of(
    st.none(), st.just("N.a."), st.just(0), st.integers(1, 10**12).map(lambda cents: cents / 100)
)
DAYS = st.one_of(st.none(), st.just("N.a."), st.dates(date(2000, 1, 1), date(2030, 1, 1)))
FOUND = st.lists(
    st.fixed_dictionaries(
        {
            "number": st.integers(1, 10**6),
            "has_id": st.booleans(),
            "name": WORDS,
            "summary": WORDS,
            "total": AMOUNTS,
            "eu": AMOUNTS,
            "start": DAYS,
            "partners": st.lists(WORDS, max_size=3),
            "strangers": st.integers(0, 1),
        }
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda project: project["number"],
)


@settings(max_examples=6)
@given(projects=FOUND)
def test_what_is_written_in_a_workbook_is_read_back(projects, tmp_path_factory):
    folder = tmp_path_factory.mktemp("laws")
    rows, partners = [], []
    for project in projects:
        which = {"Programme": BLACK_SEA if project["has_id"] else NORTH_SEA}
        which |= {ID: f"N{project['number']}"} if project["has_id"] else {}
        which["Project acronym"] = f'O\'ne, "{project["number"]}"'
        rows.append(
            {
                **which,
                "Project name in English": project["name"],
                "Description in English": project["summary"],
                TOTAL: project["total"],
                EU: project["eu"],
                "Project start": project["start"],
            }
        )
        partners += [{**which, "Organisation in English": name} for name in project["partners"]]
        partners += [
            {"Programme": POCTEP, "Project acronym": "x", "Organisation in English": "y"}
        ] * project["strangers"]
    taken = take("auto", folder / "s", write(folder / "k.xlsx", rows, partners))
    report = taken.report
    strangers = sum(project["strangers"] for project in projects)
    assert report.rows_read == len(rows) + len(partners)
    assert report.rows_kept == len(projects)
    assert report.rows_refused == strangers
    assert report.rows_merged == len(partners) - strangers
    found = {row["code"]: row for row in taken.rows("projects")}
    amounts = {(row["project_id"], row["measure"]): row for row in taken.rows("amounts")}
    periods = {row["project_id"]: row["start_date"] for row in taken.rows("periods")}
    names = {row["organisation_id"]: row["name_en"] for row in taken.rows("organisations")}
    seats: dict[str, set[str]] = {}
    for row in taken.rows("participations"):
        seats.setdefault(row["project_id"], set()).add(names[row["organisation_id"]])
    for project in projects:
        acronym = f'O\'ne, "{project["number"]}"'
        row = found[f"N{project['number']}" if project["has_id"] else acronym]
        assert (row["acronym"], row["name_en"]) == (acronym, project["name"])
        assert row["summary_en"] == project["summary"]
        for measure, key in (("total_budget", "total"), ("eu_contribution", "eu")):
            said = None if project[key] == "N.a." else project[key]
            amount = amounts[row["project_id"], measure]
            assert amount["amount_eur"] == said
            assert amount["state"] == (
                "not_published" if said is None else "published" if said else "zero"
            )
        start = None if project["start"] == "N.a." else project["start"]
        assert periods.get(row["project_id"]) == start
        told = seats.get(row["project_id"], set())
        assert len(told) <= len(set(project["partners"]))
        assert bool(told) == bool(project["partners"])


@pytest.mark.skipif(not REAL.exists(), reason="the shared export files are not here")
def test_the_known_rows_of_a_full_export_are_counted_in_the_dashboard(tmp_path):
    taken = take("auto", tmp_path / "s", REAL)
    report = taken.report
    assert (report.rows_kept, report.rows_merged, report.rows_refused) == (2, 2, 1)
    assert report.sums == {"eu_contribution": 2889209.6, "total_budget": 3695655.02}
    assert report.columns_unknown == report.columns_missing == ()
    catalog = open_catalog(paths.data_folder(), taken.store)
    ids = tuple(row["project_id"] for row in taken.rows("projects"))
    chosen = Selection(chosen=(("relevance", ("social", "other")), ("project", ids)))
    totals = catalog.rows(measure_totals, chosen).iloc[0]
    assert totals["total_budget_eur"] == pytest.approx(3695655.02)
    assert catalog.rows(counts, chosen).iloc[0]["countries"] == 2
