from datetime import date

import pandas as pd
import pytest

from projectdata.queries import timeline
from projectdata.selection import Selection
from tests.spread import spread_over_years

ALL = Selection(on=date(2024, 5, 1))


@pytest.mark.parametrize("lanes", timeline.LANES)
def test_bars_of_all_lanes_are_the_pages_put_together(catalog, lanes):
    total = int(catalog.rows(timeline.lane_sizes, ALL, lanes)["projects"].sum())
    whole = catalog.rows(timeline.bars, ALL, lanes, 0, 1000)
    pages = [catalog.rows(timeline.bars, ALL, lanes, at, 5) for at in range(0, total, 5)]
    assert len(whole) == total
    assert [i for page in pages for i in page["project_id"]] == list(whole["project_id"])


def test_a_project_in_three_countries_has_three_bars(catalog):
    rows = catalog.rows(timeline.bars, ALL, "country", 0, 1000)
    assert (rows["project_id"] == "three-countries").sum() == 3


def test_a_project_without_a_lead_stands_in_the_last_lane(catalog):
    sizes = catalog.rows(timeline.lane_sizes, ALL, "lead")
    assert "unknown" not in set(sizes["lane"].iloc[:-1])


def test_bars_and_undated_projects_are_all_projects(catalog):
    dated = set(catalog.rows(timeline.bars, ALL, "collection", 0, 1000)["project_id"])
    undated = set(catalog.rows(timeline.undated, ALL)["project_id"])
    counts = catalog.rows(timeline.period_counts, ALL).iloc[0]
    assert undated == {"quiet"}
    assert not dated & undated
    assert (counts["dated"], counts["undated"], counts["one"]) == (len(dated), 1, 1)


def test_both_statements_of_a_period_stand_with_their_sources(catalog):
    rows = catalog.rows(timeline.period_statements, ALL)
    said = rows[rows["project_id"] == "two-ways"]
    assert list(said["is_displayed"]) == [True, False]
    assert list(said["basis"]) == ["stated", "drawn"]
    assert said["source_title"].notna().all()


def test_what_ends_soon_runs_now_and_ends_within_a_year(catalog):
    day = Selection(on=date(2026, 6, 30))
    soon = catalog.rows(timeline.ending_soon, day)
    assert list(soon["project_id"]) == ["krona", "three-countries", "two-ways"]
    ended = catalog.rows(timeline.recently_ended, Selection(on=date(2027, 2, 1)))
    assert set(ended["project_id"]) == {"krona", "three-countries"}


def test_the_day_after_a_leap_day_is_no_trouble(catalog):
    catalog.rows(timeline.ending_soon, Selection(on=date(2024, 2, 29)))


def test_nothing_gives_no_rows_and_missing_counts(catalog):
    nothing = Selection(q="no such project anywhere")
    assert catalog.rows(timeline.bars, nothing, "collection", 0, 30).empty
    assert catalog.rows(timeline.period_counts, nothing).iloc[0].isna().all()


@pytest.mark.parametrize("measure", ["total_budget", "eu_contribution", "public_funding_planned"])
def test_spread_money_is_the_money_of_those_projects(curated, measure):
    selection = Selection(measure=measure)
    rows = curated.rows(timeline.money_by_year, selection)
    facts = curated.answer(curated.tables["facts"]).assign(projects=1)
    expected = spread_over_years(facts, measure, ("collection",))
    pd.testing.assert_frame_equal(
        rows,
        expected.rename(columns={measure: "amount_eur"})[list(rows.columns)],
        check_dtype=False,
    )
    held = curated.rows(timeline.spread_money, selection).iloc[0]
    assert rows["amount_eur"].sum() == pytest.approx(held["sum_eur"])
    counts = curated.rows(timeline.period_counts, selection).iloc[0]
    assert held["projects"] == counts["both_and_amount"]


def test_the_first_rows_of_a_list_are_its_first(curated):
    every = curated.rows(timeline.ending_soon, ALL)
    first = curated.rows(timeline.first_of, ALL, timeline.ending_soon, 2)
    assert list(first["project_id"]) == list(every["project_id"])[:2]
    assert curated.rows(timeline.count_of, ALL, timeline.ending_soon)["n"].iloc[0] == len(every)


def test_near_ends_in_2026_and_is_drawn_to_2027(curated):
    rows = curated.rows(timeline.periods_of, ALL, "near")
    displayed = rows[rows["is_displayed"]].iloc[0]
    assert (displayed["end_date"].year, displayed["precision"]) == (2026, "year")
    assert 2027 in set(rows["end_date"].dropna().dt.year)
