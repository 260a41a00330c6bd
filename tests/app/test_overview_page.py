import pytest

from tests.app.test_timeline_page import opened, text


@pytest.mark.parametrize("lang", ["en", "fi"])
def test_the_overview_shows_figures_and_the_four_projects(lang):
    at = opened("overview", lang=lang)
    assert len(at.metric) == 6
    told = text(at)
    for name in ("NEAR", "LINK", "S20540", "savotta"):
        assert name in told
    assert f"lang={lang}" in told


def test_the_sum_says_how_many_projects_it_is_based_on():
    at = opened("overview", lang="en", measure="grant")
    money = at.metric[3]
    assert "of" in money.delta
    assert "projects" in money.delta


def test_a_cell_of_the_table_sets_both_filters():
    at = opened("overview", lang="en", collection="interreg")
    cells = at.table[0].value.astype(str).to_numpy().ravel()
    links = [cell for cell in cells if "country=" in cell]
    assert links
    assert all("target_group=" in link and "collection=interreg" in link for link in links)


def test_a_measure_that_nobody_publishes_is_said():
    at = opened("overview", lang="en", project="link")
    assert "no amount published" in text(at)
