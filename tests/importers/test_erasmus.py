"""The lists of the Erasmus+ results platform: what the files say is what the store holds."""

from datetime import date

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from projectdata import paths
from projectdata.catalog import open_catalog
from projectdata.errors import DataError
from projectdata.folding import fold
from projectdata.queries.summary import measure_totals
from projectdata.selection import Selection
from tests.importers.layouts_erasmus import (
    CARD,
    CREATIVE,
    CULTURE,
    GRANT,
    LAYOUTS,
    LIST,
    OLD,
    SEARCH,
    SHORTER_LIST,
    SPORTS,
    partner,
    write,
)
from tests.importers.taking import take

REAL = paths.home().parent / "shared/exports/erasmus/erasmusplus_projects_overview_622cols.csv"

COMMUNITY = {
    "Programme": "Erasmus+",
    "Key Action": "Cooperation for innovation and the exchange of good practices",
    "Action Type": "Strategic Partnerships addressing more than one field",
    "Call year": "2014",
    "Project Identifier": "2014-1-LI01-KA200-000005",
    "Project Title": " Community\nEducation ",
    "Topics": "Integration of refugees; Youth (Participation, Youth Work, Youth Policy)",
    "Project Summary": "Short summary.\nIn two lines, with “quotes” and a comma.",
    GRANT: "112527.93",
    "Results Platform Project Card": f"{CARD}2014-1-LI01-KA200-000005",
    "Participating countries": "LI,DE,EL,UK",
    "Coordinating organisation name": "Europäisches Institut für interkulturelle Forschung",
    "Coordinating organisation type": "Research Institute/Centre",
    "Coordinator's address": "Austrasse 15, 9495, Triesen",
    "Coordinator's region": "Liechtenstein",
    "Coordinator's country": "LI",
    "Coordinator's website": "www.europaeisches-institut.li",
    **partner(
        1,
        name='Verein "Miteinander"',
        organisation_type="Non-governmental organisation/association/social enterprise",
        address="Hauptstraße 1, 10115, Berlin",
        country="DE",
        website="mail@example.org",
    ),
    **partner(100, name="Δήμος Αθηναίων", organisation_type="Local Public body", country="EL"),
}


@pytest.fixture(scope="module")
def community(tmp_path_factory):
    folder = tmp_path_factory.mktemp("community")
    return take("auto", folder / "store", write(folder / "ka2.csv", LIST, [COMMUNITY]))


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_has_as_many_columns_as_its_files(name):
    columns, count = LAYOUTS[name]
    assert len(columns) == len(set(columns)) == count


def test_a_project_of_a_list_keeps_what_the_list_says(community):
    row = community.row("projects")
    assert row["project_id"] == "erasmus-2014-1-li01-ka200-000005"
    assert (row["code"], row["code_scheme"]) == ("2014-1-LI01-KA200-000005", "erasmus")
    assert row["name_original"] == "Community Education"
    assert row["name_en"] is row["original_language"] is None
    assert row["summary_en"] == COMMUNITY["Project Summary"]
    assert (row["collection"], row["fund"]) == ("erasmus", "erasmus-plus")
    assert row["programme_id"] == "erasmus-plus-2014-2020"
    assert row["programming_period"] == "2014-2020"
    assert row["url"] == (
        "https://erasmus-plus.ec.europa.eu/projects/search/details/2014-1-LI01-KA200-000005"
    )


def test_the_year_of_a_call_is_told_but_is_no_date(community):
    assert community.rows("periods") == []
    amount = community.row("amounts")
    assert (amount["measure"], amount["amount_eur"]) == ("grant", 112527.93)
    assert "Call of 2014" in amount["note_en"]
    assert "Vuoden 2014 haku" in amount["note_fi"]
    assert " 2014 " in community.row("projects")["_words"]


def test_the_coordinator_leads_and_partners_are_found_behind_gaps(community):
    names = {o["organisation_id"]: o for o in community.rows("organisations")}
    roles = {
        names[p["organisation_id"]]["name_original"]: p["role"]
        for p in community.rows("participations")
    }
    assert roles == {
        "Europäisches Institut für interkulturelle Forschung": "lead",
        'Verein "Miteinander"': "partner",
        "Δήμος Αθηναίων": "partner",
    }


def test_an_organisation_has_its_kind_town_and_country_and_no_mail_address(community):
    told = {
        o["name_original"]: (o["organisation_type"], o["city"], o["country"], o["url"])
        for o in community.rows("organisations")
    }
    assert told == {
        "Europäisches Institut für interkulturelle Forschung": (
            *("research", "Triesen", "LI"),
            "http://www.europaeisches-institut.li",
        ),
        'Verein "Miteinander"': ("ngo", "Berlin", "DE", None),
        "Δήμος Αθηναίων": ("municipality", None, "GR", None),
    }


def test_a_country_that_no_organisation_is_in_is_a_place(community):
    place = community.row("places")
    assert (place["country"], place["precision"]) == ("GB", "country")
    assert place["name"] == "United Kingdom"


def test_a_topic_with_commas_is_one_topic(community):
    groups = {g["target_group"]: g for g in community.rows("project_target_groups")}
    assert groups["aged-18-29"]["basis"] == "category"
    assert "Youth (Participation, Youth Work, Youth Policy)" in groups["aged-18-29"]["evidence"]
    assert "Integration of refugees" in community.row("lens")["evidence"]


@pytest.mark.parametrize(
    ("cell", "amount", "state"),
    [
        ("112527.93", 112527.93, "published"),
        ("112,527.93", 112527.93, "published"),
        ("240000.0 EUR", 240000.0, "published"),
        ("0", 0.0, "zero"),
        ("0.00", 0.0, "zero"),
        ("", None, "not_published"),
        ("N.a.", None, "not_published"),
    ],
)
def test_a_grant_is_read_in_every_spelling(tmp_path, cell, amount, state):
    taken = take(
        "erasmus", tmp_path / "s", write(tmp_path / "a.csv", LIST, [{**COMMUNITY, GRANT: cell}])
    )
    row = taken.row("amounts")
    assert (row["amount_eur"], row["state"]) == (amount, state)
    assert taken.report.sums == ({} if amount is None else {"grant": amount})


def test_the_shorter_list_misses_nothing(tmp_path):
    taken = take("auto", tmp_path / "s", write(tmp_path / "a.csv", SHORTER_LIST, [COMMUNITY]))
    assert taken.report.rows_kept == 1
    assert taken.report.columns_missing == taken.report.columns_unknown == ()


def test_a_mark_before_the_first_name_is_no_part_of_it(tmp_path):
    taken = take("auto", tmp_path / "s", write(tmp_path / "a.csv", LIST, [COMMUNITY], bom=True))
    assert taken.row("projects")["fund"] == "erasmus-plus"


def test_a_search_export_is_read_like_a_list(tmp_path):
    record = {
        **COMMUNITY,
        "Funding Year": "2021",
        "Project Identifier": "2021-1-FI01-KA220-ADU-000033333",
        "Participating Countries": "LI,FI",
    }
    taken = take("auto", tmp_path / "s", write(tmp_path / "a.csv", SEARCH, [record]))
    row = taken.row("projects")
    assert row["project_id"] == "erasmus-2021-1-fi01-ka220-adu-000033333"
    assert row["programme_id"] == "erasmus-plus-2021-2027"
    assert taken.report.columns_missing == ()
    assert [place["country"] for place in taken.rows("places")] == ["FI"]


def test_a_search_export_may_be_a_workbook(tmp_path):
    path = tmp_path / "search.xlsx"
    cells = {**COMMUNITY, "Funding Year": 2014, GRANT: 123456789.12}
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Projects")
        sheet.write_row(0, 0, SEARCH)
        sheet.write_row(1, 0, [cells.get(name, "") for name in SEARCH])
    taken = take("auto", tmp_path / "s", path)
    assert taken.row("amounts")["amount_eur"] == 123456789.12
    assert taken.row("projects")["programming_period"] == "2014-2020"


def test_a_row_with_too_few_cells_is_refused_and_the_others_are_read(tmp_path):
    good = {**COMMUNITY, "Project Identifier": "2015-1-FI01-KA101-000001"}
    path = write(tmp_path / "a.csv", LIST, [COMMUNITY, good])
    lines = path.read_text(encoding="utf-8").split("2015-1-FI01")
    head, last = lines[0].rsplit("\n", 1)
    path.write_text(f"{head}\nErasmus+,half a row\n{last}2015-1-FI01{lines[1]}", encoding="utf-8")
    report = take("auto", tmp_path / "s", path).report
    assert (report.rows_read, report.rows_kept, report.rows_refused) == (3, 2, 1)
    assert report.refused[0]["reason"] == "2 cells where the header has 622"


POSITIVE = {
    "Programme Funding": r"Education and training\Life long learning (2007-2013)\COMENIUS\Measures",
    "Project Identifier": "EACEA-509925",
    "External Reference": "509925-LLP-1-2010-1-RO-COMENIUS-CAM",
    "Project Title": "Positive Thinking Training",
    "Participating countries": "RO,EL,SK",
    "Results Platform Project Card": f"{CARD}509925-LLP-1-2010-1-RO-COMENIUS-CAM",
    "Coordinating organisation name": "INSPECTORATUL SCOLAR AL MUNICIPIULUI BUCURESTI",
    "Coordinator's address": "Icoanei, 19,  020451,  Bucharest",
    "Coordinator's country": "RO",
    **partner(
        1, name="DIAN - Training", address="M. Voda , 89  104 40 Athens", country="EL", website=""
    ),
    **partner(2, name="Technical University", address="Campus,   GR-73100 Chania", country="EL"),
    **partner(4, name="State Institute", address="Bellova, 54/a  837 63 Bratislava", country="SK"),
}


def test_a_programme_before_erasmus_plus_has_its_own_name_period_and_card(tmp_path):
    taken = take("auto", tmp_path / "s", write(tmp_path / "llp.csv", OLD, [POSITIVE]))
    row = taken.row("projects")
    assert row["programme_id"] == "life-long-learning-2007-2013"
    assert taken.row("programmes")["label_en"] == "Life long learning (2007-2013)"
    assert (row["programming_period"], row["collection"], row["fund"]) == (
        *("2007-2013", "erasmus"),
        None,
    )
    assert row["url"].endswith("/details/509925-LLP-1-2010-1-RO-COMENIUS-CAM")
    assert taken.row("amounts")["state"] == "not_published"
    assert taken.report.columns_missing == ()


def test_a_town_is_read_behind_a_postcode_and_a_street_is_no_town(tmp_path):
    record = {
        **POSITIVE,
        **partner(5, name="Somewhere", address="Building 4, 12 Long Street", country="SK"),
    }
    taken = take("auto", tmp_path / "s", write(tmp_path / "llp.csv", OLD, [record]))
    towns = {o["name_original"]: o["city"] for o in taken.rows("organisations")}
    assert towns == {
        "INSPECTORATUL SCOLAR AL MUNICIPIULUI BUCURESTI": "Bucharest",
        "DIAN - Training": "Athens",
        "Technical University": "Chania",
        "State Institute": "Bratislava",
        "Somewhere": None,
    }


def test_dates_that_a_layout_has_are_days_and_never_month_first(tmp_path):
    record = {
        "Programme Funding": r"Culture\Culture (2007-2013)\Multi-annual Cooperation Projects",
        "Start date": "01/05/2006",
        "End date": "30/04/2009",
        "Project Identifier": "FI-CULT-2008-MOTN-01",
        "Project Title": "DEPARTS",
        "Participating countries": "BE,DE",
        "Coordinator's name": "P.A.R.T.S.",
        "Coordinator's country": "BE",
        **partner(1, name="Jane Doe", country="FR"),
    }
    taken = take("auto", tmp_path / "s", write(tmp_path / "c.csv", CULTURE, [record]))
    period = taken.row("periods")
    assert (period["start_date"], period["end_date"]) == (date(2006, 5, 1), date(2009, 4, 30))
    assert taken.row("projects")["collection"] == "other"
    assert [o["name_original"] for o in taken.rows("organisations")] == ["P.A.R.T.S."]
    assert {p["country"] for p in taken.rows("places")} == {"DE", "FR"}


def test_a_partner_of_creative_europe_that_may_be_a_person_is_left_out(tmp_path):
    record = {
        "Programme": "Creative Europe",
        "Sub-programme": "Culture",
        "Call year": "2014",
        "Start date": "2015-01-01",
        "End date": "2018-12-31",
        "Project Number": "552144-CREA-1-2014-1-AT-CULT-COOP1",
        "Project Title": "Literature",
        GRANT: "200000.00",
        "Participating countries": "AT,UK,DE",
        "Coordinator's name": "KULTUR GMBH",
        "Coordinator organisation type": "Multimedia association",
        "Coordinator's country": "AT",
        **partner(1, name="DOE JOHN", organisation_type="Other", country="UK"),
        **partner(2, name="HAUS EV", organisation_type="Literature Foundation", country="DE"),
        **partner(3, name="ROE JANE", country="UK"),
    }
    taken = take("auto", tmp_path / "s", write(tmp_path / "ce.csv", CREATIVE, [record]))
    assert {o["name_original"] for o in taken.rows("organisations")} == {"KULTUR GMBH", "HAUS EV"}
    assert taken.row("places")["country"] == "GB"
    assert "doe" not in taken.row("projects")["_words"]
    (note,) = taken.report.notes
    assert note.startswith("ce.csv: 2 partners")


def test_a_grant_with_its_currency_stands_in_the_sports_list(tmp_path):
    record = {
        "Programme Funding": r"Sports\Preparatory Actions and Special Events 2009-2013\Area 1",
        "Project Identifier": "EAC-2013-0493",
        "Project Title": "Networks of Knowledge",
        GRANT: "240000.0 EUR",
        "Participating countries": "UK",
    }
    taken = take("auto", tmp_path / "s", write(tmp_path / "sport.csv", SPORTS, [record]))
    assert taken.report.sums == {"grant": 240000.0}
    assert taken.row("projects")["programming_period"] is None


def test_several_lists_tell_a_project_once(tmp_path):
    one = write(tmp_path / "one.csv", LIST, [COMMUNITY, COMMUNITY])
    other = {**COMMUNITY, "Project Identifier": "2014-1-li01-KA200-000005 "}
    two = write(tmp_path / "two.csv", SHORTER_LIST, [other])
    report = take("erasmus", tmp_path / "s", one, two).report
    assert (report.rows_read, report.rows_kept, report.rows_merged, report.rows_refused) == (
        *(3, 1, 2),
        0,
    )


def test_identifiers_that_differ_in_marks_are_two_projects(tmp_path):
    records = [
        {**COMMUNITY, "Project Identifier": identifier}
        for identifier in ("2014-A-1", "2014-A_1", "2014/A/1")
    ]
    taken = take("erasmus", tmp_path / "s", write(tmp_path / "a.csv", LIST, records))
    ids = {row["project_id"] for row in taken.rows("projects")}
    assert "erasmus-2014-a-1" in ids
    assert len(ids) == 3


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"Project Identifier": ""}, "the project has no identifier"),
        ({"Project Identifier": "Project Identifier"}, "the header stands here again"),
        ({"Project Identifier": "Total"}, "is no number of a project"),
        ({GRANT: "much"}, "the grant is “much”, which is no amount"),
        ({GRANT: "-1.00"}, "the grant is below zero"),
    ],
)
def test_a_row_that_cannot_be_taken_is_named(tmp_path, cells, reason):
    good = {**COMMUNITY, "Project Identifier": "2015-1-FI01-KA101-000001"}
    taken = take(
        "erasmus", tmp_path / "s", write(tmp_path / "a.csv", LIST, [good, COMMUNITY | cells])
    )
    (refused,) = taken.report.refused
    assert (refused["file"], refused["row"]) == ("a.csv", 3)
    assert reason in refused["reason"]
    assert taken.report.rows_kept == taken.report.rows_refused == 1


def test_month_first_is_refused_and_not_turned(tmp_path):
    record = {"Project Identifier": "A-1", "Project Title": "x", "Start date": "05/31/2010"}
    with pytest.raises(DataError, match="the start date is “05/31/2010”, which is no day"):
        take("erasmus", tmp_path / "s", write(tmp_path / "c.csv", CULTURE, [record]))


def test_columns_that_nobody_knows_are_named_and_missing_ones_too(tmp_path):
    columns = [c for c in LIST if c != "Coordinator's country"] + ["Colour"]
    report = take("auto", tmp_path / "s", write(tmp_path / "a.csv", columns, [COMMUNITY])).report
    assert report.columns_unknown == ("Colour",)
    assert report.columns_missing == ("Coordinator's country",)


def test_a_year_of_learning_mobility_replaces_only_that_year(tmp_path):
    def year(n, *numbers):
        return write(
            tmp_path / f"{n}.csv",
            LIST,
            [
                {**COMMUNITY, "Call year": str(n), "Project Identifier": f"{n}-1-FI01-KA101-{i}"}
                for i in numbers
            ],
        )

    take("erasmus", tmp_path / "s", year(2014, 1, 2))
    take("erasmus", tmp_path / "s", year(2015, 1))
    report = take("erasmus", tmp_path / "s", year(2014, 2, 3)).report
    assert (report.added, report.gone, report.records) == (1, 1, 3)


TEXT = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\xa0\ufeff\u2028\x85"),
    max_size=40,
).map(lambda text: " ".join(text.split()))
WORDS = TEXT.filter(
    lambda text: (
        "&" not in text
        and "_x000D_" not in text
        and text.lower() not in ("n.a.", "n.a", "n/a", "na", "none", "null", "-", "nan")
    )
)
AMOUNTS = st.one_of(st.none(), st.just(0.0), st.integers(1, 10**11).map(lambda cents: cents / 100))
COUNTRIES = {"FI": "FI", "EL": "GR", "UK": "GB", "DE": "DE", "RS": "RS", "": None}
SEATS = st.lists(
    st.tuples(WORDS.filter(bool), st.sampled_from(sorted(COUNTRIES)), st.integers(1, 100)),
    max_size=4,
    unique_by=(lambda seat: seat[2]),
)
PROJECTS = st.lists(
    st.fixed_dictionaries(
        {
            "number": st.integers(1, 10**6),
            "title": WORDS,
            "summary": WORDS,
            "grant": AMOUNTS,
            "year": st.integers(2014, 2026),
            "seats": SEATS,
            "line_break": st.booleans(),
        }
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda project: project["number"],
)


@pytest.mark.parametrize("columns", [LIST, SHORTER_LIST, OLD], ids=["622", "621", "417"])
@settings(max_examples=5)
@given(projects=PROJECTS)
def test_what_is_written_in_a_list_is_read_back(columns, projects, tmp_path_factory):
    folder = tmp_path_factory.mktemp("laws")
    records = []
    for project in projects:
        record = {
            "Programme": "Erasmus+",
            "Programme Funding": r"Youth\Youth in Action (2007-2013)\Action 1",
            "Call year": str(project["year"]),
            "Project Identifier": f"X-{project['number']}",
            "Project Title": project["title"].replace(" ", "\n" if project["line_break"] else " "),
            "Project Summary": project["summary"],
            GRANT: "" if project["grant"] is None else f"{project['grant']:.2f}",
        }
        for name, country, block in project["seats"]:
            record |= partner(block, name=name, country=country)
        records.append(record)
    taken = take("auto", folder / "s", write(folder / "a.csv", columns, records))
    report = taken.report
    assert report.rows_read == report.rows_kept == len(projects)
    rows = {row["code"]: row for row in taken.rows("projects")}
    amounts = {row["project_id"]: row for row in taken.rows("amounts")}
    names = {o["organisation_id"]: o for o in taken.rows("organisations")}
    seats: dict[str, set] = {}
    for row in taken.rows("participations"):
        seat = names[row["organisation_id"]]
        seats.setdefault(row["project_id"], set()).add(
            (fold(seat["name_original"]), seat["country"])
        )
    for project in projects:
        row = rows[f"X-{project['number']}"]
        assert row["name_original"] == (project["title"] or None)
        assert row["summary_en"] == (project["summary"] or None)
        amount = amounts[row["project_id"]]
        assert amount["amount_eur"] == project["grant"]
        assert amount["state"] == (
            "not_published"
            if project["grant"] is None
            else "published"
            if project["grant"]
            else "zero"
        )
        told = {(fold(name), COUNTRIES[country]) for name, country, _ in project["seats"]}
        assert seats.get(row["project_id"], set()) == told
    assert taken.report.sums.get("grant", 0) == pytest.approx(
        sum(project["grant"] or 0 for project in projects)
    )


@pytest.mark.skipif(not REAL.exists(), reason="the shared export files are not here")
def test_five_real_projects_are_counted_in_the_dashboard(tmp_path):
    taken = take("auto", tmp_path / "s", REAL)
    assert taken.report.rows_kept == 5
    assert taken.report.sums == {"grant": 190517.93}
    assert taken.report.columns_unknown == taken.report.columns_missing == ()
    catalog = open_catalog(paths.data_folder(), taken.store)
    ids = tuple(row["project_id"] for row in taken.rows("projects"))
    chosen = Selection(chosen=(("relevance", ("social", "other")), ("project", ids)))
    totals = catalog.rows(measure_totals, chosen).iloc[0]
    assert (totals["projects"], totals["grant_projects"]) == (5, 5)
    assert totals["grant_eur"] == pytest.approx(190517.93)
