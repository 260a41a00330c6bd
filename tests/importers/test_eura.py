"""EURA, the Finnish register: the two lists without quotation marks, and the export of 2021."""

from datetime import date, datetime

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from projectdata import paths
from projectdata.catalog import open_catalog
from projectdata.errors import DataError
from projectdata.importers import eura
from tests.importers.layouts_eura import (
    EURA_2021,
    LIST_2007,
    LIST_2014,
    write_2021,
    write_cleaned,
    write_list,
)
from tests.importers.layouts_kohesio import write_csv
from tests.importers.taking import take

SHARED = paths.home().parent / "shared" / "exports"
REAL = SHARED / "eura" / "eura2014_projektilista.latin1.csv"
EMPTY_2021 = SHARED / "reconstructed" / "HEADER_ONLY_eura2021_tiepa.xlsx"

ELY = "elinkeino-, liikenne- ja ympäristökeskus"
LINES = (
    "S20540,ESR,Yhteistä ymmärrystä - Lähityön malli aikuissosiaalityön areenoille,5,"
    f"Etelä-Savon {ELY},Toiminnassa,1.2.2016,31.1.2017,Puumalan kunta,47393,0,67704,0",
    f"S20156,ESR,Ohjaamo Lahti,3,Keski-Suomen {ELY},Toiminnassa,1.3.2015,28.2.2018,Lahden kaupunki,"
    "92951,50177.67,461132,66903.55",
    "A70301,EAKR,Reaktoritekniikkaan perustuvat uudet prosessit,prosessikemikaalit ja "
    "(rainattavat)biotuotteet  - Reaktek,2,Innovaatiorahoituskeskus Tekes,Toiminnassa,1.3.2015,"
    "28.2.2017,Mikkelin Ammattikorkeakoulu Oy,443909,71641,443909,54941",
    "A70378,EAKR,Hotel Auroran liiketoiminnan ja tuotteiden kehittäminen, \"Hotel Auroran "
    f'maisemahuoneet",1,Pohjois-Pohjanmaan {ELY},Toiminnassa,18.6.2014,22.6.2016,HOTEL AURORA OY,'
    "292990,246104,292990,246104",
)  # fmt: skip
ODD_LINES = (
    # The title itself has a number between commas.
    f"S20700,ESR,Taitotaso 1,2,3 ja 4,3,Hämeen {ELY},Toiminnassa,1.3.2015,28.2.2018,Koulu, Oy,"
    "10,0,20,0",
    "S20701,ESR,Keskeytynyt työ,5,Lapin liitto,Keskeytynyt,1.3.2015,28.2.2018,Kemin kaupunki,"
    "10,-5.5,20,",
    "A70999,EAKR,Pyörät,1,Lapin liitto,Toiminnassa,1.3.2015,28.2.2018,Tmi Aino Esimerkki,"
    "10,0,20,0",
)  # fmt: skip
BAD_LINES = (
    "S20800,ESR,Mahdoton päivä,5,Lapin liitto,Toiminnassa,31.2.2016,31.1.2017,Kemi,1,0,1,0",
    "tämä ei ole rivi",
    ",".join(LIST_2014),
    LINES[0],
)
LINES_2007 = (
    f"S10324,ESR,Hoivaa, apua ja työtä,Valtakunnallinen osio,3,Hämeen {ELY},Toiminta päättynyt,"
    "1.2.2009,31.1.2011,Hämeen ammattikorkeakoulu,100,90.5,120,110",
    "A31543,EAKR,Silta,Itä-Suomi,2,Pohjois-Karjalan maakuntaliitto,Keskeytynyt,1.2.2009,31.1.2011,"
    "Joensuun kaupunki,100,-1,120,110",
    "A601070006,EAKR,Maija Esimerkki,Länsi-Suomi,1,Finnvera Oyj,Toiminta päättynyt,1.2.2009,"
    "31.1.2011,Maija Esimerkki,100,100,120,120",
)  # fmt: skip


@pytest.fixture(scope="module")
def listed(tmp_path_factory):
    """The list of 2014-2020, imported: real rows, odd ones, and some that are none."""
    folder = tmp_path_factory.mktemp("listed")
    lines = [*LINES, *BAD_LINES, *ODD_LINES]
    return take("auto", folder / "store", write_list(folder / "lista.csv", LIST_2014, lines))


def project(taken, code):
    return taken.row("projects", code=code)


def amounts(taken, name):
    return {
        row["measure"]: (row["state"], row["amount_eur"])
        for row in taken.rows("amounts", project_id=name)
    }


def names(taken, name, role):
    seats = taken.rows("participations", project_id=name, role=role)
    return [
        taken.row("organisations", organisation_id=seat["organisation_id"])["name_original"]
        for seat in seats
    ]


def test_a_row_of_the_list_is_read_whole(listed):
    puumala = project(listed, "S20540")
    assert puumala["project_id"] == "eura-s20540"
    assert puumala["name_fi"] == puumala["name_original"]
    assert puumala["name_fi"].startswith("Yhteistä ymmärrystä - Lähityön malli")
    assert (puumala["original_language"], puumala["name_fi_basis"]) == ("fi", "stated")
    assert (puumala["name_en"], puumala["code_scheme"]) == (None, "eura-2014")
    assert (puumala["collection"], puumala["fund"]) == ("finnish-regional", "esf")
    assert puumala["programme_id"] == "fi-sustainable-growth-2014-2020"
    assert puumala["url"] == "https://www.eura2014.fi/rrtiepa/projekti.php?projektikoodi=S20540"
    period = listed.row("periods", project_id="eura-s20540")
    assert (period["start_date"], period["end_date"]) == (date(2016, 2, 1), date(2017, 1, 31))
    assert amounts(listed, "eura-s20540") == {
        "eu_and_state_granted": ("published", 47393),
        "eu_and_state_realised": ("zero", 0),
        "public_funding_planned": ("published", 67704),
        "public_funding_realised": ("zero", 0),
    }
    assert names(listed, "eura-s20540", "beneficiary") == ["Puumalan kunta"]
    assert names(listed, "eura-s20540", "funder") == [f"Etelä-Savon {ELY}"]
    assert listed.row("places", project_id="eura-s20540")["country"] == "FI"


@pytest.mark.parametrize(
    ("code", "name", "authority", "implementer"),
    [
        (
            "A70301",
            "Reaktoritekniikkaan perustuvat uudet prosessit,prosessikemikaalit ja "
            "(rainattavat)biotuotteet  - Reaktek",
            "Innovaatiorahoituskeskus Tekes",
            "Mikkelin Ammattikorkeakoulu Oy",
        ),
        (
            "A70378",
            "Hotel Auroran liiketoiminnan ja tuotteiden kehittäminen, "
            '"Hotel Auroran maisemahuoneet"',
            f"Pohjois-Pohjanmaan {ELY}",
            "HOTEL AURORA OY",
        ),
        ("S20700", "Taitotaso 1,2,3 ja 4", f"Hämeen {ELY}", "Koulu, Oy"),
    ],
)
def test_commas_inside_names_stay_there(listed, code, name, authority, implementer):
    found = project(listed, code)
    assert found["name_fi"] == name
    assert names(listed, found["project_id"], "funder") == [authority]
    assert names(listed, found["project_id"], "beneficiary") == [implementer]


def test_an_authority_that_is_not_known_is_learnt_from_plain_rows(tmp_path):
    tail = "Toiminnassa,1.3.2015,28.2.2018,Kemi,1,0,2,0"
    lines = [
        f"S1001,ESR,Selvä nimi,5,Uusi virasto,{tail}",
        f"S1002,ESR,Osa 1,2,Uusi virasto,3,Uusi virasto,{tail}",
    ]
    taken = take("eura", tmp_path / "store", write_list(tmp_path / "l.csv", LIST_2014, lines))
    # Both cuts leave something; only the authority of the plain row tells which is right.
    assert project(taken, "S1002")["name_fi"] == "Osa 1,2,Uusi virasto"


def test_rows_that_are_none_are_refused_and_named(listed):
    report = listed.report
    assert (report.rows_read, report.rows_kept, report.rows_merged) == (11, 7, 1)
    assert [(row["row"], row["reason"].split(" “")[0]) for row in report.refused] == [
        (6, "the start date is"),
        (7, "the row has not the shape of the list (code, fund, name, …, four amounts)"),
        (8, "the row has not the shape of the list (code, fund, name, …, four amounts)"),
    ]


def test_the_sums_leave_out_what_is_below_zero(listed):
    assert listed.report.sums == {
        "eu_and_state_granted": 877_273.0,
        "eu_and_state_realised": 367_922.67,
        "public_funding_planned": 1_265_795.0,
        "public_funding_realised": 367_948.55,
    }


def test_money_below_zero_is_told_as_not_published(listed):
    assert amounts(listed, "eura-s20701")["eu_and_state_realised"] == ("not_published", None)
    row = listed.row("amounts", project_id="eura-s20701", measure="eu_and_state_realised")
    assert row["note_en"] == "The register prints an amount below zero: -5.5."
    assert amounts(listed, "eura-s20701")["public_funding_realised"] == ("not_published", None)
    assert any("1 amounts are below zero" in note for note in listed.report.notes)


def test_a_project_that_was_broken_off_says_so(listed):
    assert "broken off" in listed.row("periods", project_id="eura-s20701")["note_en"]
    assert listed.row("periods", project_id="eura-s20540")["note_en"] is None


def test_the_axis_of_social_inclusion_is_in_the_lens(listed):
    reasons = {row["record_id"]: row["basis"] for row in listed.rows("lens")}
    assert reasons["eura-s20540"] == "category"
    assert "eura-a70301" not in reasons


def test_sole_traders_are_not_named(listed):
    assert names(listed, "eura-a70999", "beneficiary") == []
    assert names(listed, "eura-a70999", "funder") == ["Lapin liitto"]
    assert any("1 projects are kept without their beneficiary" in n for n in listed.report.notes)
    texts = [str(listed.rows(table)) for table in ("projects", "organisations")]
    assert not any("Aino Esimerkki" in text or "aino esimerkki" in text for text in texts)


def test_a_copy_that_was_cleaned_by_hand_tells_the_same(tmp_path, listed):
    lines = [
        LINES[0],
        LINES[2].replace("prosessit,prosessi", "prosessit |prosessi"),
        LINES[3].replace("kehittäminen, ", "kehittäminen | "),
    ]
    file = write_cleaned(tmp_path / "projektilista-csv-final.csv", LIST_2014, lines)
    taken = take("auto", tmp_path / "store", file)
    assert taken.report.rows_refused == 0
    for code in ("S20540", "A70301", "A70378"):
        ours, theirs = project(taken, code), project(listed, code)
        assert ours["name_fi"] == theirs["name_fi"]
        assert amounts(taken, ours["project_id"]) == amounts(listed, ours["project_id"])


def test_a_list_that_was_saved_with_quotation_marks_may_have_another_order(tmp_path):
    header = tuple(reversed(LIST_2014))
    cells = eura.parted(LINES[3], "2014", set(eura.AUTHORITIES))
    row = dict(zip(LIST_2014, cells, strict=True))
    taken = take("eura", tmp_path / "store", write_csv(tmp_path / "saved.csv", header, [row]))
    assert project(taken, "A70378")["name_fi"].endswith(', "Hotel Auroran maisemahuoneet"')
    assert amounts(taken, "eura-a70378")["eu_and_state_granted"] == ("published", 292990)


def test_a_list_in_another_order_without_quotation_marks_is_not_guessed_at(tmp_path):
    file = write_list(tmp_path / "l.csv", (LIST_2014[1], LIST_2014[0], *LIST_2014[2:]), LINES)
    with pytest.raises(DataError, match="the rows cannot be parted"):
        take("eura", tmp_path / "store", file)


def test_a_list_that_breaks_off_is_not_taken(tmp_path):
    file = write_list(tmp_path / "l.csv", LIST_2014, [*LINES, LINES[0][:60]])
    with pytest.raises(DataError, match=r"l\.csv: the file breaks off in row 6 .* Download it"):
        take("eura", tmp_path / "store", file)


def test_the_list_of_2007_has_programmes(tmp_path):
    file = write_list(tmp_path / "lista.csv", LIST_2007, LINES_2007)
    taken = take("auto", tmp_path / "store", file)
    assert (taken.report.rows_kept, taken.report.columns_missing) == (3, ())
    esf, erdf, person = (project(taken, code) for code in ("S10324", "A31543", "A601070006"))
    assert (esf["name_fi"], esf["code_scheme"]) == ("Hoivaa, apua ja työtä", "eura-2007")
    assert (esf["programme_id"], esf["programming_period"]) == ("fi-esf-2007-2013", "2007-2013")
    assert erdf["programme_id"] == "fi-ita-suomi-2007-2013"
    assert taken.row("programmes", programme_id="fi-ita-suomi-2007-2013")["label_fi"] == (
        "Itä-Suomi 2007–2013"
    )
    assert "broken off" in taken.row("periods", project_id="eura-a31543")["note_en"]
    assert amounts(taken, "eura-a31543")["eu_and_state_realised"] == ("not_published", None)

    # Finnvera's customers are often private persons, and give their loans their own names.
    assert names(taken, "eura-a601070006", "beneficiary") == []
    assert person["name_fi"] is None
    everything = str([taken.rows(table) for table in ("projects", "organisations")])
    assert "esimerkki" not in everything.lower()
    assert any("1 projects are kept without" in note for note in taken.report.notes)


ROWS_2021 = (
    {
        "Hankekoodi": "S30001",
        "Ryhmähanketunnus": "R00012",
        "Rahasto": "ESR+",
        "Tl": "4",
        "Et": "4.3",
        "Hankkeen nimi": "Yhdessä kotona",
        "Toteuttajan nimi": "Jyväskylän kaupunki",
        "Toteuttajan Y-tunnus": "0174666-4",
        "Rahoittava viranomainen": f"Keski-Suomen {ELY}",
        "Toiminnan tila": "Käynnissä",
        "Aloituspvm": datetime(2023, 9, 4),
        "Päättymispvm": datetime(2026, 8, 31),
        "Suunniteltu EU- ja valtion rahoitus": 80000,
        "Suunniteltu julkinen rahoitus": 100000,
        "Suunniteltu rahoitus yhteensä": 110000.5,
        "Toteutunut EU- ja valtion rahoitus": 0,
        "Toteutunut julkinen rahoitus": 0,
        "Toteutunut rahoitus yhteensä": 0,
        "Toteutunut EU-rahoituksen määrä": 12345,
        "Tukitoimen ala": "158 Palvelujen yhtäläisen saatavuuden parantaminen",
        "Sijainti": "FI193 Keski-Suomi",
        "Toteutuspaikan postitoimipaikka": "JYVÄSKYLÄ",
        "Suunnitelman mukainen tiivistelmä hankkeen toteutuksesta": "Kotihoitoa kehitetään.",
        "Hankekuvauksen osoite": "https://www.eura2021.fi/hakutulokset/projektikortti?id=77",
    },
    {
        "Hankekoodi": "J40002",
        "Rahasto": "JTF",
        "EAKR-/JTF-alatyyppi": "JTF",
        "Tl": "7",
        "Hankkeen nimi": "Turpeesta eteenpäin",
        "Toteuttajan nimi": "Lapin liitto",
        "Rahoittava viranomainen": "Lapin liitto",
        "Toiminnan tila": "Keskeytynyt",
        "Aloituspvm": datetime(2024, 1, 1),
        "Suunniteltu EU- ja valtion rahoitus": 5,
        "Tukitoimen ala": 46,
        "Sijainti": "FI1D7 Lappi; FI1B1 Helsinki-Uusimaa",
    },
    {
        "Hankekoodi": "A50003",
        "Rahasto": "EAKR",
        "Hankkeen nimi": "Silta",
        "Aloituspvm": "1.2.2024",
    },
)


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """The export of EURA 2021, imported."""
    folder = tmp_path_factory.mktemp("exported")
    footer = ("Poimittu 10.5.2024", "Tiedot: EURA 2021")
    return take(
        "auto", folder / "store", write_2021(folder / "tiepa.xlsx", ROWS_2021, footer=footer)
    )


def test_the_export_of_2021_is_read(exported):
    home = project(exported, "S30001")
    assert (home["project_id"], home["code_scheme"]) == ("eura-s30001", "eura-2021")
    assert (home["fund"], home["programming_period"]) == ("esf-plus", "2021-2027")
    assert home["programme_id"] == "fi-innovation-skills-2021-2027"
    assert home["summary_fi"] == "Kotihoitoa kehitetään."
    assert home["url"] == "https://www.eura2021.fi/hakutulokset/projektikortti?id=77"
    period = exported.row("periods", project_id="eura-s30001")
    assert (period["start_date"], period["end_date"]) == (date(2023, 9, 4), date(2026, 8, 31))
    assert amounts(exported, "eura-s30001") == {
        "eu_and_state_granted": ("published", 80000),
        "eu_and_state_realised": ("zero", 0),
        "public_funding_planned": ("published", 100000),
        "public_funding_realised": ("zero", 0),
        "total_budget": ("published", 110000.5),
    }


def test_money_planned_is_not_called_granted_without_a_word(exported):
    row = exported.row("amounts", project_id="eura-s30001", measure="eu_and_state_granted")
    assert row["note_en"] == "The register calls this money planned."


def test_money_realised_from_the_eu_alone_is_not_the_contribution(exported):
    assert "eu_contribution" not in exported.report.sums
    assert exported.report.columns_unknown == ()


def test_the_footer_is_counted_and_told(exported):
    report = exported.report
    assert (report.rows_read, report.rows_kept, report.rows_refused) == (5, 3, 2)
    assert [(row["row"], row["reason"]) for row in report.refused] == [
        (5, "a footer, not a project"),
        (6, "a footer, not a project"),
    ]
    assert report.notes == ("tiepa.xlsx: the last 2 rows are a footer and hold no project.",)


def test_funds_places_and_their_counties_are_read(exported):
    assert [project(exported, code)["fund"] for code in ("J40002", "A50003")] == ["jtf", "erdf"]
    home = exported.row("places", project_id="eura-s30001")
    assert (home["name"], home["nuts3"]) == ("Keski-Suomi", "FI193")
    assert (home["wellbeing_county"], home["precision"]) == ("keski-suomi", "region")
    two = exported.rows("places", project_id="eura-j40002")
    assert {(p["nuts3"], p["wellbeing_county"]) for p in two} == {
        ("FI1D7", "lappi"),
        ("FI1B1", None),
    }
    nowhere = exported.row("places", project_id="eura-a50003")
    assert (nowhere["country"], nowhere["precision"]) == ("FI", "country")


def test_organisations_have_their_number_where_the_register_prints_it(exported):
    city = exported.row("organisations", organisation_id="eura-y-0174666-4")
    assert (city["name_original"], city["business_id"]) == ("Jyväskylän kaupunki", "0174666-4")
    (authority,) = names(exported, "eura-j40002", "funder")
    assert names(exported, "eura-j40002", "beneficiary") == [authority] == ["Lapin liitto"]
    assert len(exported.rows("organisations", name_original="Lapin liitto")) == 1


def test_objective_and_field_are_in_the_lens(exported):
    reasons = {row["record_id"] for row in exported.rows("lens", basis="category")}
    assert reasons == {"eura-s30001"}
    evidence = str(exported.rows("lens", record_id="eura-s30001"))
    assert "158" in evidence
    assert "4.3" in evidence


def test_money_may_be_called_granted(tmp_path):
    header = [name.replace("Suunniteltu EU-", "Myönnetty EU-") for name in EURA_2021]
    row = {"Hankekoodi": "S1001", "Myönnetty EU- ja valtion rahoitus": 7}
    taken = take("eura", tmp_path / "store", write_2021(tmp_path / "t.xlsx", [row], header))
    granted = taken.row("amounts", measure="eu_and_state_granted")
    assert (granted["amount_eur"], granted["note_en"]) == (7, None)
    assert taken.report.columns_missing == ()


def test_a_header_alone_says_that_there_is_no_row(tmp_path):
    if not EMPTY_2021.exists():
        pytest.skip("the reconstructed files are not beside this checkout")
    with pytest.raises(DataError, match="There is no row below the header"):
        take("eura", tmp_path / "store", EMPTY_2021)


def test_the_real_list_is_taken_whole_and_counts_once_with_the_curated_records(tmp_path, curated):
    if not REAL.exists():
        pytest.skip("the real list is not beside this checkout")
    taken = take("auto", tmp_path / "store", REAL)
    report = taken.report
    assert (report.rows_read, report.rows_kept, report.rows_refused) == (1702, 1702, 0)
    assert report.sums == {
        "eu_and_state_granted": 353_133_196.0,
        "eu_and_state_realised": 89_420_845.33,
        "public_funding_planned": 714_265_160.0,
        "public_funding_realised": 112_727_446.36,
    }
    both = open_catalog(paths.data_folder(), taken.store)
    asked = curated.frame("select code from records where code_scheme = 'eura-2014'")
    ours = set(asked["code"])
    codes = {row["code"] for row in taken.rows("projects")}
    assert {"S20540", "A70203"} <= ours & codes

    def count(catalog):
        return int(catalog.frame("select count(*) as n from projects")["n"].iloc[0])

    assert count(both) == count(curated) + len(codes - ours)
    shown = both.frame(
        "select record_id, count(*) as n from amounts where is_displayed "
        "and record_id in ('s20540', 'eura-s20540', 'eura-a70203') group by record_id"
    )
    assert dict(zip(shown["record_id"], shown["n"], strict=True)) == {"s20540": 4, "eura-a70203": 4}


names_of_rows = st.text("abcåäöÅ ,\"'-.0123456789", max_size=30).map(lambda text: f"Hoiva {text} x")
figures = st.integers(-5, 10**9).map(lambda cents: f"{cents / 100:.2f}" if cents % 7 else "")


@settings(max_examples=60)
@given(
    code=st.integers(100, 99999),
    fund=st.sampled_from(["EAKR", "ESR"]),
    name=names_of_rows,
    axis=st.integers(1, 7),
    authority=st.sampled_from(eura.AUTHORITIES),
    start=st.dates(date(2007, 1, 1), date(2023, 1, 1)),
    end=st.dates(date(2007, 1, 1), date(2023, 1, 1)),
    implementer=names_of_rows,
    money=st.lists(figures, min_size=4, max_size=4),
    programme=st.sampled_from(["", "Itä-Suomi", "Valtakunnallinen osio"]),
)
def test_a_row_that_was_joined_by_commas_is_parted_again(
    code, fund, name, axis, authority, start, end, implementer, money, programme
):
    cells = [
        *(f"S{code}", fund, name, *([programme] if programme else []), str(axis), authority),
        *("Toiminnassa", f"{start.day}.{start.month}.{start.year}"),
        *(f"{end.day}.{end.month}.{end.year}", implementer, *money),
    ]
    # No reader could part a title that ends like an authority, or a name like an amount.
    assume(not any(f",{one}" in name for one in eura.AUTHORITIES))
    layout = "2007" if programme else "2014"
    assert eura.parted(",".join(cells), layout, set(eura.AUTHORITIES)) == cells


projects = st.lists(
    st.fixed_dictionaries(
        {
            "code": st.integers(100, 99999),
            "name": names_of_rows,
            "authority": st.sampled_from(
                [one for one in eura.AUTHORITIES if "Finnvera" not in one]
            ),
            "implementer": names_of_rows,
            "start": st.dates(date(2007, 1, 1), date(2035, 1, 1)),
            "end": st.dates(date(2007, 1, 1), date(2035, 1, 1)),
            "money": st.lists(st.none() | st.integers(0, 10**9), min_size=4, max_size=4),
        }
    ),
    min_size=1,
    max_size=25,
    unique_by=lambda record: record["code"],
)
LAYOUTS = {"2007": LIST_2007, "2014": LIST_2014, "2021": EURA_2021}


def written(path, layout, records):
    """A file of a layout that tells of the records."""
    if layout == "2021":
        columns = [EURA_2021[place] for place in (13, 16, 14, 17)]
        rows = [
            {
                "Hankekoodi": f"S{record['code']}",
                "Rahasto": "ESR+",
                "Hankkeen nimi": record["name"],
                "Toteuttajan nimi": record["implementer"],
                "Rahoittava viranomainen": record["authority"],
                "Aloituspvm": datetime.combine(record["start"], datetime.min.time()),
                "Päättymispvm": datetime.combine(record["end"], datetime.min.time()),
            }
            | {
                column: cents / 100
                for column, cents in zip(columns, record["money"], strict=True)
                if cents is not None
            }
            for record in records
        ]
        return write_2021(path.with_suffix(".xlsx"), rows)
    lines = []
    for record in records:
        days = [f"{day.day}.{day.month}.{day.year}" for day in (record["start"], record["end"])]
        money = ["" if cents is None else f"{cents / 100:.2f}" for cents in record["money"]]
        programme = ["Valtakunnallinen osio"] if layout == "2007" else []
        cells = [f"S{record['code']}", "ESR", record["name"], *programme, "5", record["authority"]]
        lines.append(",".join([*cells, "Toiminnassa", *days, record["implementer"], *money]))
    return write_list(path, LAYOUTS[layout], lines)


# An import is too slow to be tried a thousand times for a smaller example.
@settings(max_examples=6, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(projects, st.sampled_from(list(LAYOUTS)))
def test_what_is_written_is_read_back(tmp_path_factory, records, layout):
    folder = tmp_path_factory.mktemp("back")
    taken = take("auto", folder / "store", written(folder / "lista.csv", layout, records))
    report = taken.report
    assert (report.rows_read, report.rows_kept) == (len(records), len(records))
    for place, measure in enumerate(eura.MEASURES[:4]):
        cents = sum(record["money"][place] or 0 for record in records)
        assert report.sums.get(measure, 0) == pytest.approx(cents / 100, abs=0.01)
    found = {row["code"]: row for row in taken.rows("projects")}
    periods = {row["project_id"]: row for row in taken.rows("periods")}
    said = {(row["project_id"], row["measure"]): row for row in taken.rows("amounts")}
    seats = {(row["project_id"], row["role"]) for row in taken.rows("participations")}
    for record in records:
        row = found[f"S{record['code']}"]
        name = row["project_id"]
        assert row["name_original"] == record["name"]
        assert row["code_scheme"] == f"eura-{layout}"
        assert periods[name]["start_date"] == record["start"]
        assert periods[name]["end_date"] == record["end"]
        assert {(name, "funder"), (name, "beneficiary")} <= seats
        for place, measure in enumerate(eura.MEASURES[:4]):
            cents, amount = record["money"][place], said[name, measure]
            state = "not_published" if cents is None else "published" if cents else "zero"
            assert amount["state"] == state
            assert amount["amount_eur"] == (None if cents is None else cents / 100)
