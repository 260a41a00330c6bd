import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from projectdata import api
from projectdata.ui.chrome import FILTERED
from tests.app.imported import ROADS
from tests.app.test_timeline_page import opened, text

PAGES = [name or "overview" for name in FILTERED]
SOCIAL, EVERYTHING = ["social"], ["other", "social"]


def lens_of(at) -> list[str]:
    """What the address says of relevance."""
    said = at.query_params.get("relevance", [])
    return sorted([said] if isinstance(said, str) else said)


def summary(catalog, at) -> dict:
    """What the API says for the address of a page."""
    pairs = [
        (key, value)
        for key, values in at.query_params.items()
        for value in ([values] if isinstance(values, str) else values)
    ]
    with TestClient(Starlette(routes=api.routes(lambda: catalog))) as client:
        return client.get("/api/v1/summary.json", params=pairs).json()


@pytest.mark.parametrize("page", PAGES)
def test_an_address_that_narrows_nothing_opens_on_social_services(with_imports, page):
    at = opened(page, lang="en", measure="grant", on="2020-01-01")
    assert lens_of(at) == SOCIAL
    assert at.query_params["measure"] in ("grant", ["grant"])
    assert at.toggle(key="lens").value
    assert "projects about social services" in text(at)


def test_an_opened_page_stays_as_it_is_when_it_runs_again(with_imports):
    at = opened("overview", lang="en")
    before = dict(at.query_params)
    at.run()
    assert dict(at.query_params) == before


@pytest.mark.parametrize(
    "said",
    [
        {"country": "FI"},
        {"q": "asphalt"},
        {"not.collection": "erasmus"},
        {"from": "2015"},
        {"country": "nowhere"},
    ],
)
def test_a_link_that_says_something_is_left_as_it_is(with_imports, said):
    at = opened("overview", lang="en", **said)
    assert lens_of(at) == []
    assert not at.toggle(key="lens").value


def test_a_search_finds_what_is_outside_the_lens(with_imports):
    found = text(opened("overview", lang="en", q="asphalt"))
    assert f"{len(ROADS)} projects with the words" in found
    assert f"0 of {len(ROADS)} projects" in found


def test_the_switch_shows_all_and_brings_the_lens_back(with_imports):
    at = opened("overview", lang="en")
    within = summary(with_imports, at)["projects"]
    at.toggle(key="lens").set_value(False).run()
    everything = summary(with_imports, at)["projects"]
    assert lens_of(at) == EVERYTHING
    assert at.title[0].value == "EU\\-funded projects"
    assert everything == within + len(ROADS)
    assert f"All {everything} projects" in text(at)
    at.toggle(key="lens").set_value(True).run()
    assert lens_of(at) == SOCIAL
    assert f"{within} projects about social services" in text(at)


@pytest.mark.parametrize(
    "said", [{}, {"relevance": "other"}, {"country": "IT"}, {"country": "IT", "status": "ended"}]
)
def test_the_count_of_a_page_is_the_count_of_the_api_for_its_address(with_imports, said):
    at = opened("overview", lang="en", **said)
    told = summary(with_imports, at)
    assert int(at.metric[0].value.replace(",", "")) == told["projects"]
    assert told["selection"] in text(at)


def test_both_numbers_follow_the_other_filters(with_imports):
    at = opened("overview", lang="en", collection="kohesio", programme="2014it05sfop999")
    assert "2 of 7 projects" in text(at)


def test_whoever_takes_the_last_filter_away_goes_on_looking_at_everything(with_imports):
    at = opened("overview", lang="en", country="IT")
    at.button(key="chip-0").click().run()
    assert lens_of(at) == EVERYTHING
    assert not at.toggle(key="lens").value


def test_clearing_all_filters_leaves_the_switch_alone(with_imports):
    at = opened("overview", lang="en", country="IT", relevance="social")
    at.button(key="clear-all").click().run()
    assert lens_of(at) == SOCIAL


def test_the_switch_is_no_chip_as_well(with_imports):
    at = opened("overview", lang="en", country="IT", relevance="social")
    assert [b.label for b in at.button if b.key.startswith("chip-")] == ["Italy ✕"]
    others = opened("overview", lang="en", relevance="other")
    assert [b.label for b in others.button if b.key.startswith("chip-")] == ["Other projects ✕"]


def test_nothing_found_in_the_lens_says_what_all_projects_hold(with_imports):
    at = opened("overview", lang="en", q="asphalt", relevance="social")
    hint = at.info[0].value.replace("\\", "")
    assert f"without “Social services only” there are {len(ROADS)}" in hint


def test_both_sides_of_a_comparison_open_on_the_lens_and_leave_it_together(with_imports):
    at = opened("compare", lang="en")
    assert at.query_params["b.relevance"] in ("social", SOCIAL)
    at.toggle(key="lens").set_value(False).run()
    assert lens_of(at) == EVERYTHING
    assert sorted(at.query_params["b.relevance"]) == EVERYTHING
    at.button(key="preset-0").click().run()
    assert lens_of(at) == EVERYTHING
    assert sorted(at.query_params["b.relevance"]) == EVERYTHING


def test_the_lens_is_told_in_finnish(with_imports):
    at = opened("overview", lang="fi")
    assert "hanketta: sosiaalipalveluista" in text(at)
    assert at.toggle(key="lens").label == "Vain sosiaalipalvelut"


@pytest.mark.parametrize("page", PAGES)
def test_curated_data_alone_has_no_switch_and_nothing_in_the_address(page):
    at = opened(page, lang="en")
    assert "relevance" not in at.query_params
    assert not [toggle for toggle in at.toggle if toggle.key == "lens"]
