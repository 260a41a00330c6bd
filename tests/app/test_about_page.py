import pytest

from projectdata.ui.about import SECTIONS
from tests.app.test_funding_page import page, written


@pytest.mark.parametrize("lang", ["en", "fi"])
@pytest.mark.parametrize("section", SECTIONS)
def test_every_part_of_the_page_runs(section, lang):
    app = page("about", section=section, lang=lang)
    assert not app.exception
    assert len(app.title) == 1
    assert len(app.header) >= 1


def test_an_odd_part_shows_the_first():
    app = page("about", section="gold", lang="en")
    assert not app.exception
    assert "curated sample" in written(app)


def test_conflicts_stand_with_their_statements_and_the_reason():
    app = page("about", section="conflicts", lang="en")
    assert len(app.table) == 10
    for table in app.table:
        shown = list(table.value["On the pages"])
        assert shown.count("✓ shown") == 1
        assert len(shown) >= 2


def test_conflicts_come_a_page_at_a_time():
    first = page("about", section="conflicts", lang="en")
    second = page("about", section="conflicts", page="2", lang="en")
    assert first.subheader != second.subheader or written(first) != written(second)
    assert not page("about", section="conflicts", page="99999", lang="en").exception


def test_a_source_can_be_found():
    app = page("about", section="sources", find="EURA 2014", lang="en")
    assert all("EURA" in str(row) for row in app.table[0].value.iloc[:, 0])
    nothing = page("about", section="sources", find="zzzz", lang="en")
    assert "No source has these words" in " ".join(info.value for info in nothing.info)


def test_the_dictionary_describes_the_chosen_table():
    app = page("about", section="dictionary", table="amounts", lang="en")
    assert "amount_eur" in list(app.table[0].value["Column"].str.replace("\\", ""))


def test_the_choice_of_filters_does_not_change_what_is_said_of_the_whole():
    free = written(page("about", section="coverage", lang="en"))
    narrowed = written(page("about", section="coverage", country="IS", lang="en"))
    assert free == narrowed
