"""The course of one project: its time, its people, and the projects like it."""

from functools import partial

import pandas as pd
import streamlit as st

from projectdata.figures import project as figures
from projectdata.queries import project as queries
from projectdata.queries.rows import JOINED
from projectdata.ui import cells
from projectdata.ui.cards import data_table, figure_card
from projectdata.ui.outcomes import attendance
from projectdata.ui.project import One, to_organisation
from projectdata.ui.prose import page_link, plain
from projectdata.ui.seats import seat_map
from projectdata.wording import Wording


def time(one: One) -> None:
    """The stated periods with the events on them, and every statement as a table."""
    words, here = one.words, one.here
    st.header(words("Time"), anchor="time")
    rows = here.rows(queries.statements_of_period)
    events = one.stated("events")
    undated = int(events["start_date"].isna().sum())
    drawable = rows[rows["start_date"].notna()]
    dated = int((rows["what"] == "event").sum())
    periods = rows[rows["what"] == "period"]
    different = periods.drop_duplicates(["start_date", "end_date"])
    twin = words("Shown: {period}.", period=cells.period(one.row, words))
    if len(periods) > 1:
        twin += " " + (
            words.plural(
                "{n} source states the period, and they agree.",
                "{n} sources state the period, and they agree.",
                len(periods),
            )
            if len(different) == 1
            else words.plural(
                "{n} statement of the period differs.",
                "{n} statements of the period stand beside each other.",
                len(periods),
            )
        )
    if dated:
        twin += " " + words.plural("{n} dated event.", "{n} dated events.", dated)
    table = pd.DataFrame(
        {
            "what": [
                words.label("event_kind" if row["what"] == "event" else "period_basis", row["kind"])
                for row in rows.to_dict(orient="records")
            ],
            "title": rows["title"],
            "when": [
                cells.when(row, words) if row["what"] == "event" else cells.period(row, words)
                for row in rows.to_dict(orient="records")
            ],
        }
    )
    note = words(
        "A filled bar or mark is shown elsewhere too; hatching is a statement beside it; a hollow "
        "bar is known to the month."
    )
    if undated:
        note += " " + words.plural(
            "{n} event has no date and stands in the list below.",
            "{n} events have no date and stand in the list below.",
            undated,
        )
    figure_card(
        here,
        "project-time",
        words("When it runs, and what happened"),
        drawable,
        partial(
            figures.statements_of_period, words=words, colours=here.colours, day=here.selection.day
        ),
        twin=twin,
        columns={"what": words("Kind"), "title": words("Event or source"), "when": words("When")},
        table=lambda: table,
        note=note,
        empty=words("No source that we read says when this project runs."),
        level=3,
    )
    if len(events):
        _events(one, events)


def _events(one: One, rows: pd.DataFrame) -> None:
    words = one.words
    st.subheader(words("Events"))
    records = rows.to_dict(orient="records")
    data_table(
        pd.DataFrame(
            {
                "when": [cells.when(row, words) for row in records],
                "title": [cells.told(row, "title", words.lang) for row in records],
                "kind": [words.label("event_kind", row["kind"]) for row in records],
                "place": [cells.text(row["place"]) for row in records],
                "attendance": [attendance(row, words) for row in records],
                "source_link": [cells.source(row, words) for row in records],
                "note": [cells.told(row, "note", words.lang) for row in records],
            }
        ),
        {
            "when": words("When"),
            "title": words("Event"),
            "kind": words("Kind"),
            "place": words("Place"),
            "attendance": words("Attendance"),
            "source_link": words("Source"),
            "note": words("Note"),
        },
        alt=words("Events"),
    )


def who(one: One) -> None:
    """Those who take part, by role, on a map and as a table; the labs."""
    words, rows = one.words, one.partners
    st.header(words("Who takes part"), anchor="partners")
    if rows.empty:
        st.markdown(plain(words("No source that we read names an organisation of this project.")))
    else:
        doers = rows[rows["role"].isin(["lead", "beneficiary", "partner", "associated"])]
        doers = doers.assign(is_lead=doers["role"].isin(["lead", "beneficiary"]))
        seat_map(one.here, "partner-map", words("Where they are"), doers)
        records = rows.to_dict(orient="records")
        data_table(
            pd.DataFrame(
                {
                    "name_link": [to_organisation(row, one) for row in records],
                    "role": [words.label("role", row["role"]) for row in records],
                    "type": [
                        words.label("organisation_type", row["organisation_type"])
                        for row in records
                    ],
                    "place": [
                        ", ".join(
                            p
                            for p in (
                                cells.text(row["city"]),
                                words.country(row["country"]) if cells.has(row["country"]) else "",
                            )
                            if p
                        )
                        for row in records
                    ],
                    "source_link": [cells.source(row, words) for row in records],
                    "note": [cells.told(row, "note", words.lang) for row in records],
                }
            ),
            {
                "name_link": words("Organisation"),
                "role": words("Role"),
                "type": words("Type"),
                "place": words("Place"),
                "source_link": words("Source"),
                "note": words("Note"),
            },
            alt=words("Who takes part"),
        )
    _labs(one)


def _labs(one: One) -> None:
    words, rows = one.words, one.stated("labs")
    if rows.empty:
        return
    st.subheader(words("Labs"))
    records = rows.to_dict(orient="records")
    data_table(
        pd.DataFrame(
            {
                "name": [
                    row["name_fi"]
                    if words.lang == "fi" and cells.has(row["name_fi"])
                    else row["name"]
                    for row in records
                ],
                "place": [row["location"] for row in records],
                "objective": [cells.told(row, "objective", words.lang) for row in records],
                "target": [cells.told(row, "target_group", words.lang) for row in records],
                "source_link": [cells.source(row, words) for row in records],
            }
        ),
        {
            "name": words("Lab"),
            "place": words("Place"),
            "objective": words("Objective"),
            "target": words("For whom"),
            "source_link": words("Source"),
        },
        alt=words("Labs"),
    )
    st.markdown(page_link(words("More about the labs"), "labs", ("lang", words.lang)))


def similar(one: One) -> None:
    """At most six projects that are most alike, each with the reason."""
    words = one.words
    st.header(words("Similar projects"), anchor="similar")
    rows = one.here.rows(queries.similar)
    if rows.empty:
        st.markdown(
            plain(words("No other project here shares a target group or a service with this one."))
        )
        return
    records = rows.to_dict(orient="records")
    data_table(
        pd.DataFrame(
            {
                "title_link": [cells.to_project(row, words, row["title"]) for row in records],
                "collection": [cells.collection(row["collection"], words) for row in records],
                "when": [cells.period(row, words) for row in records],
                "why": [reasons(row, words) for row in records],
                "likeness": [words.number(row["likeness"]) for row in records],
            }
        ),
        {
            "title_link": words("Project"),
            "collection": words("Collection"),
            "when": words("Period"),
            "why": words("Why it is here"),
            "likeness": words("Likeness, of 100"),
        },
        alt=words("Similar projects"),
    )
    st.caption(
        plain(
            words(
                "Likeness: up to {groups} for the share of target groups in common, up to "
                "{services} for services, {country} for a common country, {years} for overlapping "
                "years. It orders the list and says nothing of quality.",
                groups=queries.LIKENESS["target_group"],
                services=queries.LIKENESS["service"],
                country=queries.LIKENESS["country"],
                years=queries.LIKENESS["years"],
            )
        )
    )


def reasons(row: dict, words: Wording) -> str:
    """'same target group: older people; same service: home care; overlapping years'."""
    said = []
    for column, one, many in (
        (
            "target_group",
            words("same target group: {values}"),
            words("same target groups: {values}"),
        ),
        ("service", words("same service: {values}"), words("same services: {values}")),
        ("country", words("same country: {values}"), words("same countries: {values}")),
    ):
        if cells.has(row[column]):
            pattern = many if JOINED in row[column] else one
            named = cells.labels(row[column], column, words, mid_sentence=column != "country")
            said.append(pattern.format(values=named))
    if row["years"]:
        said.append(words("overlapping years"))
    return "; ".join(said)
