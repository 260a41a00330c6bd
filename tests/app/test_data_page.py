from urllib.parse import parse_qs, urlsplit

import pytest

from projectdata.queries.rows import COLUMNS
from tests.app.test_funding_page import page, written


def links(app) -> list[str]:
    return [element.proto.body for element in app.get("html")]


@pytest.mark.parametrize("lang", ["en", "fi"])
def test_the_page_shows_rows_files_and_addresses(lang):
    app = page("data", country="SE", lang=lang)
    assert not app.exception
    assert len(app.title) == 1
    assert any("/api/v1/projects.csv?country=SE" in link for link in links(app))
    assert any("projects.parquet" in link for link in links(app))
    assert "/api/v1/projects.csv?country=SE" in app.code[0].value


def test_each_download_says_how_many_projects_it_gives():
    app = page("data", project="near", lang="en")
    said = [link for link in links(app) if "Download" in link]
    assert len(said) == 6
    assert all("Download 1 project (" in link for link in said)


def test_a_small_table_is_html_with_names_that_lead_to_projects():
    app = page("data", project="near", lang="en")
    assert not app.dataframe
    assert "/project?project=near&lang=en" in app.table[0].value.iloc[0, 0]


def test_many_rows_are_a_grid():
    app = page("data", lang="en")
    assert len(app.dataframe) == 1
    assert "All " in written(app)


def test_chosen_columns_stand_in_table_and_address():
    app = page("data", project="near", columns="project_id,fund", lang="en")
    assert not app.exception
    assert list(app.table[0].value.columns) == ["Project", "Project id", "Fund"]
    query = parse_qs(urlsplit(app.code[0].value).query)
    assert query["columns"] == ["project_id,fund"]


def test_an_odd_column_is_named_and_left_out():
    app = page("data", project="near", columns="project_id,gold", lang="en")
    assert any("gold" in warning.value for warning in app.warning)
    assert list(app.table[0].value.columns) == ["Project", "Project id"]


def test_every_column_can_be_shown():
    app = page("data", country="SE", columns=",".join(COLUMNS), lang="fi")
    assert not app.exception


def test_the_empty_case_speaks_and_the_raw_tables_stay():
    app = page("data", country="IS", fund="jtf", lang="en")
    assert not app.exception
    assert "Nothing matches all of these choices" in written(app)
    assert not any("projects.csv?" in link for link in links(app))
    assert len(app.table) == 1
