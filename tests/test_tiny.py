"""The tiny package really holds the awkward cases that other tests rely on."""

import re

from projectdata.catalog import Catalog


def test_a_confirmed_pair_counts_once(catalog: Catalog):
    facts = catalog.frame("select project_id from facts")
    records = catalog.frame("select record_id from records")
    assert (len(facts), len(records)) == (16, 17)


def test_each_awkward_case_is_there(catalog: Catalog):
    facts = catalog.frame("select * from facts").set_index("project_id")
    assert facts.loc["zero", "total_budget"] == 0
    assert facts.loc[["quiet", "unsaid", "krona", "only-eu"], "total_budget"].isna().all()
    assert facts.loc["roundly", "total_budget_precision"] == "rounded"
    assert facts.loc["open-end", ["end_date"]].isna().all()
    assert set(facts["period_precision"].dropna()) == {"day", "month", "year"}
    assert facts.loc["two-ways", "has_period_conflict"]
    assert re.search(
        r'"quoted",\nand <img src=x onerror=alert\(1\)>', facts.loc["odd-name", "title_en"]
    )
    assert facts.loc["formula", "title_en"].startswith("=")
