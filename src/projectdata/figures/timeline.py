"""Projects in time: one bar a project, events as marks, projects and money per year."""

from collections.abc import Callable, Sequence
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from projectdata.figures import base
from projectdata.figures.sheet import Sheet
from projectdata.palette import PATTERNS, Colours
from projectdata.wording import Wording

ROW = 40
"""Height of one row in pixels: the name above, the bar under it."""
LABEL = 46
"""Signs of a name beside the bars: what fits a phone."""
DAY_MS = 86_400_000
STUB = pd.Timedelta(days=120)
"""Length of a bar of which one end is not known."""
LEVEL_MARKS = {"interregional": "diamond", "regional": "circle", "": "square"}
MOST_STATEMENTS = 2
"""Other statements drawn under a bar; the rest stand in the table."""


def bars(
    rows: pd.DataFrame,
    words: Wording,
    colours: Colours,
    day: date,
    *,
    statements: pd.DataFrame | None = None,
    events: pd.DataFrame | None = None,
) -> go.Figure:
    """One bar a row, under its name; where `rows` have a lane_label, a line opens each lane.

    An end that is not known is open; where sources disagree, the other statements are thin hatched
    bars under the displayed one. Events are marks on the bar.
    """
    placed, headings = _placed(rows)
    others = _others(placed, statements)
    marks = _marks(placed, events)
    units = float(-placed["y"].min() + 1)
    first, last = _range(placed, others, marks, day)
    sheet = _time_figure(words, colours, units, first, last)
    for heading in headings:
        _heading(sheet, colours, *heading)
    _names(sheet, colours, placed, first)
    for collection in sorted(placed["collection"].unique(), key=list(PATTERNS).index):
        some = placed[placed["collection"] == collection]
        _period_bars(sheet, words, colours, some, collection)
    _open_ends(sheet, words, colours, placed)
    _statement_bars(sheet, words, colours, others)
    _event_marks(sheet, words, colours, marks)
    _today(sheet, words, colours, day, first, last)
    if len(placed["collection"].unique()) > 1 or not others.empty:
        _legend(sheet)
    return sheet.figure()


def project_events(
    periods: pd.DataFrame, events: pd.DataFrame, words: Wording, colours: Colours, day: date
) -> go.Figure:
    """One project: each statement of its period as a bar, then its dated events, level by level."""
    dated = events[events["start_date"].notna()]
    lines = _different_statements(periods, words)
    table = pd.DataFrame(lines)
    table["y"] = [-float(n) for n in range(len(table))]
    y = -float(len(table)) - 0.1
    headings, placed = [], []
    levels = [*[c for c in ("interregional", "regional") if (dated["level"] == c).any()], ""]
    for level in levels:
        held = dated[dated["level"].fillna("") == level]
        if held.empty:
            continue
        if len(levels) > 1:
            name = words.label("level", level) if level else words("Other events")
            headings.append((y, name))
            y -= 0.9
        for row in held.to_dict("records"):
            title = f"{event_date(row, words)} · {row['event']}"
            deep = 0.4 if len(title) > LABEL else 0.0
            y -= deep
            placed.append(row | {"y": y, "level": level, "title": title})
            y -= 1
    marks = pd.DataFrame(placed)
    dates = pd.concat([table["start_date"], table["end_date"], dated["start_date"]]).dropna()
    first, last = _padded(dates.min(), dates.max(), day)
    sheet = _time_figure(words, colours, -y, first, last)
    for at, name in headings:
        _heading(sheet, colours, at, name)
    _names(sheet, colours, table, first)
    shown = table[table["is_displayed"]]
    for collection in shown["collection"].unique():
        _period_bars(sheet, words, colours, shown, collection)
    _statement_bars(sheet, words, colours, table[~table["is_displayed"]].assign(dy=0.0))
    _open_ends(sheet, words, colours, table)
    if not marks.empty:
        _names(sheet, colours, marks, first, lines=2)
        _event_marks(sheet, words, colours, marks, spans=True)
    _today(sheet, words, colours, day, first, last)
    return sheet.figure()


def active_per_year(rows: pd.DataFrame, words: Wording, colours: Colours, day: date) -> go.Figure:
    """Columns of projects active in each year; those not begun on the day stand hatched on top."""
    sheet = _year_figure(words, colours, rows["year"])
    greatest = int(rows["projects"].max())
    sheet.add_bar(
        x=rows["year"], y=rows["begun"], name=words("begun by {day}", day=words.date(day)),
        marker={"color": colours.accent},
        hovertext=[
            _year_text(words, row.year, row.projects, row.planned) for row in rows.itertuples()
        ],
        hovertemplate="%{hovertext}<extra></extra>",
        text=[
            words.number(row.projects)
            if row.planned == 0 and (row.projects == greatest or row.year == day.year)
            else ""
            for row in rows.itertuples()
        ],
        textposition="outside", cliponaxis=False,
    )  # fmt: skip
    if rows["planned"].any():
        sheet.add_bar(
            x=rows["year"], y=rows["planned"], name=words("planned"),
            marker={
                "color": colours.paper,
                "line": {"color": colours.accent, "width": 1.5},
                "pattern": {"shape": "/", "fgcolor": colours.accent, "size": 6, "solidity": 0.2},
            },
            hoverinfo="skip",
        )  # fmt: skip
        _legend(sheet)
    sheet.update_layout(barmode="stack")
    base.count_axis(sheet, words, greatest, axis="y")
    _year_line(sheet, words, colours, day, rows["year"])
    return sheet.figure()


def starts_per_year(rows: pd.DataFrame, words: Wording, colours: Colours) -> go.Figure:
    """Columns of projects that start in each year, stacked by collection."""
    sheet = _stacked(rows, words, colours, "projects", lambda value: words.number(value))
    base.count_axis(sheet, words, rows.groupby("year")["projects"].sum().max(), axis="y")
    return sheet.figure()


def money_per_year(rows: pd.DataFrame, words: Wording, colours: Colours) -> go.Figure:
    """Columns of the money that falls on each year, stacked by collection."""
    sheet = _stacked(rows, words, colours, "amount_eur", lambda value: words.money_short(value))
    base.money_axis(sheet, words, rows.groupby("year")["amount_eur"].sum().max(), axis="y")
    return sheet.figure()


def _stacked(
    rows: pd.DataFrame,
    words: Wording,
    colours: Colours,
    column: str,
    text: Callable[[float], str],
) -> Sheet:
    sheet = _year_figure(words, colours, rows["year"])
    present = sorted(rows["collection"].unique(), key=list(PATTERNS).index)
    for collection in present:
        some = rows[rows["collection"] == collection]
        name = words.label("collection", collection)
        sheet.add_bar(
            x=some["year"], y=some[column], name=name, marker=_marker(colours, collection),
            hovertext=[
                base.safe(f"{name}, {int(row.year)}: {text(getattr(row, column))}")
                for row in some.itertuples()
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )  # fmt: skip
    sheet.update_layout(barmode="stack")
    if len(present) > 1:
        _legend(sheet)
    return sheet


def _placed(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[tuple[float, str]]]:
    """The rows with their height `y`, and the headings of the lanes."""
    headings: list[tuple[float, str]] = []
    places, y, lane = [], 0.0, None
    for row in rows.itertuples():
        label = getattr(row, "lane_label", None)
        if label is not None and label != lane:
            headings.append((y, label))
            lane, y = label, y - 0.9
        places.append(y)
        y -= 1
    return rows.assign(y=places), headings


def _others(placed: pd.DataFrame, statements: pd.DataFrame | None) -> pd.DataFrame:
    """The statements that differ from the bar they stand under, two a bar at most."""
    columns = ["project_id", "y", "dy"]
    if statements is None or statements.empty:
        return pd.DataFrame(columns=columns)
    said = ["project_id", "start_date", "end_date"]
    statements = statements[statements["project_id"].isin(placed["project_id"])]
    shown = statements.loc[statements["is_displayed"], said]
    rest = statements[~statements["is_displayed"]]
    rest = rest[rest["project_id"].isin(shown["project_id"])].drop_duplicates(said)
    # An outer join tells the statements that no displayed one equals, missing dates included.
    alike = rest[said].merge(shown.drop_duplicates(), "left", on=said, indicator="_where")
    rest = rest[(alike["_where"] == "left_only").to_numpy()]
    number = rest.groupby("project_id").cumcount()
    rest = rest.assign(dy=-0.21 - 0.15 * number)[number < MOST_STATEMENTS]
    return placed[["project_id", "y"]].merge(rest, on="project_id")


def _marks(placed: pd.DataFrame, events: pd.DataFrame | None) -> pd.DataFrame:
    if events is None or events.empty:
        return pd.DataFrame(columns=["y", "start_date"])
    dated = events[events["start_date"].notna()].drop(columns=["title", "collection"])
    return placed[["project_id", "collection", "y"]].merge(dated, on="project_id")


def _range(
    placed: pd.DataFrame, others: pd.DataFrame, marks: pd.DataFrame, day: date
) -> tuple[pd.Timestamp, pd.Timestamp]:
    columns = [placed["start_date"], placed["end_date"]]
    if not others.empty:
        columns += [others["start_date"], others["end_date"]]
    if not marks.empty:
        columns.append(marks["start_date"])
    dates = pd.concat(columns).dropna()
    return _padded(dates.min() - STUB / 4, dates.max() + STUB / 4, day)


def _padded(
    first: pd.Timestamp, last: pd.Timestamp, day: date
) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The range with some air, and with the day in it where that is near."""
    on, air = pd.Timestamp(day), pd.Timedelta(days=30)
    if first - pd.Timedelta(days=366) <= on <= last + pd.Timedelta(days=366):
        first, last = min(first, on - air), max(last, on + air)
    width = last - first
    return first - width * 0.01 - air, last + width * 0.03 + air


def _time_figure(
    words: Wording, colours: Colours, units: float, first: pd.Timestamp, last: pd.Timestamp
) -> Sheet:
    top, bottom = 58, 12
    # The caption of a card takes 34 pixels more.
    height = int(units * ROW) + top + bottom + 34
    sheet = base.empty_figure(colours, words, height=height)
    sheet.update_layout(
        barmode="overlay", barcornerradius=2, margin={"l": 4, "r": 12, "t": top, "b": bottom}
    )
    years = pd.date_range(first, last, freq="YS")
    step = next(s for s in (1, 2, 5, 10, 20, 50) if len(years) / s <= 8)
    ticks = [tick for tick in years if tick.year % step == 0]
    sheet.update_xaxes(
        type="date", range=[first, last], side="top", tickvals=ticks,
        ticktext=[str(tick.year) for tick in ticks], tickangle=0, ticks="",
    )  # fmt: skip
    sheet.update_yaxes(visible=False, range=[-units + 0.45, 0.55])
    return sheet


def _heading(sheet: Sheet, colours: Colours, y: float, text: str) -> None:
    sheet.add_shape(
        type="line", xref="paper", x0=0, x1=1, y0=y + 0.5, y1=y + 0.5,
        line={"color": colours.quiet, "width": 1}, layer="below",
    )  # fmt: skip
    sheet.add_annotation(
        text=f"<b>{base.wrapped(text, 44, 1)}</b>", xref="paper", x=0, y=y + 0.1, xanchor="left",
        showarrow=False, font={"size": 15, "color": colours.ink}, bgcolor=colours.paper,
    )  # fmt: skip


def _names(
    sheet: Sheet,
    colours: Colours,
    placed: pd.DataFrame,
    first: pd.Timestamp,
    *,
    lines: int = 1,
) -> None:
    """The names above the bars, growing upwards, and a light line under each row."""
    sheet.add_scatter(
        x=[first] * len(placed), y=placed["y"] + 0.11, mode="text",
        text=[base.wrapped(title, LABEL, lines) for title in placed["title"]],
        textposition="top right", textfont={"size": 13, "color": colours.ink},
        hoverinfo="skip", showlegend=False, cliponaxis=False,
    )  # fmt: skip
    under = {
        "type": "line", "xref": "paper", "x0": 0, "x1": 1, "layer": "below",
        "line": {"color": colours.line, "width": 1},
    }  # fmt: skip
    for y in placed["y"]:
        sheet.add_shape(**under, y0=y - 0.42, y1=y - 0.42)


def _marker(colours: Colours, collection: str) -> dict:
    return {
        "color": colours.collections[collection],
        "pattern": {
            "shape": PATTERNS[collection], "fillmode": "overlay", "fgcolor": colours.paper,
            "fgopacity": 0.45, "size": 7, "solidity": 0.22,
        },
    }  # fmt: skip


def _ends(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Start and end of the bar: where one is not known, a stub at the other."""
    start = rows["start_date"].fillna(rows["end_date"] - STUB)
    end = rows["end_date"].fillna(rows["start_date"] + STUB)
    return start, end


def _period_bars(
    sheet: Sheet, words: Wording, colours: Colours, rows: pd.DataFrame, collection: str
) -> None:
    start, end = _ends(rows)
    sheet.add_bar(
        orientation="h", y=rows["y"] - 0.08, base=start, width=0.3,
        x=((end - start).dt.days + 1) * DAY_MS, marker=_marker(colours, collection),
        name=words.label("collection", collection), customdata=rows[["project_id"]].to_numpy(),
        hovertext=[_bar_text(row, words) for row in rows.to_dict("records")],
        hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip


def _open_ends(sheet: Sheet, words: Wording, colours: Colours, rows: pd.DataFrame) -> None:
    """A dotted line and a question mark where a bar's end is not known."""
    for side, column, known in ((1, "end_date", "start_date"), (-1, "start_date", "end_date")):
        some = rows[rows[column].isna() & rows[known].notna()]
        for row in some.to_dict("records"):
            edge = row[known] + side * STUB
            height = row["y"] + row.get("dy", 0.0) - 0.08
            sheet.add_scatter(
                x=[edge, edge + side * STUB], y=[height, height], mode="lines+text",
                line={"color": colours.ink, "width": 2, "dash": "dot"}, text=["", "?"],
                textposition="middle right" if side == 1 else "middle left",
                textfont={"size": 14, "color": colours.ink}, hoverinfo="skip", showlegend=False,
            )  # fmt: skip


def _statement_bars(sheet: Sheet, words: Wording, colours: Colours, rows: pd.DataFrame) -> None:
    if rows.empty:
        return
    start, end = _ends(rows)
    sheet.add_bar(
        orientation="h", y=rows["y"] + rows["dy"] - 0.08, base=start,
        x=((end - start).dt.days + 1) * DAY_MS, width=0.12 if (rows["dy"] < 0).any() else 0.24,
        marker={
            "color": colours.paper, "line": {"color": colours.ink, "width": 1},
            "pattern": {"shape": "/", "fgcolor": colours.ink, "size": 5, "solidity": 0.2},
        },
        name=words("another source says"), customdata=rows[["project_id"]].to_numpy(),
        hovertext=[_bar_text(row, words) for row in rows.to_dict("records")],
        hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip


def _event_marks(
    sheet: Sheet,
    words: Wording,
    colours: Colours,
    marks: pd.DataFrame,
    *,
    spans: bool = False,
) -> None:
    """Marks at the middle of each event's dates; with `spans` a line over the days it may be."""
    for level, mark in LEVEL_MARKS.items():
        if marks.empty:
            break
        some = marks[marks["level"].fillna("") == level]
        if some.empty:
            continue
        end = some["end_date"].fillna(some["start_date"])
        if spans:
            x, y = [], []
            for row, last in zip(some.itertuples(), end, strict=True):
                x += [row.start_date, last + pd.Timedelta(days=1), None]
                y += [row.y - 0.08, row.y - 0.08, None]
            sheet.add_scatter(
                x=x, y=y, mode="lines", line={"color": colours.quiet, "width": 3},
                hoverinfo="skip", showlegend=False,
            )  # fmt: skip
        sheet.add_scatter(
            x=some["start_date"] + (end - some["start_date"]) / 2, y=some["y"] - 0.08,
            mode="markers", showlegend=False, customdata=some[["project_id"]].to_numpy(),
            marker={
                "symbol": mark, "size": 11, "color": colours.paper,
                "line": {"color": colours.ink, "width": 2},
            },
            hovertext=[_event_text(row, words) for row in some.to_dict("records")],
            hovertemplate="%{hovertext}<extra></extra>",
        )  # fmt: skip


def _today(
    sheet: Sheet,
    words: Wording,
    colours: Colours,
    day: date,
    first: pd.Timestamp,
    last: pd.Timestamp,
) -> None:
    on = pd.Timestamp(day)
    if not first <= on <= last:
        return
    sheet.add_shape(
        type="line", x0=on, x1=on, yref="paper", y0=0, y1=1,
        line={"color": colours.accent, "width": 2},
    )  # fmt: skip
    share = (on - first) / (last - first)
    anchor = "right" if share > 0.75 else "left" if share < 0.25 else "center"
    sheet.add_annotation(
        text=_day_label(words, day), x=on, yref="paper", y=1, yshift=20, xanchor=anchor,
        yanchor="bottom", showarrow=False, font={"color": colours.accent, "size": 13},
    )  # fmt: skip


def _day_label(words: Wording, day: date) -> str:
    if day == date.today():
        return words("today {day}", day=words.date(day))
    return words.date(day)


def _year_figure(words: Wording, colours: Colours, years: Sequence[int]) -> Sheet:
    sheet = base.empty_figure(colours, words, height=330)
    sheet.update_layout(bargap=0.25, margin={"l": 8, "r": 12, "t": 30, "b": 36})
    first, last = int(min(years)), int(max(years))
    step = next(s for s in (1, 2, 5, 10, 20, 50) if (last - first + 1) / s <= 6)
    ticks = [year for year in range(first, last + 1) if year % step == 0] or [first]
    sheet.update_xaxes(
        tickvals=ticks, ticktext=[str(tick) for tick in ticks], range=[first - 0.7, last + 0.7],
        showgrid=False, tickangle=0,
    )  # fmt: skip
    return sheet


def _year_line(
    sheet: Sheet, words: Wording, colours: Colours, day: date, years: Sequence[int]
) -> None:
    """The day as a line among the columns: each year reaches from half before to half after."""
    at = day.year - 0.5 + (day.timetuple().tm_yday - 1) / 365.25
    if not min(years) - 0.6 <= at <= max(years) + 0.6:
        return
    sheet.add_shape(
        type="line", x0=at, x1=at, yref="paper", y0=0, y1=1,
        line={"color": colours.ink, "width": 1.5, "dash": "dash"},
    )  # fmt: skip
    share = (at - min(years)) / max(1, max(years) - min(years))
    sheet.add_annotation(
        text=_day_label(words, day), x=at, yref="paper", y=1, yanchor="bottom", showarrow=False,
        xanchor="right" if share > 0.6 else "left", font={"color": colours.ink, "size": 13},
    )  # fmt: skip


def _legend(sheet: Sheet) -> None:
    margin = sheet.layout["margin"]
    tall = sheet.layout["height"] - margin["t"] - margin["b"] - 34
    time = sheet.layout["xaxis"].get("side") == "top"
    sheet.update_layout(
        showlegend=True,
        legend={
            "orientation": "h", "x": 0, "xanchor": "left", "yanchor": "bottom",
            "y": 1 + (42 if time else 22) / max(tall, 60), "font": {"size": 13},
            "itemclick": False, "itemdoubleclick": False, "traceorder": "normal",
        },
    )  # fmt: skip


def period_text(row: dict, words: Wording, precision: str = "period_precision") -> str:
    """A period to its precision, and that it is no more exact than that."""
    start, end = row["start_date"], row["end_date"]
    exact = row.get(precision)
    exact = exact if isinstance(exact, str) else "day"
    text = words.period(None if pd.isna(start) else start, None if pd.isna(end) else end, exact)
    if exact == "year":
        return words("{period} (years only, no days known)", period=text)
    if exact == "month":
        return words("{period} (months only, no days known)", period=text)
    return text


def _bar_text(row: dict, words: Wording) -> str:
    said = [f"<b>{base.wrapped(row['title'], 48, 3)}</b>"]
    precision = "precision" if "precision" in row else "period_precision"
    said.append(period_text(row, words, precision))
    if row.get("basis"):
        said.append(words.label("period_basis", row["basis"]))
    if isinstance(row.get("source_title"), str):
        said.append(base.wrapped(words("Source: {source}", source=row["source_title"]), 48, 2))
    if row.get("has_period_conflict"):
        said.append(words("Sources disagree on the period"))
    said.append(words.label("collection", row["collection"]))
    return "<br>".join(said)


def _different_statements(periods: pd.DataFrame, words: Wording) -> list[dict]:
    """The statements of a period that differ, each named with its basis and its sources' number."""
    kept = []
    for _, same in periods.groupby(["start_date", "end_date"], dropna=False, sort=False):
        first = same.to_dict("records")[0]
        basis = words.label("period_basis", first["basis"])
        if len(same) > 1:
            basis = words.plural("{n} source", "{n} sources", len(same))
        start, end = (None if pd.isna(first[c]) else first[c] for c in ("start_date", "end_date"))
        text = words.period(start, end, first["precision"])
        kept.append(first | {"title": words("{basis}: {period}", basis=basis, period=text)})
    return kept


def _event_text(row: dict, words: Wording) -> str:
    said = [f"<b>{base.wrapped(row['event'], 48, 3)}</b>", event_date(row, words)]
    said.append(words.label("event_kind", row["kind"]))
    if isinstance(row.get("level"), str) and row["level"]:
        said.append(words.label("level", row["level"]))
    if isinstance(row.get("place"), str):
        said.append(base.wrapped(row["place"], 48, 2))
    return "<br>".join(said)


def event_date(row: dict, words: Wording) -> str:
    """When an event was, to its precision; an end on another day is said too."""
    start, end, precision = row["start_date"], row["end_date"], row["precision"]
    if pd.isna(start):
        return words("date not known")
    if precision == "day" and not pd.isna(end) and end != start:
        return words.period(start, end, "day")
    return words.date(start, precision)


def _year_text(words: Wording, year: int, projects: int, planned: int) -> str:
    text = words.plural("{n} project in {year}", "{n} projects in {year}", projects, year=year)
    if planned:
        text += "<br>" + words.plural("{n} of them not begun", "{n} of them not begun", planned)
    return text
