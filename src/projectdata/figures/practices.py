"""Figures of what came out: outputs planned against found, and events over time."""

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from projectdata.figures import rows as labelled
from projectdata.figures.base import empty_figure, wrapped
from projectdata.palette import Colours
from projectdata.wording import Wording

MOST_LANES = 30
"""Events are drawn for this many projects; the rest are in the table."""

EVENT_MARKS = {
    "learning_event": ("circle", "●"),
    "study_visit": ("circle-open", "○"),
    "staff_exchange": ("square", "■"),
    "workshop": ("diamond", "◆"),
    "training": ("triangle-up", "▲"),
    "kick_off": ("star", "★"),
    "meeting": ("hexagon", "⬢"),
    "milestone": ("x", "✖"),
}
"""The mark of a kind of event: its plotly name and its character."""


def planned_and_found(rows: pd.DataFrame, words: Wording, colours: Colours) -> go.Figure:
    """A pair of bars a row: the planned number as an outline, what was found inside it."""
    alone = len(set(rows["project_id"])) == 1
    labels = []
    for _, row in rows.iterrows():
        what = words.label("output_kind", row["kind"])
        project = "" if alone else f"{wrapped(row['project'], 26, 1)} · "
        labels.append(labelled.label(f"{project}{what}: {found_of_planned(row, words)}"))
    places = labelled.places(labels)
    sheet = empty_figure(colours, words, height=places[-1] + 40)
    labelled.write(sheet, labels, places, colours)
    greatest = float(rows[["planned", "found"]].max(axis=None))
    for column, name, width, fill in (
        ("planned", words("Planned"), labelled.THICK + 4, colours.surface),
        ("found", words("Found"), labelled.THICK - 3, colours.accent),
    ):
        sheet.add_bar(
            orientation="h", y=places, x=rows[column], width=width, name=name, hoverinfo="skip",
            marker={"color": fill, "line": {"color": colours.quiet, "width": 1}},
        )  # fmt: skip
    sheet.update_layout(barmode="overlay", margin={"l": 8, "r": 16, "t": 8, "b": 12})
    sheet.update_xaxes(range=[0, max(greatest, 1) * 1.02], visible=False)
    sheet.update_yaxes(range=[places[-1] + 16, 0], visible=False)
    return sheet.figure()


def found_of_planned(row: pd.Series, words: Wording) -> str:
    """'10 named of 20 planned'. What is not named is not counted as not done."""
    planned, found = row["planned"], row["found"]
    if pd.isna(planned) and pd.isna(found):
        return words("planned without a number, none named")
    if pd.isna(planned):
        return words("{n} named, planned without a number", n=words.number(found))
    if pd.isna(found):
        return words("none named of {m} planned", m=words.number(planned))
    return words("{n} named of {m} planned", n=words.number(found), m=words.number(planned))


def events(rows: pd.DataFrame, words: Wording, colours: Colours, day: date) -> go.Figure:
    """A lane a project with a mark per dated event; hollow where only the month is known."""
    lanes = list(dict.fromkeys(rows["project_id"]))[:MOST_LANES]
    rows = rows[rows["project_id"].isin(lanes)]
    lane_labels = []
    for lane in lanes:
        some = rows[rows["project_id"] == lane]
        count = words.plural("{n} event with a date", "{n} events with a date", len(some))
        lane_labels.append(labelled.label(f"{some['project'].iloc[0]}: {count}"))
    places = labelled.places(lane_labels)
    sheet = empty_figure(colours, words, height=places[-1] + 62)
    labelled.write(sheet, lane_labels, places, colours)
    for kind, some in rows.groupby("kind", sort=False):
        lasts = some["end_date"].fillna(some["start_date"]) - some["start_date"]
        sheet.add_scatter(
            x=some["start_date"] + lasts / 2,
            y=[places[lanes.index(project)] for project in some["project_id"]],
            mode="markers", name=words.label("event_kind", kind),
            marker={
                "symbol": EVENT_MARKS.get(kind, ("circle", "●"))[0], "size": 14,
                "color": colours.accent, "opacity": 0.9,
                "line": {"color": colours.ink, "width": 1},
            },
            hovertext=[wrapped(title, 44, 3) for title in some[f"title_{words.lang}"]],
            hoverinfo="text",
        )  # fmt: skip
    first, last = rows["start_date"].min(), rows["start_date"].max()
    extent = [date(first.year, 1, 1), date(last.year + 1, 1, 1)]
    step = max(1, round((extent[1].year - extent[0].year) / 6))
    sheet.update_xaxes(type="date", range=extent, tickformat="%Y", dtick=f"M{12 * step}")
    sheet.update_yaxes(range=[places[-1] + 20, 0], visible=False)
    sheet.update_layout(margin={"l": 8, "r": 16, "t": 8, "b": 34})
    marks = [
        (EVENT_MARKS.get(kind, ("", "●"))[1], words.label("event_kind", kind), colours.accent)
        for kind in dict.fromkeys(rows["kind"])
    ]
    labelled.key(sheet, marks, colours)
    if extent[0] <= day <= extent[1]:
        sheet.add_vline(x=day.isoformat(), line={"color": colours.quiet, "width": 1, "dash": "dot"})
    return sheet.figure()
