"""What a browser says while it draws the page anew: labels of before, and two clicks at once.

The messages are written as the browser writes them; a test has no slow browser at hand.
"""

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Widget

from projectdata.ui import options as options_
from tests.app.test_funding_page import page


def sent(app: AppTest, **values: list[str]) -> AppTest:
    """Run the page with what a browser says of some widgets, by key."""
    ids = {w.key.replace("-", "_"): w.id for w in app._tree if isinstance(w, Widget) and w.key}
    states = app._tree.get_widget_states()
    for key, said in values.items():
        state = next(one for one in states.widgets if one.id == ids[key])
        if len(said) == 1 and state.HasField("string_value"):
            state.string_value = said[0]
        else:
            state.string_array_value.Clear()
            state.string_array_value.data.extend(said)
    # A browser appends the button that was pressed to what it has said before.
    states.widgets.sort(key=lambda state: state.trigger_value)
    return app._run(states)


def label(app: AppTest, key: str, beginning: str) -> str:
    """The option of a widget whose label begins so, as the page shows it now."""
    return next(option for option in options(app, key) if option.startswith(beginning))


def options(app: AppTest, key: str) -> list[str]:
    return next(one for one in app._tree if isinstance(one, Widget) and one.key == key).options


def chosen(app: AppTest) -> dict[str, list[str]]:
    given = app.query_params.items()
    return {key: [values] if isinstance(values, str) else list(values) for key, values in given}


def test_a_label_from_before_its_number_changed_still_means_its_option():
    app = page("funding", lang="en")
    before = label(app, "in-country", "Finland (")
    app = sent(app, in_country=[before])
    app = sent(app, in_status=[label(app, "in-status", "Running (")])
    assert label(app, "in-country", "Finland (") != before
    app = sent(app, in_country=[before])
    assert chosen(app)["country"] == ["FI"]
    app = sent(app, in_country=[before], in_collection=[label(app, "in-collection", "Kohesio")])
    assert not app.exception
    assert app.warning == []
    assert chosen(app) | {"lang": []} == {
        "country": ["FI"],
        "status": ["running"],
        "collection": ["kohesio"],
        "lang": [],
    }


def test_an_option_that_has_left_the_list_is_still_understood():
    app = page("funding", lang="en")
    before = options(app, "in-country")
    app = sent(app, in_collection=options(app, "in-collection")[-1:])
    names = {option.rpartition(" (")[0] for option in options(app, "in-country")}
    gone = next(option for option in before if option.rpartition(" (")[0] not in names)
    app = sent(app, in_country=[gone])
    assert len(chosen(app)["country"]) == 1
    assert gone.rpartition(" (")[0] + " (0)" in options(app, "in-country")
    assert app.warning == []


def test_two_choices_in_one_message_are_both_taken():
    app = page("funding", lang="en")
    app = sent(
        app,
        in_country=[label(app, "in-country", "Finland (")],
        in_status=[label(app, "in-status", "Ended (")],
        funding_measure=[label(app, "funding-measure", "EU contribution (")],
    )
    assert not app.exception
    assert chosen(app)["country"] == ["FI"]
    assert chosen(app)["status"] == ["ended"]
    assert chosen(app)["measure"] == ["eu_contribution"]


def test_a_control_that_says_nothing_takes_no_choice_back():
    app = page("funding", lang="en", country="FI", measure="eu_contribution")
    app = sent(app, in_country=[], funding_measure=[])
    assert "country" not in chosen(app)
    assert chosen(app)["measure"] == ["eu_contribution"]
    assert app.warning == []


@pytest.mark.parametrize("stale", ["Finland (1)", "Finland (999,999)"])
def test_the_country_box_of_the_map_knows_its_countries_by_name(stale):
    app = page("map", lang="en", country="FI")
    app = sent(app, map_country=[stale])
    assert chosen(app)["country"] == ["FI"]
    app = sent(app, map_country=["no country at all (3)"])
    assert chosen(app)["country"] == ["FI"]
    assert not app.exception


def test_selection_b_understands_labels_of_before():
    app = page("compare", lang="en")
    before = label(app, "b-country", "Finland (")
    app = sent(app, b_country=[before], b_status=[label(app, "b-status", "Ended (")])
    app = sent(app, b_country=[before, label(app, "b-country", "Sweden (")])
    assert sorted(chosen(app)["b.country"]) == ["FI", "SE"]
    assert chosen(app)["b.status"] == ["ended"]
    assert app.warning == []


def test_a_click_before_the_browser_has_heard_of_the_last_one_adds_to_it():
    app = page("funding", lang="en")
    app = sent(app, in_country=[label(app, "in-country", "Finland (")])
    app.query_params.clear()
    app.query_params["lang"] = "en"
    app = sent(app, in_status=[label(app, "in-status", "Ended (")])
    assert chosen(app)["country"] == ["FI"]
    assert chosen(app)["status"] == ["ended"]
    app.query_params.clear()
    app = sent(app, funding_measure=[label(app, "funding-measure", "EU contribution (")])
    assert chosen(app) | {"lang": []} == {
        "country": ["FI"],
        "status": ["ended"],
        "measure": ["eu_contribution"],
        "lang": [],
    }


def test_the_way_back_undoes_a_choice():
    app = page("funding", lang="en")
    app = sent(app, in_country=[label(app, "in-country", "Finland (")])
    app.query_params.clear()
    app.query_params["lang"] = "en"
    app = app.run()
    assert "country" not in chosen(app)
    app = sent(app, in_status=[label(app, "in-status", "Ended (")])
    assert chosen(app)["status"] == ["ended"]
    assert "country" not in chosen(app)


def test_a_label_of_before_takes_nothing_back_that_was_chosen_elsewhere():
    app = page("map", lang="en", country="FI")
    before = label(app, "in-country", "Finland (")
    app = sent(app, in_status=[label(app, "in-status", "Ended (")])
    chip = next(button for button in app.button if button.label.startswith("Finland"))
    chip.click()
    app = sent(app, in_country=[before], map_country=[before])
    assert "country" not in chosen(app)
    assert chosen(app)["status"] == ["ended"]


def test_what_was_chosen_can_be_taken_away_before_it_was_drawn(monkeypatch):
    monkeypatch.setattr(st, "session_state", {})
    options_.draw("in-country", [])
    assert options_.is_news("in-country", ["FI"])
    assert options_.is_news("in-country", [])
    assert not options_.is_news("in-country", [])


def test_a_bad_value_beside_a_text_is_left_out_when_the_text_is_written():
    app = page("funding", lang="en", country="ZZ")
    assert len(app.warning) == 1
    app.text_input(key="in-q").set_value("care").run()
    assert app.warning == []
    assert chosen(app)["q"] == ["care"]
    assert "country" not in chosen(app)


SIDES = {"country": "FI", "b.country": "SE", "lang": "en"}


def pressed(app: AppTest, button: str, **values: list[str]) -> AppTest:
    """A button of selection B in the same message as what the browser says of some widgets."""
    app.button(key=button).click()
    return sent(app, **values)


def test_swapping_takes_along_what_was_chosen_in_the_same_message():
    app = page("compare", **SIDES)
    app = pressed(
        app,
        "swap",
        in_status=[label(app, "in-status", "Ended (")],
        b_collection=[label(app, "b-collection", "Erasmus")],
    )
    assert not app.exception
    assert chosen(app) | {"lang": []} == {
        "country": ["SE"],
        "collection": ["erasmus"],
        "b.country": ["FI"],
        "b.status": ["ended"],
        "lang": [],
    }


def test_a_copy_of_a_has_what_was_chosen_in_the_same_message():
    app = page("compare", **SIDES)
    app = pressed(app, "copy", in_status=[label(app, "in-status", "Ended (")])
    assert chosen(app)["b.country"] == ["FI"]
    assert chosen(app)["b.status"] == ["ended"]


def test_clearing_b_leaves_nothing_that_was_chosen_in_the_same_message():
    app = page("compare", **SIDES)
    app = pressed(app, "clear-b", b_status=[label(app, "b-status", "Ended (")])
    assert [key for key in chosen(app) if key.startswith("b.")] == []
    assert chosen(app)["country"] == ["FI"]


def test_a_pair_to_start_from_keeps_the_measure_of_the_address():
    app = page("compare", **SIDES)
    app.query_params["measure"] = "eu_contribution"
    app = app.run()
    app.query_params.pop("measure")
    app = pressed(app, "preset-1", in_status=[label(app, "in-status", "Ended (")])
    assert chosen(app) | {"lang": []} == {
        "target_group": ["older-people"],
        "b.target_group": ["under-18"],
        "measure": ["eu_contribution"],
        "lang": [],
    }


def test_swapping_before_the_browser_has_heard_of_the_last_choice_keeps_it():
    app = page("compare", **SIDES)
    app = sent(app, b_status=[label(app, "b-status", "Ended (")])
    app.query_params.clear()
    for key, value in SIDES.items():
        app.query_params[key] = value
    app = pressed(app, "swap")
    assert chosen(app)["status"] == ["ended"]
    assert chosen(app)["country"] == ["SE"]
    assert chosen(app)["b.country"] == ["FI"]


def test_another_word_of_the_search_keeps_what_was_chosen_in_the_same_message():
    app = page("funding", lang="en", q="elderly")
    app = pressed(app, "also-0", in_status=[label(app, "in-status", "Ended (")])
    assert chosen(app)["status"] == ["ended"]
    assert chosen(app).get("q") != ["elderly"]
