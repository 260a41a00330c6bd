import pytest

from projectdata.importers import lens
from tests.app.imported import ROWS
from tests.app.test_funding_page import page, written


def said(app) -> str:
    return written(app).replace("\\", "")


def cells(app, number: int = 0) -> str:
    return app.table[number].value.to_string().replace("\\", "")


@pytest.mark.parametrize("lang", ["en", "fi"])
def test_the_report_of_an_import_stands_on_the_about_page(with_imports, lang):
    app = page("about", section="imports", lang=lang)
    assert not app.exception
    report = with_imports.holdings.reports()["kohesio"]
    lines = dict(app.table[0].value.to_numpy().tolist())
    numbers = [int(value) for value in list(lines.values())[:9]]
    names = ("rows_read", "rows_kept", "rows_merged", "rows_refused")
    assert numbers[:4] == [report[name] for name in names]
    assert numbers[0] == len(ROWS) == sum(numbers[1:4])
    assert numbers[7:] == [report["records"], report["social"]]


def test_refused_rows_stand_with_their_reason_and_can_be_taken_away(with_imports):
    app = page("about", section="imports", lang="en")
    assert "operations.csv" in said(app)
    assert "30/02/2019" in cells(app, 1)
    labels = [button.label for button in app.get("download_button")]
    assert "Download 1 refused row (CSV)" in labels


def test_a_finnish_reader_reads_finnish_reasons(with_imports):
    app = page("about", section="imports", lang="fi")
    assert "alkupäivänä on ”30/02/2019”, mikä ei ole päivämäärä" in cells(app, 1)
    assert "englanniksi" not in said(app)
    text = said(page("project", project="kohesio-q900001", lang="fi"))
    assert "Virallinen luokka: tukitoimiala 112 (2014–2020)" in text
    text = said(page("project", project="kohesio-q900002", lang="fi"))
    assert "Oma päätelmämme: ”homeless”" in text


def test_sums_stand_by_measure(with_imports):
    lines = cells(page("about", section="imports", lang="en"))
    assert "Sum: Total budget" in lines
    assert "€2,204,963.50" in lines


@pytest.mark.parametrize("lang", ["en", "fi"])
def test_without_an_import_the_page_says_how_to_make_one(lang):
    app = page("about", section="imports", lang=lang)
    assert app.code[0].value == "projectdata import auto FILE --store DIR"
    assert not app.table


def test_the_introduction_counts_the_curated_and_names_the_imported(with_imports):
    curated = said(page("about", lang="en"))
    assert "Kohesio (" in curated
    assert "programme or country" in curated
    only = with_imports.holdings.reports()["kohesio"]["records"] - 1
    everything = len(with_imports.answer(with_imports.tables["facts"].select("project_id")))
    assert f"A curated sample of {everything - only} projects" in curated


def test_the_footer_names_the_register_and_its_day(with_imports):
    day = with_imports.holdings.reports()["kohesio"]["imported"][:4]
    footer = page("about", lang="en").caption[-1].value.replace("\\", "")
    assert "a curated sample beside Kohesio (" in footer
    assert day in footer


def test_curated_data_alone_is_called_a_sample():
    footer = page("about", lang="en").caption[-1].value.replace("\\", "")
    assert footer.endswith("a sample of projects, no programme totals")


def test_the_categories_and_words_of_the_lens_are_shown():
    app = page("about", section="lens", lang="en")
    categories = sum(len(table.value) for table in app.table[:-1])
    assert categories == len(lens.categories())
    said_of = {row[0]: row[1] for row in app.table[-1].value.to_numpy()}
    assert "domiciliary care" in next(v for k, v in said_of.items() if k.startswith("Home care"))


def test_the_words_of_another_language_can_be_chosen():
    app = page("about", section="lens", lang="en", words="fi")
    finnish = {one.pattern for one in lens.keywords() if "fi" in one.languages}
    shown = app.table[-1].value.to_numpy()
    listed = {word for row in shown for cell in row[1:] for word in cell.split(", ") if word}
    assert {word.replace("\\", "") for word in listed} == finnish
    assert not page("about", section="lens", lang="en", words="xx").exception


@pytest.mark.parametrize(
    ("project", "why"),
    [
        ("kohesio-q900001", "Official category: intervention field 112 (2014–2020)"),
        ("kohesio-q900002", "Our reading: “homeless”"),
        ("kohesio-q900010", "Not shown among social services"),
    ],
)
def test_an_imported_project_says_why_it_is_in_the_lens_or_not(with_imports, project, why):
    assert why in said(page("project", project=project, lang="en"))


def test_a_curated_project_needs_no_reason(with_imports):
    text = said(page("project", project="lapin-sote-savotta", lang="en"))
    assert "among social services" not in text
    assert "machine translation." not in text


def test_a_machine_translation_is_marked_beside_the_original_title(with_imports):
    app = page("project", project="kohesio-q900001", lang="en")
    assert app.title[0].value == "Care at home for older people of the valley"
    text = said(app)
    assert "Assistenza domiciliare per anziani della valle" in text
    assert "title in the programme’s language, Italian" in text
    assert "name: machine translation of the source" in text
    assert "The register made this summary by machine translation." in text


def test_a_finnish_reader_sees_the_title_of_the_programme(with_imports):
    app = page("project", project="kohesio-q900001", lang="fi")
    assert app.title[0].value == "Assistenza domiciliare per anziani della valle"
    assert "Tiivistelmä on rekisterin konekäännös." in said(app)


def test_the_records_of_several_registers_stand_side_by_side(with_imports):
    app = page("project", project="kohesio-q3749304", lang="en")
    assert not app.exception
    assert "In several registers" in {header.value for header in app.header}
    table = next(t.value for t in app.table if "Name in the record" in t.value)
    records = table.to_string().replace("\\", "")
    assert len(table) == 3
    assert "Q3749304" in records
    assert "A70203" in records
    assert "operations.csv" in records
