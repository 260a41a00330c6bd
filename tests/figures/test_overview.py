from projectdata.figures import overview as figures
from projectdata.palette import LIGHT
from projectdata.queries import overview
from projectdata.selection import Selection


def test_a_family_without_amounts_has_words_and_no_bar(catalog, words_en):
    rows = catalog.rows(overview.money_by_collection, Selection(measure="eu_contribution"))
    figure = figures.money_by_collection(rows, words_en, LIGHT)
    bars = [trace for trace in figure.data if trace.type == "bar"]
    labels = next(trace.text for trace in figure.data if trace.type == "scatter")
    assert len(bars) == rows["amount_eur"].notna().sum()
    assert sum("not published" in label for label in labels) == rows["amount_eur"].isna().sum()


def test_a_bar_that_lacks_projects_has_an_open_end(catalog, words_en):
    rows = catalog.rows(overview.money_by_collection, Selection())
    figure = figures.money_by_collection(rows, words_en, LIGHT)
    partial = rows[(rows["with_amount"] > 0) & (rows["with_amount"] < rows["projects"])]
    assert len(figure.layout.shapes) == len(partial)
