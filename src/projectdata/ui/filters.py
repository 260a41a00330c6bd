"""The filters: widgets that read the address and write it, with the hits beside each option."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Literal

import streamlit as st

from projectdata.queries.compare import project_names
from projectdata.queries.facets import facets
from projectdata.queries.summary import measure_totals
from projectdata.selection import (
    FILTERS,
    UNKNOWN,
    Chip,
    Selection,
    filter_label,
)
from projectdata.ui import address, lens, search_also
from projectdata.ui.options import draw, in_order, is_news, meant, option_label, option_names
from projectdata.ui.page import Here
from projectdata.ui.prose import plain
from projectdata.wording import Wording, message

MAIN = ("country", "target_group", "service", "collection", "status")
MORE = (
    "lead_country",
    "programme",
    "fund",
    "programming_period",
    "region",
    "wellbeing_county",
    "organisation",
    "project",
)
NAMED = ("organisation", "project")
"""The filters whose values are known by names in the data, too many to hold."""

HELP = {
    "country": message("Countries of all who take part, and of the places of the project."),
    "lead_country": message(
        "Country of the lead partner or beneficiary; where none is named, the only one."
    ),
    "target_group": message("The people a project is for. A project may be for several groups."),
    "service": message("The kind of social service. A project may work on several."),
    "collection": message("The family of projects it belongs to."),
    "status": message("Judged by the day chosen under “More filters”, else by today."),
    "region": message("Regions of the EU classification NUTS; so far complete for Finland."),
    "wellbeing_county": message(
        "Finnish authorities that organise social and health services since 2023."
    ),
}


OPENED = "_filters_opened"


def sidebar_state() -> Literal["auto", "expanded"]:
    """Expanded once the reader has asked for the filters; a phone folds them away at first."""
    return "expanded" if st.session_state.pop(OPENED, False) else "auto"


def opener(here: Here) -> None:
    """The button that brings the filters up on a narrow screen, saying how many are set."""
    words, n = here.words, len(lens.chips(here))
    label = words("Filters ({n})", n=n) if n else words("Filters")
    st.button(
        label,
        key="open-filters",
        icon=":material/tune:",
        on_click=st.session_state.__setitem__,
        args=(OPENED, True),
    )


def sidebar(here: Here) -> None:
    """All filters, in the sidebar."""
    words, hits = here.words, _hits(here, MAIN)
    st.subheader(words("Filters"))
    _text(
        here,
        "q",
        words("Search"),
        words(
            "Words in any order. “In quotes” keeps words together, a minus leaves a word out. "
            "Accents and capitals do not matter."
        ),
    )
    for name in MAIN:
        _options(here, name, hits[name])
    _years(here)
    _measure(here)
    more = st.expander(words("More filters"), on_change="rerun", key="more-filters")
    if more.open:
        with more:
            hits = hits | _hits(here, MORE)
            for name in MORE:
                _options(here, name, hits[name])
            _amounts(here)
            _text(
                here,
                "on",
                words("Day for the status"),
                words("A date like 2024-05-01; today if empty."),
            )
    out = st.expander(words("Leave out"), on_change="rerun", key="leave-out")
    if out.open:
        with out:
            hits = hits | _hits(here, (*MORE, *MAIN))
            for name in (*MAIN, *MORE):
                _options(here, name, hits[name], leave_out=True)


def summary(here: Here) -> None:
    """The selection in words, its chips, and what to drop where nothing is found."""
    words = here.words
    st.markdown(f"**{plain(here.sentence)}**")
    lens.switch(here)
    chips(here)
    search_also.offer(here)
    if here.projects == 0:
        ways = [
            words(
                "without “{choice}” there are {n}",
                choice=_named(parameter, words),
                n=words.number(n),
            )
            for parameter, n in empty_case(here)[:3]
        ]
        hint = words.all_of(ways) if ways else words("clear all filters to start again")
        st.info(plain(words("Nothing matches all of these choices together: {hint}.", hint=hint)))


def _named(parameter: str, words: Wording) -> str:
    name = parameter.removeprefix("not.")
    if parameter == "relevance":
        return words("Social services only")
    if name in FILTERS:
        return filter_label(name, words)
    return {
        "q": words("Search"),
        "from": words("From year"),
        "to": words("To year"),
        "min_amount": words("Smallest amount, €"),
        "max_amount": words("Largest amount, €"),
    }[name]


def chips(here: Here) -> None:
    """Each choice as a button that takes it away, and one that clears all."""
    words, made = here.words, lens.chips(here)
    if not made:
        return
    with st.container(horizontal=True, gap="small", key="chips"):
        for number, chip in enumerate(made):
            st.button(
                words("{choice} ✕", choice=plain(chip.label)),
                key=f"chip-{number}",
                help=words("Remove this filter"),
                on_click=_take_away,
                args=(chip,),
            )
        st.button(
            words("Clear all filters"),
            key="clear-all",
            type="tertiary",
            on_click=address.change,
            args=(lens.cleared,),
        )


def _take_away(chip: Chip) -> None:
    value = chip.value if chip.parameter.removeprefix("not.") in FILTERS else None
    address.change(lambda chosen: chosen.without(chip.parameter, value))


def _hits(here: Here, names: tuple[str, ...]) -> dict[str, dict[str, int]]:
    """The options of some filters with their hits; only what is shown is counted."""
    found: dict[str, dict[str, int]] = {name: {} for name in names}
    frame = facets(here.catalog, here.selection, [name for name in names if name != "project"])
    for row in frame.itertuples():
        found[row.parameter][row.value] = int(row.projects)
    if "project" in names:
        others = here.selection.choosing("project", ()).leaving_out("project", ())
        named = here.catalog.rows(project_names, others)
        found["project"] = dict.fromkeys(named["project_id"], 1)
    return found


def _options(here: Here, name: str, hits: dict[str, int], *, leave_out: bool = False) -> None:
    words, selection = here.words, here.selection
    chosen = list(selection.values_left_out(name) if leave_out else selection.values(name))
    hits = {**dict.fromkeys(chosen, 0), **hits}
    names = option_names(name, hits, _naming(here, name, hits))
    key = f"{'out' if leave_out else 'in'}-{name}"
    draw(key, chosen)
    st.multiselect(
        filter_label(name, words),
        in_order(name, hits, names),
        key=key,
        format_func=partial(option_label, names=names, hits=hits, words=words),
        placeholder=words("All"),
        help=words(HELP[name]) if name in HELP and not leave_out else None,
        filter_mode="contains",
        on_change=_choose,
        args=(here, name, key, names, leave_out),
    )


def _choose(here: Here, name: str, key: str, names: Mapping[str, str], leave_out: bool) -> None:
    sent = st.session_state[key]
    if not set(sent) <= set(names) and name not in NAMED:
        # An option that gives nothing any more has left the list.
        names = {**option_names(name, (*here.catalog.known[name], UNKNOWN), here.words), **names}
    values = [value for value in (meant(one, names) for one in sent) if value is not None]
    if is_news(key, values):
        change = Selection.leaving_out if leave_out else Selection.choosing
        address.change(lambda chosen: change(chosen, name, values))


def _naming(here: Here, name: str, options: Iterable[str]) -> Wording:
    if name not in NAMED:
        return here.words
    return here.catalog.wording(Selection(lang=here.words.lang).choosing(name, options))


def _text(here: Here, name: str, title: str, help_text: str) -> None:
    value = dict(here.selection.parameters()).get(name, "")
    key = f"in-{name}"
    if st.session_state.get(key) != value:
        st.session_state[key] = value
    st.text_input(
        title,
        key=key,
        help=help_text,
        max_chars=200,
        on_change=_write,
        args=(name, key),
    )


def _write(name: str, key: str) -> None:
    """Write one single parameter from its widget, exactly as typed; the frame names a bad value."""
    rest = [(k, v) for k, v in address.now().parameters() if k != name]
    value = st.session_state[key]
    address.put_pairs([*rest, (name, str(value))] if value not in (None, "") else rest)


def _years(here: Here) -> None:
    words = here.words
    columns = st.columns(2)
    for column, name, title in (
        (columns[0], "from", words("From year")),
        (columns[1], "to", words("To year")),
    ):
        value = here.selection.since if name == "from" else here.selection.until
        key = f"in-{name}"
        if st.session_state.get(key) != value:
            st.session_state[key] = value
        column.number_input(
            title,
            value=None,
            min_value=1990,
            max_value=2050,
            step=1,
            key=key,
            placeholder=words("any"),
            on_change=_write,
            args=(name, key),
        )


def _amounts(here: Here) -> None:
    words = here.words
    for name, title in (
        ("min_amount", words("Smallest amount, €")),
        ("max_amount", words("Largest amount, €")),
    ):
        value = here.selection.min_amount if name == "min_amount" else here.selection.max_amount
        key = f"in-{name}"
        if st.session_state.get(key) != value:
            st.session_state[key] = value
        st.number_input(
            title,
            value=None,
            min_value=0.0,
            step=10_000.0,
            format="%.0f",
            key=key,
            placeholder=words("any"),
            on_change=_write,
            args=(name, key),
        )


def _measure(here: Here) -> None:
    words = here.words
    measures = [code for name, code in here.catalog.labels if name == "measure"]
    key = "in-measure"
    if st.session_state.get(key) != here.selection.measure:
        st.session_state[key] = here.selection.measure
    st.selectbox(
        words("Money shown as"),
        measures,
        key=key,
        format_func=lambda code: words.label("measure", code),
        help=words(
            "Amounts of different kinds are never added. One kind is shown at a time: {meaning}",
            meaning=words.description("measure", here.selection.measure),
        ),
        on_change=_write,
        args=("measure", key),
    )


def empty_case(here: Here) -> list[tuple[str, int]]:
    """For a selection without a hit: which choice to drop, and how many projects that gives."""
    found: dict[str, int] = {}
    for parameter in dict.fromkeys(key for key, _ in here.selection.parameters()):
        if parameter in ("measure", "lang", "on"):
            continue
        wider = here.selection.without(parameter)
        projects = int(here.catalog.rows(measure_totals, wider)["projects"].iloc[0])
        if projects:
            found[parameter] = projects
    return sorted(found.items(), key=lambda item: -item[1])
