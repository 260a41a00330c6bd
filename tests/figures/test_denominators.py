import pandas as pd
import pytest

from projectdata.figures import denominators
from projectdata.palette import DARK, LIGHT


@pytest.fixture
def rows() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "county": ["Lapland", "<b>Kainuu"],
            "projects": [18, 8],
            "projects_per_100000": [10.22, float("nan")],
            "population": [176_151, None],
            "population_year": [2024, 2024],
            "aged_65_plus_pct": [27.3, None],
            "aged_65_plus_pct_year": [2023, 2023],
        }
    )


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_both_bars_of_every_county_stand_and_the_unknown_has_words(rows, words_en, colours):
    figure = denominators.counties(rows, words_en, colours)
    counts, rates = figure.data
    assert list(counts.x) == [18, 8]
    assert list(counts.text) == ["18", "8"]
    assert list(rates.text) == ["10.2", "not known"]
    assert rates.x[1] == 0
    assert "‹b›Kainuu" in counts.y


def test_the_tooltip_names_people_and_their_year(rows, words_fi):
    said = denominators.counties(rows, words_fi, LIGHT).data[0].hovertext
    assert "2024" in said[0]
    assert "176\N{NO-BREAK SPACE}151" in said[0]
    assert "2024" not in said[1]


def test_a_selection_without_any_rate_still_draws(rows, words_en):
    bare = rows.assign(projects_per_100000=float("nan"), population=None)
    assert len(denominators.counties(bare, words_en, LIGHT).data) == 2
