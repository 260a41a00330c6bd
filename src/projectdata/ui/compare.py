"""Two selections side by side; the address holds both."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd
import streamlit as st

from projectdata import shares, store
from projectdata.catalog import Catalog
from projectdata.figures import compare as figures
from projectdata.figures.funding import class_name, value_name
from projectdata.queries import compare as queries
from projectdata.queries import funding as money
from projectdata.queries import summary
from projectdata.queries.facets import facets
from projectdata.selection import (
    UNKNOWN,
    Problem,
    Selection,
    filter_label,
    parse,
    value_label,
)
from projectdata.ui import address, cards, lens
from projectdata.ui.options import draw, in_order, is_news, meant, option_label, option_names
from projectdata.ui.page import Here
from projectdata.ui.prose import plain
from projectdata.wording import Wording, in_sentence

PREFIX = address.SECOND
"""What marks the parameters of the second selection in the address: `b.country=SE`."""

B_FILTERS = ("country", "target_group", "service", "collection", "status")
OWN_OF_A = ("lang", "measure", "on")
"""What both sides share, so that they stay comparable; B has none of its own."""

MOST_ROWS = 12
DIMENSIONS = ("country", "service", "fund", "status")

PRESETS: tuple[tuple[tuple[str, str], tuple[str, str]], ...] = (
    (("country", "FI"), ("country", "SE")),
    (("target_group", "older-people"), ("target_group", "under-18")),
    (("collection", "kohesio"), ("collection", "interreg")),
    (("status", "running"), ("status", "ended")),
)
"""Pairs of one choice each that a reader may start from."""


def mode(here: Here) -> str:
    """What is compared, "selections" or "projects"; the parameter `what` of the address."""
    words = here.words
    chosen = "projects" if address.own("compare") or address.own("what") == ["projects"] else ""
    names = {"selections": words("Two selections"), "projects": words("Projects by name")}
    chosen = chosen or "selections"
    key = "compare-what"
    if st.session_state.get(key) != chosen:
        st.session_state[key] = chosen
    st.segmented_control(
        words("What to compare"),
        list(names),
        key=key,
        format_func=names.__getitem__,
        required=True,
        on_change=_choose_mode,
        args=(key,),
    )
    return chosen


def _choose_mode(key: str) -> None:
    projects = st.session_state[key] == "projects"
    address.put_own("what", ["projects"] if projects else [])
    if not projects:
        address.put_own("compare", [])


@dataclass(frozen=True)
class Side(Here):
    """Selection A on a page that shows B beside it: pictures and twins name both."""

    other: Here

    @property
    def sentence(self) -> str:
        """Both selections in words."""
        one = self.selection.in_words(self.words, self.projects)
        return f"A: {one}; B: {self.other.sentence}"


def sides(here: Here) -> tuple[Side, Here]:
    """A and B as pages of their own; what in the address of B means nothing is named."""
    chosen, problems = _second(here.catalog)
    for problem in problems:
        named = replace(problem, parameter=PREFIX + problem.parameter)
        st.warning(plain(named.sentence(here.words)), icon=":material/link_off:")
    chosen = _as_other(chosen, here.selection)
    there = Here(here.catalog, chosen, (), here.catalog.wording(chosen), here.colours)
    one = Side(here.catalog, here.selection, here.problems, here.words, here.colours, there)
    return one, there


def _second(catalog: Catalog) -> tuple[Selection, list[Problem]]:
    """Selection B of the address, and what in it means nothing."""
    given = [
        (key.removeprefix(PREFIX), value)
        for key, value in address.pairs()
        if key.startswith(PREFIX) and key.removeprefix(PREFIX) not in OWN_OF_A
    ]
    return parse(given, catalog.known)


def choose_both(here: Here, there: Here) -> None:
    """What A and B are, with the filters of B, and ways to start from."""
    words = here.words
    st.markdown(
        plain(words("Start from a pair, or choose A with the filters of the page and B below."))
    )
    with st.container(horizontal=True, gap="small", key="presets"):
        for number, (one, two) in enumerate(PRESETS):
            st.button(
                f"{plain(value_label(*one, words))} / {plain(value_label(*two, words))}",
                key=f"preset-{number}",
                on_click=_start_from,
                args=(one, two),
            )
    left, right = st.columns(2)
    with left.container(border=True, key="side-a"):
        cards.heading(f"{figures.MARKS[0]} A", 2)
        st.markdown(plain(here.selection.in_words(words, here.projects)))
        st.caption(plain(words("The filters of the page choose A.")))
    with right.container(border=True, key="side-b"):
        cards.heading(f"{figures.MARKS[1]} B", 2)
        st.markdown(plain(there.sentence))
        with st.container(horizontal=True, gap="small", key="b-buttons"):
            st.button(
                words("Swap A and B"),
                key="swap",
                on_click=_swap,
                type="tertiary",
                icon=":material/swap_horiz:",
            )
            st.button(
                words("Copy A to B"),
                key="copy",
                on_click=_copy,
                type="tertiary",
                icon=":material/content_copy:",
            )
            st.button(
                words("Clear B"),
                key="clear-b",
                on_click=_clear,
                type="tertiary",
                icon=":material/close:",
            )
    with st.container(border=True, key="b-filters"):
        cards.heading(words("Choose what B holds"), 2)
        _filters(there)


def _filters(there: Here) -> None:
    words = there.words
    found = facets(there.catalog, there.selection, B_FILTERS)
    columns = st.columns(3)
    for place, name in enumerate(B_FILTERS):
        some = found[found["parameter"] == name]
        hits = dict(zip(some["value"], some["projects"].astype(int), strict=True))
        chosen = list(there.selection.values(name))
        hits = {**dict.fromkeys(chosen, 0), **hits}
        names = option_names(name, hits, words)
        key = f"b-{name}"
        draw(key, chosen)
        columns[place % 3].multiselect(
            words("{filter} of B", filter=filter_label(name, words)),
            in_order(name, hits, names),
            key=key,
            format_func=partial(option_label, names=names, hits=hits, words=words),
            placeholder=words("All"),
            filter_mode="contains",
            on_change=_choose,
            args=(name, key, names),
        )


def _choose(name: str, key: str, names: Mapping[str, str]) -> None:
    _, two = _now()
    values = [value for value in (meant(one, names) for one in st.session_state[key]) if value]
    if is_news(key, values):
        _put_other(two.choosing(name, values))


def _now() -> tuple[Selection, Selection]:
    """A and B as the address holds them now, which may be more than was drawn."""
    one = address.now()
    return one, _as_other(_second(store.catalog())[0], one)


def _start_from(a: tuple[str, str], b: tuple[str, str]) -> None:
    one, _ = _now()
    _put_both(_only(one, a), _only(one, b))


def _swap() -> None:
    one, two = _now()
    _put_both(two, one)


def _copy() -> None:
    one, _ = _now()
    _put_other(one)


def _clear() -> None:
    _, two = _now()
    _put_other(lens.cleared(two))


def _put_both(one: Selection, two: Selection) -> None:
    address.put(one)
    _put_other(two)


def _put_other(chosen: Selection) -> None:
    given: dict[str, list[str]] = {key: [] for key, _ in address.pairs() if key.startswith(PREFIX)}
    for key, value in chosen.parameters():
        if key not in OWN_OF_A:
            given.setdefault(PREFIX + key, []).append(value)
    for key, values in given.items():
        address.put_own(key, values)


def _as_other(chosen: Selection, like: Selection) -> Selection:
    return replace(chosen, measure=like.measure, on=like.on, lang=like.lang)


def _only(like: Selection, choice: tuple[str, str]) -> Selection:
    return lens.cleared(like).choosing(choice[0], [choice[1]])


def differ(here: Here, there: Here) -> bool:
    """Whether there is anything to compare; if not, say why."""
    words = here.words
    if here.selection == there.selection:
        st.info(
            plain(
                words(
                    "A and B are the same selection, so there is no difference to show. Choose a "
                    "pair above, or narrow A or B."
                )
            )
        )
        return False
    for name, side in (("A", here), ("B", there)):
        if not side.projects:
            st.info(plain(words("{side} holds no project: remove one of its filters.", side=name)))
            return False
    return True


def figures_of(side: Here) -> pd.Series:
    """Everything that is counted of one side, by name."""
    row = pd.concat([side.rows(queries.at_a_glance).iloc[0], side.rows(summary.counts).iloc[0]])
    row["with_status"] = row["projects"] - row["status_unknown"]
    return row


def at_a_glance(here: Here, there: Here, a: pd.Series, b: pd.Series) -> None:
    """The figures of both sides, the difference in words, and how complete each side is."""
    words = here.words
    both = queries.shared_projects(here.catalog, here.selection, there.selection)
    table = pd.DataFrame([_line(words, a, b, *line) for line in _lines(here)])
    rows = pd.DataFrame([a.to_dict(), b.to_dict()])
    rows.insert(0, "side", ["A", "B"])
    cards.table_card(
        here,
        "at-a-glance",
        words("Side by side"),
        rows,
        table,
        {
            "what": words("Figure compared"),
            "a": "A",
            "b": "B",
            "difference": words("Difference"),
            "complete": words("Known for"),
        },
        twin=words.plural(
            "A holds {a}, B {b}; {n} is in both.",
            "A holds {a}, B {b}; {n} are in both.",
            both,
            a=words.plural("{n} project", "{n} projects", int(a["projects"])),
            b=words.number(int(b["projects"])),
        ),
        note=_caution(here, a, b),
    )


def _lines(here: Here) -> list[tuple[str, str, Callable[[float], str], str]]:
    """Each figure compared: its name, its column, how it is written, and what counts as known."""
    words = here.words
    measure = words.label("measure", here.selection.measure)
    running = words("Running on {day}", day=words.date(here.selection.day))
    return [
        (words("Projects"), "projects", words.number, ""),
        (words("Organisations"), "organisations", words.number, ""),
        (words("Countries"), "countries", words.number, "with_country"),
        (running, "running", words.number, "with_status"),
        (words("Median duration"), "median_months", _months(words), "with_duration"),
        (words("{measure}: sum", measure=measure), "sum_eur", words.money_short, "with_amount"),
        (
            words("{measure}: median", measure=measure),
            "median_eur",
            words.money_short,
            "with_amount",
        ),
        (words("Published as zero"), "zero", words.number, ""),
    ]


def _line(
    words: Wording,
    a: pd.Series,
    b: pd.Series,
    name: str,
    column: str,
    write: Callable[[float], str],
    known: str,
) -> dict[str, str]:
    complete = ""
    if known:
        complete = words(
            "A {a}, B {b}",
            a=_of(words, a[known], a["projects"]),
            b=_of(words, b[known], b["projects"]),
        )
    return {
        "what": name,
        "a": _written(words, a[column], write),
        "b": _written(words, b[column], write),
        "difference": _difference(words, a[column], b[column], write),
        "complete": complete,
    }


def _months(words: Wording) -> Callable[[float], str]:
    return lambda value: words("{n} months", n=words.number(round(value)))


def money_and_duration(here: Here, a: pd.Series, b: pd.Series) -> None:
    """Sum, median and duration of both sides as bars, each pair on its own scale."""
    words = here.words
    measured = ("sum_eur", "median_eur", "median_months")
    panels, labels = [], {}
    for name, column, write, _ in _lines(here):
        if column in measured:
            values = tuple(None if pd.isna(v) else float(v) for v in (a[column], b[column]))
            labels[column] = tuple(_written(words, v, write) for v in (a[column], b[column]))
            panels.append(figures.Panel(name, ("A", "B"), values, labels[column]))
    rows = pd.DataFrame(
        [{name: side[name] for name in ("projects", "with_amount", *measured)} for side in (a, b)]
    )
    rows.insert(0, "side", ["A", "B"])
    rows.insert(1, "measure", here.selection.measure)
    known = [_of(words, side["with_amount"], side["projects"]) for side in (a, b)]
    measure = words.label("measure", here.selection.measure)
    cards.figure_card(
        here,
        "compare-money",
        words("Money and duration"),
        rows,
        partial(figures.bars, words=words, colours=here.colours),
        shape=panels,
        twin=words(
            "{measure}, sum: {sums}. Median: {medians}.",
            measure=measure,
            sums=_difference(words, a["sum_eur"], b["sum_eur"], words.money_short),
            medians=_difference(words, a["median_eur"], b["median_eur"], words.money_short),
        ),
        columns={
            "side": words("Side"),
            "with_amount": words("Have this amount"),
            "sum_eur": words("Sum"),
            "median_eur": words("Median"),
            "median_months": words("Median duration"),
        },
        note=words(
            "Each group of bars has its own scale from zero. Known amount: A {a}, B {b}.",
            a=known[0],
            b=known[1],
        ),
        table=lambda: rows.assign(with_amount=known, **labels),
    )


def _of(words: Wording, n: float, m: float) -> str:
    return words("{n} of {m}", n=words.number(int(n)), m=words.number(int(m)))


def _written(words: Wording, value: float, write: Callable[[float], str]) -> str:
    return words("not known") if pd.isna(value) else write(value)


def _difference(words: Wording, one: float, two: float, write: Callable[[float], str]) -> str:
    """How A differs from B, in words."""
    if pd.isna(one) or pd.isna(two):
        sides = [name for name, value in (("A", one), ("B", two)) if pd.isna(value)]
        return words("cannot be compared: not known for {sides}", sides=words.all_of(sides))
    if write(one) == write(two):
        return words("the same")
    greater, less = max(one, two), min(one, two)
    side = "A" if one > two else "B"
    text = words("{side} has {amount} more", side=side, amount=write(greater - less))
    if less > 0 and greater / less >= 1.5:
        ratio = words.number(greater / less, 1 if greater / less < 9.95 else 0)
        ratio = ratio.removesuffix(".0").removesuffix(",0")
        text += " " + words("({times}-fold)", times=ratio)
    return text


def _caution(here: Here, a: pd.Series, b: pd.Series) -> str:
    """What the reader must know before believing a difference of money."""
    words = here.words
    known_a, known_b = a.with_amount / a.projects, b.with_amount / b.projects
    said = words("“Known for” tells how many projects of each side the figure rests on.")
    if min(known_a, known_b) == 0:
        return (
            said
            + " "
            + words(
                "This amount cannot be compared, as one side has none: choose another under "
                "“Money shown as”."
            )
        )
    if abs(known_a - known_b) >= 0.25:
        return (
            said
            + " "
            + words(
                "The amount is known for {a} of A but for {b} of B, so the sums differ for that "
                "reason too; the medians are safer.",
                a=words.percent(known_a),
                b=words.percent(known_b),
            )
        )
    return said


def by_value(here: Here, there: Here, by: str) -> None:
    """Shares of A and B by value of a filter, on one axis."""
    words = here.words
    rows = shares.side_by_side(
        here.rows(queries.values_of, by),
        there.rows(queries.values_of, by),
        (here.projects, there.projects),
    )
    drawn = rows.head(MOST_ROWS)
    name = in_sentence(filter_label(by, words))
    known = [
        _of(words, side.projects - _unknown(rows, column), side.projects)
        for side, column in ((here, "a"), (there, "b"))
    ]
    notes = [words("Known for: A {a}, B {b}.", a=known[0], b=known[1])]
    notes.append(words("Shares are of all projects of each side."))
    if by in money.SEVERAL:
        notes.append(words("A project counts in each of its values."))
    if len(rows) > MOST_ROWS:
        notes.append(
            words(
                "The first {n} of {m} are drawn; the table and the download have all.",
                n=MOST_ROWS,
                m=len(rows),
            )
        )
    cards.figure_card(
        here,
        f"compare-by-{by}",
        words("A and B by {dimension}", dimension=name),
        rows,
        partial(figures.shares, words=words, colours=here.colours, by=by),
        shape=drawn,
        twin=_twin_of_shares(words, rows, by),
        columns={
            "value": filter_label(by, words),
            "a": words("Projects of A"),
            "a_share": words("Share of A"),
            "b": words("Projects of B"),
            "b_share": words("Share of B"),
            "difference": words("Difference"),
        },
        note=" ".join(notes),
        table=lambda: rows.assign(
            value=[value_name(by, v, words) for v in rows["value"]],
            a_share=[words.percent(v, 1) for v in rows["a_share"]],
            b_share=[words.percent(v, 1) for v in rows["b_share"]],
            difference=[_points(words, v) for v in rows["difference"]],
        ),
    )


def _unknown(rows: pd.DataFrame, side: str) -> int:
    return int(rows.loc[rows["value"] == UNKNOWN, side].sum())


def _points(words: Wording, difference: float) -> str:
    points = words.number(abs(difference) * 100, 1)
    if round(abs(difference), 3) == 0:
        return words("the same")
    side = "A" if difference > 0 else "B"
    return words("{side} {n} points more", side=side, n=points)


def _twin_of_shares(words: Wording, rows: pd.DataFrame, by: str) -> str:
    some = rows[rows["value"] != UNKNOWN]
    if some.empty:
        return words("Not known for any project of A or B.")
    widest = some.loc[some["difference"].abs().idxmax()]
    if round(abs(widest["difference"]), 3) == 0:
        return words("A and B do not differ here.")
    return words(
        "The widest difference: {name}, {a} of A and {b} of B.",
        name=value_name(by, widest["value"], words),
        a=words.percent(widest["a_share"]),
        b=words.percent(widest["b_share"]),
    )


def by_switch(here: Here) -> str:
    """What else A and B are compared by; the parameter `by` of the address."""
    words = here.words
    asked = address.own("by")
    by = asked[0] if asked and asked[0] in DIMENSIONS else DIMENSIONS[0]
    key = "compare-by"
    if st.session_state.get(key) != by:
        st.session_state[key] = by
    st.segmented_control(
        words("Compare by"),
        DIMENSIONS,
        key=key,
        format_func=lambda name: filter_label(name, words),
        required=True,
        on_change=lambda: address.put_own("by", [st.session_state[key]]),
    )
    return by


def amounts(here: Here, there: Here) -> None:
    """How large the amounts of both sides are, as shares of those that have one."""
    words = here.words
    sides = [
        side.rows(money.distribution).groupby("low", as_index=False)["projects"].sum()
        for side in (here, there)
    ]
    counts = [int(side["projects"].sum()) for side in sides]
    frames = [side.rename(columns={"low": "value"}) for side in sides]
    rows = shares.side_by_side(frames[0], frames[1], counts).sort_values("value")
    measure = words.label("measure", here.selection.measure)
    missing = [name for name, n in zip(("A", "B"), counts, strict=True) if not n]
    title = words("How large the amounts are: {measure}", measure=in_sentence(measure))
    if missing:
        rows = rows.head(0)
    cards.figure_card(
        here,
        "compare-amounts",
        title,
        rows,
        partial(figures.amounts, words=words, colours=here.colours),
        twin=words(
            "{a} amounts of A and {b} of B above zero, each as shares of its side.",
            a=words.number(counts[0]),
            b=words.number(counts[1]),
        ),
        columns={
            "value": words("Class"),
            "a": words("Projects of A"),
            "a_share": words("Share of A"),
            "b": words("Projects of B"),
            "b_share": words("Share of B"),
        },
        note=words(
            "Known amount: A {a}, B {b}.",
            a=_of(words, counts[0], here.projects),
            b=_of(words, counts[1], there.projects),
        ),
        empty=words(
            "No amount above zero in this measure: {sides}. There is nothing to compare.",
            sides=words.all_of(missing),
        ),
        table=lambda: rows.assign(
            value=[class_name(v, words) for v in rows["value"]],
            a_share=[words.percent(v) for v in rows["a_share"]],
            b_share=[words.percent(v) for v in rows["b_share"]],
        ),
    )
